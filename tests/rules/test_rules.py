"""Each rule on entries that a user could have written; the title of a case begins with the rule's code."""

from __future__ import annotations

import re

import pytest

from pubkit.api import read_string
from pubkit.errors import PubkitError
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.rules import RULES, Settings, check, diagnose, fix, select_rules
from tests.cases import parametrize

ENTRY = re.compile(r"@(\w+)\{([^,\n]*),\n(.*?)^\}$", re.DOTALL | re.MULTILINE)
FIELD = re.compile(r"  (\w+) = \{(.*?)\},\n", re.DOTALL)


def read(text: str) -> Library:
    """Read entries as they stand: the reader of .bib files would tidy some of what the rules are about."""
    return Library(
        tuple(Entry(kind, key, dict(FIELD.findall(body))) for kind, key, body in ENTRY.findall(text))
    )


def outcome(code: str, library: Library) -> str:
    """Say what one rule finds and does: `field: new value`, `?` before what it does only when asked for."""
    rule = RULES[code]
    lines = []
    for at, entry in enumerate(library):
        before = len(lines)
        for finding in rule.find(entry) if rule.find else []:
            if not finding.repairs:
                lines.append(f"! {finding.message}")
                continue
            sure = "" if (rule.safe if finding.safe is None else finding.safe) else "? "
            if finding.type:
                lines.append(f"{sure}@{finding.type}")
            for name, value in finding.fields.items():
                lines.append(f"{sure}-{name}" if value is None else f"{sure}{name}: {value}")
        if rule.find_in_library:
            lines += [
                f"! {found.message}"
                for place, found in rule.find_in_library(library, Settings())
                if place == at
            ]
        if len(lines) == before:
            lines.append("nothing")
    return "\n".join(lines)


@parametrize("rules")
def test_rule(case, pytestconfig):
    code = case.title.split()[0]
    # Characters that an editor would hide are written as <U+200B>.
    text = re.sub(r"<U\+([0-9A-F]{4,6})>", lambda match: chr(int(match[1], 16)), case.input)
    case.check(outcome(code, read(text)), pytestconfig)


# These look at the document, not at entries: tests of their own below.
OF_DOCUMENTS = {"L010", "L011"}


def test_every_rule_has_a_case():
    from tests.cases import load_cases

    assert {case.title.split()[0] for case in load_cases("rules")} == set(RULES) - OF_DOCUMENTS


def test_codes_are_of_known_families_and_documented():
    for code, rule in RULES.items():
        assert re.fullmatch(r"[NTDIFJPLK][0-9]{3}", code), code
        assert rule.code == code
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.name), rule.name
        assert rule.summary.endswith("."), code
        assert len(rule.documentation) > 30, code
        assert (rule.find is None) != (rule.find_in_library is None), code
    assert len({rule.name for rule in RULES.values()}) == len(RULES)


def test_selection():
    assert [rule.code for rule in select_rules("T001")] == ["T001"]
    assert [rule.code for rule in select_rules(["et-al"])] == ["N002"]
    assert {rule.code[0] for rule in select_rules(None, ["N", "F"])} == set("TDIJPLK")
    with pytest.raises(PubkitError, match="T001"):
        select_rules("T0001")
    with pytest.raises(PubkitError):
        select_rules([""])


def test_check_says_where_and_how():
    library = read_string("@misc{a,\n title = {About LLMs},\n}", format="biblatex")
    found = check(library, select="T")
    assert [(d.code, d.location.key, d.location.field, d.location.line) for d in found] == [
        ("T001", "a", "title", 2)
    ]
    assert found[0].fix == "title: About {LLMs}"


def test_macros_that_nobody_uses_or_that_hide_a_month():
    text = (
        '@string{a = "A"}\n@string{b = a # { and {B}}}\n@string{c = {C}}\n@string{MAR = {Martian}}\n'
        "@misc{k, publisher = b, note = mar}\n"
    )
    found = check(read_string(text, format="bibtex"), select=["L010", "L011"])
    assert [(d.code, d.message, d.location.line) for d in found] == [
        ("L010", "the macro c is not used", 3),
        ("L011", "the macro mar takes the name of a month", 4),
    ]


def test_rules_of_house_style_run_only_by_their_own_name():
    assert "T020" not in {rule.code for rule in select_rules("T")}
    assert "T020" in {rule.code for rule in select_rules("sentence-case")}
    assert "T020" in {rule.code for rule in select_rules(None, extend="T020")}
    assert "T020" not in {rule.code for rule in select_rules(None, "T", extend="T020")}


def test_fix_leaves_the_entry_itself_where_nothing_is_wrong():
    entry = Entry("misc", "a", {"title": "Bees"})
    fixed = fix(entry, select_rules())
    assert fixed.entry is entry
    assert fixed.changes == ()
    assert [finding.field for _, finding in fixed.left] == ["author", "date"]


def test_unsafe_repairs_only_when_asked_for():
    entry = Entry("misc", "a", {"author": "SMITH, JOHN"})
    rules = select_rules("N")
    assert fix(entry, rules).entry is entry
    assert fix(entry, rules, unsafe=True).entry["author"] == "Smith, John"


def test_diagnose_tells_library_findings_last():
    library = Library((Entry("misc", "a", {"title": "x"}), Entry("misc", "a", {"title": "On RNA"})))
    assert [d.code for d in diagnose(library, select_rules(["L001", "T001"]))] == ["T001", "L001"]
