"""F01x: the characters of a text: spaces, invisible ones, Unicode form, entities, quotes, dashes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html.entities import html5

from pubkit.markup import latex
from pubkit.model.entry import Entry
from pubkit.rules.base import Finding, fields_of, rule, value_findings
from pubkit.rules.languages import other_language
from pubkit.rules.spans import replace_plain
from pubkit.rules.traits import ODD_CHARACTERS, SPECIALS

# What a person reads as text. Verbatim fields (url, doi, file, eprint) belong to the identifier rules; a
# field that the table does not know is left as it stands.
TEXT = frozenset({"literal", "literal-list", "name-list", "range", "integer", "date", "key", "key-list"})
PROSE = frozenset({"literal", "literal-list"})

# Notes to oneself, often in a markup of their own (JabRef's are Markdown).
OWN_NOTES = frozenset({"comment", "review", "groups", "key"})
# Here a line break may separate paragraphs or notes.
MULTILINE = frozenset({"abstract", "annotation", "annote", "comment", "contents", "review"})

_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb]")
# Control characters that part words: whoever reads the text takes them for spaces.
_SEPARATORS = re.compile("[\x0b\x0c\x1c-\x1f]+")
_JOINERS = re.compile("[\u200c\u200d]")
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")
# Normalising would replace these by another glyph: a person's way to write the own name.
_COMPATIBILITY_IDEOGRAPHS = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_DASHES = str.maketrans({"‐": "-", "‑": "-", "‒": "–", "―": "—"})
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[´`](?=[^\W\d_])")
_STRAIGHT_QUOTES = re.compile(r'(?<![^\s(\[–—/-])"(?=[^\s"])([^"]*)(?<=[^\s"])"(?![^\s)\].,;:!?–—/-])')
_HAS_SPECIAL = re.compile("[&%#_]")
# What is left alone: addresses, mathematics, macros, an index; then the characters themselves.
_SPECIAL = re.compile(
    r"(\\(?:url|href|path|nolinkurl|ensuremath)\s*\{(?:[^{}]|\{[^{}]*\})*\}|\\\(.{0,2000}?\\\)|\\\[.{0,2000}?\\\]|\\(?:[A-Za-z]+|.|$)|"
    r"\$[^$]*\$|_\{)|([&%#_])",
    re.DOTALL,
)
_ENTITY = re.compile(r"\\?&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


@rule("F010", "line-ends", "Line ends are line feeds.", safe=True, when=ODD_CHARACTERS)
def line_ends(entry: Entry) -> Iterable[Finding]:
    """Carriage returns and Unicode's line and paragraph separators become line feeds."""
    names = fields_of(entry, TEXT)
    return value_findings(entry, names, lambda value: _LINE_ENDS.sub("\n", value), "odd line end")


@rule("F011", "invisible-characters", "Invisible characters are removed.", safe=True, when=ODD_CHARACTERS)
def invisible_characters(entry: Entry) -> Iterable[Finding]:
    """Zero-width spaces, byte-order marks, soft hyphens and control characters are taken out.

    Control characters that part words become a space. They come with text copied from PDF files and web
    pages; nobody sees them, and they break sorting, searching and comparing. Joiners stay beside letters
    that need them (Persian, Indic scripts, emoji), direction marks in text that holds right-to-left letters.
    """
    return value_findings(entry, fields_of(entry, TEXT), _visible, "invisible characters")


@rule(
    "F012",
    "odd-spaces",
    "No-break and typographic spaces become plain spaces.",
    safe=True,
    when=ODD_CHARACTERS,
)
def odd_spaces(entry: Entry) -> Iterable[Finding]:
    """Spaces such as U+00A0 or U+2009 become a plain space.

    They come with copied text; the style decides where a line may break, and a wanted tie is written `~`.
    """
    names = fields_of(entry, TEXT)
    return value_findings(
        entry, names, lambda value: _SPACES.sub(" ", value), "no-break or typographic space"
    )


@rule(
    "F013",
    "unicode-form",
    "Text is in Unicode's composed form, without typographic ligatures.",
    safe=True,
    when=ODD_CHARACTERS,
)
def unicode_form(entry: Entry) -> Iterable[Finding]:
    """`e` followed by a combining acute accent becomes `é` (form NFC), and `ﬁ` becomes `fi`.

    They are the same to the eye, but not to a search. Compatibility ideographs stay: they are how a person
    writes the own name.
    """
    return value_findings(entry, fields_of(entry, TEXT), _composed, "text not in Unicode form NFC")


@rule(
    "F014",
    "html-entities",
    "HTML entities in text become the characters they mean.",
    safe=True,
    when=SPECIALS,
)
def html_entities(entry: Entry) -> Iterable[Finding]:
    r"""`&eacute;` becomes `é` and `&amp;` becomes `\&`.

    Web exports leave entities behind. What is no known entity stays.
    """
    names = _prose(entry)
    return value_findings(entry, names, lambda value: _ENTITY.sub(_character, value), "HTML entity in text")


