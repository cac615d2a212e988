"""A list of names as runs: how many are shown, "and", et-al, delimiters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pubkit.csl.compile import Scope
from pubkit.csl.context import FIRST
from pubkit.csl.initials import initials
from pubkit.csl.inline import term_runs
from pubkit.csl.name_format import BASE, FULL_GIVEN, NameFormat
from pubkit.csl.names_data import Name
from pubkit.csl.runs import END, NAMES, TAG, Mark, Run, Runs, format_marks
from pubkit.csl.xml import Node
from pubkit.markup.tree import Rich, Tagged

if TYPE_CHECKING:
    from pubkit.csl.context import Context

_ALL = 1 << 30
ONE_NAME = Mark(NAMES, "name")  # opens each single name where later passes look at them


class NameList:
    """How a cs:name with its inherited options writes lists."""

    def __init__(self, options: dict[str, str], name: Node | None, et_al: Node | None, scope: Scope) -> None:
        locale = scope.locale
        self.options = options
        self.format = NameFormat(options, name, scope.style.root, locale.lang, sorting=scope.sorting)
        self.delimiter = options.get("delimiter", ", ")
        self.order = "all" if scope.sorting else options.get("name-as-sort-order", "")
        word = {"text": "long", "symbol": "symbol"}.get(options.get("and", ""))
        self.and_term = (locale.term("and", word) or ("&" if word == "symbol" else "")) if word else ""
        # "Li & Wu, 2020" in parentheses is "Li and Wu" in a sentence: APA and Harvard guides ask for it.
        in_sentence = (locale.term("and", "long") or "") if word == "symbol" else ""
        self.and_in_sentence = in_sentence or self.and_term
        self.before_last = options.get("delimiter-precedes-last", "contextual")
        self.before_et_al = options.get("delimiter-precedes-et-al", "contextual")
        self.minimum = _number(options.get("et-al-min"))
        self.use_first = _number(options.get("et-al-use-first"), _ALL)
        self.later_minimum = _number(options.get("et-al-subsequent-min"), self.minimum)
        self.later_use_first = _number(options.get("et-al-subsequent-use-first"), self.use_first)
        self.use_last = options.get("et-al-use-last") == "true"
        term = et_al.get("term") if et_al is not None else ""
        text = (locale.term(term or "et-al") or "").strip()
        marks = () if et_al is None or scope.sorting else format_marks(et_al)
        self.et_al: tuple[Run, ...] = (*marks, *term_runs(text), *[END] * len(marks)) if text else ()
        self.dense_et_al = bool(text) and "\u2e80" <= text[0] <= "\ud7ff"
        self.in_citation = scope.area == "citation"
        self.sorting = scope.sorting
        self.tells_apart = self._tells_apart(scope)
        self.annotate = scope.annotate and not scope.sorting
        self.mark_each = bool(
            scope.area == "bibliography"
            and scope.style.bibliography is not None
            and scope.style.bibliography.get("subsequent-author-substitute-rule").startswith(
                ("complete-", "partial")
            )
        )

    def _tells_apart(self, scope: Scope) -> bool:
        """Whether names of one list that initials make the same get their full given names.

        So it is in bibliographies of styles that tell cites apart by given names, one by one.
        """
        citation = scope.style.citation
        return (
            citation is not None
            and not self.sorting
            and not self.in_citation
            and citation.get("disambiguate-add-givenname") == "true"
            and citation.get("givenname-disambiguation-rule", "by-cite") == "by-cite"
            and self.format.initialize_with is not None
        )

    def visible(self, people: tuple[Name, ...], ctx: Context) -> int:
        """Return how many names are shown before et-al; all where there is none."""
        size = len(people)
        if ctx.names_min:
            minimum, first = ctx.names_min, ctx.names_use_first or self.use_first
        elif ctx.position > FIRST:
            minimum, first = self.later_minimum, self.later_use_first
        else:
            minimum, first = self.minimum, ctx.names_use_first or self.use_first
        shown = min(first, size) if minimum and size >= minimum else size
        decided = ctx.disambiguation
        if decided is not None and shown < size and not self.sorting:
            wanted = decided.names.get(ctx.nameset, 0)
            if wanted > shown:
                shown = min(wanted, size)
        return shown - 1 if shown == size and _open_ended(people) else shown

    def write(self, variable: str, people: tuple[Name, ...], ctx: Context, out: Runs) -> int:
        """Append the list's runs; return where its names end and et-al begins."""
        size = len(people)
        shown = self.visible(people, ctx)
        nameset = ctx.nameset
        ctx.nameset += 1
        if ctx.rendered is not None:
            ctx.shown.append((shown, size))
            ctx.rendered.append(people)
        levels: dict[int, int] | None = None
        if ctx.disambiguation is not None and not self.sorting:
            levels = ctx.disambiguation.givens.get(nameset)
        if self.tells_apart and size > 1:
            levels = self._apart(people) | (levels or {})
        use_last = self.use_last if ctx.names_use_last is None else ctx.names_use_last
        last_too = use_last and shown < size and shown + 2 <= size and not _open_ended(people)
        if shown == 0:
            return len(out)
        last = shown - 1 if shown == size and self.and_term and not self.sorting else -1
        and_term = self.and_in_sentence if ctx.keep_author else self.and_term
        if levels or self.annotate or self.mark_each:
            for at in range(shown):
                if at == last and at:
                    self._and(people, at, and_term, out)
                elif at:
                    out.append(self.delimiter)
                self._one(variable, people[at], at, levels, out)
        else:
            inverted, write = self.order == "all", self.format.runs
            out.extend(write(people[0], BASE, inverted or self.order == "first"))
            for at in range(1, shown):
                if at == last:
                    self._and(people, at, and_term, out)
                else:
                    out.append(self.delimiter)
                out.extend(write(people[at], BASE, inverted))
        if last_too:
            out.append(self.delimiter if self.delimiter.endswith(" ") else self.delimiter + " ")
            out.append("… ")
            self._one(variable, people[-1], size - 1, levels, out)
        end = len(out)
        if shown < size and not last_too and self.et_al and not self.sorting:
            self._et_al(people, shown, out)
        return end

    def _apart(self, people: tuple[Name, ...]) -> dict[int, int]:
        """Return full given names for those of one list that initials would make the same."""
        if len({name.family for name in people}) == len(people):
            return {}
        same: dict[tuple[str, str, str], list[int]] = {}
        for at, name in enumerate(people):
            key = (name.particle, name.family, initials(name.given, "."))
            same.setdefault(key, []).append(at)
        return {
            at: FULL_GIVEN
            for places in same.values()
            if len({people[at].given for at in places}) > 1
            for at in places
        }

    def _one(self, variable: str, name: Name, at: int, levels: dict[int, int] | None, out: Runs) -> None:
        inverted = self.order == "all" or (self.order == "first" and at == 0)
        level = levels.get(at, BASE) if levels else BASE
        runs = self.format.runs(name, level, inverted)
        if self.annotate:
            out.append(Mark(TAG, variable, _tagger(variable, at), at))
            out.extend(runs)
            out.append(END)
        elif self.mark_each:
            out.append(ONE_NAME)
            out.extend(runs)
            out.append(END)
        else:
            out.extend(runs)

    def _inverted(self, name: Name, at: int) -> bool:
        """Tell whether a name is written family name first."""
        return not name.literal and (self.order == "all" or (self.order == "first" and at == 0))

    def _and(self, people: tuple[Name, ...], at: int, term: str, out: Runs) -> None:
        """Append what stands between the last two names."""
        rule = self.before_last
        delimited = (
            rule == "always"
            or (rule == "contextual" and len(people) > 2)
            or (rule == "after-inverted-name" and self._inverted(people[at - 1], at - 1))
        )
        between = self.delimiter if delimited else " "
        if not between.endswith((" ", "\u00a0")):
            between += " "
        out.append(between)
        out.extend(term_runs(term))
        out.append(" ")

    def _et_al(self, people: tuple[Name, ...], shown: int, out: Runs) -> None:
        rule = self.before_et_al
        delimited = (
            rule == "always"
            or (rule == "contextual" and shown > 1)
            or (rule == "after-inverted-name" and self._inverted(people[shown - 1], shown - 1))
        )
        between = self.delimiter if delimited else " "
        if not delimited and self.dense_et_al:
            between = ""
        out.append(between)
        out.extend(self.et_al)


def _open_ended(people: tuple[Name, ...]) -> bool:
    """Tell whether a list ends in "others", BibTeX's and pandoc's word for names that are not listed."""
    return people[-1].literal and people[-1].family == "others" and len(people) > 1


def _tagger(variable: str, at: int) -> object:
    def build(children: Rich) -> Tagged:
        return Tagged(children, variable, at)

    return build


def _number(text: str | None, default: int = 0) -> int:
    try:
        return int(text) if text else default
    except ValueError:
        return default
