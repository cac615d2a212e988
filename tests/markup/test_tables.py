"""Tables of other projects, with what we do otherwise listed and explained in exceptions.toml.

The list fails in both directions: a case that fails and is not listed, and one that is listed and passes.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any
from unicodedata import normalize

from pubkit.markup import html, latex, plain
from tests.conftest import data_path

_EXCEPTIONS = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text(encoding="utf-8"))


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(data_path(f"latex/{name}.json").read_text(encoding="utf-8"))
    return rows


def _compare(name: str, failed: dict[str, object], count: int) -> None:
    listed = set(_EXCEPTIONS.get(name, {}))
    assert set(failed) - listed == set(), failed
    assert listed - set(failed) == set(), "these pass now: take them off the list"
    assert count > 0


def test_jabref_latex_to_unicode() -> None:
    rows = _rows("jabref-latex-to-unicode")
    failed = {r["input"]: got for r in rows if (got := latex.to_text(r["input"])) != r["expected"]}
    _compare("jabref-latex-to-unicode", failed, len(rows))
    assert len(rows) - len(failed) >= 40


def test_latexcodec_decode() -> None:
    # latexcodec is a codec: it keeps the braces that it finds. We compare without braces.
    rows = _rows("latexcodec-decode")
    failed = {}
    for row in rows:
        got = latex.to_text(row["latex"])
        if got.strip() != row["unicode"].replace("{", "").replace("}", "").strip():
            failed[row["latex"]] = got
    _compare("latexcodec-decode", failed, len(rows))


def _same_meaning(ours: str, theirs: str) -> bool:
    """Whether two sources say the same: spellings differ, `{\\"a}` against `\\"a` or `{\\"{a}}`."""
    return latex.to_text(ours) == latex.to_text(theirs)


def test_latexcodec_encode() -> None:
    # Only the cases in ASCII: with another input encoding latexcodec has less to do.
    rows = [row for row in _rows("latexcodec-encode") if row["inputenc"] in (None, "ascii")]
    failed = {}
    for row in rows:
        ours = latex.encode(row["unicode"])
        if not ours.isascii() or not _same_meaning(ours, row["latex"]):
            failed[row["unicode"]] = ours
    _compare("latexcodec-encode", failed, len(rows))


def test_jabref_unicode_to_latex() -> None:
    rows = _rows("jabref-unicode-to-latex")
    failed = {}
    for row in rows:
        ours = latex.encode(row["input"])
        if not ours.isascii() or not _same_meaning(ours, row["expected"]):
            failed[row["input"]] = ours
    _compare("jabref-unicode-to-latex", failed, len(rows))


def test_jabref_html_to_unicode() -> None:
    rows = _rows("jabref-html-to-unicode")
    failed = {}
    for row in rows:
        got = plain.write(html.parse(row["input"]))
        if got != normalize("NFC", row["expected"]):  # JabRef leaves i and a combining acute apart
            failed[row["input"]] = got
    _compare("jabref-html-to-unicode", failed, len(rows))


def test_jabref_html_to_latex() -> None:
    # JabRef drops the markup of HTML where we keep it: compared as text, and in ASCII.
    rows = _rows("jabref-html-to-latex")
    failed = {}
    for row in rows:
        ours = latex.write(html.parse(row["input"]), ascii=True)
        if not ours.isascii() or not _same_meaning(ours, row["expected"]):
            failed[row["input"]] = ours
    _compare("jabref-html-to-latex", failed, len(rows))
