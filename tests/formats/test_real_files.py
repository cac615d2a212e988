"""Files that databases and programs wrote: every record is read or told, and pairs say what is right."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pubkit.api import read
from pubkit.errors import UnknownFormatError
from pubkit.formats.decode import decode
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.text.fold import fold
from tests.conftest import DATA, data_path

FORMATS = DATA / "formats"
UNREAD = re.compile(r"(\d+) (?:of \d+ )?(?:\S+ )*?records? could not be read")


def starts(pattern: str) -> Callable[[str], int]:
    return lambda text: len(re.findall(pattern, text, re.MULTILINE))


def rows(text: str) -> int:
    return sum(1 for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")) if any(row)) - 1


#: Folder → how many records a text of its has.
COUNTERS: dict[str, Callable[[str], int]] = {
    "ris": starts(r"^\W*TY {1,2}-|^PT "),
    "nbib": starts(r"(?:\A|\n\r?\n|\n(?=PMID))\W*[A-Z]{2,4} {0,3}-"),
    "csv-other": rows,
    "scopus": rows,
    "wos": starts(r"^PT [A-Z]\b"),
    "enw": starts(r"(?:\A|\n[ \t]*\r?\n)\s*%[0-9A-Z@]"),
    "endnote-xml": starts(r"<record>"),
    "pubmed-xml": starts(r"<(?:PubmedArticle|PubmedBookArticle)\b"),
}
# Files that hold another number of records than their marks say, and why.
COUNTS = {
    "RisImporterTest1.ris": 1,  # ten TY lines, of which none but the first begins a record
    "Endnote.entries.enw": 13,  # every %0 but the first begins one, without a blank line
    "MedlinePlainImporterTestInvalidFormat.xml": 0,  # is no XML
    "RisImporterCorrupted.ris": 1,  # its record has no TY
}


def files(folder: str, *suffixes: str) -> list[Path]:
    paths = sorted(path for path in (FORMATS / folder).rglob("*") if path.is_file())
    return [path for path in paths if not suffixes or path.suffix in suffixes]


def unread(library: Library) -> int:
    return sum(int(found[1]) for d in library.diagnostics if (found := UNREAD.match(d.message)))


@pytest.mark.parametrize("folder", sorted(COUNTERS))
def test_every_record_is_read_or_told(folder: str) -> None:
    data_path(f"formats/{folder}")
    for path in files(folder):
        library = read(path)
        text = decode(path.read_bytes())[0].text
        expected = COUNTS.get(path.name, COUNTERS[folder](text))
        assert len(library) + unread(library) == expected, (path, len(library), unread(library))


def test_every_file_is_read_without_an_exception_but_our_own() -> None:
    for path in files(""):
        if path.suffix in (".py", ".md", ".toml"):
            continue
        try:
            library = read(path)
        except UnknownFormatError:
            assert path.suffix in NOT_YET, path
        else:
            assert library.entries or library.diagnostics, path


# Formats that are still to come.
NOT_YET: frozenset[str] = frozenset()


# -- pairs -----------------------------------------------------------------------------------------

#: Inputs whose expected file says something that we do not want, and why.
NOT_EQUAL = {
    "RisImporterTest1.ris": "JabRef joins all titles and takes editors for authors",
    "RisImporterTest7.ris": "JabRef takes A2 (editors) for authors",
    "jstor_ris.ris": "CoLRev puts the chapter's title into `chapter`, the book's into `title`",
    "NbibImporterTest.nbib": "JabRef keeps the DOI and the group that is an author in fields of its own",
    "MedlineImporterTestArticleID.xml": "JabRef takes a team for a person",
    "MedlineImporterTestBookArticleSet.xml": "JabRef gives a chapter the title of its book",
    "MedlineImporterTestKeywordSingleEntry.xml": "JabRef takes the person written about for the author",
    "MedlineImporterTestNbib.xml": "JabRef takes a centre for a person",
    "MedlineImporterTestPubmedBook.xml": "JabRef takes a centre for a person",
    "files_dir_bib.bib": "CoLRev takes '-research in progress' off the titles",
    "google_scholar.json": "CoLRev takes the … behind the authors for a person",
    "scopus_bib.bib": "CoLRev puts the chapter's title into `chapter`, the book's into `title`",
    "trid_ris.ris": "CoLRev takes 'Name of a University' for a person",
    "web_of_science_bib.bib": "reading cleans nothing: the title keeps its &apos;",
    "wiley_bib.bib": "CoLRev puts the chapter's title into `chapter`, the book's into `title`",
}


def pairs(*suffixes: str) -> list[tuple[Path, Path]]:
    found = []
    if not FORMATS.exists():
        return []
    for path in sorted(FORMATS.rglob("*")):
        if path.suffix in suffixes:
            if path.parts[-3] == "mods":
                continue
            beside = [path.with_name(f"{path.stem}_{what}.bib") for what in ("result", "expected")]
            jabref = list((DATA / "bib/jabref").glob(f"org_jabref_*_{path.stem}.bib"))
            found += [(path, bib) for bib in (*beside, *jabref) if bib.exists()]
    return found


def signature(entry: Entry) -> tuple[str, list[tuple[str, str]], int | None, str]:
    """Return what must be equal: title, authors, year, DOI."""
    names = [(fold(name.full_family), fold(name.given[:1])) for name in entry.names("author")]
    title = re.sub(r"\W+", "", fold(entry.text("title")))
    return title, [name for name in names if name != ("unknown", "")], entry.year, (entry.doi or "").lower()


@pytest.mark.parametrize(
    ("path", "bib"),
    pairs(".ris", ".nbib", ".txt", ".xml", ".enl", ".enw", ".csv", ".bib", ".xlsx", ".json"),
    ids=lambda path: path.name,
)
def test_pairs(path: Path, bib: Path) -> None:
    got = sorted(map(signature, read(path)), key=str)
    want = sorted(map(signature, read(bib)), key=str)
    if path.name in NOT_EQUAL:
        assert got != want, "this pair is equal now: take it off the list"
    else:
        assert got == want
