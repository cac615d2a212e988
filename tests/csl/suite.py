"""Run fixtures of the CSL test suite: `python -m tests.csl.suite DIR [--json FILE] [--only NAME]`.

A fixture passes when our output equals its RESULT, character by character.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import traceback
from pathlib import Path
from typing import Any

from pubkit.csl.citations import Citation, Cite
from pubkit.csl.engine import Engine
from tests.csl import suite_html

_SECTION = re.compile(r">>=+ ?([A-Z-]+) ?=+>>\s*?\n(.*?)(?:\n)?<<=+ ?\1 ?=+<<", re.DOTALL)


def load_fixture(path: Path) -> dict[str, str]:
    """Return a fixture's sections."""
    return dict(_SECTION.findall(path.read_text(encoding="utf-8")))


def run_fixture(sections: dict[str, str]) -> str:
    """Return our output for a fixture."""
    items = json.loads(sections["INPUT"])
    for number, item in enumerate(items, 1):
        item.setdefault("id", f"item-{number}")
    engine = Engine(sections["CSL"], items)
    lines: list[str] = []
    if "CITATIONS" in sections:
        lines = _run_document(engine, json.loads(sections["CITATIONS"]))
    if sections["MODE"].strip() == "bibliography":
        return suite_html.bibliography([entry.resolved for entry in engine.bibliography()])
    if "CITATIONS" in sections:
        return "\n".join(lines)
    if "CITATION-ITEMS" in sections:
        clusters = json.loads(sections["CITATION-ITEMS"])
    else:
        clusters = [[{"id": item_id} for item_id in engine.order()]]
    return "\n".join(
        suite_html.write(engine.preview(Citation(tuple(_cite(cite) for cite in cluster))))
        for cluster in clusters
    )


def _run_document(engine: Engine, steps: list[Any]) -> list[str]:
    """Replay the edits of a document; return the lines of the last one."""
    engine.begin_document()
    citations: dict[str, Citation] = {}
    lines: list[str] = []
    for step in steps:
        data, before, after = step
        citation_id = data.get("citationID", f"c{len(citations)}")
        properties = data.get("properties", {})
        citations[citation_id] = Citation(
            tuple(_cite(cite) for cite in data["citationItems"]),
            note=properties.get("noteIndex", 0),
            id=citation_id,
            mode=properties.get("mode", ""),
        )
        order = [*before, [citation_id, properties.get("noteIndex", 0)], *after]
        document = []
        for name, note in order:
            old = citations[name]
            citations[name] = Citation(old.cites, note, name, old.mode)
            document.append(citations[name])
        changed = {citation_id, *(change.id for change in engine.update(document))}
        lines = [
            f"{'>>' if name in changed else '..'}[{at}] {suite_html.write(engine.rendered(name))}"
            for at, (name, _) in enumerate(order)
        ]
    return lines


def _cite(data: dict[str, Any]) -> Cite:
    position = {0: "first", 1: "subsequent", 2: "ibid", 3: "ibid-with-locator"}
    forced = data.get("position")
    near = data.get("near-note")
    return Cite(
        str(data["id"]),
        locator=str(data.get("locator") or ""),
        label=str(data.get("label") or "page"),
        prefix=data.get("prefix") or "",
        suffix=data.get("suffix") or "",
        suppress_author=bool(data.get("suppress-author")),
        author_only=bool(data.get("author-only")),
        position=position.get(int(forced), "") if forced is not None else "",
        near_note=bool(near) if near is not None else None,
    )


def run_file(path: Path) -> tuple[str, str]:
    """Return expected and actual output of a fixture file; an error counts as output."""
    sections = load_fixture(path)
    try:
        actual = run_fixture(sections)
    except Exception as error:  # noqa: BLE001 # the runner goes on with the next fixture
        place = traceback.extract_tb(error.__traceback__)[-1]
        actual = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
    return sections["RESULT"], actual


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.csl.suite", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with the fixtures")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write file stem → output")
    parser.add_argument("--only", metavar="NAME", help="run this fixture and show both outputs")
    parser.add_argument("--failed", action="store_true", help="list the fixtures that failed")
    options = parser.parse_args(arguments)
    paths = sorted(options.folder.glob("*.txt"))
    if options.only:
        paths = [path for path in paths if path.stem == options.only]
    outputs: dict[str, str] = {}
    failed: list[str] = []
    for path in paths:
        expected, actual = run_file(path)
        outputs[path.stem] = actual
        if actual != expected:
            failed.append(path.stem)
            if options.only:
                print(f"--- expected\n{expected}\n--- actual\n{actual}")
    if options.json:
        options.json.write_text(json.dumps(outputs, ensure_ascii=False, indent=1), encoding="utf-8")
    if options.failed:
        print("\n".join(failed))
    print(f"{len(paths) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
