"""The report as one page that asks no server: pairs side by side, what differs marked, answers to keep."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.answers import Answer, answer
from pubkit.dedupe.differences import differences, rows
from pubkit.dedupe.report.content import as_entry
from pubkit.dedupe.result import name_of

if TYPE_CHECKING:
    from jinja2 import Template

#: A page with more is no longer read; the JSON report has all.
MOST = 1000


def to_html(
    groups: Iterable[tuple[str, Mapping[str, Any]]],
    *,
    title: str = "Duplicates",
    answers: Sequence[Answer] = (),
    counts: Mapping[str, int] | None = None,
) -> str:
    """Return a report as an HTML page.

    Args:
        groups: Groups as in `content`, each with the name of its part.
        title: Heading of the page.
        answers: What was answered before; the page shows it and hands it on.
        counts: How many groups each part has, where `groups` does not hold all.
    """
    shown: dict[str, list[dict[str, Any]]] = {"groups": [], "maybe": [], "works": []}
    found = dict.fromkeys(shown, 0)
    for part, group in groups:
        found[part] += 1
        if len(shown[part]) < MOST:
            shown[part].append(_pair(group) if part == "maybe" else _group(group))
    style, script = _asset("report.css"), _asset("report.js")
    own = f"style-src {_hashed(style)}; script-src {_hashed(script)}"
    policy = f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"
    return _template().render(
        title=title, style=style, script=script, policy=policy, shown=shown, most=MOST,
        counts=dict(found) | dict(counts or {}),
        earlier=json.dumps([{"keys": a.keys, "digests": a.digests, "same": a.same} for a in answers]),
    )  # fmt: skip


def _pair(group: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page shows of a pair for review."""
    one, other = (as_entry(values) for values in group["entries"])
    asked = answer(one, other, same=True)
    return {
        "keys": [name_of(one), name_of(other)],
        "score": group["score"],
        "reasons": group["reasons"],
        "rows": rows(one, other),
        "about": json.dumps({"keys": asked.keys, "digests": asked.digests}),
        "title": one.text("title") or one.key,
    }


def _group(group: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page shows of a group: its entries in columns, each compared with the first."""
    entries = [as_entry(values) for values in group["entries"]]
    names: list[str] = []
    for entry in entries:
        names += [name for name in entry.fields if name not in names]
    table = []
    for name in names:
        texts = [" ".join(entry.text(name).split()) if entry.fields.get(name) else "" for entry in entries]
        cells = [differences(texts[0], text)[1] for text in texts]
        table.append({"name": name, "cells": cells})
    title = next((entry.text("title") for entry in entries if entry.fields.get("title")), "")
    return {
        **group,
        "rows": table,
        "title": title or ", ".join(group["keys"]),
        "members": list(map(name_of, entries)) or group["keys"],
    }


@cache
def _asset(name: str) -> str:
    return files("pubkit.dedupe.report").joinpath("templates", name).read_text(encoding="utf-8")


def _hashed(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("pubkit.dedupe.report", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("report.html")
