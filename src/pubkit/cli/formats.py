"""`pubkit formats`: the formats that -f and -t take."""

from __future__ import annotations

from pubkit.cli.console import say
from pubkit.cli.group import verb
from pubkit.cli.table import show_table


@verb(
    "formats",
    "List the file formats.",
    examples="""
    pubkit formats
    pubkit convert refs.bib -t ris
    """,
)
def command() -> None:
    """List the file formats: name for -f and -t, read or write, what it is, extensions."""
    from pubkit.formats.detect import formats

    show_table(
        [
            found.name,
            "/".join(word for word, way in (("read", found.read), ("write", found.write)) if way),
            found.title,
            " ".join(found.extensions),
        ]
        for found in formats()
    )
    say("\nuse one: pubkit convert refs.bib -t ris")
