"""`pubkit inspect`: the parts of entries in colour, escaped, nothing of the list lost."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from click.testing import CliRunner

from pubkit.cli.group import pubkit
from pubkit.cli.inspect import pieces
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
    entry = text[text.index("<ol>") : text.index("<small>")]
    assert LIST.splitlines()[1][2:] in unescape(re.sub(r"<[^>]+>", "", entry))
    assert '<mark class="author" title="author">A. Li &amp; B. Ng.</mark>' in text
    assert "Read as no publication" in text


def test_pieces_make_up_the_text() -> None:
    for entry in read(Document("cv.txt", LIST)):
        assert "".join(text for text, _ in pieces(entry)) == entry.extra["text"]


def test_terminal_output_names_the_parts(tmp_path: Path) -> None:
    source = tmp_path / "cv.txt"
    source.write_text(LIST, encoding="utf-8")
    result = CliRunner().invoke(pubkit, ["inspect", str(source)], standalone_mode=False)
    assert "  author     A. Li & B. Ng" in result.output
    assert "  identifier doi:10.1234/x" in result.output
