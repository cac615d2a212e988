"""Reference strings with labels, rendered by our own CSL engine: each variable of an item says which text is its own."""

# ruff: noqa: E501  # lines of facts and patterns are easier to compare unbroken

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from pubkit.csl import Engine
from pubkit.csl.styles import independent_styles
from pubkit.errors import PubkitError
from pubkit.formats.paperlist.reference.features import Marked
from pubkit.markup.tree import Emph, Inline, Link, Math, Raw, Rich, SmallCaps, Strong, Tagged
from training.facts import Item, made_up
from training.strings import Labelled

# CSL variable → label. What is not listed is a note; container titles depend on the type of the item.
LABELS = {
    "author": "author",
    "editor": "editor",
    "translator": "editor",
    "container-author": "editor",
    "collection-editor": "editor",
    "editortranslator": "editor",
    "title": "title",
    "title-short": "title",
    "collection-title": "series",
    "collection-number": "volume",
    "volume": "volume",
    "issue": "volume",
    "page": "pages",
    "page-first": "pages",
    "number-of-pages": "pages",
    "issued": "date",
    "year-suffix": "date",
    "publisher": "publisher",
    "publisher-place": "location",
    "event-place": "location",
    "DOI": "doi",
    "URL": "url",
    "genre": "genre",
}
_CONTAINERS = frozenset({"container-title", "container-title-short", "journalAbbreviation"})
# Styles that print markup of other systems, or no references.
_STRANGE = re.compile(r"wikipedia|bibtex|annotated|citekey|tagged|xml|zotero|note-without-bibliography")
# Words that belong to what stands before them, by its label; all other words between two fields lead to the next.
_AFTER = {
    "editor": re.compile(r"\b(?:eds?|editors?|hrsg|hg|herausgeber|éds?|dirs?|trans|transl|trad|coords?|org|orgs|a cura|red|comps?)\b", re.I),
    "author": re.compile(r"\b(?:al|others|u\.|eds?|hrsg)\b", re.I),
    "note": re.compile(r"\b(?:ed|edn|edition|éd|aufl|auflage|edición|ed\.|edizione)\b", re.I),
    "pages": re.compile(r"^\s*(?:p|pp|s|pages|seiten)\b\.?", re.I),
}  # fmt: skip
LOCALES = (
    None,
    None,
    None,
    None,
    "en-US",
    "en-GB",
    "de-DE",
    "de-DE",
    "fr-FR",
    "fr-FR",
    "es-ES",
    "it-IT",
    "pt-BR",
    "nl-NL",
    "sv-SE",
    "pl-PL",
    "cs-CZ",
)
_LANGUAGE = {"de-DE": "de", "fr-FR": "fr", "es-ES": "es"}
_NUMBERING = re.compile(r"^\W*\d+\W+(?=\S)")


