r"""Citations in LaTeX: cite commands of the packages and of the manuscript's own, in the order of the text.

Nothing is executed. Definitions are read just far enough to know which arguments a command cites.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pubkit.cited import texcommands as table
from pubkit.cited.manuscript import Event, words
from pubkit.cited.texargs import Arguments
from pubkit.cited.texmacros import Parameter, document_parameters, parameters, pass_arguments

_NEXT = r"%[^\n]*|\\([A-Za-z@]+)\*?|\\."
_PARAMETER = re.compile(r"#([1-9])")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_TRAILING = re.compile(r"\\([A-Za-z@]+)\*?\s*(?:\[[^\[\]]*\]\s*)*$")
_CONDITIONAL = re.compile(r"\\(if[A-Za-z@]*|fi|else)(?![A-Za-z@])")
_PLAIN_INPUT = re.compile(r"\s+([^\s{}\\%]+)")
_NEWCOMMANDS = words(
    "newcommand renewcommand providecommand DeclareRobustCommand newrobustcmd renewrobustcmd providerobustcmd"
)
_DOCUMENT_COMMANDS = re.compile(r"(?:New|Renew|Provide|Declare)(?:Expandable)?DocumentCommand")
_DEFS = frozenset({"def", "gdef", "edef", "xdef"})
_DEEPEST = 12
_MOST_TEMPLATES = 1000


@dataclass(slots=True)
class Macro:
    r"""A command that the manuscript defines.

    Attributes:
        parameters: Its arguments.
        body: What it stands for.
        shape: How it takes keys, where `\DeclareCiteCommand` and its like say so.
        templates: The key lists that its body cites, with `#1` for arguments; None until worked out.
        alias: The cite command at the very end of the body, which takes what follows.
    """

    parameters: tuple[Parameter, ...] = ()
    body: str = ""
    shape: table.Shape | None = None
    templates: tuple[str, ...] | None = None
    alias: str = ""


class TexScanner:
    """Reads the texts of one manuscript in their order; definitions of one hold in the next."""

    def __init__(self, *, comments: bool = True) -> None:
        self._comments = comments
        self._macros: dict[str, Macro] = {}
        self._verbatim = set(table.VERBATIM)
        self._short = ""

    def __call__(self, text: str) -> Iterator[Event]:
        """Yield what a text says."""
        # `#1` is what a definition cites that was not understood.
        return (event for event in self._scan(text, 0) if event.kind != "cite" or "#" not in event.value)

    # -- the text ----------------------------------------------------------------------------------

    def _scan(self, text: str, depth: int) -> Iterator[Event]:
        arguments = Arguments(text)
        pattern, short = self._pattern()
        at = 0
        while found := pattern.search(text, at):
            at = found.end()
            name = found[1]
            if name is None:
                if found[0] in short:
                    end = text.find(found[0], at, at + 1000)
                    at = end + 1 if end >= 0 else at
                continue
            if name == "begin":
                opened = arguments.bracket(at)
                if opened and opened[0].rstrip("*") in self._verbatim:
                    at = _behind(text, f"\\end{{{opened[0]}}}", opened[1])
                elif opened and (how := table.shape(opened[0].rstrip("*"))):
                    yield from self._cites(arguments, opened[1], found.start(), how[0], maybe=how[1])
                continue
            if name == "end" and text.startswith("{document}", at):
                return
            if name == "endinput":
                return
            if name in table.INLINE:
                at = _behind_inline(arguments, at, language=name in table.WITH_LANGUAGE)
            elif name in table.ADDRESSES:
                at = _behind_address(text, at)
            elif name == "iffalse":
                at = _behind_conditional(text, at)
            elif name in self._macros:
                macro = self._macros[name]
                events, end = self._use(macro, arguments, at, found.start(), depth)
                yield from events
                at = end
            elif (how := table.shape(name)) is not None:
                yield from self._cites(arguments, at, found.start(), how[0], maybe=how[1])
            elif name in _HANDLED:
                moved, events = self._other(name, arguments, at, found.start())
                at = moved
                yield from events
                if self._short != short:
                    pattern, short = self._pattern()
            elif _DOCUMENT_COMMANDS.fullmatch(name):
                at = self._define_document_command(arguments, at)

    def _pattern(self) -> tuple[re.Pattern[str], str]:
        token = _NEXT if self._comments else _NEXT.partition("|")[2]
        if self._short:
            token += f"|[{re.escape(self._short)}]"
        return re.compile(token, re.DOTALL), self._short

    # -- citations ---------------------------------------------------------------------------------

    def _cites(
        self, arguments: Arguments, at: int, start: int, shape: table.Shape, *, maybe: bool = False
    ) -> Iterator[Event]:
        several = shape in ("multi", "volumes")
        if several:
            at = arguments.options(at, "(")
        while True:
            at = arguments.options(at)
            if shape == "language" or shape.startswith("volume"):
                before = arguments.bracket(at)
                if before is None:
                    return
                at = arguments.options(before[1])
            keys = arguments.bracket(at)
            if keys is None:
                return
            for key in split_keys(keys[0]):
                if key == "*":
                    yield Event("all", key, start)
                else:
                    yield Event("cite", key, start, maybe)
            if not several:
                return
            at = keys[1]

    def _use(
        self, macro: Macro, arguments: Arguments, at: int, start: int, depth: int
    ) -> tuple[list[Event], int]:
        """Return what the use of an own command cites, and where to go on."""
        if macro.shape is not None:
            return list(self._cites(arguments, at, start, macro.shape)), at
        values, end = pass_arguments(macro.parameters, arguments, at)
        events: list[Event] = []
        for template in self._templates(macro, depth):
            text = _PARAMETER.sub(lambda found: values.get(int(found[1]), ""), template)
            for key in split_keys(text, parameters=depth > 0):
                events.append(Event("all" if key == "*" else "cite", key, start))
        if macro.alias and (how := self._shape_of(macro.alias)):
            events += self._cites(arguments, end, start, how)
        # Arguments that the body drops are not printed: what they cite is not cited.
        drops = macro.parameters and "#" not in macro.body and not macro.alias
        return events, end if drops else at

    def _templates(self, macro: Macro, depth: int) -> tuple[str, ...]:
        if macro.templates is None:
            macro.templates = ()  # a command that uses itself cites nothing more
            if depth < _DEEPEST and "\\" in macro.body:
                found = (
                    event.value
                    for event in self._scan(macro.body, depth + 1)
                    if event.kind in ("cite", "all") and not event.maybe
                )
                macro.templates = tuple(dict.fromkeys(found))[:_MOST_TEMPLATES]
        return macro.templates

    def _shape_of(self, name: str, depth: int = 0) -> table.Shape | None:
        macro = self._macros.get(name)
        if macro is not None:
            if macro.shape is None and macro.alias and depth < _DEEPEST:
                return self._shape_of(macro.alias, depth + 1)
            return macro.shape
        how = table.shape(name)
        return how[0] if how else None

    # -- everything else ---------------------------------------------------------------------------

    def _other(self, name: str, arguments: Arguments, at: int, start: int) -> tuple[int, list[Event]]:
        """Handle the commands of `_HANDLED`; return where to go on, and what was found."""
        if name in table.INCLUDES:
            return at, _included(arguments, at, start, with_folder=table.INCLUDES[name])
        if name in table.PACKAGES:
            return at, _packages(arguments, at, start, table.PACKAGES[name])
        if name in table.RESOURCES:
            return at, _resources(arguments, at, start, table.RESOURCES[name])
        if name in _NEWCOMMANDS:
            return self._define(arguments, at), []
        if name in _DEFS:
            return self._define_plain(arguments, at), []
        if name == "let":
            self._let(arguments, at)
        elif name in ("DeclareCiteCommand", "DeclareMultiCiteCommand", "DeclareAutoCiteCommand"):
            return self._declare(name, arguments, at), []
        elif name == "newcites":
            self._new_cites(arguments, at)
        elif name in ("MakeShortVerb", "lstMakeShortInline"):
            found = re.compile(r"\*?\s*(?:\[[^\]]*\])?\s*\{?\\?([^\s\\{}])\}?").match(arguments.text, at)
            if found and found[1] not in self._short:
                self._short += found[1]
            at = found.end() if found else at
        elif name in table.VERBATIM_MAKERS:
            made = arguments.bracket(arguments.options(at))
            if made:
                self._verbatim.add(made[0].strip() + ("code" if name == "newminted" else ""))
        return at, []

    def _define(self, arguments: Arguments, at: int) -> int:
        r"""Read `\newcommand{\name}[2][default]{body}`."""
        named = arguments.command(at)
        if named is None:
            return at
        name, at = named
        count = arguments.bracket(at, "[")
        default = None
        if count:
            at = count[1]
            default = arguments.bracket(at, "[")
            at = default[1] if default else at
        body = arguments.bracket(at)
        if body is None:
            return at
        number = int(count[0]) if count and count[0].strip() in set("123456789") else 0
        self._add(name, parameters(number, None if default is None else default[0]), body[0])
        return body[1]

    def _define_plain(self, arguments: Arguments, at: int) -> int:
        r"""Read `\def\name#1#2{body}`."""
        found = re.compile(r"\s*\\([A-Za-z@]+)([^{}\n]{0,200})").match(arguments.text, at)
        body = arguments.bracket(found.end()) if found else None
        if found is None or body is None:
            return at
        self._add(found[1], parameters(found[2].count("#"), None), body[0])
        return body[1]

    def _define_document_command(self, arguments: Arguments, at: int) -> int:
        r"""Read `\NewDocumentCommand{\name}{s O{} m}{body}`."""
        named = arguments.command(at)
        spec = arguments.bracket(named[1]) if named else None
        body = arguments.bracket(spec[1]) if spec else None
        if named is None or spec is None or body is None:
            return at
        self._add(named[0], document_parameters(spec[0]), body[0])
        return body[1]

    def _add(self, name: str, taken: tuple[Parameter, ...], body: str) -> None:
        trailing = _TRAILING.search(body.strip()[-200:])
        alias = trailing[1] if trailing and self._shape_of(trailing[1]) else ""
        if name == alias:  # a cite command that is wrapped, its old meaning saved by \let
            self._macros.pop(name, None)
            return
        self._macros[name] = Macro(taken, body, alias=alias)

    def _let(self, arguments: Arguments, at: int) -> None:
        found = re.compile(r"\s*\\([A-Za-z@]+)\s*=?\s*\\([A-Za-z@]+)").match(arguments.text, at)
        if found and found[2] in self._macros:
            self._macros[found[1]] = self._macros[found[2]]
        elif found and (how := table.shape(found[2])):
            self._macros[found[1]] = Macro(shape=how[0])

    def _declare(self, name: str, arguments: Arguments, at: int) -> int:
        r"""Read `\DeclareCiteCommand{\name}[wrapper]{precode}{loopcode}{sepcode}{postcode}`."""
        named = arguments.command(at)
        if named is None:
            return at
        if name != "DeclareAutoCiteCommand":
            self._macros[named[0]] = Macro(shape="multi" if "Multi" in name else "plain")
        at = named[1]
        for _ in range(4):
            group = arguments.bracket(arguments.options(at))
            if group is None:
                break
            at = group[1]
        return at

    def _new_cites(self, arguments: Arguments, at: int) -> None:
        r"""Read multibib's `\newcites{web,own}{…}`, which makes `\citeweb`, `\nociteweb` …."""
        names = arguments.bracket(at)
        for suffix in split_keys(names[0]) if names else ():
            for command in (
                "cite",
                "nocite",
                "citep",
                "citet",
                "citealp",
                "citealt",
                "citeauthor",
                "citeyear",
            ):
                self._macros[command + suffix] = Macro(shape="plain")


