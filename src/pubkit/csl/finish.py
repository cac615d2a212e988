"""The finishing pass: a flat list of runs becomes text or a markup tree.

Here, and only here, neighbouring runs meet: doubled punctuation and spaces at their seams go, quotation marks
alternate by depth, full stops and commas move inside closing marks where the locale wants it, and markup
inside the same markup turns round.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pubkit.csl.runs import ATOM, CLOSE, DISPLAY, END, FORMAT, NORMAL, QUOTE, SEAL, TAG, Mark, Runs
from pubkit.markup import tree
from pubkit.markup.tree import Inline, Rich

if TYPE_CHECKING:
    from pubkit.csl.locales import Locale

# Left and right character of a seam → which one stays; pairs not listed keep both, equal ones merge.
_LEFT, _RIGHT = 0, 1
_SEAMS: dict[str, int] = {
    "!.": _LEFT,
    "!:": _LEFT,
    "?.": _LEFT,
    "?:": _LEFT,
    ":.": _LEFT,
    ";:": _LEFT,
    ";.": _LEFT,
    ":!": _RIGHT,
    ":?": _RIGHT,
    ";!": _RIGHT,
    ";?": _RIGHT,
    **{char * 2: _LEFT for char in " .,:;!?"},
}
_MOVES_IN = frozenset(".,!?")
_SEAM_CHARS = frozenset(" .,:;!?")


class Finisher:
    """The finishing pass for one locale."""

    def __init__(self, locale: Locale) -> None:
        """Take quotation marks and their habits from the locale."""
        self.quotes = (
            (locale.term("open-quote") or "“", locale.term("close-quote") or "”"),
            (locale.term("open-inner-quote") or "‘", locale.term("close-inner-quote") or "’"),
        )
        self.inside = locale.punctuation_in_quote

    def resolve(self, runs: Runs) -> Runs:
        """Return the runs with seams mended, quotation marks as text, and formatting that turned round.

        In the result only FORMAT, DISPLAY, TAG and ATOM marks and closing marks are left.
        """
        result: Runs = []
        append = result.append
        stack: list[tuple[int, str, Any]] = []  # kind, property, its value outside
        state: dict[str, object] = {}
        depth = 0
        last = ""  # the last visible character, inside a quotation that has just been closed
        closed_at = -1  # the first closing quotation mark after it, or -1
        for given in runs:
            if isinstance(given, str):
                run = given
                if run and run[0] in _SEAM_CHARS and (last in _SEAM_CHARS or closed_at >= 0) and last:
                    run, last, closed_at = self._mend(result, run, last, closed_at)
                if run:
                    append(run)
                    last, closed_at = run[-1], -1
                continue
            kind = given.kind
            if kind == CLOSE:
                opened, name, before = stack.pop()
                if opened == QUOTE:
                    depth_before, opened_at = before
                    if closed_at < 0:
                        closed_at = _inner_end(result, opened_at)
                    append(self.quotes[(depth - 1) % 2][1])
                    depth = depth_before
                elif opened == FORMAT:
                    if name:
                        state[name] = before
                        append(given)
                elif opened == DISPLAY:
                    _close_display(result, before)
                elif opened == TAG:
                    append(given)
            elif kind == FORMAT:
                name = given.name
                before = state.get(name, NORMAL[name])
                value = given.value
                if value == before and given.index and value != NORMAL[name]:
                    value = NORMAL[name]  # a field's italics inside italics
                elif value == before:
                    stack.append((FORMAT, "", None))
                    continue
                stack.append((FORMAT, name, before))
                state[name] = value
                append(given if value == given.value else Mark(FORMAT, name, value))
            elif kind == QUOTE:
                stack.append((QUOTE, "", (depth, len(result))))
                if given.name and depth == 0:
                    depth = 1  # single marks stay single ones
                append(self.quotes[depth % 2][0])
                depth += 1
                last, closed_at = "", -1
            elif kind == SEAL:
                last, closed_at = "", -1
            elif kind == ATOM:
                append(given)
                last, closed_at = "x", -1
            else:
                stack.append((kind, "", len(result)))
                if kind in (DISPLAY, TAG):
                    append(given)
        return result

    def _mend(self, result: Runs, run: str, last: str, closed_at: int) -> tuple[str, str, int]:
        """Mend a seam; return what is left of the run, the character before it, and where marks closed."""
        while run and last:
            char = run[0]
            if char not in _SEAM_CHARS or (char == " " and closed_at >= 0):
                break
            winner = _SEAMS.get(last + char)
            if winner == _LEFT:
                run = run[1:]
            elif winner == _RIGHT:
                last, closed_at = self._drop_last(result, closed_at)
            elif self.inside and closed_at >= 0 and char in _MOVES_IN:
                result.insert(closed_at, char)
                closed_at += 1
                last, run = char, run[1:]
            else:
                break
        return run, last, closed_at

    def _drop_last(self, result: Runs, closed_at: int) -> tuple[str, int]:
        """Drop the last visible character; return the one before it, and where marks closed since."""
        at = _text_before(result, closed_at if closed_at >= 0 else len(result))
        text = str(result[at])
        result[at] = text[:-1]
        if len(text) > 1:
            return text[-2], closed_at
        at = _text_before(result, at)
        if at < 0:
            return "", -1
        closed_at = -1
        while result[at] in (self.quotes[0][1], self.quotes[1][1]) and at > 0:
            closed_at = at
            at = _text_before(result, at)
        text = str(result[at]) if at >= 0 else ""
        return text[-1:], closed_at


def _inner_end(result: Runs, opened_at: int) -> int:
    """Return where punctuation that moves into a quotation goes: inside formatting that covers all of it."""
    end = len(result)
    at = opened_at + 1
    while at < end and end > opened_at + 1:
        mark = result[at]
        if (
            not (isinstance(mark, Mark) and mark.kind == FORMAT and not mark.index)
            or result[end - 1] is not END
        ):
            break
        at += 1
        end -= 1
    return end


def _text_before(result: Runs, end: int) -> int:
    """Return the position of the last text before a position, or -1."""
    at = end - 1
    while at >= 0 and not (isinstance(result[at], str) and result[at]):
        at -= 1
    return at


def _close_display(result: Runs, start: int) -> None:
    """Close a display block: an empty one goes, a space at the end of one moves behind it."""
    if len(result) == start + 1:
        result.pop()
        return
    text, opened = result[-1], result[start]
    if isinstance(text, str) and text[-1] == " " and getattr(opened, "name", "") == "right-inline":
        result[-1] = text.rstrip(" ")
        result.extend((END, " "))
        return
    result.append(END)


def to_text(resolved: Runs) -> str:
    """Return resolved runs as plain text."""
    return "".join([run if isinstance(run, str) else _mark_text(run) for run in resolved]).rstrip(" ")


def _mark_text(run: object) -> str:
    """Return what a mark comes to in plain text."""
    if not isinstance(run, Mark):
        return ""
    if run.kind == ATOM:
        return run.value.source  # type: ignore[attr-defined,no-any-return]  # Math or Raw
    return " " if run.kind == DISPLAY and run.name == "right-inline" else ""


_NODES: dict[tuple[str, object], Callable[[Rich], Inline]] = {
    ("font-style", "italic"): tree.Emph,
    ("font-style", "oblique"): tree.Emph,
    ("font-weight", "bold"): tree.Strong,
    ("font-variant", "small-caps"): tree.SmallCaps,
    ("text-decoration", "underline"): tree.Underline,
    ("vertical-align", "sup"): tree.Sup,
    ("vertical-align", "sub"): tree.Sub,
}


def to_rich(resolved: Runs) -> Rich:
    """Return resolved runs as a markup tree."""
    levels: list[list[Inline]] = [[]]
    opened: list[Mark] = []
    for run in resolved:
        if isinstance(run, str):
            top = levels[-1]
            if top and isinstance(top[-1], str):
                top[-1] += run
            else:
                top.append(run)
            continue
        if run.kind == ATOM:
            levels[-1].append(run.value)  # type: ignore[arg-type]  # Math or Raw
        elif run.kind == CLOSE:
            children = tuple(levels.pop())
            mark = opened.pop()
            if children:
                levels[-1].append(_node(mark, children))
        else:
            opened.append(run)
            levels.append([])
    while opened:  # marks nest properly; this is for safety only
        children = tuple(levels.pop())
        levels[-1].append(_node(opened.pop(), children))
    return tuple(levels[0])


def _node(mark: Mark, children: Rich) -> Inline:
    if mark.kind == DISPLAY:
        return tree.Block(children, mark.name)  # type: ignore[arg-type]  # one of the four
    if mark.kind == TAG:
        return mark.value(children)  # type: ignore[operator,no-any-return]  # builds the node
    build = _NODES.get((mark.name, mark.value))
    return build(children) if build else tree.Plain(children, mark.name)  # type: ignore[arg-type]  # a property
