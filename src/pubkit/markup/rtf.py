"""Rich Text Format: pieces of a paragraph, and a whole file around paragraphs. Source: RTF 1.9.1."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pubkit.markup import walk
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

_SPECIAL = re.compile(r"[\\{}\r\n\t\u00a0]|[^\x00-\x7f]")
_NAMED = {
    "\\": "\\\\",
    "{": "\\{",
    "}": "\\}",
    "\n": "\\line ",
    "\r": "",
    "\t": "\\tab ",
    "\u00a0": "\\~",
}


def escape(text: str) -> str:
    r"""Return plain text as RTF in ASCII, other characters by number.

    >>> escape("{é}")
    '\\{\\u233?\\}'
    """
    return _SPECIAL.sub(_character, walk.printable(text))


def _character(found: re.Match[str]) -> str:
    """A character by name or as signed 16-bit numbers, with "?" for programs that know no Unicode."""
    character = found[0]
    if character in _NAMED:
        return _NAMED[character]
    code = ord(character)
    units = [code] if code < 0x10000 else [0xD800 + (code - 0x10000 >> 10), 0xDC00 + (code & 0x3FF)]
    return "".join([f"\\u{unit - 0x10000 if unit > 0x7FFF else unit}?" for unit in units])


def write(rich: Rich) -> str:
    r"""Return a tree as RTF for use inside a paragraph.

    >>> write((Emph(("On",)), " 5"))
    '{\\i On} 5'
    """
    return walk.render(rich, escape, _TAGS)


def document(paragraphs: Iterable[str]) -> str:
    """Return an RTF file that holds paragraphs written by `write`."""
    body = "".join(f"{{\\pard\\sa180\\fi-360\\li360 {paragraph}\\par}}\n" for paragraph in paragraphs)
    return "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times New Roman;}{\\f1 Courier New;}}\n" + body + "}\n"


def _link(node: Link) -> walk.Tag:
    url = walk.safe_url(node.url)
    if url is None:
        return "", node.children, ""
    url = re.sub(r'["\\{}]', lambda found: f"%{ord(found[0]):02X}", url)
    return f'{{\\field{{\\*\\fldinst{{HYPERLINK "{escape(url)}"}}}}{{\\fldrslt{{', node.children, "}}}"


_TAGS: walk.Tags = {
    Emph: walk.wrap("{\\i ", "}"),
    **dict.fromkeys((Strong, Highlight), walk.wrap("{\\b ", "}")),
    SmallCaps: walk.wrap("{\\scaps ", "}"),
    Underline: walk.wrap("{\\ul ", "}"),
    Sup: walk.wrap("{\\super ", "}"),
    Sub: walk.wrap("{\\sub ", "}"),
    Mono: walk.wrap("{\\f1 ", "}"),
    Plain: walk.by_attribute(
        "property",
        {
            "font-style": ("{\\i0 ", "}"),
            "font-weight": ("{\\b0 ", "}"),
            "font-variant": ("{\\scaps0 ", "}"),
            "text-decoration": ("{\\ulnone ", "}"),
            "vertical-align": ("{\\nosupersub ", "}"),
        },
    ),
    Quote: walk.quote(("\\u8220?", "\\u8221?"), ("\\u8216?", "\\u8217?")),
    Math: walk.mathematics(escape),
    Raw: walk.leaf(lambda source: escape(raw_text(source))),
    Link: _link,
    Block: walk.by_attribute(
        "display",
        {
            "left-margin": ("", "\\tab "),
            "block": ("\\line ", "\\line "),
            "indent": ("\\line\\tab ", "\\line "),
        },
    ),
    **dict.fromkeys((NoCase, Tagged), walk.unwrap),
}
