"""What comes out of enriching: the library, and every fact with where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pubkit.diagnostics import Diagnostic
    from pubkit.model.library import Library

How = Literal["filled", "completed", "overwritten", "upgraded"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact came from.

    Attributes:
        source: The source's name, e.g. "DBLP" or "old.bib".
        record: How the source names the record.
        url: Where a person can look at it; "" for a local file.
    """

    source: str
    record: str
    url: str = ""

    def __str__(self) -> str:
        return f"{self.source} {self.record}".strip()


@dataclass(frozen=True, slots=True)
class Filled:
    """A field that was given a value.

    Attributes:
        entry: The entry's citation key, or the beginning of its title.
        field: The field.
        value: Its new source text.
        before: What it said before; "" where it was empty.
        how: "filled" (it was empty), "completed" (authors behind "et al."), "overwritten" (on request),
            "upgraded" (a preprint became its published version).
        origin: Where the value came from.
    """

    entry: str
    field: str
    value: str
    before: str
    how: How
    origin: Origin


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that contradicts what a field says; nothing was changed.

    Attributes:
        entry: The entry's citation key, or the beginning of its title.
        field: The field.
        ours: What the list says.
        theirs: What the source says.
        origin: Where that stands.
    """

    entry: str
    field: str
    ours: str
    theirs: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Proposal:
    """A record that may be the publication, or another version of it; a person should look.

    Attributes:
        entry: The entry's citation key, or the beginning of its title.
        title: The record's title.
        similarity: Likeness of the titles, 0 to 1.
        reasons: What kept it from being accepted.
        version: Whether it is another version of the work, such as the published one of a preprint.
        origin: Where it stands.
    """

    entry: str
    title: str
    similarity: float
    reasons: tuple[str, ...]
    version: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class EnrichResult:
    """What `enrich` returns.

    Attributes:
        library: The entries in their order, with what was filled; `entry.extra["provenance"]` says per field
            where it came from.
        filled: Every value that was set.
        findings: Every contradiction.
        proposed: Records for entries of which none was accepted.
        preprints: Published versions of preprints, and other versions of a work.
        matches: Entry → the records accepted for it.
        unmatched: Entries about which no source knows anything.
        diagnostics: All that is to be told, sources that failed included.
    """

    library: Library
    filled: tuple[Filled, ...]
    findings: tuple[Finding, ...]
    proposed: tuple[Proposal, ...]
    preprints: tuple[Proposal, ...]
    matches: Mapping[str, tuple[Origin, ...]]
    unmatched: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values, for JSON."""
        return {
            "entries": len(self.library),
            "matches": {key: [asdict(origin) for origin in found] for key, found in self.matches.items()},
            "filled": [asdict(each) for each in self.filled],
            "findings": [asdict(each) for each in self.findings],
            "preprints": [asdict(each) for each in self.preprints],
            "proposed": [asdict(each) for each in self.proposed],
            "unmatched": list(self.unmatched),
        }
