"""Reads the `.bbl` that a BibTeX style makes and writes its references in any markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pubkit.errors import StyleError
from pubkit.markup import latex
from pubkit.markup.tree import Rich
from pubkit.markup.writers import WRITERS

_ITEM = re.compile(r"\\bibitem\s*")
_END = re.compile(r"\\end\s*\{thebibliography\}")
# A line that ends in % goes on without a space.
_CONTINUED = re.compile(r"(?<!\\)%\n[ \t]*")
# What styles write between and around the parts, and which has no meaning outside a document.
_SPACING = re.compile(
    r"\\(?:newblock|BIBentryALTinterwordspacing|BIBentrySTDinterwordspacing|BIBentryALTinterwordstretchfactor|"
    r"urlprefix|penalty-?\d+|relax|hskip\s*[\d.]+\w+(?:\s+(?:plus|minus)\s*[\d.]+\w+)*)(?![A-Za-z])[ \t]*"
)
_ARGUMENT_ONLY = re.compile(r"\\(?:natexlab|bib(?:info|field)\s*\{\w*\}|bibf?namefont)\s*(?=\{)")
_ETAL_CHAR = re.compile(r"\\etalchar\s*\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference of a `.bbl`: its key, its label ("" in numbered styles), and its text."""

    key: str
    label: str
    text: Rich


def read_bbl(bbl: str) -> list[Reference]:
    r"""Return the references of a `.bbl`.

    >>> read_bbl(r"\bibitem[Knu86]{knuth} Donald Knuth. \newblock The Book. \end{thebibliography}")
    [Reference(key='knuth', label='Knu86', text=('Donald Knuth. The Book.',))]
    """
    end = _END.search(bbl)
    body = _CONTINUED.sub("", bbl[: end.start()] if end else bbl)
    items = list(_ITEM.finditer(body))
    starts = [found.end() for found in items]
    ends = [*[found.start() for found in items[1:]], len(body)] if items else []
    return [_reference(body[start:stop]) for start, stop in zip(starts, ends, strict=True)]


def render(bbl: str, to: str) -> str:
    """Return the references of a `.bbl` in a markup; "latex" gives the `.bbl` itself.

    Raises:
        StyleError: The markup cannot show what a `.bst` makes.
    """
    if to == "latex":
        return bbl
    writer = WRITERS.get(to)
    layout = _LAYOUTS.get(to)
    if writer is None or layout is None:
        raise StyleError(
            f"a .bst style cannot be written as {to!r}", hint=f"use one of: latex, {', '.join(_LAYOUTS)}"
        )
    opening, line, closing = layout
    references = read_bbl(bbl)
    # Labels are LaTeX too, such as G{\\"o}d31.
    lines = [
        line.format(label=writer(latex.parse(reference.label or str(number))), text=writer(reference.text))
        for number, reference in enumerate(references, 1)
    ]
    return opening + "".join(lines) + closing


# Markup → what stands before the list, one reference, what stands behind. Blank lines part paragraphs.
_LAYOUTS = {
    "text": ("", "[{label}] {text}\n", ""),
    "markdown": ("", "\\[{label}\\] {text}\n\n", ""),
    "html": (
        '<div class="csl-bib-body">\n',
        '<div class="csl-entry">[{label}] {text}</div>\n',
        "</div>\n",
    ),
    "rst": ("", "[{label}] {text}\n\n", ""),
    "typst": ("", "\\[{label}\\] {text}\n\n", ""),
}


def _reference(source: str) -> Reference:
    label, rest = _bracketed(source, "[", "]") if source.startswith("[") else ("", source)
    key, text = _bracketed(rest.lstrip(), "{", "}")
    return Reference(key.strip(), _plain(_label(label)), latex.parse(_plain(text)))


def _label(label: str) -> str:
    """Return what is printed of natbib's label: "Knuth(1986)Knuth" → "Knuth, 1986"."""
    if label.startswith("{") and label.endswith("}"):
        label = label[1:-1]
    natbib = re.fullmatch(r"(.*?)\((\d{4}[^()]*)\).*", label, re.DOTALL)
    return f"{natbib[1]}, {natbib[2]}" if natbib else label


def _bracketed(source: str, opening: str, closing: str) -> tuple[str, str]:
    """Return what stands in brackets at the start, braces counted, and the rest."""
    if not source.startswith(opening):
        return "", source
    depth = 0
    for at, char in _marks(source):
        if char == closing and depth == (1 if opening == "{" else 0):
            return source[1:at], source[at + 1 :]
        depth += (char == "{") - (char == "}")
    return "", source


def _marks(source: str) -> Iterator[tuple[int, str]]:
    """Yield the brackets of a text, without those behind a backslash."""
    for found in re.finditer(r"\\.|[{}\]]", source, re.DOTALL):
        if len(found[0]) == 1:
            yield found.start(), found[0]


def _plain(source: str) -> str:
    """Remove the commands that only style the list, and join the lines."""
    text = _ETAL_CHAR.sub(r"\1", source)
    return " ".join(_ARGUMENT_ONLY.sub("", _SPACING.sub(" ", text)).split())
