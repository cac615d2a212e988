"""The links of an entry, and the fields of those that say what they lead to."""

from __future__ import annotations

from pubkit.formats.paperlist.draft import Draft
from pubkit.formats.paperlist.layout import Reading

LINK_FIELDS: dict[str, str] = {
    "pdf": "pdf",
    "code": "code",
    "github": "code",
    "slides": "slides",
    "video": "video",
    "talk": "video",
    "poster": "poster",
    "project": "website",
    "website": "website",
    "demo": "demo",
    "data": "data",
    "dataset": "data",
    "blog": "blog",
}


def addresses(reading: Reading) -> list[str]:
    """Return all link targets of an item."""
    return [run[3] for run in reading.item.runs if run[3]] + [
        atom.value for atom in reading.atoms if atom.kind == "link" and atom.value
    ]


def put_links(draft: Draft, reading: Reading) -> tuple[tuple[str, str], ...]:
    """Choose the entry's `url`, give labelled links their fields, and return all links with their labels."""
    links: dict[str, str] = {}
    for start, end, _, url in reading.item.runs:
        if url:
            links.setdefault(url, reading.item.text[start:end].strip(" []()"))
    for atom in reading.atoms:
        if atom.kind == "link" and atom.value:
            links.setdefault(atom.value, dict(atom.more).get("label", ""))
    main = ""
    for url, label in links.items():
        if not url.startswith(("http://", "https://", "www.")):
            continue
        words = label.casefold().split()
        name = (
            next((LINK_FIELDS[word] for word in words if word in LINK_FIELDS), "") if len(words) <= 3 else ""
        )
        if name and name not in draft.fields:
            draft.verbatim(name, url)
        elif not name and not main and not ("doi.org/" in url and "doi" in draft.fields):
            main = url
    if main and not ("arxiv.org/" in main and "eprint" in draft.fields):
        draft.verbatim("url", main)
    return tuple((label, url) for url, label in links.items())
