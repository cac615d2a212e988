"""The Markdown of CSL-YAML, pandoc's way to write bibliographies: read and written.

Source: the pandoc manual, "Specifying bibliographic data" and "Capitalization in titles". Only what stands in
bibliographies is known: emphasis, scripts, spans with a class, links, code; CSL's own tags are read too.
"""

from __future__ import annotations

import re

from pubkit.markup import csl, markdown, walk
from pubkit.markup.raw import raw_text
from pubkit.markup.tree import (
    Block,
    Emph,
    Highlight,
    Link,
    Math,
    Mono,
    NoCase,
    Plain,
    Quote,
    Raw,
    Rich,
    SmallCaps,
    Strong,
    Sub,
    Sup,
    Tagged,
    Underline,
)

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HIDDEN = 0x10FF00  # where escaped characters wait, in a private plane, until the markup is read
# The manual, "Math": no space within the dollars, no digit behind.
_MATH = re.compile(r"(?<!\\)\$(?![\s$])([^$]{0,500}?)(?<![\s\\])\$(?![\d$])")
_SPAN = re.compile(r"\[([^\[\]]*)\]\{\.(nocase|smallcaps|sc)\b[^{}]*\}")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_SPAN_TAGS = {
    "nocase": ('<span class="nocase">', "</span>"),
    "smallcaps": ('<span style="font-variant:small-caps;">', "</span>"),
    "sc": ('<span style="font-variant:small-caps;">', "</span>"),
}
_MARKS = (
    (re.compile(r"(?<!\*)\*(?![*\s])([^*]+)(?<!\s)\*(?!\*)"), r"<i>\1</i>"),
    (re.compile(r"\*\*(?!\s)([^*]+)(?<!\s)\*\*"), r"<b>\1</b>"),
    (re.compile(r"(?<![*])\*(?![*\s])([^*]+)(?<!\s)\*(?![*])"), r"<i>\1</i>"),
    (re.compile(r"(?<![\w_])__(?!\s)([^_]+)(?<!\s)__(?![\w_])"), r"<b>\1</b>"),
    (re.compile(r"(?<![\w_])_(?!\s)([^_]+)(?<!\s)_(?![\w_])"), r"<i>\1</i>"),
    (re.compile(r"\^([^\s^]+)\^"), r"<sup>\1</sup>"),
    (re.compile(r"(?<!~)~([^\s~]+)~(?!~)"), r"<sub>\1</sub>"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"(?<!-)---(?!-)"), "—"),
    (re.compile(r"(?<!-)--(?!-)"), "–"),
)
_MOST_LEVELS = 8
_UNHIDE = re.compile("[\U0010ff00-\U0010ff7f]")
_MARKUP = re.compile(r"[\\*_^~`\[$]|--")


def to_tags(text: str) -> str:
    r"""Return a Markdown text as CSL-JSON has it, with tags.

    >>> to_tags(r"The *E. coli* of [DNA]{.nocase}, H~2~O \& 2\*3")
    'The <i>E. coli</i> of <span class="nocase">DNA</span>, H<sub>2</sub>O & 2*3'
    """
    if not _MARKUP.search(text):
        return text
    text = _MATH.sub(_formula, text)
    text = _ESCAPED.sub(lambda found: chr(_HIDDEN + ord(found[1])), text)
    for _ in range(_MOST_LEVELS):  # spans in spans, the innermost first
        text, count = _SPAN.subn(_span, text)
        if not count:
            break
    text = _LINK.sub(r"\1", text)
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    return _UNHIDE.sub(lambda found: chr(ord(found[0]) - _HIDDEN), text)


def _formula(found: re.Match[str]) -> str:
    """Return mathematics as CSL-JSON can have it; what has no form there stays as it stands."""
    written = csl.write((Math(found[1]),))
    return found[0] if "$" in written else written


def _span(found: re.Match[str]) -> str:
    opening, closing = _SPAN_TAGS[found[2]]
    return f"{opening}{found[1]}{closing}"


def from_tags(text: str) -> str:
    r"""Return a text of CSL-JSON as Markdown.

    >>> from_tags('The <i>E. coli</i> of <span class="nocase">DNA</span>, 2*3')
    'The *E. coli* of [DNA]{.nocase}, 2\\*3'
    """
    return write(csl.parse(text))


def write(rich: Rich) -> str:
    """Return a tree as the Markdown of CSL-YAML; what that has no mark for stands alone."""
    return walk.render(rich, markdown.escape, _TAGS)


_TAGS: walk.Tags = {
    Emph: walk.wrap("*", "*"),
    Strong: walk.wrap("**", "**"),
    Sup: walk.wrap("<sup>", "</sup>"),
    Sub: walk.wrap("<sub>", "</sub>"),
    SmallCaps: walk.wrap("[", "]{.smallcaps}"),
    NoCase: walk.wrap("[", "]{.nocase}"),
    Quote: walk.quote(("“", "”"), ("‘", "’")),
    Math: walk.mathematics(markdown.escape),
    Raw: walk.leaf(lambda source: markdown.escape(raw_text(source))),
    **dict.fromkeys((Underline, Plain, Mono, Link, Tagged, Highlight, Block), walk.unwrap),
}
