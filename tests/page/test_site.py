"""The parts of a page: sections, badges, marks, languages, charts, feeds, pages of papers, templates."""

from __future__ import annotations

import base64
import re
import tomllib
from xml.etree.ElementTree import fromstring

import pytest

from pubkit.errors import LocaleNotFoundError, WriteError
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.page.build import page
from pubkit.page.highwire import highwire
from pubkit.page.words import languages, words
from tests.conftest import ROOT
from tests.page.checking import LIBRARY, Page, build, check_safe


def paper(key, kind="article", **fields):
    return Entry(kind, key, {"title": f"Title {key}", "author": "Okafor, Ada", **fields})


def headings(library, **options):
    """Return the headings of a page with the keys under each, by their order on the page."""
    found, current = [], ""
    for name, attributes in Page(build(library, **options)).elements:
        if name in ("h2", "h3"):
            current = attributes["id"]
            found.append((name, current, []))
        elif attributes.get("class") == "paper":
            found[-1][2].append(attributes["id"])
    return found


def test_selected_papers_come_first_and_are_not_repeated():
    library = [paper("a", date="2020", keywords="x, selected"), paper("b", date="2021"),
               paper("c", date="2019", selected="true")]  # fmt: skip
    assert headings(library) == [
        ("h2", "section-selected", ["a", "c"]),
        ("h2", "section-2021", ["b"]),
    ]
    assert [keys for _, _, keys in headings(library, selected=False)] == [["b"], ["a"], ["c"]]
    assert "Selected" not in build(library[:1])  # all selected: no heading to say so


def test_numbers_of_the_style_run_from_top_to_bottom():
    library = [paper("a", date="2020"), paper("b", "book", date="2021"),
               paper("c", date="2019", selected="true"), paper("d", "book", date="2020"),
               paper("e", date="2021")]  # fmt: skip
    html = build(library, style="acm", group_by=("type", "year"))
    numbers = [int(number) for number in re.findall(r"csl-left-margin\">\[(\d+)\]", html)]
    assert numbers == list(range(1, 6))


def test_groups_within_groups():
    library = [
        paper("a", date="2020"),
        paper("b", "inproceedings", date="2021"),
        paper("c", date="2021"),
    ]
    assert headings(library, group_by=("type", "year")) == [
        ("h2", "section-type-1", []),
        ("h3", "section-type-1-2021", ["c"]),
        ("h3", "section-type-1-2020", ["a"]),
        ("h2", "section-type-2", []),
        ("h3", "section-type-2-2021", ["b"]),
    ]


def test_topics_fields_and_no_groups():
    library = [
        paper("a", keywords="selected, maps", topic="Maps"),
        paper("b", keywords="logic, maps"),
        paper("c"),
    ]
    text = Page(build(library, group_by="topic", selected=False)).content["h2"]
    assert text == ["logic", "Maps", "Other"]
    assert "<h2" not in build(library, group_by="none", selected=False)
    assert Page(build(library, group_by="none", selected=False)).ids[1:] == ["a", "b", "c"]


def test_one_entry_twice_stands_twice():
    one = paper("a", date="2020")
    assert headings([one, one]) == [("h2", "section-2020", ["a", "aa"])]


def test_headings_can_be_named_and_translated():
    library = [paper("a", date="2020"), paper("b", "book")]
    assert Page(build(library, lang="de")).content["h2"] == ["2020", "Ohne Jahr"]
    assert Page(build(library, group_by="type", lang="fr")).content["h2"] == ["Articles de revue", "Livres"]
    named = build(library, group_by="type", headings={"Journal articles": "In journals"})
    assert Page(named).content["h2"] == ["In journals", "Books"]


@pytest.mark.parametrize("lang", languages())
def test_every_language_has_every_word(lang):
    table = tomllib.loads((ROOT / "src/pubkit/page/words.toml").read_text(encoding="utf-8"))
    english = table["en"]

    def shape(part):
        return {
            name: shape(value)
            if isinstance(value, dict)
            else sorted(
                word for word in ("{owner}", "{count}", "{title}", "{shown}", "{total}") if word in value
            )
            for name, value in part.items()
        }

    assert shape(table[lang]) == shape(english)
    found = check_safe(build(LIBRARY, lang=lang, owner="Ada Okafor"))
    assert found.all("html") == [{"lang": lang, "dir": words(lang).direction}]


