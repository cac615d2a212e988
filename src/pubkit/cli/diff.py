"""`pubkit diff`: what differs between two libraries, by entry and field."""

from __future__ import annotations

import json
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import click

from pubkit import api
from pubkit.cli import files, options
from pubkit.cli.console import paint, plural, say, show_diagnostics, use_color, visible
from pubkit.cli.group import verb
from pubkit.cli.progress import working

if TYPE_CHECKING:
    from pubkit.keeping import Difference, EntryChange, FieldChange
    from pubkit.model.entry import Entry


@verb(
    "diff",
    "Show what differs between two libraries.",
    examples="""
    pubkit diff old.bib new.bib
    pubkit diff export.ris refs.bib --output-format json
    git show HEAD:refs.bib | pubkit diff - refs.bib
    """,
)
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@options.from_
@click.option("--strict", "spelling", is_flag=True, help="Count differences in spelling, too.")
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="How it is printed.",
)  # fmt: skip
@options.reading
@options.quiet
def command(
    *,
    before: str,
    after: str,
    from_: str | None,
    spelling: bool,
    output_format: str,
    encoding: str | None,
    quiet: bool,
) -> int:
    """Compare two libraries entry by entry and field by field, in whatever formats they are.

    The order of entries and fields does not count, and a record under a new key is found. What is only
    written in another way (accents, braces, the order of a name) is told apart. Exit code 1: they differ.
    """
    libraries = [files.read([path], from_, encoding=encoding) for path in (before, after)]
    for library in libraries:
        show_diagnostics(library.diagnostics, quiet=True)
    with working("comparing"):
        found = api.diff(*libraries)
    differs = bool(found) or (spelling and bool(found.respelled))
    if output_format == "json":
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    elif not quiet:
        _show(found, spelling=spelling)
    return 1 if differs else 0


def _show(found: Difference, *, spelling: bool) -> None:
    for entry in found.removed:
        _line("-", entry, "red")
    for entry in found.added:
        _line("+", entry, "green")
    for change in (*found.changed, *(found.respelled if spelling else ())):
        _changed(change, spelling=spelling)
    for macro in found.strings:
        click.echo(f"~ @string {visible(macro.field)}")
        _field(macro)
    for name in found.others:
        click.echo(f"~ {name} differ" if name.endswith("s") else f"~ {name} differs")
    counts = (
        (found.added, "added"), (found.removed, "removed"), (found.changed, "changed"),
    )  # fmt: skip
    told = ", ".join(f"{len(entries)} {word}" for entries, word in counts)
    respelled = (
        f"; {plural(len(found.respelled), 'entry', 'entries')} only spelled differently"
        if found.respelled
        else ""
    )
    say(f"{told}{respelled}")


def _line(sign: str, entry: Entry, color: str) -> None:
    text = f"{sign} {entry.key or '(no key)'}  {entry.text('title')}"
    click.echo(paint(visible(" ".join(text.split())), err=False, fg=color))


def _changed(change: EntryChange, *, spelling: bool) -> None:
    name = change.key if change.key == change.new_key else f"{change.key} → {change.new_key}"
    click.echo(f"~ {paint(visible(name), err=False, bold=True)}")
    for field in change.fields:
        if field.field != "key" and (spelling or not field.spelling):
            _field(field)


def _field(field: FieldChange) -> None:
    if field.before is not None and field.after is not None:
        click.echo(f"    {field.field}: {_words(_flat(field.before), _flat(field.after))}")
        return
    sign, color = ("+", "green") if field.before is None else ("-", "red")
    text = _flat(field.after or field.before or "")
    click.echo(f"    {field.field}: {paint(sign + text, err=False, fg=color)}")


def _words(before: str, after: str) -> str:
    """Return a text with what went and what came: in colours by the word, else side by side."""
    import sys

    if not use_color(sys.stdout):
        return f"{before} → {after}"
    old, new = before.split(" "), after.split(" ")
    parts: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts += old[a:b]
            continue
        parts += [click.style(word, fg="red", strikethrough=True) for word in old[a:b]]
        parts += [click.style(word, fg="green") for word in new[c:d]]
    return " ".join(parts)


def _flat(text: str) -> str:
    return visible(" ".join(text.split()))
