"""Names: reading, writing and checking name-list fields. The work is done in the `name_*` modules."""

from __future__ import annotations

from pubkit.model.name_checking import name_problems
from pubkit.model.name_grammar import NameParts, parse_parts, split_names
from pubkit.model.name_reading import Name, Names, parse_name, parse_names
from pubkit.model.name_writing import format_name, format_names

__all__ = [
    "Name",
    "NameParts",
    "Names",
    "format_name",
    "format_names",
    "name_problems",
    "parse_name",
    "parse_names",
    "parse_parts",
    "split_names",
]
