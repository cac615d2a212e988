"""Keeping a library: what differs, merging two of them, adding to one, one change at a time."""

from pubkit.keeping.add import Added, add
from pubkit.keeping.diff import Difference, EntryChange, FieldChange, diff
from pubkit.keeping.merge import MergeConflict, Merged, merge

__all__ = [
    "Added",
    "Difference",
    "EntryChange",
    "FieldChange",
    "MergeConflict",
    "Merged",
    "add",
    "diff",
    "merge",
]
