"""Citations in Org: `[cite:@key]` and the links of org-ref.

Sources: the Org manual, "Citation handling"; org-ref's manual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubkit.cited.blanking import blank_all
from pubkit.cited.manuscript import Event

_HIDDEN = re.compile(
    r"^[ \t]*#\+begin_(src|example|comment|export)\b.*?(?:^[ \t]*#\+end_\1\b|\Z)|^[ \t]*#[ \t][^\n]*$"
    r"|(?<!\w)[=~][^\s=~][^=~\n]*[=~](?!\w)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_CITE = re.compile(r"\[cite(?:/[\w/-]+)?:([^\[\]]*)\]")
_KEY = re.compile(r"@([^\s;,\]\[]+)")
_LINK = re.compile(r"(?:\[\[)?\b(?:no)?cite[a-z*]*:((?:&?[\w.:/+-]+[,;]?)+)")
_BIBLIOGRAPHY = re.compile(r"^[ \t]*#\+bibliography:[ \t]*(\S+)|\bbibliography:([\w./,-]+\.bib)", re.I | re.M)
_INCLUDE = re.compile(r"^[ \t]*#\+include:[ \t]*\"?([^\"\s]+\.org)\"?", re.IGNORECASE | re.MULTILINE)


def scan(text: str) -> Iterator[Event]:
    """Yield what a text in Org cites."""
    body = blank_all(text, _HIDDEN)
    for found in _BIBLIOGRAPHY.finditer(body):
        for name in (found[1] or found[2]).split(","):
            yield Event("resource", name, found.start())
    for found in _INCLUDE.finditer(body):
        yield Event("include", found[1], found.start())
    for found in _CITE.finditer(body):
        for key in _KEY.findall(found[1]):
            yield Event("all" if key == "*" else "cite", key, found.start())
    for found in _LINK.finditer(body):
        for key in re.split(r"[,;]", found[1]):
            if name := key.lstrip("&").rstrip(".:"):
                yield Event("cite", name, found.start())
