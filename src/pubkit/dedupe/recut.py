"""References cut in the wrong place: what stands before or behind a title and belongs to another field.

Parsers of citation strings leave a name and a year before a title ("Seung (1995). Learning from …"), and the
venue behind it ("Learning from …. In Proceedings of …"). What is found is compared where it belongs; the
entry itself stays as it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pubkit.model.venues import find


class Recut(NamedTuple):
    """A title as it was meant, and what stood around it; "" where nothing did."""

    title: str
    name: str = ""
    year: str = ""
    venue: str = ""


_YEAR = r"(?:1[6-9]|20)\d\d"
# "Schapire (1996). Experiments …", "Leslie 1989. A general …", "valiant [1987]. 'On …", "(1993) …".
_NAME_YEAR = re.compile(
    rf"^(?:(?P<name>[^()\[\]\d]{{2,80}}?)[\s.,]*[(\[](?P<a>{_YEAR})[a-z]?[)\]]\s*[.,:]"
    rf"|(?P<word>[^\W\d]{{2,20}}) (?P<b>{_YEAR})[.,]|[(\[](?P<c>{_YEAR})[a-z]?[)\]][.,]?)\s+(?=\S.{{15}})"
)
# "1993 Inference of …": only where the entry has no year of its own, for some titles begin with one.
_LONE_YEAR = re.compile(rf"^(?P<year>{_YEAR})[a-z]?[.,:]?\s+(?=[^\W\d]\S*\s\S+\s\S.{{8}})")
# "M. K. Warmuth, A comparison of …" or "Warmuth. A comparison of …", each behind a list of names that stops.
_TITLE_BEGINS = r"(?=['‘“\"]?[^\W\d]\S*\s\S+\s\S.{8})"
_LONE_NAME = re.compile(
    rf"^(?P<name>(?:[^\W\d_]\.[\s-]?){{1,3}}[^\W\d_][\w'’-]{{2,20}})[.,]\s+{_TITLE_BEGINS}"
)
_LONE_FAMILY = re.compile(rf"^(?P<name>[^\W\d_][\w'’-]{{2,20}})(?:[.,]|(?=\s+['‘“\"]))\s+{_TITLE_BEGINS}")
# "…, Y. Singer,": another name may follow.
_STOPS = re.compile(r"(?:,|&|\band)$")
# "M. J. Kearns and U.", "D. Haussler, M. Kearns, R.": a family name is missing.
_STOPS_WITHIN = re.compile(
    r"(?:(?:&|\band)\s+|\b[^\W\d_]\.\s*[\w'’-]{2,},\s+)(?:[^\W\d_]\.[\s-]?){1,3}$", re.IGNORECASE
)
# Where a sentence ends within a title.
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2})['’”\",)]{0,2}[.;]['’”\"]?\s+(?=[^\W\d]|[\"'])")
# What begins a sentence that is no part of a title.
_BEHIND = re.compile(
    r"['‘“\"]?(?:in:? (?:the )?(?:\d+\w* |\w+ )?(?:annual )?"
    r"(?:proc\b|proceedings|conference|symposium|workshop|advances in|(?:[^\W\d_]\.[\s-]?){1,3})"
    r"|proceedings of|proc\. |technical report|tech\.? (?:rep|report)|research report"
    r"|ph\.? ?d\.? (?:thesis|dissertation)|master'?s thesis|doctoral (?:thesis|dissertation)"
    r"|unpublished|submitted (?:to|for)|to appear|(?:an )?extended abstract app|available (?:at|from|online)"
    r"|https?:|www\.|pages \d|vol(?:ume|\.) \d)",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(r"\s*[,.;:(\d]")
# So many words a title has at least.
_LEAST_WORDS = 3


def recut(title: str, names: str, *, dated: bool) -> Recut:
    """Return a title without what belongs to other fields.

    Args:
        title: The title as plain text.
        names: The source of the list of names.
        dated: Whether the entry has a year of its own.

    >>> recut("Seung (1995). Learning from a population of hypotheses", "Kearns, M. & H.S.", dated=False)
    Recut(title='Learning from a population of hypotheses', name='Seung', year='1995', venue='')
    >>> recut("Inference of automata. In Proceedings of STOC, pages 1-9", "", dated=True).venue
    'In Proceedings of STOC, pages 1-9'
    >>> recut("1984 and the future of the novel", "Wu, T.", dated=True).title
    '1984 and the future of the novel'
    """
    name = year = venue = ""
    end = names[-60:].rstrip()
    within = end[-1:] == "." and _STOPS_WITHIN.search(end) is not None
    stops = within or _STOPS.search(end) is not None
    found = _NAME_YEAR.match(title)
    if found:
        name, year = found["name"] or found["word"] or "", found["a"] or found["b"] or found["c"]
    elif not dated and (found := _LONE_YEAR.match(title)):
        year = found["year"]
    elif (stops and (found := _LONE_NAME.match(title))) or (within and (found := _LONE_FAMILY.match(title))):
        name = found["name"]
    if found:
        title = title[found.end() :]
    if ". " in title or "; " in title:
        title, venue = _without_venue(title)
    return Recut(title, name.strip(" ,.'\"‘“") if stops else "", year, venue)


def _without_venue(title: str) -> tuple[str, str]:
    """Return a title, and the sentences behind it that name where it appeared."""
    for end in _SENTENCE.finditer(title):
        if len(title[: end.start()].split()) < _LEAST_WORDS:
            continue
        rest = title[end.end() :]
        stop = _NAME_ENDS.search(rest)
        if _BEHIND.match(rest) or find(rest[: stop.start()] if stop else rest):
            return title[: end.start()], rest
    return title, ""
