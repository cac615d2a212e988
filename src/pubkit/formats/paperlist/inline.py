"""The inline mark-up of Markdown, with HTML tags in it."""

from __future__ import annotations

import re
from html import unescape

from pubkit.formats.paperlist.blocks import Mark
from pubkit.formats.paperlist.build import Builder, raised
from pubkit.formats.paperlist.html import INLINE, PARAGRAPHS

_TOKEN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<image>!\[[^\[\]\n]{0,300}\]\([^()\n]{0,600}\))"
    r"|\[(?P<label>(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,200}\]){0,300})\]"
    r"(?:\((?P<url>[^()\s]{0,1000}(?:\([^()\s]{0,200}\)[^()\s]{0,1000}){0,4})(?:\s+(?:\"[^\"\n]{0,300}\""
    r"|'[^'\n]{0,300}'))?\s*\)"
    r"(?:\{:[^{}]{0,200}\})?|\[(?P<reference>[^\[\]\n]{0,100})\])"
    r"|<(?P<auto>https?://[^\s<>]{1,1000})>"
    r"|<(?P<close>/?)(?P<tag>[a-zA-Z][\w-]{0,20})(?P<attributes>[^<>]{0,2000})>"
    r"|(?P<stars>\*{1,3}|_{1,3})"
    r"|(?P<code>`{1,3})"
    r"|(?P<math>\\[()])"
)
# Mark-up open at a time; what goes deeper is not marked.
MAX_MARKS = 20
_TAGS = (
    frozenset(INLINE)
    | PARAGRAPHS
    | {"a", "br", "span", "font", "sub", "u", "code", "img", "mark", "tt", "abbr", "s"}
)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)


def add(builder: Builder, text: str, offset: int, references: dict[str, str]) -> None:
    """Add a line of Markdown to the open block.

    Args:
        builder: Where the text goes.
        text: The line, without its block marker.
        offset: Its offset in the input.
        references: Targets of `[label][reference]` links.
    """
    _Line(builder, offset, references).add(text, 0, len(text), "")


class _Line:
    """One line being read: which marks and which link are open."""

    def __init__(self, builder: Builder, offset: int, references: dict[str, str]) -> None:
        self.builder = builder
        self.offset = offset
        self.references = references
        self.marks: list[tuple[str, Mark]] = []
        self.url = ""

    def put(self, text: str, start: int, end: int, url: str) -> None:
        marks: frozenset[Mark] = frozenset(mark for _, mark in self.marks)
        target = url or self.url
        if target:
            marks |= {"link"}
        plain = raised(unescape(text)) if "sup" in marks else unescape(text)
        self.builder.text(plain, self.offset + start, self.offset + end, marks - {"sup"}, target)

    def add(self, text: str, start: int, end: int, url: str) -> None:
        at = start
        for match in _TOKEN.finditer(text, start, end):
            if match.start() < at:
                continue
            if match.start() > at:
                self.put(text[at : match.start()], at, match.start(), url)
            at = match.end()
            kind = match.lastgroup
            if match["escape"]:
                if match[0][1] not in "()" or not text[at : at + 1].isalpha():
                    self.put(match[0][1], match.start(), at, url)
            elif match["label"] is not None and kind in ("url", "reference", "label"):
                target = match["url"]
                if target is None:
                    target = self.references.get((match["reference"] or match["label"]).casefold(), "")
                if url:
                    self.put(match["label"], match.start(), at, url)
                else:
                    first = match.start("label")
                    self.link(text, first, match.end("label"), target.strip("<>"))
            elif match["auto"]:
                self.put(match["auto"], match.start(), at, match["auto"])
            elif match["tag"]:
                self.tag(match, url)
            elif match["stars"]:
                self.emphasis(text, match, end, url)
        if at < end:
            self.put(text[at:end], at, end, url)

    def link(self, text: str, start: int, end: int, target: str) -> None:
        """Add a link's label; a label that is empty still is a link."""
        opened = len(self.marks)
        if start == end or not target:
            target = target or "#"
        if target == "#":
            before, self.url = self.url, ""
            # An empty target marks a label all the same: "[PDF]()".
            self.marks.append(("a", "link"))
            self.add(text, start, end, "")
            self.url = before
        else:
            self.add(text, start, end, target)
        del self.marks[opened:]

    def tag(self, match: re.Match[str], url: str) -> None:
        name = match["tag"].lower()
        if name not in _TAGS:  # no HTML that a list needs: a title may hold it
            self.put(match[0], match.start(), match.end(), url)
        elif name == "br":
            self.builder.newline()
        elif name == "a":
            href = _HREF.search(match["attributes"] or "")
            self.url = "" if match["close"] or href is None else href[1]
        elif name in INLINE:
            if match["close"]:
                self.close(name)
            elif len(self.marks) < MAX_MARKS:
                self.marks.append((name, INLINE[name]))

    def close(self, name: str) -> bool:
        for at in range(len(self.marks) - 1, -1, -1):
            if self.marks[at][0] == name:
                del self.marks[at]
                return True
        return False

    def emphasis(self, text: str, match: re.Match[str], end: int, url: str) -> None:
        """Open or close emphasis by CommonMark's flanking rule; a star on a name stays text."""
        run = match["stars"]
        before = text[match.start() - 1 : match.start()] or " "
        after = text[match.end() : match.end() + 1] or " "
        opens = not after.isspace() and (after.isalnum() or not before.isalnum())
        closes = not before.isspace() and (before.isalnum() or not after.isalnum())
        if run[0] == "_" and before.isalnum() and after.isalnum():
            opens = closes = False
        if closes and any(name == run for name, _ in self.marks):
            while self.marks and self.marks[-1][0] != run:
                self.marks.pop()
            self.close(run)
            if len(run) == 3:
                self.close(run)
        elif closes and len(run) > 1 and any(name[0] == run[0] for name, _ in self.marks):
            for name in (run[:2], run[:1]):
                self.close(name)
        elif (
            opens and not any(name == run for name, _ in self.marks) and text.find(run, match.end(), end) >= 0
        ):
            if len(run) == 3:
                self.marks += [(run, "strong"), (run, "emph")]
            else:
                self.marks.append((run, "strong" if len(run) == 2 else "emph"))
        else:
            self.put(run, match.start(), match.end(), url)
