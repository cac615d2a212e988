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

from pubkit.markup.latex.macros import mathematics, read_macro
from pubkit.markup.latex.state import State, keep
from pubkit.markup.tree import NoCase, Rich, join

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
_PARAGRAPH = re.compile(r"[\r\n][ \t]*[\r\n]")
_SPECIALS = {"~": "\u00a0", "---": "—", "--": "–", "``": "“", "''": "”"}


class Reading(NamedTuple):
    """A field read: its tree and what was wrong with it, each message once."""

    rich: Rich
    problems: tuple[str, ...]


def read(source: str) -> Reading:
    r"""Return the tree of a LaTeX field and what was wrong with it.

    >>> read(r"{\'E}tude of \foo{x}").rich, read(r"\foo{x} {").problems
    (('Étude of ', Raw(source='\\foo{x}')), ('unbalanced brace', 'unknown macro \\foo'))
    """
    return _memo(source) if len(source) <= MEMO_LENGTH else _read(source)


@lru_cache(maxsize=8192)
def _memo(source: str) -> Reading:
    return _read(source)


def _read(source: str) -> Reading:
    """Read all tokens of a field."""
    state = State(source)
    position, length = 0, len(source)
    match = _TOKEN.match
    items = state.groups[-1].items
    while position < length:
        found = match(source, position)
        assert found is not None  # noqa: S101  # the alternatives cover every character
        if found.lastindex:
            items.append(found[0])
            position = found.end()
        else:
            position = _HANDLERS[found[0][0]](state, found[0], position, found.end())
            items = state.groups[-1].items
    while len(state.groups) > 1:
        state.close()
    return Reading(join(state.groups[0].items), tuple(state.problems))


# -- tokens: each function returns the offset where reading goes on -----------------------------------


def _open(state: State, lexeme: str, position: int, end: int) -> int:
    """A brace that is not a macro's argument."""
    if position not in state.partner:
        state.add("{")
        return end
    protects = not state.groups[-1].protected and not state.source.startswith("\\", end)
    if protects:
        state.open(_protect, protected=True)
    else:
        state.open(keep)
    return end


def _close(state: State, lexeme: str, position: int, end: int) -> int:
    """A closing brace: also ends the font switches of its group."""
    if position not in state.closing:
        state.add("}")
        return end
    while state.groups[-1].implicit:
        state.close()
    state.close()
    return end


def _dollar(state: State, lexeme: str, position: int, end: int) -> int:
    """Inline or displayed mathematics between dollars."""
    close = state.partner.get(position)
    if close is None:
        state.problem("unpaired $")
        state.add("$")
        return end
    width = 2 if state.source.startswith("$$", position) and close > position + 1 else 1
    state.add(*mathematics(state.source[position + width : close]))
    return close + width


def _space(state: State, lexeme: str, position: int, end: int) -> int:
    """White space: one space, or a paragraph break where there is an empty line."""
    state.add("\n\n" if _PARAGRAPH.search(lexeme) else " ")
    return end


def _special(state: State, lexeme: str, position: int, end: int) -> int:
    """Dashes, double quotes and the tie."""
    state.add(_SPECIALS[lexeme])
    return end


def _backquote(state: State, lexeme: str, position: int, end: int) -> int:
    """An opening quotation mark, or the inverted mark of ?` and !`."""
    items = state.groups[-1].items
    if lexeme == "``":
        state.add("“")
    elif (
        items
        and isinstance(items[-1], str)
        and items[-1].endswith(("?", "!"))
        and state.source[position - 1] in "?!"  # in "!{}`" the braces keep them apart
    ):
        items[-1] = items[-1][:-1] + ("¿" if items[-1][-1] == "?" else "¡")
    else:
        state.single_quotes += 1
        state.add("‘")
    return end


def _quote(state: State, lexeme: str, position: int, end: int) -> int:
    """An apostrophe, or the end of a quotation that a backquote opened."""
    if lexeme == "''":
        state.add("”")
    elif state.single_quotes and not _letter_at(state.source, end):
        state.single_quotes -= 1
        state.add("’")
    else:
        state.add("'")
    return end


def _letter_at(source: str, at: int) -> bool:
    """Say whether a letter or digit stands at a place, braces before it left aside: they only protect it."""
    while source.startswith("{", at):
        at += 1
    return source[at : at + 1].isalnum()


def _comma(state: State, lexeme: str, position: int, end: int) -> int:
    """Two commas before a word are a low opening quotation mark."""
    before, behind = state.source[position - 1 : position], state.source[end : end + 1]
    opens = (not before or before in " \n\t({[") and not behind.isspace()
    state.add("„" if opens else ",,")
    return end


def _script(state: State, lexeme: str, position: int, end: int) -> int:
    """A sub- or superscript in braces outside mathematics: meant as one all the same."""
    close = state.partner.get(end)
    if close is None:
        state.add(lexeme)
        return end
    state.add(*mathematics(state.source[position : close + 1]))
    return close + 1


def _protect(children: Rich) -> Rich:
    return (NoCase(children),)


_HANDLERS: dict[str, Callable[[State, str, int, int], int]] = {
    "\\": read_macro,
    "{": _open,
    "}": _close,
    "$": _dollar,
    "~": _special,
    "`": _backquote,
    "'": _quote,
    "-": _special,
    ",": _comma,
    **dict.fromkeys("_^", _script),
    **dict.fromkeys(" \t\r\n", _space),
}
