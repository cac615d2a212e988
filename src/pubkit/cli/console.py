"""What is said on stderr: messages, diagnostics, colour on a terminal."""

from __future__ import annotations

import os
import re
import sys
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
# What a message says about one entry alone stands in parentheses at its end.
_DETAIL = re.compile(r" \([^()]*\)$")
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
        verbose: Show all; otherwise a long list is cut, the most severe kept.
        quiet: Show errors only.
    """
    found = [d for d in diagnostics if not quiet or d.severity == "error"]
    shown: Sequence[Diagnostic] = found
    if len(found) > _MOST and not verbose:
        ranks = list(_COLORS)
        worst = sorted(range(len(found)), key=lambda at: ranks.index(found[at].severity))[:_MOST]
        shown = [found[at] for at in sorted(worst)]
    for diagnostic in shown:
        say(line_of(diagnostic))
    if len(shown) < len(found):
        say(f"… and {len(found) - len(shown)} more; --verbose shows all")


def show_grouped(diagnostics: Iterable[Diagnostic]) -> None:
    """Write diagnostics to stderr, those that say the same about several places as one line."""
    from pubkit.diagnostics import Diagnostic, Location

    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    for found in diagnostics:
        groups.setdefault((found.code, _DETAIL.sub("", found.message)), []).append(found)
    for (_, message), members in groups.items():
        first = members[0]
        if len(members) == 1:
            say(line_of(first))
            continue
        places = _places(members)
        place = f"{first.location.file}:{places}" if first.location.line else places
        joined = Diagnostic(first.code, message, first.severity, Location(place), first.hint)
        say(line_of(joined))


def _places(members: Sequence[Diagnostic]) -> str:
    """Return the lines (or keys) of diagnostics, cut where they are many: "23, 27, 31 … (11 times)"."""
    places = list(dict.fromkeys(str(m.location.line) if m.location.line else m.location.key for m in members))
    shown = ", ".join(places[:_MOST_PLACES])
    return f"{shown}{' …' if len(places) > _MOST_PLACES else ''} ({len(members)} times)"


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
