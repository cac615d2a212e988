"""The hooks that `.pre-commit-hooks.yaml` offers, run by git itself as pre-commit would run them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
}
GOOD = "@book{bees,\n  author = {Wu, Bo},\n  title = {On Bees},\n  publisher = {Hive},\n  year = {2020},\n}\n"

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    run(tmp_path, "git", "init", "-q")
    run(tmp_path, "git", "config", "user.name", "Ada")
    run(tmp_path, "git", "config", "user.email", "ada@example.org")
    return tmp_path


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    # The `pubkit` of this environment, whatever is first on the user's path.
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    return subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )


def install(folder: Path, hook: dict[str, Any], names: list[str]) -> None:
    """Make a hook what git runs before a commit, on the files that it is for."""
    files = [name for name in names if re.search(hook["files"], name)]
    script = folder / ".git" / "hooks" / "pre-commit"
    script.write_text(f"#!/bin/sh\nexec {hook['entry']} {' '.join(files)}\n", encoding="utf-8")
    script.chmod(0o755)


@needs_git
class TestCheck:
    def test_a_clean_bibliography_is_committed(self, repository: Path) -> None:
        (repository / "refs.bib").write_text(GOOD, encoding="utf-8")
        install(repository, HOOKS["pubkit-check"], ["refs.bib", "paper.tex"])
        run(repository, "git", "add", "refs.bib")
        done = run(repository, "git", "commit", "-qm", "bees")
        assert done.returncode == 0, done.stdout + done.stderr

    def test_a_broken_one_is_not(self, repository: Path) -> None:
        (repository / "refs.bib").write_text(GOOD.replace("2020", "20202"), encoding="utf-8")
        install(repository, HOOKS["pubkit-check"], ["refs.bib", "paper.tex"])
        run(repository, "git", "add", "refs.bib")
        done = run(repository, "git", "commit", "-qm", "bees")
        assert done.returncode == 1
        assert "refs.bib:5" in done.stdout + done.stderr
        assert run(repository, "git", "log").returncode != 0  # nothing was committed


@needs_git
def test_update_makes_a_document_current(repository: Path) -> None:
    (repository / "refs.bib").write_text(GOOD, encoding="utf-8")
    marked = "# Me\n\n<!-- pubkit: publications from=refs.bib style=apa -->\n<!-- pubkit: end -->\n"
    (repository / "cv.md").write_text(marked, encoding="utf-8")
    hook = HOOKS["pubkit-update"]
    assert not re.search(hook["files"], "cv.md")  # on no file before the user names some
    install(repository, {**hook, "files": r"^cv\.md$"}, ["cv.md"])
    run(repository, "git", "add", ".")
    run(repository, "git", "commit", "-qm", "bees")
    assert "Wu, B. (2020)" in (repository / "cv.md").read_text("utf-8")
