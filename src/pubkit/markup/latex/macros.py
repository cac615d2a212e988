"""What each macro does while a LaTeX field is read.

Every function gets the state, the macro's name, the offset of its backslash and the offset behind its name,
adds what the macro means, and returns the offset where reading goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pubkit.markup.latex.accents import ACCENTS, accent
from pubkit.markup.latex.commands import COMMANDS, PLACING, SWITCHES
from pubkit.markup.latex.state import Build, State
from pubkit.markup.latex.symbols import SYMBOLS
from pubkit.markup.raw import HIDDEN
from pubkit.markup.tree import Link, Math, Raw, Rich, Sub, Sup

_NAME = re.compile(r"[ \t\r\n]*+\\([A-Za-z]++|.)", re.DOTALL)
# More accents than this on one letter are an attack: ordering them costs Unicode the square of their number.
_MAX_ACCENTS = 20
_KERN = re.compile(r"\s*+-?[\d.]++\s*+(?:pt|em|ex|mm|cm|in|pc|bp|sp|dd|cc|mu)\b *+")
_CHARACTER = re.compile(r"""\s*+(?:"([0-9A-F]{1,6})|x([0-9A-Fa-f]{1,6})|'([0-7]{1,7})|(\d{1,7}))\s?""")
_SCRIPT = re.compile(
    r"""
    (?:\{\})? ([_^])
    (?: \{ ((?:\\(?:text|mathrm|mbox|textrm)[ ]?\{)?) (?:\\rm\s+)? ([0-9A-Za-z+\-=(),.]+) (\}?) \}
      | ([0-9A-Za-z+\-]) )
    """,
    re.VERBOSE,
)
_CODE = re.compile(r"(?!00[01]|D[89A-F])[0-9A-F]{4}", re.IGNORECASE)
_ESCAPED_URL = re.compile(r"\\([%#&_~${}^\\])(?:\{\})?")


def read_macro(state: State, lexeme: str, position: int, end: int) -> int:
    """A backslash and what follows it."""
    name = lexeme[1:]
    if not name:
        state.problem("backslash at the end")
        state.add("\\")
        return end
    if state.source.startswith("*", end) and (name + "*" in COMMANDS or name + "*" in HIDDEN):
        name, end = name + "*", end + 1
    special = _SPECIAL_MACROS.get(name)
    if special is not None:
        return special(state, name, position, end)
    if name in ACCENTS:
        return _accent(state, name, position, end)
    text = SYMBOLS.get(name)
    if text is not None:
        state.add(text)
        return state.skip_space(end) if name[0].isalpha() else end
    if name in COMMANDS:
        return _command(state, name, position, end)
    if name in SWITCHES:
        return _switch(state, name, state.skip_space(end))
    if name not in HIDDEN:
        state.problem(f"unknown macro \\{name}")
    return state.raw(position, end)


def _accent(state: State, name: str, position: int, end: int) -> int:
    """One or more accents and the letter they stand on: a character, a symbol macro or a group."""
    marks = ACCENTS[name]
    while (following := _NAME.match(state.source, end)) and following[1] in ACCENTS:
        if len(marks) <= _MAX_ACCENTS:
            marks = ACCENTS[following[1]] + marks  # the innermost stands first
        end = following.end()
    if len(marks) > _MAX_ACCENTS:
        state.problem(f"more than {_MAX_ACCENTS} accents on one letter")
    apply = _accents(marks[:_MAX_ACCENTS])
    if following and following[1] in SYMBOLS:
        state.add(*apply((SYMBOLS[following[1]],)))
        return state.skip_space(following.end()) if following[1][0].isalpha() else following.end()
    argument = state.argument(end)
    if argument is None:
        state.add(*apply(()))
        return end
    start, close, behind = argument
    if state.source[start - 1 : start] == "{" and start - 1 in state.partner:
        state.open(apply, protected=True)
        return start
    state.add(*apply((state.source[start:close],)))
    return behind


def _command(state: State, name: str, position: int, end: int) -> int:
    """A macro whose argument is text."""
    command = COMMANDS[name]
    behind = state.option(state.option(end))
    for _ in range(command.skip):
        argument = state.argument(behind)
        if argument is None:
            return state.raw(position, end)
        behind = argument[2]
    argument = state.argument(behind)
    if argument is None:
        state.problem(f"macro \\{name} without its argument")
        return state.raw(position, end)
    start, close, behind = argument
    if behind == close:
        state.add(*command.build((state.source[start:close],)))
        return behind
    build = command.build
    if name in ("enquote", "mkbibquote") and any(group.build is build for group in state.groups):
        build = COMMANDS["enquote*"].build
    state.open(build)
    return start


def _switch(state: State, name: str, end: int) -> int:
    """A font switch: the rest of the group, unless the group has that font already."""
    build = SWITCHES[name]
    if build not in state.groups[-1].switches:
        above = state.groups[-1]
        state.open(build, implicit=True)
        state.groups[-1].switches = {*above.switches, build} if above.implicit else {build}
    return end


def _break(state: State, name: str, position: int, end: int) -> int:
    r"""A line break, \\ with its star and its length."""
    if state.source.startswith("*", end):
        end += 1
    items = state.groups[-1].items
    if not (items and isinstance(items[-1], str) and items[-1][-1:].isspace()):
        state.add(" ")
    return state.skip_space(state.option(end))


