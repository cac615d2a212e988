"""Citations in Markdown as pandoc, Quarto, R Markdown and MyST have it.

Sources: Pandoc User's Guide, "Citation syntax"; Quarto Guide, "Cross References"; for the roles MyST and
sphinxcontrib-bibtex.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubkit.cited.blanking import blank, blank_all
from pubkit.cited.manuscript import Event, words
from pubkit.cited.rst import role_events
from pubkit.cited.tex import TexScanner

# A key begins with a letter, digit or _ and single marks between such; or braces hold it.
_CITE = re.compile(r"(?<![\w\\@/.=:])-?@(?:\{([^{}\s]+)\}|(\w+(?:[:.#$%&\-+?<>~/](?=\w)\w+|\w)*))")
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_FRONT_FIELD = re.compile(r"^([A-Za-z_][\w-]*):(.*(?:\n(?:[ \t]+.*|[ \t]*|-[ \t].*))*)", re.MULTILINE)
# Metadata whose text may cite; others hold handles and addresses.
_CITING_FIELDS = frozenset(
    ("nocite", "abstract", "title", "subtitle", "thanks", "acknowledgements", "description")
)
_RESOURCE = re.compile(r"[^\s,\[\]\"'#]+\.(?:bib|biblatex|json|yaml|yml|ris|xml)\b")
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[ \t]*([^\n`]*)$", re.MULTILINE)
_INLINE_CODE = re.compile(r"(?<![\\`])(`{1,8})(?!`)(?:[^`\n]|\n(?!\s*\n)|(?!\1(?!`))`)+?(?<!`)\1(?!`)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ADDRESS = re.compile(r"<(?:https?|mailto|ftp)[^<>\s]*>|\b(?:https?|ftp)://[^\s)>\]]+|<[\w.+-]+@[\w.-]+>")
_LINK_TARGET = re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"\n]*\")?\)")
_LIST = re.compile(r"[ \t]*(?:[-*+:~]|\(?\w{1,4}[.)]|\(?@[\w-]*\)|\[\^[^\]]+\]:)[ \t]")
# What Quarto and pandoc-crossref refer to with the same sign.
_CROSS_REFERENCE = re.compile(
    r"(?:fig|tbl|tab|lst|eq|sec|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau|vid|suppfig)[-:]",
    re.IGNORECASE,
)
# An example list "(@good) …" and later "(@good)" are no citations.
_EXAMPLE = re.compile(r"^[ \t]*\(@([\w-]*)\)[ \t]", re.MULTILINE)
_LABEL = re.compile(r"\{#([\w:.-]+)|^\(([\w:.-]+)\)=[ \t]*$", re.MULTILINE)
_INCLUDE = re.compile(r"\{\{<\s*include\s+([^\s>]+)\s*>\}\}|^```\{include\}[ \t]*(\S+)", re.MULTILINE)
_CHILD = re.compile(r"^```\{r[^}\n]*\bchild\s*=\s*['\"]([^'\"\n]+)['\"]", re.MULTILINE)
# Directives of MyST whose body is text, not code.
_TEXT_DIRECTIVES = words(
    "note warning tip important attention caution danger error hint admonition seealso figure table sidebar "
    "topic epigraph margin dropdown card grid tab-set tab-item footnote proof theorem lemma definition "
    "remark aside list-table glossary versionadded pull-quote highlights exercise solution"
)
_TEX_HINT = re.compile(r"\\[A-Za-z]*cite|\\bibentry")


def scan(text: str) -> Iterator[Event]:
    """Yield what a text in Markdown cites."""
    front = _FRONT.match(text)
    start = 0
    if front:
        start = front.end()
        yield from _metadata(front[1], front.start(1))
    yield from _includes(text)
    body = blank(text, [(0, start), *_fences(text, start)])
    body = blank_all(body, _COMMENT)
    yield from role_events(body)
    for found in _LABEL.finditer(body):
        yield Event("label", found[1] or found[2], found.start())
    body = blank(body, _code(body))
    body = blank(body, _indented(body))
    body = blank_all(blank_all(body, _ADDRESS), _LINK_TARGET)
    examples = {found[1] for found in _EXAMPLE.finditer(body)}
    for event in _cites(body, 0):
        if event.value not in examples:
            yield event
    if _TEX_HINT.search(body):
        yield from TexScanner(comments=False)(body)


def _cites(text: str, offset: int) -> Iterator[Event]:
    for found in _CITE.finditer(text):
        key = found[1] or found[2]
        maybe = found[1] is None and _CROSS_REFERENCE.match(key) is not None
        yield Event("cite", key, offset + found.start(), maybe)


def _metadata(front: str, offset: int) -> Iterator[Event]:
    """Yield what YAML front matter says: libraries, and citations in those fields that hold text."""
    for field in _FRONT_FIELD.finditer(front):
        name, value, start = field[1].lower(), field[2], offset + field.start(2)
        if name == "bibliography":
            for found in _RESOURCE.finditer(value):
                yield Event("resource", found[0], start + found.start())
        elif name in _CITING_FIELDS:
            if name == "nocite" and re.search(r"@\*", value):
                yield Event("all", "*", start)
            yield from _cites(value, start)


def _includes(text: str) -> Iterator[Event]:
    for pattern in (_INCLUDE, _CHILD):
        for found in pattern.finditer(text):
            yield Event("include", next(name for name in found.groups() if name), found.start())


def _fences(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of fenced code; the body of an admonition of MyST is text."""
    opened: tuple[str, int] | None = None
    texts: list[str] = []
    for found in _FENCE.finditer(text, at):
        fence, info = found[1], found[2].strip()
        if opened is not None:
            if fence[0] == opened[0][0] and len(fence) >= len(opened[0]) and not info:
                yield opened[1], found.end()
                opened = None
        elif texts and not info and fence[0] == texts[-1][0] and len(fence) >= len(texts[-1]):
            texts.pop()
            yield found.span()
        elif info.startswith("{") and info[1:].partition("}")[0].lower() in _TEXT_DIRECTIVES:
            texts.append(fence)
            yield found.span()
        else:
            opened = (fence, found.start())
    if opened is not None:
        yield opened[1], len(text)


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of inline code; behind a role of MyST, such as {cite}, they are handled elsewhere."""
    return (found.span() for found in _INLINE_CODE.finditer(text))


def _indented(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of indented code: four spaces behind an empty line, not within a list."""
    at, empty, in_list, in_code = 0, True, False, False
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        if not line.strip():
            empty = True
        elif line.startswith(("    ", "\t")):
            in_code = (empty or in_code) and not in_list and not _LIST.match(line)
            if in_code:
                yield at, end
            empty = False
        else:
            in_list = _LIST.match(line) is not None or (in_list and (not empty or line.startswith(" ")))
            empty = in_code = False
        at = end
