"""LaTeX CVs as blocks: sections, items, table rows, and macros whose arguments make an entry."""

from __future__ import annotations

import re
from collections import Counter

from pubkit.formats.paperlist.blocks import Block
from pubkit.formats.paperlist.build import Builder
from pubkit.formats.paperlist.html import promote
from pubkit.formats.paperlist.latexmacros import MAX_GROUP, SECTIONS, braces, filled, group_at, own_macros
from pubkit.formats.paperlist.latexspans import LAYOUT, spans
from pubkit.formats.paperlist.latextargets import without_targets
from pubkit.formats.paperlist.shapes import looks_whole
from pubkit.formats.paperlist.words import words

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_LEFT_OUT = re.compile(r"\\begin\s*\{comment\}")
_LEFT_IN = r"\end{comment}"
_COMMAND = re.compile(
    r"\\(?:(?P<section>part|chapter|(?:cv)?(?:sub)*section|sectiontitle|resheading"
    r"|paragraph)\*?\s*(?:\[[^\[\]\n]*\]\s*)?(?=\{)"
    r"|(?P<begin>begin|end)\s*\{(?P<environment>[A-Za-z*]{1,40})\}"
    r"|(?P<item>item|bibitem)(?![A-Za-z])\s*(?:\[[^\[\]]{0,80}\])?(?:(?<=bibitem)\s*\{[^{}\n]{0,80}\})?"
    r"|(?P<break>newblock\b|\\(?:\*)?(?:\s?\[[^\[\]]{0,20}\])?|newline\b|par\b|tabularnewline\b|linebreak\b)"
    r"|(?P<gap>(?:clearpage|newpage|pagebreak|bigskip|medskip|smallskip|divider)\b(?:\[\d\])?"
    r"|hrule(?:\s+height\s*[\d.]+\s*[a-z]{2})?(?![A-Za-z]))"
    r"|(?P<verb>[A-Za-z]+)\*?(?=\s*\{))"
    r"|(?P<blank>\n[ \t]*\n\s*)"
    r"|\\[&%$#_{}]|(?P<cell>&)"
)
_TABLES = frozenset(("tabular", "tabular*", "tabularx", "longtable", "supertabular", "tabbing"))
_USE = re.compile(r"\\([A-Za-z]+)(?![A-Za-z])\s?(?:\{\}|\\ )?")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{[A-Za-z*]{1,40}\}")
_LISTED = re.compile(r"\\begin\s*\{[A-Za-z*]{1,40}\}\s*(?:\[[^\[\]]*\]\s*)?(?=\\item\b)")
_ITEM = re.compile(r"\\item(?![A-Za-z])\s*")
_NESTED = re.compile(r"\\begin\s*\{|\\(?:sub)*section")
_LABEL = re.compile(r"\\item\s*\[((?=[^\[\]]*(?:\d{4}|[A-Za-z]{4}))[^\[\]]+)\]")
_CELL = re.compile(r"(?<!\\)&")
# Macros of LaTeX that set a text, however long it is.
_INLINE = words("latex.inline")
# What an own macro has that begins a paragraph or a row, and what only headings have.
_BLOCK = re.compile(
    r"\\(?:par|vspace|vskip|(?:big|med|small)skip|hrule|hrulefill|titlerule|noindent|hangindent|newline"
    r"|filbreak"
    r"|tabularnewline|centerline|addcontentsline)(?![A-Za-z])|\\\\|\\begin\s*\{|\n[ \t]*\n"
)
_HEADS = re.compile(r"\\((?:cv)?(?:sub)*section|sectiontitle|resheading)(?![A-Za-z])")
_LETTERS_OF_TEXT = re.compile(r"(?<![\\A-Za-z])[^\W\d_]{3,}")
_LONGEST_TITLE = 120
_CELLS = re.compile(r"\\\\(?:\[[^\[\]]*\])?|\\newline\b|\\par\b|(?<!\\)&")
_TABLE_OPENS = re.compile(
    r"\\(?:begin|end)\s*\{[A-Za-z*]{1,40}\}(?:\s*\[[^\[\]]{0,40}\])?"
    r"(?:\s*\{(?:[^{}]|\{[^{}]{0,60}\}){0,200}\}(?=\s*(?:\{|\\|\[|$|\n|#))){0,2}"
)
_SHORTEST = 50  # an entry
_WITH_ARGUMENT = re.compile(r"\\([A-Za-z]+)\*?\s*(?=\{)")
MAX_ENVIRONMENT = 100_000
MAX_EXPANDED = 4