def test_a_language_without_words():
    assert words("de-AT")["year"] == "Jahr"
    with pytest.raises(LocaleNotFoundError, match="choose one of en, de"):
        page(LIBRARY, lang="tlh")


def test_right_to_left():
    assert Page(build(LIBRARY, lang="ar")).all("html")[0]["dir"] == "rtl"
    hebrew = Page(build([paper("a").replace(title="מפות וזיכרון", langid="hebrew")]))
    assert [a["dir"] for a in hebrew.all("div") if a.get("class") == "reference"] == ["rtl"]


def test_names_are_marked_with_what_is_said_of_them():
    entry = paper(
        "a", author="Okafor, Ada and Li, Bo and Wu, Tai", **{"author+an": "1=equal; 2=equal,student"}
    )
    html = build([entry], owner="Ada Okafor")
    assert (
        '<strong class="highlight">Okafor, A.</strong><sup>*</sup>, Li, B.<sup>*°</sup>, &amp; Wu, T.' in html
    )
    assert [text for text in Page(html).content["span"] if text[0] in "*✉°"] == [
        "* equal contribution", "° student",
    ]  # fmt: skip


def test_badges_links_and_languages():
    entry = paper("a", award="Best Paper; Oral", pubstate="inpress", code="https://example.org/c",
                  slides="javascript:alert(1)")  # fmt: skip
    found = Page(build([entry], lang="de"))
    assert {"Best Paper", "Oral", "im Druck"} <= set(found.content["li"])
    assert [a["aria-label"] for a in found.all("a") if a.get("rel") == "noopener"] == ["Code: Title a"]


def test_thumbnails_are_put_into_the_page(tmp_path):
    png = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
    )
    inside = tmp_path / "list"
    inside.mkdir()
    (inside / "a.png").write_bytes(png)
    (inside / "big.png").write_bytes(png + bytes(200_000))
    (inside / "evil.svg").write_text("<svg><script>alert(1)</script></svg>")
    (tmp_path / "secret.png").write_bytes(png)
    names = ["a.png", "big.png", "evil.svg", "../secret.png", "none.png", "a\0b"]
    library = [paper(str(number), preview=name) for number, name in enumerate(names)]
    site = page(library, folder=inside)
    assert [a["src"][:30] for a in Page(site.html).all("img")] == ["data:image/png;base64,iVBORw0K"]
    messages = [found.message for found in site.diagnostics if found.code == "PK530"]
    assert len(messages) == 5
    for word in ("larger than 200 kB", "no picture", "outside the folder", "No such file"):
        assert any(word in message for message in messages), word
    assert "<img" not in page(library).html


def test_charts_say_the_same_as_their_table():
    library = [
        paper(f"{year}-{n}", "book" if n else "article", date=str(year), author="Okafor, Ada and Li, Bo")
        for year in (2018, 2020, 2021)
        for n in range(2)
    ]
    html = build(library, owner="Ada Okafor")
    found = check_safe(html)
    rows = found.content["td"]
    assert rows[:8] == ["1", "1", "0", "0", "1", "1", "1", "1"]
    assert found.content["th"][-1] == "Bo Li"
    assert rows[-1] == "6"
    bars = [a for a in found.all("rect") if a["class"] == "series-1"]
    assert len(bars) == 3
    assert "<svg" not in build(library, show_charts=False)
    assert "<svg" not in build(library[:3], owner="Ada Okafor")


