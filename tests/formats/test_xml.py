"""XML of strangers: broken, cut off, hostile. The rest is read, and everything is told."""

from __future__ import annotations

import pytest

from pubkit.diagnostics import Diagnostic
from pubkit.formats import xml
from pubkit.model.source import Document


def read(text: str) -> tuple[list[str], list[Diagnostic]]:
    findings: list[Diagnostic] = []
    texts = [xml.text(element) for element in xml.records(Document("x.xml", text), {"rec"}, findings)]
    return texts, findings


@pytest.mark.parametrize(
    ("text", "texts", "codes"),
    [
        ("<r><rec>1</rec><rec>2</rec></r>", ["1", "2"], []),
        ("<p:r xmlns:p='http://a'><p:rec>1</p:rec></p:r>", ["1"], []),
        ("\n\n<?xml version='1.0'?>\n<r><rec>1</rec></r>", ["1"], []),
        ("<?xml version='1.0' encoding='UTF-16'?><r><rec>é</rec></r>", ["é"], []),
        ("<r><rec>a<!-- no -->b<?pi no?></rec></r>", ["ab"], []),
        ("<r><rec>1</rec><rec>2", ["1", "2"], ["PK436"]),
        ("<r><rec>1</rec><rec>2<b", ["1", "2"], ["PK436", "PK436"]),
        ("<r><rec>1</rec><rec>a & b</rec></r>", ["1", "a & b"], ["PK439"]),
        ("<r><rec><![CDATA[a & b &nbsp;]]></rec></r>", ["a & b &nbsp;"], []),
        ("<r><rec>1<a></b></rec><rec>2</rec></r>", ["1", "2"], ["PK439"]),
        ("<r><rec>a\x01b</rec><rec>2</rec></r>", ["ab", "2"], ["PK439"]),
        ("<r><rec>&uuml;&unknown;</rec></r>", ["ü&unknown;"], []),
        ("<!DOCTYPE r SYSTEM 'http://x.invalid/y.dtd'><r><rec>&uuml;</rec></r>", ["ü"], []),
        ("hello", [], ["PK439"]),
        ("", [], ["PK439"]),
    ],
)
def test_what_is_read_and_told(text: str, texts: list[str], codes: list[str]) -> None:
    got, findings = read(text)
    assert got == texts
    assert [found.code for found in findings] == codes


def test_entities_are_not_followed() -> None:
    bomb = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    texts, findings = read(f"<!DOCTYPE r [<!ENTITY e0 'x'>{bomb}]><r><rec>a&e11;b</rec></r>")
    assert texts == ["a&e11;b"]
    assert findings[0].code == "PK440"


def test_no_file_is_opened(tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    texts, findings = read(f"<!DOCTYPE r [<!ENTITY x SYSTEM 'file://{secret}'>]><r><rec>a&x;b</rec></r>")
    assert texts == ["a&x;b"]
    assert findings[0].code == "PK440"


def test_what_is_too_deep_is_told() -> None:
    texts, findings = read("<r><rec>1</rec>" + "<a>" * 1000 + "</a>" * 1000 + "<rec>2</rec></r>")
    assert texts == ["1"]
    assert [found.code for found in findings] == ["PK439", "PK438"]
    assert "1 of 2 records" in findings[-1].message


def test_lines_and_outer_records() -> None:
    document = Document("x", "<r>\n<rec>a<rec>b</rec></rec>\n\n<rec>c</rec></r>")
    found = [(xml.line(element), xml.text(element)) for element in xml.records(document, {"rec"}, [])]
    assert found == [(2, "ab"), (4, "c")]


def test_many_errors_are_cut_short() -> None:
    _, findings = read("<r>" + "<rec><a></b></rec>" * 100 + "</r>")
    assert len(findings) == 21
    assert "80 more" in findings[-1].message


def test_memory_does_not_grow_with_the_records() -> None:
    document = Document("x", "<r>" + f"<rec><a>{'1' * 2000}</a></rec>" * 1000 + "</r>")
    for at, element in enumerate(xml.records(document, {"rec"}, [])):
        assert len(element.getparent()) < 50, at
