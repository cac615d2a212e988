"""MODS as a format."""

from __future__ import annotations

from pubkit.formats.base import Format
from pubkit.formats.mods import read, sniff
from pubkit.formats.mods_writing import write

MODS = Format(
    name="mods",
    title="MODS (Library of Congress, JabRef, Zotero, bibutils)",
    extensions=(".mods", ".xml"),
    sniff=sniff,
    read=read,
    write=write,
)
