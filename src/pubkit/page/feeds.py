"""What machines fetch beside the page: an Atom feed of the newest papers and a site map."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, urljoin
from xml.etree import ElementTree as ET  # only writes XML, reads none

from pubkit.page.papers import Paper

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWEST = 30
# What XML 1.0 cannot hold, not even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(papers: Sequence[Paper], title: str, owner: str, base_url: str) -> str:
    """Return an Atom feed (RFC 4287) of the newest papers.

    Its dates are those of the papers, not of the build: building twice gives the same bytes.

    Args:
        papers: The papers of the page.
        title: Title of the page.
        owner: Author of the feed where a paper names none.
        base_url: Address of the page, with a slash at its end.
    """
    newest = sorted(papers, key=_date, reverse=True)[:_NEWEST]
    feed = ET.Element("feed", {"xmlns": _ATOM})
    _add(feed, "id", base_url)
    _add(feed, "title", title)
    _add(feed, "updated", _date(newest[0]) if newest else "1970-01-01T00:00:00Z")
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": base_url})
    ET.SubElement(feed, "link", {"rel": "self", "href": urljoin(base_url, "feed.xml")})
    _add(ET.SubElement(feed, "author"), "name", owner or title)
    for paper in newest:
        entry = ET.SubElement(feed, "entry")
        address = f"{base_url}#{quote(paper.anchor)}"
        _add(entry, "id", address)
        _add(entry, "title", paper.title)
        _add(entry, "updated", _date(paper))
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
        for name in paper.entry.names("author"):
            shown = " ".join(part for part in (name.given, name.full_family) if part)
            _add(ET.SubElement(entry, "author"), "name", shown)
        _add(entry, "summary", " ".join(paper.abstract) or paper.venue)
    return _text(feed)


def sitemap(addresses: Sequence[str]) -> str:
    """Return a site map (sitemaps.org, protocol 0.9) of these addresses."""
    root = ET.Element("urlset", {"xmlns": _SITEMAP})
    for address in addresses:
        _add(ET.SubElement(root, "url"), "loc", address)
    return _text(root)


def _date(paper: Paper) -> str:
    """Return the date of a paper as RFC 3339 has it; what is not known is the first."""
    date = paper.entry.date
    if date is None or date.year is None or not 1 <= date.year <= 9999:
        return "1970-01-01T00:00:00Z"
    return f"{date.year:04d}-{min(date.month or 1, 12):02d}-{date.day or 1:02d}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _text(root: ET.Element) -> str:
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
