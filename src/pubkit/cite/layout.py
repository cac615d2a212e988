"""A list of references as a whole: what stands between entries, around them and over their groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pubkit.markup import html, rtf
from pubkit.markup.tree import Block, Rich
from pubkit.markup.writers import WRITERS


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference in a list: its id and its text, a number in front of it included."""

    id: str
    rich: Rich


@dataclass(frozen=True, slots=True)
class Section:
    """The references under one heading; "" where the list is not grouped."""

    heading: str
    references: Sequence[Reference]


def lay_out(sections: Sequence[Section], to: str, *, hanging: bool = False) -> str:
    """Return the list in an output format.

    Args:
        sections: The list; a single one without a heading where it is not grouped.
        to: A name of `WRITERS`.
        hanging: Whether the style wants a hanging indent.
    """
    return _LAYOUTS[to](sections, hanging)


def numbered(rich: Rich, number: int) -> Rich:
    """Return a reference with a number in front, in place of the style's own label if it has one."""
    label = Block((f"{number}.",), "left-margin")
    rest = tuple(node for node in rich if not (isinstance(node, Block) and node.display == "left-margin"))
    if len(rest) == 1 and isinstance(rest[0], Block) and rest[0].display == "right-inline":
        return (label, *rest)
    return (label, Block(rest, "right-inline"))


def has_label(rich: Rich) -> bool:
    """Whether a reference starts with a number or label of its own."""
    return bool(rich) and isinstance(rich[0], Block) and rich[0].display == "left-margin"


def _text(sections: Sequence[Section], hanging: bool) -> str:
    write = WRITERS["text"]
    parts = []
    for section in sections:
        lines = "\n".join(" ".join(write(one.rich).split("\n")) for one in section.references)
        heading = f"{section.heading}\n{'-' * len(section.heading)}\n\n" if section.heading else ""
        parts.append(heading + lines)
    return "\n\n".join(parts)


def _html(sections: Sequence[Section], hanging: bool) -> str:
    kind = "csl-bib-body hanging-indent" if hanging else "csl-bib-body"
    lines = [f'<div class="{kind}">']
    taken: set[str] = set()
    for section in sections:
        if section.heading:
            lines.append(f"  <h2>{html.write((section.heading,))}</h2>")
        for one in section.references:
            anchor = _anchor(one.id, taken)
            lines.append(f'  <div class="csl-entry" id="{anchor}">{html.write(one.rich)}</div>')
    return "\n".join([*lines, "</div>"])


def _anchor(reference_id: str, taken: set[str]) -> str:
    """Return an HTML id of letters, digits and a few marks, which no other reference has."""
    base = "ref-" + (re.sub(r"[^\w.:-]+", "-", reference_id) or "entry")
    anchor, number = base, 1
    while anchor in taken:
        number += 1
        anchor = f"{base}-{number}"
    taken.add(anchor)
    return anchor


def _marked_list(
    to: str, heading: Callable[[str], str], marks: Callable[[list[str]], list[str]]
) -> Callable[[Sequence[Section], bool], str]:
    """Return the layout of a format whose lists are items one after the other."""

    def lay(sections: Sequence[Section], hanging: bool) -> str:
        write = WRITERS[to]
        parts = []
        for section in sections:
            items = "\n".join(marks([write(one.rich) for one in section.references]))
            parts.append(f"{heading(write((section.heading,)))}\n\n{items}" if section.heading else items)
        return "\n\n".join(parts)

    return lay


def _bullets(bullet: str) -> Callable[[list[str]], list[str]]:
    return lambda texts: [f"{bullet} {text}" for text in texts]


def _markdown_items(texts: list[str]) -> list[str]:
    """Return Markdown list items: a numbered list where numbers count up, since Markdown counts by itself."""
    found = [re.match(r"(\d+)\\?\.\s+", text) for text in texts]
    numbers = [int(match[1]) for match in found if match]
    if numbers and numbers == list(range(numbers[0], numbers[0] + len(texts))):
        return [re.sub(r"^(\d+)\\?\.\s+", r"\1. ", text) for text in texts]
    return [f"- {text}" for text in texts]


def _rst_heading(text: str) -> str:
    return f"{text}\n{'-' * (2 * len(text))}"  # twice: wide characters need a line as wide


def _latex(sections: Sequence[Section], hanging: bool) -> str:
    write = WRITERS["latex"]
    parts = []
    for section in sections:
        lines = [rf"\subsection*{{{write((section.heading,))}}}"] if section.heading else []
        labelled = any(has_label(one.rich) for one in section.references)
        lines.append(_LATEX_LABELLED if labelled else _LATEX_HANGING)
        for one in section.references:
            label, rest = "", one.rich
            if has_label(one.rich) and isinstance(one.rich[0], Block):
                label, rest = write(one.rich[0].children), one.rich[1:]
            text = write(rest).strip()
            if labelled:
                lines.append(rf"\item[{{{label}}}] {text}")
            else:  # a bracket right behind \item would be read as its label
                lines.append(rf"\item {{}}{text}" if text.startswith("[") else rf"\item {text}")
        parts.append("\n".join([*lines, r"\end{list}"]))
    return "\n\n".join(parts)


_LATEX_HANGING = (
    r"\begin{list}{}{\setlength{\leftmargin}{2em}\setlength{\itemindent}{-2em}"
    r"\setlength{\labelwidth}{0pt}\setlength{\labelsep}{0pt}}"
)
_LATEX_LABELLED = r"\begin{list}{}{\setlength{\leftmargin}{3em}\setlength{\labelwidth}{2.5em}}"


def _rtf(sections: Sequence[Section], hanging: bool) -> str:
    return rtf.document(_rtf_paragraphs(sections))


def _rtf_paragraphs(sections: Iterable[Section]) -> Iterable[str]:
    for section in sections:
        if section.heading:
            yield rf"{{\b {rtf.escape(section.heading)}}}"
        for one in section.references:
            yield rtf.write(one.rich)


_LAYOUTS: dict[str, Callable[[Sequence[Section], bool], str]] = {
    "text": _text,
    "html": _html,
    "latex": _latex,
    "markdown": _marked_list("markdown", lambda text: f"## {text}", _markdown_items),
    "rst": _marked_list("rst", _rst_heading, _bullets("*")),
    "rtf": _rtf,
    "typst": _marked_list("typst", lambda text: f"== {text}", _bullets("-")),
}
