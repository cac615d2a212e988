"""Lists that are kept in files that are no text: Word documents and PDF.

Their text is laid out as lines, which is what offsets and line numbers of their entries refer to.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.formats.paperlist import docx, html, pdf, pdftext, plain, reader
from pubkit.formats.paperlist.blocks import Block, Line, Span
from pubkit.formats.paperlist.pdflines import Run
from pubkit.formats.paperlist.requested import finish
from pubkit.model.library import Library
from pubkit.model.source import Document

_PDF = b"%PDF-"
# How far into a file PDF readers look for its beginning.
_LOOK = 1024
# A page with fewer letters than this is a picture of one.
MIN_LETTERS = 20


def sniff_bytes(data: bytes) -> float:
    r"""Return 1.0 for a Word document or a PDF, else 0.0.

    >>> sniff_bytes(b"%PDF-1.7 ..."), sniff_bytes(b"PK\x03\x04 an archive")
    (1.0, 0.0)
    """
    return 1.0 if _PDF in data[:_LOOK] or docx.is_docx(data) else 0.0


def read_bytes(
    data: bytes,
    name: str = "",
    *,
    owner: str | None = None,
    markup: str | None = None,
    subtitles: bool = False,
    related: bool = False,
) -> Library:
    """Read the publications of a CV kept as a Word document or PDF.

    Args:
        data: The file.
        name: Its name, for messages.
        owner: Whose list it is.
        markup: Not used: the bytes tell.
        subtitles: Part titles, see `reader.read`.
        related: Give second venues entries of their own, see `requested`.

    Returns:
        The entries, as `reader.read` returns them. A file that cannot be read, or holds no text, gives an
        empty library with an error-level diagnostic.

    Raises:
        PluginError: The library that reads such files is not installed.
        LimitError: The file would unpack to more than a document holds.
    """
    library = _read_pdf(data, name, owner) if _PDF in data[:_LOOK] else _read_docx(data, name, owner)
    return finish(library, subtitles=subtitles, related=related)


def _read_docx(data: bytes, name: str, owner: str | None) -> Library:
    try:
        page = docx.to_html(data, name)
    except docx.DamagedError as error:
        return _empty(
            "PK010", f"the Word document is damaged: {error}", name, "open and save it in Word again"
        )
    text, blocks = laid_out(html.read(page))
    return reader.read_blocks(Document(name, text), blocks, owner=owner)


def _read_pdf(data: bytes, name: str, owner: str | None) -> Library:
    try:
        pages, left = pdf.pages(data)
    except pdf.NotReadableError as error:
        return _empty("PK011", str(error), name, error.hint)
    blank = sum(sum(char.text.isalpha() for char in page.chars) < MIN_LETTERS for page in pages)
    found = pdftext.laid_out(pages)
    findings: list[Diagnostic] = []
    if blank == len(pages):
        return _empty(
            "PK012", "the PDF holds no text, only pictures of it", name, "run OCR on it, e.g. ocrmypdf"
        )
    if blank:
        findings.append(
            _tell("PK013", f"{blank} of {len(pages)} pages hold no text; they were not read", name)
        )
    if left:
        findings.append(_tell("PK014", f"the PDF is long; its last {left} pages were not read", name))
    blocks = html.promote(_headings(_marked(plain.read(found.text), found.runs), found.large))
    library = reader.read_blocks(Document(name, found.text), blocks, owner=owner, soft=None)
    return replace(library, diagnostics=(*findings, *library.diagnostics))


def laid_out(blocks: list[Block]) -> tuple[str, list[Block]]:
    r"""Return blocks as lines of text, and the same blocks with offsets into it.

    >>> text, blocks = laid_out(html.read("<h1>Papers</h1><ul><li>On X<br>A. Li</ul>"))
    >>> text, [block.start for block in blocks]
    ('Papers\n\nOn X\nA. Li\n\n', [0, 8])
    """
    pieces: list[str] = []
    placed: list[Block] = []
    at = 0
    for block in blocks:
        lines: list[Line] = []
        for line in block.lines:
            spans: list[Span] = []
            for span in line.spans:
                spans.append(Span(span.text, at, at + len(span.text), span.marks, span.url))
                pieces.append(span.text)
                at += len(span.text)
            lines.append(Line(tuple(spans), line.indent))
            pieces.append("\n")
            at += 1
        pieces.append("\n")
        at += 1
        placed.append(replace(block, lines=tuple(lines)))
    return "".join(pieces), placed


def _marked(blocks: list[Block], runs: list[Run]) -> list[Block]:
    """Put mark-up on blocks of plain text."""
    starts = [run.start for run in runs]
    return [
        replace(block, lines=tuple(_marked_line(line, runs, starts) for line in block.lines))
        for block in blocks
    ]


def _marked_line(line: Line, runs: list[Run], starts: list[int]) -> Line:
    spans: list[Span] = []
    for span in line.spans:
        at = span.start
        number = max(0, bisect_right(starts, at) - 1)
        while at < span.end:
            run = runs[number] if number < len(runs) and runs[number].start < span.end else None
            if run is not None and run.end <= at:
                number += 1
                continue
            inside = run is not None and run.start <= at
            end = min(span.end, run.end if inside and run else run.start if run else span.end)
            text = span.text[at - span.start : end - span.start]
            spans.append(Span(text, at, end, run.marks, run.url) if inside and run else Span(text, at, end))
            at = end
    return Line(tuple(spans), line.indent)


def _headings(blocks: list[Block], large: dict[int, float]) -> list[Block]:
    """Make headings of short paragraphs in larger type; the larger, the higher."""
    sizes = sorted({round(size, 1) for size in large.values()}, reverse=True)
    made: list[Block] = []
    for block in blocks:
        size = large.get(block.lines[0].start - block.lines[0].indent, large.get(block.start, 0.0))
        if size and len(block.lines) <= 2 and len(block.text) < 100:
            lines = (block.lines[0],) if len(block.lines) == 1 else block.lines
            made.append(Block("heading", lines, min(6, 1 + sizes.index(round(size, 1)))))
        else:
            made.append(block)
    return made


def _tell(
    code: str, message: str, name: str, severity: Severity = Severity.WARNING, hint: str = ""
) -> Diagnostic:
    return Diagnostic(code, message, severity, Location(name), hint)


def _empty(code: str, message: str, name: str, hint: str) -> Library:
    return Library((), diagnostics=(_tell(code, message, name, Severity.ERROR, hint),))
