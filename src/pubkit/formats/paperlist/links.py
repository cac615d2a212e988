"""The links of an entry, and the fields of those that say what they lead to."""

from __future__ import annotations

from pubkit.formats.paperlist.draft import Draft
from pubkit.formats.paperlist.layout import Reading
from pubkit.formats.paperlist.shapes import URL, is_label

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
    "datasets": "data",
    "repo": "code",
    "repository": "code",
    "software": "code",
    "recording": "video",
    "youtube": "video",
    "presentation": "slides",
    "webpage": "website",
    "blog": "blog",
}


def addresses(reading: Reading) -> list[str]:
    """Return all link targets of an item."""
    return [run[3] for run in reading.item.runs if run[3]] + [
        atom.value for atom in reading.atoms if atom.kind == "link" and atom.value
    ]


# What a host keeps, where the label says nothing.
HOSTS: tuple[tuple[str, str], ...] = (
    ("github.com/", "code"),
    ("gitlab.com/", "code"),
    ("bitbucket.org/", "code"),
    ("youtube.com/", "video"),
    ("youtu.be/", "video"),
    ("vimeo.com/", "video"),
    ("zenodo.org/", "data"),
    ("osf.io/", "data"),
    ("figshare.com/", "data"),
    ("dataverse.", "data"),
    ("huggingface.co/datasets", "data"),
    ("kaggle.com/", "data"),
    ("slideshare.net/", "slides"),
    ("speakerdeck.com/", "slides"),
)


def put_links(draft: Draft, reading: Reading) -> tuple[tuple[str, str], ...]:
    """Choose the entry's `url`, give labelled links their fields, and return all links with their labels."""
    names = reading.span("A") or (0, 0)
    links: list[tuple[str, str]] = []
    people: set[str] = set()  # home pages of the authors
    for start, end, _, url in reading.item.runs:
        if url:
            links.append((reading.item.text[start:end].strip(" []()"), url))
            if names[0] <= start and end <= names[1]:
                people.add(url)
    for atom in reading.atoms:
        if atom.kind == "link" and atom.value and atom.value not in {url for _, url in links}:
            links.append((dict(atom.more).get("label", ""), atom.value))
    links = list(dict.fromkeys(links))
    main = ""
    for label, url in links:
        if not url.startswith(("http://", "https://", "www.")) or url in people:
            continue
        name = link_field(label, url)
        if name:
            draft.verbatim(name, url)
        elif not main and not ("doi.org/" in url and "doi" in draft.fields):
            main = url
    if main and not ("arxiv.org/" in main and "eprint" in draft.fields):
        draft.verbatim("url", main)
    return tuple(links)


def link_field(label: str, url: str) -> str:
    """Return the field of a link by its label or its host, "" for the work itself."""
    words = label.casefold().split()
    if len(words) <= 3:
        by_label = next((LINK_FIELDS[word] for word in words if word in LINK_FIELDS), "")
        if by_label:
            return by_label
    if is_label(label) and url.lower().endswith(".pdf"):
        return "pdf"
    if is_label(label) or URL.fullmatch(label):
        return next((field for host, field in HOSTS if host in url), "")
    return ""
