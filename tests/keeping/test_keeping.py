"""Differences, merging, adding: cases, laws, git, and ten processes at once."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pubkit as pk
from pubkit.cli.run import run as run_here
from pubkit.errors import RecordNotFoundError, WriteError
from pubkit.keeping.locking import locked
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from tests.cases import Case, parametrize

PUBKIT = [sys.executable, "-m", "pubkit"]


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str, cwd: Path, input: str = "") -> Done:  # noqa: A002  # as subprocess calls it
    """Run the command in this process, which is much faster than starting one."""
    out, err = io.StringIO(), io.StringIO()
    stdin, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(input.encode()))
    try:
        with contextlib.chdir(cwd), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run_here(list(arguments))
    finally:
        sys.stdin = stdin
    return Done(code, out.getvalue(), err.getvalue())


# -- cases ---------------------------------------------------------------------------------------------------


@parametrize("keeping/diff.txt")
def test_diff(case: Case, tmp_path: Path, request) -> None:
    """Two libraries with a line of "=" between them; expected is what the command prints."""
    before, _, after = case.input.partition("\n=\n")
    (tmp_path / "a.bib").write_text(before)
    (tmp_path / "b.bib").write_text(after)
    done = run("diff", "a.bib", "b.bib", "--strict", cwd=tmp_path)
    case.check(f"{done.stdout}{done.stderr}exit {done.returncode}", request.config)


@parametrize("keeping/merge.txt")
def test_merge(case: Case, tmp_path: Path, request) -> None:
    """Ours, theirs and perhaps the base, with lines of "=" between them; expected are output and result."""
    sides = case.input.split("\n=\n")
    names = ["ours.bib", "theirs.bib", "base.bib"][: len(sides)]
    for name, text in zip(names, sides, strict=True):
        (tmp_path / name).write_text(f"{text}\n")
    base = ["--base", "base.bib"] if "base.bib" in names else []
    done = run("merge", "ours.bib", "theirs.bib", *base, "--into", "out.bib", cwd=tmp_path)
    text = (tmp_path / "out.bib").read_text()
    case.check(f"{done.stderr}exit {done.returncode}\n{text}", request.config)


# -- laws ----------------------------------------------------------------------------------------------------

FIELDS = st.fixed_dictionaries(
    {"title": st.sampled_from(["Bees", "Honey", "The Hive and I", "Stings"])},
    optional={
        "date": st.sampled_from(["2019", "2020"]),
        "author": st.sampled_from(["Wu, Bo", "Li, An"]),
        "keywords": st.sampled_from(["bees", "bees, honey", "wax"]),
    },
)
LIBRARIES = st.dictionaries(st.sampled_from("abcde"), FIELDS, max_size=4).map(
    lambda entries: Library(tuple(Entry("misc", key, fields) for key, fields in entries.items()))
)


def content(library: Library) -> dict[str, Entry]:
    return {entry.key: entry for entry in library}


@given(LIBRARIES)
def test_nothing_differs_from_itself(library: Library) -> None:
    assert not pk.diff(library, library)
    assert not pk.diff(library, library.with_entries(library.entries[::-1]))
    merged = pk.merge(library, library)
    assert merged.library == library
    assert not merged.conflicts


@given(LIBRARIES, LIBRARIES)
def test_what_one_side_alone_did_holds(base: Library, changed: Library) -> None:
    for merged in (pk.merge(base, changed, base), pk.merge(changed, base, base)):
        assert not merged.conflicts
        assert content(merged.library) == content(changed)


@given(LIBRARIES, LIBRARIES, LIBRARIES)
@settings(max_examples=200)
def test_merging_takes_sides_only_in_conflicts(ours: Library, theirs: Library, base: Library) -> None:
    one, other = pk.merge(ours, theirs, base), pk.merge(theirs, ours, base)
    if not one.renamed and not other.renamed:
        assert {(c.key, c.field) for c in one.conflicts} == {(c.key, c.field) for c in other.conflicts}
    if not one.conflicts and not one.renamed and not other.renamed:
        assert content(one.library).keys() == content(other.library).keys()
        for key, entry in content(one.library).items():
            assert (
                not pk.diff(Library((entry,)), Library((other.library[key],))).changed or "keywords" in entry
            )
    for entry in (*ours, *theirs):
        assert entry.key in one.library or entry.key in one.removed or entry.key in one.renamed, (
            "no entry is lost unsaid"
        )


@given(LIBRARIES, LIBRARIES)
def test_a_diff_is_told_from_both_sides(one: Library, other: Library) -> None:
    there, back = pk.diff(one, other), pk.diff(other, one)
    assert {entry.key for entry in there.added} == {entry.key for entry in back.removed}
    assert {(c.key, c.new_key) for c in there.changed} == {(c.new_key, c.key) for c in back.changed}
    assert bool(there) == (content(one) != content(other))
    json.dumps(there.to_dict())


# -- git -----------------------------------------------------------------------------------------------------

BASE = """% My papers.

