"""Plain text as blocks: headings by words or underlines, items by markers, paragraphs by blank lines."""

from __future__ import annotations

import re

from pubkit.formats.paperlist import headings, outline, pagebreaks, wiki
from pubkit.formats.paperlist.blocks import Block, Line, Span
from pubkit.formats.paperlist.pagebreaks import Row
from pubkit.formats.paperlist.shapes import is_labels, looks_whole

# A bullet or number before an item. Numbers of four digits are years, not markers.
MARKER = re.compile(
    r"([-–—•*·▪●◦‣○+→■□\uf0b7\uf0a7]|o(?=\t)|\d{1,3}[.)]|\[[A-Za-z]{0,4}[-.]?\d{1,3}\][.:]?|\(\d{1,3}\)"
    r"|[A-Z]{1,3}[-.]?\d{1,3}[.):]|[a-z]\))[ \t\u00a0]+(?=\S)"
)
_LARGE = re.compile(r"(\[?(?P<number>\d{4,5})(?:[.)]|\][.:]?))[ \t\u00a0]+(?=\S)")
_ENDED = re.compile(r"[.;\])⟩]$")
# What stands over the columns of a profile of Google Scholar.
_COLUMNS = re.compile(r"title|cited by|year|articles|sort by .{1,30}", re.IGNORECASE)
# "2023-04-01 | Journal article": a line of an entry pasted from ORCID.
_DATED = re.compile(r"\d{4}-\d\d(?:-\d\d)?\b|\d{4} \|")
_SORTED = re.compile(r"sort(?:ed)? by [a-z ]{3,20}", re.IGNORECASE)
_TITLED = re.compile(r"[^:\d]{3,40}(?::| [–—-])\s+(?P<what>[^:\d]{4,40})")
_HEAD = re.compile(r"title\s+(?:authors?\s+)?cited by\s+year", re.IGNORECASE)
LONE = re.compile(r"[-–—•*·▪●◦]")
# A number on a line of its own: the entry begins in the next one.
LONE_NUMBER = re.compile(r"\[\d{1,3}\]|\d{1,3}[.)]|\(\d{1,3}\)")
_UNDERLINE = re.compile(r"(=|-|~|\*|_|#)\1{2,}")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")


def read(text: str) -> list[Block]:
    r"""Return the blocks of a plain text.

    >>> [(block.kind, block.level, block.text) for block in read("Papers\n-\nICML 2021 On X\n- A note.")]
    [('heading', 2, 'Papers'), ('item', 0, 'ICML 2021 On X'), ('item', 1, 'A note.')]
    """
    return outline.levelled(_Reader(text).blocks())


