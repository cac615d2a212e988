"""What of an entry's text no field holds: it is kept as a note, so that nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pubkit.formats.paperlist import people
from pubkit.formats.paperlist.found import Atom
from pubkit.formats.paperlist.kinds import THESIS
from pubkit.formats.paperlist.words import words
from pubkit.text.fold import fold

_WORD = re.compile(r"[^\W_]+")
# Words that only connect or name what follows them: "in", "vol.", "pages".
_QUIET = words("leftover.quiet")
# Atoms whose own words are read into a value that does not repeat them.
_READ = frozenset(("status", "link", "noise", "genre", "citation", "doi", "arxiv", "with"))
# Words that say what marks on names mean.
_OF_MARKS = frozenset(
    ["equal", "equally", "contribution", "contributions", "contributed", "corresponding", "author", "authors"]
)
# Longer texts are cut off: what lies behind is in the entry's source.
MAX_TEXT = 5000


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans with those that touch made one: labels of links stand side by side."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def unread(text: str, atoms: Iterable[Atom], fields: Mapping[str, str], links: Iterable[str]) -> list[str]:
    """Return the stretches of an entry's text whose words stand in no field.

    Args:
        text: The entry's text.
        atoms: Its atoms.
        fields: Its fields.
        links: Labels and targets of its links.

    >>> unread("A. Li. On X. Nature 3, rather good, 2020.", (), {"author": "Li, A.", "title": "On X",
    ...        "journaltitle": "Nature", "volume": "3", "date": "2020"}, ())
    ['rather good']
    """
    text = text[:MAX_TEXT]
    held = fold(" ".join((*fields.values(), *links)).replace("{", "").replace("}", ""))
    spans = [
        (atom.start, atom.end)
        for atom in atoms
        if atom.kind in _READ
        or (atom.kind == "date" and atom.value[:4] in held)
        or (atom.more and all(fold(value) in held for _, value in atom.more))
    ]
    spans += [match.span() for match in people.ET_AL.finditer(text)]
    spans += [match.span() for match in people.HOMONYM.finditer(text)]
    spans += [match.span() for match in THESIS.finditer(text)] if "type" in fields else []
    spans = _joined(spans)
    marked = _OF_MARKS if "author+an" in fields else frozenset()
    found: list[str] = []
    open_: tuple[int, int] | None = None
    for match in _WORD.finditer(text):
        start, end = match.span()
        folded = fold(match[0])
        if (
            len(folded) < 2
            or folded in _QUIET
            or folded in marked
            or folded in held
            or all(part in held for part in folded.split())
            or any(first <= start and end <= last for first, last in spans)
        ):
            if open_ is not None and folded in held and len(folded) > 3:
                found.append(text[open_[0] : open_[1]])
                open_ = None
            continue
        if open_ is not None and (start - open_[1] > 40 or "\n" in text[open_[1] : start]):
            found.append(text[open_[0] : open_[1]])
            open_ = None
        open_ = (open_[0] if open_ else start, end)
    if open_ is not None:
        found.append(text[open_[0] : open_[1]])
    return [" ".join(stretch.split()) for stretch in found]
