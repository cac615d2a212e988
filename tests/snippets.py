"""Blocks of the docs that are neither commands with outputs nor Python: what runs each, or why nothing does.

`RUN` has a function for a block, `NOT_RUN` a reason. A block is named by its page, its language and its
first line; a page and a language alone stand for all such blocks. A block in neither table is a failure, and
so is a line of the tables that no block has.
"""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

import pubkit as pk
from pubkit.dedupe.answers import answer, write_answers
from tests.conftest import REFS, ROOT

BIN = Path(sys.executable).parent
ENV = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page.

    Attributes:
        page: Name of the page.
        language: What stands behind the backquotes.
        body: Its text.
        others: Language → the texts of the page's other blocks, in their order.
    """

    page: str
    language: str
    body: str
    others: Mapping[str, list[str]]

    @property
    def first(self) -> str:
        """The first line."""
        return self.body.partition("\n")[0]


def run(block: Block, folder: Path) -> None:
    """Run a block in a folder that holds a copy of refs/; fail where nobody says how, or why not."""
    for name in ((block.page, block.language, block.first), (block.page, block.language, "")):
        if name in RUN:
            RUN[name](block, folder)
            return
        if name in NOT_RUN:
            if block.language == "sh":
                _shell(["/bin/sh", "-n"], folder, block.body)
            return
    pytest.fail(
        f"{block.page}: no test runs the {block.language} block {block.first!r}: see tests/snippets.py"
    )


def leftovers(blocks: list[Block]) -> list[tuple[str, str, str]]:
    """Return the lines of the tables that no block has."""
    there = {(block.page, block.language, first) for block in blocks for first in (block.first, "")}
    return [name for name in (*RUN, *NOT_RUN) if name not in there]


def _shell(command: list[str], folder: Path, text: str = "", *, env: Mapping[str, str] = ENV) -> str:
    """Run a command; return what it says, and fail where it fails."""
    done = subprocess.run(
        command,
        input=text,
        cwd=folder,
        env=dict(env),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def _make(block: Block, folder: Path) -> None:
    """Every target is there. What it does is what other tests do, or measure."""
    for line in block.body.splitlines():
        words = shlex.split(line, comments=True)
        if words[0] == "make":
            _shell(["make", "--dry-run", *words[1:]], ROOT)
        else:
            assert words[:2] == ["python", "-m"]
            assert find_spec(words[2])


def _install(block: Block, folder: Path) -> None:
    """Every extra is there."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    for line in block.body.splitlines():
        found = re.fullmatch(r"pip install 'pubkit\[(\w+)\]'", line)
        assert found, line
        assert found[1] in extras


def _from_a_clone(block: Block, folder: Path) -> None:
    """The extras are there, and the command does what it says."""
    *_, install, publish = block.body.splitlines()
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    named = re.search(r"'\.\[(.*)\]'", install)
    assert named
    assert set(named[1].split(",")) <= set(extras)
    _shell(["/bin/sh", "-c", publish], folder)
    assert (folder / "out/index.html").is_file()


def _toml(block: Block, folder: Path) -> None:
    """The configuration chooses what is checked."""
    (folder / ".pubkit.toml").write_text(block.body)
    (folder / "old").mkdir()
    for name in ("a.bib", "old/b.bib"):
        (folder / name).write_text("@article{knuth, title = {THE WEB SYSTEM}, year = 1984}\n")
    told = [
        subprocess.run(
            [BIN / "pubkit", "check", name], cwd=folder, env=ENV, capture_output=True, text=True, check=False
        ).stdout
        for name in ("a.bib", "old/b.bib")
    ]
    assert "F002" in told[0]
    assert "F002" not in told[1]  # per-file-ignores
    assert "T003" not in "".join(told)


def _action(block: Block, folder: Path) -> None:
    """The inputs of the step are the action's, and its command does what the how-to says."""
    (step,) = yaml.safe_load(block.body)
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    assert set(step["with"]) <= set(action["inputs"])
    assert all(name in step["with"] for name, one in action["inputs"].items() if one.get("required"))
    commands = [one["run"] for one in action["runs"]["steps"] if "run" in one]
    assert "pip install" in commands[0]
    (folder / "cv.md").write_text(
        "<!-- pubkit: publications from=refs/papers.bib -->\n<!-- pubkit: end -->\n"
    )
    env = {**ENV, "DOCUMENTS": step["with"]["documents"], "LIBRARY": "", "CHECK": "false"}
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash, which GitHub's action runs in")
    assert "updated" in _shell([bash, "-c", commands[1]], folder, env=env)
    assert "RouteLLM" in (folder / "cv.md").read_text()
    assert "current" in _shell([bash, "-c", commands[1]], folder, env={**env, "CHECK": "true"})