class _Reader:
    """Collects blocks line by line. `lone` means: the open item began with a dash on a line of its own."""

    def __init__(self, text: str) -> None:
        self.done: list[Block] = []
        self.open: list[Line] = []
        self.kind = "text"
        self.level = 0
        self.marker = ""
        self.lone = False
        self.indents: list[tuple[int, int]] = []  # where the markers of the open items start and end
        self.lines = pagebreaks.without(_lines(text))

    def blocks(self) -> list[Block]:
        gap, dash, number_above = True, False, ""
        total = len(self.lines)
        for number, (text, start, indent, _) in enumerate(self.lines):
            if not text:
                gap = True
                continue
            following = self.lines[number + 1].text if number + 1 < total else ""
            nearby = (row.text for row in self.lines[number + 1 : number + 4] if row.text)
            after = following or next(nearby, "")
            if LONE.fullmatch(text):
                self.close()
                dash, gap, self.lone = True, False, False
                continue
            if after and not LONE_NUMBER.fullmatch(after) and self.counts_on(text):
                self.close()
                number_above, gap, dash, self.lone = text, False, False, False
                continue
            if self.columns(number, text):
                self.close()
                gap = True
                continue
            if _UNDERLINE.fullmatch(text):
                self.close()
                self.lone = False
                gap = True
                continue
            title, level = wiki.heading(text) if text[:2] == "==" else ("", 0)
            if title:
                self.close()
                self.lone = False
                self.indents.clear()
                self.done.append(Block("heading", (_line(title, text.find(title) + start, 0),), level + 10))
                gap = True
                continue
            line = _line(text, start, indent)
            counted = self.counted(text)
            marked = MARKER.match(text) or counted
            if dash:
                self.begin("item", line, 0, "-")
                self.lone = True
            elif number_above:
                self.indents = [(indent, indent + len(number_above))]
                self.begin("item", line, 0, number_above)
            elif (
                not counted
                and not (self.within(indent) and not gap)
                and self.is_heading(text, gap, following, after, last=number + 1 >= total)
            ):
                self.close()
                self.lone = False
                self.indents.clear()
                level = outline.GROUP if headings.classify(text).role == "group" else outline.ANY
                self.done.append(Block("heading", (line,), level))
            elif marked:
                rest = _line(text[marked.end() :], start + marked.end(), indent)
                self.begin("item", rest, self.depth(indent, len(marked[1]), gap), marked[1])
            elif gap and not self.continues(indent):
                self.begin("text", line, 0, "")
                self.lone = False
            else:
                self.open.append(line)
            gap = dash = False
            number_above = ""
        self.close()
        return self.done

    def columns(self, number: int, text: str) -> bool:
        """Tell whether a line names a column: two or three such lines follow each other."""
        if _HEAD.fullmatch(text) or _SORTED.fullmatch(text):
            return True
        if not _COLUMNS.fullmatch(text):
            return False
        near = self.lines[max(0, number - 2) : number + 3]
        return sum(bool(_COLUMNS.fullmatch(row.text)) for row in near) >= 2

    def is_heading(self, text: str, gap: bool, following: str, after: str, *, last: bool) -> bool:
        """Tell a heading: by its words; underlined; or a short line in capitals or between blank lines."""
        if _DATED.match(text):
            return False
        if last and not headings.is_known(text):
            return False
        if is_labels(text) and (text[0] == "[" or headings.classify(text).role == "unknown"):
            return False
        if headings.is_known(text):
            # A venue right below other lines is theirs: "FAccT 2023".
            return gap or not (MARKER.match(text) or (self.open and headings.classify(text).venue))
        if (
            gap
            and not following
            and (titled := _TITLED.fullmatch(text))
            and headings.is_known(titled["what"])
        ):
            return True  # "Ann Li: list of publications"
        if MARKER.match(text) or len(text) > 60 or text[-1] in '.,;?!)"”':
            return False
        if len(text) >= 3 and _UNDERLINE.fullmatch(following):
            return True
        ended = gap or (bool(self.open) and _ENDED.search(self.open[-1].text) is not None)
        if ended and headings.opens(text) and (MARKER.match(after) or looks_whole(after)):
            return True
        words = text.split()
        capitals = text.isupper() and len(words) >= 2 and not any(character.isdigit() for character in text)
        alone = gap and not following and len(words) <= 4 and text[0].isupper() and "," not in text
        return gap and (capitals or alone) and not self.continues(0)

    def continues(self, indent: int) -> bool:
        """Tell whether a line after a blank line still belongs to the open item, by its indent."""
        return bool(self.open) and self.kind == "item" and indent > self.open[0].indent

    def within(self, indent: int) -> bool:
        """Tell whether a line is set in below the marker of the open item: it belongs to that."""
        inside = bool(self.open) and self.kind == "item" and bool(self.indents)
        return inside and indent > self.indents[-1][0]

    def counts_on(self, text: str) -> bool:
        """Tell whether a line is the number of the next item, and not the end of the open one: "12."."""
        if not LONE_NUMBER.fullmatch(text):
            return False
        last = self.marker.strip("[]().:")
        step = int(text.strip("[]().")) - int(last) if self.open and last.isdecimal() else 1
        return text[0] == "[" or abs(step) == 1 or not self.open

    def counted(self, text: str) -> re.Match[str] | None:
        """Match a number of four or five digits that counts on from the last; others are years."""
        found = _LARGE.match(text)
        last = self.marker.strip("[]().:")
        return found if found and last.isdecimal() and 0 < int(found["number"]) - int(last) <= 5 else None

    def depth(self, indent: int, width: int, gap: bool) -> int:
        """Return the depth of a marked item from the items above it: numbers may be set flush right."""
        if self.lone and not (gap and indent == 0):
            return 1
        while self.indents and self.indents[-1][0] > indent and self.indents[-1][1] != indent + width:
            self.indents.pop()
        if not self.indents or (self.indents[-1][0] < indent and self.indents[-1][1] != indent + width):
            self.indents.append((indent, indent + width))
        return len(self.indents) - 1

    def begin(self, kind: str, line: Line, level: int, marker: str) -> None:
        self.close()
        if kind == "text":
            self.indents.clear()
        self.kind, self.level, self.marker = kind, level, marker
        self.open.append(line)

    def close(self) -> None:
        if self.open and self.kind == "item":
            self.done.append(Block("item", tuple(self.open), self.level, self.marker))
        elif self.open:
            self.done += [Block("text", part, self.level) for part in _parted(self.open)]
        self.open = []


def _parted(lines: list[Line]) -> list[tuple[Line, ...]]:
    """Cut lines without blank ones between into paragraphs by their indents."""
    edge = min(line.indent for line in lines)
    inside = [line.indent >= edge + 2 for line in lines]
    if len(lines) < 3 or not any(inside) or all(inside):
        return [tuple(lines)]
    starts = [at for at, deep in enumerate(inside) if deep == inside[0]]
    # Most paragraphs have more lines than their first; where few do, the indents mean something else.
    wrapped = sum(not at + 1 < len(lines) or inside[at + 1] != inside[0] for at in starts)
    if len(starts) < 2 or wrapped < len(starts) * 0.6:
        return [tuple(lines)]
    return [tuple(lines[first:last]) for first, last in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _lines(text: str) -> list[Row]:
    """Return each line stripped, with its offset and indent; centred page numbers are blank."""
    lines: list[Row] = []
    opens = False
    for match in _LINE.finditer(text):
        opens = opens or "\f" in match[0]
        raw = match[0].rstrip()
        bare = raw.lstrip(" \t\u00a0\u3000\ufeff\f\u200b")
        if match.start() == match.end() == len(text):
            break
        indent = len(raw[: len(raw) - len(bare)].expandtabs(4))
        if indent > 20 and bare.isdigit():
            bare = ""  # a centred page number
        lines.append(Row(bare, match.start() + len(raw) - len(bare), indent, opens and bool(bare)))
        opens = opens and not bare
    return lines


def _line(text: str, start: int, indent: int) -> Line:
    return Line(wiki.spans(text, start) if "''" in text else (Span(text, start, start + len(text)),), indent)
