"""Letters as they were meant: ligatures and soft hyphens of typesetting, text that was decoded wrongly."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from pubkit.formats.paperlist.blocks import Block, Line, Span

_GLYPHS = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        "\u00ad": None,  # where a word may be parted
        "\u200b": None,
        "\u2060": None,
        "\ufeff": None,
        "\u2010": "-",
        "\u2011": "-",
    }
)
_ODD = re.compile("[\ufb00-\ufb06\u00ad\u200b\u2060\ufeff\u2010\u2011]")
# UTF-8 that was read as Windows-1252 or Latin-1: its first byte, and those behind it, as such letters.
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)
# Where the text of a line begins to be looked at for wrong letters: what is longer is no line of a list.
MAX_LENGTH = 20_000


class Repair(NamedTuple):
    """A text that was decoded wrongly, what it became, and where it stands."""

    before: str
    after: str
    start: int


def repaired(text: str) -> str:
    r"""Return a text whose letters were decoded wrongly as it was meant; others as they are.

    >>> repaired("MÃ¼ller, â€œOn Xâ€\x9d"), repaired("SÃO PAULO, Ângela")
    ('Müller, “On X”', 'SÃO PAULO, Ângela')
    """
    if not _MOJIBAKE.search(text):
        return text
    return str(_fix(text[:MAX_LENGTH])) + text[MAX_LENGTH:]


@cache
def _fixer() -> Any:
    """Return ftfy's repair of encodings without its guesses of bytes that are lost."""
    import ftfy

    config = ftfy.TextFixerConfig(replace_lossy_sequences=False, unescape_html=False)
    return lambda text: ftfy.fix_encoding(text, config)


def _fix(text: str) -> str:
    return str(_fixer()(text))


def meant(blocks: list[Block]) -> tuple[list[Block], list[Repair]]:
    """Return blocks with their letters as they were meant, and the texts that had been decoded wrongly."""
    repairs: list[Repair] = []
    return [
        block
        if block.text.isascii()
        else replace(block, lines=tuple(_line(line, repairs) for line in block.lines))
        for block in blocks
    ], repairs


def _line(line: Line, repairs: list[Repair]) -> Line:
    spans = [_span(span, repairs) for span in line.spans]
    if line.text.endswith("\u00ad"):  # the word goes on in the next line
        spans[-1] = replace(spans[-1], text=spans[-1].text + "-")
    return replace(line, spans=tuple(spans))


def _span(span: Span, repairs: list[Repair]) -> Span:
    if span.text.isascii():
        return span
    text = repaired(span.text)
    if text != span.text:
        repairs.append(Repair(span.text, text, span.start))
    return replace(span, text=text.translate(_GLYPHS)) if _ODD.search(text) else replace(span, text=text)
