"""Formats whose lists are items one after the other: Markdown, reStructuredText, Org, Typst."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pubkit.cite.layouts.parts import Layout, Section, parted
from pubkit.markup.tree import Rich, strings
from pubkit.markup.writers import WRITERS

_NUMBER = re.compile(r"(\d+)\.")


def lay_markdown(sections: Sequence[Section], layout: Layout) -> str:
    """Return the list as Markdown: bullets, a numbered list, or paragraphs that begin with labels."""
    write = WRITERS["markdown"]
    items = _bullets("-", write)
    if _count_up(sections):  # Markdown counts by itself, and only upwards
        items = _markdown_numbers
    elif all(parted(one.rich)[0] for section in sections for one in section.references):
        items = _markdown_labels
    return _lay(sections, "markdown", lambda text: f"## {text}", items)


def lay_rst(sections: Sequence[Section], layout: Layout) -> str:
    """Return the list as reStructuredText: bullets under underlined headings."""
    return _lay(sections, "rst", _rst_heading, _bullets("*", WRITERS["rst"]))


def lay_org(sections: Sequence[Section], layout: Layout) -> str:
    """Return the list as Org: bullets, or numbers that Org is told to start from."""
    return _lay(sections, "org", lambda text: f"** {text}", _org_items)


def lay_typst(sections: Sequence[Section], layout: Layout) -> str:
    """Return the list as Typst: bullets, or numbered items."""
    return _lay(sections, "typst", lambda text: f"== {text}", _typst_items)


Items = Callable[[Sequence[Rich]], list[str]]


def _lay(sections: Sequence[Section], to: str, heading: Callable[[str], str], items: Items) -> str:
    write = WRITERS[to]
    parts = []
    for section in sections:
        lines = "\n".join(items([one.rich for one in section.references]))
        parts.append(f"{heading(write((section.heading,)))}\n\n{lines}" if section.heading else lines)
    return "\n\n".join(parts)


def _bullets(bullet: str, write: Callable[[Rich], str]) -> Items:
    return lambda riches: [f"{bullet} {write(rich)}" for rich in riches]


def _number(rich: Rich) -> int | None:
    """Return the number in front of a reference where that is "12."; None for other labels and none."""
    found = _NUMBER.fullmatch("".join(strings(parted(rich)[0])).strip())
    return int(found[1]) if found else None


def _count_up(sections: Sequence[Section]) -> bool:
    """Whether all references have numbers, and those of each section follow one another."""
    for section in sections:
        numbers = [_number(one.rich) for one in section.references]
        first = numbers[0] if numbers else None
        if first is None or numbers != list(range(first, first + len(numbers))):
            return False
    firsts = [_number(section.references[0].rich) or 0 for section in sections]
    return firsts == sorted(firsts)


def _markdown_numbers(riches: Sequence[Rich]) -> list[str]:
    write = WRITERS["markdown"]
    return [f"{_number(rich)}. {write(parted(rich)[1]).strip()}" for rich in riches]


def _markdown_labels(riches: Sequence[Rich]) -> list[str]:
    # A bullet in front of "[1]" is one mark too many.
    return ["\n\n".join(map(WRITERS["markdown"], riches))]


def _org_items(riches: Sequence[Rich]) -> list[str]:
    write = WRITERS["org"]
    lines = []
    for rich in riches:
        number = _number(rich)
        if number is None:
            lines.append(f"- {write(rich)}")
        else:
            lines.append(f"{number}. [@{number}] {write(parted(rich)[1]).strip()}")
    return lines


def _typst_items(riches: Sequence[Rich]) -> list[str]:
    write = WRITERS["typst"]
    lines = []
    for rich in riches:
        number = _number(rich)
        if number is None:
            lines.append(f"- {write(rich)}")
        else:
            lines.append(f"{number}. {write(parted(rich)[1]).strip()}")
    return lines


def _rst_heading(text: str) -> str:
    return f"{text}\n{'-' * (2 * len(text))}"  # twice: wide characters need a line as wide
