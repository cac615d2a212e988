"""`pubkit normalize`: clean lists, every change reported."""

from __future__ import annotations

from typing import Any

import click

from pubkit import api
from pubkit.cli import files, options
from pubkit.cli.changes import show_changes, show_diff, summary
from pubkit.cli.console import say, show_diagnostics
from pubkit.cli.group import verb
from pubkit.model.library import Library


@verb(
    "normalize",
    "Clean entries; every change is reported.",
    examples="""
    pubkit normalize refs.bib -o clean.bib
    pubkit normalize refs.bib --in-place --select T,D
    pubkit normalize refs.bib --diff
    """,
)
@options.inputs
@options.from_
@options.to_format
@options.output
@options.force
@options.in_place
@options.select
@options.ignore
@options.unsafe
@click.option(
    "--keys",
    type=click.Choice(["missing", "all", "keep"]),
    default="missing",
    show_default=True,
    help="Which entries get a new citation key.",
)
@click.option(
    "--key-pattern", metavar="PATTERN", help="Pattern of new citation keys, e.g. '[auth:lower][year]'."
)
@options.diff
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where something would change.")
@options.encoding
@options.owner
@options.dialect
@options.layout
@options.ascii_
@options.strict
@options.verbose
@options.quiet
def command(
    *,
    inputs: tuple[str, ...],
    from_: str | None,
    to: str | None,
    output: str,
    force: bool,
    in_place: bool,
    diff: bool,
    check: bool,
    verbose: bool,
    quiet: bool,
    **given: Any,
) -> int:
    """Clean lists of publications: names, venues, dates, identifiers, capitals, citation keys.

    Only certain repairs are done; `pubkit check` tells of the rest. A second run changes nothing more.
    """
    reading = {name: given[name] for name in ("encoding", "owner", "strict")}
    writing = {"dialect": given["dialect"], "layout": given["layout"], "ascii": given["ascii_"]}
    rules = {
        "select": options.codes(given["select"]),
        "ignore": options.codes(given["ignore"]),
        "key_pattern": given["key_pattern"],
        "keys": given["keys"],
        "unsafe": given["unsafe"],
    }
    wanted = files.said(rules)

    def clean(library: Library) -> Library:
        cleaned = api.normalize(library, **wanted)
        show_diagnostics(cleaned.diagnostics, verbose=verbose, quiet=quiet)
        if not quiet:
            say(f"changed {summary(cleaned.changes)}")
        if verbose:
            show_changes(cleaned.changes)
        return cleaned

    if in_place:
        files.in_place(inputs, output, to)
        # Every input is read before one is written: a mistake in the last must not leave half the work done.
        libraries = [files.read((path,), from_, **reading) for path in inputs]
        targets = [files.same_format(*pair, from_) for pair in zip(libraries, inputs, strict=True)]
        cleaned = [clean(library) for library in libraries]
        writing["layout"] = writing["layout"] or "preserve"
        changed = any(library.changes for library in cleaned)
        for path, target, before, after in zip(inputs, targets, libraries, cleaned, strict=True):
            if diff:
                show_diff(
                    before.document.text if before.document else "", _text(after, target.name, writing), path
                )
            elif after.changes and not check:
                files.write(after, target, path, force=True, **writing)
        return 1 if check and changed else 0

    target = files.out_format(to, output)
    library = files.read(inputs, from_, **reading)
    after = clean(library)
    if diff:
        show_diff(
            _text(library, target.name, writing),
            _text(after, target.name, writing),
            ", ".join(files.given(inputs)),
        )
    elif not check:
        report = files.write(after, target, output, force=force, **writing)
        show_diagnostics(report, verbose=verbose, quiet=quiet)
    return 1 if check and after.changes else 0


def _text(library: Library, name: str, writing: dict[str, Any]) -> str:
    return api.write_string(library, name, **files.said(writing))
