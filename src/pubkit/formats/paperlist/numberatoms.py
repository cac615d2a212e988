"""Numbers that belong together: volume, issue and pages, editions, reports, patents."""

from __future__ import annotations

from pubkit.formats.paperlist import numbershapes as shapes
from pubkit.formats.paperlist.found import Found
from pubkit.formats.paperlist.shapes import YEAR


def numbers(text: str, found: Found) -> None:
    """Add the atoms of a text that are volumes, issues, pages, editions, numbers of reports and patents."""
    for match in shapes.EDITION.finditer(text):
        edition = match["number"] or shapes.ORDINALS[match["word"].lower()]
        found.add("volume", match.start(), match.end(), match[0], (("edition", edition),))
    for match in shapes.REPORT_NUMBER.finditer(text):
        number = match["number"].strip()
        if not YEAR.fullmatch(number):
            found.add("volume", match.start("lead"), match.end("number"), number, (("number", number),))
    for match in shapes.PATENT.finditer(text):
        if any(map(str.isdigit, match["number"])):
            found.add("patent", match.start(), match.end(), match[0])
    for match in shapes.LAW.finditer(text):
        if shapes.IS_LAW.search(match["journal"]):
            found.add("volume", *match.span("volume"), match["volume"], (("volume", match["volume"]),))
            if match["pages"]:
                pages = (("pages", match["pages"]),) if match["pages"].isdigit() else ()
                found.add("volume", *match.span("pages"), match["pages"] or "", pages)
    _around_years(text, found)
    for match in shapes.SERIES.finditer(text):
        if match["volume"]:
            series = match[0][: match.start("volume") - match.start()].strip(" ,.vol")
            parts = (("series", series), ("volume", match["volume"]), ("pages", match["pages"] or ""))
            more = tuple((name, value) for name, value in parts if value)
            found.add("volume", match.start(), match.end(), match[0], more)
    for shape in shapes.NUMBERS:
        for match in shape.finditer(text):
            numbers = tuple((name, value.strip()) for name, value in match.groupdict().items() if value)
            if shapes.RATIO.fullmatch(match[0]) and found.has("volume"):
                continue  # "Mixing 3:1. Journal of Bees 12(3)": the volume is another
            found.add("volume", match.start(), match.end(), match[0], numbers, sure=match[0][0].isalpha())


def _around_years(text: str, found: Found) -> None:
    """Numbers on both sides of a year in brackets are volume and pages: "58 (1996), 211-215"."""
    for atom in [atom for atom in found.atoms if atom.kind == "date" and text[atom.start] == "("]:
        before = shapes.BEFORE_YEAR.search(text, max(0, atom.start - 24), atom.start)
        behind = shapes.BEHIND_YEAR.match(text, atom.end)
        if before and behind and not any(found.taken[slice(*behind.span("pages"))]):
            numbers = tuple(
                ("volume" if name == "roman" else name, value)
                for name, value in before.groupdict().items()
                if value
            )
            found.add("volume", before.start(), before.end(), before[0], numbers, sure=False)
            pages = (("pages", behind["pages"]),)
            start = behind.start() + len(behind[0]) - len(behind[0].lstrip(" ,:"))
            found.add("volume", start, behind.end("pages"), behind["pages"], pages, sure=False)
        elif (
            before and before["volume"] and not before["number"] and shapes.ISSUE_BEHIND.match(text, atom.end)
        ):
            numbers = (("volume", before["volume"]),)
            found.add("volume", before.start(), before.end(), before[0], numbers, sure=False)
