"""The title of an entry: the stretch that is it, without what stands around it."""

from __future__ import annotations

from collections.abc import Iterable

from pubkit.formats.paperlist.draft import squeeze
from pubkit.formats.paperlist.layout import Reading

_OPENING = frozenset('"“„«「『')
_CLOSING = frozenset('"”“»」』')
_EDGES = " \t\n,;:|·•–—-"
_PAIRS = {'"': '"', "“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "‘": "’", "'": "'", "*": "*"}


def clean_title(text: str) -> str:
    """Take off the punctuation and quotation marks around a title.

    >>> clean_title('“On Lists.”'), clean_title("Is it so?"), clean_title("A B C, ")
    ('On Lists', 'Is it so?', 'A B C')
    """
    text = squeeze(text).strip(_EDGES).removeprefix("& ")
    while text:
        before = text
        if len(text) > 2 and text[0] in _PAIRS:
            inside = text.rstrip(" .,;")
            closing = _PAIRS[text[0]]
            if inside[-1] in closing and not any(mark in inside[1:-1] for mark in text[0] + closing):
                text = inside[1:-1].strip(_EDGES)
        if text[:1] in _OPENING and not any(mark in text[1:] for mark in _CLOSING):
            text = text[1:]
        elif (
            text[:1] in _OPENING
            and text[-1:] in _CLOSING
            and not any(mark in text[1:-1] for mark in _CLOSING)
        ):
            text = text[1:-1]
        if text.endswith(".") and not text.endswith("..."):
            text = text[:-1].rstrip(_EDGES)
        text = text.strip(_EDGES).rstrip("†‡§¶")
        for opening, closing in ("()", "[]"):
            if text.endswith(opening) or (
                text.endswith(closing) and text.count(closing) > text.count(opening)
            ):
                text = text[:-1]
            if text.startswith(closing) or (
                text.startswith(opening) and text.count(opening) > text.count(closing)
            ):
                text = text[1:]
        if text == before:
            return text
    return text


def outside(reading: Reading, name: str, kinds_: Iterable[str]) -> str:
    """Return a field's text without the atoms of some kinds at any place in it."""
    span = reading.span(name)
    if span is None:
        return ""
    start, end = span
    kept, at = [], start
    for atom in reading.atoms:
        if atom.kind in kinds_ and start <= atom.start and atom.end <= end:
            kept.append(reading.item.text[at : atom.start])
            at = atom.end
    kept.append(reading.item.text[at:end])
    return "".join(kept)


def is_set_off(reading: Reading) -> bool:
    """Tell whether mark-up, quotation marks or line breaks bound the title."""
    first, last = reading.cut.fields["T"]
    pieces = reading.pieces
    after = pieces[last].boundary if last < len(pieces) else "line"
    return bool(pieces[first].marks) or (
        pieces[first].boundary in ("start", "line", "mark") and after in ("line", "mark")
    )
