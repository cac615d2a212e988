"""HTML as a stream of tags and text with offsets, in linear time.

The standard library's parser looks for the end of each unclosed comment or declaration anew, which takes
quadratic time on hostile pages, and gives no offsets; lists need no more of HTML than this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

# A tag ends before the next one begins: looking for its end takes linear time, whatever is left open.
_TAG = re.compile(
    r"<(/?)([a-zA-Z][\w:-]{0,30})((?:[^<>\"']++|\"[^\"<]{0,4000}+\"|'[^'<]{0,4000}+'){0,100}+"
    r"|[^<>]{0,4000}+)>"
)
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
# Elements without text for a reader; their end tag is looked for at once.
_OPAQUE = frozenset(
    [
        "script",
        "style",
        "head",
        "template",
        "noscript",
        "svg",
        "nav",
        "select",
        "button",
        "textarea",
        "iframe",
        "object",
        "audio",
        "video",
        "math",
        "canvas",
    ]
)


@dataclass(frozen=True, slots=True)
class Token:
    """A tag ("a", "/a") or, with an empty name, a stretch of text.

    Attributes:
        name: Lower-case tag name, with "/" for an end tag; "" for text.
        text: The text, entities decoded; for a tag its attributes as they stand.
        start: Offset of the first character.
        end: Offset behind the last one.
    """

    name: str
    text: str
    start: int
    end: int

    def attributes(self) -> dict[str, str]:
        """Return a tag's attributes, entities decoded, names in lower case."""
        return {
            match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
            for match in _ATTRIBUTE.finditer(self.text)
        }


def tokens(source: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the tags and texts of a piece of HTML; comments and opaque elements are left out.

    >>> [(token.name, token.text) for token in tokens("<p>a &amp; b<!-- c --></p>")]
    [('p', ''), ('', 'a & b'), ('/p', '')]
    """
    at = start
    stop = len(source) if end is None else end
    lower = source.lower()
    last: dict[str, int] = {}  # where the last end of an element stands: none behind it is looked for

    def ends(mark: str, at: int) -> bool:
        if mark not in last:
            last[mark] = lower.rfind(mark, 0, stop)
        return last[mark] >= at

    while at < stop:
        opening = source.find("<", at, stop)
        if opening < 0:
            opening = stop
        if opening > at:
            yield Token("", unescape(source[at:opening]), at, opening)
        if opening >= stop:
            return
        at = opening
        if source.startswith("<!--", at):
            closing = source.find("-->", at, stop) if ends("-->", at) else -1
            at = closing + 3 if closing >= 0 else at + 4
            continue
        match = _TAG.match(source, at, stop)
        if match is None:
            if source.startswith(("<!", "<?"), at):
                closing = source.find(">", at, min(stop, at + 2000))
                at = closing + 1 if closing >= 0 else at + 2
            else:
                following = source.find("<", at + 1, stop)
                while following == at + 1:  # a row of them is one text
                    at, following = following, source.find("<", following + 1, stop)
                yield Token("", "<", at, at + 1)
                at += 1
            continue
        name = match[2].lower()
        at = match.end()
        if name in _OPAQUE and not match[1]:
            tag = f"</{name}"
            if ends(tag, at):
                at = lower.find(tag, at)
                continue
        yield Token(match[1] + name, match[3], match.start(), match.end())
