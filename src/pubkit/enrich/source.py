"""What the sources of facts have in common: they are asked with a `Query` and answer with records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pubkit.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked about one work.

    Attributes:
        title: The title as plain text, with its subtitle; "" when only an identifier is known.
        surnames: Surnames of the authors (or editors), in order.
        year: The year, when the entry has one.
        identifiers: Kind to value: "doi", "arxiv", "isbn", "pmid", each in its normal form.
    """

    title: str = ""
    surnames: tuple[str, ...] = ()
    year: int | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One record of a source.

    Attributes:
        entry: The record as an entry with BibLaTeX fields; its key is the source's own.
        source: The source's name for people, e.g. "DBLP" or "old.bib".
        key: How the source names the record, e.g. "conf/nips/LiO20", a DOI, a citation key.
        url: Where a person can look at it; "" for a local file.
    """

    entry: Entry
    source: str
    key: str
    url: str = ""


class Source(Protocol):
    """A place where works can be looked up: a web service or a local index.

    Answers are candidates, best first; whether one is the work asked for is decided in `match`, in one
    place for all sources. A source that cannot answer raises `SourceError`.
    """

    @property
    def name(self) -> str:
        """The name for people."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of identifiers that `lookup` knows."""

    def lookup(self, kind: str, value: str) -> Sequence[SourceRecord]:
        """The records that carry this identifier; none is an empty answer, not an error."""

    def search(self, query: Query) -> Sequence[SourceRecord]:
        """At most some tens of records whose titles are near the title asked for."""
