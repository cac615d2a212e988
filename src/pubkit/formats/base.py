"""What a format is: a name, how to recognise it, and how to read and write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from pubkit.diagnostics import Diagnostic
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Stream


@dataclass(frozen=True, slots=True)
class Format:
    """One file format.

    Attributes:
        name: The name in `format=` and `-f/-t`, e.g. "csl-json".
        title: What it is, for the list of formats.
        extensions: File extensions in lower case with the dot, the preferred one first.
        sniff: Says how surely a text is of this format: 0.0 (no) to 1.0 (certain). Gets the whole text and
            must not take longer than a look at its first 64 KB.
        read: Document → library; options of the format as keyword arguments. None if it cannot be read.
        write: Library → text; options of the format as keyword arguments, and `report`, a list to which it
            adds what could not be carried. None if it cannot be written.
        read_options: Names of the keyword arguments that `read` takes.
        write_options: Names of the keyword arguments that `write` takes.
        keyed: Whether each entry must have a citation key to be written.
        sniff_bytes: For formats that are no text: says how surely bytes are of this format. Such a format's
            `sniff` returns 0.0.
        read_bytes: For formats that are no text: bytes and a name for messages → library.
        stream: For formats whose files may be larger than memory: a `Stream`, and a list to which findings
            are added → entries one by one.
        between: What stands between two texts of this format so that both are one; None where two texts
            cannot be one.
        pour: Writes libraries to one file, one after another, where putting texts together does not do.
    """

    name: str
    title: str
    extensions: tuple[str, ...]
    sniff: Callable[[str], float]
    read: Callable[..., Library] | None = None
    write: Callable[..., str] | None = None
    read_options: tuple[str, ...] = ()
    write_options: tuple[str, ...] = ()
    keyed: bool = False
    sniff_bytes: Callable[[bytes], float] | None = None
    read_bytes: Callable[..., Library] | None = None
    stream: Callable[[Stream, list[Diagnostic]], Iterator[Entry]] | None = None
    between: str | None = None
    pour: Callable[[Iterable[Library], TextIO], None] | None = None
