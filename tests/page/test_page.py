"""The page: what it shows, that it needs nothing else, and that hostile data stays text."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pubkit.errors import StyleNotFoundError, WriteError
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.page.build import page
from pubkit.page.links import entry_links, web_url
from tests.page.checking import HOSTILE, LIBRARY, Page, build, check_safe


def test_the_page_is_whole():
    page = check_safe(build(LIBRARY, owner="Tianhao Wu"))
    assert page.content["h1"] == ["Publications of Tianhao Wu"]
    assert page.content["h2"] == ["2025", "1984", "Undated"]
    assert "3 publications, 1984–2025" in page.text
    assert [a["href"] for a in page.all("a") if a["href"].startswith("#section")] == [
        "#section-2025", "#section-1984", "#section-year-3",
    ]  # fmt: skip
    assert {"old", "lost", "new"} <= set(page.ids)
    assert page.all("html") == [{"lang": "en", "dir": "ltr"}]
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


def test_the_policy_allows_our_style_sheet_and_script_and_nothing_else():
    page = Page(build(LIBRARY))
    policy = next(a["content"] for a in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    style, script = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in ("".join(page.content["style"]), page.content["script"][1])
    )
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_structured_data():
    page = Page(build(LIBRARY))
    first = page.graph["@graph"][0]
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
    keys = ["list", "section-2020", "a b", "a-b", "", "a b"]
    page = check_safe(
        build(Library(tuple(Entry("misc", key, {"title": "T", "date": "2020"}) for key in keys)))
    )
    assert [name for name in page.ids if name not in ("list", "section-2020")] == [
        "list-2", "paper-section-2020-2", "a-b", "a-b-2", "t2020", "a-ba",
    ]  # fmt: skip


def test_an_empty_library():
    page = check_safe(build(Library()))
    assert "No publications yet." in page.text
    assert "0 publications" in page.text


def test_downloads_hold_the_whole_list_and_what_cannot_be_made_is_told():
    site = page(LIBRARY, downloads=("csl-json", "bibtex"))
    assert [a["href"] for a in Page(site.html).all("a") if "download" in a] == [
        "publications.json", "publications.bib",
    ]  # fmt: skip
    assert "@inproceedings{new," in site.files["publications.bib"]
    twice = page(Library((*LIBRARY, *LIBRARY)), downloads=("bibtex",))
    assert "@inproceedings{newa," in twice.files["publications.bib"]
    assert [found.code for found in twice.diagnostics] == ["PK532"] * 3
    none = page([Entry("book", "a{b", {"title": "T"})], downloads=("bibtex",))
    assert list(none.files) == ["index.html"]
    assert [found.code for found in none.diagnostics] == ["PK531"]


def test_entries_without_keys_are_given_them():
    """A paper list has none; its page has BibTeX and lasting links all the same."""
    entries = [Entry(entry.type, "", entry.fields) for entry in LIBRARY]
    site = page(entries)
    assert "@inproceedings{wu2025routing," in site.files["publications.bib"]
    assert {"wu2025routing", "knuth1984old"} <= set(Page(site.html).ids)
    assert [found.code for found in site.diagnostics].count("PK703") == 3


def test_bibtex_to_copy_says_nothing_that_is_of_the_page_only():
    entry = Entry("misc", "k", {"title": "T", "author": "A and B", "author+an": "1=equal", "award": "Best"})
    assert "author+an" not in Page(build([entry])).text


def test_downloads_are_what_they_are_called():
    with pytest.raises(WriteError, match="no download"):
        page(LIBRARY, downloads=("docx",))


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
    assert len([a for a in page.all("details") if a.get("class") == "bibtex"]) == 300