_HANDLED = frozenset(
    {
        *table.INCLUDES, *table.PACKAGES, *table.RESOURCES, *_NEWCOMMANDS, *_DEFS, *table.VERBATIM_MAKERS,
        "let", "DeclareCiteCommand", "DeclareMultiCiteCommand", "DeclareAutoCiteCommand", "newcites",
        "MakeShortVerb", "lstMakeShortInline",
    }
)  # fmt: skip


def split_keys(text: str, *, parameters: bool = True) -> list[str]:
    """Return the keys of a list; what is a command is none.

    Args:
        text: Keys with commas between them.
        parameters: Whether `#1` may be a part of one, as in the body of a definition.
    """
    if "%" in text:
        text = _COMMENT.sub("", text)
    keys = (" ".join(key.split()) for key in text.split(","))
    return [
        key for key in keys if key and "\\" not in key and "{" not in key and (parameters or "#" not in key)
    ]


def _behind(text: str, end: str, at: int) -> int:
    found = text.find(end, at)
    return found + len(end) if found >= 0 else len(text)


def _behind_inline(arguments: Arguments, at: int, *, language: bool) -> int:
    r"""Return the offset behind `\verb|…|`, `\lstinline[…]{…}`, `\mintinline{lang}{…}`."""
    text = arguments.text
    at = arguments.options(at, "[")
    if language and (group := arguments.bracket(at)):
        at = group[1]
    if text.startswith("{", at):
        group = arguments.bracket(at)
        return group[1] if group else at + 1
    end = text.find(text[at : at + 1], at + 1, at + 1000) if at < len(text) else -1
    return end + 1 if end >= 0 else at


