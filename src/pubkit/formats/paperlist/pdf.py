"""PDF: PDFium gives the characters with font and place; `pdftext` and `pdflines` put them in lines."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from typing import Any

from pubkit.errors import PluginError
from pubkit.formats.paperlist.blocks import Mark
from pubkit.formats.paperlist.build import NO_MARKS
from pubkit.formats.paperlist.pdfaccents import composed
from pubkit.formats.paperlist.pdfpage import Char, Page

# A CV of more pages is none; the rest is told and left.
MAX_PAGES = 500
MAX_CHARACTERS = 5_000_000
_BOLD = re.compile(r"bold|black|heavy|demi|CMBX|CMB\d|SFBX|-Bd|_Bd|\bBd\b", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obliq|slant|CMTI|CMSL|SFTI|SFSL|-It\b|-BI\b", re.IGNORECASE)
# Flag of a font descriptor (PDF 1.7, table 123): italic.
_ITALIC_FLAG = 1 << 6
_BOLD_WEIGHT = 600
_HYPHENS = "\ufffe\x02"  # PDFium's signs for a hyphen at the end of a line


class NotReadableError(Exception):
    """A PDF that cannot be read; the message says why, `hint` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def pages(data: bytes) -> tuple[list[Page], int]:
    """Return the pages of a PDF, and how many were left out because it has too many.

    Raises:
        PluginError: The library that reads PDF is not installed.
        NotReadableError: It is encrypted or damaged.
    """
    try:
        import pypdfium2
        import pypdfium2.raw as pdfium
    except ImportError as error:
        raise PluginError(
            "reading a PDF needs the package pypdfium2", hint="install it: pip install 'pubkit[pdf]'"
        ) from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise NotReadableError(
                "the PDF is encrypted",
                "remove its password: print it to a PDF from the program that opens it",
            ) from error
        raise NotReadableError("the PDF is damaged", "save or export it again") from error
    found: list[Page] = []
    count = 0
    total = len(document)
    try:
        for number in range(min(total, MAX_PAGES)):
            try:
                page = document[number]
            except pypdfium2.PdfiumError:  # a broken page: the others can be read
                found.append(Page((), 0.0, 0.0))
                continue
            try:
                found.append(_page(page, pdfium))
            finally:
                page.close()
            count += len(found[-1].chars)
            if count > MAX_CHARACTERS:
                break
    finally:
        document.close()
    return found, total - len(found)


def _page(page: Any, pdfium: Any) -> Page:
    """Return the characters of a page."""
    width, height = page.get_size()
    text = page.get_textpage()
    fonts = _Fonts(text, pdfium)
    links = _links(page, pdfium)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    chars: list[Char] = []
    try:
        for at in range(text.count_chars()):
            letter = chr(min(pdfium.FPDFText_GetUnicode(text, at), 0x10FFFF))
            if letter in "\r\n":
                chars.append(Char("\n", 0, 0, 0, 0, 0.0))
                continue
            if pdfium.FPDFText_IsGenerated(text, at):
                if letter == " ":
                    chars.append(Char(" ", 0, 0, 0, 0, 0.0))
                continue
            if not pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top):
                continue
            x0, x1, y0, y1 = left.value, right.value, bottom.value, top.value
            url = next(
                (url for a, b, c, d, url in links if a <= (x0 + x1) / 2 <= c and b <= (y0 + y1) / 2 <= d), ""
            )
            marks = fonts.marks(at)
            if url:
                marks |= {"link"}
            size = pdfium.FPDFText_GetFontSize(text, at)
            if letter not in _HYPHENS and unicodedata.category(letter) == "Cc":
                if chars and chars[-1].text != "\n":
                    continue  # no text
                letter = "•"  # TeX's sign for items has no code of its own
            if letter in _HYPHENS:
                chars += [Char("-", x0, y0, x1, y1, size, marks, url), Char("\n", 0, 0, 0, 0, 0.0)]
            elif not "\ud800" <= letter <= "\udfff":
                chars.append(Char(letter, x0, y0, x1, y1, size, marks, url))
    finally:
        text.close()
    return Page(tuple(composed(chars)), width, height)


class _Fonts:
    """Looks up how a character is set: by its font's name, weight and flags."""

    def __init__(self, text: Any, pdfium: Any) -> None:
        self.text = text
        self.pdfium = pdfium
        self.known: dict[tuple[bytes, int, int], frozenset[Mark]] = {}
        self.name = ctypes.create_string_buffer(128)
        self.flags = ctypes.c_int()

    def marks(self, at: int) -> frozenset[Mark]:
        self.pdfium.FPDFText_GetFontInfo(self.text, at, self.name, 128, self.flags)
        weight = self.pdfium.FPDFText_GetFontWeight(self.text, at)
        key = (self.name.value, self.flags.value, weight)
        if key not in self.known:
            name = key[0].decode("latin-1").partition("+")[2] or key[0].decode("latin-1")
            marks: frozenset[Mark] = NO_MARKS
            if _BOLD.search(name) or weight >= _BOLD_WEIGHT:
                marks |= {"strong"}
            if _ITALIC.search(name) or self.flags.value & _ITALIC_FLAG:
                marks |= {"emph"}
            self.known[key] = marks
        return self.known[key]


def _links(page: Any, pdfium: Any) -> list[tuple[float, float, float, float, str]]:
    """Return the places of a page that lead to an address: left, bottom, right, top, address."""
    found: list[tuple[float, float, float, float, str]] = []
    position, link, box = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    document = page.pdf
    while len(found) < 2000 and pdfium.FPDFLink_Enumerate(page, position, link):
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
        if not 0 < length < 4000 or not pdfium.FPDFLink_GetAnnotRect(link, box):
            continue
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
        url = buffer.value.decode("utf-8", "replace")
        if url.startswith(("http://", "https://")):
            found.append((box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top), url))
    return found
