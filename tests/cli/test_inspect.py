"""`pubkit inspect`: the parts of entries in colour, escaped, nothing of the list lost."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from click.testing import CliRunner

from pubkit.cli.group import pubkit
from pubkit.cli.inspect import pieces
from pubkit.formats.paperlist import htmltree
from pubkit.formats.paperlist.reader import read
from pubkit.model.source import Document

LIST = """Publications
- A. Li & B. Ng. On <b>lists</b> of "things". Nature 12, 34 (2020). doi:10.1234/x
- Not much.
"""


def test_page_shows_the_whole_text_escaped(tmp_path: Path) -> None:
    source, page = tmp_path / "cv.txt", tmp_path / "read.html"
    source.write_text(LIST, encoding="utf-8")
    result = CliRunner().invoke(pubkit, ["inspect", str(source), "--html", str(page)], standalone_mode=False)
    assert result.exception is None
    text = page.read_text(encoding="utf-8")
    assert "<b>lists" not in text
    assert "<script" not in text
    assert not re.search(r"(?:src|href)=", text)
    entry = text[text.index('<p class="text">') : text.index("<details>")]
    assert LIST.splitlines()[1][2:] in unescape(re.sub(r"<[^>]+>", "", entry))
    assert '<mark class="author" title="author: 90% sure">A. Li &amp; B. Ng.</mark>' in text
    assert "Not in an entry" in text


HOSTILE = """Publications
- A. <img src=x onerror=alert(1)>. "><script>alert(1)</script> {{ 7*7 }} {% raw %}. Nature 12, 34 (2020).
- B. Ng & C. Xu. </p></li><style>*{display:none}</style> of things &lt;b&gt;. Nature 13, 35 (2021).
- D. Li & E. Wu. `</title>` and \"'onmouseover=alert(1) x='. javascript:alert(1). Nature 14, 36 (2022).
"""


def test_a_hostile_list_does_nothing(tmp_path: Path) -> None:
    source = tmp_path / "<script>alert(2)<!--.txt"
    source.write_text(HOSTILE, encoding="utf-8")
    result = CliRunner().invoke(pubkit, ["inspect", str(source), "--html", "-"], standalone_mode=False)
    assert result.exception is None
    tags = [part for part in htmltree.read(result.output) if isinstance(part, htmltree.Start)]
    ours = {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "nav", "ul", "ol", "li",
        "mark", "b", "span", "strong", "details", "summary", "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert {tag.name for tag in tags} <= ours
    assert {name for tag in tags for name in tag.attributes} <= {
        "lang", "charset", "name", "content", "http-equiv", "class", "aria-label", "id", "title", "scope",
    }  # fmt: skip
    assert sum(tag.name == "style" for tag in tags) == 1
    assert "{{ 7*7 }}" in unescape(result.output)


def test_pieces_make_up_the_text() -> None:
    for entry in read(Document("cv.txt", LIST)):
        assert "".join(piece.text for piece in pieces(entry)) == entry.extra["text"]


def test_terminal_output_names_the_parts(tmp_path: Path) -> None:
    source = tmp_path / "cv.txt"
    source.write_text(LIST, encoding="utf-8")
    result = CliRunner().invoke(pubkit, ["inspect", str(source)], standalone_mode=False)
    assert "  author     A. Li & B. Ng" in result.output
    assert "  identifier doi:10.1234/x" in result.output
