"""Bytes → text → the same bytes; files that are no text are named for what they are."""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.errors import EncodingError, PubkitError, UnknownFormatError
from pubkit.formats.decode import decode, encode

TEXT = "@book{k,\n  author = {Gödel, Kurt},\n  title = {Über formal unentscheidbare Sätze},\n}\n"
CODECS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
    "cp1252",
]


@pytest.mark.parametrize("codec", [*CODECS, "latin-1"])
def test_there_and_back(codec: str) -> None:
    data = TEXT.encode(codec)
    document, findings = decode(data, "my.bib")
    assert document.text == TEXT
    assert encode(document, document.text) == data
    marked = codec in ("utf-8", "utf-8-sig", "utf-16", "utf-32")
    assert [found.code for found in findings] == ([] if marked else ["PK001"])


@pytest.mark.parametrize("codec", CODECS)
def test_given_encoding(codec: str) -> None:
    data = TEXT.encode(codec)
    document, findings = decode(data, encoding=codec)
    assert document.text == TEXT
    assert not findings
    assert encode(document, TEXT) == data


def test_big_endian_mark_with_the_general_name() -> None:
    data = codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be")
    document, _ = decode(data, encoding="utf-16")
    assert document.text == TEXT
    assert encode(document, TEXT) == data


def test_letters_beyond_latin_in_utf16() -> None:
    text = "@book{k, title = {数学原理 第二版}, author = {王军}}"
    assert decode(text.encode("utf-16-le"))[0].text == text


def test_bytes_that_windows_does_not_define() -> None:
    data = b"caf\xe9 \x81 \x9d"
    document, _ = decode(data)
    assert document.encoding.replace("iso8859-1", "latin-1") == "latin-1"
    assert encode(document, document.text) == data


def test_the_encoding_that_jabref_declares() -> None:
    text = "% Encoding: ISO8859_2\n\n@book{k, author = {Šafařík}}"
    document, (found,) = decode(text.encode("iso8859_2"))
    assert document.text == text
    assert "iso8859-2" in found.message


def test_a_declaration_that_lies() -> None:
    assert decode(("% Encoding: Cp1252\n" + TEXT).encode())[0].text.endswith(TEXT)
    assert decode(("% Encoding: UTF-8\n" + TEXT).encode("cp1252"))[0].text.endswith(TEXT)
    assert decode(("% Encoding: base64\n" + TEXT).encode("cp1252"))[0].text.endswith(TEXT)


def test_utf8_with_a_pasted_line() -> None:
    data = TEXT.encode() * 5 + "Erdős\n".encode() + "café\n".encode("cp1252")
    document, (found,) = decode(data, "x.bib")
    assert document.text == TEXT * 5 + "Erdős\ncafé\n"
    assert (found.code, found.location.line, found.location.column) == ("PK002", 22, 4)
    assert encode(document, document.text) == data
    assert encode(document, "é") == "é".encode()


def test_text_that_the_encoding_cannot_hold() -> None:
    document, _ = decode(TEXT.encode("cp1252"))
    assert encode(document, "Erdős") == "Erdős".encode()
    document, _ = decode(TEXT.encode("utf-16"))
    assert encode(document, "Erdős") == "Erdős".encode("utf-16")


def test_stray_nuls() -> None:
    data = TEXT.encode().replace(b"Kurt", b"Ku\x00rt")
    assert decode(data)[0].text == TEXT.replace("Kurt", "Ku\x00rt")


def test_nothing() -> None:
    assert decode(b"")[0].text == ""


def docx() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF.*pdftotext"),
        (docx(), "Office document"),
        (gzip.compress(TEXT.encode()), "gzip.*gunzip"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG image"),
        (b"SQLite format 3\x00\x10\x00", "SQLite.*export"),
    ],
)
def test_files_that_are_no_text(data: bytes, what: str) -> None:
    for encoding in (None, "utf-8", "latin-1"):
        with pytest.raises(UnknownFormatError, match=what) as caught:
            decode(data, "paper.bib", encoding)
        assert "paper.bib" in str(caught.value)


def test_other_binary() -> None:
    with pytest.raises(EncodingError, match="control characters"):
        decode(bytes(range(256)) * 40)


def test_an_encoding_that_does_not_fit() -> None:
    with pytest.raises(EncodingError, match="no utf-8 text"):
        decode("é".encode("cp1252"), encoding="utf-8")
    for name in ("klingon", "base64", "rot13"):
        with pytest.raises(EncodingError, match="no encoding"):
            decode(b"x", encoding=name)
    with pytest.raises(EncodingError, match="utf-16"):
        decode(codecs.BOM_UTF16_LE + b"odd")


@given(
    st.binary(max_size=200),
    st.sampled_from([None, "utf-8", "utf-16", "cp1252", "utf-32-be", "utf-8-sig", "utf-7"]),
)
def test_any_bytes(data: bytes, encoding: str | None) -> None:
    try:
        document, _ = decode(data, "any", encoding)
    except PubkitError:
        return
    if encoding != "utf-7":  # several byte sequences say the same there
        assert encode(document, document.text) == data
