"""Pages that are tables of the code: diagnostics, rules, formats. `--accept` writes them."""

from __future__ import annotations

import pytest

from pubkit.diagnostics import CODES
from tests.conftest import ROOT
from tests.formats.page import page as formats_page
from tests.gallery import page as gallery_page


def _diagnostics() -> str:
    lines = [
        "# Diagnostics",
        "",
        "What pubkit tells about your data. A diagnostic never stops the work: the rest is read.",
        "Findings of `check` have the codes of the [rules](../rules.md).",
        "",
        "| code | meaning |",
        "|---|---|",
        *(f"| {code} | {meaning} |" for code, meaning in sorted(CODES.items())),
        "",
    ]
    return "\n".join(lines)


_FAMILIES = {
    "N": "Names",
    "T": "Titles",
    "D": "Dates",
    "I": "Identifiers and addresses",
    "F": "Fields and text",
    "J": "Journals and venues",
    "P": "Pages and numbers",
    "L": "The library",
    "K": "Citation keys",
}
_HEAD = """\
# Rules

`pubkit check` finds what these rules are about, `pubkit normalize` repairs it. `--select` and `--ignore`
take codes, beginnings of codes (`T`) and names; `--extend-select` adds to what runs anyway. The same can
stand in a configuration:

```toml
# .pubkit.toml, or [tool.pubkit] in pyproject.toml, in the folder of the .bib or above it
select = ["N", "T", "D", "I", "F", "J", "P", "L", "K"]
extend-select = ["title-case"]
ignore = ["T003"]
key-pattern = "[auth:lower][year]"

[per-file-ignores]
"old/*.bib" = ["F002"]
```

**safe** repairs are certain and done unasked; what is a **guess** is done with `--unsafe-fixes` only; some
rules only **report**. Rules **on request** are matters of house style and run when their own code or name is
selected.

A field with `% pubkit: keep` behind it in its line, and an entry with `% pubkit: keep` above it, is never
touched; above an entry, names of fields may follow (`% pubkit: keep title, pages`).
"""


def _safety(rule) -> str:
    kind = ("safe" if rule.safe else "guess") if rule.repairs else "report"
    return f"{kind}, on request" if rule.on_request else kind


def _rules() -> str:
    from pubkit.rules import RULES

    ordered = sorted(RULES.values(), key=lambda rule: (list(_FAMILIES).index(rule.code[0]), rule.code))
    lines = [_HEAD, "| code | name | repair | what it is about |", "|---|---|---|---|"]
    lines += [f"| [{r.code}](#{r.code.lower()}) | {r.name} | {_safety(r)} | {r.summary} |" for r in ordered]
    family = ""
    for rule in ordered:
        if rule.code[0] != family:
            family = rule.code[0]
            lines += ["", f"## {_FAMILIES[family]}"]
        lines += [
            "",
            f"({rule.code.lower()})=",
            "",
            f"### {rule.code} {rule.name}",
            "",
            f"{rule.summary}",
            "",
        ]
        lines += [rule.documentation, "", *_example(rule.code), f"Repair: {_safety(rule)}."]
    import pubkit.keys

    lines += ["", "(key-patterns)=", "", "## Key patterns", "", (pubkit.keys.__doc__ or "").strip()]
    return "\n".join(lines) + "\n"


def _example(code: str) -> list[str]:
    """Return the first case of a rule as an example: the entries, and what the rule makes of them."""
    from dataclasses import replace

    from pubkit.rules import RULES, Settings, fix
    from tests.cases import load_cases
    from tests.rules.test_rules import OF_DOCUMENTS, outcome, read

    if code in OF_DOCUMENTS:
        return []
    case = next(case for case in load_cases("rules") if case.title.split()[0] == code)
    rule = RULES[code]
    library = read(case.input)
    told = [line for line in outcome(code, library).split("\n") if line.startswith("! ")]
    fixed = [fix(entry, [replace(rule, safe=True)], unsafe=True).entry for entry in library]
    if rule.find_in_library is not None and rule.repairs:
        from pubkit.rules import fix_library

        fixed = list(fix_library(library, [rule], Settings())[0])
    changed = [(old, new) for old, new in zip(library, fixed, strict=True) if old != new][:2]
    if changed:
        before, after = (
            "\n".join(_shown(pair[which], pair[1 - which]) for pair in changed) for which in (0, 1)
        )
        return ["Before:", "", "```bibtex", before, "```", "", "After:", "", "```bibtex", after, "```", ""]
    shown = ["```bibtex", case.input, "```", ""]
    return [*shown, *(f"- {line[2:]}" for line in told[:3]), ""] if told else []


def _shown(entry, other) -> str:
    """Return those fields of an entry in which it differs from another, its type and key."""
    names = [name for name in entry if entry[name] != other.get(name)]
    fields = "".join(f"  {name} = {{{entry[name]}}},\n" for name in names)
    return f"@{entry.type}{{{entry.key or 'k'},\n{fields}}}"


@pytest.mark.parametrize(
    ("name", "generate"),
    [
        ("reference/diagnostics", _diagnostics),
        ("rules", _rules),
        ("formats", formats_page),
        ("gallery", gallery_page),
    ],
)
def test_generated_page_is_current(name: str, generate: object, request: pytest.FixtureRequest) -> None:
    page = ROOT / f"docs/{name}.md"
    text = generate()  # type: ignore[operator]
    if request.config.getoption("--accept"):
        page.write_text(text, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == text
