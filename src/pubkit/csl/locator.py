"""Locators: the kind of place that a locator names itself, as in "vol. 2, p. 5"."""

from __future__ import annotations

import re

# Abbreviation or word at the start of a locator → CSL locator term.
_LABELS = {
    "art": "article", "bk": "book", "book": "book", "ch": "chapter", "chap": "chapter", "chapter": "chapter",
    "col": "column", "column": "column", "fig": "figure", "figure": "figure", "fol": "folio",
    "folio": "folio", "l": "line", "ll": "line", "line": "line", "lines": "line", "n": "note",
    "nn": "note", "note": "note", "no": "issue", "op": "opus", "p": "page", "pp": "page", "page": "page",
    "pages": "page", "para": "paragraph", "paras": "paragraph", "pt": "part", "part": "part",
    "sec": "section", "secs": "section", "section": "section", "s.v": "sub verbo", "v": "verse",
    "vv": "verse", "verse": "verse", "vol": "volume", "vols": "volume", "volume": "volume",
}  # fmt: skip
_LEADING = re.compile(r"([A-Za-z](?:[A-Za-z]*|\.v))(\.?)\s+(?=\S*[0-9])")


def split_locator(locator: str, label: str) -> tuple[str, str]:
    """Return a locator without a label of its own, and its kind.

    Args:
        locator: E.g. "12-15" or "vol. 1, fol. 186".
        label: The kind that the cite states; a label in the locator wins over it.

    >>> split_locator("vol. 1, fol. 186", "page"), split_locator("12", "page")
    (('1, fol. 186', 'volume'), ('12', 'page'))
    """
    match = _LEADING.match(locator)
    if match is None:
        return locator, label
    kind = _LABELS.get(match[1].lower())
    if kind is None or (
        len(match[1]) <= 4
        and not match[2]
        and match[1].lower() not in ("book", "line", "page", "note", "part")
    ):
        return locator, label
    return locator[match.end() :], kind