_ADDRESS = re.compile(r"\s*(?:\[[^\[\]\n]*\])?\{[^{}\n]*\}")


def _behind_address(text: str, at: int) -> int:
    found = _ADDRESS.match(text, at)
    return found.end() if found else at


def _behind_conditional(text: str, at: int) -> int:
    r"""Return the offset behind the `\fi` or `\else` of an `\iffalse`."""
    depth = 1
    for found in _CONDITIONAL.finditer(text, at):
        if found[1] == "fi":
            depth -= 1
        elif found[1] != "else":
            depth += 1
        if depth == 0 or (depth == 1 and found[1] == "else"):
            return found.end()
    return len(text)


def _included(arguments: Arguments, at: int, start: int, *, with_folder: bool) -> list[Event]:
    folder = ""
    if with_folder:
        first = arguments.bracket(at + arguments.text.startswith("*", at))
        if first is None:
            return []
        folder, at = first[0].strip(), first[1]
    group = arguments.bracket(arguments.options(at, "["))
    name = group[0] if group else ""
    if group is None:
        plain = _PLAIN_INPUT.match(arguments.text, at)
        name = plain[1] if plain else ""
    name = name.strip().strip('"')
    return [Event("include", name, start, folder=folder)] if name and not set(name) & set("\\#") else []


def _packages(arguments: Arguments, at: int, start: int, suffix: str) -> list[Event]:
    group = arguments.bracket(arguments.options(at, "["))
    names = split_keys(group[0]) if group else []
    events = [Event("package", name + suffix, start) for name in names]
    if "biblatex" in names:
        events.append(Event("dialect", "biblatex", start))
    return events


def _resources(arguments: Arguments, at: int, start: int, dialect: str) -> list[Event]:
    group = arguments.bracket(arguments.options(at, "["))
    names = split_keys(group[0]) if group else []
    named = [
        name if "." in name.rpartition("/")[2] or dialect == "biblatex" else f"{name}.bib" for name in names
    ]
    return [Event("resource", name, start) for name in named] + [Event("dialect", dialect, start)]
