"""Thumbnails: small pictures beside papers, put into the page so that it needs no other file."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pubkit.diagnostics import Diagnostic, Severity
from pubkit.model.entry import Entry

#: Pictures above this many bytes are left out: a page of papers is no gallery.
MAX_BYTES = 200_000
_FIELDS = ("thumbnail", "preview", "image", "teaser")
# How each kind of picture begins, and its media type. SVG is left out: it can hold scripts and fetch.
_KINDS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "image/avif"),
)


def thumbnails(entries: Iterable[Entry], folder: Path | None, report: list[Diagnostic]) -> Mapping[int, str]:
    """Return the thumbnails of entries as `data:` addresses, by the position of the entry.

    Args:
        entries: The entries; `thumbnail`, `preview`, `image` or `teaser` names a file in `folder`.
        folder: Where the pictures lie; files outside of it are not read. None for no pictures.
        report: A list to which is added what could not be shown, and why.
    """
    found = {}
    for number, entry in enumerate(entries):
        name = next((entry[field].strip() for field in _FIELDS if entry.get(field, "").strip()), "")
        if not name or folder is None:
            continue
        address, problem = _read(folder, name)
        if address:
            found[number] = address
        else:
            hint = "name a PNG, JPEG, GIF, WebP or AVIF file beside the list"
            message = f"the thumbnail {name!r} {problem}"
            report.append(Diagnostic("PK530", message, Severity.WARNING, entry.location(), hint))
    return found


def _read(folder: Path, name: str) -> tuple[str, str]:
    """Return the address of a picture, or what is wrong with it."""
    root = folder.resolve()
    try:
        file = (root / name).resolve()
        if not file.is_relative_to(root):
            return "", "lies outside the folder of the list"
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        return "", f"cannot be read ({getattr(error, 'strerror', None) or error})"
    if len(data) > MAX_BYTES:
        return "", f"is larger than {MAX_BYTES // 1000} kB"
    kind = next((media for start, media in _KINDS if start.match(data)), "")
    if not kind:
        return "", "is no picture of a known kind"
    return f"data:{kind};base64,{base64.b64encode(data).decode()}", ""
