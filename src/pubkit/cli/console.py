"""What is said on stderr: messages, diagnostics, colour on a terminal."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:  # `pubkit --version` need not load data classes
    from pubkit.diagnostics import Diagnostic

# Severities are strings; the worst first.
_COLORS = {"error": "red", "warning": "yellow", "info": "cyan"}
# More than this hides what matters; --verbose shows all.
_MOST = 40
_MOST_PLACES = 6
# More messages than this that differ in their places only are one line.
_MOST_SAME = 3
# What a message says about one entry alone stands in parentheses at its end.
_DETAIL = re.compile(r" \([^()]*\)$")
# What names something in each entry: fields that a format could not carry, with values; macros of a list.
_NAMING = re.compile(
    r"(?P<who>.+? (?:has no place for|holds(?: a part of this entry as)?|does not define)) "
    r"(?P<names>[\\\w+.-]+(?::\w+)?(?:, [\\\w+.-]+(?::\w+)?)*)"
    r"(?P<rest> of [\w -]+|: what they stand for is missing)?(?: = .*)?",
    re.DOTALL,
)
_NAMES = "\0"  # stands for the names in such messages while they are put together
# Control characters in data could move a terminal's cursor or change its title.
# Lone surrogates stand for bytes of file names that are no text.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def use_color(stream: IO[Any]) -> bool:
    """Tell whether a stream takes colour: a terminal does; NO_COLOR and FORCE_COLOR overrule that."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def visible(text: str) -> str:
    r"""Return a text with its control characters shown instead of sent.

    >>> visible("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def paint(text: str, err: bool = True, **style: Any) -> str:
    """Return a text in colour where the stream takes it."""
    return click.style(text, **style) if use_color(sys.stderr if err else sys.stdout) else text


def say(text: str = "") -> None:
    """Write a line to stderr."""
    click.echo(text, err=True, color=use_color(sys.stderr))


def fail(message: str) -> None:
    """Write the one line that says why the command could not run."""
    line = " ".join(visible(message).split())
    say(f"{paint('pubkit:', fg='red', bold=True)} {line}")


@contextmanager
def logged(*, quiet: bool = False) -> Iterator[None]:
    """Show what pubkit logs meanwhile, such as the warnings of a `.bst`, as messages."""
    import logging

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if not quiet:
                say(" ".join(visible(record.getMessage()).split()))

    logger, handler = logging.getLogger("pubkit"), Handler()
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def show_diagnostics(
    diagnostics: Iterable[Diagnostic], *, verbose: bool = False, quiet: bool = False
) -> None:
    """Write diagnostics to stderr, one a line, in their order.

    Args:
        diagnostics: What was found.
        verbose: Show all; otherwise what is said about many places is one line that names the first of
            them, and a long list is cut, the most severe kept.
        quiet: Show errors only.
    """
    found = [d for d in diagnostics if not quiet or d.severity == "error"]
    if verbose:
        for diagnostic in found:
            say(line_of(diagnostic))
        return
    lines = _grouped(found)
    if len(lines) > _MOST:
        ranks = list(_COLORS)
        worst = sorted(range(len(lines)), key=lambda at: ranks.index(lines[at][0].severity))[:_MOST]
        lines = [lines[at] for at in sorted(worst)]
    for diagnostic, _ in lines:
        say(line_of(diagnostic))
    if rest := len(found) - sum(count for _, count in lines):
        say(f"… and {rest} more; --verbose shows all")


def _grouped(found: Iterable[Diagnostic]) -> list[tuple[Diagnostic, int]]:
    """Return diagnostics and how many each stands for: one for those that say the same about many places."""
    from pubkit.diagnostics import Diagnostic, Location

    groups: dict[tuple[str, str, str, str], list[Diagnostic]] = {}
    for each in found:
        said = (each.code, _said(each.message), each.hint, each.location.file)
        groups.setdefault(said, []).append(each)
    lines: list[tuple[Diagnostic, int]] = []
    for (code, said_of_all, hint, file), members in groups.items():
        if len(members) <= _MOST_SAME:
            lines += [(each, 1) for each in members]
            continue
        message = said_of_all.replace(_NAMES, _names(members))
        between = ":" if members[0].location.line else ": "
        place = Location(f"{file}{between}{_places(members)}" if file else _places(members))
        lines.append((Diagnostic(code, message, members[0].severity, place, hint), len(members)))
    return lines


def _said(message: str) -> str:
    """Return what a message says of many places alike, without names and values of one."""
    found = _NAMING.fullmatch(message)
    if found is None:
        return _DETAIL.sub("", message)
    otherwise = " otherwise" if found["who"].endswith("holds") else ""
    return f"{found['who']} {_NAMES}{found['rest'] or ''}{otherwise}"


def _names(members: Sequence[Diagnostic]) -> str:
    """Return what such messages name, what most of them name first."""
    found = [naming for each in members if (naming := _NAMING.fullmatch(each.message))]
    counts = Counter(name for naming in found for name in naming["names"].split(", "))
    names = [name for name, _ in counts.most_common()]
    return f"{', '.join(names[:_MOST_PLACES])}{' …' if len(names) > _MOST_PLACES else ''}"


def _places(members: Sequence[Diagnostic]) -> str:
    """Return the lines (or keys) of diagnostics, cut where they are many: "23, 27, 31 … (11 times)"."""
    places = list(dict.fromkeys(str(m.location.line) if m.location.line else m.location.key for m in members))
    shown = ", ".join(places[:_MOST_PLACES])
    return f"{shown}{' …' if len(places) > _MOST_PLACES else ''} ({len(members)} times)".lstrip()


def line_of(diagnostic: Diagnostic, err: bool = True) -> str:
    """Return a diagnostic as one line, its code in the colour of its severity."""
    where = f"{diagnostic.location}: " if str(diagnostic.location) else ""
    code = paint(diagnostic.code, err, fg=_COLORS[diagnostic.severity])
    tail = f"; {diagnostic.hint}" if diagnostic.hint else ""
    rest = " ".join(visible(f"{diagnostic.message}{tail}").split())
    return f"{paint(visible(where), err, bold=True)}{code} {rest}"


def plural(count: int, word: str, words: str = "") -> str:
    """Return a count with its noun.

    >>> plural(1, "entry", "entries"), plural(3, "group")
    ('1 entry', '3 groups')
    """
    return f"{count:,} {word if count == 1 else words or word + 's'}"
