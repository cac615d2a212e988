"""What cleaners repair in a messy `.bib`, and what they damage: `python -m benchmarks.repairs`.

Real DBLP entries get one fault each, in turns, by a script without chance; what is right is known. Each tool
gets the same file, and its output is read field by field, as it stands. bibtex-tidy (its program in
BIBTEX_TIDY), biber and bibtool (Debian packages) are skipped with a word where they are not installed.
"""

from __future__ import annotations

import argparse
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.rules import DATA, TIDY, TIDY_OPTIONS
from pubkit.formats.bibtex import grammar, read_bibtex
from pubkit.formats.bibtex.entryparser import EntryParser
from pubkit.markup.latex import to_text
from pubkit.model.names import parse_names
from pubkit.model.source import Document

Fields = dict[str, str]
Check = Callable[[Fields, Fields], bool]
# Fields that DBLP's entries have and every tool may drop or rename without loss.
_LEFT_OUT = {"timestamp", "biburl", "bibsource"}
_SKIPPED = {"timestamp", "biburl", "bibsource", "url", "year", "month"}


def _same(name: str, wanted: Callable[[str], str]) -> Check:
    """Return a check that a field has the value which is made of the original one."""
    return lambda got, before: _plain(got.get(name, "")) == _plain(wanted(before[name]))


def _plain(value: str) -> str:
    return " ".join(to_text(value).split())


def _first_author(fields: Fields) -> str:
    return fields["author"].split(" and ")[0]


#: Fault → what it does to the fields, and how one sees that it is repaired.
FAULTS: dict[str, tuple[Callable[[Fields], Fields], Check]] = {
    "month in words": (
        lambda fields: {"month": "March"},
        lambda got, _: got.get("month", "") in ("mar", "3", "03") or got.get("date", "")[4:] == "-03",
    ),
    "pages with one hyphen": (
        lambda fields: {"pages": "10-20"},
        lambda got, _: got.get("pages") == "10--20",
    ),
    "DOI with its resolver": (
        lambda fields: {"doi": "https://doi.org/10.1000/abc"},
        lambda got, _: got.get("doi") == "10.1000/abc",
    ),
    "empty field": (lambda fields: {"note": ""}, lambda got, _: "note" not in got),
    "“et al.” as a person": (
        lambda fields: {"author": _first_author(fields) + " and et al."},
        lambda got, before: got.get("author", "").endswith(" and others"),
    ),
    "bare & in a title": (
        lambda fields: {"title": fields["title"] + " R&D"},
        lambda got, _: r"R\&D" in got.get("title", ""),
    ),
    "HTML entity in a title": (
        lambda fields: {"title": "Caf&eacute; and " + fields["title"]},
        lambda got, _: _plain(got.get("title", "")).startswith("Café"),
    ),
    "acronym without braces": (
        lambda fields: {"title": "On DNA and " + fields["title"]},
        lambda got, _: "{DNA}" in got.get("title", ""),
    ),
    "period behind a title": (
        lambda fields: {"title": fields["title"].rstrip(".") + "."},
        lambda got, before: not got.get("title", "").rstrip("} ").endswith("."),
    ),
    "names without spaces": (
        lambda fields: {"author": "Tolkien,J.R.R."},
        lambda got, _: got.get("author") == "Tolkien, J. R. R.",
    ),
    "macros in an address": (
        lambda fields: {"url": r"\url{https://example.org/a\_b}"},
        lambda got, _: got.get("url") == "https://example.org/a_b",
    ),
    "organisation without braces": (
        lambda fields: {"author": "World Health Organization"},
        lambda got, _: got.get("author") == "{World Health Organization}",
    ),
    "white space": (
        lambda fields: {"title": fields["title"].replace(" ", "   ", 1)},
        lambda got, before: "  " not in got.get("title", "  "),
    ),
}


def raw_entries(text: str) -> dict[str, Fields]:
    """Return key → fields as they stand in a `.bib`."""
    document = Document("", text)
    parser, made = EntryParser(text), {}
    for block in read_bibtex(document).blocks:
        head = grammar.HEAD.match(text, block.start) if block.kind == "entry" else None
        if head:
            raw = parser.entry(head)
            made[raw.key] = {
                field.name: " ".join("".join(piece.text for piece in field.pieces).split())
                if "title" not in field.name
                else "".join(piece.text for piece in field.pieces).replace("\n", " ")
                for field in raw.fields
            }
    return made


def messy(count: int) -> tuple[str, dict[str, str], dict[str, Fields]]:
    """Return a messy file, which fault each entry has, and its fields before."""
    text = (DATA / "dblp-10k.bib").read_text(encoding="utf-8")
    parts, faults, before = [], {}, {}
    names = list(FAULTS)
    for key, fields in raw_entries(text).items():
        if len(before) == count:
            break
        if not {"author", "title", "year"} <= fields.keys():
            continue
        kept = {
            name: value for name, value in fields.items() if name not in ("timestamp", "biburl", "bibsource")
        }
        name = names[len(before) % len(names)]
        changed = {**kept, **FAULTS[name][0](kept)}
        faults[key], before[key] = name, kept
        rows = "".join(f"  {field} = {{{value}}},\n" for field, value in changed.items())
        parts.append(
            f"@misc{{{key},\n{rows}}}\n" if "journal" not in kept else f"@article{{{key},\n{rows}}}\n"
        )
    return "\n".join(parts), faults, before


def judged(output: str, faults: dict[str, str], before: dict[str, Fields]) -> tuple[Counter[str], int, int]:
    """Return which faults were repaired, how many other values read otherwise, how many entries are gone."""
    got = {
        key.lower(): {_BIBTEX.get(name, name): value for name, value in fields.items()}
        for key, fields in raw_entries(output).items()
    }
    repaired: Counter[str] = Counter()
    damaged = gone = 0
    for key, fault in faults.items():
        fields = got.get(key.lower())
        if fields is None:
            gone += 1
            continue
        repaired[fault] += FAULTS[fault][1](fields, before[key])
        touched = FAULTS[fault][0](before[key]).keys() | _SKIPPED
        for name, value in before[key].items():
            if name not in touched and _told(name, fields.get(name, "")) != _told(name, value):
                damaged += 1
    return repaired, damaged, gone


_BIBTEX = {"journaltitle": "journal", "location": "address"}


def _told(name: str, value: str) -> object:
    """Return what a value tells a reader: people part by part, else letters and digits."""
    if name in ("author", "editor"):
        return [(who.full_family, who.given) for who in parse_names(value)]
    return re.sub(r"[\W_]+", "", to_text(value)).casefold()


def tools(path: Path, folder: Path) -> dict[str, tuple[list[str], Path]]:
    """Return the installed tools: the command of each and its output."""
    out = {name: folder / f"{name}.bib" for name in ("pubkit", "tidy", "biber", "bibtool")}
    found = {
        "pubkit normalize": (
            [
                *(sys.executable, "-m", "pubkit", "normalize", str(path), "--isolated", "-q", "--force"),
                *("--keys", "keep", "-o", str(out["pubkit"])),
            ],
            out["pubkit"],
        )
    }
    if TIDY:
        found["bibtex-tidy 1.14"] = ([TIDY, str(path), *TIDY_OPTIONS, f"--output={out['tidy']}"], out["tidy"])
    if shutil.which("biber"):
        found["biber --tool"] = (
            ["biber", "--tool", "--quiet", f"--output-file={out['biber']}", str(path)],
            out["biber"],
        )
    if shutil.which("bibtool"):
        rules = ["-r", "improve", "-r", "month"]
        found["bibtool, with improve and month"] = (
            ["bibtool", "-q", *rules, str(path), "-o", str(out["bibtool"])],
            out["bibtool"],
        )
    there = {"bibtex-tidy": TIDY, **{name: shutil.which(name) or "" for name in ("biber", "bibtool")}}
    for name, program in there.items():
        if not program:
            print(f"{name} is not installed: left out")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1300)
    given = parser.parse_args()
    text, faults, before = messy(given.size)
    columns: dict[str, tuple[Counter[str], int, int, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "messy.bib"
        path.write_text(text, encoding="utf-8")
        for tool, (command, output) in tools(path, folder).items():
            start = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, capture_output=True, check=False, cwd=folder)
            end = resource.getrusage(resource.RUSAGE_CHILDREN)
            took = end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime
            written = output.read_text(encoding="utf-8", errors="replace") if output.exists() else ""
            columns[tool] = (*judged(written, faults, before), took)
    of = Counter(faults.values())
    print(f"| {len(faults):,} entries | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for fault in FAULTS:
        cells = [f"{found[0][fault]} of {of[fault]}" for found in columns.values()]
        print(f"| {fault} | " + " | ".join(cells) + " |")
    print(
        "| other values that read otherwise | "
        + " | ".join(str(found[1]) for found in columns.values())
        + " |"
    )
    print("| entries gone | " + " | ".join(str(found[2]) for found in columns.values()) + " |")
    print("| CPU s | " + " | ".join(f"{found[3]:.2f}" for found in columns.values()) + " |")


if __name__ == "__main__":
    main()