def test_feed_site_map_and_pages_of_papers():
    site = page(LIBRARY, base_url="https://example.org/pubs", paper_pages=True, owner="Ada Okafor")
    assert sorted(site.files) == [
        "feed.xml", "index.html", "papers/lost.html", "papers/new.html", "papers/old.html",
        "publications.bib", "publications.json",
        "publications.ris", "sitemap.xml",
    ]  # fmt: skip
    atom = {"a": "http://www.w3.org/2005/Atom"}
    feed = fromstring(site.files["feed.xml"])  # noqa: S314  # our own
    assert [node.text for node in feed.iterfind("a:entry/a:title", atom)] == [
        "Routing LLMs",
        "Old",
        "No Year",
    ]
    assert feed.findtext("a:entry/a:updated", namespaces=atom) == "2025-07-01T00:00:00Z"
    places = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    places_of = fromstring(site.files["sitemap.xml"])  # noqa: S314  # our own
    addresses = [node.text for node in places_of.iterfind("s:url/s:loc", places)]
    assert addresses == [
        "https://example.org/pubs/", "https://example.org/pubs/papers/new.html",
        "https://example.org/pubs/papers/old.html", "https://example.org/pubs/papers/lost.html",
    ]  # fmt: skip
    single = check_safe(site.files["papers/new.html"])
    meta = {a["name"]: a["content"] for a in single.all("meta") if a.get("name", "").startswith("citation_")}
    assert meta["citation_title"] == "Routing LLMs"
    assert meta["citation_conference_title"] == "Proceedings of Bees"
    assert "Oral presentation" in single.text  # the notes stand there too
    assert 'href="papers/new.html"' in site.html
    with pytest.raises(WriteError, match="no http"):
        page(LIBRARY, base_url="javascript:alert(1)")


def test_highwire_tags():
    entry = paper("a", date="2020-03-09", journaltitle="J", volume="7", number="2", pages="12--45",
                  doi="10.1000/182", pdf="https://example.org/a.pdf")  # fmt: skip
    assert list(highwire(entry)) == [
        ("citation_title", "Title a"),
        ("citation_author", "Okafor, Ada"),
        ("citation_publication_date", "2020/03/09"),
        ("citation_journal_title", "J"),
        ("citation_volume", "7"),
        ("citation_issue", "2"),
        ("citation_firstpage", "12"),
        ("citation_lastpage", "45"),
        ("citation_doi", "10.1000/182"),
        ("citation_pdf_url", "https://example.org/a.pdf"),
    ]


def test_pages_of_keys_that_file_systems_take_for_one():
    site = page([paper("A b"), paper("a-b"), paper("a/b"), paper("")], paper_pages=True, downloads=())
    assert [name for name in site.files if name.startswith("papers/")] == [
        "papers/A-b.html", "papers/a-b-2.html", "papers/a-b-3.html", "papers/okafortitle.html",
    ]  # fmt: skip


def test_a_user_can_override_a_part(tmp_path):
    (tmp_path / "page.html.j2").write_text(
        '{% extends "pubkit/page.html.j2" %}{% block footer %}<footer>{{ owner }} & me</footer>{% endblock %}'
    )
    (tmp_path / "page.css").write_text("body { color: red; }")
    html = build(LIBRARY, templates=tmp_path, owner="<b>")
    assert "<footer>&lt;b&gt; & me</footer>" in html
    assert "<style>body { color: red; }</style>" in html
    (tmp_path / "page.css").write_text("body {} </style><script>alert(1)</script>")
    with pytest.raises(WriteError, match="holds '</'"):
        build(LIBRARY, templates=tmp_path)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% if %}", "cannot be filled"),
        ("{{ nonsense }}", "'nonsense' is undefined"),
        ("{{ papers.__class__.__mro__ }}", "unsafe"),
        ('{% include "../../../etc/passwd" %}', "cannot be filled"),
    ],
)
def test_a_broken_template_is_told(tmp_path, template, message):
    (tmp_path / "page.html.j2").write_text(template)
    with pytest.raises(WriteError, match=message):
        build(LIBRARY, templates=tmp_path)
    with pytest.raises(WriteError, match="no such folder"):
        build(LIBRARY, templates=tmp_path / "none")


def test_writing_is_all_or_nothing(tmp_path):
    site = page(Library(tuple(LIBRARY)), downloads=("bibtex",))
    (tmp_path / "publications.bib").write_text("mine")
    with pytest.raises(WriteError, match="exists already"):
        site.write(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["publications.bib"]
    assert sorted(file.name for file in site.write(tmp_path, force=True)) == [
        "index.html",
        "publications.bib",
    ]
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == site.html


def test_building_twice_gives_the_same_bytes():
    options = {"base_url": "https://example.org/", "paper_pages": True}
    assert page(LIBRARY, **options).files == page(LIBRARY, **options).files


def test_the_page_itself_is_small():
    few, many = (
        len(build([paper(str(n), date="2000") for n in range(number)]).encode()) for number in (10, 20)
    )
    assert 2 * few - many < 60_000  # what stays when the papers are taken off
