"""`cs:date` and `cs:date-part`: localised and own formats, ranges, seasons, years before Christ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pubkit.csl.casing import case_runs, cased
from pubkit.csl.compile import Scope, compiles, decorate, guard
from pubkit.csl.datevalue import DateValue, Parts
from pubkit.csl.inline import field_runs, term_runs
from pubkit.csl.runs import CALLED, END, FULL, TAG, Mark, Part, Run, Runs, format_marks
from pubkit.csl.xml import Node
from pubkit.markup.tree import Tagged
from pubkit.text.casing import TEXT_CASES

if TYPE_CHECKING:
    from pubkit.csl.context import Context

YEAR = Mark(TAG, "year")  # stands before the year while a date is put together; never left in the output
_ORDER = {"year": 0, "month": 1, "day": 2}
_KEPT = {"year": {"year"}, "year-month": {"year", "month"}, "year-month-day": {"year", "month", "day"}}


class _PartFormat:
    """How one date part is written."""

    __slots__ = ("case", "form", "marks", "name", "prefix", "range_delimiter", "strip", "suffix")

    def __init__(self, name: str, attrib: dict[str, str], node: Node) -> None:
        self.name = name
        self.form = attrib.get("form", "")
        self.prefix = attrib.get("prefix", "")
        self.suffix = attrib.get("suffix", "")
        self.range_delimiter = attrib.get("range-delimiter", "–")
        self.case = attrib.get("text-case", "")
        self.strip = attrib.get("strip-periods") == "true"
        self.marks = format_marks(node)


@compiles("date")
def compile_date(node: Node, scope: Scope) -> Part:
    """Compile `cs:date`."""
    variable = node.get("variable")
    if variable not in scope.shape.variables:
        return CALLED
    formats, delimiter = _formats(node, scope)
    if scope.sorting:
        return _sort_part(variable, {part.name for part in formats})
    writer = _Writer(formats, delimiter, scope)
    own_suffix = scope.style.has_year_suffix.get(scope.area, False)
    cache: dict[DateValue, tuple[tuple[Run, ...], int]] = {}
    tag = Mark(TAG, variable, lambda children: Tagged(children, variable)) if scope.annotate else None
    takes_suffix = not own_suffix
    issued = variable == "issued"

    def date(ctx: Context, out: Runs) -> int:
        if ctx.looking and variable != "issued":
            return CALLED
        value = ctx.item.dates.get(variable)
        if value is None:
            return CALLED
        found = cache.get(value)
        if found is None:
            if len(cache) > 10000:
                cache.clear()
            found = cache[value] = _without_marks(writer.write(value))
        runs, year_at = found
        if not runs:
            return CALLED
        if tag is not None:
            out.append(tag)
        start = len(out)
        out.extend(runs)
        if year_at >= 0 and issued and (ctx.suffix_text or ctx.keep_year):
            _finish_year(ctx, out, start, year_at, takes_suffix)
        elif value.literal and takes_suffix and ctx.suffix_text and not ctx.suffix_used:
            ctx.suffix_used = True
            ctx.year_key = ctx.year_key or value.literal
            out.append(ctx.suffix_text)
        if tag is not None:
            out.append(END)
        return FULL

    return guard(decorate(cased(date, node, scope), node, scope), variable, scope)


def _without_marks(runs: tuple[Run, ...]) -> tuple[tuple[Run, ...], int]:
    """Return a date's runs without its year marks, and where its last year stands; -1 for none."""
    kept: Runs = []
    year_at = -1
    for run in runs:
        if run is YEAR:
            year_at = len(kept)
        else:
            kept.append(run)
    return tuple(kept), year_at


