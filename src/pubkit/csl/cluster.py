"""One citation as runs: its cites rendered, sorted, grouped, collapsed, joined, with their affixes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pubkit.csl.citations import Citation, Cite
from pubkit.csl.collapse import Rendered, collapse_numbers, collapse_suffixes, group_by_author
from pubkit.csl.context import Context
from pubkit.csl.inline import field_runs
from pubkit.csl.names import compile_names
from pubkit.csl.positions import Position
from pubkit.csl.program import Programs, with_affixes
from pubkit.csl.runs import Run, Runs, text_of
from pubkit.csl.sort import Sorter
from pubkit.csl.xml import parse_xml

_SENTENCE_END = re.compile(r"\S\s.*[.?!][\"'”’]?\s*$")  # "Cf." is no sentence
_PUNCTUATION = (",", ";", ":", ".")
_PLAIN_AUTHOR = parse_xml(
    '<names variable="author"><name form="short" and="text" et-al-min="3" et-al-use-first="1"/>'
    '<substitute><names variable="editor"/><text variable="title" form="short"/></substitute></names>'
)
MakeContext = Callable[[Cite, Position], Context]


class ClusterWriter:
    """Writes the citations of one style."""

    def __init__(self, programs: Programs, make_context: MakeContext) -> None:
        node = programs.node
        self.programs = programs
        self.make_context = make_context
        self.sorter = Sorter(programs, node.find("sort"))
        self.delimiter = programs.layout.get("delimiter")
        self.collapse = node.get("collapse")
        self.group_delimiter = node.attrib.get("cite-group-delimiter")
        self.after_collapse = node.attrib.get("after-collapse-delimiter")
        self.suffix_delimiter = node.attrib.get("year-suffix-delimiter")
        self.groups = self.collapse.startswith("year") or self.group_delimiter is not None

    def sorted_cites(self, citation: Citation) -> tuple[Cite, ...]:
        """Return a citation's cites in the style's order."""
        if len(citation.cites) < 2 or not self.sorter.keys or not citation.sorted:
            return citation.cites
        pairs = [(self.make_context(cite, Position()), cite) for cite in citation.cites]
        by_context = {id(ctx): cite for ctx, cite in pairs}
        return tuple(by_context[id(ctx)] for ctx in self.sorter.sort([ctx for ctx, _ in pairs]))

    def write(self, cites: tuple[Cite, ...], positions: list[Position]) -> Runs:
        """Return a citation's runs.

        Args:
            cites: Its cites, sorted.
            positions: The position of each.
        """
        if len(cites) == 1 and cites[0].author_only:
            return self.author(cites[0], positions[0])
        rendered = [
            self._render(cite, position, first=at == 0)
            for at, (cite, position) in enumerate(zip(cites, positions, strict=True))
        ]
        if not rendered:
            return []
        if self.sorter.keys and len(rendered) > 1 and self.collapse.startswith("year"):
            rendered = group_by_author(rendered)
        if len(rendered) > 1:
            self._collapse(rendered)
        body: list[Run] = []
        before = rendered[0]
        for one in rendered:
            if one.skipped:
                continue
            runs = _affixed(one)
            if not runs:
                continue
            if body:
                joint = self._joint(before, one)
                if joint:
                    body.append(joint)
            body.extend(runs)
            before = one
        return with_affixes(self.programs, body)

    def write_composite(self, cites: tuple[Cite, ...], positions: list[Position]) -> Runs:
        """Return the authors of the first cite as part of the sentence, and the citation without them."""
        if not cites:
            return []
        author = self.author(cites[0], positions[0])
        rest = (replace(cites[0], suppress_author=True), *cites[1:])
        body = self.write(rest, positions)
        return [*author, " ", *body] if author and body else author or body

    def author(self, cite: Cite, position: Position) -> Runs:
        """Return nothing but the authors of a cite, as the style writes them in citations.

        Where it writes none (numeric styles), their family names are given.
        """
        ctx = self.make_context(cite, position)
        ctx.keep_author = True
        self.programs.render(ctx)
        if ctx.author_runs:
            return list(ctx.author_runs)
        ctx = self.make_context(cite, position)
        scope = self.programs.scope(self.programs.shape(ctx.item))
        part = compile_names(_PLAIN_AUTHOR, scope)
        out: Runs = []
        if not isinstance(part, int):
            part(ctx, out)
        return out

    def _render(
        self, cite: Cite, position: Position, *, author: bool = True, year: bool = True, first: bool = False
    ) -> Rendered:
        ctx = self.make_context(cite, position)
        ctx.capital = _SENTENCE_END.search(cite.prefix) is not None if cite.prefix.strip() else first
        ctx.hide_author = not author or cite.suppress_author
        ctx.hide_year = not year
        ctx.keep_year = True
        return Rendered(cite, ctx, self.programs.render(ctx), not author, not year)

    def _joint(self, before: Rendered, one: Rendered) -> str:
        """Return the text between two cites; punctuation of the cites' own affixes comes first."""
        if one.cite.prefix[:1] in _PUNCTUATION:
            return ""
        if before.cite.suffix[-1:] in _PUNCTUATION:
            return " "
        return one.joint or self.delimiter

    def _collapse(self, cites: list[Rendered]) -> None:
        """Hide repeated names and years, make ranges, and set the text between cites."""
        if self.collapse == "citation-number":
            collapse_numbers(cites)
            return
        if not self.groups:
            return
        collapses = self.collapse.startswith("year")
        in_group = False
        for at in range(1, len(cites)):
            before, one = cites[at - 1], cites[at]
            key = one.ctx.author_key
            same = (key or "") == (before.ctx.author_key or "") and not one.cite.suppress_author
            if not key and (one.ctx.year_key != before.ctx.year_key or not one.ctx.suffix_text):
                same = False
            if not same:
                if self.after_collapse is not None and (
                    in_group or before.cite.locator or self.collapse != "year-suffix"
                ):
                    one.joint = self.after_collapse
                in_group = False
                continue
            in_group = True
            if not collapses or one.cite.prefix or before.cite.suffix:
                one.joint = self.group_delimiter if self.group_delimiter is not None else ""
                continue
            position = _position_of(one.ctx)
            same_year = (
                self.collapse != "year"
                and one.ctx.suffix_text != ""
                and before.ctx.suffix_text != ""
                and one.ctx.year_key == before.ctx.year_key != ""
                and not before.cite.locator
                and not one.cite.locator
            )
            year_key = one.ctx.year_key
            cites[at] = one = self._render(one.cite, position, author=False, year=not same_year)
            one.ctx.year_key = year_key
            one.joint = self._group_joint(before)
            if same_year:
                if self.suffix_delimiter is not None:
                    one.joint = self.suffix_delimiter
                elif self.group_delimiter is None:
                    one.joint = self.delimiter
        if self.collapse == "year-suffix-ranged":
            collapse_suffixes(cites)

    def _group_joint(self, before: Rendered) -> str:
        """Return the text between two cites of one group."""
        if self.group_delimiter is not None:
            return self.group_delimiter
        if self.after_collapse is not None:
            return self.after_collapse if before.cite.locator else self.delimiter
        return self.delimiter if self.programs.style.is_note else ", "


def _position_of(ctx: Context) -> Position:
    return Position(ctx.position, ctx.near_note, ctx.first_note)


def _affixed(one: Rendered) -> list[Run]:
    """Return a cite's runs with the prefix and suffix that the citation gives it."""
    runs: list[Run] = list(one.runs)
    cite = one.cite
    if not runs and not (cite.prefix or cite.suffix):
        return []
    if cite.prefix:
        prefix = cite.prefix if cite.prefix[-1:].isspace() or not text_of(runs) else cite.prefix + " "
        runs = [*field_runs(prefix), *runs]
    if cite.suffix:
        suffix = cite.suffix if not cite.suffix[0].isalnum() else " " + cite.suffix
        runs = [*runs, *field_runs(suffix)]
    return runs
