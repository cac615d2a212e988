"""`pubkit add`: put something into a library that is not there yet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pubkit import api
from pubkit.cli import files, options
from pubkit.cli.config import load
from pubkit.cli.console import plural, say, show_diagnostics, visible
from pubkit.cli.group import verb
from pubkit.cli.progress import working

if TYPE_CHECKING:
    from pubkit.keeping import Added


@verb(
    "add",
    "Add entries to a library.",
    examples="""
    pubkit add refs.bib doi:10.1145/3292500.3330701 --source crossref
    pubkit add refs.bib arXiv:1706.03762 "Deep Residual Learning for Image Recognition" --source dblp.xml
    pubkit add refs.bib new.ris
    xclip -o | pubkit add refs.bib -
    """,
)
@click.argument("library", metavar="LIBRARY")
@click.argument("things", nargs=-1, required=True, metavar="THING…")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="SOURCE",
    help="Look identifiers and titles up here: a file or folder of records, or a web source (crossref, dblp, "
    "arxiv …). Repeat it.",
)
@click.option("--allow-duplicates", is_flag=True, help="Add what is there already.")
@click.option("--update", is_flag=True, help="Fill the empty fields of what is there already.")
@click.option("--dry-run", is_flag=True, help="Show what would be added; write nothing.")
@options.key_pattern
@options.config
@options.isolated
@options.web
@options.reading
@options.quiet
def command(
    *,
    library: str,
    things: tuple[str, ...],
    sources: tuple[str, ...],
    allow_duplicates: bool,
    update: bool,
    dry_run: bool,
    key_pattern: str | None,
    config: str,
    isolated: bool,
    encoding: str | None,
    quiet: bool,
    **given: Any,
) -> int:
    """Add things to a library: files in any format, identifiers, titles, references, entries from a pipe.

    What is there already is not added again. The rest of the file stays byte for byte; the library is locked
    meanwhile, so that several processes can add to it at once.
    """
    from pubkit.keeping import add
    from pubkit.keeping.locking import locked
    from pubkit.keys import DEFAULT_PATTERN

    pattern = load([library], config, isolated=isolated).get("key-pattern", key_pattern) or DEFAULT_PATTERN
    # Sources may take their time: the lock is for reading and writing only.
    with working("looking up"):
        found = api.resolve(things, sources, settings=options.web_settings(given))
    for each in found:
        show_diagnostics(each.diagnostics, quiet=quiet)
    with locked(library) as path:
        new = not path.exists()
        before = api.read_string("", "bibtex") if new else files.read([str(path)], None, encoding=encoding)
        target = files.out_format(None, str(path)) if new else files.same_format(before, str(path), None)
        after, done = before, []
        for each in found:
            with working("adding"):
                more = add(
                    after,
                    each.entries,
                    allow_duplicates=allow_duplicates,
                    update=update,
                    key_pattern=pattern,
                    new_keys=each.is_record,
                )
            after = more.library
            done.append(more)
        changed = any(more.added or more.updated for more in done)
        if changed and not dry_run:
            layout = "preserve" if target.name in ("bibtex", "biblatex") and not new else None
            told = files.write(after, target, str(path), force=True, layout=layout)
            show_diagnostics(told, quiet=quiet)
    if not quiet:
        _tell(done, Path(library).name, dry_run=dry_run)
    return 0


def _tell(done: list[Added], name: str, *, dry_run: bool) -> None:
    for more in done:
        for entry, key, reason in more.known:
            say(visible(f"{key} is there already: {entry.text('title')} ({reason})"))
        for key in more.updated:
            say(visible(f"{key} learnt what it did not say"))
        for entry in more.added:
            click.echo(visible(entry.key))
            if dry_run:
                click.echo(api.write_string(_library(entry), "bibtex"), nl=False)
    count = sum(len(more.added) for more in done)
    say(f"{'would add' if dry_run else 'added'} {plural(count, 'entry', 'entries')} to {visible(name)}")


def _library(entry: Any) -> Any:
    from pubkit.model.library import Library

    return Library((entry,))