def _pre_commit(block: Block, folder: Path) -> None:
    """The hooks are ours, and their commands run on the files that they choose."""
    ours = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    (folder / "cv.md").write_text(
        "<!-- pubkit: publications from=refs/papers.bib -->\n<!-- pubkit: end -->\n"
    )
    shutil.copy(REFS / "papers.bib", folder / "papers.bib")
    for repository in yaml.safe_load(block.body)["repos"]:
        for hook in repository["hooks"]:
            wanted = hook if repository["repo"] == "local" else {**ours[hook["id"]], **hook}
            files = [name for name in ("cv.md", "papers.bib") if re.search(wanted["files"], name)]
            assert files
            _shell([*shlex.split(wanted["entry"]), *files], folder)


def _sphinx(block: Block, folder: Path) -> None:
    """The page is built with the `conf.py` of the how-to."""
    pytest.importorskip("sphinx", reason="needs Sphinx (extra sphinx)")
    conf = next(body for body in block.others["python"] if "pubkit.sphinx" in body)
    (folder / "conf.py").write_text(conf + 'exclude_patterns = ["refs"]\n')
    shutil.copy(REFS / "papers.bib", folder / "refs.bib")
    (folder / "index.rst").write_text(f"Title\n=====\n\n{block.body}")
    _shell([sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", ".", "html"], folder)
    text = re.sub(r"<[^>]+>", "", (folder / "html/index.html").read_text())
    assert "As Wu et al. (2025) show, and others find (Ong et al., 2025, p. 12; Su et al., 2020)." in text
    assert "Random Tickets can Win" in text


def _mkdocs(block: Block, folder: Path) -> None:
    """The site is built with the `mkdocs.yml` of the how-to, and what it says to write."""
    pytest.importorskip("mkdocs", reason="needs MkDocs (extra mkdocs)")
    (folder / "mkdocs.yml").write_text(f"site_name: S\n{block.body}")
    shutil.copy(REFS / "papers.bib", folder / "refs.bib")
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text("# T\n\nSo [@wu2025meta, p. 3; see @ong2025routellm].\n")
    _shell([sys.executable, "-m", "mkdocs", "build", "--strict", "-q"], folder)
    text = unescape(re.sub(r"<[^>]+>", "", (folder / "site/index.html").read_text()))
    assert "So (see Ong et al., 2025; Wu et al., 2025, p. 3)." in text
    assert "RouteLLM: Learning to Route" in text


def _pandoc(block: Block, folder: Path) -> None:
    """The command makes a Word document."""
    if shutil.which("pandoc") is None:
        pytest.skip("needs pandoc (Debian: pandoc)")
    (folder / "paper.md").write_text("---\nbibliography: refs/papers.bib\n---\n\nSee @wu2025meta.\n")
    _shell(["/bin/sh", "-e"], folder, block.body)
    assert "Meta-Rewarding" in _shell(["pandoc", "paper.docx", "-t", "plain"], folder)


def _notebook(block: Block, folder: Path) -> None:
    """The lines run in IPython."""
    shells = pytest.importorskip("IPython.core.interactiveshell", reason="needs IPython (extra notebook)")
    os.environ["IPYTHONDIR"] = str(folder / "ipython")
    shutil.copy(REFS / "papers.bib", folder / "refs.bib")
    shell = shells.InteractiveShell.instance()
    try:
        with contextlib.chdir(folder):
            results = [shell.run_cell(line, store_history=False) for line in block.body.splitlines()]
    finally:
        shells.InteractiveShell.clear_instance()
        del os.environ["IPYTHONDIR"]
    assert all(result.success for result in results)
    assert repr(results[2].result) == "(Ong et al., 2025, p. 12; Wu et al., 2025)"
    assert "RouteLLM" in repr(results[3].result)


def _serve(block: Block, folder: Path) -> None:
    """The page is shown, and made again when the list changes."""
    shutil.copy(REFS / "papers.bib", folder / "refs.bib")
    words = shlex.split(block.body)
    assert words[0] == "pubkit"
    with subprocess.Popen(
        [BIN / "pubkit", *words[1:], "--port", "0"],
        cwd=folder, env={**ENV, "PYTHONUNBUFFERED": "1"}, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    ) as server:  # fmt: skip
        try:
            address = _line(server, r"http://127\.0\.0\.1:\d+/")
            _line(server, "wrote site/")
            assert "RouteLLM" in urllib.request.urlopen(address, timeout=20).read().decode()  # noqa: S310
            bib = folder / "refs.bib"
            bib.write_text(bib.read_text().replace("RouteLLM", "RouteMore"))
            _line(server, "wrote site/")
            assert "RouteMore" in urllib.request.urlopen(address, timeout=20).read().decode()  # noqa: S310
        finally:
            server.terminate()


def _line(server: subprocess.Popen[str], pattern: str) -> str:
    """Return what matches in the next line of a program that has it."""
    assert server.stderr
    for line in server.stderr:
        if found := re.search(pattern, line):
            return found[0]
    raise AssertionError(f"the program ended without {pattern!r}")


def _template(block: Block, folder: Path) -> None:
    """A page is made with the template of the how-to."""
    (folder / "mine").mkdir()
    (folder / "mine/page.html.j2").write_text(block.body)
    _shell(
        ["pubkit", "page", "refs/papers.bib", "-o", "own", "--templates", "mine/"],
        folder,
    )
    page = (folder / "own/index.html").read_text()
    assert "<footer>Last updated by hand.</footer>" in page
    assert "RouteLLM" in page


def _answers(block: Block, folder: Path) -> None:
    """The answers that the page of the report gives are used."""
    two = pk.read(folder / "bees.bib")
    write_answers(folder / "answers.json", [answer(*two, same=True)])
    assert "merged 1 duplicate" in _shell(["/bin/sh", "-e"], folder, block.body)


def _review(block: Block, folder: Path) -> None:
    """A person says "same" on a terminal."""
    program, terminal = pty.fork()
    if program == 0:  # the child
        os.chdir(folder)
        os.execve("/bin/sh", ["/bin/sh", "-c", block.body], ENV)  # noqa: S606  # the docs' own command
    said = b""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if select.select([terminal], [], [], 0.5)[0]:
            try:
                said += os.read(terminal, 4096)
            except OSError:  # Linux tells the end of a terminal so
                break
        elif b"[q] stop" in said:  # again where the terminal was not yet listening
            os.write(terminal, b"s")
    os.close(terminal)  # a program that still waits for an answer gets none, and ends
    _, status = os.waitpid(program, 0)
    assert status == 0, said.decode()
    assert len(pk.read(folder / "merged.bib")) == 1
    assert (folder / "bees.bib.answers.json").is_file()


#: Page, language and first line of a block → what runs it.
RUN: dict[tuple[str, str, str], Callable[[Block, Path], Any]] = {
    ("README.md", "sh", "python3 -m venv .venv && . .venv/bin/activate"): _from_a_clone,
    (
        "README.md",
        "sh",
        "make demo    # creates .venv, installs pubkit, and publishes refs/papers.txt to out/",
    ): _make,
    ("benchmarks.md", "sh", ""): _make,
    ("conformance.md", "sh", ""): _make,
    ("paper-lists.md", "sh", ""): _make,
    ("complete-a-list.md", "sh", "pip install 'pubkit[web]'"): _install,
    ("rules.md", "toml", ""): _toml,
    ("cv-section.md", "yaml", "- uses: pubkit/pubkit@main"): _action,
    ("cv-section.md", "yaml", "# .pre-commit-config.yaml"): _pre_commit,
    ("library-in-git.md", "yaml", "# .pre-commit-config.yaml"): _pre_commit,
    ("sites-and-notebooks.md", "rst", ""): _sphinx,
    ("sites-and-notebooks.md", "yaml", ""): _mkdocs,
    ("sites-and-notebooks.md", "sh", ""): _pandoc,
    ("sites-and-notebooks.md", "ipython", ""): _notebook,
    ("publications-page.md", "sh", ""): _serve,
    ("publications-page.md", "jinja", ""): _template,
    (
        "review-duplicates.md",
        "sh",
        "pubkit dedupe bees.bib -o merged.bib --force --answers answers.json",
    ): _answers,
    ("review-duplicates.md", "sh", "pubkit dedupe bees.bib -o merged.bib --force --review"): _review,
}

#: Page, language and first line of a block → why nothing runs it. Those of the shell are still parsed by one.
NOT_RUN: dict[tuple[str, str, str], str] = {
    ("rules.md", "bibtex", ""): "made by tests/test_generated_docs.py from cases that tests/rules runs",
    ("architecture.md", "text", ""): "a drawing",
    ("benchmarks.md", "text", ""): "a measurement: python -m benchmarks.latex",
    ("deduplicate-millions.md", "sh", ""): "needs a cluster",
    ("from-orcid-or-openalex.md", "sh", ""): "asks web services; what they answer is read from refs/ below",
}
