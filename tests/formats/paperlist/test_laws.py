"""Laws of the list reader: nothing is dropped, spans lie in the text, order means nothing."""

from __future__ import annotations

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pubkit.formats.paperlist.inputs import READERS
from pubkit.formats.paperlist.reader import read
from pubkit.formats.paperlist.words import words
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document
from pubkit.text.fold import fold

PARTS = (
    "\n|\n\n|\n- |\n1. |. |, |: |; |“|”|'|(| )|*|**|et al.|with |A. Li|Jane Example|, and |Ng, B.|2020"
    "|(2021)|March |ICML|Nature|Journal of Lists|In Proc. of Flocks|Counting sheep at night|On X|of |12(3)"
    "|pp. 4-9|vol. 8|to appear|submitted|Best Paper Award|doi:10.1234/xyz|arXiv:2001.01234|[pdf]|Oxford"
    "|https://a.example/b.pdf|Springer|remark|† |* equal contribution|PhD thesis|Univ. of Y|'19|第3巻"
)
TEXTS = st.lists(st.sampled_from(PARTS.split("|")), min_size=4, max_size=50).map(
    lambda parts: "Publications\n\n- " + " ".join(parts)
)
MARKUPS = st.sampled_from(sorted(READERS))
WORD = re.compile(r"[^\W_]{2,}")
QUIET = words("leftover.quiet")
# What a stretch was read as, where its words give a value of another wording ("to appear" → forthcoming).
REWORDED = ("state", "date", "link", "identifier", "type")


# What says the meaning of marks on names is in `author+an`.
OF_MARKS = frozenset(("equal", "contribution"))


def lost(entry: Entry) -> list[str]:
    """Return the words of an entry's text that stand nowhere in it."""
    text = entry.extra["text"]
    links = [part for link in entry.extra.get("links", ()) for part in link]
    held = fold(" ".join([*entry.values(), *links]).replace("{", "").replace("}", ""))
    spans = [(start, end) for start, end, name in entry.extra["spans"] if name in REWORDED]
    numbers = [(start, end) for start, end, name in entry.extra["spans"] if name == "numbers"]

    def is_number(match: re.Match[str]) -> bool:
        """Tell whether a word only names a number that is held: "第3巻", "pp4"."""
        inside = any(start <= match.start() and match.end() <= end for start, end in numbers)
        return inside and all(digits in held for digits in re.findall(r"\d+", match[0]))

    return [
        match[0]
        for match in WORD.finditer(text)
        if not is_number(match)
        and (folded := fold(match[0])) not in held
        and folded not in QUIET
        and not ("author+an" in entry and folded in OF_MARKS)
        and not all(part in held for part in folded.split())
        and not any(start <= match.start() and match.end() <= end for start, end in spans)
    ]


@settings(max_examples=200, deadline=None)
@given(TEXTS, MARKUPS)
def test_nothing_of_an_entry_is_dropped(text: str, markup: str) -> None:
    for entry in read(Document("", text), markup=markup):
        assert not lost(entry), entry


@settings(max_examples=100, deadline=None)
@given(TEXTS, MARKUPS)
def test_spans_lie_in_the_text_and_in_order(text: str, markup: str) -> None:
    library = read(Document("", text), markup=markup)
    for entry in library:
        at = 0
        for start, end, _ in entry.extra["spans"]:
            assert at <= start < end <= len(entry.extra["text"])
            at = end
        assert entry.source is not None
        assert 0 <= entry.source.start <= entry.source.end <= len(text)
        assert all(0 <= value <= 1 for value in entry.extra["confidence"].values())


@settings(max_examples=50, deadline=None)
@given(TEXTS, MARKUPS)
def test_reading_is_deterministic(text: str, markup: str) -> None:
    one, other = (read(Document("", text), markup=markup) for _ in range(2))
    assert one == other


NAMES = ("A. Lindgren", "T. Adeyemi", "E. Castro", "J. Niemi", "K. Osei", "H. Tamura")
TITLES = (
    "Counting sheep at night",
    "Braiding rivers in flumes",
    "Soil crusts and runoff",
    "A note on lazy merging",
)
JOURNALS = ("Journal of Lists", "Annals of Brevity", "Physica Q", "Geomorphology")
LAYOUTS = (
    "{names}. {title}. {journal} {volume} ({year}), {first}-{last}.",
    '{names}, "{title}," {journal}, vol. {volume}, pp. {first}-{last}, {year}.',
    "{title}. {names}. {journal}, {volume}:{first}-{last}, {year}.",
    "{names} ({year}). {title}. {journal}, {volume}, {first}-{last}.",
)


@st.composite
def regular(draw: st.DrawFn) -> list[str]:
    layout = draw(st.sampled_from(LAYOUTS))
    entries = []
    for number in range(draw(st.integers(4, 12))):
        first = 10 * number + 1
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
        entries.append(
            layout.format(
                names=", ".join(names),
                title=f"{draw(st.sampled_from(TITLES))} in valley {number + 2}",
                journal=draw(st.sampled_from(JOURNALS)),
                volume=draw(st.integers(2, 90)),
                year=draw(st.integers(1990, 2024)),
                first=first,
                last=first + 8,
            )
        )
    return entries


def facts(library: Library) -> list[tuple[tuple[str, str], ...]]:
    return sorted((("type", entry.type), *sorted(entry.items())) for entry in library)


@settings(max_examples=40, deadline=None)
@given(regular(), st.randoms(use_true_random=False))
def test_the_order_of_a_regular_list_means_nothing(entries: list[str], rng: random.Random) -> None:
    mixed = entries.copy()
    rng.shuffle(mixed)
    one, other = (
        read(Document("", "Publications\n\n" + "\n".join(f"- {entry}" for entry in listed)))
        for listed in (entries, mixed)
    )
    assert facts(one) == facts(other)
    assert len(one) == len(entries)
