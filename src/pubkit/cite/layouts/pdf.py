"""PDF, set by Typst: a page of references with hanging indents, or with labels in the margin."""

from __future__ import annotations

from collections.abc import Sequence

from pubkit.cite.layouts.parts import Layout, Section, any_labels, parted
from pubkit.cite.layouts.template import fill
from pubkit.errors import StyleError
from pubkit.markup import typst

_PREAMBLE = """\
#set page(paper: "a4", margin: 2.5cm, numbering: "1")
#set text(size: 10.5pt, hyphenate: true)
#set par(justify: false, leading: 0.6em, spacing: 0.9em)
#show heading: set block(above: 1.6em, below: 0.9em)
#show link: set text(fill: rgb("#0b57a4"))
"""


def lay_pdf(sections: Sequence[Section], layout: Layout) -> bytes:
    """Return the list as a PDF.

    Args:
        sections: The list.
        layout: A `template` is a Typst file with `{{ publications }}` where the list goes; without one the
            list stands on A4 pages.

    Raises:
        StyleError: The extra `typst` is not installed, or the template is no Typst.
    """
    try:
        import typst as compiler
    except ImportError as error:
        raise StyleError(
            "PDF needs the package typst", hint="install it: pip install 'pubkit[typst]'"
        ) from error
    body = _body(sections)
    source = fill(layout.template, body, sections, "typst") if layout.template else _PREAMBLE + body
    try:
        pdf: bytes = compiler.compile(source.encode())
    except compiler.TypstError as error:
        raise StyleError(
            f"Typst cannot set the document ({error})",
            hint="check the template",
            where=str(layout.template or ""),
        ) from error
    return pdf


def _body(sections: Sequence[Section]) -> str:
    labelled = any_labels(sections)
    lines = []
    for section in sections:
        if section.heading:
            lines.append(f"= {typst.write((section.heading,))}\n")
        for one in section.references:
            label, rest = parted(one.rich)
            text = typst.write(rest).strip()
            if labelled:
                label_text = typst.write(label).strip()
                lines.append(f"#grid(columns: (2.6em, 1fr), [{label_text}], [{text}])\n")
            else:
                lines.append(f"#par(hanging-indent: 1.8em)[{text}]\n")
    return "\n".join(lines)
