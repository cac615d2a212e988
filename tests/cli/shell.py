"""Runs the cases of `tests/cases/cli`: files, then commands, and what they print.

    --- refs.bib
    @book{knuth1986, title = {The Book}}
    $ pubkit convert refs.bib -t csl-json
    $ pubkit convert no.bib < refs.bib

Output is shown as it comes: stdout as it stands, stderr behind "! ", an exit code other than 0 as "[2]".
`cat FILE` and `ls` show what was written.
"""

from __future__ import annotations

import io
import shlex
import sys
from pathlib import Path

import pytest

from pubkit.cli.run import run


class Shell:
    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(folder)
        self.patch, self.capsys = monkeypatch, capsys

    def play(self, script: str) -> str:
        """Run a case's input and return what it shows."""
        shown: list[str] = []
        name, content = "", ""
        for line in [*script.split("\n"), "--- "]:
            if line.startswith(("--- ", "$ ")) and name:
                Path(name).write_text(content, encoding="utf-8")
                name = ""
            if line.startswith("--- "):
                name, content = line[4:], ""
            elif line.startswith("$ "):
                shown += self.command(line[2:])
            elif name:
                content += line + "\n"
        return "\n".join(shown)

    def command(self, line: str) -> list[str]:
        line, _, source = line.partition(" < ")
        program, *arguments = shlex.split(line)
        if program == "ls":
            return [str(path) for path in sorted(Path().rglob("*")) if path.is_file()]
        if program == "cat":
            return Path(arguments[0]).read_text(encoding="utf-8").rstrip("\n").split("\n")
        assert program == "pubkit", program
        stdin = Path(source).read_bytes() if source else b""
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = run(arguments)
        out, err = self.capsys.readouterr()
        lines = out.rstrip("\n").split("\n") if out else []
        lines += [f"! {told}" for told in err.rstrip("\n").split("\n")] if err else []
        # A lone dot ends a part of a case file.
        return [". " if told == "." else told for told in lines] + ([f"[{code}]"] if code else [])
