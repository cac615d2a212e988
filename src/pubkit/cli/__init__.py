"""The command line: `pubkit VERB IN… [-f FROM] [-t TO] [-o OUT]`. Data on stdout, messages on stderr."""

from __future__ import annotations

import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command line and leave with its exit code: 0, 1 for findings, 2 where it could not run."""
    from pubkit.cli.run import run

    # A terminal that cannot show a character gets its number instead of an error.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))
