"""`pubkit check`: what is wrong with a list, and repairs on request."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import click

from pubkit import api
from pubkit.cli import files, options
from pubkit.cli.changes import show_diff, summary
from pubkit.cli.console import line_of, plural, say
from pubkit.cli.group import verb
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.formats.base import Format
from pubkit.model.library import Library

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


@verb(
    "check",
    "Report what is wrong; repair on request.",
    examples="""
    pubkit check refs.bib
    pubkit check refs.bib --select N,T --fix
    pubkit check refs.bib --output-format github
    """,
)
@options.inputs
@options.from_
@options.select
@options.ignore
@click.option("--fix", is_flag=True, help="Repair what can be repaired for certain, in the input.")
@options.unsafe
@options.diff
@click.option(
    "--output-format", type=click.Choice(["text", "json", "github"]), default="text", show_default=True,
    help="github makes annotations of a workflow.",
)  # fmt: skip
@options.encoding
@options.owner
@options.quiet
def command(
    *,
    inputs: tuple[str, ...],
    from_: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    unsafe: bool,
    diff: bool,
    output_format: str,
    encoding: str | None,
    owner: str,
    quiet: bool,
) -> int:
    """Report what is wrong with lists of publications; exit with 1 where there are findings.

    Findings are what the reader could not read and what the rules find. `pubkit rules` lists the rules.
    """
    if fix and "-" in files.given(inputs):
        raise click.UsageError(
            "--fix needs files, not standard input; use normalize", click.get_current_context()
        )
    rules = files.said({"select": options.codes(select), "ignore": options.codes(ignore)})
    findings: list[Diagnostic] = []
    pending = []
    for path in files.given(inputs):
        library = files.read((path,), from_, encoding=encoding, owner=owner)
        fixed = api.normalize(library, keys="keep", unsafe=unsafe, **rules) if fix or diff else library
        # Whether each input can be written back is known before one is.
        target = files.same_format(library, path, from_) if fix or diff else None
        pending.append((path, library, fixed, target))
        findings.extend(_reader_findings(library, rules))
        findings.extend(api.check(library if diff else fixed, **rules))
    if diff:
        shown = [_diff(path, library, fixed, target) for path, library, fixed, target in pending if target]
        return 1 if any(shown) else 0
    for path, _, fixed, target in pending:
        if target and fixed.changes:
            files.write(fixed, target, path, force=True, layout="preserve")
            if not quiet:
                say(f"{path}: repaired {summary(fixed.changes)}")
    _show(findings, output_format)
    if output_format == "text" and not quiet:
        fixable = sum(1 for finding in findings if finding.fix)
        tail = f", {fixable} with a repair (--fix does the certain ones)" if fixable and not fix else ""
        say(f"{plural(len(findings), 'finding')}{tail}" if findings else "no findings")
    return 1 if findings else 0


def _reader_findings(library: Library, rules: dict[str, Any]) -> list[Diagnostic]:
    """Return what the reader found wrong and the selection covers; its guesses are no findings."""
    chosen, left = rules.get("select"), rules.get("ignore") or []
    return [
        found
        for found in library.diagnostics
        if found.severity is not Severity.INFO
        and (chosen is None or found.code.startswith(tuple(chosen)))
        and not found.code.startswith(tuple(left))
    ]


def _diff(path: str, library: Library, fixed: Library, target: Format) -> bool:
    before = library.document.text if library.document else ""
    return show_diff(before, api.write_string(fixed, target.name, layout="preserve"), path)


def _show(findings: Iterable[Diagnostic], output_format: str) -> None:
    """Write the findings to stdout."""
    if output_format == "json":
        click.echo(json.dumps([_record(finding) for finding in findings], ensure_ascii=False, indent=2))
        return
    for finding in findings:
        click.echo(_github(finding) if output_format == "github" else line_of(finding, err=False))


def _record(finding: Diagnostic) -> dict[str, Any]:
    place = finding.location
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": finding.message,
        "hint": finding.hint,
        "fix": finding.fix,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "key": place.key,
        "field": place.field,
    }


def _github(finding: Diagnostic) -> str:
    """Return a GitHub workflow command; values are escaped as GitHub's runner unescapes them."""
    place = finding.location
    properties = {"file": place.file, "line": place.line, "col": place.column, "title": finding.code}
    written = ",".join(f"{name}={_escape(str(value), ':,')}" for name, value in properties.items() if value)
    text = f"{finding.message}; {finding.hint}" if finding.hint else finding.message
    return f"::{_GITHUB[finding.severity]} {written}::{_escape(text)}"


def _escape(text: str, more: str = "") -> str:
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