@article{bees,
    title = "Bees",
    author = {Bo Wu},
    year = 2020
}

@book{hive, title={The Hive}, year=2019}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    driver = f'"{sys.executable}" -m pubkit merge --driver %O %A %B'
    for command in (
        ["init", "-q", "-b", "main"],
        ["config", "user.email", "ada@example.org"],
        ["config", "user.name", "Ada"],
        ["config", "merge.pubkit.driver", driver],
    ):
        git(tmp_path, *command)
    (tmp_path / ".gitattributes").write_text("*.bib merge=pubkit\n")
    commit(tmp_path, BASE, "base")
    return tmp_path


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def commit(folder: Path, text: str, message: str) -> None:
    (folder / "refs.bib").write_text(text)
    git(folder, "add", "-A")
    assert git(folder, "commit", "-qm", message).returncode == 0


def test_the_driver_merges_what_git_cannot(repository: Path) -> None:
    git(repository, "checkout", "-qb", "theirs")
    theirs = BASE.replace("year = 2020", "year = 2021") + "\n@misc{wax, title={Wax}, year=2022}\n"
    commit(repository, theirs, "a year, an entry")
    git(repository, "checkout", "-q", "main")
    commit(
        repository,
        BASE.replace('"Bees"', '"Honey Bees"') + "\n@misc{sting, title={Stings}, year=2023}\n",
        "a title",
    )
    done = git(repository, "merge", "theirs", "-m", "both")
    assert done.returncode == 0, done.stdout + done.stderr
    text = (repository / "refs.bib").read_text()
    library = pk.read_string(text)
    assert (library["bees"]["title"], library["bees"]["date"]) == ("Honey Bees", "2021")
    assert [entry.key for entry in library] == ["bees", "hive", "wax", "sting"]
    assert text.startswith('% My papers.\n\n@article{bees,\n    title = "Honey Bees",')
    assert "@book{hive, title={The Hive}, year=2019}" in text


def test_a_conflict_is_told_to_git_and_stands_above_its_entry(repository: Path) -> None:
    git(repository, "checkout", "-qb", "theirs")
    commit(repository, BASE.replace("year = 2020", "year = 2021"), "a year")
    git(repository, "checkout", "-q", "main")
    commit(repository, BASE.replace("year = 2020", "year = 2022"), "another year")
    assert git(repository, "merge", "theirs", "-m", "both").returncode == 1
    assert git(repository, "status", "--short").stdout.startswith("UU refs.bib")
    text = (repository / "refs.bib").read_text()
    assert (
        "% CONFLICT bees date: ours {2022}, theirs {2021} (was {2020}); ours stands\n@article{bees," in text
    )
    assert pk.read_string(text)["bees"]["date"] == "2022"


