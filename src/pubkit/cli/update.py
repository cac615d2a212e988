"""`pubkit update`: the publications in a document, kept current."""

from __future__ import annotations

import click

from pubkit import api
from pubkit.cli import files, options
from pubkit.cli.changes import show_diff
from pubkit.cli.console import plural, say, show_diagnostics
from pubkit.cli.group import verb
from pubkit.cli.progress import working


@verb(
    "update",
    "Keep the publications in a CV or page current.",
    examples="""
    pubkit update cv.md --library refs.bib
    pubkit update index.html cv.tex --check
    """,
)
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT…")
@click.option(
    "--library",
    "libraries",
    multiple=True,
    metavar="FILE",
    help="The publications, where a region names none with from=.",
)
@options.from_
@options.owner
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a document is not current.")
@options.diff
@options.quiet
def command(
    *,
    documents: tuple[str, ...],
    libraries: tuple[str, ...],
    from_: str | None,
    owner: str,
    check: bool,
    diff: bool,
    quiet: bool,
) -> int:
    """Replace the lists between pubkit's markers in documents; everything else stays byte for byte.

    In Markdown and HTML a region is <!-- pubkit: publications from=refs.bib style=apa group=year --> …
    <!-- pubkit: end -->; in LaTeX the markers are comments with %, in reStructuredText with .., in Typst with
    //, in Org with #.
    """
    library = files.read(libraries, from_, owner=owner) if libraries else None
    stale = 0
    for document in documents:
        with working("updating"):
            done = api.update(document, library, write=not (check or diff))
        stale += done.changed
        # Notes about what a list cannot hold are not for a hook that runs at every commit.
        show_diagnostics([one for one in done.diagnostics if one.severity != "info"], quiet=quiet)
        if diff:
            show_diff(done.old, done.new, document)
        elif not quiet:
            state = "current" if not done.changed else "not current" if check else "updated"
            say(f"{document}: {state}, {plural(done.regions, 'region')}")
    return 1 if check and stale else 0
