"""Whatever the input: an exit code of the contract, at most one line of failure, never an internal error."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pubkit.cli.run import run

PIECES = [
    b"@article{k, title = {A}, year = 2020}\n", b"@string{a = {b}}", b"@comment{x}",
    b"{", b"}", b'"', b"@", b"#", b"=", b"\x00", b"\xff\xfe", b"\xc3\x28", b"\r", b"%PDF-1.4", b"PK\x03\x04",
    b'[{"id": 1}]', b"<html>", b"Publications\n\n- A. Author (2020). Title. Venue.\n", b"\\input{x} % $",
    "Gödel 王军".encode(),
]  # fmt: skip
BYTES = st.lists(st.sampled_from(PIECES) | st.binary(max_size=6), max_size=8).map(b"".join)
COMMANDS = [
    ["convert", "-t", "csl-json"],
    ["convert", "-t", "biblatex", "--ascii"],
    ["format", "-s", "apa", "-t", "html"],
    ["normalize", "-t", "csl-json"],
    ["dedupe", "-t", "csl-json"],
    ["check", "--output-format", "github"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("name", ["input.bib", "input.txt", "input"])
@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking would run the command for minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=BYTES)
def test_any_bytes(command, name, tmp_path, capsys, data):
    path = tmp_path / name
    path.write_bytes(data)
    code = run([command[0], str(path), *command[1:]])
    err = capsys.readouterr().err
    assert code in ((0, 1, 2) if command[0] == "check" else (0, 2))
    assert "internal error" not in err, err
    assert "Traceback" not in err
    assert sum(line.startswith("pubkit: ") for line in err.splitlines()) == (code == 2), err
