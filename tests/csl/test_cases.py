"""Our own cases for the CSL engine: what each rule does, one case a rule.

The input has two or three parts, separated by lines that hold only `---`: the body of a style (or a single
rendering element, the layout of a citation), items as JSON lines, and citations as JSON lines (a list of
cites each, with an optional note number in front). Without citations the output is the bibliography, or all
items cited together where the style has none.
"""

from __future__ import annotations

import json

from pubkit.csl import Citation, Cite, Engine
from tests import cases
from tests.csl import suite_html


@cases.parametrize("csl")
def test_case(case, pytestconfig):
    case.check(run(case.input), pytestconfig)


def run(text: str) -> str:
    """Return the output of one case."""
    parts = [part.strip() for part in text.split("\n---\n")]
    engine = Engine(style(parts[0]), [json.loads(line) for line in parts[1].split("\n")])
    if len(parts) > 2:
        document = [citation(json.loads(line), at) for at, line in enumerate(parts[2].split("\n"))]
        engine.update(document)
        return "\n".join(suite_html.write(engine.rendered(one.id)) for one in document)
    if engine.style.bibliography is not None:
        return "\n".join(suite_html.write(entry.resolved) for entry in engine.bibliography())
    return suite_html.write(engine.preview(Citation(tuple(Cite(item_id) for item_id in engine.order()))))


def style(body: str) -> str:
    """Return a whole style; a body without areas is the layout of a citation."""
    head, note = "", "note"
    if body.startswith("@"):  # attributes of cs:style
        head, _, body = body[1:].partition("\n")
    if "in-text" in head:
        note, head = "in-text", head.replace("in-text", "")
    if "<citation" not in body and "<bibliography" not in body:
        body = f'<citation><layout delimiter="; ">{body}</layout></citation>'
    return f'<style version="1.0" class="{note}" {head}>{body}</style>'


def citation(data: list[object], at: int) -> Citation:
    """Return a citation from `[note?, cite, cite …]`; a cite is an id or an object."""
    note = data.pop(0) if data and isinstance(data[0], int) else 0
    cites = [Cite(one) if isinstance(one, str) else Cite(**one) for one in data]
    return Citation(tuple(cites), note, f"c{at}")
