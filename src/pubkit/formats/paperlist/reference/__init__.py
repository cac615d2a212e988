"""One reference string, read by a sequence labeller.

The way through: `tokens` → `features` → `tagger` (a conditional random field; its model is `model.crfsuite`,
made by the scripts in `training/`) → `values` (segments to plain values) → `reading` (fields, type, rest).
"""

from __future__ import annotations

from pubkit.formats.paperlist.reference.features import MARKS, Marked
from pubkit.formats.paperlist.reference.reading import Reading, read_reference
from pubkit.formats.paperlist.reference.tagger import Segment

__all__ = ["MARKS", "Marked", "Reading", "Segment", "read_reference"]
