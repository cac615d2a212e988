"""The command line as a user sees it: command in, output and exit code out."""

from __future__ import annotations

from tests import cases
from tests.cli.shell import Shell


@cases.parametrize("cli")
def test_case(case, tmp_path, monkeypatch, capsys, request):
    case.check(Shell(tmp_path, monkeypatch, capsys).play(case.input), request.config)
