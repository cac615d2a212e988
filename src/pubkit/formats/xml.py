"""XML of strangers, read safely: record by record, nothing fetched, no entity followed, what is broken told.

The work is done by lxml (libxml2): it mends what it can and says where it had to. Its own limits hold: 256
levels, 10 million characters in one text. Document types are never loaded; entities that one declares are
not followed; HTML's named ones (`&uuml;`) are read as the characters that they mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.formats.xmltext import Starts, mended
from pubkit.markup import latex, mathml
from pubkit.markup.latex.writer import balanced
from pubkit.markup.tree import Emph, Inline, Math, Node, Rich, SmallCaps, Strong, Sub, Sup, Underline, join
from pubkit.model.source import Document, Source, Stream

#: An element of lxml, which ships no type hints.
Element = Any

_LOOK = 65_536
_MOST_ERRORS = 20
_PROLOG = re.compile(r"\s*+(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*+(?:\[.*?\]\s*+)?+>)", re.DOTALL)
_START_TAG = re.compile(r"\s*+<(?:([\w.-]++):)?([\w.-]++)((?:\s[^<>]*+)?)>?")
# What XML 1.0 cannot hold, not even as a character reference.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEX_BODY = re.compile(r"\\begin\{document\}(.*)\\end\{document\}", re.DOTALL)
_UNFINISHED = ("ERR_TAG_NOT_FINISHED", "ERR_DOCUMENT_END", "ERR_GT_REQUIRED", "ERR_LTSLASH_REQUIRED")

#: Elements of inline markup in PubMed, JATS, MODS … → the node each makes.
INLINE: Mapping[str, Callable[[Rich], Node]] = {
    "i": Emph,
    "italic": Emph,
    "em": Emph,
    "emph": Emph,
    "b": Strong,
    "bold": Strong,
    "strong": Strong,
    "sub": Sub,
    "inf": Sub,
    "sup": Sup,
    "u": Underline,
    "underline": Underline,
    "sc": SmallCaps,
}


def root(text: str) -> tuple[str, str]:
    """Return name (without prefix) and attributes of the first element of an XML text.

    A look at the beginning, for sniffing; ("", "") where the text is no XML.

    >>> root('<?xml version="1.0"?><!DOCTYPE a SYSTEM "a.dtd"><m:mods xmlns:m="http://x">')
    ('mods', ' xmlns:m="http://x"')
    """
    head = text[:_LOOK].lstrip("\ufeff")
    at = 0
    while found := _PROLOG.match(head, at):
        at = found.end()
    start = _START_TAG.match(head, at)
    return (start[2], start[3]) if start else ("", "")


def records(
    document: Document | Stream,
    tags: Collection[str],
    findings: list[Diagnostic],
    *,
    keep_namespaces: bool = False,
) -> Iterator[Element]:
    """Yield the records of an XML input one by one; each is forgotten when the next one is asked for.

    Args:
        document: The input.
        tags: Names of the elements that are records, without namespace; the outermost ones are yielded.
        findings: A list to which is added what was wrong with the XML, with its line.
        keep_namespaces: Leave names as lxml has them, `{namespace}name`; by default they are plain names.

    Yields:
        The element of each record; the last one may be incomplete where the file is cut off.
    """
    from lxml import etree

    starts = Starts(tags)
    pieces = mended(document, findings, starts)
    steps = etree.iterparse(
        _Bytes(pieces),
        events=("end",),
        tag=[f"{{*}}{tag}" for tag in tags],
        recover=True,
        huge_tree=False,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    count = 0
    try:
        for _, element in steps:
            if any(_local(above.tag) in tags for above in element.iterancestors()):
                continue
            count += 1
            if not keep_namespaces:
                for part in element.iter(etree.Element):
                    if (tag := part.tag)[:1] == "{":
                        part.tag = _local(tag)
            _spell_out_entities(element, etree.Entity)
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:  # nothing could be mended
        if not steps.error_log:
            findings.append(_broken(document, error.msg, error.lineno or 0, error.offset or 0))
    errors = [found for found in steps.error_log if found.type_name != "WAR_UNDECLARED_ENTITY"]
    findings.extend(_told(document, errors))
    if errors and (left := starts.count - count) > 0:
        message = f"{left} of {left + count} records could not be read behind that place"
        findings.append(Diagnostic("PK438", message, Severity.ERROR, Location(document.name)))


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class _Bytes:
    """A text in pieces as a file of bytes, for lxml."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces

    def read(self, size: int) -> bytes:
        """Return the next piece, whatever its size."""
        return next((piece.encode("utf-8", "replace") for piece in self._pieces if piece), b"")


