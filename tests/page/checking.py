"""What every page must be: well formed, safe, with nothing to fetch; and libraries to make pages of."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.page.build import page
from tests.hostile import VALUES

VOID = {"meta", "link", "br", "hr", "img", "input"}

LIBRARY = Library(
    (
        Entry(
            "article",
            "old",
            {"author": "Knuth, Donald E.", "title": "Old", "journaltitle": "J", "date": "1984"},
        ),
        Entry("misc", "lost", {"title": "No Year"}),
        Entry(
            "inproceedings",
            "new",
            {
                "author": "Wu, Tianhao and Ong, Isaac",
                "title": "Routing {LLMs}",
                "booktitle": "Proceedings of Bees",
                "date": "2025-07",
                "doi": "10.1000/182",
                "eprint": "2406.18665",
                "eprinttype": "arxiv",
                "url": "https://example.org/paper?a=1&b=2",
                "abstract": "First.\n\nSecond & last.",
                "annotation": "Oral presentation\nCode is there",
                "langid": "ngerman",
            },
        ),
    )
)

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "\u202eevil\u202c",
    "{{ 7 * 7 }}{% for x in y %}",
    "<!--",
    "\\href{javascript:alert(1)}{click}",
    '\\url{https://example.org/"onclick=alert(1)}',
    "]]>",
    "\x00\x1b[31m",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "\uff4aavascript:alert(1)",
    "\u2028javascript:alert(1)",
    " JaVaScRiPt\u200b:alert(1)",
    "https:javascript:alert(1)",
    "//evil.example/x",
    "http:\\\\evil.example",
    "data:image/svg+xml,<svg onload=alert(1)>",
    'https://example.org/" onclick="alert(1)',
    "https://example.org/</script><svg onload=alert(1)>",
    "mailto:x@example.org?body=<script>alert(1)</script>",
    "url(javascript:alert(1)); color: red",
    "<style>@import 'http://evil.example'</style>",
    "\\includegraphics{javascript:alert(1)} \\html{<script>alert(1)</script>}",
    *VALUES,
]


def build(library, **options):
    """Return the HTML of a page."""
    return page(library, **{"downloads": ("bibtex",), **options}).html


class Page(HTMLParser):
    """What stands in a page, and whether its elements are properly nested."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.text, self.faults = [], [], "", []
        self.content = {}
        self.feed(html)
        self.close()
        assert not self.open, self.open
        assert not self.faults, self.faults

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data):
        if self.open:
            self.content.setdefault(self.open[-1], []).append(data)
        if not {"style", "script"} & set(self.open):
            self.text += data

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def graph(self):
        """The structured data; the page's own script stands behind it."""
        return json.loads(self.content["script"][0])

    @property
    def ids(self):
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


def check_safe(html):
    """Nothing runs, nothing is fetched, ids are unique, structured data is JSON."""
    page = Page(html)
    names = {name for name, _ in page.elements}
    assert names <= {
        "html", "head", "meta", "title", "style", "script", "body", "a", "header", "h1", "h2", "p", "nav",
        "ul", "li",
        "main", "section", "div", "details", "summary", "pre", "footer",
        "i", "b", "strong", "em", "sup", "sub", "span", "code", "u", "h3",
        "form", "label", "input", "select", "button", "link",
        "figure", "figcaption", "svg", "rect", "line", "text", "table", "tr", "th", "td", "aside",
    }  # fmt: skip
    scripts = [attributes.get("type") for attributes in page.all("script")]
    assert scripts in (["application/ld+json"], ["application/ld+json", None])
    for name, attributes in page.elements:
        for attribute, value in attributes.items():
            assert not attribute.startswith("on"), (name, attributes)
            assert attribute not in ("src", "srcset", "style"), (name, attributes)
            if attribute == "href":
                local = value.startswith(("publications.", "feed.xml", "papers/", "../index.html"))
                assert local or value.startswith(("#", "https://", "http://", "mailto:")), value
    assert len(set(page.ids)) == len(page.ids)
    assert page.graph
    return page
