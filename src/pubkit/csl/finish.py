"""The finishing pass: a flat list of runs becomes text or a markup tree.

Here, and only here, neighbouring runs meet: doubled punctuation and spaces at their seams go, quotation marks
alternate by depth, full stops and commas move inside closing marks where the locale wants it, and markup
inside the same markup turns round.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

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
        stack: list[tuple[int, str, object]] = []  # kind, property, its value outside
        state: dict[str, object] = {}
        depth = 0
        last = ""  # the last visible character, inside a quotation that has just been closed
        last_at = -1  # where it is in the result
        closed_at = -1  # the first closing quotation mark after it, or -1
        for given in runs:
            run = given
            if isinstance(run, str):
                if not run:
                    continue
                while run[0] in _SEAM_CHARS and last:
                    char = run[0]
                    winner = _SEAMS.get(last + char)
                    if closed_at >= 0 and char == " ":
                        break
                    if winner == _LEFT:
                        run = run[1:]
                    elif winner == _RIGHT:
                        text = str(result[last_at])
                        result[last_at] = text[:-1]
                        last = text[-2:-1]
                        if not last:
                            last_at -= 1
                            while last_at >= 0 and not isinstance(result[last_at], str):
                                last_at -= 1
                            before_text = result[last_at] if last_at >= 0 else ""
                            closers = (self.quotes[0][1], self.quotes[1][1])
                            if before_text in closers and last_at > 0:
                                closed_at, last_at = last_at, last_at - 1
                                before_text = result[last_at]
                            last = before_text[-1:] if isinstance(before_text, str) else ""
                        if not last:
                            break
                        continue
                    elif self.inside and closed_at >= 0 and char in _MOVES_IN:
                        result.insert(closed_at, char)
                        last, last_at = char, closed_at
                        closed_at += 1
                        run = run[1:]
                    else:
                        break
                    if not run:
                        break
                if run:
                    if self.inside and closed_at >= 0 and run[0] in _MOVES_IN and not last:
                        result.insert(closed_at, run[0])
                        last, last_at = run[0], closed_at
                        closed_at += 1
                        run = run[1:]
                        if not run:
                            continue
                    last, last_at, closed_at = run[-1], len(result), -1
                    result.append(run)
                continue
            kind = run.kind
            if kind == CLOSE:
                if not stack:
                    continue
                opened, name, before = stack.pop()
                if opened == QUOTE:
                    depth -= before  # type: ignore[operator]  # a number here
                    if closed_at < 0:
                        closed_at = len(result)
                    result.append(self.quotes[(depth + before + 1) % 2][1])  # type: ignore[operator]
                elif opened == FORMAT:
                    if name:
                        state[name] = before
                        result.append(run)
                elif opened == DISPLAY:
                    last_at = _close_display(result, last_at, int(before))  # type: ignore[call-overload]
                elif opened == TAG:
                    result.append(run)
            elif kind == FORMAT:
                name = run.name
                before = state.get(name, NORMAL[name])
                value = run.value
                if value == before and run.index and value != NORMAL[name]:
                    value = NORMAL[name]  # a field's italics inside italics
                elif value == before:
                    stack.append((FORMAT, "", None))
                    continue
                stack.append((FORMAT, name, before))
                state[name] = value
                result.append(run if value == run.value else Mark(FORMAT, name, value))
            elif kind == QUOTE:
                step = 1
                if run.name and depth == 0:
                    step = depth = 1
                    stack.append((QUOTE, "", 2))
                else:
                    stack.append((QUOTE, "", 1))
                result.append(self.quotes[depth % 2][0])
                depth += step
                last, closed_at = "", -1
            elif kind == SEAL:
                last, closed_at = "", -1
            elif kind == ATOM:
                result.append(run)
                last, last_at, closed_at = "x", len(result), -1
            else:
                stack.append((kind, "", len(result)))
                if kind in (DISPLAY, TAG):
                    result.append(run)
        return result


def _close_display(result: Runs, last_at: int, start: int) -> int:
    """Close a display block: an empty one goes, a space at the end of one moves behind it."""
    if len(result) == start + 1:
        result.pop()
        return min(last_at, len(result) - 1)
    text, opened = result[-1], result[start]
    if isinstance(text, str) and text[-1] == " " and getattr(opened, "name", "") == "right-inline":
        result[-1] = text.rstrip(" ")
        result.extend((END, " "))
        return len(result) - 1
    result.append(END)
    return last_at


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
    return build(children) if build else tree.Plain(children, mark.name)  # type: ignore[arg-type]
