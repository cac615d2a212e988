"""README and docs are true: every block in them is run, outputs compared.

In a ```console block a line "$ command" is run by the shell in a folder that holds a copy of refs/, and what
follows must be what it prints; lines that begin with ">" continue the command. In a ```python block the code
is run; blocks of one page share their names, and a ```text block that follows at once holds what it prints.
What runs blocks of other languages, or why nothing does, stands in tests/snippets.py.
`pytest tests/test_docs.py --accept -n0` rewrites the outputs.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.conftest import REFS, ROOT
from tests.crossref import crossref
from tests.snippets import Block, leftovers, run

# The environment of commands: what they ask Crossref is answered here, from refs/.
WEB: dict[str, str] = {}
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PAGES = [page for page in PAGES if "_build" not in page.parts]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What may stand behind a fence beside the name of a language: a directive of MyST, which `make docs` runs.
DIRECTIVES = {"{toctree}", "{eval-rst}"}


@pytest.fixture(autouse=True, scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Serve a stand-in for Crossref; the commands of the docs have a cache of their own."""
    with HTTPServer(threaded=True) as server:
        server.expect_request(re.compile("/works.*")).respond_with_handler(crossref)
        WEB["PUBKIT_CROSSREF_URL"] = server.url_for("")
        WEB["PUBKIT_CACHE"] = str(tmp_path_factory.mktemp("cache"))
        yield


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_is_true(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    shutil.copytree(REFS, tmp_path / "refs")
    monkeypatch.chdir(tmp_path)
    text = page.read_text(encoding="utf-8")
    names: dict[str, object] = {"__name__": "__main__"}
    blocks = _blocks(page, text)
    out: list[str] = []
    printed: str | None = None
    skipped: list[str] = []
    end = 0
    for number, block in enumerate(BLOCK.finditer(text)):
        between = text[end : block.start()]
        language, body = block.groups()
        if language == "console":
            body = _console(body, tmp_path)
        elif language == "python":
            stream = io.StringIO()
            with contextlib.redirect_stdout(stream):
                exec(compile(body, str(page), "exec"), names)  # noqa: S102  # the docs' own code
            printed = stream.getvalue()
        elif language == "text" and printed and not between.strip():
            body, printed = printed, None
        else:  # in a copy of the folder: what it leaves behind is nothing to the commands below
            folder = tmp_path.with_name(f"{tmp_path.name}-{number}")
            shutil.copytree(tmp_path, folder)
            try:
                run(blocks[number], folder)
            except pytest.skip.Exception as absent:
                skipped.append(str(absent))
        if language != "python":
            printed = None
        out.append(f"{between}```{language}\n{body}```")
        end = block.end()
    actual = "".join([*out, text[end:]])
    if actual != text and request.config.getoption("--accept"):
        page.write_text(actual, encoding="utf-8")
    else:
        assert actual == text
    if skipped:  # the other blocks were run
        pytest.skip("; ".join(skipped))


def test_every_line_of_the_tables_has_its_block() -> None:
    blocks = [block for page in PAGES for block in _blocks(page, page.read_text(encoding="utf-8"))]
    assert leftovers(blocks) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_fence_is_a_block(page: Path) -> None:
    """A fence that is indented, or names a language in another way, would be run by nobody."""
    text = page.read_text(encoding="utf-8")
    behind = [found[1].strip() for found in re.finditer(r"^[ >]*(?:```|~~~)(.*)$", text, re.MULTILINE)]
    assert behind.count("") * 2 == len(behind)
    opened = [info for info in behind if info and info not in DIRECTIVES]
    assert opened == [block.language for block in _blocks(page, text)]


def _blocks(page: Path, text: str) -> list[Block]:
    found = [(match[1], match[2]) for match in BLOCK.finditer(text)]
    others: dict[str, list[str]] = {}
    for language, body in found:
        others.setdefault(language, []).append(body)
    return [Block(page.name, language, body, others) for language, body in found]


def _console(body: str, folder: Path) -> str:
    """Run the commands of a block; return it with the outputs as they are."""
    out = []
    env = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NO_COLOR": "1",
        **WEB,
    }
    for command in re.findall(r"^\$ (.*(?:\n>(?: .*)?)*)$", body, re.MULTILINE):
        run = subprocess.run(
            ["/bin/sh", "-c", re.sub(r"\n> ?", "\n", command)],
            cwd=folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        out.append(f"$ {command}\n{run.stdout}")
    return "".join(out)
