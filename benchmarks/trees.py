"""Files of 1,000, 10,000 and 100,000 records of web services and DBLP: cost grows with the number of records.

No peer reads these files to entries of its own; the table says CPU microseconds a record.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from pubkit.formats.detect import get_format
from pubkit.model.source import Document

SAMPLES = Path(__file__).parent.parent / "tests/formats/samples"
SIZES = (1_000, 10_000, 100_000)


def of_json(name: str, *path: str) -> str:
    """Return a file of the records of a sample, as often as they are wanted."""
    value = json.loads((SAMPLES / f"{name}.txt").read_text(encoding="utf-8"))
    for step in path:
        value = value[step]
    return ",\n".join(json.dumps(record) for record in value)


def texts(name: str, size: int) -> tuple[str, int]:
    """Return a text of about `size` records, and how many it has."""
    if name == "dblp":
        whole = (SAMPLES / "dblp.txt").read_text(encoding="utf-8")
        records = whole[whole.index("<article") : whole.index("<www")]
        times = size // 3
        return f"<dblp>{records * times}</dblp>", times * 3
    path = {"crossref": ("message", "items"), "openalex": ("results",)}[name]
    records = of_json(name, *path)
    count = 3 if name == "crossref" else 2
    times = size // count
    inside = ",\n".join([records] * times)
    if name == "crossref":
        return f'{{"message": {{"items": [{inside}]}}}}', times * count
    return f'{{"results": [{inside}]}}', times * count


def main() -> None:
    print("| format | " + " | ".join(f"{size:,} records" for size in SIZES) + " |")
    print("|---|" + "---|" * len(SIZES))
    for name in ("crossref", "openalex", "dblp"):
        reader = get_format(name).read
        assert reader
        cells = []
        for size in SIZES:
            text, count = texts(name, size)
            start = time.process_time()
            library = reader(Document("x", text))
            spent = time.process_time() - start
            assert len(library) == count
            cells.append(f"{spent / count * 1e6:.0f} µs")
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
