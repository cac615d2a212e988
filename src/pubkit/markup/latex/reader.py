"""Read LaTeX field source into the markup tree.

One loop over the tokens with a stack of open groups: no recursion, one look at each character, and no text
that makes it fail. What is not understood is kept as `Raw` and reported.

The rules of a field are not those of a document: a bare `%`, `&`, `#` or `_` is text. Braces protect the
letter case of what they hold, except where the group starts with a macro (biblatex's rule) or is the argument
of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from pubkit.markup.latex.accents import ACCENTS, accent
from pubkit.markup.latex.commands import COMMANDS, SWITCHES, Build
from pubkit.markup.latex.structure import Structure
from pubkit.markup.latex.symbols import SYMBOLS
from pubkit.markup.raw import HIDDEN
from pubkit.markup.tree import MAX_DEPTH, Inline, Link, Math, NoCase, Raw, Rich, Sub, Sup, join

# Longer values are not memoised: they are rare, and the memo would hold on to them.
MEMO_LENGTH = 4000

_TOKEN = re.compile(
    r"""
      ( (?: [^\\{}$~`',\-_^ \t\r\n] | [ ](?![ \t\r\n]) | -(?!-) | ,(?!,) | [_^](?!\{) )++ )  # plain text
    | \\ (?: [A-Za-z]++ | . | \Z )
    | ``? | ''? | ---? | ,, | [ \t\r\n]++ | [{}$~_^]
    """,
    re.VERBOSE | re.DOTALL,
)
_SPACE = re.compile(r"[ \t]*+(?:\r\n|[\r\n])?+[ \t]*+")
_ARGUMENT_SPACE = re.compile(r"[ \t\r\n]*+")
_OPTION = re.compile(r"\[[^\]{}\[\\]*+\]")
_PARAGRAPH = re.compile(r"[\r\n][ \t]*[\r\n]")
# More accents than this on one letter are an attack: ordering them costs Unicode the square of their number.
_MAX_ACCENTS = 20
_KERN = re.compile(r"\s*+-?[\d.]++\s*+(?:pt|em|ex|mm|cm|in|pc|bp|sp|dd|cc|mu)\b *+")
_CHARACTER = re.compile(r"""\s*+(?:"([0-9A-F]{1,6})|'([0-7]{1,7})|(\d{1,7}))\s?""")
_SCRIPT = re.compile(
    r"""
    (?:\{\})? ([_^])
    (?: \{ ((?:\\(?:text|mathrm|mbox|textrm)[ ]?\{)?) (?:\\rm\s+)? ([0-9A-Za-z+\-=(),.]+) (\}?) \}
      | ([0-9A-Za-z+\-]) )
    """,
    re.VERBOSE,
)
_ESCAPED_URL = re.compile(r"\\([%#&_~${}^\\])(?:\{\})?")
_SPECIALS = {"~": "\u00a0", "---": "—", "--": "–", "``": "“", "''": "”"}


class Reading(NamedTuple):
    """A field read: its tree and what was wrong with it, each message once."""

    rich: Rich
    problems: tuple[str, ...]


class _Group:
    """An open group: what was read in it so far, and what to do when it closes."""

    __slots__ = ("build", "depth", "implicit", "items", "protected", "switches")

    def __init__(self, build: Build, *, protected: bool, implicit: bool = False, depth: int = 0) -> None:
        self.items: list[Inline] = []
        self.build = build
        self.protected = protected  # braces inside do not protect once more
        self.implicit = implicit  # opened by a font switch, closed by the end of the group around it
        self.depth = depth
        self.switches: set[Build] = set()


def read(source: str) -> Reading:
    r"""Return the tree of a LaTeX field and what was wrong with it.

    >>> read(r"{\'E}tude of \foo{x}").rich, read(r"\foo{x} {").problems
    (('Étude of ', Raw(source='\\foo{x}')), ('unbalanced brace', 'unknown macro \\foo'))
    """
    return _memo(source) if len(source) <= MEMO_LENGTH else _Reader(source).read()


@lru_cache(maxsize=8192)
def _memo(source: str) -> Reading:
    return _Reader(source).read()


class _Reader:
    """One reading of one field."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: dict[str, None] = {}
        structure = Structure(source)
        self.partner = structure.partner
        if not structure.balanced:
            self.problem("unbalanced brace")
        self.closing = set(self.partner.values())
        self.groups = [_Group(_keep, protected=False)]
        self.single_quotes = 0  # opened by a backquote and not yet closed

    def read(self) -> Reading:
        """Read all tokens."""
        source, position, length = self.source, 0, len(self.source)
        match = _TOKEN.match
        while position < length:
            found = match(source, position)
            assert found is not None  # noqa: S101  # the alternatives cover every character
            if found.lastindex:
                self.groups[-1].items.append(found[0])
                position = found.end()
            else:
                position = _HANDLERS[found[0][0]](self, found[0], position, found.end())
        while len(self.groups) > 1:
            self.close()
        return Reading(join(self.groups[0].items), tuple(self.problems))

    # -- groups ----------------------------------------------------------------------------------

    def open(self, build: Build, *, protected: bool | None = None, implicit: bool = False) -> None:
        """Start a group whose content `build` gets when it closes."""
        above = self.groups[-1]
        depth = above.depth + 1
        if depth > MAX_DEPTH:
            build = _keep
            self.problem(f"markup nested more than {MAX_DEPTH} deep")
        self.groups.append(
            _Group(
                build,
                protected=above.protected if protected is None else protected,
                implicit=implicit,
                depth=depth,
            )
        )

    def close(self) -> None:
        """End the innermost group and hand its content to the one around it."""
        group = self.groups.pop()
        self.groups[-1].items.extend(group.build(join(group.items)))

    def problem(self, message: str) -> None:
        """Note something wrong; the same message once."""
        self.problems[message] = None

    def add(self, *items: Inline) -> None:
        """Append to the innermost group."""
        self.groups[-1].items.extend(items)

    # -- tokens: each handler returns the offset where reading goes on -------------------------------

    def on_open(self, lexeme: str, position: int, end: int) -> int:
        """A brace that is not a macro's argument."""
        if position not in self.partner:
            self.add("{")
            return end
        protects = not self.groups[-1].protected and not self.source.startswith("\\", end)
        if protects:
            self.open(_protect, protected=True)
        else:
            self.open(_keep)
        return end

    def on_close(self, lexeme: str, position: int, end: int) -> int:
        """A closing brace: also ends the font switches of its group."""
        if position not in self.closing:
            self.add("}")
            return end
        while self.groups[-1].implicit:
            self.close()
        self.close()
        return end

    def on_dollar(self, lexeme: str, position: int, end: int) -> int:
        """Inline or displayed mathematics between dollars."""
        close = self.partner.get(position)
        if close is None:
            self.problem("unpaired $")
            self.add("$")
            return end
        width = 2 if self.source.startswith("$$", position) and close > position + 1 else 1
        self.add(*mathematics(self.source[position + width : close]))
        return close + width

    def on_space(self, lexeme: str, position: int, end: int) -> int:
        """White space: one space, or a paragraph break where there is an empty line."""
        self.add("\n\n" if _PARAGRAPH.search(lexeme) else " ")
        return end

    def on_special(self, lexeme: str, position: int, end: int) -> int:
        """Dashes, double quotes and the tie."""
        self.add(_SPECIALS[lexeme])
        return end

    def on_backquote(self, lexeme: str, position: int, end: int) -> int:
        """An opening quotation mark, or the inverted mark of ?` and !`."""
        items = self.groups[-1].items
        if lexeme == "``":
            self.add("“")
        elif items and isinstance(items[-1], str) and items[-1].endswith(("?", "!")):
            items[-1] = items[-1][:-1] + ("¿" if items[-1][-1] == "?" else "¡")
        else:
            self.single_quotes += 1
            self.add("‘")
        return end

    def on_quote(self, lexeme: str, position: int, end: int) -> int:
        """An apostrophe, or the end of a quotation that a backquote opened."""
        if lexeme == "''":
            self.add("”")
        elif self.single_quotes and not self.source[end : end + 1].isalnum():
            self.single_quotes -= 1
            self.add("’")
        else:
            self.add("'")
        return end

    def on_comma(self, lexeme: str, position: int, end: int) -> int:
        """Two commas before a word are a low opening quotation mark."""
        before, behind = self.source[position - 1 : position], self.source[end : end + 1]
        opens = (not before or before in " \n\t({[") and not behind.isspace()
        self.add("„" if opens else ",,")
        return end

    def on_script(self, lexeme: str, position: int, end: int) -> int:
        """A sub- or superscript in braces outside mathematics: meant as one all the same."""
        close = self.partner.get(end)
        if close is None:
            self.add(lexeme)
            return end
        self.add(*mathematics(self.source[position : close + 1]))
        return close + 1

    # -- macros ----------------------------------------------------------------------------------

    def on_macro(self, lexeme: str, position: int, end: int) -> int:
        """A backslash and what follows it."""
        name = lexeme[1:]
        if not name:
            self.problem("backslash at the end")
            self.add("\\")
            return end
        if self.source.startswith("*", end) and (name + "*" in COMMANDS or name + "*" in HIDDEN):
            name, end = name + "*", end + 1
        special = _SPECIAL_MACROS.get(name)
        if special is not None:
            return special(self, name, position, end)
        if name in ACCENTS:
            return self.on_accent(name, position, end)
        text = SYMBOLS.get(name)
        if text is not None:
            self.add(text)
            return self.skip_space(end) if name[0].isalpha() else end
        if name in COMMANDS:
            return self.on_command(name, position, end)
        if name in SWITCHES:
            return self.on_switch(name, self.skip_space(end))
        if name not in HIDDEN:
            self.problem(f"unknown macro \\{name}")
        return self.raw(position, end)

    def skip_space(self, position: int) -> int:
        """Return the offset behind the white space that TeX drops after a macro's name."""
        found = _SPACE.match(self.source, position)
        return found.end() if found else position

    def argument(self, position: int) -> tuple[int, int, int] | None:
        """Find a macro's argument: its start, its end, and where reading goes on; None if there is none."""
        found = _ARGUMENT_SPACE.match(self.source, position)
        start = found.end() if found else position
        if start >= len(self.source):
            return None
        close = self.partner.get(start)
        if close is not None and self.source[start] == "{":
            return start + 1, close, close + 1
        if self.source[start] in "\\{}$":
            return None
        return start, start + 1, start + 1

    def option(self, position: int) -> int:
        """Return the offset behind an optional argument in brackets."""
        found = _OPTION.match(self.source, position)
        return found.end() if found else position

    def raw(self, position: int, end: int) -> int:
        """Keep a macro verbatim, with the arguments that stand right behind it."""
        while end < len(self.source) and self.source[position + 1].isalpha():
            close = self.partner.get(end) if self.source[end] == "{" else None
            after = close + 1 if close is not None else self.option(end)
            if after == end:
                break
            end = after
        self.add(Raw(self.source[position:end]))
        return end

    def on_accent(self, name: str, position: int, end: int) -> int:
        """One or more accents and the letter they stand on: a character, a symbol macro or a group."""
        marks = ACCENTS[name]
        while True:
            found = _ARGUMENT_SPACE.match(self.source, end)
            start = found.end() if found else end
            lexeme = _TOKEN.match(self.source, start)
            following = lexeme[0][1:] if lexeme and lexeme[0][0] == "\\" else ""
            if following not in ACCENTS or start + len(following) + 1 > len(self.source):
                break
            marks = ACCENTS[following] + marks  # the innermost stands first
            end = start + 1 + len(following)
        if len(marks) > _MAX_ACCENTS:
            self.problem(f"more than {_MAX_ACCENTS} accents on one letter")
        apply = _accents(marks[:_MAX_ACCENTS])
        if following and following in SYMBOLS:
            self.add(*apply((SYMBOLS[following],)))
            behind = start + 1 + len(following)
            return self.skip_space(behind) if following[0].isalpha() else behind
        argument = self.argument(end)
        if argument is None:
            self.add(*apply(()))
            return end
        start, close, behind = argument
        if self.source[start - 1 : start] == "{" and start - 1 in self.partner:
            self.open(apply, protected=True)
            return start
        self.add(*apply((self.source[start:close],)))
        return behind

    def on_command(self, name: str, position: int, end: int) -> int:
        """A macro whose argument is text."""
        command = COMMANDS[name]
        behind = self.option(self.option(end))
        for _ in range(command.skip):
            argument = self.argument(behind)
            if argument is None:
                return self.raw(position, end)
            behind = argument[2]
        argument = self.argument(behind)
        if argument is None:
            self.problem(f"macro \\{name} without its argument")
            return self.raw(position, end)
        start, close, behind = argument
        if behind == close:
            self.add(*command.build((self.source[start:close],)))
            return behind
        build = command.build
        if name in ("enquote", "mkbibquote") and any(group.build is build for group in self.groups):
            build = COMMANDS["enquote*"].build
        self.open(build)
        return start

    def on_switch(self, name: str, end: int) -> int:
        """A font switch: the rest of the group, unless the group has that font already."""
        build = SWITCHES[name]
        if build not in self.groups[-1].switches:
            above = self.groups[-1]
            self.open(build, implicit=True)
            self.groups[-1].switches = {*above.switches, build} if above.implicit else {build}
        return end

    def on_break(self, name: str, position: int, end: int) -> int:
        r"""A line break, \\ with its star and its length."""
        if self.source.startswith("*", end):
            end += 1
        items = self.groups[-1].items
        if not (items and isinstance(items[-1], str) and items[-1][-1:].isspace()):
            self.add(" ")
        return self.skip_space(self.option(end))

    def on_paragraph(self, name: str, position: int, end: int) -> int:
        """A new paragraph, without the blanks around it."""
        items = self.groups[-1].items
        if items and isinstance(items[-1], str):
            items[-1] = items[-1].rstrip(" ")
        self.add("\n\n")
        return self.skip_space(end)

    def on_math(self, name: str, position: int, end: int) -> int:
        r"""Mathematics between \( and \), or \[ and \]."""
        close = self.partner.get(position)
        if close is None:
            self.problem(f"unpaired \\{name}")
            self.add(Raw("\\" + name))
            return end
        self.add(*mathematics(self.source[end:close]))
        return close + 2

    def on_math_end(self, name: str, position: int, end: int) -> int:
        r"""A \) or \] that closes nothing."""
        self.problem(f"unpaired \\{name}")
        self.add(Raw("\\" + name))
        return end

    def on_ensuremath(self, name: str, position: int, end: int) -> int:
        """Mathematics as a macro's argument."""
        argument = self.argument(end)
        if argument is None:
            return self.raw(position, end)
        self.add(*mathematics(self.source[argument[0] : argument[1]]))
        return argument[2]

    def on_url(self, name: str, position: int, end: int) -> int:
        """A web address, which is its own text."""
        argument = self.argument(end)
        if argument is None:
            return self.raw(position, end)
        url = verbatim(self.source[argument[0] : argument[1]])
        self.add(Link((url,), url) if url else "")
        return argument[2]

    def on_href(self, name: str, position: int, end: int) -> int:
        """A link with a text of its own."""
        end = self.option(end)
        address = self.argument(end)
        text = self.argument(address[2]) if address else None
        if address is None or text is None:
            self.problem("macro \\href without its arguments")
            return self.raw(position, end)
        url = verbatim(self.source[address[0] : address[1]])
        if text[2] == text[1]:
            self.add(Link((self.source[text[0] : text[1]],), url))
            return text[2]
        self.open(lambda children: (Link(children, url),))
        return text[0]

    def on_character(self, name: str, position: int, end: int) -> int:
        r"""A character by its number: \char233, \char"E9, \symbol{233}."""
        argument = self.argument(end) if name != "char" else None
        found = (
            _CHARACTER.fullmatch(self.source, argument[0], argument[1])
            if argument
            else _CHARACTER.match(self.source, end)
        )
        if not found:
            return self.raw(position, end)
        code = int(found[1], 16) if found[1] else int(found[2], 8) if found[2] else int(found[3])
        if not 32 <= code < 0x110000 or 0xD800 <= code < 0xE000:
            return self.raw(position, end)
        self.add(chr(code))
        return argument[2] if argument else found.end()

    def on_kern(self, name: str, position: int, end: int) -> int:
        """A shift of letters: nothing in text."""
        found = _KERN.match(self.source, end)
        return found.end() if found else self.raw(position, end)


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


def _keep(children: Rich) -> Rich:
    return children


def _protect(children: Rich) -> Rich:
    return (NoCase(children),)


def _accents(marks: str) -> Build:
    """Return what puts accents, the innermost first, on the first letter of an argument."""

    def build(children: Rich) -> Rich:
        if children and isinstance(children[0], str):
            return (accent(marks, children[0]), *children[1:])
        return (accent(marks, ""), *children)

    return build


_Handler = Callable[[_Reader, str, int, int], int]

_HANDLERS: dict[str, _Handler] = {
    "\\": _Reader.on_macro,
    "{": _Reader.on_open,
    "}": _Reader.on_close,
    "$": _Reader.on_dollar,
    "~": _Reader.on_special,
    "`": _Reader.on_backquote,
    "'": _Reader.on_quote,
    "-": _Reader.on_special,
    ",": _Reader.on_comma,
    **dict.fromkeys("_^", _Reader.on_script),
    **dict.fromkeys(" \t\r\n", _Reader.on_space),
}

_SPECIAL_MACROS: dict[str, _Handler] = {
    "\\": _Reader.on_break,
    "(": _Reader.on_math,
    "[": _Reader.on_math,
    ")": _Reader.on_math_end,
    "]": _Reader.on_math_end,
    "ensuremath": _Reader.on_ensuremath,
    **dict.fromkeys(("url", "nolinkurl", "path"), _Reader.on_url),
    "href": _Reader.on_href,
    **dict.fromkeys(("char", "symbol", "unichar"), _Reader.on_character),
    "kern": _Reader.on_kern,
    "par": _Reader.on_paragraph,
}