def _paragraph(state: State, name: str, position: int, end: int) -> int:
    """A new paragraph, without the blanks around it."""
    items = state.groups[-1].items
    if items and isinstance(items[-1], str):
        items[-1] = items[-1].rstrip(" ")
    state.add("\n\n")
    return state.skip_space(end)


def _math(state: State, name: str, position: int, end: int) -> int:
    r"""Mathematics between \( and \), or \[ and \]."""
    close = state.partner.get(position)
    if close is None:
        state.problem(f"unpaired \\{name}")
        state.add(Raw("\\" + name))
        return end
    state.add(*mathematics(state.source[end:close]))
    return close + 2


def _math_end(state: State, name: str, position: int, end: int) -> int:
    r"""A \) or \] that closes nothing."""
    state.problem(f"unpaired \\{name}")
    state.add(Raw("\\" + name))
    return end


def _ensuremath(state: State, name: str, position: int, end: int) -> int:
    """Mathematics as a macro's argument."""
    argument = state.argument(end)
    if argument is None:
        return state.raw(position, end)
    state.add(*mathematics(state.source[argument[0] : argument[1]]))
    return argument[2]


def _url(state: State, name: str, position: int, end: int) -> int:
    """A web address, which is its own text."""
    argument = state.argument(end)
    if argument is None:
        return state.raw(position, end)
    url = verbatim(state.source[argument[0] : argument[1]])
    state.add(Link((url,), url) if url else "")
    return argument[2]


def _href(state: State, name: str, position: int, end: int) -> int:
    """A link with a text of its own."""
    end = state.option(end)
    address = state.argument(end)
    text = state.argument(address[2]) if address else None
    if address is None or text is None:
        state.problem("macro \\href without its arguments")
        return state.raw(position, end)
    url = verbatim(state.source[address[0] : address[1]])
    if text[2] == text[1]:
        state.add(Link((state.source[text[0] : text[1]],), url))
        return text[2]
    state.open(lambda children: (Link(children or (url,), url),))
    return text[0]


def _character(state: State, name: str, position: int, end: int) -> int:
    r"""A character by its number: \char233, \char"E9, \symbol{233}."""
    argument = state.argument(end) if name != "char" else None
    found = (
        _CHARACTER.fullmatch(state.source, argument[0], argument[1])
        if argument
        else _CHARACTER.match(state.source, end)
    )
    if not found:
        return state.raw(position, end)
    hexadecimal = found[1] or found[2]
    code = int(hexadecimal, 16) if hexadecimal else int(found[3], 8) if found[3] else int(found[4])
    if not 32 <= code < 0x110000 or 0xD800 <= code < 0xE000:
        return state.raw(position, end)
    state.add(chr(code))
    return argument[2] if argument else found.end()


def _kern(state: State, name: str, position: int, end: int) -> int:
    """A shift of letters: nothing in text."""
    found = _KERN.match(state.source, end)
    return found.end() if found else state.raw(position, end)


def _environment(state: State, name: str, position: int, end: int) -> int:
    r"""A \begin{…} or \end{…}: one named like a font switch is one, one that only places text is nothing."""
    argument = state.argument(end)
    if argument is None:
        return state.raw(position, end)
    what = state.source[argument[0] : argument[1]].strip()
    if what in PLACING:
        return argument[2]
    if what in SWITCHES and name == "begin":
        return _switch(state, what, argument[2])
    top = state.groups[-1]
    if what in SWITCHES and top.implicit and top.build is SWITCHES[what]:
        state.close()
        return argument[2]
    state.problem(f"unknown environment {what}")
    return state.raw(position, end)


def _glyph(state: State, name: str, position: int, end: int) -> int:
    r"""A character by its hexadecimal number, as Elsevier writes it: \ElsevierGlyph{2014}."""
    argument = state.argument(end)
    code = state.source[argument[0] : argument[1]].strip() if argument else ""
    if argument is None or not _CODE.fullmatch(code):
        return state.raw(position, end)
    state.add(chr(int(code, 16)))
    return argument[2]


def mathematics(source: str) -> Rich:
    """Return mathematics as a node; a lone sub- or superscript of plain characters as `Sub` or `Sup`."""
    source = source.strip()
    if not source:
        return ()
    script = _SCRIPT.fullmatch(source)
    if script and bool(script[2]) == bool(script[4]):
        return ((Sup if script[1] == "^" else Sub)((script[3] or script[5],)),)
    return (Math(source),)


def verbatim(source: str) -> str:
    """Return a web address as written in a macro's argument, without the backslashes that LaTeX needs."""
    return _ESCAPED_URL.sub(r"\1", source.strip()) if "\\" in source else source.strip()


def _accents(marks: str) -> Build:
    """Return what puts accents, the innermost first, on the first letter of an argument."""

    def build(children: Rich) -> Rich:
        if children and isinstance(children[0], str):
            return (accent(marks, children[0]), *children[1:])
        return (accent(marks, ""), *children)

    return build


_SPECIAL_MACROS: dict[str, Callable[[State, str, int, int], int]] = {
    "\\": _break,
    "(": _math,
    "[": _math,
    ")": _math_end,
    "]": _math_end,
    "ensuremath": _ensuremath,
    **dict.fromkeys(("url", "nolinkurl", "path"), _url),
    "href": _href,
    **dict.fromkeys(("char", "symbol", "unichar", "unicode"), _character),
    "kern": _kern,
    "ElsevierGlyph": _glyph,
    **dict.fromkeys(("begin", "end"), _environment),
    "par": _paragraph,
}
