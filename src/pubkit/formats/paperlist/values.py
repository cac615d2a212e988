"""The date, the numbers, the identifiers and the status of an entry, from its atoms."""

from __future__ import annotations

import re

from pubkit.formats.paperlist.atoms import is_years
from pubkit.formats.paperlist.draft import Draft, squeeze
from pubkit.formats.paperlist.found import Atom
from pubkit.formats.paperlist.layout import Reading
from pubkit.formats.paperlist.links import addresses
from pubkit.formats.paperlist.namemarks import explained
from pubkit.model.identifiers import normalize_arxiv, normalize_doi, normalize_isbn, normalize_issn


def put_date(draft: Draft, reading: Reading) -> str:
    """Choose the date: a sure one before an unsure one, the last before others; else the group's year."""
    title = reading.span("T") or (0, 0)
    dates = [atom for atom in reading.atoms if atom.kind == "date"]
    outside = [atom for atom in dates if not (title[0] <= atom.start and atom.end <= title[1])]
    group = reading.item.group.year
    sure = [atom for atom in outside if atom.sure]
    if sure:
        year = sure[-1].value[:4]
        # A month may stand with another mention of the same year.
        chosen = max((atom for atom in sure if atom.value[:4] == year), key=lambda atom: len(atom.value))
        draft.put("date", chosen.value, 0.95)
        return chosen.value
    if group:
        draft.put("date", group, 0.85)
    elif outside:
        draft.put("date", outside[-1].value, 0.6)
    elif reading.item.group.title and not dates:
        return ""
    return draft.fields.get("date", "")


def put_numbers(draft: Draft, reading: Reading) -> None:
    """Set volume, number, pages and the like; numbers within the title are the title's."""
    title = reading.span("T") or (0, 0)
    counted = any(name == "volume" for atom in reading.atoms for name, _ in atom.more)
    for atom in reading.atoms:
        if is_years(atom) and not counted and not _behind_year(reading, atom):
            continue  # "…, 1540–1620" ends a title
        if atom.kind != "volume" or (title[0] <= atom.start and atom.end <= title[1]):
            continue
        for name, value in atom.more:
            sure = 0.9 if atom.sure else 0.75
            if name == "pages" and re.fullmatch(r"[A-Za-z]{1,2}\d{4,}", value):
                draft.put("eid", value, sure)
            elif name == "pages":  # digits and letters only: nothing to escape but the dash
                draft.verbatim("pages", re.sub(r"\s?[-–—−~～〜]{1,3}\s?", "--", value.replace(",", "")), sure)
            else:
                draft.put(name, value, sure)


def _behind_year(reading: Reading, atom: Atom) -> bool:
    """Tell whether numbers stand right behind a year: "SIGMOD Conference 2020: 1123-1138"."""
    before = reading.item.text[max(0, atom.start - 8) : atom.start].rstrip(" ")
    return (
        any(date.kind == "date" and date.end == atom.start - 2 for date in reading.atoms)
        and before[-1:] in ":,"
    )


def move_page(draft: Draft, reading: Reading) -> None:
    """A bare number behind the name of a conference is a page, and no volume."""
    bare = {
        value
        for atom in reading.atoms
        if not atom.sure and len(atom.more) == 1
        for name, value in atom.more
        if name == "volume"
    }
    if draft.fields["volume"] in bare:
        draft.fields["pages"] = draft.fields.pop("volume")
        draft.confidence["pages"] = draft.confidence.pop("volume")


def put_identifiers(draft: Draft, reading: Reading) -> None:
    """Set DOI, arXiv, ISBN, ISSN and PMID, from the text and from links."""
    for atom in reading.atoms:
        if atom.kind == "doi":
            draft.verbatim("doi", normalize_doi(atom.value) or "")
        elif atom.kind == "arxiv":
            _put_arxiv(draft, normalize_arxiv(atom.value), dict(atom.more).get("class", ""))
        elif atom.kind == "isbn":
            draft.verbatim("isbn", normalize_isbn(atom.value) or "")
        elif atom.kind == "issn":
            draft.verbatim("issn", normalize_issn(atom.value) or "")
        elif atom.kind == "rxiv":
            if "eprint" not in draft.fields:
                draft.verbatim("eprint", atom.value)
                draft.verbatim("eprinttype", dict(atom.more)["server"])
        elif atom.kind == "hal":
            if "eprint" not in draft.fields:
                draft.verbatim("eprint", atom.value)
                draft.verbatim("eprinttype", "hal")
        elif atom.kind == "patent":
            draft.put("number", atom.value, 0.9)
        elif atom.kind in ("pmid", "pmcid"):
            draft.verbatim(atom.kind, atom.value)
    for address in addresses(reading):
        if "doi.org/" in address:
            draft.verbatim("doi", normalize_doi(address) or "")
        elif "arxiv.org/" in address:
            _put_arxiv(draft, normalize_arxiv(address), "")


def _put_arxiv(draft: Draft, identifier: str | None, archive: str) -> None:
    if identifier and "eprint" not in draft.fields:
        draft.verbatim("eprint", identifier)
        draft.verbatim("eprinttype", "arxiv")
        draft.verbatim("eprintclass", archive)


def put_status(draft: Draft, reading: Reading) -> None:
    """Set the state of publication; remarks become notes."""
    for atom in reading.atoms:
        if atom.kind == "status":
            draft.verbatim("pubstate", atom.value, 0.9)
        elif atom.kind in ("remark", "second"):
            if "author+an" in draft.fields and explained([atom.value]):
                continue  # what the marks mean: it stands in `author+an`
            draft.notes.append(squeeze(atom.value))
    if reading.item.group.status:
        draft.verbatim("pubstate", reading.item.group.status, 0.8)