def read(text: str) -> list[Block]:
    r"""Return the blocks of a LaTeX text.

    >>> blocks = read(r"\section{Papers}\begin{itemize}\item A. Li, \emph{On X}, 2020\end{itemize}")
    >>> [(block.kind, block.text) for block in blocks]
    [('heading', 'Papers'), ('item', 'A. Li, On X, 2020')]
    """
    # Blanking keeps offsets true; expanding macros does not, so it comes last and only where there are any.
    body = _COMMENT.sub(lambda match: match[1] + " " * (len(match[0]) - len(match[1])), text)
    body = _without_comments(body)
    body = without_targets(body, braces(body))
    macros = own_macros(body)
    start = body.find(r"\begin{document}")
    start = start + len(r"\begin{document}") if start >= 0 else 0
    body = _with_items(body, macros, start)
    reader = _Reader(body, macros)
    reader.read(start)
    return promote(reader.builder.blocks)


def _without_comments(body: str) -> str:
    """Blank out `comment` environments; one that is never closed goes to the end."""
    pieces: list[str] = []
    at = 0
    while opening := _LEFT_OUT.search(body, at):
        closing = body.find(_LEFT_IN, opening.end())
        end = closing + len(_LEFT_IN) if closing >= 0 else len(body)
        pieces += [body[at : opening.start()], re.sub(r"[^\n]", " ", body[opening.start() : end])]
        at = end
    return "".join(pieces) + body[at:]


_COUNTS = re.compile(r"\\(?:arabic|roman|Roman|the[a-z]+|(?:ref)?stepcounter|textbullet|bullet)(?![A-Za-z])")
_BEGINS = re.compile(r"\\(?:par|noindent|hangindent)(?![A-Za-z])")


def _with_items(body: str, macros: dict[str, tuple[int, str]], start: int) -> str:
    r"""Write `\item` for own macros without arguments that begin an item; offsets stay.

    >>> _with_items(r"\mypaper A. Li", {"mypaper": (0, r"\par\noindent[\arabic{n}]")}, 0)
    '\\item    A. Li'
    """
    names = [
        name
        for name, (taken, inside) in macros.items()
        if not taken
        and len(name) >= len("item")
        and (r"\item" in inside or (_BEGINS.search(inside) and _COUNTS.search(inside)))
    ]
    if not names:
        return body
    use = re.compile(rf"\\(?:{'|'.join(names)})(?![A-Za-z])")
    return body[:start] + use.sub(lambda match: r"\item".ljust(len(match[0])), body[start:])


