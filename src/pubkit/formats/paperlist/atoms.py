"""The parts of an entry that their own shape gives away: links, identifiers, dates, numbers, remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubkit.formats.paperlist import people, shapes, tails
from pubkit.formats.paperlist.entries import Item
from pubkit.formats.paperlist.found import Atom, Found
from pubkit.formats.paperlist.numberatoms import numbers
from pubkit.formats.paperlist.shapes import is_label, looks_whole
from pubkit.model import venues


def scan(item: Item) -> list[Atom]:
    """Return the atoms of an item in order, without overlaps; the first kind that claims a text has it."""
    text, lower = item.text, item.text.lower()
    found = Found(text)
    for match in shapes.SECOND.finditer(text):
        # Within brackets to their end, else to the end of the entry.
        end = text.find(")", match.end()) if text[match.start(1) - 1] == "(" else len(text)
        end = end if end > 0 else len(text)
        found.add("second", match.start(1), end, text[match.start(1) : end].strip())
    for match in tails.TAIL.finditer(text):
        if looks_whole(text[: match.start()] + item.group.year):
            found.add("remark", match.start(), match.end(), match[0].strip(" ."))
    for match in shapes.CITATION.finditer(text):
        if looks_whole(text[: match.start()] + item.group.year) or len(text[: match.start()].split()) >= 3:
            found.add("citation", match.start(), match.end(), match["text"].strip())
    if "(" in text or "[" in text:
        for match in tails.ABOUT.finditer(text):
            found.add("second", match.start(), match.end(), match[0][1:-1].strip())
        for match in tails.PRIZE.finditer(text):
            found.add("remark", match.start(), match.end(), match[0][1:-1].strip())
    if boxed := _BOXED.match(text):
        name = boxed["name"].strip()
        if (boxed["year"] or not is_label(name)) and (
            _SHORT.fullmatch(name) or venues.find(name) is not None
        ):
            found.add("badge", boxed.start(), boxed.end("name") if boxed["year"] else boxed.end(), name)
            if boxed["year"]:
                found.add("date", *boxed.span("year"), _century(boxed["year"].strip(" '’")))
    if badge := _badge(text):
        found.add("badge", 0, len(badge), badge.strip(" []()"))
    _links(item, found)
    _identifiers(text, lower, found)
    if ":" in text or "：" in text:
        for match in shapes.CAPTION.finditer(text):
            found.add("noise", match.start(), match.end(), match[0])
    for match in shapes.CITED_BY.finditer(text):
        found.add("noise", match.start(), match.end(), match[0])
    for match in shapes.EPUB.finditer(text):
        found.add("noise", match.start(), match.end(), match[0])
    if review := shapes.REVIEW.match(text):  # what is reviewed has a year of its own
        found.taken[review.start("what") : review.end("what")] = b"\1" * len(review["what"])
    _dates(text, found)
    for match in shapes.GENRE.finditer(text):
        found.add("genre", match.start(), match.end(), match[1])
    if "\n" in text:
        for match in tails.BUTTON_LINE.finditer(text, text.index("\n")):
            found.add("noise", match.start(), match.end(), match[0])
        for match in tails.KIND_LINE.finditer(text, text.index("\n")):
            found.add("genre", match.start(), match.end(), match.lastgroup or "")
    if " | " in text:
        for match in shapes.ORCID_KIND.finditer(text):
            kind = shapes.ORCID_KINDS.get(match["kind"], "")
            found.add("genre" if kind else "noise", match.start(), match.end(), kind)
        for match in shapes.SOURCE_LINE.finditer(text):
            found.add("noise", match.start(), match.end(), match[0])
    for match in shapes.PORTAL.finditer(text):
        said = f"{match['what'] or ''} {match['where']}"
        kind = next((type_ for name, type_ in shapes.PORTALS if name in said), "")
        found.add("genre" if kind else "noise", match.start(), match.end(), kind)
    for match in shapes.KEPT.finditer(text):
        found.add("genre", match.start(), match.end(), match.lastgroup or "")
    for match in shapes.STATE.finditer(text):
        start, end = match.span()
        if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
            start, end = start - 1, end + 1
        if _stands_alone(text, start, end):
            found.add("status", start, end, match.lastgroup or "")
    for match in tails.COLLECTION.finditer(text):
        found.add("volume", match.start(), match.end(), match[0], (("series", match["series"].strip()),))
    if found.has_digits():
        numbers(text, found)
    _remarks(text, found)
    if "with" in lower or "mit " in lower or "avec" in lower:
        _with(item, found)
    for match in tails.WITH.finditer(text):
        names = text[match.end() : tails.names_end(text, match.end())].rstrip(" ,;")
        while "," in names and not people.is_list(names):
            names = names.rpartition(",")[0]
        if names and people.is_list(names):
            found.add("with", match.start(), match.end() + len(names), names)
    return found.sorted()


def _badge(text: str) -> str:
    """Return a first line that is nothing but the short name of a venue, above a title and more lines."""
    first, _, rest = text.partition("\n")
    name = first.strip(" []()")
    title = rest.partition("\n")[0]
    if not name or len(name) > 24 or rest.count("\n") < 1 or len(title.split()) < 3 or people.is_list(title):
        return ""
    return first if _SHORT.fullmatch(name) or venues.find(name) is not None else ""


# "[OSDI'24] A Title": the venue, and mostly its year, in a box before the title.
_BOXED = re.compile(
    r"(?P<all>\[(?P<name>(?:[A-Z]|arX)[^\[\]\n'’\d]{1,24})(?P<year>\s?(?:['’]\d\d|(?:19"
    r"|20)\d\d))?\])(?=\s+\S)"
)
_SHORT = re.compile(
    r"[A-Z][\w&/-]*[A-Z][\w&/-]*(?: (?:W|WS|Workshops?|Demos?|Findings|Journal|Oral"
    r"|Poster))?(?: ?['’]?\d{2,4})?"
)


def _with(item: Item, found: Found) -> None:
    """The co-authors of an entry that leaves its owner out: "with X and Y", to the end of the names."""
    text = item.text
    for match in shapes.WITH.finditer(text):
        stop = shapes.WITH_ENDS.search(text, match.end())
        end = stop.start() if stop else len(text)
        # Names are set alike: emphasis or a quotation begins something else.
        end = min(
            [end, *(run[0] for run in item.runs if match.end() < run[0] and run[2] & {"emph", "quote"})]
        )
        taken = found.taken.find(1, match.end(), end)
        end = taken if taken >= 0 else end
        names = text[match.end() : end].rstrip(" ,;")
        while "," in names and (
            not people.is_list(names) or venues.find(names.rpartition(",")[2].strip()) is not None
        ):
            names = names.rpartition(",")[0]  # the venue behind them: "with A. Li, Econometrica"
        end = match.end() + len(names)
        if names and people.is_list(names):
            found.add("with", match.start(), end, names)
        else:
            found.add("with", match.start(), match.end(), "")


def _identifiers(text: str, lower: str, found: Found) -> None:
    """Identifiers and addresses; a look at the letters saves most searches."""
    if "10." in text:
        for match in shapes.DOI.finditer(text):
            value = _unglue(match[1])
            found.add("doi", match.start(), match.start(1) + len(value), value)
    if "-" in text:
        for match in shapes.HAL.finditer(text):
            found.add("hal", match.start(), match.end(), match["id"])
    if "rxiv" in lower:
        for match in shapes.RXIV.finditer(text):
            found.add(
                "rxiv", match.start("id"), match.end(), match["id"], (("server", f"{match['server']}rxiv"),)
            )
    if "arxiv" in lower or "corr" in lower:
        for match in shapes.ARXIV.finditer(text):
            more = (("class", match["class"] or ""), ("lead", match["lead"]))
            found.add("arxiv", match.start(), match.end(), match["id"], more)
    if "/" in text:
        for match in tails.OLD_ARXIV.finditer(text):
            found.add("arxiv", match.start(), match.end(), match[0], (("class", ""), ("lead", "")))
    if "://" in text or "www." in lower:
        for match in shapes.URL.finditer(text):
            value = _unglue(match[0].strip("<>"))
            found.add("link", match.start(), match.start() + len(value) + (match[0][0] == "<") * 2, value)
    for kind, pattern in shapes.IDENTIFIERS:
        if kind in lower:
            for match in pattern.finditer(text):
                found.add(kind, match.start(), match.end(), match[1].strip())


def _links(item: Item, found: Found) -> None:
    """Links with a label such as "PDF" are no text of the entry; links around text only mark it."""
    leads = _leads(item)
    for start, end, marks, url in item.runs:
        label = item.text[start:end]
        if not ("link" in marks or url):
            continue
        if shapes.URL.fullmatch(label.strip()) or shapes.DOI.fullmatch(label.strip()):
            continue
        around = label.strip() if label.strip()[:1] == "[" else item.text[start - 1 : end + 1]
        boxed = around[:1] + around[-1:] == "[]" and label.count(" ") <= 3
        if is_label(label) or boxed or any(first <= start and end <= last for first, last in leads):
            found.add("link", start, end, url, (("label", label.strip(" []()")),))
    for match in shapes.BRACKETED.finditer(item.text):
        if is_label(match[1]):
            found.add("noise", match.start(), match.end(), match[1])


# A link of more words is no "Available from the …".
LEAD = 6


def _leads(item: Item) -> list[tuple[int, int]]:
    """Return the lines below the first that hold links only and only lead on: "Available from the …"."""
    text = item.text
    found: list[tuple[int, int]] = []
    linked = [(start, end) for start, end, marks, url in item.runs if "link" in marks or url]
    number = 0
    at = text.find("\n") + 1
    while at and number < len(linked):
        end = text.find("\n", at)
        stop = end if end >= 0 else len(text)
        inside: list[tuple[int, int]] = []
        while number < len(linked) and linked[number][0] < stop:
            inside += [linked[number]] if linked[number][0] >= at and linked[number][1] <= stop else []
            number += 1
        edges = [at, *(edge for run in inside for edge in run), stop]
        beside = "".join(text[first:last] for first, last in zip(edges[::2], edges[1::2], strict=True))
        words = [text[first:last].casefold().split() for first, last in inside]
        if (
            inside
            and words[0][:1]
            and words[0][0] in shapes.LABEL_WORDS
            and all(len(some) <= LEAD for some in words)
            and not any(map(str.isalnum, beside))
        ):
            found.append((at, stop))
        at = end + 1
    return found


def _unglue(address: str) -> str:
    """Take off the punctuation of the sentence around an address."""
    while address:
        if address[-1] in ".,;:'\"!?*>" or (address[-1] == ")" and address.count("(") < address.count(")")):
            address = address[:-1]
        else:
            break
    return address


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch is set off from the running text on one side at least."""
    return bool(shapes.BEFORE.search(text[max(0, start - 12) : start]) or text[start] == "(") and (
        bool(shapes.AFTER.match(text, end))
        or text[end - 1] == ")"
        or bool(re.match(r"\s+(?:[A-ZÀ-Þ]|(?:19|20)\d\d\b)", text[end : end + 12]))
    )


