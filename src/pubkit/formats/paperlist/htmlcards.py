"""Pages that set each paper as a card: elements of one name and class side by side, each a whole entry.

So do the themes of Hugo and Jekyll, WordPress plug-ins, and definition lists with the title as the term.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pubkit.formats.paperlist import htmltree, people
from pubkit.formats.paperlist.shapes import ANY_YEAR, is_labels

_CARDS = frozenset(("div", "article", "section", "tr", "figure"))
#: Elements that go on in the line in which they stand.
GOES_ON = frozenset(
    [
        "a",
        "abbr",
        "b",
        "cite",
        "code",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "label",
        "q",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
# A card has so many characters; longer ones are sections, shorter ones labels.
_SHORTEST, _LONGEST = 30, 1500
# Of elements set alike, this share must be entries.
_ENOUGH = 0.6
_FEWEST_WORDS = 3  # of a title
_SAMPLE = 60
# An element of more parts is no card, however little text they hold: looking into it could take long.
_MOST_PARTS = 400

Part = htmltree.Text | htmltree.Start | htmltree.End


@dataclass(slots=True)
class _Element:
    """An element: its part, the one behind it, and what it holds."""

    name: str
    kind: str
    start: int
    end: int = 0
    length: int = 0
    children: list[_Element] = field(default_factory=list)


def cards(parts: Sequence[Part]) -> Mapping[int, int]:
    """Return where cards stand: the number of their first part → that of the part behind them.

    Args:
        parts: The parts of a page.
    """
    found: dict[int, int] = {}
    waiting = [_tree(parts)]
    while waiting:
        element = waiting.pop()
        if element.name == "dl":
            found.update(_terms(parts, element))
            continue
        alike: dict[str, list[_Element]] = defaultdict(list)
        for child in element.children:
            if child.kind:
                alike[child.kind].append(child)
        taken: set[int] = set()
        for group in alike.values():
            if len(group) > 1 and _are_entries(parts, group):
                sized = [card for card in group if _has_size(card)]
                found.update((card.start, card.end) for card in sized)
                taken.update(card.start for card in sized)
        waiting += [child for child in element.children if child.start not in taken]
    return found


def _tree(parts: Sequence[Part]) -> _Element:
    root = _Element("", "", 0, len(parts))
    open_ = [root]
    for at, part in enumerate(parts):
        if isinstance(part, htmltree.Start):
            named = part.attributes.get("class", "").strip()
            kind = f"{part.name} {named}" if part.name in _CARDS and named else ""
            element = _Element(part.name, kind, at)
            open_[-1].children.append(element)
            open_.append(element)
        elif isinstance(part, htmltree.End):
            if len(open_) > 1:
                closed = open_.pop()
                closed.end = at + 1
                open_[-1].length += closed.length
        else:
            open_[-1].length += len(part.text)
    for element in open_[1:]:
        element.end = len(parts)
    return root


def _has_size(element: _Element) -> bool:
    return _SHORTEST <= element.length <= _LONGEST and element.end - element.start <= _MOST_PARTS


def _are_entries(parts: Sequence[Part], group: Sequence[_Element]) -> bool:
    sized = [each for each in group if _has_size(each)]
    if len(sized) < max(2, len(group) * _ENOUGH):
        return False
    sample = sized[:: max(1, len(sized) // _SAMPLE)]
    good = sum(_is_entry(list(_lines(parts, each.start, each.end))) for each in sample)
    return good >= max(2, len(sample) * _ENOUGH)


def _is_entry(lines: Sequence[str]) -> bool:
    """Tell whether lines are one entry: a title, one line of names, and not many years."""
    lines = [line for line in lines if not is_labels(line)]
    named = [at for at, line in enumerate(lines) if people.are_names(line) and not _is_title(line)]
    titles = [at for at, line in enumerate(lines) if _is_title(line)]
    years = {year for line in lines for year in ANY_YEAR.findall(line)}
    return (
        len(lines) > 1 and len(named) == 1 and bool(titles) and titles[0] <= named[0] + 1 and len(years) < 3
    )


def _is_title(line: str) -> bool:
    words = line.split()
    return len(words) >= _FEWEST_WORDS and people.score(line) < 0 and not people.is_list(line)


def _terms(parts: Sequence[Part], element: _Element) -> Iterator[tuple[int, int]]:
    """Yield the terms of a definition list with what defines them, where the terms are titles."""
    terms = [child for child in element.children if child.name == "dt"]
    titles = [term for term in terms if _is_title(" ".join(_lines(parts, term.start, term.end)))]
    if len(titles) < max(1, len(terms) * _ENOUGH):
        return
    ends = [*(term.start for term in terms[1:]), max(element.start, element.end - 1)]
    yield from ((term.start, end) for term, end in zip(terms, ends, strict=True))


def _lines(parts: Sequence[Part], start: int, end: int) -> Iterator[str]:
    """Yield the lines of an element as a page shows them."""
    open_: list[str] = []
    for part in parts[start:end]:
        if isinstance(part, htmltree.Text):
            open_.append(part.text)
        elif part.name not in GOES_ON and open_:
            if line := " ".join("".join(open_).split()):
                yield line
            open_.clear()
    if line := " ".join("".join(open_).split()):
        yield line
