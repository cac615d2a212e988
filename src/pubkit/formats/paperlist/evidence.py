"""Whether an item of a list is a publication."""

from __future__ import annotations

import re

from pubkit.formats.paperlist import headings, people
from pubkit.formats.paperlist.layout import Reading

# Words of somebody who speaks to the reader: a paragraph about the list, and no entry of it.
_PROSE = re.compile(
    r"\b(?:I|I['’]m|[Mm]y|[Ww]e|[Oo]ur|[Yy]ou|[Yy]our|[Cc]lick|[Pp]lease|[Gg]oogle [Ss]cholar|ORCID"
    r"|[Ss]ee also|updated|denotes?|indicates?"
    r"|ich|meine?r?|je|mes|nous|mis|minhas|mie)\b|contributed equally|full list|last change"
)
_LETTER = re.compile(r"[^\W\d_]")


def is_publication(reading: Reading, title: str, found: list[people.Person], venue: str) -> bool:
    """Tell whether an item has what a publication needs; without a marker it must show more."""
    letters = len(_LETTER.findall(title[:601]))
    if letters < 3 or len(title) > 600:
        return False
    if headings.is_known(title) and len(title.split()) < 3:
        return False
    kinds_ = {atom.kind for atom in reading.atoms}
    group = reading.item.group
    dated = bool("date" in kinds_ or "status" in kinds_ or group.year or group.status)
    named = len(found) > 0
    proven = bool(kinds_ & {"doi", "arxiv", "isbn"})
    if group.strict:
        linked = any(run[3] for run in reading.item.runs) or "link" in kinds_
        return dated and named and letters > 8 and (proven or linked)
    if reading.item.certain:
        return (
            (dated and (named or bool(venue) or letters > 8))
            or proven
            or (named and bool(venue))
            or (named and letters > 12)
        )
    if group.listed and dated and letters > 12 and not _PROSE.search(reading.item.text[:400]):
        return True
    if not (dated or proven):
        return named and bool(venue) and "volume" in kinds_ and _holds(reading)
    return (named or bool(venue)) and _holds(reading)


def _holds(reading: Reading) -> bool:
    """Tell whether authors or venue of an unmarked paragraph are more than a guess."""
    values = []
    for name in ("A", "V"):
        span = reading.cut.fields.get(name)
        if span:
            scores = [piece.scores[name] for piece in reading.pieces[span[0] : span[1]]]
            values.append(max(scores))
    return max(values, default=0) > 1.0