def rendered(rng: random.Random, styles: int, items: Iterator[Item], each: int = 4) -> Iterator[Labelled]:
    """Yield strings in a random choice of styles, half of them of made-up items.

    Args:
        rng: The source of chance.
        styles: How many styles.
        items: Real items.
        each: Strings a style.
    """
    names = [name for name in independent_styles() if not _STRANGE.search(name)]
    rng.shuffle(names)
    common = ["apa", "modern-language-association", "chicago-author-date", "chicago-note-bibliography", "ieee", "vancouver",
              "nature", "american-chemical-society", "association-for-computing-machinery", "harvard-cite-them-right",
              "american-institute-of-physics", "american-medical-association", "springer-basic-author-date", "din-1505-2"]  # fmt: skip
    for style in [*common * max(1, styles // 120), *names][:styles]:
        locale = rng.choice(LOCALES)
        chosen: list[Item] = []
        for number in range(each):
            item = next(items) if rng.random() < 0.35 else made_up(rng)
            while locale in _LANGUAGE and rng.random() < 0.6 and item.get("language") != _LANGUAGE[locale]:
                item = made_up(rng)
            chosen.append({**item, "id": str(number)})
        try:
            engine = Engine(style, chosen, locale, annotate=True)
            entries = list(engine.bibliography())
        except PubkitError:
            continue
        by_id = {item["id"]: item for item in chosen}
        for entry in entries:
            string = from_rich(entry.rich, by_id[entry.id])
            if string is not None:
                yield string


def from_rich(rich: Rich, item: Item) -> Labelled | None:
    """Return the string that a tree with `Tagged` nodes says; None where it says too little.

    Args:
        rich: A bibliography entry.
        item: Its item.
    """
    kind: str = item["type"]
    pieces: list[str] = []
    labels: list[str] = []
    marks: list[frozenset[str]] = []

    def walk(nodes: Sequence[Inline], label: str, mark: frozenset[str]) -> None:
        for node in nodes:
            if isinstance(node, str):
                pieces.append(node)
                labels.append(label)
                marks.append(mark)
            elif isinstance(node, Math | Raw):
                continue
            elif isinstance(node, Tagged):
                walk(node.children, label or _label(node.variable, kind), mark)
            else:
                walk(node.children, label, mark | _MARKS.get(type(node), frozenset()))

    walk(rich, "", frozenset())
    text = "".join(pieces)
    spans: list[tuple[int, int, str]] = []
    marked: list[Marked] = []
    at = 0
    for piece, label, mark in zip(pieces, labels, marks, strict=True):
        end = at + len(piece)
        if label and piece.strip():
            spans.append((at, end, label))
        if mark and piece.strip():
            marked.append(Marked(at, end, mark))
        at = end
    if not any(span[2] == "title" for span in spans) and kind != "article-journal":
        return None
    if len({span[2] for span in spans}) < 3 or len(text) > 700:
        return None
    numbering = _NUMBERING.match(text) if spans and spans[0][2] == "number" else None
    spans = [
        span for span in _joined(text, sorted([*spans, *_numbers(text, spans, item)])) if span[2] != "number"
    ]
    cut = numbering.end() if numbering else 0
    return Labelled(
        text[cut:],
        tuple((start - cut, end - cut, label) for start, end, label in spans),
        tuple(Marked(max(0, start - cut), end - cut, mark) for start, end, mark in marked if end > cut),
    )


_MARKS: dict[type, frozenset[str]] = {
    Emph: frozenset({"italic"}),
    Strong: frozenset({"bold"}),
    SmallCaps: frozenset({"smallcaps"}),
    Link: frozenset({"link"}),
}


def _label(variable: str, kind: str) -> str:
    if variable == "citation-number":
        return "number"
    if variable in _CONTAINERS:
        return "journal" if kind.startswith(("article", "webpage")) else "booktitle"
    return LABELS.get(variable, "note")


def _numbers(text: str, spans: list[tuple[int, int, str]], item: Item) -> Iterator[tuple[int, int, str]]:
    """Find the numbers that the engine does not tag: volume, issue, edition, pages in all."""
    at = 0
    done: set[str] = set()
    for start, end, _ in [*spans, (len(text), len(text), "")]:
        for variable, label in _UNTAGGED:
            value = str(item.get(variable, ""))
            if not value or variable in done:
                continue
            match = re.compile(rf"(?<![\w-]){re.escape(value)}(?:st|nd|rd|th|e|ª|\.)?(?![\w-])").search(
                text, at, start
            )
            if match:
                done.add(variable)
                yield match.start(), match.end(), label
                break
        at = end


_UNTAGGED = (("volume", "volume"), ("issue", "volume"), ("edition", "note"), ("number-of-pages", "pages"))


def _joined(text: str, spans: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Give the words between fields to one of their neighbours."""
    at, before = 0, ""
    for start, end, label in spans:
        gap = text[at:start]
        if any(char.isalnum() for char in gap):
            after = _AFTER.get(before)
            match = after.search(gap) if after and before != label else None
            if before == label:
                yield at, start, label
            elif match is not None:
                stop = at + match.end()
                yield at, stop, before
                if any(char.isalnum() for char in text[stop:start]):
                    yield stop, start, label
            else:
                yield at, start, label
        yield start, end, label
        at, before = end, label
    if any(char.isalnum() for char in text[at:]):
        yield at, len(text), before