@rule(
    "F015",
    "dashes-and-quotes",
    "Hyphens, dashes, quotes and apostrophes are the usual ones.",
    safe=True,
    when=ODD_CHARACTERS | SPECIALS,
)
def dashes_and_quotes(entry: Entry) -> Iterable[Finding]:
    r"""`It´s "new"` becomes `It’s “new”`: straight marks would both print as closing ones in LaTeX.

    Unicode's special hyphens become `-`, the figure dash becomes an en dash, the horizontal bar an em dash,
    and an accent between letters an apostrophe. Macros, groups and mathematics are left alone, and so are
    entries in other languages, which have other quotes.
    """
    names = [
        name
        for name in _prose(entry)
        if name not in MULTILINE
        and _usual_marks(entry.fields[name]) != entry.fields[name]
        and not other_language(entry, name)
    ]
    return value_findings(entry, names, _usual_marks, "unusual dash, quote or apostrophe")


@rule(
    "F017",
    "latex-specials",
    "Bare & % # and _ in text are escaped, as LaTeX needs them.",
    safe=True,
    when=SPECIALS,
)
def latex_specials(entry: Entry) -> Iterable[Finding]:
    r"""`R&D at 50%` becomes `R\&D at 50\%`. A reader sees no difference; LaTeX stops at the bare one.

    Addresses in `\url` and `\href`, mathematics and what is escaped already stay, and so does an index
    outside mathematics (`b_{n}`), where more is missing than a backslash.
    """
    names = _prose(entry)
    return value_findings(
        entry, names, _escape_specials, "a bare & % # or _ that LaTeX does not take as text"
    )


@rule("F016", "whitespace", "One space between words, none at the ends.", safe=True, when=ODD_CHARACTERS)
def whitespace(entry: Entry) -> Iterable[Finding]:
    """Runs of spaces, tabs and line breaks become one space; none is left at either end.

    In abstracts and notes line breaks stay, since they separate paragraphs.
    """
    for name in fields_of(entry, TEXT):
        clean = _trim_lines if name in MULTILINE else _one_space
        yield from value_findings(entry, [name], clean, "superfluous white space")


def _prose(entry: Entry) -> list[str]:
    """Return the fields of LaTeX text, without what are notes to oneself."""
    return [name for name in fields_of(entry, PROSE | {"name-list"}) if name not in OWN_NOTES]


def _visible(value: str) -> str:
    if value.isascii() and value.isprintable():
        return value
    value = _INVISIBLE.sub("", _SEPARATORS.sub(" ", value))
    if _DIRECTIONS.search(value) and not any(map(_is_right_to_left, value)):
        value = _DIRECTIONS.sub("", value)
    if _JOINERS.search(value):
        value = _JOINERS.sub(_needed_joiner, value)
    return value


def _is_right_to_left(char: str) -> bool:
    return unicodedata.bidirectional(char) in ("R", "AL")


def _needed_joiner(match: re.Match[str]) -> str:
    """Keep a joiner that stands behind a letter of a joining script or an emoji."""
    before = match.string[max(match.start() - 3, 0) : match.start()].rstrip("\u200c\u200d\ufe0f")[-1:]
    return match.group() if before and before > "\u05ff" and not before.isspace() else ""


def _composed(value: str) -> str:
    if value.isascii():
        return value
    value = value.translate(_LIGATURES)
    if unicodedata.is_normalized("NFC", value):
        return value
    pieces = _COMPATIBILITY_IDEOGRAPHS.split(value)
    pieces[::2] = [unicodedata.normalize("NFC", piece) for piece in pieces[::2]]
    return "".join(pieces)


def _character(match: re.Match[str]) -> str:
    name = match.group(1)
    if name.startswith("#"):
        number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        text = chr(number) if 0x20 <= number < 0xD800 or 0xDFFF < number <= 0x10FFFF else ""
    else:
        text = html5.get(name + ";", "")
    if not text:
        return match.group()
    if _SPACES.fullmatch(text):
        return " "
    return r"\&" if text == "&" else latex.escape(text)


def _usual_marks(value: str) -> str:
    if value.isascii() and '"' not in value and "`" not in value:
        return value
    return replace_plain(value.translate(_DASHES), _usual_quotes)


def _usual_quotes(text: str) -> str:
    text = _APOSTROPHE.sub("’", text)
    return _STRAIGHT_QUOTES.sub(r"“\1”", text) if text.count('"') % 2 == 0 else text


def _escape_specials(value: str) -> str:
    if not _HAS_SPECIAL.search(value):
        return value
    return _SPECIAL.sub(lambda found: found[1] or "\\" + found[2], value)


def _one_space(value: str) -> str:
    return _keep_last_control_space(value, " ".join(value.split()))


def _trim_lines(value: str) -> str:
    lines = [" ".join(line.split()) for line in value.split("\n")]
    return _keep_last_control_space(value, "\n".join(lines).strip())


def _keep_last_control_space(before: str, after: str) -> str:
    r"""Give a last `\ ` its space back: a lone backslash at the end would mean something else."""
    backslashes = len(after) - len(after.rstrip("\\"))
    return after + " " if backslashes % 2 and not before.endswith("\\") else after


RULES = (
    line_ends,
    invisible_characters,
    odd_spaces,
    unicode_form,
    html_entities,
    dashes_and_quotes,
    latex_specials,
    whitespace,
)
