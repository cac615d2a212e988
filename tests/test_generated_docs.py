"""Pages that are tables of the code: diagnostics, rules, formats. `--accept` writes them."""

from __future__ import annotations

import pytest

from pubkit.diagnostics import CODES
from tests.conftest import ROOT
from tests.formats.page import page as formats_page


def _diagnostics() -> str:
    lines = [
        "# Diagnostics",
        "",
        "What pubkit tells about your data. A diagnostic never stops the work: the rest is read.",
        "Findings of `check` have the codes of the [rules](rules.md).",
        "",
        "| code | meaning |",
        "|---|---|",
        *(f"| {code} | {meaning} |" for code, meaning in sorted(CODES.items())),
        "",
    ]
    return "\n".join(lines)


def _rules() -> str:
    from pubkit.rules import RULES

    lines = [
        "# Rules",
        "",
        "`pubkit check` finds, `pubkit normalize` repairs. Safe rules repair unasked; the others report.",
        "`--select` and `--ignore` take codes or their beginnings.",
        "",
        "| code | name | safe | what it does |",
        "|---|---|---|---|",
        *(
            f"| {rule.code} | {rule.name} | {'yes' if rule.safe else 'no'} | {rule.summary} |"
            for _, rule in sorted(RULES.items())
        ),
        "",
    ]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("name", "generate"),
    [
        ("reference/diagnostics", _diagnostics),
        ("reference/rules", _rules),
        ("formats", formats_page),
    ],
)
def test_generated_page_is_current(name: str, generate: object, request: pytest.FixtureRequest) -> None:
    page = ROOT / f"docs/{name}.md"
    text = generate()  # type: ignore[operator]
    if request.config.getoption("--accept"):
        page.write_text(text, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == text
