"""The engine: a style, items, a locale; bibliographies and citations come out."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

from pubkit.csl.author_substitute import substitute_authors
from pubkit.csl.bibliography import Bibliography, Entry, Writer, find_writer, finish_entries, max_offset
from pubkit.csl.citations import Citation, Cite
from pubkit.csl.cluster import ClusterWriter
from pubkit.csl.context import Context, Disambiguation
from pubkit.csl.disambiguate import Disambiguator, suffix_letters
from pubkit.csl.finish import Finisher, to_rich, to_text
from pubkit.csl.items import Item, read_items
from pubkit.csl.locales import find_locale, load_locale
from pubkit.csl.locator import split_locator
from pubkit.csl.positions import Position, Positions, forced_position
from pubkit.csl.program import Programs, with_affixes
from pubkit.csl.runs import Runs
from pubkit.csl.sort import Sorter
from pubkit.csl.style import check_style
from pubkit.csl.styles import load_source
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.errors import StyleError
from pubkit.pause import cycle_search_paused
from pubkit.text.collation import collator

Only: TypeAlias = Iterable[str] | Callable[[Item], bool]


@dataclass(frozen=True, slots=True)
class Change:
    """A citation of the document whose text changed.

    Attributes:
        id: The citation's id.
        text: Its new text in the output format that was asked for.
    """

    id: str
    text: str


class Engine:
    """Formats items in one citation style.

    Args:
        style: Name, path or text of a style, as `pubkit.csl.styles.load_source` takes it.
        items: CSL-JSON shaped mappings; text values may be markup trees.
        locale: Language code such as "de-DE"; by default the style's own, else American English.
        annotate: Put `Tagged` nodes round the text of each variable and each name.
        links: Make DOIs, addresses and the like links.
        collation: "table" sorts by our own table, the same on every machine; "exact" by the Unicode
            Collation Algorithm of the package `pyuca`, which is slower.

    Attributes:
        diagnostics: What could not be used of the items and cites.

    Raises:
        StyleNotFoundError: There is no such style.
        StyleSyntaxError: The style is not valid.
        LocaleNotFoundError: There is no such locale.
        PluginError: `collation` is "exact" and `pyuca` is not installed.

    >>> item = {"id": "a", "type": "book", "title": "A Life", "issued": {"date-parts": [[1999]]},
    ...         "author": [{"family": "Doe", "given": "Jane"}]}
    >>> engine = Engine("apa", [item])
    >>> print(engine.bibliography())
    Doe, J. (1999). A Life.
    >>> engine.cite([Cite("a", locator="12")])
    '(Doe, 1999, p. 12)'
    """

    def __init__(
        self,
        style: str | Path,
        items: Iterable[Mapping[str, Any]],
        locale: str | None = None,
        *,
        annotate: bool = False,
        links: bool = False,
        collation: Literal["table", "exact"] = "table",
    ) -> None:
        collator(collation)  # a package that is missing is told of at once
        source = load_source(style)
        self.style = check_style(source.xml, source.name)
        self.diagnostics: list[Diagnostic] = []
        if locale:
            find_locale(locale)  # a locale asked for must exist; a style's own may fall back
        self.lang = locale or source.default_locale or "en-US"
        self.locale = load_locale(self.lang, self.style.locales)
        with cycle_search_paused():
            self.items: dict[str, Item] = read_items(items, self.diagnostics)
        self.finisher = Finisher(self.locale)
        options: dict[str, Any] = {"annotate": annotate, "links": links, "collation": collation}
        self._bibliography: Programs | None = None
        self._clusters: ClusterWriter | None = None
        if self.style.citation is not None:
            programs = Programs(self.style, self.style.citation, self.locale, **options)
            self._clusters = ClusterWriter(programs, self._cite_context)
        if self.style.bibliography is not None:
            self._bibliography = Programs(self.style, self.style.bibliography, self.locale, **options)
        self._cited_only: list[str] | None = None  # ids in order of first cite, once a document is begun
        self._order: list[str] | None = None
        self._numbers: dict[str, int] = {}
        self._disambiguations: dict[str, Disambiguation] = {}
        self._document: list[Citation] = []
        self._rendered: dict[str, Runs] = {}
        self._positions: Positions | None = None  # where the next citation would stand

    # --- The state that all output rests on: order, citation numbers, disambiguation ---

    def order(self) -> list[str]:
        """Return the ids of all items in the order of the bibliography."""
        return list(self._prepare())

    def _registered(self) -> list[Item]:
        if self._cited_only is None:
            return list(self.items.values())
        return [self.items[item_id] for item_id in self._cited_only if item_id in self.items]

    def _prepare(self) -> list[str]:
        """Sort the items, number and disambiguate them, unless that is done; return their order."""
        if self._order is not None:
            return self._order
        contexts = [Context(item, number) for number, item in enumerate(self._registered(), 1)]
        if self._bibliography is not None:
            sorter = Sorter(self._bibliography, self._bibliography.node.find("sort"))
            contexts = sorter.sort(contexts)
        self._order = [ctx.item.id for ctx in contexts]
        self._numbers = {item_id: number for number, item_id in enumerate(self._order, 1)}
        self._disambiguations = {}
        if self._clusters is not None:
            disambiguator = Disambiguator(self._clusters.programs)
            if disambiguator.needed:
                ordered = [ctx.item for ctx in contexts]
                self._disambiguations = disambiguator.run(ordered, self._numbers)
        return self._order

    def _context(self, item: Item) -> Context:
        ctx = Context(item, self._numbers.get(item.id, 0))
        decided = self._disambiguations.get(item.id)
        if decided is not None:
            ctx.disambiguation = decided
            ctx.suffix_text = suffix_letters(decided.year_suffix)
        return ctx

    # --- Bibliographies ---

    def bibliography(
        self,
        to: str = "text",
        *,
        only: Only | None = None,
        sections: Sequence[Sequence[str]] | None = None,
    ) -> Bibliography:
        """Return a bibliography: of all items, or of the cited ones once a document is begun.

        Args:
            to: Output format: "text", "html", "markdown", "latex", "rtf", "typst" or "rst".
            only: Ids of the items to list, or a function that tells whether to list an item. Numbers and
                year suffixes stay what they are in the whole, so that several bibliographies fit together.
            sections: Ids of the items to list, section by section, in an order other than the style's: for
                a list that nothing cites. Numbers run in that order, and what stands for the repeated
                authors of the entry before never stands first in a section. Year suffixes stay.

        Raises:
            StyleError: The style has no bibliography, or there is no such format.
        """
        programs = self._bibliography
        if programs is None:
            raise StyleError("the style has no bibliography", hint="use it for citations, or take another")
        writer = find_writer(to)
        with cycle_search_paused():
            if sections is None:
                entries = self._entries(programs, writer, only)
            else:
                entries = self._arranged(programs, writer, sections)
        node = programs.node
        return Bibliography(
            entries,
            to,
            hanging_indent=node.get("hanging-indent") == "true",
            second_field_align=node.get("second-field-align"),
            entry_spacing=_integer(node.get("entry-spacing"), 1),
            line_spacing=_integer(node.get("line-spacing"), 1),
            max_offset=max_offset(entries) if node.get("second-field-align") else 0,
        )

    def _entries(self, programs: Programs, writer: Writer | None, only: Only | None) -> tuple[Entry, ...]:
        """Render and finish the entries that are wanted."""
        order = self._prepare()
        if callable(only):
            order = [item_id for item_id in order if only(self.items[item_id])]
        elif only is not None:
            wanted = frozenset(only)
            order = [item_id for item_id in order if item_id in wanted]
        contexts = [self._context(self.items[item_id]) for item_id in order]
        return finish_entries(self._rendered_entries(programs, contexts), self.finisher, writer)

    def _arranged(
        self, programs: Programs, writer: Writer | None, sections: Sequence[Sequence[str]]
    ) -> tuple[Entry, ...]:
        """Render and finish the entries of sections, numbered as they stand there."""
        self._prepare()
        numbers = itertools.count(1)
        rendered: list[tuple[str, Runs]] = []
        for section in sections:
            contexts = [self._context(self.items[item_id]) for item_id in section]
            for ctx in contexts:
                ctx.number = next(numbers)
            rendered += self._rendered_entries(programs, contexts)
        return finish_entries(rendered, self.finisher, writer)

    def _rendered_entries(self, programs: Programs, contexts: list[Context]) -> list[tuple[str, Runs]]:
        """Render entries that stand below one another; what the style prints nothing for is left out."""
        bodies: list[Runs] = [programs.render(ctx) for ctx in contexts]
        node = programs.node
        substitute = node.attrib.get("subsequent-author-substitute")
        if substitute is not None:
            substitute_authors(bodies, substitute, node.get("subsequent-author-substitute-rule"))
        rendered = []
        for ctx, body in zip(contexts, bodies, strict=True):
            item_id = ctx.item.id
            if not body:
                message = "the style prints nothing for this item; it is left out"
                place = Location(key=item_id)
                self.diagnostics.append(Diagnostic("PK508", message, Severity.WARNING, place))
                continue
            rendered.append((item_id, with_affixes(programs, body)))
        return rendered

    # --- Citations ---

    def cite(self, cites: Sequence[Cite | str], note: int = 0, to: str = "text", *, mode: str = "") -> str:
        """Add a citation to the end of the document and return its text.

        Args:
            cites: The cites; a text stands for the item with that id.
            note: Number of the note; 0 in the text.
            mode: "composite" for "Doe (2020)": the authors in the sentence, the rest behind them.
            to: Output format, as for `bibliography`.

        Raises:
            StyleError: The style has no citations, or there is no such format.
        """
        given = tuple(Cite(cite) if isinstance(cite, str) else cite for cite in cites)
        citation = Citation(self._known(given), note, f"citation-{len(self._document) + 1}", mode)
        writer = find_writer(to)
        if self._cited_only is None and self._positions is not None:
            self._append(citation)
        else:
            self.update([*self._document, citation])
        resolved = self._rendered[citation.id]
        return to_text(resolved) if writer is None else writer(to_rich(resolved))

    def _append(self, citation: Citation) -> None:
        """Add a citation to the document; the others cannot change, since all items count anyway."""
        clusters = self._cluster_writer()
        self._document.append(citation)
        cites = clusters.sorted_cites(citation)
        positions = cast("Positions", self._positions).add(replace(citation, cites=cites))
        self._rendered[citation.id] = self._write(citation.mode, cites, positions)

    def _write(self, mode: str, cites: tuple[Cite, ...], positions: list[Position]) -> Runs:
        """Return the finished runs of a citation."""
        clusters = self._cluster_writer()
        write = clusters.write_composite if mode == "composite" else clusters.write
        return self.finisher.resolve(write(cites, positions))

    def begin_document(self) -> None:
        """Start a document: from now on only cited items count, numbered as they are first cited."""
        self._cited_only = []
        self._order = None
        self._document = []
        self._rendered = {}

    def update(self, document: Sequence[Citation], to: str = "text") -> list[Change]:
        """Set the citations of the document; return those that are new, moved to another note or read anew.

        Args:
            document: All citations in order.
            to: Output format of the texts returned.
        """
        clusters = self._cluster_writer()
        writer = find_writer(to)
        if self._cited_only is not None:
            cited = list(dict.fromkeys(cite.id for citation in document for cite in citation.cites))
            if cited != self._cited_only:
                self._cited_only = cited
                self._order = None
        with cycle_search_paused():
            self._prepare()
        notes = {citation.id: citation.note for citation in self._document}
        self._document = [
            Citation(self._known(citation.cites), citation.note, citation.id, citation.mode, citation.sorted)
            for citation in document
        ]
        ordered = [
            Citation(clusters.sorted_cites(citation), citation.note, citation.id, citation.mode)
            for citation in self._document
        ]
        self._positions = Positions(_integer(clusters.programs.node.get("near-note-distance"), 5))
        changes: list[Change] = []
        rendered: dict[str, Runs] = {}
        for citation in ordered:
            resolved = self._write(citation.mode, citation.cites, self._positions.add(citation))
            rendered[citation.id] = resolved
            old = self._rendered.get(citation.id)
            moved = notes.get(citation.id) != citation.note
            if old is None or moved or to_rich(old) != to_rich(resolved):
                text = to_text(resolved) if writer is None else writer(to_rich(resolved))
                changes.append(Change(citation.id, text))
        self._rendered = rendered
        return changes

    def rendered(self, citation_id: str) -> Runs:
        """Return the finished runs of a citation of the document."""
        return self._rendered[citation_id]

    def preview(self, citation: Citation) -> Runs:
        """Return the finished runs of a citation by itself, outside the document."""
        clusters = self._cluster_writer()
        self._prepare()
        known = Citation(self._known(citation.cites), sorted=citation.sorted)
        cites = clusters.sorted_cites(known)
        return self._write(citation.mode, cites, [forced_position(cite) for cite in cites])

    def preview_text(self, cites: Sequence[Cite | str], to: str = "text", *, mode: str = "") -> str:
        """Return the text of a citation by itself, outside the document.

        Args:
            cites: The cites; a text stands for the item with that id.
            to: Output format, as for `bibliography`.
            mode: "composite" for "Doe (2020)".
        """
        given = tuple(Cite(cite) if isinstance(cite, str) else cite for cite in cites)
        writer = find_writer(to)
        resolved = self.preview(Citation(given, mode=mode))
        return to_text(resolved) if writer is None else writer(to_rich(resolved))

    def _cluster_writer(self) -> ClusterWriter:
        if self._clusters is None:
            raise StyleError("the style has no citations", hint="use it for bibliographies, or take another")
        return self._clusters

    def _known(self, cites: tuple[Cite, ...]) -> tuple[Cite, ...]:
        """Leave out cites of unknown items, with a diagnostic."""
        known = []
        for cite in cites:
            if cite.id in self.items:
                known.append(cite)
                continue
            message = f"there is no item {cite.id!r} to cite"
            hint = "add the item, or correct the id"
            place = Location(key=cite.id)
            self.diagnostics.append(Diagnostic("PK507", message, Severity.ERROR, place, hint))
        return tuple(known)

    def _cite_context(self, cite: Cite, position: Position) -> Context:
        ctx = self._context(self.items[cite.id])
        ctx.position = position.position
        ctx.near_note = position.near_note
        ctx.first_note = position.first_note
        ctx.locator, ctx.label = split_locator(cite.locator, cite.label)
        return ctx


def _integer(text: str, default: int) -> int:
    return int(text) if text.isdecimal() else default
