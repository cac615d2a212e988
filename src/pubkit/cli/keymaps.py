"""Changed citation keys: the map beside the output, and the manuscripts that cite them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pubkit.cli.console import plural
from pubkit.errors import ReadError, WriteError
from pubkit.formats.decode import decode
from pubkit.formats.output import write_file
from pubkit.keys import compose, read_key_map, rename_citations, write_key_map
from pubkit.model.library import Library
from pubkit.model.source import Document

_SYNTAX = {
    ".tex": "tex", ".ltx": "tex", ".latex": "tex", ".rnw": "tex", ".lyx": "tex",
    ".md": "markdown", ".markdown": "markdown", ".rmd": "markdown", ".qmd": "markdown",
}  # fmt: skip


def renamed(libraries: Sequence[Library]) -> dict[str, str]:
    """Return the keys that changed, old → new."""
    found: dict[str, str] = {}
    for library in libraries:
        changes = [change for change in library.changes if change.field == "key" and change.after]
        # A key that stood twice: where one of the entries keeps it, it still means that one.
        got = {change.after for change in changes}
        kept = {entry.key for entry in library} - got
        for change in changes:
            if change.before and change.after and change.before not in kept:
                found.setdefault(change.before, change.after)
    return found


def default_name(output: str) -> str:
    """Return where the map of an output goes, "" where it has no place."""
    return "" if output == "-" else str(Path(output).with_suffix("")) + ".keys.json"


def with_earlier(changed: Mapping[str, str], path: str, *, force: bool) -> dict[str, str]:
    """Return the map from the first keys on: what an earlier run wrote to the file, and what changed now.

    Args:
        changed: Old key → new key.
        path: The file; "" where there is none.
        force: Whether a file that is no key map may be replaced.
    """
    if not path or not Path(path).exists():
        return dict(changed)
    try:
        before = read_key_map(Path(path).read_text(encoding="utf-8"), path)
    except (ReadError, UnicodeDecodeError, OSError) as error:
        if force:
            return dict(changed)
        raise WriteError(
            "exists already and is no key map", hint="use --force to replace it", where=path
        ) from error
    return compose(before, changed)


def save(whole: Mapping[str, str], path: str) -> str:
    """Write a key map and return what is to be told of it."""
    write_file(path, write_key_map(whole).encode(), force=True)
    return f"{path}: {plural(len(whole), 'key')}, old → new"


def read_manuscripts(paths: Sequence[str]) -> list[tuple[str, Document]]:
    """Read the manuscripts whose citations are to be renamed, before anything is written."""
    found = []
    for path in paths:
        if Path(path).suffix.lower() not in _SYNTAX:
            hint = f"name a {', '.join(_SYNTAX)}"
            raise ReadError("is no manuscript whose citations can be renamed", hint=hint, where=path)
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise ReadError(
                f"cannot be read ({error.strerror or error})", hint="check the name", where=path
            ) from error
        found.append((path, decode(data, path)[0]))
    return found


def applied(
    manuscripts: Sequence[tuple[str, Document]], changed: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Yield name, text before and text behind of each manuscript."""
    for path, document in manuscripts:
        text, _ = rename_citations(document.text, changed, syntax=_SYNTAX[Path(path).suffix.lower()])
        yield path, document.text, text


def write_manuscripts(
    manuscripts: Sequence[tuple[str, Document]], changed: Mapping[str, str]
) -> Iterator[str]:
    """Rename citations in place; yield what was done in each file."""
    for path, document in manuscripts:
        syntax = _SYNTAX[Path(path).suffix.lower()]
        text, count = rename_citations(document.text, changed, syntax=syntax)
        if count:
            write_file(path, document.bom + text.encode(document.encoding), force=True)
        yield f"{path}: {plural(count, 'citation')} renamed"
