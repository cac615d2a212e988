"""What a title says: folded, without the notes of databases, its numbers, and what kind of text it heads."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from pubkit.dedupe.opposites import opposites_in
from pubkit.text.fold import fold
from pubkit.text.numerals import CUES, NUMBER_WORDS, int_to_roman, numerals
from pubkit.text.transliterate import to_ascii

#: Titles are compared up to this length; whatever follows tells no two works apart.
MAX_TITLE = 1000


class Title(NamedTuple):
    """A title as it is compared; the properties are those of `Record`."""

    title: str
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    spelled: tuple[str, ...]
    markers: frozenset[str]
    generic: bool
    opposites: int


def _listed(words: str) -> list[str]:
    return words.split()


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NONE = _set("")


def read_title(plain: str) -> Title:
    """Return what a title says.

    Args:
        plain: The title with its subtitle as plain text; character references and tags of HTML are read.

    >>> read = read_title("Reply to: The <i>TNF-α</i> of Bees, Part II [in German]")
    >>> read.title, read.numbers, sorted(read.markers)
    ('reply to the tnf alpha of bees part ii', ('2',), ['reply'])
    """
    plain = plain[:MAX_TITLE]
    if "&" in plain:
        plain = unescape(plain)
    if "<" in plain:
        plain = _TAG.sub("", plain)
    if any(hint in plain.lower() for hint in _RETRACTED_HINTS):
        plain = _RETRACTED.sub("", plain)
    corrects = False
    if "[" in plain or ")" in plain or "]" in plain:
        corrects = _CORRECTS.search(plain) is not None
        plain = _without_notes(_CORRECTS.sub("", plain))
    if "..." in plain or "…" in plain:
        plain = _COMMENTED.sub("", plain)
    if not plain.isascii():
        plain = _in_latin(plain)
    title = fold(plain)
    words = tuple(title.split())
    known = frozenset(words)
    markers = {"erratum"} if corrects else set()
    if not _TRIGGERS.isdisjoint(known):
        markers |= {name for name, pattern in _MARKERS.items() if pattern.search(title)}
    numbered = _DIGIT.search(title) is not None or not _NUMERAL_WORDS.isdisjoint(known)
    if not _MEETINGS.isdisjoint(known) and not _ORDINALS.keys().isdisjoint(known):
        plain, numbered = _ORDINAL.sub(_digits, plain), True
    numbers = spelled = numerals(plain) if numbered else ()
    if not NUMBER_WORDS.isdisjoint(known) or (numbers and _NUMBER_BEFORE.match(plain)):
        spelled = numerals(_NUMBER_BEFORE.sub("", plain), spelled=True)
    return Title(
        title,
        words,
        numbers,
        spelled,
        frozenset(markers) if markers else _NONE,
        bool(words)
        and (words[0] in _GENERIC_FIRST or words[-1] in _GENERIC_LAST)
        and _GENERIC.search(title) is not None,
        opposites_in(known),
    )


# -- other ways to write a text ------------------------------------------------------------------------------

# Tags of HTML and MathML: they stand directly before a letter.
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        _listed(
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma "
            "tau upsilon phi chi psi omega"
        ),
        strict=True,
    )
)
# A Greek letter alone is a sign ("TNF-α"); several are a word.
_LONE_GREEK = re.compile(r"(?<![\u0370-\u03ff])[α-ωΑ-Ω\u00b5](?![\u0370-\u03ff])")
_OTHER_ALPHABET = re.compile(r"[\u0370-\u03ff\u0400-\u052f]+")


def _in_latin(text: str) -> str:
    """Return a text with Greek and Cyrillic words in Latin letters, and lone Greek letters by their names."""
    text = _LONE_GREEK.sub(lambda found: f" {_GREEK.get(found[0].lower(), 'mu')} ", text)
    return _OTHER_ALPHABET.sub(lambda found: to_ascii(found[0]) or found[0], text)


# -- notes that databases put behind a title -----------------------------------------------------------------

# "[Chinese]", "[Erratum appears in …]", "(12 refs)", "(extended abstract)"; also cut off.
_NOTE = re.compile(
    r"[\s.]*(?:\[[^\[\]]{0,300}\]|\(\d+ refs?\.?\)|\[(?:published )?(?:erratum|see comment|correct)[^\]]*|"
    r"\((?:extended |short )?(?:abstract|version|paper|talk|tutorial|panel|panel session|experience paper|"
    r"demo|demonstration|poster|letter|editorial|comment|review|multiple letters)\)(?:\s*\[\d+\])?)"
    r"\s*\.?\s*$",
    re.IGNORECASE,
)
# "(panel session)", "(Demonstration Description)", also before a subtitle.
_SESSION = re.compile(
    r"\s*\((?:panel|tutorial|keynote|invited|demo|demonstration|poster|industrial)"
    r" (?:session|abstract|description|talk|paper|address)\)",
    re.IGNORECASE,
)
_INNER_BRACKET = re.compile(r"(?<=[^\[\]\s])(\s*)\[([^\[\]]{0,40})\](?=[^\[]*\])")
_WHOLE_BRACKET = re.compile(r"^\s*\[([^\[\]]*)\][.\s]*$")
# "(vol 360, pg 542, 2009)" or "(Some Journal (2009) 360 (542-544))" behind a title makes it a correction of
# what stands there.
_CORRECTS = re.compile(
    r"\((?:vol\.? \d+.{0,40}|[^()]{3,120}\((?:1[89]|20)\d\d\)(?:[^()]|\([^()]{0,30}\)){0,60})\)\s*\.?\s*$",
    re.IGNORECASE,
)
# "... N Engl J Med. 2009 Jan 29;360(5):544-6": what a letter comments on.
_COMMENTED = re.compile(r"\s*(?:\.\.\.|…)\s*[^.…][^…]{2,150}\b(?:1[89]|20)\d\d\b[^;]{0,20};\s*\d+[^;]{0,40}$")
_RETRACTED = re.compile(
    r"^retracted(?: article| paper)?\s*[:.]\s*"
    # "(Retracted article. See vol. 9, pg. 1, 2017)", "(Reprinted from …)" behind the title
    r"|\s*[(\[](?:retracted|withdrawn|reprinted|reprint|republished)\b(?:[^()\[\]]|\([^()]{0,60}\)){0,250}[)\]][\s.]*$",
    re.IGNORECASE,
)
_RETRACTED_HINTS = ("retracted", "withdrawn", "reprint", "republished")


def _without_notes(title: str) -> str:
    """Return a title without the notes behind it, and without brackets around it (a translated title)."""
    if "[" in title:
        title = _INNER_BRACKET.sub(r"\1\2", title)
    if "(" in title:
        title = _SESSION.sub("", title) or title
    while True:
        whole = _WHOLE_BRACKET.match(title)
        if whole:
            return whole.group(1)
        shorter = _NOTE.sub("", title)
        if shorter == title or not shorter.strip():
            return title
        title = shorter


# -- what kind of text a title heads -------------------------------------------------------------------------

# What makes a text another one than the paper whose title it carries.
_MARKERS = {
    "erratum": re.compile(
        r"^(?:erratum|errata|corrigend(?:um|a)|corrections? (?:to|for|of)|correction|"
        r"(?:publisher|author)(?: s)? correction|"
        r"retract(?:ed|ion)|withdrawn|withdrawal|expression of concern|addendum|notice of retraction)\b"
        r"|\b(?:erratum|errata|corrigendum|corrigenda|addendum|retraction|correction)$"
    ),
    "reply": re.compile(
        r"^(?:(?:authors? )?(?:reply|response|rejoinder) (?:to|by|of|from)|in (?:reply|response) to)\b"
        r"|^(?:reply|response|rejoinder)$|\b(?:a reply|reply|rejoinder|authors? response)$"
    ),
    "comment": re.compile(
        r"^(?:a )?(?:comments? (?:on|to)|commentary|discussion of|letter to the editor|re)\b"
        r"|\b(?:a comment|comment|commentary)$"
    ),
    "review": re.compile(r"^(?:(?:a )?book reviews?|(?:a )?reviews? of)\b|\bbook review$"),
    "editorial": re.compile(r"^(?:guest )?editorial\b.|^(?:guest )?editors? (?:s )?(?:note|introduction)\b."),
}
# A title without any of these words is no such text: what most titles are asked first.
_TRIGGERS = _set(
    "erratum errata corrigendum corrigenda correction corrections retracted retraction withdrawn withdrawal "
    "concern addendum reply response rejoinder comment comments commentary discussion letter re review "
    "reviews editorial editor editors"
)
# Titles that stand over a new text every time.
_GENERIC = re.compile(
    r"^(?:guest )?(?:editors?|editorials?|preface|foreword|prologue|epilogue|front ?matter|"
    r"back ?matter|index|contents|table of contents|acknowledg?e?ments?|obituary|news|letters?|abstracts?|"
    r"book reviews?|in this issue|message from|welcome|from the|report|overview|conclusions?|summary|"
    r"treasurer s|column|untitled|(?:the )?proceedings of|panel|keynote|invited|tutorial|program|"
    r"special issue|reminiscences|chair s|about (?:the|our) (?:authors?|contributors?)|call for papers|"
    r"list of (?:reviewers|contributors|authors)|author index|subject index|masthead|"
    r"corrections?|errat(?:um|a))\b"
    r"|^(?:editors? )?introduction(?:$| to (?:the )?(?:special|this|theme|issue|section|mini ?track|volume|"
    r"proceedings|symposium|workshop|conference|session|papers|feature|focus|second|third|inaugural))\b"
    r"|\b(?:column|message|editorial|foreword|preface)$"
)
_GENERIC_FIRST = _set(
    "guest editor editors editorial editorials preface foreword introduction prologue epilogue front "
    "frontmatter back backmatter index contents table acknowledgment acknowledgments acknowledgement "
    "acknowledgements acknowlegment acknowlegments obituary news letter letters abstract abstracts book in "
    "message welcome from report overview conclusion conclusions summary treasurer column untitled the "
    "proceedings panel keynote invited tutorial program special reminiscences chair about call list "
    "author subject masthead correction corrections erratum errata"
)
_GENERIC_LAST = _set("column message editorial foreword preface")


# -- numbers -------------------------------------------------------------------------------------------------

# A title without a digit and without any of these words has no number in it.
_NUMERAL_WORDS = CUES | {int_to_roman(number).lower() for number in range(1, 40)}
_DIGIT = re.compile(r"\d")
# "Fourth workshop" is the 4th.
_ORDINALS = {
    word: number
    for number, word in enumerate(
        _listed("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"), 1
    )
}
_MEETINGS = _set("international annual workshop conference symposium")
# "14. Bees in Winter", "PCN45 Bees in Winter": the number that a list or a meeting gave to the title.
_NUMBER_BEFORE = re.compile(r"^(?:[A-Z]{1,4}[- ]?)?\d{1,4}[.):]?\s+(?=[^\W\d])")
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})(?=\s+(?:{'|'.join(sorted(_MEETINGS))})\b)", re.IGNORECASE)


def _digits(ordinal: re.Match[str]) -> str:
    return str(_ORDINALS[ordinal[1].lower()])
