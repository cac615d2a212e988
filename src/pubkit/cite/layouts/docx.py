"""Word documents: real paragraph styles, hanging indents and links, through python-docx."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pubkit.cite.layouts.parts import Layout, Section, any_labels
from pubkit.errors import StyleError
from pubkit.markup import walk
from pubkit.markup.runs import Run, runs
from pubkit.markup.tree import Rich

#: Where the list goes in a template.
PLACE = "{{ publications }}"
#: Word's own name of the style for references.
STYLE = "Bibliography"
_LINK_STYLE = "Hyperlink"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_MARKS: dict[str, Callable[[Any], None]] = {
    "italic": lambda font: setattr(font, "italic", True),
    "bold": lambda font: setattr(font, "bold", True),
    "highlight": lambda font: setattr(font, "bold", True),
    "small-caps": lambda font: setattr(font, "small_caps", True),
    "underline": lambda font: setattr(font, "underline", True),
    "superscript": lambda font: setattr(font, "superscript", True),
    "subscript": lambda font: setattr(font, "subscript", True),
    "mono": lambda font: setattr(font, "name", "Courier New"),
}


def lay_docx(sections: Sequence[Section], layout: Layout) -> bytes:
    """Return the list as a Word document.

    Args:
        sections: The list.
        layout: A `template` is a document whose styles are used; the list goes to the paragraph that says
            `{{ publications }}`, else to its end.

    Raises:
        StyleError: The extra `docx` is not installed, or the template is no Word document.
    """
    document = _document(layout)
    _add_styles(document)
    labelled = any_labels(sections)
    place = next((one for one in document.paragraphs if one.text.strip() == PLACE), None)
    for text, style in _paragraphs(sections):
        added = place.insert_paragraph_before(style=style) if place else document.add_paragraph(style=style)
        if isinstance(text, str):
            added.add_run(walk.printable(text))
        else:
            _fill(added, runs(text), labelled=labelled)
    if place is not None:
        place._element.getparent().remove(place._element)  # python-docx has no verb for it
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _document(layout: Layout) -> Any:
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError as error:
        raise StyleError(
            "Word documents need the package python-docx", hint="install it: pip install 'pubkit[docx]'"
        ) from error
    if layout.template is None:
        return docx.Document()
    try:
        return docx.Document(str(layout.template))
    except (PackageNotFoundError, KeyError, ValueError, OSError) as error:
        raise StyleError(
            f"the template is no Word document ({error})", hint="give a .docx", where=str(layout.template)
        ) from error


def _add_styles(document: Any) -> None:
    """Add the styles of references and links where the document has none of that name."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    names = {style.name for style in document.styles}
    if STYLE not in names:
        style = document.styles.add_style(STYLE, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.paragraph_format.left_indent = Pt(28)
        style.paragraph_format.first_line_indent = Pt(-28)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.tab_stops.add_tab_stop(Pt(28))
    if _LINK_STYLE not in names:
        style = document.styles.add_style(_LINK_STYLE, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = RGBColor(0x0B, 0x57, 0xA4)
        style.font.underline = True


def _paragraphs(sections: Sequence[Section]) -> Iterator[tuple[str | Rich, str]]:
    for section in sections:
        if section.heading:
            yield section.heading, "Heading 2"
        for one in section.references:
            yield one.rich, STYLE


def _fill(paragraph: Any, pieces: Sequence[Run], *, labelled: bool) -> None:
    for number, piece in enumerate(pieces):
        if piece.part in ("block", "indent") and number:
            paragraph.add_run().add_break()
        parent = paragraph
        if piece.url:
            parent = _link(paragraph, piece.url)
        run = paragraph.add_run(piece.text.strip() if piece.part == "label" else piece.text)
        if parent is not paragraph:
            run.style = _LINK_STYLE
            parent.append(run._element)  # a link holds the run that it shows
        for mark in piece.marks:
            _MARKS[mark](run.font)
        if piece.part == "label" and labelled:
            paragraph.add_run("\t")


def _link(paragraph: Any, url: str) -> Any:
    """Add an empty link to a paragraph; python-docx reads links but makes none."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    target = paragraph.part.relate_to(url, _LINKS, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    paragraph._element.append(link)  # as above
    return link
