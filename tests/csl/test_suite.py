"""The official CSL test suite, where its fixtures are present."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.conftest import data_path
from tests.csl import suite

EXPECTED = Path(__file__).parent / "expected_failures.toml"


def test_fixtures_pass_but_for_the_listed_ones():
    listed = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))
    assert all(reason.strip() for reason in listed.values())
    failed, present = [], set()
    for path in sorted(data_path("csl-suite").glob("*.txt")):
        present.add(path.stem)
        expected, actual = suite.run_file(path)
        if expected != actual:
            failed.append(path.stem)
    assert sorted(failed) == sorted(name for name in listed if name in present)


def test_runner_counts_and_writes_json(tmp_path, capsys):
    fixture = tmp_path / "one.txt"
    fixture.write_text(
        ">>===== MODE =====>>\ncitation\n<<===== MODE =====<<\n"
        ">>===== RESULT =====>>\nBook\n<<===== RESULT =====<<\n"
        '>>===== CSL =====>>\n<style version="1.0"><citation><layout><text variable="title"/></layout>'
        "</citation></style>\n<<===== CSL =====<<\n"
        '>>===== INPUT =====>>\n[{"id": "a", "type": "book", "title": "Book"}]\n<<===== INPUT =====<<\n',
        encoding="utf-8",
    )
    assert suite.main([str(tmp_path), "--json", str(tmp_path / "out.json")]) == 0
    assert capsys.readouterr().out == "1 passed, 0 failed\n"
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == '{\n "one": "Book"\n}'
