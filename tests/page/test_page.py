"""The page: what it shows, that it needs nothing else, and that hostile data stays text."""

from __future__ import annotations

import base64
import hashlib
import json
from html.parser import HTMLParser

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pubkit.errors import StyleNotFoundError
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.page import build
from pubkit.page.links import entry_links, web_url

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
        "i", "b", "strong", "em", "sup", "sub", "span", "code", "u",
    }  # fmt: skip
    assert [attributes.get("type") for attributes in page.all("script")] == ["application/ld+json"]
    for name, attributes in page.elements:
        for attribute, value in attributes.items():
            assert not attribute.startswith("on"), (name, attributes)
            assert attribute not in ("src", "srcset", "style"), (name, attributes)
            if attribute == "href":
                assert value.startswith(("#", "https://", "http://", "mailto:")), value
    assert len(set(page.ids)) == len(page.ids)
    json.loads("".join(page.content["script"]))
    return page


def test_the_page_is_whole():
    page = check_safe(build(LIBRARY, owner="Tianhao Wu"))
    assert page.content["h1"] == ["Publications of Tianhao Wu"]
    assert page.content["h2"] == ["2025", "1984", "Undated"]
    assert "3 publications, 1984–2025" in page.text
    assert [a["href"] for a in page.all("a") if a["href"].startswith("#year")] == [
        "#year-2025", "#year-1984", "#year-none",
    ]  # fmt: skip
    assert {"old", "lost", "new"} <= set(page.ids)
    assert page.all("html") == [{"lang": "en"}]
    assert [a["lang"] for a in page.all("div") if "lang" in a] == ["de"]


def test_the_owner_is_marked():
    html = build(LIBRARY, owner="Tianhao Wu")
    assert '<strong class="highlight">Wu, T.</strong>' in html
    assert '<strong class="highlight">' not in build(LIBRARY)


def test_links_notes_abstract_and_bibtex():
    page = Page(build(LIBRARY))
    assert [a["href"] for a in page.all("a") if a["href"].startswith("http") and "aria-label" in a] == [
        "https://doi.org/10.1000/182",
        "https://arxiv.org/abs/2406.18665",
        "https://example.org/paper?a=1&b=2",
    ]
    for text in ("Oral presentation", "Code is there", "First.", "Second & last."):
        assert text in page.text
    sources = "".join(page.content["pre"])
    assert "@inproceedings{new," in sources
    assert "month" in sources
    assert "Second & last" not in sources


def test_the_policy_allows_this_style_sheet_and_nothing_else():
    page = Page(build(LIBRARY))
    policy = next(a["content"] for a in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    digest = hashlib.sha256("".join(page.content["style"]).encode()).digest()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{base64.b64encode(digest).decode()}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_structured_data():
    page = Page(build(LIBRARY))
    first = json.loads("".join(page.content["script"]))["@graph"][0]
    assert first["@type"] == "ScholarlyArticle"
    assert first["name"] == "Routing LLMs"
    assert first["author"][0] == {
        "@type": "Person",
        "name": "Tianhao Wu",
        "givenName": "Tianhao",
        "familyName": "Wu",
    }
    assert first["isPartOf"] == {"@type": "Book", "name": "Proceedings of Bees"}
    assert first["sameAs"] == ["https://arxiv.org/abs/2406.18665", "https://example.org/paper?a=1&b=2"]


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
]


@pytest.mark.parametrize("evil", HOSTILE)
def test_hostile_values_are_text(evil):
    names = (
        "author",
        "title",
        "journaltitle",
        "date",
        "doi",
        "eprint",
        "url",
        "abstract",
        "annotation",
        "langid",
        "note",
    )
    entry = Entry("article", evil, dict.fromkeys(names, evil))
    html = build(Library((entry, entry)), owner=evil, title=evil)
    check_safe(html)
    assert "<script>alert" not in html
    assert "<img" not in html
    assert ">49<" not in html


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(HOSTILE)


@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # shrinking takes minutes
@given(
    st.lists(
        st.builds(
            Entry,
            st.sampled_from(["article", "book", "misc", "weird"]),
            TEXT,
            st.dictionaries(
                st.sampled_from(
                    ["author", "title", "date", "url", "doi", "abstract", "annotation", "journaltitle"]
                ),
                TEXT,
            ),
        ),
        max_size=4,
    )
)
def test_any_library_makes_a_safe_page(entries):
    check_safe(build(Library(tuple(entries))))


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("  http://example.org/ü b", "http://example.org/%C3%BC%20b"),
        ('https://example.org/"x<y>', "https://example.org/%22x%3Cy%3E"),
        ("HTTPS://Example.org", "HTTPS://Example.org"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("\x01javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("vbscript:x", None),
        ("//example.org", None),
        ("https://", None),
        ("https://[::1", None),
        ("file:///etc/passwd", None),
        ("", None),
    ],
)
def test_web_url(text, url):
    assert web_url(text) == url


def test_one_address_is_linked_once():
    fields = {
        "doi": "10.1000/182",
        "url": "https://dx.doi.org/10.1000/182 http://arxiv.org/pdf/2406.18665.pdf",
    }
    fields |= {"eprint": "2406.18665", "eprinttype": "arxiv"}
    assert [link.label for link in entry_links(Entry("article", "k", fields))] == ["DOI", "arXiv"]


def test_the_publishers_page_of_a_doi_is_not_linked_beside_it():
    fields = {"doi": "10.1145/3773966.3779370", "url": "https://dl.acm.org/doi/10.1145/3773966.3779370"}
    assert [link.label for link in entry_links(Entry("article", "k", fields))] == ["DOI"]


def test_keys_that_collide_with_the_pages_own():
    keys = ["list", "year-2020", "a b", "a-b", "", "a b"]
    page = check_safe(
        build(Library(tuple(Entry("misc", key, {"title": "T", "date": "2020"}) for key in keys)))
    )
    assert [name for name in page.ids if name not in ("list", "year-2020")] == [
        "list-2", "year-2020-2", "a-b", "a-b-2", "paper", "a-b-3",
    ]  # fmt: skip


def test_an_empty_library():
    page = check_safe(build(Library()))
    assert "No publications yet." in page.text
    assert "0 publications" in page.text


def test_downloads_are_offered_where_they_are_safe():
    page = Page(build(LIBRARY, downloads={"BibTeX": "publications.bib", "Evil": "javascript:alert(1)"}))
    assert [a["href"] for a in page.all("a") if "download" in a] == ["publications.bib"]


def test_other_styles_and_unknown_ones():
    assert "<i>J</i>" in build(LIBRARY, style="ieee")
    with pytest.raises(StyleNotFoundError):
        build(LIBRARY, style="no-such-style-at-all")


def test_a_large_page_is_built_in_linear_time():
    entries = [
        Entry(
            "article",
            f"k{n}",
            {"title": f"Title {n}", "author": "Knuth, Donald", "date": str(1900 + n % 100)},
        )
        for n in range(300)
    ]
    page = check_safe(build(Library(tuple(entries))))
    assert len(page.all("details")) == 300
