"""How long whole lists take: `python -m benchmarks.lists`.

Lists of 1,000 and 10,000 made-up entries as plain text, and a home page of 5 MB, from text to library, in one
process on one core, in CPU time. Nobody else reads such lists, so there is nothing to stand beside.
"""

from __future__ import annotations

import random
import time

from pubkit.formats.paperlist.reader import read
from pubkit.model.source import Document

PAGE = 5_000_000
_NAMES = ("Lindgren", "Adeyemi", "Castro", "Niemi", "Osei", "Tamura", "Petrov", "Singh", "Bose", "Keller")
_WORDS = (
    "sheep",
    "clock",
    "river",
    "light",
    "graph",
    "theory",
    "of",
    "the",
    "in",
    "for",
    "noisy",
    "sparse",
    "fast",
)
_JOURNALS = ("Journal of Imaginary Results", "Annals of Brevity", "Physica Q", "Transactions on Sheep")


def entries(count: int) -> list[tuple[str, str, str]]:
    """Return made-up entries: authors, title, and where it appeared."""
    rng = random.Random(1)  # a made-up list, no secret
    return [
        (
            ", ".join(f"{rng.choice('ABCDEFGHJ')}. {rng.choice(_NAMES)}" for _ in range(rng.randint(1, 4))),
            " ".join(rng.choices(_WORDS, k=rng.randint(5, 11))).capitalize(),
            f"{rng.choice(_JOURNALS)} {rng.randint(1, 99)}({rng.randint(1, 12)}), {rng.randint(1, 900)}-"
            f"{rng.randint(901, 999)}, {rng.randint(1990, 2024)}",
        )
        for _ in range(count)
    ]


def plain(count: int) -> str:
    """Return a plain list."""
    return "Publications\n\n" + "\n".join(f"- {'. '.join(entry)}." for entry in entries(count))


def page(size: int) -> str:
    """Return a home page of about a size."""
    items = [
        f"<li><b>{title}</b><br>{names}<br><i>{where}</i> <a href='p.pdf'>pdf</a></li>"
        for names, title, where in entries(size // 160)
    ]
    return f"<html><body><h2>Publications</h2><ul>{''.join(items)}</ul></body></html>"[:size]


def seconds(name: str, text: str) -> tuple[int, float]:
    """Return how many entries a text gives, and the CPU seconds it takes."""
    start = time.process_time()
    found = len(read(Document(name, text)))
    return found, time.process_time() - start


def main() -> str:
    """Return the table."""
    seconds("warm.txt", plain(50))  # the model and the tables are loaded once
    rows = ["| list | entries | CPU s | entries/s |", "|---|---|---|---|"]
    times = []
    for label, name, text in (
        ("plain text", "x.txt", plain(1_000)),
        ("plain text", "x.txt", plain(10_000)),
        ("home page of 5 MB", "x.html", page(PAGE)),
    ):
        found, taken = seconds(name, text)
        times.append(taken)
        rows.append(f"| {label} | {found:,} | {taken:.2f} | {found / taken:,.0f} |")
    rows.append(f"\n10,000 entries take {times[1] / times[0]:.1f} × the time of 1,000 (goal: at most 11 ×).")
    return "\n".join(rows)


if __name__ == "__main__":
    print(main())