def _dates(text: str, found: Found) -> None:
    for match in shapes.ISO_DATE.finditer(text):
        month, day = int(match[2]), int(match[3] or 1)
        if 1 <= month <= 12 and 1 <= day <= 31 and _stands_alone(text, match.start(), match.end()):
            value = f"{match[1]}-{month:02}" + (f"-{day:02}" if match[3] else "")
            found.add("date", match.start(), match.end(), value)
    for match in shapes.MONTH_YEAR.finditer(text):
        if shapes.VOLUME_BEFORE.search(text, max(0, match.start() - 8), match.start()):
            # "21 (2/2019)": the second issue of a volume, and no month.
            found.add("volume", *match.span(1), match[1], (("number", match[1]),))
            found.add("date", *match.span(2), _century(match[2]))
        elif _stands_alone(text, match.start(), match.end()):
            found.add("date", match.start(), match.end(), f"{_century(match[2])}-{int(match[1]):02}")
    for match in shapes.SHORT_YEAR.finditer(text):
        if (
            venues.find(_word_before(text, match.start()))
            or text[match.start() - 2 : match.start()].isupper()
        ):
            found.add("date", match.start(), match.end(), _century(match[1]))
    for match in shapes.YEAR_FIRST.finditer(text):
        value = f"{match['year']}-{shapes.MONTHS[match['month'].lower()]:02}" + _day(match["day"])
        found.add("date", match.start(), match.end(), value)
    for match in _full_dates(text):
        if shapes.PAGE_YEAR.match(text, max(0, match.start() - 6)):
            continue  # "14, 2001 (2018)": a page
        month = shapes.MONTHS.get((match["month"] or "").lower(), 0) or int(match["cjk"] or 0)
        value = match["year"] + (f"-{month:02}" if 1 <= month <= 12 else "")
        if match["month"] and month and (days := shapes.DAY.search(match[0])) and not _RANGE.search(match[0]):
            value += _day(days["before"] or days["after"])
        found.add("date", match.start(), match.end(), value, sure=bool(month) or _is_date(text, match))


