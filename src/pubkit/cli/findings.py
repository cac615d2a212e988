"""Findings on stdout: a line each, JSON, or annotations of a GitHub workflow."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import click

from pubkit.cli.console import line_of
from pubkit.diagnostics import Diagnostic, Severity

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def show(findings: Iterable[Diagnostic], output_format: str) -> None:
    """Write findings to stdout."""
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
