"""What machines read on the page: schema.org JSON-LD, one record a paper."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pubkit.crosswalks.schemaorg import to_schema_org
from pubkit.model.entry import Entry
from pubkit.page.links import entry_links


def json_ld(entries: Iterable[Entry]) -> str:
    """Return the papers as schema.org JSON-LD that can stand inside a `<script>` element.

    Args:
        entries: The papers in page order.

    Returns:
        JSON in which no `<`, `>` or `&` stands, so that no title can end the element.
    """
    graph = {"@context": "https://schema.org", "@graph": [_record(entry) for entry in entries]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _record(entry: Entry) -> dict[str, Any]:
    """Return the record of a paper, with the links that the page shows (all of them safe)."""
    record, _ = to_schema_org(entry)
    record.pop("url", None)
    links = [link.url for link in entry_links(entry)]
    if links:
        record["url"] = links[0]
    if links[1:]:
        record["sameAs"] = links[1:]
    return record
