"""PubMed's .nbib, the MEDLINE format; ERIC and Europe PMC write it too."""

from __future__ import annotations

import re

from pubkit.crosswalks.medline import from_medline
from pubkit.diagnostics import Diagnostic
from pubkit.formats import tagged
from pubkit.formats.base import Format
from pubkit.formats.losses import unmapped
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document

_LOOK = 65_536
_LINE = re.compile(r"\ufeff?([A-Z]{2,4}) {0,3}-(.*)")
_HEAD = re.compile(
    r"^\ufeff?(?:PMID|OWN|STAT|PMCR?|BTI|FAU|FED|DCOM|EDAT|LID|AID) {0,2}-(?: |\d)", re.MULTILINE
)
_BODY = re.compile(r"^(?:TI|FAU|AU|JT|DP|PT|AB|AID|LID|IP|VI|PG|OT)  ?-", re.MULTILINE)
_RIS = re.compile(r"^TY {1,2}- ", re.MULTILINE)


def sniff(text: str) -> float:
    r"""Say how surely a text is MEDLINE.

    >>> sniff("PMID- 1\nOWN - NLM\nTI  - T\nDP  - 2000"), sniff("TY  - JOUR\nTI  - T")
    (0.97, 0.0)
    """
    head = text[:_LOOK]
    if not _HEAD.search(head) or _RIS.search(head):
        return 0.0
    return 0.97 if _BODY.search(head) else 0.6


def read(document: Document) -> Library:
    """Read MEDLINE records; a blank line or a new `PMID` begins the next one.

    Args:
        document: The input.

    Returns:
        One entry a record; `library.diagnostics` tells what has no place in BibLaTeX.
    """
    findings: list[Diagnostic] = []
    entries = []
    for record in tagged.records(document, _LINE, findings, starts=("PMID",), blank="ends"):
        reading = from_medline(record.items)
        entry = Entry(reading.type, "", reading.fields, source=record.source(document))
        entries.append(unmapped(entry, reading.unmapped, "MEDLINE", findings))
    return Library(tuple(entries), diagnostics=tuple(findings), document=document)


NBIB = Format(
    name="nbib",
    title="MEDLINE (.nbib of PubMed; ERIC)",
    extensions=(".nbib", ".medline"),
    sniff=sniff,
    read=read,
)
