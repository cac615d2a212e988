"""Each script in examples/ runs as a user would run it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REFS, ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


@pytest.mark.parametrize("script", EXAMPLES, ids=lambda path: path.stem)
def test_example_runs(script: Path, tmp_path: Path) -> None:
    shutil.copytree(REFS, tmp_path / "refs")
    run = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip()


def test_there_is_one_for_each_typical_job() -> None:
    assert {path.stem for path in EXAMPLES} >= {
        "bib_for_a_paper",
        "cv_section",
        "find_duplicates",
        "old_scripts",
        "publish_a_list",
    }
