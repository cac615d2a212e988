"""Accent macros: which combining character each one puts on the letter in its argument."""

from __future__ import annotations

from unicodedata import normalize

# Macro → combining character. Of several macros for one character the first is the one that is written.
ACCENTS: dict[str, str] = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "h": "\u0309",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "textvbaraccent": "\u030d",
    "U": "\u030d",
    "G": "\u030f",
    "C": "\u030f",
    "textdoublegrave": "\u030f",
    "f": "\u0311",
    "newtie": "\u0311",
    "textroundcap": "\u0311",
    "textcommaabove": "\u0313",
    "d": "\u0323",
    "textsubdot": "\u0323",
    "textsubumlaut": "\u0324",
    "textsubring": "\u0325",
    "textcommabelow": "\u0326",
    "c": "\u0327",
    "k": "\u0328",
    "textogonekcentered": "\u0328",
    "textsyllabic": "\u0329",
    "textsubbridge": "\u032a",
    "textsubwedge": "\u032c",
    "textsubcircum": "\u032d",
    "textsubbreve": "\u032e",
    "textsubarch": "\u032f",
    "textsubtilde": "\u0330",
    "b": "\u0331",
    "textsubbar": "\u0331",
    "textstrikethru": "\u0336",
    "textseagull": "\u033c",
    "spreadlips": "\u034d",
    "t": "\u0361",
    "texttoptiebar": "\u0361",
    "textdoublebreve": "\u035d",
}

# Combining character → macro that is written.
ACCENT_MACROS: dict[str, str] = {mark: macro for macro, mark in reversed(ACCENTS.items())}

# Combining character → the accent standing alone, for an accent macro with an empty argument.
SPACING: dict[str, str] = {
    "\u0300": "`",
    "\u0301": "\u00b4",
    "\u0302": "\u02c6",
    "\u0303": "\u02dc",
    "\u0304": "\u00af",
    "\u0306": "\u02d8",
    "\u0307": "\u02d9",
    "\u0308": "\u00a8",
    "\u030a": "\u02da",
    "\u030b": "\u02dd",
    "\u030c": "\u02c7",
    "\u0327": "\u00b8",
    "\u0328": "\u02db",
}

# An accent sits on the dotless letters in LaTeX and on the dotted ones in Unicode.
_DOTTED = {"\u0131": "i", "\u0237": "j"}


def accent(marks: str, text: str) -> str:
    r"""Put combining characters on the first letter of a text, composed where Unicode has the letter.

    >>> accent("\u0301", "e"), accent("\u0308", "\u0131"), accent("\u0303", "")
    ('é', 'ï', '˜')
    """
    if not text or text[0].isspace():
        return "".join([SPACING.get(mark, "\u25cc" + mark) for mark in marks]) + text
    end = 1
    while end < len(text) and text[end] in _MARKS:
        end += 1
    base = _DOTTED.get(text[0], text[0]) + text[1:end]
    return normalize("NFC", base + marks) + text[end:]


_MARKS = frozenset(map(chr, range(0x300, 0x370)))
