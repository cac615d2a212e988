"""A stand-in for Crossref that knows the entries of refs/: for the commands of the docs."""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from urllib.parse import unquote

from rapidfuzz import fuzz
from werkzeug import Request, Response

import pubkit as pk
from pubkit.text.fold import fold
from tests.conftest import REFS

_TYPES = {"article": "journal-article", "inproceedings": "proceedings-article", "book": "book",
          "incollection": "book-chapter", "thesis": "dissertation", "online": "posted-content"}  # fmt: skip
_ROWS, _NEAR = 3, 60


def crossref(request: Request) -> Response:
    """Answer `/works/DOI` and `/works?query.bibliographic=…` as Crossref documents it."""
    path = unquote(request.path).removeprefix("/works").strip("/")
    works = _works()
    if path:
        found = next((work for work in works if work.get("DOI", "").lower() == path.lower()), None)
        if found is None:
            return Response("Resource not found.", 404)
        answer: dict[str, Any] = {"status": "ok", "message-type": "work", "message": found}
    else:
        words = fold(request.args.get("query.bibliographic", ""))
        ranked = sorted(works, key=lambda work: -fuzz.token_set_ratio(words, fold(work["title"][0])))
        items = [work for work in ranked if fuzz.token_set_ratio(words, fold(work["title"][0])) >= _NEAR]
        answer = {"status": "ok", "message-type": "work-list", "message": {"items": items[:_ROWS]}}
    return Response(json.dumps(answer), content_type="application/json")


@cache
def _works() -> list[dict[str, Any]]:
    return [_work(entry) for name in ("shelf.bib", "papers.bib") for entry in pk.read(REFS / name)]


def _work(entry: pk.Entry) -> dict[str, Any]:
    people = [{"family": name.family, "given": name.given} for name in entry.names("author")]
    work = {
        "DOI": entry.get("doi", ""),
        "type": _TYPES[entry.type],
        "title": [entry.text("title")],
        "author": people,
        "container-title": [entry.text(name) for name in ("journaltitle", "booktitle") if name in entry],
        "volume": entry.get("volume", ""),
        "issue": entry.get("number", ""),
        "page": entry.get("pages", "").replace("--", "-"),
        "publisher": entry.text("publisher"),
        "issued": {"date-parts": [[entry.year]]},
    }
    return {name: value for name, value in work.items() if value}