class _Reader:
    """Goes from command to command; text between them belongs to the open block."""

    def __init__(self, body: str, macros: dict[str, tuple[int, str]]) -> None:
        self.body = body
        self.macros = macros
        self.builder = Builder()
        self.depth = 0
        self.table = 0
        self.tables: set[str] = set()  # own environments that are tables
        # Own macros that begin an item: "\\newcommand\\pub[3]{\\item #1, #2, #3}".
        self.items = frozenset(
            name for name, (taken, inside) in macros.items() if taken and r"\item" in inside
        )
        # … or that begin a line of their own: "\\newcommand\\job[4]{\\noindent #1 #2 \\\\ #3 \\par}".
        self.items |= frozenset(
            name
            for name, (taken, inside) in macros.items()
            if taken > 1 and _BLOCK.search(inside) and not _HEADS.search(inside)
        )
        # Own macros that set a heading: "\\newcommand\\head[1]{\\vspace{8pt}{\\large\\sc #1}\\hrule}".
        self.headings = {
            name: SECTIONS.get(found[1], 3) if (found := _HEADS.search(inside)) else 2
            for name, (taken, inside) in macros.items()
            if taken == 1 and (_HEADS.search(inside) or _BLOCK.search(inside)) and r"\item" not in inside
        }
        self.uses = Counter(match[1] for match in _WITH_ARGUMENT.finditer(body))
        self.entries: list[str] = []  # open environments whose arguments make an entry

    def read(self, start: int) -> None:
        at = start
        while match := _COMMAND.search(self.body, at):
            begin, at = match.start(), match.end()
            kind = match.lastgroup
            if match["section"]:
                group = group_at(self.body, at)
                if group is None:
                    continue
                self.flush(start, begin)
                self.heading(SECTIONS.get(match["section"], 3), *group)
                start = at = group[1] + 1
            elif match["begin"]:
                self.flush(start, begin)
                start = at = self.environment(match["begin"], match["environment"], at)
            elif match["item"]:
                self.flush(start, begin)
                self.builder.begin("item", 1 if self.entries else max(0, self.depth - 1), "-")
                label = _LABEL.search(match[0])  # a year, as a rule; a number or sign only counts
                if label and not label[1].lstrip().startswith("$"):
                    first = begin + label.start(1)
                    self.add(label[1], first, first + len(label[1]))
                    self.builder.newline()
                start = at
            elif match["break"] or kind in ("blank", "gap"):
                self.flush(start, begin)
                start = at
                if self.table and match["break"]:
                    self.builder.begin("item", 0, "-")
                elif match["break"] or self.builder.in_item:
                    self.builder.newline()
                else:
                    self.builder.close()
            elif match["cell"]:
                if self.table:
                    self.flush(start, begin)
                    self.builder.newline()
                    start = at
            elif match["verb"] and (done := self.macro(match["verb"], start, begin, at)) is not None:
                start = at = done
        self.flush(start, len(self.body))
        self.builder.close()

    def flush(self, start: int, end: int) -> None:
        """Add the text between two commands to the open block."""
        source = self.body[start:end]
        if source.strip():
            self.add(source, start, end)

    def add(self, source: str, start: int, end: int) -> None:
        for text, marks, url in spans(self.expand(source)):
            self.builder.text(text, start, end, marks, url)

    def expand(self, source: str) -> str:
        """Put in the text's own macros, to a small depth."""
        for _ in range(MAX_EXPANDED):
            if not self.macros or len(source) > MAX_GROUP:
                break
            expanded = self.expand_once(source)
            if expanded == source:
                break
            source = expanded
        return source

    def expand_once(self, source: str) -> str:
        pieces: list[str] = []
        at = 0
        for match in _USE.finditer(source):
            taken, body = self.macros.get(match[1], (-1, ""))
            if taken < 0 or match.start() < at:
                continue
            end = match.end() if not taken else match.end(1)
            values: list[str] = []
            while len(values) < taken and (group := group_at(source, end)) is not None:
                values.append(source[group[0] : group[1]])
                end = group[1] + 1
            if len(values) < taken:
                continue
            pieces += [
                source[at : match.start()],
                "{",
                filled(body, values),
                "}",
                " " * (match[0][-1:] == " "),
            ]
            at = end
            if sum(map(len, pieces)) > MAX_GROUP:
                break
        return "".join(pieces) + source[at:]

    def heading(self, level: int, start: int, end: int) -> None:
        self.builder.begin("heading", level)
        self.add(self.body[start:end], start, end)
        self.builder.close()

    def environment(self, verb: str, name: str, at: int) -> int:
        """Begin or end an environment; one whose argument is a text is a section."""
        if name in _TABLES or self.is_table(verb, name, at):
            self.table = max(0, self.table + (1 if verb == "begin" else -1))
            self.builder.close()
            while verb == "begin" and (group := group_at(self.body, at)) is not None:
                at = group[1] + 1
            if self.table:
                self.builder.begin("item", 0, "-")
            return at
        if name.startswith(
            ("itemize", "enumerate", "etaremune", "list", "description", "compact", "bib", "cvitems")
        ):
            self.depth = max(0, self.depth + (1 if verb == "begin" else -1))
            if verb == "end" and self.builder.in_item:
                self.builder.newline()
            while verb == "begin" and (group := group_at(self.body, at)) is not None:
                at = group[1] + 1
            if verb == "end":
                self.builder.close()
            return at
        self.builder.close()
        if verb == "end" and self.entries and self.entries[-1] == name:
            self.entries.pop()
            return at
        if verb == "begin" and len(groups := self.groups(at)) >= 2:
            if not any(_LETTERS_OF_TEXT.search(self.body, *group) for group in groups):
                return groups[-1][1] + 1  # lengths: \\begin{hangparas}{.25in}{1}
            self.entries.append(name)
            self.entry(groups)
            return groups[-1][1] + 1
        if verb == "begin" and (group := group_at(self.body, at)) is not None:
            inside = self.body[group[0] : group[1]]
            if "section" in name.lower() or re.fullmatch(r"[^\\{}=]{3,60}", inside):
                self.heading(3 if "sub" in name.lower() else 2, *group)
                return group[1] + 1
        return at

    def is_table(self, verb: str, name: str, at: int) -> bool:
        """Tell whether an environment of the text's own class is a table: it has cells and rows."""
        if verb == "end":
            return name in self.tables
        end = self.body.find(rf"\end{{{name}}}", at, at + MAX_ENVIRONMENT)
        if name not in self.tables and end >= 0:
            cells, rows = len(_CELL.findall(self.body, at, end)), self.body.count("\\\\", at, end)
            nested = _NESTED.search(self.body, at, end)
            if cells >= 2 and rows and cells >= 0.8 * rows and nested is None:
                self.tables.add(name)
        return name in self.tables

    def macro(self, name: str, start: int, begin: int, at: int) -> int | None:
        """Read a macro of the text's class with two or more arguments as an entry, each argument a line."""
        if name in self.headings and self.is_title(begin, at):
            group = group_at(self.body, at)
            if group is not None:
                self.flush(start, begin)
                self.heading(self.headings[name], *group)
                return group[1] + 1
        if name in self.items:
            return self.own_item(name, start, begin, at)
        if name in LAYOUT or name.startswith(("text", "math", "emph")):
            return None
        groups = self.groups(at)
        if name in self.macros:
            return None
        if len(groups) == 1 and self.is_entry(name, *groups[0]):
            self.flush(start, begin)
            self.builder.begin("item", max(0, self.depth - 1), "-")
            self.add(self.body[groups[0][0] : groups[0][1]], *groups[0])
            self.builder.close()
            return groups[0][1] + 1
        if len(groups) < 2:
            return None
        self.flush(start, begin)
        self.entry(groups)
        return groups[-1][1] + 1

    def is_title(self, begin: int, at: int) -> bool:
        """Tell whether the use of an own macro stands alone in its line, with little text."""
        group = group_at(self.body, at)
        if group is None:
            return False
        line = self.body.rfind("\n", 0, begin) + 1
        end = self.body.find("\n", group[1])
        return (
            group[1] - group[0] <= _LONGEST_TITLE
            and not self.body[line:begin].strip()
            and not self.body[group[1] + 1 : end if end >= 0 else None].strip(" \t\\%")
            and not looks_whole(self.body[group[0] : group[1]])
        )

    def is_entry(self, name: str, start: int, end: int) -> bool:
        """Tell whether the one argument of a macro of the text's class holds what an entry needs."""
        inside = self.body[start:end]
        return (
            name not in _INLINE and end - start >= _SHORTEST and looks_whole(inside) and self.uses[name] > 1
        )

    def own_item(self, name: str, start: int, begin: int, at: int) -> int | None:
        """Read the use of an own macro that begins an item; its expansion has the place of the use."""
        taken, body = self.macros[name]
        groups = self.groups(at)[:taken]
        if len(groups) < taken:
            return None
        self.flush(start, begin)
        values = [self.body[first:last] for first, last in groups]
        before, _, after = filled(body, values).partition(r"\item")
        end = groups[-1][1] + 1
        self.builder.begin("item", max(0, self.depth - 1), "-")
        whole = _TABLE_OPENS.sub(" ", before + after)
        for part in _CELLS.split(whole):
            self.add(part.replace(r"\item", " "), begin, end)
            self.builder.newline()
        return end

    def groups(self, at: int) -> list[tuple[int, int]]:
        """Return the brace groups that follow each other from a position."""
        found: list[tuple[int, int]] = []
        while len(found) < 9 and (group := group_at(self.body, at)) is not None:
            found.append(group)
            at = group[1] + 1
        return found

    def entry(self, groups: list[tuple[int, int]]) -> None:
        """Make an item of arguments, each a line."""
        self.builder.begin("item", 0, "-")
        notes: list[tuple[int, int]] = []
        for first, last in groups:
            listed = _LISTED.search(self.body, first, last)
            if listed:
                notes.append((listed.start(), last))
            self.add(self.body[first : listed.start() if listed else last], first, last)
            self.builder.newline()
        self.builder.close()
        for first, last in notes:
            self.notes(first, last)

    def notes(self, start: int, end: int) -> None:
        """Read a list within an argument: its items are notes of the entry."""
        items = list(_ITEM.finditer(self.body, start, end))
        for number, item in enumerate(items):
            last = items[number + 1].start() if number + 1 < len(items) else end
            self.builder.begin("item", 1, "-")
            self.add(_ENVIRONMENT.sub(" ", self.body[item.end() : last]), item.end(), last)
        self.builder.close()
