"""`pubkit check`: what is wrong with a list, and repairs on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from pubkit import api
from pubkit.cli import files, findings, options
from pubkit.cli.changes import show_diff, summary
from pubkit.cli.config import load
from pubkit.cli.console import plural, say
from pubkit.cli.group import verb
from pubkit.cli.progress import working
from pubkit.cli.selection import Selection
from pubkit.diagnostics import Diagnostic
from pubkit.formats.base import Format
from pubkit.model.library import Library


@dataclass(frozen=True, slots=True)
class _Input:
    """An input as read, as repaired, and the format that writes it back."""

    path: str
    library: Library
    fixed: Library
    target: Format | None


@verb(
    "check",
    "Report what is wrong; repair on request.",
    examples="""
    pubkit check refs.bib
    pubkit check refs.bib --select N,T --fix
    pubkit check refs.bib --extend-select sentence-case --diff
    pubkit check refs.bib --output-format github
    """,
)
@options.inputs
@options.from_
@options.select
@options.extend_select
@options.ignore
@click.option("--fix", is_flag=True, help="Repair what can be repaired for certain, in the input.")
@options.unsafe
@options.diff
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "github"]),
    help="text (the default), json, or github: annotations of a workflow.",
)
@options.key_pattern
@click.option(
    "--sort",
    type=click.Choice(["key", "author", "year", "title", "type"]),
    help="The order that rule L013 looks for, where it is selected.",
)
@options.config
@options.isolated
@options.reading
@options.owner
@options.quiet
def command(
    *,
    inputs: tuple[str, ...],
    from_: str | None,
    fix: bool,
    unsafe: bool | None,
    diff: bool,
    output_format: str | None,
    config: str,
    isolated: bool,
    encoding: str | None,
    owner: str,
    quiet: bool,
    **given: Any,
) -> int:
    """Report what is wrong with lists of publications; exit with 1 where there are findings.

    Findings are what the reader could not read and what the rules find. `pubkit rules` lists the rules.
    """
    paths = files.given(inputs)
    if fix and "-" in paths:
        raise click.UsageError(
            "--fix needs files, not standard input; use normalize", click.get_current_context()
        )
    if fix:  # what another process adds meanwhile must not be lost
        from pubkit.keeping.locking import all_locked

        click.get_current_context().with_resource(all_locked(paths))
    configured = load(paths, config, isolated=isolated)
    guesses = bool(configured.get("unsafe-fixes", unsafe))
    output_format = configured.get("output-format", output_format) or "text"
    found: list[Diagnostic] = []
    pending: list[_Input] = []
    for path in paths:
        selection = Selection.of(configured, given, [path])
        library = files.read((path,), from_, encoding=encoding, owner=owner)
        fixed = library
        if fix or diff:
            with working("repairing"):
                fixed = api.normalize(library, keys="keep", unsafe=guesses, **selection.rules)
        # Whether each input can be written back is known before one is.
        target = files.same_format(library, path, from_) if fix or diff else None
        pending.append(_Input(path, library, fixed, target))
        found += selection.of_reader(library)
        with working("checking"):
            found += api.check(library if diff and not fix else fixed, **selection.rules)
    if diff and not fix:
        differs = [_diff(one) for one in pending]  # each is shown
        return 1 if any(differs) else 0
    for one in pending:
        if one.target and one.fixed.changes:
            if diff:
                _diff(one)
            files.write(one.fixed, one.target, one.path, force=True, layout="preserve")
            if not quiet:
                say(f"{one.path}: repaired {summary(one.fixed.changes)}")
    findings.show(found, output_format)
    if output_format == "text" and not quiet:
        say(_tally(found, fix=fix, unsafe=guesses))
    return 1 if found else 0


def _tally(found: Sequence[Diagnostic], *, fix: bool, unsafe: bool) -> str:
    if not found:
        return "no findings"
    fixable = sum(1 for finding in found if finding.fix)
    if not fixable or (fix and unsafe):
        tail = ""
    elif fix:
        tail = f", {fixable} with a repair that is a guess (--unsafe-fixes does them)"
    else:
        tail = f", {fixable} with a repair (--fix does the certain ones)"
    return f"{plural(len(found), 'finding')}{tail}"


def _diff(one: _Input) -> bool:
    if one.target is None:
        return False
    before = one.library.document.text if one.library.document else ""
    return show_diff(before, api.write_string(one.fixed, one.target.name, layout="preserve"), one.path)
