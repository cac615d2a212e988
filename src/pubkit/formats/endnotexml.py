"""EndNote XML, read and written; Bookends, Papers, Zotero and JabRef write it too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pubkit.crosswalks.endnote import (
    CODES,
    CODES_BY_NUMBER,
    ELEMENTS,
    in_elements,
    tidy,
    to_elements,
    type_of,
)
from pubkit.crosswalks.ris import from_ris, to_ris
from pubkit.diagnostics import Diagnostic
from pubkit.formats import xml
from pubkit.formats.base import Format
from pubkit.formats.losses import reports_losses, unique_keys, unknown_kind, unmapped, unread
from pubkit.formats.xml import Element
from pubkit.markup import csl as tags
from pubkit.markup.tree import Emph, Inline, Node, Rich, Strong, Sub, Sup, Underline, join
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document

_RECORD = re.compile(r"<record\b|<ref-type\b")
_FACES: dict[str, Callable[[Rich], Node]] = {
    "italic": Emph,
    "bold": Strong,
    "superscript": Sup,
    "subscript": Sub,
    "underline": Underline,
}
# What EndNote writes about its own files.
_OWN = frozenset(("database", "source-app", "rec-number", "foreign-keys", "ref-type", "modified-date"))
# Where the same thing stands again.
_NAMES = frozenset(path for path in ELEMENTS if path.endswith("/author"))


def sniff(text: str) -> float:
    """Say how surely a text is EndNote XML.

    >>> sniff("<xml><records><record><ref-type name='Book'>6</ref-type>"), sniff("<xml/>")
    (0.98, 0.3)
    """
    name, _ = xml.root(text)
    if name not in ("xml", "records", "record", "RECORDS"):
        return 0.0
    head = text[:65_536]
    if name == "xml" or "ref-type" in head:
        return 0.98 if _RECORD.search(head) or "<records" in head else 0.3
    return 0.0


def read(document: Document) -> Library:
    """Read EndNote XML, record by record.

    Args:
        document: The input.

    Returns:
        One entry a record; `library.diagnostics` tells what has no place in BibLaTeX.
    """
    findings: list[Diagnostic] = []
    entries = []
    for element in xml.records(document, {"record"}, findings):
        line = xml.line(element)
        kind, texts, left = _texts(element)
        if not texts and not kind:
            findings.append(unread("EndNote XML", 1, document.name, line, "it is empty"))
            continue
        key = texts.pop("ID", [""])[0]
        if re.search(r"[\s,{}]", key):  # a label that is no citation key
            texts["LB"], key = [key], ""
        code = CODES.get(kind.lower(), "")
        if not code:
            code = CODES_BY_NUMBER.get(xml.text(element, "ref-type"), kind.upper())
        texts["TY"] = [code]
        tidy(texts)
        reading = from_ris(texts)
        entry = Entry(reading.type, key, reading.fields, source=xml.source_of(document, line))
        if not reading.known:
            findings.append(unknown_kind(kind, entry, "EndNote"))
        entries.append(unmapped(entry, {**in_elements(reading.unmapped), **left}, "EndNote XML", findings))
    return Library(
        tuple(unique_keys(entries, "EndNote", findings)), diagnostics=tuple(findings), document=document
    )


def _texts(record: Element) -> tuple[str, dict[str, list[str]], dict[str, list[str]]]:
    """Return the type of a record, its texts by RIS tag, and what has no place there."""
    texts: dict[str, list[str]] = {}
    left: dict[str, list[str]] = {}
    reference = record.find("ref-type")
    kind = "" if reference is None else reference.get("name", "") or xml.text(reference)
    for path, element in _leaves(record):
        text = _text(element)
        if not text:
            continue
        if tag := ELEMENTS.get(path):
            found = texts.setdefault(tag, [])
            if text not in found or path in _NAMES:
                found.append(text)
        else:
            left.setdefault(path, []).append(text)
    return kind, texts, left


def _leaves(record: Element) -> Iterator[tuple[str, Element]]:
    """Yield the path and element of each value; `style` elements belong to the value."""
    waiting = [(child.tag, child) for child in reversed(record) if child.tag not in _OWN]
    while waiting:
        path, element = waiting.pop()
        inner = [child for child in element if child.tag != "style" and isinstance(child.tag, str)]
        if inner and path not in ELEMENTS:
            waiting.extend((f"{path}/{child.tag}", child) for child in reversed(inner))
        else:
            yield path, element


def _text(element: Element) -> str:
    """Return the content of an element as text with tags for its styles; line ends stay."""
    pieces: list[Inline] = [element.text or ""]
    for child in element:
        inner: Rich = ("".join(child.itertext()),)
        for face in child.get("face", "").split():
            if make := _FACES.get(face):
                inner = (make(inner),)
        pieces.extend((*inner, child.tail or ""))
    lines = tags.write(join(piece for piece in pieces if piece)).replace("\r", "\n").split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


# -- writing ---------------------------------------------------------------------------------------


@reports_losses("EndNote XML", read)
def write(library: Library) -> str:
    """Return the library as EndNote XML, one record an entry, in order.

    Args:
        library: The entries.
    """
    from lxml import etree

    top = etree.Element("xml")
    records = etree.SubElement(top, "records")
    for number, entry in enumerate(library, 1):
        record = etree.SubElement(records, "record")
        etree.SubElement(record, "source-app", name="pubkit").text = "pubkit"
        etree.SubElement(record, "rec-number").text = str(number)
        pairs = to_ris(entry)
        name, code = type_of(pairs[0][1])
        etree.SubElement(record, "ref-type", name=name).text = code
        for path, text in to_elements(pairs):
            _put(record, path, text)
    _indent(top)
    body: str = etree.tostring(top, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _indent(top: Element) -> None:
    """Put each element on a line of its own; what is in values, whose styles are elements too, stays."""
    from lxml import etree

    styled = {style.getparent() for style in top.iter("style")}
    kept = [(value, value.text, [style.tail for style in value]) for value in styled]
    etree.indent(top)
    for value, text, tails in kept:
        value.text = text
        for style, tail in zip(value, tails, strict=True):
            style.tail = tail


def _put(record: Element, path: str, text: str) -> None:
    """Add a value at a path, its markup as styles."""
    from lxml import etree

    parent = record
    *steps, last = path.split("/")
    for step in steps:
        found = parent.find(step)
        parent = etree.SubElement(parent, step) if found is None else found
    element = etree.SubElement(parent, last)
    runs = list(_runs(tags.parse(text), ()))
    for content, faces in runs:
        style = etree.SubElement(element, "style")
        style.set("face", " ".join(faces) or "normal")
        style.set("font", "default")
        style.set("size", "100%")
        style.text = xml.clean(content)


_FACE_OF = {node: face for face, node in _FACES.items()}


def _runs(rich: Rich, faces: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield stretches of text with the styles that hold for them."""
    for piece in rich:
        if isinstance(piece, str):
            yield piece, faces
        elif hasattr(piece, "children"):
            face = _FACE_OF.get(type(piece))
            yield from _runs(piece.children, (*faces, face) if face else faces)


ENDNOTE_XML = Format(
    name="endnote-xml",
    title="EndNote XML",
    extensions=(".xml",),
    sniff=sniff,
    read=read,
    write=write,
)
