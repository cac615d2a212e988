"""`pubkit merge`: two libraries made one; also as the merge driver of git."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubkit import api
from pubkit.cli import files, options
from pubkit.cli.console import plural, say, show_diagnostics, visible
from pubkit.cli.group import verb
from pubkit.cli.progress import working
from pubkit.diagnostics import Severity
from pubkit.errors import ReadError
from pubkit.formats.decode import encode

if TYPE_CHECKING:
    from pubkit.keeping import MergeConflict, Merged
    from pubkit.model.library import Library

_CONTROL = re.compile(r"\s+")
_MARKER = re.compile(r"^(?:<{7}|>{7}|\|{7}) ", re.MULTILINE)
_DRIVEN = 3  # files that git gives: base, ours, theirs


@verb(
    "merge",
    "Merge two libraries, field by field.",
    examples="""
    pubkit merge mine.bib hers.bib --into both.bib
    pubkit merge mine.bib hers.bib --base old.bib --into mine.bib --force
    git config merge.pubkit.driver 'pubkit merge --driver %O %A %B'
    """,
)
@click.argument("libraries", nargs=-1, required=True, metavar="OURS THEIRS")
@click.option("--base", metavar="FILE", help="What both came from: what only one side changed then holds.")
@click.option("--into", "output", metavar="FILE", help="Write the result here; - is standard output.")
@click.option(
    "--prefer",
    type=click.Choice(["ours", "theirs"]),
    default="ours",
    show_default=True,
    help="Whose word stands where both say different things.",
)
@click.option("--report", default="", metavar="FILE", help="Write conflicts and new keys here, as JSON.")
@click.option(
    "--driver", is_flag=True, help="As git's merge driver: BASE OURS THEIRS; the result replaces OURS."
)
@options.force
@options.reading
@options.quiet
def command(
    *,
    libraries: tuple[str, ...],
    base: str | None,
    output: str | None,
    prefer: str,
    report: str,
    driver: bool,
    force: bool,
    encoding: str | None,
    quiet: bool,
) -> int:
    """Merge two libraries: every field goes its own way.

    One record under two keys is one entry, two works under one key get two. What both sides say differently
    is a conflict: ours stands (or theirs, with --prefer), it is listed, and the exit code is 1.
    """
    if driver:
        return _drive(libraries, quiet=quiet)
    if len(libraries) != 2:  # two sides
        raise click.UsageError("give two libraries: OURS THEIRS")
    if not output:
        raise click.UsageError("say where the result goes: --into FILE, or --into - for standard output")
    from pubkit.keeping.locking import locked

    target = files.out_format(None, output) if output != "-" else files.out_format("bibtex", "-")

    def run() -> int:
        ours, theirs = (files.read([path], None, encoding=encoding) for path in libraries)
        ancestor = files.read([base], None, encoding=encoding) if base else None
        if ancestor is not None:
            _refuse_damaged(ancestor, ours, theirs)
        with working("merging"):
            done = api.merge(ours, theirs, ancestor, prefer="theirs" if prefer == "theirs" else "ours")
        show_diagnostics(done.library.diagnostics, quiet=quiet)
        if report:
            api.save(report, json.dumps(done.to_dict(), ensure_ascii=False, indent=2) + "\n", force=force)
        layout = (
            "preserve"
            if done.library.document is not None and target.name in ("bibtex", "biblatex")
            else None
        )
        show_diagnostics(files.write(done.library, target, output, force=force, layout=layout), quiet=quiet)
        _tell(done, quiet=quiet)
        return 1 if done.conflicts else 0

    if output == "-":
        return run()
    with locked(output):
        return run()


def _drive(given: tuple[str, ...], *, quiet: bool) -> int:
    """Merge as git asks for it: the result replaces our file, conflicts stand above their entries."""
    if len(given) < _DRIVEN:
        raise click.UsageError("as a driver: pubkit merge --driver BASE OURS THEIRS (%O %A %B)")
    base, ours, theirs = (_read(path) for path in given[:_DRIVEN])
    _refuse_damaged(base, ours, theirs)
    done = api.merge(ours, theirs, base)
    text = api.write_string(
        done.library, "bibtex", layout="preserve" if ours.document is not None else "tidy"
    )
    text = _with_conflicts(text, done.conflicts)
    data = text.encode() if ours.document is None else encode(ours.document, text)  # in its own encoding
    api.save(given[1], data, force=True)
    _tell(done, quiet=quiet)
    return 1 if done.conflicts else 0


def _refuse_damaged(*sides: Library) -> None:
    """Refuse to merge by a base where a side is damaged: what cannot be read would count as removed."""
    for side in sides:
        document = side.document
        if document is not None and (marker := _MARKER.search(document.text)):
            where = str(document.location(marker.start()))
            raise ReadError(
                "holds the markers of an unfinished merge", hint="finish that one first", where=where
            )
        for found in side.diagnostics:
            if found.severity is Severity.ERROR:
                raise ReadError(found.message, hint="repair it first", where=str(found.location))


def _read(path: str) -> Library:
    """Read a side; git gives an empty file for one that was not there."""
    from pubkit.model.library import Library

    return api.read(path, format="bibtex") if Path(path).stat().st_size else Library()


def _with_conflicts(text: str, conflicts: tuple[MergeConflict, ...]) -> str:
    """Return the text with a line for each conflict above its entry: a comment, so that it stays readable."""
    library = api.read_string(text, format="bibtex")
    starts = {
        entry.key: entry.source.start for entry in reversed(library.entries) if entry.source is not None
    }
    for conflict in sorted(conflicts, key=lambda each: -starts.get(each.key, 0)):
        at = starts.get(conflict.key, 0)
        text = f"{text[:at]}{_comment(conflict)}\n{text[at:]}"
    return text


def _comment(conflict: MergeConflict) -> str:
    # BibTeX would take an @ in a comment for the start of an entry.
    return f"% CONFLICT {_line(conflict)}".replace("@", "(at)")


def _line(conflict: MergeConflict) -> str:
    ours, theirs = (_said(text) for text in (conflict.ours, conflict.theirs))
    before = f" (was {_said(conflict.base)})" if conflict.base is not None else ""
    place = f"{conflict.key} {conflict.field}".strip()
    return f"{place}: ours {ours}, theirs {theirs}{before}; {conflict.taken} stands"


def _said(text: str | None) -> str:
    return "nothing" if text is None else f"{{{_CONTROL.sub(' ', text)}}}"


def _tell(done: Merged, *, quiet: bool) -> None:
    for conflict in done.conflicts:
        say(f"conflict: {visible(_line(conflict))}")
    if quiet:
        return
    for old, new in done.renamed.items():
        say(f"{visible(old)} is {visible(new)} here")
    counts = f"{len(done.added)} added, {len(done.removed)} removed"
    entries = plural(len(done.library), "entry", "entries")
    say(f"{entries}, {counts}, {plural(len(done.conflicts), 'conflict')}")
