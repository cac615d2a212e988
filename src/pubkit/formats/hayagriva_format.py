"""Hayagriva's YAML as a format."""

from __future__ import annotations

from pubkit.formats.base import Format
from pubkit.formats.hayagriva import read, sniff
from pubkit.formats.hayagriva_writing import write

HAYAGRIVA = Format(
    name="hayagriva",
    title="Hayagriva YAML (Typst)",
    extensions=(".yml", ".yaml"),
    sniff=sniff,
    read=read,
    write=write,
    keyed=True,
)
