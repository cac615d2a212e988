"""All citations of a document together: numbers, positions and disambiguation depend on the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pubkit.cite.entries import completed, make_engine, make_items, unique_ids, without_stray_stop, writer
from pubkit.csl.citations import Citation
from pubkit.csl.finish import to_rich
from pubkit.diagnostics import Diagnostic
from pubkit.markup.tree import Rich
from pubkit.model.entry import Entry


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document's citations and references in an output format.

    Attributes:
        citations: The text of each citation, in order.
        references: Key and text of each reference, in the order of the style.
        trees: The citations as markup trees.
        reference_trees: The references as markup trees.
        missing: Keys that are cited and that the library does not have.
        in_text: Whether the style's citations stand in the text; otherwise they are notes.
        hanging: Whether the style wants a hanging indent of the references.
    """

    citations: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    trees: tuple[Rich, ...]
    reference_trees: tuple[Rich, ...]
    missing: tuple[str, ...]
    in_text: bool
    hanging: bool


def cite_document(
    library: Iterable[Entry],
    citations: Sequence[Citation],
    style: str | Path = "apa",
    to: str = "html",
    *,
    nocite: Iterable[str] = (),
    locale: str | None = None,
    report: list[Diagnostic] | None = None,
) -> CitedDocument:
    """Return the citations of a document and the references that they need.

    Args:
        library: The entries to choose from; of two with one key the first is cited.
        citations: All citations of the document, in order. In a style of notes those without a note's number
            are taken as one note each.
        style: Id, title or alias of a CSL style, or a path to a `.csl`.
        to: Output format, as for `format_library`.
        nocite: Keys to list without citing them; "*" for all.
        locale: Language code; by default the style's own.
        report: A list to which findings are added.

    Raises:
        StyleNotFoundError: No such style.
        StyleError: The style has no citations, or there is no such output format.

    >>> from pubkit.csl.citations import Cite
    >>> library = [Entry("book", "k", {"author": "Knuth, Donald E.", "title": "TAOCP", "date": "1968"})]
    >>> done = cite_document(library, [Citation((Cite("k", locator="3"),))], to="text")
    >>> done.citations, done.references
    (('(Knuth, 1968, p. 3)',), (('k', 'Knuth, D. E. (1968). TAOCP.'),))
    """
    write = writer(to)
    entries = {entry.key: entry for entry in reversed(completed(list(library), report)) if entry.key}
    cited = list(dict.fromkeys(cite.id for citation in citations for cite in citation.cites))
    extra = list(entries) if "*" in (nocite := list(nocite)) else nocite
    wanted = list(dict.fromkeys([*cited, *extra]))
    chosen = [entries[key] for key in wanted if key in entries]
    ids = unique_ids(chosen)
    engine = make_engine(style, make_items(chosen, ids, "keep", report), locale)
    in_text = not engine.style.is_note
    named = [
        replace(citation, id=f"citation-{number}", note=citation.note or (0 if in_text else number))
        for number, citation in enumerate(citations, 1)
    ]
    engine.update(named)
    trees = tuple(to_rich(engine.rendered(citation.id)) for citation in named)
    keys: list[str] = []
    reference_trees: list[Rich] = []
    hanging = False
    if engine.style.bibliography is not None:
        bibliography = engine.bibliography()
        hanging = bibliography.hanging_indent
        for reference in bibliography:
            keys.append(reference.id)
            reference_trees.append(without_stray_stop(reference.rich))
    if report is not None:
        report.extend(finding for finding in engine.diagnostics if finding.code != "PK507")
    missing = tuple(key for key in wanted if key not in entries)
    return CitedDocument(
        tuple(map(write, trees)),
        tuple(zip(keys, map(write, reference_trees), strict=True)),
        trees,
        tuple(reference_trees),
        missing,
        in_text,
        hanging,
    )
