"""Inputs and outputs of the verbs: `-`, pipes, several files, and nothing overwritten unasked."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from pubkit import api
from pubkit.cli.console import show_diagnostics
from pubkit.cli.options import READING
from pubkit.cli.progress import working
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.errors import ReadError, WriteError
from pubkit.formats.base import Format
from pubkit.model.library import Library


def given(inputs: Sequence[str]) -> tuple[str, ...]:
    """Return the inputs, or standard input where none is named and something is piped in."""
    if inputs:
        return tuple(inputs)
    if sys.stdin.isatty():
        raise click.UsageError(
            "no input was given; name a file, or - for standard input", click.get_current_context()
        )
    return ("-",)


def read(inputs: Sequence[str], from_: str | None, **options: Any) -> Library:
    """Read the inputs to one library; options that are None or empty are left to their defaults.

    Raises:
        ReadError: Nothing could be read: an empty input, a list without a paper, a file of broken entries.
    """
    with working("reading"):
        library = api.read_many(given(inputs), format=from_, **said(options), **reading())
    if not library:
        errors = [found for found in library.diagnostics if found.severity is Severity.ERROR]
        if errors:
            show_diagnostics([found for found in library.diagnostics if found is not errors[0]])
            raise ReadError(errors[0].message, hint=errors[0].hint, where=str(errors[0].location))
    return library


#: Larger files, packed or not, are converted part by part where their formats allow that.
LARGE = 1 << 24


def large(inputs: Sequence[str]) -> bool:
    """Say whether an input is a large file."""
    return any(Path(path).is_file() and Path(path).stat().st_size > LARGE for path in inputs)


def stream(
    inputs: Sequence[str],
    from_: str | None,
    target: Format,
    output: str,
    *,
    force: bool,
    encoding: str | None,
    verbose: bool,
    quiet: bool,
) -> bool:
    """Convert large inputs part by part; False, and nothing done, where a format does not allow that."""
    from pubkit.formats.streaming import streamed_format

    if target.between is None and target.pour is None:
        return False
    if "-" in inputs or not all(streamed_format(path, from_) for path in inputs):
        return False
    seen: Counter[tuple[str, Severity]] = Counter()
    shown: dict[tuple[str, Severity], Diagnostic] = {}

    def tell(found: Iterable[Diagnostic]) -> None:
        if verbose:
            show_diagnostics(found, verbose=True)
            return
        for one in found:
            seen[one.code, one.severity] += 1
            shown.setdefault((one.code, one.severity), one)

    def parts() -> Iterator[Library]:
        for path in inputs:
            for library in api.read_batches(path, format=from_, encoding=encoding, **reading("max_bytes")):
                tell(library.diagnostics)
                yield library

    # No bar where it would stand between lines that are printed meanwhile.
    printing = verbose or (output == "-" and sys.stdout.isatty())
    with nullcontext() if printing else working("converting"):
        api.write_batches(parts(), output, format=target.name, force=force, report=tell)
    for which, one in shown.items():
        more = f" (the first of {seen[which]:,} such findings)" if seen[which] > 1 else ""
        show_diagnostics([replace(one, message=one.message + more)], quiet=quiet)
    return True


def reading(*names: str) -> dict[str, Any]:
    """Return the options of the readers that the user gave on the command line.

    Args:
        *names: Those that the reader takes; by default `max_bytes`, `subtitles` and `related`.
    """
    context = click.get_current_context(silent=True)
    given: dict[str, Any] = context.meta.get(READING, {}) if context else {}
    return {name: value for name, value in given.items() if not names or name in names}


def said(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options that the user set."""
    return {name: value for name, value in options.items() if value not in (None, "", False)}


def out_format(name: str | None, output: str, default: str = "bibtex") -> Format:
    """Return the format to write: the one named, else the output's, else the default."""
    from pubkit.formats.detect import format_of_path, get_format

    if name:
        return get_format(name)
    if output == "-":
        return get_format(default)
    found = format_of_path(output)
    if found is None:
        raise WriteError("the extension tells no format", hint="name one with -t", where=output)
    return found


def same_format(library: Library, path: str, from_: str | None) -> Format:
    """Return the format that writes an input back."""
    from pubkit.formats.detect import detect, format_of_path, get_format

    if from_:
        found: Format | None = get_format(from_)
    elif library.document is not None:
        found = detect(library.document)
    else:  # a reader whose format is not written keeps no document
        found = format_of_path(path)
    if found is None or found.write is None:
        raise WriteError(
            "an input of this format cannot be written back",
            hint="make a .bib of it first: pubkit convert IN -o OUT.bib",
            where=path,
        )
    return found


def in_place(inputs: Sequence[str], output: str, to: str | None) -> None:
    """Refuse what contradicts --in-place; lock the inputs until the command ends."""
    ctx = click.get_current_context()
    if output != "-" or to:
        raise click.UsageError("--in-place writes to the input; leave out -o and -t", ctx)
    if not inputs or "-" in inputs:
        raise click.UsageError("--in-place needs files, not standard input", ctx)
    from pubkit.keeping.locking import all_locked

    ctx.with_resource(all_locked(inputs))  # what another process adds meanwhile must not be lost


def write(library: Library, target: Format, path: str, *, force: bool, **options: Any) -> list[Diagnostic]:
    """Write a library whole or not at all, and return what the format could not carry."""
    report: list[Diagnostic] = []
    with working("writing"):
        api.write(library, path, format=target.name, force=force, report=report, **said(options))
    return report