def _finish_year(ctx: Context, out: Runs, offset: int, year_at: int, takes_suffix: bool) -> None:
    """Put the year suffix behind the last year, and take the year out where a collapsed cite hides it."""
    at = offset + year_at
    if not ctx.year_key:
        ctx.year_key = "".join(run for run in out[offset:] if type(run) is str)
        if takes_suffix and ctx.suffix_text and ctx.hide_year:
            del out[offset:]
            ctx.suffix_used = True
            out.append(ctx.suffix_text)
            return
        if ctx.hide_year:
            del out[offset:]
            return
    if takes_suffix and ctx.suffix_text and not ctx.suffix_used:
        ctx.suffix_used = True
        out.insert(at + 1, ctx.suffix_text)


def _formats(node: Node, scope: Scope) -> tuple[list[_PartFormat], str]:
    """Return the date parts to write in order, and the delimiter between them."""
    form = node.get("form")
    localized = scope.locale.date(form) if form else None
    own = {child.get("name"): child for child in node.children}
    if localized is None:
        formats = [_PartFormat(child.get("name"), child.attrib, child) for child in node.children]
        return formats, node.get("delimiter")
    kept = _KEPT.get(node.get("date-parts", "year-month-day"), _KEPT["year-month-day"])
    formats = []
    for child in localized.children:
        name = child.get("name")
        if name not in kept:
            continue
        attrib = dict(child.attrib)
        source = child
        if name in own:  # the style may change looks, not affixes
            looks = own[name].attrib.items()
            attrib.update({key: value for key, value in looks if key not in ("prefix", "suffix")})
            source = Node(child.tag, attrib, child.line)
        formats.append(_PartFormat(name, attrib, source))
    return formats, localized.get("delimiter")


def _sort_part(variable: str, kept: set[str]) -> Part:
    """Return a renderer of a date as digits that sort by time."""

    def date(ctx: Context, out: Runs) -> int:
        value = ctx.item.dates.get(variable)
        if value is None:
            return CALLED
        out.append(sort_text(value, kept))
        return FULL

    return date


def sort_text(value: DateValue, kept: set[str] | frozenset[str] = frozenset(("year", "month", "day"))) -> str:
    """Return a date as text that sorts by time; dates without parts sort by their text, behind.

    >>> sort_text(DateValue((-44, 3, 15))) < sort_text(DateValue((7, 0, 0)))
    True
    """
    if value.literal:
        return value.literal
    text = _sort_parts(value.start, value.season, kept)
    if value.end is not None:
        text += "-" + _sort_parts(value.end, value.end_season, kept)
    return text


def _sort_parts(parts: Parts, season: int, kept: set[str] | frozenset[str]) -> str:
    year, month, day = parts
    text = f"{year + 500000:06d}" if "year" in kept else ""
    month = month or (season * 3 if season else 0)
    if "month" in kept:
        text += f"{month:02d}"
    return text + (f"{day:02d}" if "day" in kept else "")