@pytest.mark.parametrize(
    ("theirs", "message"),
    [
        (BASE + "\n@misc{wax, title={Wax},", "repair it first"),
        (BASE.replace("@book", "<<<<<<< HEAD\n@book"), "markers of an unfinished merge"),
    ],
)
def test_a_damaged_side_is_not_merged(tmp_path: Path, theirs: str, message: str) -> None:
    for name, text in (("base", BASE), ("ours", BASE), ("theirs", theirs)):
        (tmp_path / f"{name}.bib").write_text(text)
    done = run("merge", "--driver", "base.bib", "ours.bib", "theirs.bib", cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert (tmp_path / "ours.bib").read_text() == BASE


def test_the_driver_keeps_the_encoding(tmp_path: Path) -> None:
    base = "@misc{a, title={B\u00e4r}, note={x}}\n"
    for name, text in (("base", base), ("ours", base), ("theirs", base.replace("{x}", "{y}"))):
        (tmp_path / f"{name}.bib").write_bytes(text.encode("latin-1"))
    assert run("merge", "--driver", "base.bib", "ours.bib", "theirs.bib", cwd=tmp_path).returncode == 0
    assert (tmp_path / "ours.bib").read_bytes() == base.replace("{x}", "{y}").encode("latin-1")


def test_the_driver_takes_files_that_were_not_there(tmp_path: Path) -> None:
    (tmp_path / "base.bib").write_text("")
    (tmp_path / "ours.bib").write_text(BASE)
    (tmp_path / "theirs.bib").write_text("@misc{wax, title={Wax}, year=2022}\n")
    assert run("merge", "--driver", "base.bib", "ours.bib", "theirs.bib", cwd=tmp_path).returncode == 0
    assert "wax" in pk.read(tmp_path / "ours.bib")


# -- adding --------------------------------------------------------------------------------------------------

RECORDS = """
@article{r1, title = {Deep Bees}, author = {Wu, Bo}, year = 2020, journal = {Bees}, doi = {10.1000/deep}}
@article{r2, title = {Learning}, author = {Li, An}, year = 2018, journal = {Bees}}
@book{r3, title = {Learning}, author = {Okafor, Ada}, year = 2019, publisher = {Hive}}
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    (tmp_path / "refs.bib").write_text(BASE)
    (tmp_path / "records.bib").write_text(RECORDS)
    return tmp_path


@pytest.mark.parametrize(
    "thing", ["doi:10.1000/deep", "https://doi.org/10.1000/DEEP", "Deep Bees", "deep bees."]
)
def test_add_looks_up_identifiers_and_titles(shelf, thing):
    done = run("add", "refs.bib", thing, "--source", "records.bib", cwd=shelf)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "wu2020deep\n"
    text = (shelf / "refs.bib").read_text()
    assert text.startswith(BASE), "the rest stays byte for byte"
    assert "\n@article{wu2020deep,\n    author = {Wu, Bo},\n" in text, "in the manner of the file"
    again = run("add", "refs.bib", thing, "--source", "records.bib", cwd=shelf)
    assert "wu2020deep is there already" in again.stderr
    assert (shelf / "refs.bib").read_text() == text


def test_add_takes_files_pipes_and_references(shelf):
    (shelf / "new.ris").write_text("TY  - JOUR\nTI  - Wax\nAU  - Li, An\nPY  - 2021\nER  - \n")
    assert run("add", "refs.bib", "new.ris", cwd=shelf).stdout == "li2021wax\n"
    piped = "@misc{hive, title={Another Thing}, author={Li, An}, year=2022}"
    assert run("add", "refs.bib", "-", cwd=shelf, input=piped).stdout == "li2022another\n", (
        "the key was taken"
    )
    reference = "Okafor, A. (2021). On lists of bees. Journal of Lists, 12(3), 45-67."
    assert run("add", "refs.bib", reference, cwd=shelf).stdout == "okafor2021lists\n"
    library = pk.read(shelf / "refs.bib")
    assert [entry.key for entry in library] == [
        "bees",
        "hive",
        "li2021wax",
        "li2022another",
        "okafor2021lists",
    ]
    assert library["okafor2021lists"]["journaltitle"] == "Journal of Lists"


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        (
            "Learning",
            "several records have this title; add one by its identifier: records.bib r2 (Li, 2018, article)",
        ),
        ("doi:10.1000/none", "no source knows this identifier; asked were records.bib"),
        ("A Title that Nobody Wrote", "no source knows this title"),
    ],
)
def test_what_is_not_sure_is_not_added(shelf, thing, message):
    done = run("add", "refs.bib", thing, "--source", "records.bib", cwd=shelf)
    assert done.returncode == 2
    assert message in done.stderr
    assert (shelf / "refs.bib").read_text() == BASE
    with pytest.raises(RecordNotFoundError):
        pk.add(pk.read_string(BASE), "doi:10.1000/none")


def test_what_holds_nothing_is_told_and_what_is_broken_too(shelf):
    for empty in ("", "\n"):
        done = run("add", "refs.bib", "-", cwd=shelf, input=empty)
        assert done.returncode == 2
        assert "holds no entry" in done.stderr
    done = run("add", "refs.bib", "-", cwd=shelf, input="@misc{q, title={A Thing of Queues}, year=2020")
    assert "PK201" in done.stderr, "what is wrong with the input is told"
    assert done.stdout == "q\n"


def test_update_fills_what_is_there(shelf):
    more = "@article{x, title={Bees}, author={Bo Wu}, year=2020, journal={Journal of Bees}, doi={10.1000/b}}"
    done = run("add", "refs.bib", more, "--update", cwd=shelf)
    assert "bees learnt what it did not say" in done.stderr
    assert pk.read(shelf / "refs.bib")["bees"]["doi"] == "10.1000/b"


def test_dry_run_and_new_libraries_and_order(shelf):
    done = run("add", "refs.bib", "@misc{z, title={Z}, year=2020}", "--dry-run", cwd=shelf)
    assert "@misc{z," in done.stdout
    assert (shelf / "refs.bib").read_text() == BASE
    for key in ("c", "a", "e"):
        run("add", "new.bib", f"@misc{{{key}, title={{The {key * 9} Thing}}, year=2020}}", cwd=shelf)
    (shelf / "sorted.bib").write_text("".join(f"@misc{{{k}, title={{On {k * 5}}}}}\n" for k in "aceg"))
    run("add", "sorted.bib", "@misc{d, title={Something of Its Own}, year=2020}", cwd=shelf)
    assert [entry.key for entry in pk.read(shelf / "new.bib")] == ["c", "a", "e"]
    assert [entry.key for entry in pk.read(shelf / "sorted.bib")] == ["a", "c", "d", "e", "g"]


def test_links_line_ends_and_permissions_are_kept(shelf):
    real = shelf / "real.bib"
    real.write_bytes(BASE.replace("\n", "\r\n").encode())
    real.chmod(0o640)
    link = shelf / "link.bib"
    link.symlink_to(real)
    run("add", "link.bib", "@misc{z, title={Z}, year=2020}", cwd=shelf)
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    data = real.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert "z" in pk.read(real)


# -- several at once -----------------------------------------------------------------------------------------


def test_ten_processes_lose_nothing(shelf):
    def add(number: int) -> int:
        name = "ABCDEFGHIJ"[number]
        entry = (
            f"@misc{{k{number}, title={{The {name * 8} Thing}}, author={{Wu, {name}.}}, year=20{number}0}}"
        )
        return subprocess.run([*PUBKIT, "add", "refs.bib", entry], cwd=shelf, check=False).returncode

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(add, range(10))) == [0] * 10
    keys = {entry.key for entry in pk.read(shelf / "refs.bib")}
    assert keys == {"bees", "hive", *(f"k{number}" for number in range(10))}


@pytest.mark.parametrize("delay", [0.2, 0.6, 1.0, 1.4])
def test_one_that_is_killed_leaves_the_library_whole(shelf, delay):
    many = "".join(f"@misc{{k{n}, title={{The Thing of Number {n}}}, year=2020}}\n" for n in range(3000))
    (shelf / "refs.bib").write_text(BASE + many)
    with subprocess.Popen(
        [*PUBKIT, "add", "refs.bib", "@misc{z, title={Z}, year=2020}"], cwd=shelf, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
    text = (shelf / "refs.bib").read_text()
    assert text.startswith(BASE + many), "the old one or the new one, never a part"
    assert len(pk.read_string(text, format="bibtex")) in (3002, 3003)
    assert run("add", "refs.bib", "@misc{y, title={Why}, year=2020}", cwd=shelf).returncode == 0


def test_who_waits_too_long_is_told(shelf):
    with locked(shelf / "refs.bib"), pytest.raises(WriteError, match="is being changed by another process"):
        code = "from pubkit.keeping.locking import locked\nwith locked('refs.bib', timeout=0.2): pass"
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=shelf, capture_output=True, text=True, check=False
        )
        raise WriteError(done.stderr.strip().splitlines()[-1].partition(": ")[2])


def test_no_place_for_locks_is_told(shelf, monkeypatch):
    (shelf / "file").write_text("")
    monkeypatch.setenv("PUBKIT_CACHE", str(shelf / "file"))
    with pytest.raises(WriteError, match="set PUBKIT_CACHE to a folder"), locked(shelf / "refs.bib"):
        pass
