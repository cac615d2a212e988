"""`cs:text`: a variable, a macro, a term or a fixed text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pubkit.csl.casing import cased
from pubkit.csl.compile import Scope, compiles, constant, decorate, guard, like, sure
from pubkit.csl.group import compile_macro
from pubkit.csl.inline import SPECIAL, field_runs, rich_runs, term_runs
from pubkit.csl.numbers import number_text, value_of
from pubkit.csl.runs import CALLED, END, FULL, TAG, TERM, Mark, Part, Renderer, Runs
from pubkit.csl.variables import CITE_VARIABLES, DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES, SHORT_FORMS
from pubkit.csl.xml import Node
from pubkit.markup.tree import Link, Rich, Tagged
from pubkit.text.casing import convert

if TYPE_CHECKING:
    from collections.abc import Callable

    from pubkit.csl.context import Context

_LETTER = re.compile(r"\w")
_LINKS = {"DOI": "https://doi.org/", "URL": "", "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
          "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/"}  # fmt: skip


@compiles("text")
def compile_text(node: Node, scope: Scope) -> Part:
    """Compile `cs:text`."""
    attrib = node.attrib
    if "macro" in attrib:
        part = compile_macro(attrib["macro"], scope)
    elif "term" in attrib:
        plural = attrib.get("plural") == "true"
        term = scope.locale.term(attrib["term"], attrib.get("form", "long"), plural)
        part = constant(list(term_runs(term or "")), TERM if term is not None else 0)
        if term and not scope.sorting and (scope.style.is_note or scope.area == "bibliography"):
            part = part if isinstance(part, int) else _capital_first(term, part)
    elif "value" in attrib:
        part = constant(list(term_runs(attrib["value"])), TERM if attrib["value"] else 0)
    else:
        variable = attrib.get("variable", "")
        part = _variable(variable, attrib.get("form", "long"), scope)
        in_link = scope.links and not scope.sorting and variable in _LINKS and not isinstance(part, int)
        with_prefix = attrib.get("prefix", "").startswith("http")  # "https://doi.org/" belongs to the link
        if in_link and not with_prefix:
            part = _linked(variable, part)
        part = decorate(cased(part, node, scope), node, scope, quotes=True)
        if in_link and with_prefix:
            part = _linked(variable, part)
        return guard(part, variable, scope)
    return decorate(cased(part, node, scope), node, scope, quotes=True)


def _capital_first(term: str, part: Renderer) -> Renderer:
    """Set a term with a capital letter where nothing stands before it in the entry or note."""
    capital = list(term_runs(convert(term, "capitalize-first")))

    def write(ctx: Context, out: Runs) -> int:
        if ctx.capital:
            if not any(type(run) is str and _LETTER.search(run) for run in out):
                out.extend(capital)
                return TERM
            ctx.capital = False
        return part(ctx, out)

    return write


def _variable(variable: str, form: str, scope: Scope) -> Part:
    """Compile the rendering of a variable."""
    if variable in CITE_VARIABLES:
        return _CITE_PARTS[variable](scope)
    name = variable
    present = scope.shape.variables
    if form == "short" and variable in SHORT_FORMS and SHORT_FORMS[variable] in present:
        name = SHORT_FORMS[variable]
    elif variable not in present and variable in ("title-short", "container-title-short"):
        name = variable if variable in present else ""
    if name not in present or name in NAME_VARIABLES or name in DATE_VARIABLES:
        return CALLED
    if name in NUMBER_VARIABLES:
        return _number(name, scope)
    return _tagged(_text(name), variable, scope)


def _text(name: str) -> Renderer:
    def text(ctx: Context, out: Runs) -> int:
        value = ctx.item.texts.get(name)
        if value is None:
            return CALLED
        if type(value) is str:
            if SPECIAL.search(value) is None:
                out.append(value)
            else:
                out.extend(field_runs(value))
        else:
            out.extend(rich_runs(value))
        return FULL

    return sure(text)


def _number(name: str, scope: Scope) -> Part:
    setter = number_text(name, scope)

    def number(ctx: Context, out: Runs) -> int:
        value = ctx.item.texts.get(name)
        if value is None:
            return CALLED
        if type(value) is str:
            if value.isdecimal():
                out.append(value)
            else:
                out.extend(term_runs(setter(value)))
        else:
            out.extend(rich_runs(value))
        return FULL

    return _tagged(sure(number), name, scope)


def _tagged(part: Part, variable: str, scope: Scope) -> Part:
    """With `annotate`, put the variable's name around its runs."""
    if not scope.annotate or isinstance(part, int) or scope.sorting:
        return part

    def build(children: Rich) -> Tagged:
        return Tagged(children, variable)

    mark = Mark(TAG, variable, build)

    def tagged(ctx: Context, out: Runs) -> int:
        out.append(mark)
        start = len(out)
        status = part(ctx, out)
        if len(out) == start:
            out.pop()
        else:
            out.append(END)
        return status

    return like(tagged, part)


def _linked(variable: str, part: Part) -> Part:
    """Put a link around an identifier or address."""
    if isinstance(part, int):
        return part
    render = part
    base = _LINKS[variable]

    def linked(ctx: Context, out: Runs) -> int:
        target = ctx.item.text(variable).strip()
        if not target.startswith(("http://", "https://")):
            target = base + target if base else ""
        if not target:
            return render(ctx, out)
        out.append(Mark(TAG, "link", lambda children: Link(children, target)))
        status = render(ctx, out)
        out.append(END)
        return status

    return linked


def _simple(variable: str) -> Callable[[Scope], Part]:
    def make(scope: Scope) -> Part:
        def text(ctx: Context, out: Runs) -> int:
            value = value_of(ctx, variable)
            if not value:
                return CALLED
            out.append(value)
            return FULL

        return _tagged(text, variable, scope)

    return make


def _locator(scope: Scope) -> Part:
    setter = number_text("locator", scope)

    def locator(ctx: Context, out: Runs) -> int:
        if not ctx.locator:
            return CALLED
        out.extend(field_runs(setter(ctx.locator)))
        return FULL

    return locator


def _year_suffix(scope: Scope) -> Part:
    def year_suffix(ctx: Context, out: Runs) -> int:
        if not ctx.suffix_text:
            return 0  # asking for a year suffix that is not needed does not count: "(n.d.)" stays
        ctx.suffix_used = True
        out.append(ctx.suffix_text)
        return FULL

    return year_suffix


def _citation_label(scope: Scope) -> Part:
    from pubkit.csl.citation_label import citation_label

    def label(ctx: Context, out: Runs) -> int:
        text = ctx.item.text("citation-label") or citation_label(ctx.item)
        if not text:
            return CALLED
        out.append(text)
        if ctx.suffix_text and not ctx.suffix_used:
            ctx.suffix_used = True
            out.append(ctx.suffix_text)
        return FULL

    return label


_CITE_PARTS: dict[str, Callable[[Scope], Part]] = {
    "citation-number": _simple("citation-number"),
    "first-reference-note-number": _simple("first-reference-note-number"),
    "hereinafter": lambda scope: CALLED,
    "locator": _locator,
    "year-suffix": _year_suffix,
    "citation-label": _citation_label,
}
