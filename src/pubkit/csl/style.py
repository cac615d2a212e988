"""A style as the compiler needs it: checked once, macros found, options inherited."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn

from pubkit.csl.xml import Node
from pubkit.errors import StyleSyntaxError

RENDERING = frozenset(["choose", "date", "group", "label", "names", "number", "text"])
# Element → elements it may hold. Unknown elements are an error: they would drop text without a word.
_CHILDREN: dict[str, frozenset[str]] = {
    "style": frozenset(["info", "locale", "macro", "citation", "bibliography"]),
    "macro": RENDERING,
    "layout": RENDERING,
    "group": RENDERING,
    "if": RENDERING,
    "else-if": RENDERING,
    "else": RENDERING,
    "substitute": RENDERING,
    "choose": frozenset(("if", "else-if", "else")),
    "names": frozenset(["name", "et-al", "institution", "label", "substitute"]),
    "name": frozenset(("name-part",)),
    "institution": frozenset(("institution-part",)),
    "date": frozenset(("date-part",)),
    "citation": frozenset(("sort", "layout")),
    "bibliography": frozenset(("sort", "layout")),
    "sort": frozenset(("key",)),
}
_MAX_MACRO_DEPTH = 60


@dataclass(slots=True)
class Style:
    """A checked style.

    Attributes:
        name: File name for messages.
        root: The root element.
        macros: Macro name → element.
        citation: The `cs:citation` element, or None.
        bibliography: The `cs:bibliography` element, or None.
        locales: In-style locale overrides, in document order.
        substitutable: Variables that some `cs:substitute` may render, and so suppress later on.
        shapes: Item shapes met so far, one object each, so that looking up their programs is cheap.
        has_year_suffix: Area ("citation", "bibliography") → whether it renders the variable year-suffix.
    """

    name: str
    root: Node
    macros: dict[str, Node]
    citation: Node | None
    bibliography: Node | None
    locales: list[Node]
    substitutable: frozenset[str] = frozenset()
    has_year_suffix: dict[str, bool] = field(default_factory=dict)
    shapes: dict[Any, Any] = field(default_factory=dict)

    @property
    def is_note(self) -> bool:
        """Whether citations go to notes."""
        return self.root.get("class") == "note"

    @property
    def default_locale(self) -> str:
        """The style's `default-locale`, or ""."""
        return self.root.get("default-locale")


def check_style(root: Node, name: str) -> Style:
    """Check a style's structure and find its parts.

    Args:
        root: Root element as `parse_xml` gives it.
        name: File name for messages.

    Raises:
        StyleSyntaxError: Not CSL 1.0, an unknown element, a missing macro, macros that call each other in a
            loop; `where` holds file and line.
    """
    if root.tag != "style":
        _fail(name, root, f"the root element is <{root.tag}>, not <style>", "give a CSL style")
    version = root.get("version")
    if not version.startswith("1."):
        what = f"CSL {version}" if version else "CSL 0.8 or older"
        hint = "convert it with the CSL project's upgrade stylesheet, or take its 1.0 version"
        _fail(name, root, f"this is a {what} style; CSL 1.0 is supported", hint)
    _check_children(root, name)
    macros: dict[str, Node] = {}
    for node in root.find_all("macro"):
        macros[node.get("name")] = node
    style = Style(
        name, root, macros, root.find("citation"), root.find("bibliography"), root.find_all("locale")
    )
    if style.citation is None and style.bibliography is None:
        _fail(name, root, "there is neither <citation> nor <bibliography>", "give an independent style")
    for part in (style.citation, style.bibliography):
        if part is not None and part.find("layout") is None:
            _fail(name, part, f"<{part.tag}> has no <layout>", "add one")
    _check_macros(style)
    style.substitutable = _substitutable(style)
    for part in (style.citation, style.bibliography):
        if part is not None:
            style.has_year_suffix[part.tag] = _renders(style, part.find("layout"), "year-suffix")
    return style


def _check_children(root: Node, name: str) -> None:
    for node in root.iter():
        allowed = _CHILDREN.get(node.tag)
        if allowed is None:
            continue
        for child in node.children:
            if child.tag not in allowed:
                _fail(name, child, f"<{child.tag}> is not allowed in <{node.tag}>", "remove or move it")
        if node.tag == "choose" and (not node.children or node.children[0].tag != "if"):
            _fail(name, node, "<choose> does not begin with <if>", "add one")


def _calls(node: Node) -> list[Node]:
    return [below for below in node.iter() if "macro" in below.attrib and below.tag in ("text", "key")]


def _check_macros(style: Style) -> None:
    """Refuse calls of missing macros, and loops."""
    graph: dict[str, list[str]] = {}
    parts = [part for part in (style.citation, style.bibliography) if part is not None]
    for node in (*style.macros.values(), *parts):
        for call in _calls(node):
            wanted = call.get("macro")
            if wanted not in style.macros:
                hint = "define it, or correct the name"
                _fail(style.name, call, f"the macro {wanted!r} is not defined", hint)
            if node.tag == "macro":
                graph.setdefault(node.get("name"), []).append(wanted)
    state: dict[str, int] = {}  # 1 being walked, 2 done
    for start in graph:
        stack = [(start, iter(graph.get(start, ())))]
        state.setdefault(start, 1)
        while stack:
            if len(stack) > _MAX_MACRO_DEPTH:
                node = style.macros[stack[-1][0]]
                _fail(style.name, node, f"macros are nested deeper than {_MAX_MACRO_DEPTH}", "simplify")
            macro, rest = stack[-1]
            called = next(rest, None)
            if called is None:
                state[macro] = 2
                stack.pop()
            elif any(called == name for name, _ in stack):
                loop = " → ".join([name for name, _ in stack] + [called])
                node = style.macros[called]
                _fail(style.name, node, f"macros call each other in a loop: {loop}", "break the loop")
            elif state.get(called) != 2:
                state[called] = 1
                stack.append((called, iter(graph.get(called, ()))))


def _reachable(style: Style, start: Node) -> list[Node]:
    """Return an element and all below it, macros called included, each macro once."""
    found: list[Node] = []
    seen: set[str] = set()
    todo = [start]
    while todo:
        for node in todo.pop().iter():
            found.append(node)
            macro = node.attrib.get("macro")
            if macro is not None and macro not in seen and macro in style.macros:
                seen.add(macro)
                todo.append(style.macros[macro])
    return found


def _renders(style: Style, start: Node | None, variable: str) -> bool:
    if start is None:
        return False
    return any(
        node.tag == "text" and node.attrib.get("variable") == variable for node in _reachable(style, start)
    )


def _substitutable(style: Style) -> frozenset[str]:
    found: set[str] = set()
    for node in style.root.iter():
        if node.tag == "substitute":
            for below in _reachable(style, node):
                if below.tag in ("text", "names", "number", "date"):
                    found.update(below.attrib.get("variable", "").split())
    return frozenset(found)


def _fail(name: str, node: Node, message: str, hint: str) -> NoReturn:
    raise StyleSyntaxError(message, hint=hint, where=f"{name}:{node.line}")
