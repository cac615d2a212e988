"""Cases as files: a title, an input and the expected output, separated by lines that hold a lone dot.

    Umlaut by macro
    .
    Schr{\\"o}dinger
    .
    Schrödinger
    .

`pytest --accept` (without -n) rewrites the expected part of each case that differs; read the diff.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    path: Path
    line: int
    title: str
    input: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path.stem}:{self.line}:{self.title}"

    def check(self, actual: str, config: pytest.Config) -> None:
        """Compare, or with --accept write the actual output into the file."""
        actual = actual.rstrip("\n")
        if actual == self.expected:
            return
        if not config.getoption("--accept"):
            assert actual == self.expected, f"{self.path}:{self.line} {self.title}"
        text = self.path.read_text(encoding="utf-8")
        head, old = f"{self.title}\n.\n{self.input}\n.\n", f"{self.expected}\n.\n"
        if not self.expected:
            old = "\n.\n" if head + "\n.\n" in text else ".\n"
        assert head + old in text, f"{self.path}:{self.line} cannot be rewritten"
        self.path.write_text(text.replace(head + old, f"{head}{actual}\n.\n"), encoding="utf-8")


def load_cases(name: str) -> list[Case]:
    """Return the cases of `tests/cases/NAME`, a file or a folder of .txt files."""
    root = CASES / name
    paths = sorted(root.rglob("*.txt")) if root.is_dir() else [root]
    cases = [case for path in paths for case in _parse(path)]
    assert cases, f"no cases in {root}"
    return cases


def parametrize(name: str) -> pytest.MarkDecorator:
    """Decorate a test function that takes `case`."""
    return pytest.mark.parametrize("case", load_cases(name), ids=str)


def _parse(path: Path) -> list[Case]:
    cases: list[Case] = []
    lines = path.read_text(encoding="utf-8").split("\n")
    at = 0
    while at < len(lines):
        if not lines[at].strip() or lines[at].startswith("# "):
            at += 1
            continue
        title, start = lines[at], at + 1
        dots = [number for number in range(at, len(lines)) if lines[number] == "."][:3]
        assert len(dots) == 3, f"{path}:{start}: a case is title, dot, input, dot, expected, dot"
        assert dots[0] == at + 1, f"{path}:{start}: the title is one line, followed by a dot"
        body, expected = lines[dots[0] + 1 : dots[1]], lines[dots[1] + 1 : dots[2]]
        cases.append(Case(path, start, title, "\n".join(body), "\n".join(expected)))
        at = dots[2] + 1
    return cases
