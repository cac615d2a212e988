"""COinS: a paper as an OpenURL context object, which reference managers such as Zotero read off a page."""

from __future__ import annotations

from urllib.parse import urlencode

from pubkit.model.entry import Entry

# Entry type → format and genre of the Z39.88 key/encoded-value formats.
_GENRES: dict[str, tuple[str, str]] = {
    "article": ("journal", "article"),
    "inproceedings": ("book", "proceeding"),
    "proceedings": ("book", "conference"),
    "incollection": ("book", "bookitem"),
    "inbook": ("book", "bookitem"),
    "book": ("book", "book"),
    "collection": ("book", "book"),
    "report": ("book", "report"),
}
# BibLaTeX field → key, by format.
_KEYS: dict[str, dict[str, str]] = {
    "journal": {"title": "atitle", "journaltitle": "jtitle", "volume": "volume", "number": "issue",
                "pages": "pages", "issn": "issn"},
    "book": {"booktitle": "btitle", "publisher": "pub", "location": "place", "pages": "pages",
             "isbn": "isbn"},
}  # fmt: skip
_AUTHORS = 20  # more of them help nobody to find the paper


def coins(entry: Entry) -> str:
    """Return the context object of an entry, for the `title` of a `span` of class "Z3988".

    Source: ANSI/NISO Z39.88-2004, matrices of the formats "journal" and "book"; COinS 1.0.

    >>> coins(Entry("book", "k", {"title": "TAOCP", "author": "Knuth, Donald", "date": "1968"}))[20:]
    'rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&rft.genre=book&rft.btitle=TAOCP&rft.date=1968&rft.au=Donald+Knuth'
    """
    kind, genre = _GENRES.get(entry.type, ("journal" if "journaltitle" in entry else "book", "unknown"))
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{kind}"),
        ("rft.genre", genre),
    ]
    if kind == "book":  # a part has a title of its own beside the book's
        pairs.append(("rft.atitle" if "booktitle" in entry else "rft.btitle", entry.text("title")))
    pairs += [(f"rft.{key}", entry.text(field)) for field, key in _KEYS[kind].items()]
    if entry.date and entry.year is not None:
        pairs.append(("rft.date", str(entry.year)))
    for name in entry.names("author")[:_AUTHORS]:
        pairs.append(("rft.au", " ".join(part for part in (name.given, name.full_family) if part)))
    if entry.doi:
        pairs.append(("rft_id", f"info:doi/{entry.doi}"))
    return urlencode([(key, value) for key, value in pairs if value])
