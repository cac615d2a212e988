"""EndNote's tagged format (.enw), which is Refer with more tags; Google Scholar and journals offer it."""

from __future__ import annotations

import re

from pubkit.crosswalks.endnote import CODES, REFER, in_refer, tidy, to_refer, type_of
from pubkit.crosswalks.ris import from_ris, to_ris
from pubkit.diagnostics import Diagnostic
from pubkit.formats import tagged
from pubkit.formats.base import Format
from pubkit.formats.losses import reports_losses, unique_keys, unknown_kind, unmapped
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document

_LOOK = 65_536
_LINE = re.compile(r"[ \t\ufeff]*%([0-9A-Z?@!#$&()*+<>\[\]^~=|])(?:[ \t](.*)|$)")
_TYPE = re.compile(r"^[ \t\ufeff]*%0[ \t]+[A-Z][A-Za-z/ ]+\s*$", re.MULTILINE)
_TAG = re.compile(r"^[ \t\ufeff]*%[ATJBDEVNPIXUKR8@][ \t]+\S", re.MULTILINE)
_ANY_TITLE = re.compile(r"^[ \t\ufeff]*%T[ \t]+\S", re.MULTILINE)


def sniff(text: str) -> float:
    r"""Say how surely a text is EndNote's tagged format.

    >>> sniff("%0 Journal Article\n%T T\n%A A"), sniff("%T T\n%A A. B.\n%D 2000"), sniff("% a comment")
    (0.97, 0.92, 0.0)
    """
    head = text[:_LOOK]
    tags = len(_TAG.findall(head))
    if _TYPE.search(head) and tags:
        return 0.97
    if _ANY_TITLE.search(head) and tags > 2:
        return 0.92
    return 0.5 if tags > 1 else 0.0


def read(document: Document) -> Library:
    """Read EndNote's tagged format; blank lines or a second `%0` divide records.

    Args:
        document: The input.

    Returns:
        One entry a record; `library.diagnostics` tells what has no place in BibLaTeX.
    """
    findings: list[Diagnostic] = []
    entries = []
    for record in tagged.records(document, _LINE, findings, blank="before tag", once="0"):
        values = record.values()
        kind = " ".join(values.pop("0", [""])[0].split())
        texts: dict[str, list[str]] = {}
        for tag, found in values.items():
            name = REFER[tag][0] if tag in REFER else f"%{tag}"
            texts.setdefault(name, []).extend(found)
        key = texts.pop("ID", [""])[0]
        if " " in key:
            texts["LB"], key = [key], ""
        code = CODES.get(kind.lower(), kind.upper()) if kind else _guessed(texts)
        texts["TY"] = [code]
        tidy(texts)
        reading = from_ris(texts)
        entry = Entry(reading.type, key, reading.fields, source=record.source(document))
        if not reading.known:
            findings.append(unknown_kind(kind, entry, "EndNote"))
        entries.append(unmapped(entry, in_refer(reading.unmapped), "EndNote", findings))
    return Library(
        tuple(unique_keys(entries, "EndNote", findings)), diagnostics=tuple(findings), document=document
    )


def _guessed(texts: dict[str, list[str]]) -> str:
    """Return the type of a record that names none, as Refer's did not."""
    if "JF" in texts or ("T2" in texts and ("VL" in texts or "IS" in texts)):
        return "JOUR"
    if "T2" in texts:
        return "CHAP" if "A2" in texts or "PB" in texts else "CONF"
    return "BOOK" if "PB" in texts else "GEN"


@reports_losses("EndNote", read)
def write(library: Library) -> str:
    """Return the library in EndNote's tagged format, one record an entry, in order.

    Args:
        library: The entries.

    >>> print(write(Library((Entry("book", "k", {"title": "The {TeX}book", "date": "1986"}),))), end="")
    %0 Book
    %F k
    %T The TeXbook
    %D 1986
    """
    records = []
    for entry in library:
        pairs = to_ris(entry)
        lines = [("0", type_of(pairs[0][1])[0]), *to_refer(pairs)]
        records.append("".join(f"%{tag} {text}\n" for tag, text in lines))
    return "\n".join(records)


ENW = Format(
    name="enw",
    title="EndNote tagged, Refer (.enw)",
    extensions=(".enw", ".enl", ".refer"),
    sniff=sniff,
    read=read,
    write=write,
    between="\n",
)
