"""Shell completion: the scripts, and what they complete."""

from __future__ import annotations

import shutil
import subprocess

import click.shell_completion as completion
import pytest

from pubkit.cli.group import pubkit
from pubkit.cli.run import run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts(shell, capsys):
    assert run(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert "_PUBKIT_COMPLETE" in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script, text=True, check=True, timeout=20)


def test_another_shell(capsys):
    assert run(["completion", "tcsh"]) == 2
    assert "bash, zsh, fish" in capsys.readouterr().err.replace("'", "")


@pytest.mark.parametrize(
    ("words", "incomplete", "expected"),
    [
        ([], "dedu", "dedupe"),
        (["format"], "--hi", "--highlight"),
        (["format", "--style"], "apa-ann", "apa-annotated-bibliography"),
        (["convert", "-t"], "csl", "csl-json"),
        (["convert", "-f"], "bibl", "biblatex"),
    ],
)
def test_what_is_completed(words, incomplete, expected):
    found = completion.ShellComplete(pubkit, {}, "pubkit", "_PUBKIT_COMPLETE").get_completions(
        words, incomplete
    )
    assert expected in [item.value for item in found]


def test_files_are_left_to_the_shell():
    shell = completion.ShellComplete(pubkit, {}, "pubkit", "_PUBKIT_COMPLETE")
    assert [item.type for item in shell.get_completions(["format", "--style"], "./own")] == ["file"]
    assert [item.type for item in shell.get_completions(["format"], "re")] == ["file"]
