"""Collapsing: "Doe 2000a, b; Roe 2001" and "[1]–[4]", decided on what rendering noted, not on text."""

from __future__ import annotations

from dataclasses import dataclass, field

from pubkit.csl.citations import Cite
from pubkit.csl.context import Context
from pubkit.csl.runs import Runs


@dataclass(slots=True)
class Rendered:
    """One rendered cite of a citation.

    Attributes:
        cite: The cite.
        ctx: What rendering noted.
        runs: Its runs, without the cite's own prefix and suffix.
        hidden_author: Whether its names were left out, being those of the cite before.
        hidden_year: Whether its year was left out too.
        joint: Text between this cite and the one before.
        skipped: Whether a range covers it.
    """

    cite: Cite
    ctx: Context
    runs: Runs = field(default_factory=list)
    hidden_author: bool = False
    hidden_year: bool = False
    joint: str = ""
    skipped: bool = False

    @property
    def bare(self) -> bool:
        """Whether nothing was added to the cite."""
        cite = self.cite
        return not (cite.locator or cite.prefix or cite.suffix)


def collapse_numbers(cites: list[Rendered]) -> None:
    """Make ranges of three or more citation numbers that follow each other."""
    start = 0
    while start < len(cites):
        end = start
        while (
            end + 1 < len(cites)
            and cites[end + 1].ctx.number == cites[end].ctx.number + 1
            and cites[end + 1].bare
            and not (cites[end].cite.suffix or cites[end].cite.locator)
            and not (end > start and cites[end].cite.prefix)
        ):
            end += 1
        if end - start >= 2:
            for covered in cites[start + 1 : end]:
                covered.skipped = True
            cites[end].joint = "–"
        start = end + 1


def collapse_suffixes(cites: list[Rendered]) -> None:
    """Make ranges of three or more year suffixes that follow each other."""
    start = 0
    while start < len(cites):
        end = start
        while (
            end + 1 < len(cites)
            and cites[end + 1].hidden_year
            and cites[end + 1].bare
            and cites[end].bare
            and _suffix(cites[end + 1]) == _suffix(cites[end]) + 1
        ):
            end += 1
        if end - start >= 2:
            for covered in cites[start + 1 : end]:
                covered.skipped = True
            cites[end].joint = "–"
        start = end + 1


def _suffix(rendered: Rendered) -> int:
    decided = rendered.ctx.disambiguation
    return decided.year_suffix if decided is not None else 0


def group_by_author(cites: list[Rendered]) -> list[Rendered]:
    """Move cites with the same names together, each group where its first cite stands."""
    groups: dict[str, list[Rendered]] = {}
    for number, cite in enumerate(cites):
        key = cite.ctx.author_key
        groups.setdefault(f"k{key}" if key else f"n{number}", []).append(cite)
    return [cite for group in groups.values() for cite in group]
