"""Ask BibTeX itself how it reads author lists, and compare.

    python -m tests.model.bibtex_oracle FOLDER…     every author and editor list of the .bib files there
    python -m tests.model.bibtex_oracle --record    write BibTeX's answers for author_strings.txt

Needs the program `bibtex` (Debian package texlive-binaries).
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pubkit.model.names import parse_parts, split_names

HERE = Path(__file__).parent
STRINGS = HERE / "author_strings.txt"
ANSWERS = HERE / "author_strings.json"
BIBTEX = shutil.which("bibtex")

Answer = list[list[str]]  # one [first, von, last, jr] a name

# BibTeX breaks lines longer than 79 characters and cuts blanks off their ends: parts go out in pieces.
_STYLE = r"""
ENTRY { author } {} {}
STRINGS { s }
INTEGERS { n i p }
FUNCTION {emit}
{ 's := #1 'p :=
  { s p #1 substring$ "" = { #0 } { #1 } if$ }
  { s p #60 substring$ "!" * write$ newline$ p #60 + 'p := }
  while$
  "." write$ newline$
}
FUNCTION {misc}
{ "@" cite$ * write$ newline$
  author missing$
    { #0 'n := }
    { author num.names$ 'n := }
  if$
  #1 'i :=
  { i n > { #0 } { #1 } if$ }
  { author i "{ff}" format.name$ emit
    author i "{vv}" format.name$ emit
    author i "{ll}" format.name$ emit
    author i "{jj}" format.name$ emit
    i #1 + 'i := }
  while$
}
READ
ITERATE {call.type$}
"""


def ask(lists: Sequence[str]) -> list[Answer]:
    """Return BibTeX's first, von, last and jr parts of every name of every list."""
    assert BIBTEX, "the program bibtex is not installed"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "ask.bst").write_text(_STYLE, encoding="utf-8")
        body = "".join(f"@misc{{k{number}, author = {{{text}}}}}\n" for number, text in enumerate(lists))
        (folder / "ask.bib").write_text(body, encoding="utf-8")
        (folder / "ask.aux").write_text("\\citation{*}\n\\bibstyle{ask}\n\\bibdata{ask}\n", encoding="utf-8")
        subprocess.run([BIBTEX, "ask"], cwd=folder, capture_output=True, check=False)
        output = (folder / "ask.bbl").read_bytes()
    answers: list[list[str]] = []
    part: list[bytes] = []
    for line in output.splitlines():
        if line.startswith(b"@k"):
            answers.append([])
        elif line == b".":
            answers[-1].append(b"".join(part).decode("utf-8", "replace"))
            part = []
        else:
            part.append(line.removesuffix(b"!"))
    assert len(answers) == len(lists), "BibTeX did not answer every list"
    return [[parts[at : at + 4] for at in range(0, len(parts), 4)] for parts in answers]


def ours(text: str) -> Answer:
    """Return what `parse_parts` makes of a list, in the form of `ask`."""
    parsed = [parse_parts(name) for name in split_names(text)]
    return [[" ".join(part) for part in (name.first, name.von, name.last, name.jr)] for name in parsed]


def without_ties(answer: Answer) -> Answer:
    """Return an answer with the ties that BibTeX sets between words as spaces."""
    return [[_untie(part) for part in name] for name in answer]


def _untie(part: str) -> str:
    depth, out = 0, []
    for char in part:
        depth += (char == "{") - (char == "}")
        out.append(" " if char == "~" and not depth else char)
    return "".join(out)


def is_balanced(text: str) -> bool:
    """Whether a .bib file can hold the text as a field."""
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return not depth


def read_strings() -> list[str]:
    """Return the author strings of our own table."""
    lines = STRINGS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


def collect(folders: Iterable[Path]) -> Iterator[str]:
    """Yield every author and editor list of the .bib files in the folders."""
    start = re.compile(rb"^\s*(?:author|editor)\s*=\s*([{\"])", re.IGNORECASE | re.MULTILINE)
    for folder in folders:
        for path in sorted(folder.rglob("*.bib")):
            data = path.read_bytes()
            for found in start.finditer(data):
                value = _value(data, found.end(), found[1])
                try:
                    yield " ".join(value.decode("utf-8").split())
                except UnicodeDecodeError:
                    continue


def _value(data: bytes, at: int, opener: bytes) -> bytes:
    depth, start = 0, at
    while at < len(data):
        char = data[at : at + 1]
        if char == b"{":
            depth += 1
        elif char == b"}":
            if not depth:
                break
            depth -= 1
        elif char == b'"' and opener == b'"' and not depth:
            break
        at += 1
    return data[start:at]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    if options.record:
        texts = read_strings()
        table = dict(zip(texts, ask(texts), strict=True))
        ANSWERS.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return
    lists = [text for text in dict.fromkeys(collect(options.folders)) if is_balanced(text)]
    names = different = beyond_ascii = 0
    for text, answer in zip(lists, ask(lists), strict=True):
        names += len(answer)
        if ours(text) == without_ties(answer):
            continue
        if text.isascii():
            different += 1
            print(text, "\n  BibTeX:", without_ties(answer), "\n  pubkit:", ours(text))  # a script
        else:
            beyond_ascii += 1
    print(f"{len(lists)} lists, {names} names; {different} ASCII lists differ, {beyond_ascii} others differ")


if __name__ == "__main__":
    main()
