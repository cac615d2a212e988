"""`pubkit dedupe --review`: unsure pairs on the terminal, side by side, one question each."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from pubkit.cli.console import paint, plural, say, use_color, visible
from pubkit.dedupe.answers import Answer, answer, write_answers
from pubkit.dedupe.differences import Piece, rows
from pubkit.dedupe.result import name_of

if TYPE_CHECKING:
    from pubkit.dedupe.result import Group

_LABEL = 14
_GAP = "  "
_WIDEST = 200
_KEYS = "[s] same  [d] different  [Enter] undecided  [b] back  [q] stop"


def review(
    pairs: Sequence[Group],
    answers: Sequence[Answer],
    path: str,
    *,
    ask: Callable[[], str] | None = None,
) -> list[Answer]:
    """Ask about pairs, and keep each answer in a file at once.

    Args:
        pairs: The pairs; those that were answered before are not asked again.
        answers: The answers so far.
        path: The file of answers.
        ask: Returns the next key; by default from the terminal.

    Returns:
        All answers.

    Raises:
        click.UsageError: There is no terminal to ask on.
    """
    if ask is None:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise click.UsageError(
                "--review asks on a terminal; use --report report.html to decide in a browser",
                click.get_current_context(),
            )
        ask = click.getchar
    found = {given.pair: given for given in answers}
    asked = [(pair, answer(*pair.entries, same=True)) for pair in pairs]
    waiting = [(pair, about) for pair, about in asked if about.pair not in found]
    if not waiting:
        say("no pair is left to decide")
        return list(answers)
    at = 0
    while at < len(waiting):
        pair, about = waiting[at]
        for line in screen(pair, at + 1, len(waiting), width()):
            say(line)
        key = ask()
        while key.lower() not in {"s", "d", "b", "q", "\r", "\n", ""}:
            key = ask()
        if key.lower() in {"q", ""}:
            break
        if key.lower() == "b":
            at = max(at - 1, 0)
            continue
        if key.lower() in {"s", "d"}:
            found[about.pair] = answer(*pair.entries, same=key.lower() == "s")
            write_answers(path, found.values())
        at += 1
    left = sum(about.pair not in found for _, about in waiting)
    say(f"{plural(len(found), 'answer')} in {path}, {plural(left, 'pair')} left to decide")
    return list(found.values())


def width() -> int:
    """Return how wide the terminal is, within reason."""
    return min(shutil.get_terminal_size().columns, _WIDEST)


def screen(pair: Group, number: int, count: int, columns: int) -> Iterator[str]:
    """Yield the lines that show a pair: each field of both entries, differing characters marked."""
    one, other = pair.entries
    side = max((columns - _LABEL - len(_GAP) - 1) // 2, 10)
    yield ""
    yield paint(f"{number}/{count}", bold=True) + f"  {pair.score:.2f}  {visible('; '.join(pair.reasons))}"
    for name, left, right in [
        ("", (Piece(name_of(one), False),), (Piece(name_of(other), False),)),
        *rows(one, other),
    ]:
        lines = _wrapped(left, side), _wrapped(right, side)
        for at in range(max(map(len, lines))):
            label = visible(name)[: _LABEL - 1] if at == 0 else ""
            cells = [line[at] if at < len(line) else [] for line in lines]
            shown = f"{_cell(cells[0], side)}{_GAP}{_cell(cells[1], 0)}"
            yield f"{paint(label.ljust(_LABEL), dim=True)}{shown}".rstrip()
    yield paint(_KEYS, dim=True)


def _cell(pieces: list[Piece], size: int) -> str:
    """Return a line of one side, differing pieces marked, filled up to its width."""
    color = use_color(sys.stderr)
    shown = "".join(
        (click.style(text, reverse=True) if color else f"[{text}]") if differs else text
        for text, differs in pieces
    )
    used = sum(_columns(text) + (0 if color or not differs else 2) for text, differs in pieces)
    return shown + " " * max(size - used, 0)


def _wrapped(pieces: Sequence[Piece], size: int) -> list[list[Piece]]:
    """Cut pieces into lines of at most so many columns, at spaces where there are any."""
    letters = [(letter, piece.differs) for piece in pieces for letter in visible(piece.text)]
    marks = 0 if use_color(sys.stderr) else 2
    lines: list[list[Piece]] = []
    while letters:
        used = end = space = 0
        before = False
        for letter, differs in letters:
            used += _columns(letter) + (marks if differs and not before else 0)
            if used > size:
                break
            before = differs
            end += 1
            if letter == " ":
                space = end
        if end < len(letters) and space:
            end = space
        end = max(end, 1)
        lines.append(_joined(letters[:end]))
        letters = letters[end:]
    return lines


def _joined(letters: Sequence[tuple[str, bool]]) -> list[Piece]:
    found: list[Piece] = []
    for letter, differs in letters:
        if found and found[-1].differs == differs:
            letter = found.pop().text + letter  # noqa: PLW2901  # the piece grows
        found.append(Piece(letter, differs))
    return found


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )
