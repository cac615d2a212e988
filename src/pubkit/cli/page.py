"""`pubkit page`: the publications page."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import click

from pubkit.cli import files, options
from pubkit.cli.console import logged, plural, say, show_diagnostics
from pubkit.cli.group import verb
from pubkit.cli.progress import working


@verb(
    "page",
    "Make a publications page: one HTML file, with search and filters.",
    examples="""
    pubkit page refs.bib -o site/ --owner "Tianhao Wu"
    pubkit page cv.tex -o site/ --owner "Ada Okafor" --group-by type --group-by year --lang de
    pubkit page refs.bib -o site/ --watch --serve
    """,
)
@options.inputs
@options.from_
@click.option(
    "-o", "--output", default="out", show_default=True, metavar="FOLDER", help="Folder to write to."
)
@options.owner
@options.style
@options.locale
@click.option("--title", default="", metavar="TEXT", help="Heading of the page.")
@click.option("--lang", default="en", show_default=True, metavar="LANG", help="Language of the page's words.")
@click.option(
    "--group-by",
    "group_by",
    multiple=True,
    default=("year",),
    show_default=True,
    metavar="BY",
    help="year, type, topic, a field, or none; repeat it for groups within groups.",
)
@click.option("--sort", metavar="BY", help="Order within a group; by default newest first.")
@click.option(
    "--heading",
    "headings",
    multiple=True,
    metavar="OLD=NEW",
    help="Another text for a heading; may be repeated.",
)
@click.option("--no-selected", is_flag=True, help="Give papers marked as selected no section of their own.")
@click.option("--no-charts", is_flag=True, help="Leave out the charts.")
@click.option("--no-script", is_flag=True, help="Leave out search, filters and copy buttons.")
@click.option(
    "--base-url", default="", metavar="URL", help="Where it will stand; adds a feed and a site map."
)
@click.option(
    "--paper-pages", is_flag=True, help="Make a page for each paper, with the tags that indexes read."
)
@click.option("--templates", metavar="FOLDER", help="Your templates, in front of pubkit's own.")
@click.option("--watch", "again", is_flag=True, help="Make it again whenever an input changes.")
@click.option("--serve", "show", is_flag=True, help="Show it at 127.0.0.1, to this machine only.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="For --serve.")
@options.force
@options.reading
@options.strict
@options.verbose
@options.quiet
def command(
    *,
    inputs: tuple[str, ...],
    from_: str | None,
    output: str,
    headings: tuple[str, ...],
    group_by: tuple[str, ...],
    no_selected: bool,
    no_charts: bool,
    no_script: bool,
    again: bool,
    show: bool,
    port: int,
    force: bool,
    encoding: str | None,
    strict: bool,
    verbose: bool,
    quiet: bool,
    **given: Any,
) -> None:
    """Make a publications page of lists or libraries: index.html and downloads, in a folder.

    The page needs nothing else: no server, no request, no script to be read. It takes the entries as they
    are; `pubkit publish` cleans them first.
    """
    from pubkit.page.build import page

    sources = files.given(inputs)
    renamed = dict(_pair(text) for text in headings)
    beside = Path(sources[0]).parent if sources[0] != "-" else None

    def make() -> None:
        nonlocal force
        library = files.read(sources, from_, encoding=encoding, strict=strict, owner=given["owner"])
        with logged(quiet=quiet), working("making the page"):
            site = page(
                library,
                group_by=group_by,
                headings=renamed,
                selected=not no_selected,
                show_charts=not no_charts,
                script=not no_script,
                folder=beside,
                **given,
            )
        site.write(output, force=force)
        force = True  # what a later run replaces is our own
        if not quiet:
            show_diagnostics((*library.diagnostics, *site.diagnostics), verbose=verbose)
            say(f"wrote {output}: {plural(len(library), 'paper')}, {', '.join(sorted(site.files))}")

    if show:
        from pubkit.cli.serve import serve

        serve(output, port)
    if again:
        from pubkit.cli.watch import watch

        watch(lambda: sources, make)
    else:
        make()
    if show:
        threading.Event().wait()


def _pair(text: str) -> tuple[str, str]:
    """Cut OLD=NEW."""
    old, equals, new = text.partition("=")
    if not equals or not old:
        raise click.BadParameter(f"{text!r} is not OLD=NEW", param_hint="--heading")
    return old, new