def _day(day: str | None) -> str:
    return f"-{int(day):02}" if day and 1 <= int(day) <= 31 else ""


# From one month into the next: the day of neither is the date.
_RANGE = re.compile(r"\d\s?[-–]\s?[^\W\d_]")


def _full_dates(text: str) -> Iterator[re.Match[str]]:
    """Yield the dates around each number that can be a year: looking there only is much faster."""
    at = 0
    for year in shapes.YEAR.finditer(text):
        if year.start() >= at and (
            match := shapes.DATE.search(text, max(at, year.start() - 40), year.end() + 16)
        ):
            at = match.end()
            yield match


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Tell whether a bare year is a date and no part of the running text."""
    start, end = match.start("year"), match.end()
    before, after = (
        bool(shapes.BEFORE.search(text[max(0, start - 12) : start])),
        bool(shapes.AFTER.match(text, end)),
    )
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return not re.match(r"\)?\s+[a-zß-ÿ]", text[end : end + 8])
    if before and after:
        return True
    # "EMNLP 2025 A Title", "ICML 2021", "NeurIPS 2023, Oral"
    return venues.find(_word_before(text, start)) is not None


def _word_before(text: str, at: int) -> str:
    """Return the venue-like words before a position: back to the nearest separator, at most 40 characters."""
    return re.split(r"[\n,.;:(\[|]\s*", text[max(0, at - 40) : at].rstrip())[-1].strip(" -–'’")


def _century(year: str) -> str:
    return year if len(year) == 4 else ("19" if int(year) > 50 else "20") + year


def _remarks(text: str, found: Found) -> None:
    """Remarks stand in brackets or between separators; in running text such words are a title's."""
    for match in re.finditer(r"\(([^()]{3,160})\)|\[([^\[\]]{3,160})\]", text):
        inside = match[1] or match[2]
        if shapes.REMARK.search(inside) and not venues.find(inside):
            found.add("remark", match.start(), match.end(), inside.strip())
    for match in re.finditer(
        r"(?<=[,;.\n])\s*([^,;.()\n]{3,80}?)(?=[,;.!]|\s*$|\n|\s*[^\w\s,;.()\[\]]{1,4}(?:\s|$))", text
    ):
        if len(match[1].split()) <= 8 and shapes.SHORT_REMARK.fullmatch(match[1].strip()):
            found.add("remark", match.start(1), match.end(1), match[1].strip())


def is_years(atom: Atom) -> bool:
    """Tell whether pages without a word for them are years: "1540–1620"."""
    found = (
        re.fullmatch(
            r"(1\d{3}|20[0-2]\d)\s?[-–—]\s?(1\d{3}"
            r"|20[0-2]\d)",
            atom.value.strip(),
        )
        if atom.kind == "volume"
        else None
    )
    return found is not None and not atom.sure and int(found[1]) < int(found[2])
