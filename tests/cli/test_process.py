"""The command line as a process: how fast it starts, what signals and closed pipes do, what a bug shows."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pubkit import api
from pubkit.cli import console
from pubkit.cli.group import VERBS
from pubkit.cli.progress import Progress
from pubkit.cli.run import run

PUBKIT = [sys.executable, "-m", "pubkit.cli"]


def test_version_starts_fast():
    """Start-up costs under 150 ms of processor time; wall time would measure the machine's other work."""
    costs = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*PUBKIT, "--version"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        costs.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    assert min(costs) < 0.15


def test_version_loads_no_verb():
    code = "import sys; from pubkit.cli.run import run; run(['--version']); print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    for module in ("pubkit.api", "pubkit.cli.convert", "jinja2", "pybtex", "rapidfuzz", "importlib.metadata"):
        assert module not in loaded.split(), module


@pytest.mark.parametrize("verb", VERBS)
def test_every_help_has_an_example(verb, capsys):
    assert run([verb, "--help"]) == 0
    out = capsys.readouterr().out
    assert f"Examples:\n  pubkit {verb}" in out


def test_help_lists_every_verb(capsys):
    assert run(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"\n  {verb} " in out for verb in VERBS)
    assert "Example: pubkit publish" in out


def test_a_closed_pipe_is_no_error(tmp_path):
    refs = tmp_path / "refs.bib"
    refs.write_text("".join(f"@book{{k{n}, title = {{T{n}}}}}\n" for n in range(20_000)))
    with subprocess.Popen(
        [*PUBKIT, "convert", str(refs)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_interrupted(tmp_path):
    fifo = tmp_path / "never"
    os.mkfifo(fifo)
    with subprocess.Popen(
        [*PUBKIT, "convert", str(fifo), "-o", str(tmp_path / "out.bib")], stderr=subprocess.PIPE
    ) as process:
        with fifo.open("wb"):  # opens when the reader has: it waits for data now
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 130
        assert b"Traceback" not in process.stderr.read()
    assert not (tmp_path / "out.bib").exists()


def test_a_bug_is_told_as_one(monkeypatch, capsys):
    def broken(*args, **kwargs):
        raise RuntimeError("oh\nno")

    monkeypatch.delenv("PUBKIT_DEBUG", raising=False)
    monkeypatch.setattr(api, "read_many", broken)
    assert run(["convert", "x.bib"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("pubkit: internal error: RuntimeError: oh no; set PUBKIT_DEBUG=1")
    assert err.count("\n") == 1
    monkeypatch.setenv("PUBKIT_DEBUG", "1")
    with pytest.raises(RuntimeError):
        run(["convert", "x.bib"])


def test_nothing_is_written_where_writing_fails(tmp_path, monkeypatch, capsys):
    """Two entries of one key cannot stand in an output that needs unique keys: the old file stays."""
    source = tmp_path / "a.bib"
    source.write_text("@book{a, title = {A}}")

    def broken(*args, **kwargs):
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(os, "fsync", broken)
    assert run(["normalize", str(source), "--in-place"]) == 0  # nothing to change, nothing written
    assert run(["convert", str(source), "-o", str(tmp_path / "out.json")]) == 2
    assert "cannot be written (No space left on device)" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["a.bib"]


class Terminal:
    def __init__(self, isatty):
        self._isatty = isatty
        self.text = ""

    def isatty(self):
        return self._isatty

    def write(self, text):
        self.text += text

    def flush(self):
        pass


@pytest.mark.parametrize(
    ("isatty", "environment", "colored"),
    [
        (True, {"TERM": "xterm"}, True),
        (True, {"TERM": "dumb"}, False),
        (True, {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (False, {}, False),
        (False, {"FORCE_COLOR": "1"}, True),
    ],
)
def test_color(monkeypatch, isatty, environment, colored):
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert console.use_color(Terminal(isatty)) is colored


def test_errors_are_colored_on_a_terminal_only(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    run(["convert", "no.bib"])
    assert "\x1b[31m" in capsys.readouterr().err
    monkeypatch.delenv("FORCE_COLOR")
    run(["convert", "no.bib"])
    assert "\x1b" not in capsys.readouterr().err


def test_progress_draws_on_a_terminal_after_a_second(monkeypatch):
    monkeypatch.setattr("pubkit.cli.progress._PATIENCE", 0.01)
    for isatty in (True, False):
        terminal = Terminal(isatty)
        monkeypatch.setattr(sys, "stderr", terminal)
        with Progress(["reading", "writing"]) as progress:
            progress("reading")
            progress("writing")
            time.sleep(0.15)
        assert ("writing" in terminal.text) is isatty
        assert terminal.text.endswith("\r\x1b[K") is isatty
    assert progress.line().startswith("[############············] writing")


def test_progress_is_silent_for_what_is_quick(monkeypatch):
    terminal = Terminal(True)
    monkeypatch.setattr(sys, "stderr", terminal)
    with Progress(["reading"]) as progress:
        progress("reading")
    assert terminal.text == ""


def test_control_characters_do_not_reach_the_terminal(capsys):
    console.fail("a\x1b]0;owned\x07\u202eb\udcff.bib: is bad")
    assert capsys.readouterr().err == "pubkit: a\\x1b]0;owned\\x07\\u202eb\\udcff.bib: is bad\n"


def test_a_terminal_without_unicode_is_no_error():
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run([*PUBKIT, "rules"], env=environment, check=True, capture_output=True)
    assert rb"\u201cet al.\u201d" in done.stdout


def test_long_lists_of_findings_are_cut(capsys):
    from pubkit.diagnostics import Diagnostic, Severity

    many = [Diagnostic("PK104", f"number {n}", Severity.INFO) for n in range(100)]
    worst = Diagnostic("PK001", "the worst", Severity.ERROR)
    console.show_diagnostics([*many, worst])
    err = capsys.readouterr().err
    assert "the worst" in err
    assert err.endswith("… and 61 more; --verbose shows all\n")
    console.show_diagnostics([*many, worst], verbose=True)
    assert capsys.readouterr().err.count("\n") == 101


def test_installed_command():
    command = Path(sys.executable).with_name("pubkit")
    if not command.exists():
        pytest.skip("pubkit is not installed beside this Python")
    done = subprocess.run([command, "--version"], check=True, capture_output=True, text=True)
    assert done.stdout.startswith("pubkit ")
