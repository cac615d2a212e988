"""Duplicates: cases, laws, gold sets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubkit.api import read_string
from pubkit.dedupe import DedupeResult, dedupe, restore
from pubkit.dedupe.cluster import Link, cluster
from pubkit.errors import PubkitError
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from tests.cases import parametrize
from tests.conftest import data_path
from tests.dedup.score import measure


def told(result: DedupeResult) -> str:
    lines = []
    for title, groups in (("merged", result.groups), ("work", result.works), ("maybe", result.maybe)):
        for group in groups:
            lines.append(f"{title} {', '.join(group.keys)}: {' | '.join(group.reasons)}")
            lines += [f"  {conflict}" for conflict in group.conflicts]
    for entry in result.library:
        fields = "; ".join(f"{name} {value}" for name, value in entry.items())
        lines.append(f"@{entry.type} {entry.key}: {fields}")
    return "\n".join(lines)


@parametrize("dedupe")
def test_case(case, pytestconfig):
    case.check(told(dedupe(read_string(case.input, format="biblatex"))), pytestconfig)


# -- laws ----------------------------------------------------------------------------------------------------

TITLES = [
    "On the Dances of Honey Bees",
    "On the dances of honey bees.",
    "On the Dance of Honey Bees",
    "On the Dances of Honey Bees: Part II",
    "On the Dances of Honey Bees, Part I",
    "Erratum: On the Dances of Honey Bees",
    "Learning to Route Language Models with Preference Data",
    "RouteLLM: Learning to Route Language Models with Preference Data",
    "Editorial",
    "",
    "蜂の踊り",
]
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.one_of(st.sampled_from(TITLES), st.text(max_size=12)),
        "author": st.sampled_from(
            ["Wu, Tianhao", "T. Wu", "Ong, I. and Wu, T.", "Wu, T. and others", "Li, B."]
        ),
        "date": st.sampled_from(["2020", "2021", "2020-05", "1999", "x"]),
        "journaltitle": st.sampled_from(["Nature", "JMLR", "Journal of Machine Learning Research", "Bees"]),
        "booktitle": st.sampled_from(["ICML 2020", "Proceedings of Bees"]),
        "volume": st.sampled_from(["1", "2"]),
        "pages": st.sampled_from(["1--10", "1", "7-9"]),
        "doi": st.sampled_from(["10.1000/1", "10.1000/2", "10.48550/arXiv.2001.00001"]),
        "eprint": st.sampled_from(["2001.00001", "2001.00002"]),
        "keywords": st.sampled_from(["bees", "Bees, dances", "wings; bees"]),
    },
)
ENTRIES = st.lists(
    st.builds(
        Entry,
        st.sampled_from(["article", "inproceedings", "misc", "online"]),
        st.sampled_from("abcdefgh"),
        FIELDS,
    ),
    max_size=7,
)
MANY = settings(max_examples=60)


@MANY
@given(ENTRIES, st.randoms(use_true_random=False), st.booleans())
def test_order_plays_no_part(entries, random, works):
    shuffled = list(entries)
    random.shuffle(shuffled)
    one = dedupe(Library(tuple(entries)), works=works)
    other = dedupe(Library(tuple(shuffled)), works=works)
    assert sorted(map(content, one.library)) == sorted(map(content, other.library))
    for part in ("groups", "maybe", "works"):
        assert sorted(map(described, getattr(one, part))) == sorted(map(described, getattr(other, part)))
    assert sorted(one.removed) == sorted(other.removed)


def content(entry: Entry) -> tuple[object, ...]:
    # A link between versions lists keys in the order of the library.
    fields = {
        name: sorted(value.split(",")) if name == "related" else [value] for name, value in entry.items()
    }
    return entry.type, entry.key, sorted(fields.items())


def described(group: object) -> tuple[object, ...]:
    return sorted(group.keys), round(group.score, 9)  # type: ignore[attr-defined]


@MANY
@given(ENTRIES, st.booleans())
def test_running_twice_changes_nothing(entries, works):
    once = dedupe(Library(tuple(entries)), works=works)
    twice = dedupe(once.library, works=works)
    assert twice.library.entries == once.library.entries
    assert twice.groups == ()
    assert twice.removed == ()


@MANY
@given(ENTRIES, st.booleans())
def test_no_entry_disappears_unnamed(entries, works):
    result = dedupe(Library(tuple(entries)), works=works)
    left = [entry.key for entry in result.library]
    assert sorted(left + list(result.removed)) == sorted(entry.key for entry in entries)
    gone = [entry for group in result.groups for entry in group.entries]
    kept = [entry for entry in entries if not any(entry is other for other in gone)]
    assert len(result.library) == len(kept) + len(result.groups)
    assert set(result.renamed.values()) <= set(left)


@MANY
@given(ENTRIES, st.booleans())
def test_merged_fields_come_from_members(entries, works):
    result = dedupe(Library(tuple(entries)), works=works)
    for entry in result.library:
        members = entry.extra.get("merged", (entry,))
        for name, value in entry.items():
            if name == "related":
                continue
            if name == "keywords":
                said = {
                    word.strip()
                    for member in members
                    for word in member.get(name, "").replace(";", ",").split(",")
                }
                assert {word.strip() for word in value.replace(";", ",").split(",")} <= said
            else:
                assert value in {member.get(name) for member in members}
        assert entry.type in {member.type for member in members}


@MANY
@given(ENTRIES, st.booleans())
def test_restoring_gives_back_what_was_there(entries, works):
    library = Library(tuple(entries))
    result = dedupe(library, works=works)
    assert restore(result).entries == library.entries


@MANY
@given(ENTRIES, st.booleans())
def test_restoring_one_group_leaves_the_others(entries, works):
    keyed = [entry.replace(key=f"{entry.key}{number}") for number, entry in enumerate(entries)]
    result = dedupe(Library(tuple(keyed)), works=works)
    for group in result.groups:
        some = restore(result, [group.kept])
        back = [entry for entry in some if entry.key in group.keys]
        assert [without_links(entry) for entry in back] == [without_links(entry) for entry in group.entries]
        assert len(some) == len(result.library) + len(group.keys) - 1


def without_links(entry: Entry) -> Entry:
    return entry.with_fields({"related": None})


@MANY
@given(ENTRIES, st.text("qxzj", min_size=6, max_size=20), st.integers(1500, 1700))
def test_an_unlike_entry_changes_no_group(entries, word, year):
    unlike = Entry("book", "z", {"title": f"Xy{word} {word}yx", "author": f"Qq{word}, Z.", "date": str(year)})
    before = dedupe(Library(tuple(entries)))
    after = dedupe(Library((*entries, unlike)))
    assert [group.keys for group in before.groups] == [group.keys for group in after.groups]


# -- single things -------------------------------------------------------------------------------------------


def test_weakest_link_splits():
    alike = {(0, 1): 0.99, (1, 2): 0.9, (0, 2): 0.0}
    links = [Link(score, *pair) for pair, score in alike.items() if score > 0.5]
    assert [group.members for group in cluster(3, links, lambda i, j: alike[min(i, j), max(i, j)])] == [
        (0, 1)
    ]


def test_undo():
    library = read_string(
        "@misc{a, title={On the Dances of Bees}, author={Wu, T.}, date={2020}}"
        "@misc{b, title={On the dances of bees}, author={Wu, Tianhao}, date={2020}, note={x}}",
        format="biblatex",
    )
    result = dedupe(library)
    assert [entry.key for entry in result.groups[0].entries] == ["a", "b"]
    assert list(result.groups[0].entries) == list(library)
    assert result.renamed == {"a": "b"}
    assert result.removed == ("a",)


def test_a_single_merge_is_undone():
    """References go back with the entry; what else was merged stays so."""
    library = read_string(
        "@book{a, title={On the Dances of Bees}, author={Wu, T.}, date={2020}}"
        "@book{b, title={On the dances of bees}, author={Wu, Tianhao}, date={2020}, note={x}}"
        "@inbook{c, title={Wings}, author={Li, B.}, crossref={a}}"
        "@misc{d, title={Nectar and Pollen}, author={Ong, I.}, date={2019}}"
        "@misc{e, title={Nectar and pollen}, author={Ong, Isaac}, date={2019}, note={x}}",
        format="biblatex",
    )
    result = dedupe(library)
    assert [entry.key for entry in result.library] == ["b", "c", "e"]
    some = restore(result, ["a"])
    assert [entry.key for entry in some] == ["a", "b", "c", "e"]
    assert some["c"]["crossref"] == "a"
    with pytest.raises(PubkitError, match="nothing was merged"):
        restore(result, ["c"])


def versions() -> Library:
    return read_string(
        "@online{p, title={On the Dances of Bees}, author={Wu, T.}, date={2019}, eprint={1901.00001},"
        " eprinttype={arxiv}, keywords={bees}, abstract={We watch.}, pages={1--9}}"
        "@inproceedings{c, title={On the Dances of Bees}, author={Wu, Tianhao}, date={2020},"
        " booktitle={ICML}, keywords={dances}}"
        "@misc{x, title={Wings}, author={Li, B.}, date={2021}, related={p}}",
        format="biblatex",
    )


def test_versions_are_linked_both_ways_once():
    result = dedupe(versions())
    assert [group.keys for group in result.works] == [("p", "c")]
    assert [entry.get("related") for entry in result.library] == ["c", "p", "p"]
    assert dedupe(result.library).library == result.library


def test_versions_are_merged_when_asked_for():
    """The publication stays; the preprint gives what belongs to the work, not its own pages."""
    for library in (versions(), dedupe(versions()).library):
        result = dedupe(library, works=True)
        assert [group.keys for group in result.groups] == [("p", "c")]
        assert result.library["c"].type == "inproceedings"
        fields = result.library["c"].fields
        assert (fields["eprint"], fields["abstract"], fields["date"]) == ("1901.00001", "We watch.", "2020")
        assert sorted(fields["keywords"].split(", ")) == ["bees", "dances"]
        assert "pages" not in fields
        assert "related" not in fields
        assert result.library["x"]["related"] == "c"


def test_a_list_gives_its_notes_to_the_record():
    """An entry without authors is never the one that stays, however long its notes are."""
    library = read_string(
        "@inproceedings{list, title={On the Dances of Honey Bees}, date={2020}, booktitle={ICML},"
        " annotation={A very long note about what the bees did and why they did it.}}"
        "@inproceedings{record, title={On the Dances of Honey Bees}, date={2020}, booktitle={ICML},"
        " author={Wu, T.}}",
        format="biblatex",
    )
    result = dedupe(library)
    assert [entry.key for entry in result.library] == ["record"]
    assert result.library[0]["annotation"].startswith("A very long note")
    assert result.library[0].extra["provenance"]["annotation"] == 0


def test_references_follow_the_merge():
    library = read_string(
        "@book{a, title={On the Dances of Bees}, author={Wu, T.}, date={2020}}"
        "@book{b, title={On the dances of bees}, author={Wu, Tianhao}, date={2020}, note={x}}"
        "@inbook{c, title={Wings}, author={Li, B.}, crossref={a}}",
        format="biblatex",
    )
    assert dedupe(library).library["c"]["crossref"] == "b"


@pytest.mark.parametrize("threshold", [-0.1, 1.1])
def test_bad_threshold(threshold):
    with pytest.raises(PubkitError):
        dedupe(Library(), threshold=threshold)


def test_empty_and_alone():
    assert dedupe(Library()).library.entries == ()
    alone = Library((Entry("misc", "a", {"title": "x"}),))
    assert dedupe(alone).library == alone


def test_many_of_one_title_stay_linear():
    entries = tuple(
        Entry("article", str(n), {"title": "Editorial", "date": str(1900 + n % 90)}) for n in range(3000)
    )
    result = dedupe(Library(entries))
    assert result.compared < 100 * len(entries)


def test_a_huge_title():
    huge = Entry("misc", "huge", {"title": " ".join(f"bee{number}" for number in range(150_000))})
    assert len(dedupe(Library((huge, huge.replace(note="x")))).library) == 1


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("bd_special_cases", 1.0),
        ("bd_stroke", 0.994),
        ("bd_haematology", 0.91),
        ("dblp_acm", 0.98),
        ("cora", 0.86),
    ],
)
def test_gold_sets(name, wanted):
    measured = measure(data_path(f"dedup/{name}"))
    assert measured.f1 >= wanted
