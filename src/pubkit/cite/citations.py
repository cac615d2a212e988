"""In-text citations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pubkit.cite.engines import other_engine
from pubkit.cite.entries import completed, make_engine, make_items, unique_ids
from pubkit.csl.citations import Cite
from pubkit.diagnostics import Diagnostic
from pubkit.errors import PubkitError, StyleError
from pubkit.model.entry import Entry


def cite(
    library: Iterable[Entry],
    keys: Sequence[str | Cite] | str,
    style: str | Path = "apa",
    to: str = "text",
    *,
    cited: Iterable[str] | None = None,
    locale: str | None = None,
    report: list[Diagnostic] | None = None,
) -> str:
    """Return one citation of entries, as it stands in a text.

    Args:
        library: The entries to choose from.
        keys: Citation keys, or `Cite` values with locator, prefix or suffix, in the order of citing.
        style: Id, title or alias of a CSL style, or a path to a `.csl`.
        to: Output format, as for `format_library`.
        cited: Keys of all entries that the document cites, in its order; by default just `keys`. Citation
            numbers count along them, and the citation is unambiguous among them.
        locale: Language code such as "de-DE"; by default the style's own.
        report: A list to which findings are added.

    Raises:
        PubkitError: No entry has one of the keys; the message offers the nearest.
        StyleNotFoundError: No such style.
        StyleError: The style has no citations, or there is no such output format.

    >>> library = [Entry("book", "k", {"author": "Knuth, Donald E.", "title": "TAOCP", "date": "1968"})]
    >>> cite(library, ["k"]), cite(library, [Cite("k", locator="12")], "mla")
    ('(Knuth, 1968)', '(Knuth 12)')
    >>> both = [Entry("book", key, {"author": "Wu, T.", "title": key, "date": "2025"}) for key in "ab"]
    >>> cite(both, "b"), cite(both, "b", cited="ab")
    ('(Wu, 2025)', '(Wu, 2025b)')
    """
    if other_engine(style) is not None:
        raise StyleError("citations need a CSL style", hint="choose one without a prefix", where=str(style))
    entries = completed(list(library), report)
    wanted = [
        Cite(key) if isinstance(key, str) else key for key in ([keys] if isinstance(keys, str) else keys)
    ]
    known = {entry.key for entry in entries}
    document = dict.fromkeys([*(cited or ()), *(one.id for one in wanted)])
    for key in document:
        if key not in known:
            raise _unknown(key, known)
    place = {key: at for at, key in enumerate(document)}
    entries = sorted((entry for entry in entries if entry.key in place), key=lambda entry: place[entry.key])
    ids = unique_ids(entries)
    engine = make_engine(style, make_items(entries, ids, "keep", report), locale)
    text = engine.cite(wanted, to=to)
    if report is not None:
        report.extend(engine.diagnostics)
    return text


def _unknown(key: str, known: set[str]) -> PubkitError:
    from rapidfuzz import fuzz, process

    near = [
        match[0] for match in process.extract(key, sorted(known), scorer=fuzz.ratio, limit=3, score_cutoff=60)
    ]
    hint = f"did you mean {', '.join(near)}?" if near else "cite a key of the library"
    return PubkitError(f"the library has no entry {key!r}", hint=hint)
