"""The inline markup of CSL-JSON: italics, bold, scripts, small capitals and case protection in tags.

Source: CSL 1.0.2, appendix "HTML-like formatting tags". A tag that is unknown or has no partner is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from pubkit.markup import mathtext, scripts, walk
from pubkit.markup.raw import raw_text
from pubkit.markup.tags import Tag, find_tags, pair_tags
from pubkit.markup.tree import (
    MAX_DEPTH,
    Block,
    Emph,
    Highlight,
    Inline,
    Link,
    Math,
    Mono,
    NoCase,
    Node,
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
    join,
)

_NODES: dict[str, Callable[[Rich], Node]] = {
    "i": Emph,
    "b": Strong,
    "sup": Sup,
    "sub": Sub,
    "sc": SmallCaps,
}
_SPAN_CLASSES: dict[str, Callable[[Rich], Node]] = {"nocase": NoCase}
_SPAN = re.compile(
    r"""\s+class\s*=\s*["'](nocase)["']\s*|\s+style\s*=\s*["']\s*font-variant\s*:\s*small-caps\s*;?\s*["']\s*"""
)
_LOOKS_LIKE_TAG = re.compile(r"<(?=/?(?:i|b|sup|sub|sc|span)\b)")


def parse(text: str) -> Rich:
    """Return the tree of a CSL-JSON text.

    >>> parse('The <i>E. coli</i> <span class="nocase">DNA</span> a<b')
    ('The ', Emph(children=('E. coli',)), ' ', NoCase(children=('DNA',)), ' a<b')
    """
    if "<" not in text:
        return (text,) if text else ()
    return _parse(text)


@lru_cache(maxsize=4096)
def _parse(text: str) -> Rich:
    tags = [tag for tag in find_tags(text) if tag.closing or _node(tag) is not None]
    pairs = pair_tags(tags)
    ends = {close: start for start, close in pairs.items()}
    stack: list[tuple[list[Inline], Callable[[Rich], Node] | None]] = [([], None)]
    position = 0
    for index, tag in enumerate(tags):
        if index in pairs:
            stack[-1][0].append(text[position : tag.start])
            stack.append(([], _node(tag)))
        elif index in ends:
            items, build = stack.pop()
            items.append(text[position : tag.start])
            if build is not None and len(stack) <= MAX_DEPTH:
                stack[-1][0].append(build(join(items)))
            else:
                stack[-1][0].extend(items)
        else:
            continue
        position = tag.end
    stack[-1][0].append(text[position:])
    return join(stack[0][0])


def _node(tag: Tag) -> Callable[[Rich], Node] | None:
    """Return what an opening tag makes of its content; None if it is not one of CSL's."""
    if tag.name == "span":
        found = _SPAN.fullmatch(tag.attributes)
        if not found:
            return None
        return _SPAN_CLASSES[found[1]] if found[1] else SmallCaps
    return _NODES.get(tag.name) if not tag.attributes.strip() else None


def _text(text: str) -> str:
    # CSL-JSON has no escape: a word joiner, which does not print, keeps what looks like a tag from being one
    return _LOOKS_LIKE_TAG.sub("<\u2060", text) if "<" in text else text


def write(rich: Rich) -> str:
    """Return a tree as CSL-JSON text; what CSL has no tag for stands alone.

    >>> write(("On ", Emph(("Drosophila",)), " ", NoCase(("DNA",))))
    'On <i>Drosophila</i> <span class="nocase">DNA</span>'
    >>> write((Math("E=mc^2"),))
    'E=mc²'
    """
    return walk.render(rich, _text, _TAGS)


def _formula(node: Math) -> walk.Tag:
    """Mathematics as text: a number above or below a symbol as the character that it has in Unicode."""
    rich = mathtext.to_rich(node.source)
    if rich is None:
        return _text(f"${node.source}$"), (), ""
    return "", tuple(_script(piece) if isinstance(piece, Sup | Sub) else piece for piece in rich), ""


def _script(node: Sup | Sub) -> Inline:
    text = node.children[0] if len(node.children) == 1 else ""
    if not isinstance(text, str) or not text.isdecimal():
        return node
    return (
        scripts.convert(text, scripts.SUPERSCRIPTS if isinstance(node, Sup) else scripts.SUBSCRIPTS) or node
    )


_TAGS: walk.Tags = {
    Emph: walk.wrap("<i>", "</i>"),
    Strong: walk.wrap("<b>", "</b>"),
    Sup: walk.wrap("<sup>", "</sup>"),
    Sub: walk.wrap("<sub>", "</sub>"),
    SmallCaps: walk.wrap('<span style="font-variant:small-caps;">', "</span>"),
    NoCase: walk.wrap('<span class="nocase">', "</span>"),
    Quote: walk.quote(("“", "”"), ("‘", "’")),
    Math: _formula,
    Raw: walk.leaf(lambda source: _text(raw_text(source))),
    **dict.fromkeys((Underline, Plain, Mono, Link, Tagged, Highlight, Block), walk.unwrap),
}
