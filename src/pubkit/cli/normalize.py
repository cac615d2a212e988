"""`pubkit normalize`: clean lists, every change reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click

from pubkit import api
from pubkit.cli import files, keymaps, options
from pubkit.cli.changes import show_changes, show_diff, summary
from pubkit.cli.config import Config, load
from pubkit.cli.console import say, show_diagnostics
from pubkit.cli.group import verb
from pubkit.cli.progress import working
from pubkit.cli.selection import Selection
from pubkit.model.library import Library


@verb(
    "normalize",
    "Clean entries; every change is reported.",
    examples="""
    pubkit normalize refs.bib -o clean.bib
    pubkit normalize refs.bib --in-place --select T,D
    pubkit normalize refs.bib --diff
    pubkit normalize refs.bib --in-place --keys all --apply-keys paper.tex
    """,
)
@options.inputs
@options.from_
@options.to_format
@options.output
@options.force
@options.in_place
@options.select
@options.extend_select
@options.ignore
@options.unsafe
@click.option(
    "--keys",
    type=click.Choice(["missing", "all", "keep"]),
    help="Which entries get a new citation key: those without one (the default), all, or none.",
)
@options.key_pattern
@click.option(
    "--key-map",
    default="",
    metavar="FILE",
    help="Write old key → new key here; by default beside a .bib whose keys changed (NAME.keys.json).",
)
@click.option(
    "--apply-keys",
    multiple=True,
    metavar="FILE",
    help="Rename the changed keys in this .tex or .md too; once for each file.",
)
@click.option(
    "--sort",
    type=click.Choice(["key", "author", "year", "title", "type"]),
    help="Order of the entries of a .bib output; by default they stay as they are.",
)
@options.diff
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where something would change.")
@options.config
@options.isolated
@options.bib_to_bib
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
    key_map: str,
    apply_keys: tuple[str, ...],
    config: str,
    isolated: bool,
    verbose: bool,
    quiet: bool,
    **given: Any,
) -> int:
    """Clean lists of publications: names, venues, dates, identifiers, capitals, citation keys.

    Only certain repairs are done; `pubkit check` tells of the rest. A second run changes nothing more.
    """
    paths = files.given(inputs)
    run = _Run(load(paths, config, isolated=isolated), from_, given, verbose=verbose, quiet=quiet)
    manuscripts = keymaps.read_manuscripts(apply_keys)
    dry = diff or check
    if in_place:
        files.in_place(inputs, output, to)
        # Every input is read before one is written: a mistake in the last must not leave half the work done.
        libraries = [run.read((path,)) for path in paths]
        targets = [files.same_format(*pair, from_) for pair in zip(libraries, paths, strict=True)]
        cleaned = [run.clean(library, (path,)) for library, path in zip(libraries, paths, strict=True)]
        writing = {**run.writing, "layout": run.writing["layout"] or "preserve"}
        if given["sort"]:
            writing["layout"] = "tidy"
        for path, target, before, after in zip(paths, targets, libraries, cleaned, strict=True):
            if diff:
                text = before.document.text if before.document else ""
                show_diff(text, _text(after, target.name, writing), path)
            elif (after.changes or given["sort"]) and not check:
                files.write(after, target, path, force=True, **writing)
        renamed = keymaps.renamed(cleaned)
        beside = paths[0]
    else:
        target = files.out_format(to, output)
        library = run.read(paths)
        after = run.clean(library, paths)
        cleaned = [after]
        renamed, beside = keymaps.renamed(cleaned), output
        if diff:
            text = _text(library, target.name, run.writing)
            show_diff(text, _text(after, target.name, run.writing), ", ".join(paths))
        elif not check:
            report = files.write(after, target, output, force=force, **run.writing)
            show_diagnostics(report, verbose=verbose, quiet=quiet)
    map_file = key_map or keymaps.default_name(beside)
    whole = keymaps.with_earlier(renamed, map_file, force=force)
    if diff:
        for name, before_text, after_text in keymaps.applied(manuscripts, whole):
            show_diff(before_text, after_text, name)
    if not dry:
        told = [keymaps.save(whole, map_file)] if map_file and (renamed or key_map) else []
        told += keymaps.write_manuscripts(manuscripts, whole)
        for line in () if quiet else told:
            say(line)
    return 1 if check and any(library.changes for library in cleaned) else 0


@dataclass(slots=True)
class _Run:
    """What one run reads and does: the command line's word, else the configuration's."""

    config: Config
    from_: str | None
    given: dict[str, Any]
    verbose: bool
    quiet: bool

    @property
    def writing(self) -> dict[str, Any]:
        """Options of the output."""
        get = self.config.get
        return {
            "dialect": get("dialect", self.given["dialect"]),
            "layout": get("layout", self.given["layout"]),
            "ascii": get("ascii", self.given["ascii_"]),
            "sort": self.given["sort"],
        }

    def read(self, paths: Sequence[str]) -> Library:
        """Read inputs to one library."""
        reading = {name: self.given[name] for name in ("encoding", "owner", "strict")}
        return files.read(paths, self.from_, **reading)

    def clean(self, library: Library, paths: Sequence[str]) -> Library:
        """Clean a library, and tell what was done and found."""
        selection = Selection.of(self.config, self.given, paths)
        with working("cleaning"):
            cleaned = api.normalize(
                library,
                keys=self.config.get("keys", self.given["keys"]) or "missing",
                unsafe=bool(self.config.get("unsafe-fixes", self.given["unsafe"])),
                **selection.rules,
            )
        show_diagnostics(cleaned.diagnostics, verbose=self.verbose, quiet=self.quiet)
        if not self.quiet:
            say(f"changed {summary(cleaned.changes)}")
        if self.verbose:
            show_changes(cleaned.changes)
        return cleaned


def _text(library: Library, name: str, writing: dict[str, Any]) -> str:
    return api.write_string(library, name, **files.said(writing))