def _spell_out_entities(element: Element, kind: object) -> None:
    """Put references to entities, which were not followed, into the text as they stood."""
    for entity in list(element.iter(kind)):
        parent, before = entity.getparent(), entity.getprevious()
        text = f"&{entity.name};{entity.tail or ''}"
        if before is not None:
            before.tail = (before.tail or "") + text
        else:
            parent.text = (parent.text or "") + text
        entity.tail = None
        parent.remove(entity)


def _told(document: Document | Stream, errors: list[Any]) -> Iterator[Diagnostic]:
    for error in errors[:_MOST_ERRORS]:
        yield _broken(document, error.message, error.line, error.column, error.type_name)
    if len(errors) > _MOST_ERRORS:
        message = f"… and {len(errors) - _MOST_ERRORS} more such places"
        yield Diagnostic("PK439", message, Severity.ERROR, Location(document.name))


def _broken(document: Document | Stream, message: str, line: int, column: int, kind: str = "") -> Diagnostic:
    place = Location(document.name, line, column)
    message = message.strip()
    if any(kind.endswith(name) for name in _UNFINISHED):
        return Diagnostic(
            "PK436", f"the XML is cut off ({message})", Severity.ERROR, place, "get the whole file again"
        )
    hint = "what could be read was read; check the file in an XML editor"
    return Diagnostic("PK439", f"not well-formed XML ({message})", Severity.ERROR, place, hint)


# -- elements --------------------------------------------------------------------------------------


def line(element: Element) -> int:
    """Return the line at which an element starts, counted from 1; 0 where not known."""
    return element.sourceline or 0


def source_of(document: Document, start: int) -> Source | None:
    """Return where the record that starts at a line stands; its end is not known, so it is the line's."""
    if start < 1:
        return None
    begin, end = document.line_span(start)
    return Source(document, begin, end)


def text(element: Element, path: str = "") -> str:
    r"""Return the text of an element, or of the first one at a path, white space as one space; or "".

    >>> from lxml.etree import fromstring
    >>> text(fromstring("<a><b>On <i>E. coli</i>\n now</b></a>"), "b")
    'On E. coli now'
    """
    found = element.find(path) if path else element
    if found is None:
        return ""
    return " ".join(("".join(found.itertext()) if len(found) else found.text or "").split())


def rich(element: Element, nodes: Mapping[str, Callable[[Rich], Node]] = INLINE) -> Rich:
    """Return the content of an element as a markup tree; of other elements the content counts."""
    pieces: list[Inline] = []
    if element.text:
        pieces.append(_spaced(element.text))
    names = {_local(child.tag) for child in element}
    for child in element:
        name = _local(child.tag)
        if name == "tex-math":  # JATS gives a formula in several notations: MathML is the one read
            formula = None if "math" in names else _tex(child)
            pieces.extend((Math(formula),) if formula else ())
        elif name == "math":
            formula = mathml.from_element(child)
            pieces.extend((Math(formula),) if formula else rich(child, nodes))
        elif name:
            inner = rich(child, nodes)
            make = nodes.get(name)
            pieces.extend((make(inner),) if make and inner else inner)
        if child.tail:
            pieces.append(_spaced(child.tail))
    return join(pieces)


def _tex(element: Element) -> str:
    """Return a formula without the document that publishers put around it, and without dollars."""
    found = _TEX_BODY.search(element.text or "")
    body = (found[1] if found else element.text or "").strip()
    body = body.strip("$").strip()
    return body if balanced(body) and "$" not in body else ""


def _spaced(piece: str) -> str:
    return re.sub(r"\s+", " ", piece)


def source(element: Element, path: str = "", nodes: Mapping[str, Callable[[Rich], Node]] = INLINE) -> str:
    r"""Return the content of an element, or of the first one at a path, as LaTeX field source; or "".

    >>> from lxml.etree import fromstring
    >>> source(fromstring("<a><b>On <i>E. coli</i> &amp; CO<sub>2</sub></b></a>"), "b")
    'On \\emph{E. coli} \\& CO\\textsubscript{2}'
    """
    found = element.find(path) if path else element
    if found is None:
        return ""
    if not len(found):  # most values are without markup
        return latex.escape(_spaced(found.text or "")).strip()
    return latex.write(rich(found, nodes)).strip()


def clean(content: str) -> str:
    """Return a text without the characters that XML cannot hold, for writing."""
    return _NOT_XML.sub("", content)
