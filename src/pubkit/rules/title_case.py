"""T02x: titles in one letter case throughout, and the languages that letter case depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pubkit.diagnostics import Severity
from pubkit.model.entry import Entry
from pubkit.rules.base import Finding, rule
from pubkit.rules.languages import is_english, language_of
from pubkit.rules.protecting import in_capitals
from pubkit.rules.spans import plain_spans
from pubkit.rules.titles import TITLES
from pubkit.text.casing import convert_pieces
from pubkit.text.casing import sentence_case as to_sentence_case


@rule("T020", "sentence-case", "Titles are in sentence case.", on_request=True)
def sentence_case(entry: Entry) -> Iterable[Finding]:
    """`Learning to Route {LLMs} with Preferences` becomes `Learning to route {LLMs} with preferences`.

    English titles only; what stands in braces stays, and acronyms and known names are put in braces first.
    Names that pubkit does not know lose their capital, so the repair is done only with `--unsafe-fixes`.
    Selected by `--extend-select sentence-case`.
    """
    return _recased(entry, lambda pieces: to_sentence_case(pieces, "en"), "a title not in sentence case")


@rule("T021", "title-case", "Titles are in title case.", safe=True, on_request=True)
def title_case(entry: Entry) -> Iterable[Finding]:
    """`Learning to route {LLMs}` becomes `Learning to Route {LLMs}`.

    English titles only. Selected by `--extend-select title-case`.
    """
    return _recased(entry, lambda pieces: convert_pieces(pieces, "title", "en"), "a title not in title case")


@rule("T022", "language", "A title in another language says so.")
def language(entry: Entry) -> Iterable[Finding]:
    """`title = {Über die Bestimmung der Teilchenzahl}` gets `langid = {german}`.

    A style in English would set it in sentence case, and German nouns would lose their capitals; hyphenation
    follows the language too. It is told from the short words of the title, so the repair is done only when
    asked for.
    """
    if "langid" in entry.fields or "language" in entry.fields:
        return
    found = language_of(entry.text("title"))
    if found:
        repair = {"langid": found}
        hint = f"add langid = {{{found}}}"
        yield Finding(f"a title in {found.capitalize()}", "title", repair, hint=hint, severity=Severity.INFO)


def _recased(
    entry: Entry, change: Callable[[tuple[tuple[str, bool], ...]], tuple[str, ...]], message: str
) -> Iterable[Finding]:
    if not is_english(entry):
        return
    for name in TITLES:
        value = entry.fields.get(name, "")
        if not value or in_capitals(value) or language_of(entry.text(name)):
            continue
        recased = "".join(change(_pieces(value)))
        if recased != value:
            yield Finding(message, name, {name: recased}, severity=Severity.INFO)


def _pieces(source: str) -> tuple[tuple[str, bool], ...]:
    """Return a title as pieces of text, each with whether its case is protected."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in plain_spans(source):
        if start > at:
            pieces.append((source[at:start], True))
        pieces.append((source[start:end], False))
        at = end
    if at < len(source):
        pieces.append((source[at:], True))
    return tuple(pieces)


RULES = (sentence_case, title_case, language)