class _Writer:
    """Writes dates in one format."""

    def __init__(self, formats: list[_PartFormat], delimiter: str, scope: Scope) -> None:
        self.formats = formats
        self.delimiter = delimiter
        self.locale = scope.locale
        self.lang = scope.locale.lang

    def write(self, value: DateValue) -> tuple[Run, ...]:
        """Return the runs of a date; a `YEAR` mark stands before each year."""
        if value.literal:
            return field_runs(value.literal)
        if value.end is None:
            return tuple(self.single(value.start, value.season, value.season_text, self.formats))
        return tuple(self.range(value))

    def single(
        self, parts: Parts, season: int, season_text: str, formats: list[_PartFormat],
        *, bare_first: bool = False, bare_last: bool = False,
    ) -> Runs:  # fmt: skip
        """Return one date; the affixes at either end can be left out."""
        written = []
        for part in formats:
            runs = self.part(part, parts, season, season_text)
            if runs:
                written.append((part, runs))
        out: Runs = []
        for number, (part, runs) in enumerate(written):
            if number and self.delimiter:
                out.append(self.delimiter)
            if part.prefix and not (bare_first and number == 0):
                out.append(part.prefix)
            out.extend(runs)
            if part.suffix and not (bare_last and number == len(written) - 1):
                out.append(part.suffix)
        return out

    def range(self, value: DateValue) -> Runs:
        """Return a range: parts that both ends share are written once."""
        start, end = value.start, value.end or (0, 0, 0)
        names = [part.name for part in self.formats]
        ends = (value.season, value.end_season)
        if end == (0, 0, 0) and not value.end_season:
            runs = self.single(start, value.season, value.season_text, self.formats, bare_last=True)
            delimiter = next((part.range_delimiter for part in self.formats if part.name == "year"), "–")
            return [*runs, delimiter] if runs else []
        level = 3
        if start[0] != end[0]:
            level = 0
        elif start[1] != end[1] or ends[0] != ends[1]:
            level = 1
        elif start[2] != end[2]:
            level = 2
        inner = [at for at, name in enumerate(names) if _ORDER.get(name, 3) >= level]
        if not inner or level == 3 or not self._visible(start, end, ends, level):
            return self.single(start, value.season, value.season_text, self.formats)
        first, last = inner[0], inner[-1]
        key = ("year", "month", "day")[level]
        delimiter = next((part.range_delimiter for part in self.formats if part.name == key), "–")
        before, middle, after = self.formats[:first], self.formats[first : last + 1], self.formats[last + 1 :]
        left = self.single(start, value.season, value.season_text, middle, bare_last=True)
        right = self.single(end, value.end_season, "", middle, bare_first=True)
        head = self.single(start, 0, "", before)
        tail = self.single(start, value.season if level == 2 else 0, "", after)
        out = head
        if head and self.delimiter and (left or right):
            out.append(self.delimiter)
        out.extend(left)
        if left and right:
            out.append(delimiter)
        out.extend(right)
        if tail and self.delimiter:
            out.append(self.delimiter)
        out.extend(tail)
        return out

    def _visible(self, start: Parts, end: Parts, seasons: tuple[int, int], level: int) -> bool:
        """Tell whether the differing part is written at all."""
        for part in self.formats:
            order = _ORDER.get(part.name, 3)
            if order < level:
                continue
            if self.part(part, start, seasons[0], "") or self.part(part, end, seasons[1], ""):
                return True
        return False

    def part(self, part: _PartFormat, parts: Parts, season: int, season_text: str) -> Runs:
        """Return one part with its formatting, or nothing."""
        year, month, day = parts
        text = ""
        if part.name == "year":
            text = self.year(year, part.form)
        elif part.name == "month":
            text = self.month(month, part.form, season, season_text)
        elif part.name == "day" and day:
            text = self.day(day, month, part.form)
        if not text:
            return []
        if part.strip:
            text = text.replace(".", "")
        runs: Runs = list(term_runs(text))
        if part.case in TEXT_CASES:
            case_runs(runs, 0, part.case, self.lang)
        if part.marks:
            runs = [*part.marks, *runs, *[END] * len(part.marks)]
        if part.name == "year":
            runs.insert(0, YEAR)
        return runs

    def year(self, year: int, form: str) -> str:
        """Return a year, with the era where needed."""
        if not year:
            return ""
        if year < 0:
            return f"{-year}{self.locale.term('bc') or ''}"
        if form == "short":
            return f"{year % 100:02d}"
        if year < 1000:
            return f"{year}{self.locale.term('ad') or ''}"
        return str(year)

    def month(self, month: int, form: str, season: int, season_text: str) -> str:
        """Return a month, or the season that stands in its place."""
        if not month:
            if season:
                return self.locale.term(f"season-{season:02d}") or ""
            return season_text
        if form == "numeric":
            return str(month)
        if form == "numeric-leading-zeros":
            return f"{month:02d}"
        term = self.locale.term(f"month-{month:02d}", "short" if form == "short" else "long")
        return term or str(month)

    def day(self, day: int, month: int, form: str) -> str:
        """Return a day."""
        if form == "numeric-leading-zeros":
            return f"{day:02d}"
        if form == "ordinal" and (day == 1 or not self.locale.limit_day_ordinals_to_day_1):
            gender = self.locale.gender(f"month-{month:02d}") if month else None
            return self.locale.ordinal(day, gender)
        return str(day)
