"""Presentation MathML → LaTeX mathematics, as far as titles and abstracts need it.

Source: W3C, "MathML Core", the elements of section 3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lxml import etree

from pubkit.markup.latex import encode

_PREFIX = re.compile(r"(</?)[A-Za-z][\w-]*:")
_DEEPEST = 40
# What stands over a letter, and the accent that it is.
_ACCENTS = {
    "¯": "bar", "‾": "bar", "-": "bar", "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde", "→": "vec",
    "˙": "dot",
}  # fmt: skip
_OPERATORS = {
    "−": "-",
    "⁢": "",
    "\u2061": "",
    "\u2063": "",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "{": r"\{",
    "}": r"\}",
}


def to_latex(source: str) -> str | None:
    r"""Return a `<math>` element, with a prefix or not, as LaTeX in dollars; None where it cannot be read.

    >>> to_latex("<mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>")
    '$x^{2}$'
    >>> to_latex("<math><mfrac><mi>α</mi><mrow><mn>2</mn><mi>k</mi></mrow></mfrac></math>")
    '$\\frac{\\alpha}{2k}$'
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=False)
    try:
        root = etree.fromstring(_PREFIX.sub(r"\1", source), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    text = from_element(root)
    return f"${text}$" if text else None


def from_element(math: etree._Element) -> str | None:
    """Return a `<math>` element as LaTeX without dollars; None where it has something unknown, or nothing."""
    try:
        return _element(math, 0).strip() or None
    except ValueError:
        return None


def _element(element: etree._Element, depth: int) -> str:
    """Return one element; raise ValueError for what has no LaTeX here."""
    if depth > _DEEPEST or not isinstance(element.tag, str):
        raise ValueError
    name = etree.QName(element).localname
    children = [_element(child, depth + 1) for child in element]
    if name in ("mi", "mn", "mo", "mtext", "ms"):
        return _token(name, element.text or "")
    if name in _ROWS:
        return "".join(children)
    if name in _DROPPED:
        return " " if name == "mspace" else ""
    accent = _ACCENTS.get((element[1].text or "").strip()) if name == "mover" and len(element) > 1 else None
    if accent:
        return rf"\{accent}{{{children[0]}}}"
    build = _SHAPES.get(name)
    if build is None or len(children) != build[0]:
        raise ValueError
    return build[1](children)


def _token(name: str, text: str) -> str:
    text = " ".join(text.split())
    if name in ("mtext", "ms"):
        return rf"\mathrm{{{_encoded(text)}}}" if text else ""
    if name == "mi" and len(text) > 1 and text.isascii():
        return rf"\mathrm{{{text}}}"
    return _encoded(_OPERATORS.get(text, text))


def _encoded(text: str) -> str:
    """Return letters beyond ASCII as macros of mathematics."""
    return text if text.isascii() else encode(f"${text}$")[1:-1]


_ROWS = frozenset({"math", "mrow", "mstyle", "mpadded", "semantics", "menclose", "merror"})
_DROPPED = frozenset({"mspace", "mphantom", "none", "annotation", "annotation-xml", "mprescripts"})
_SHAPES: dict[str, tuple[int, Callable[[Sequence[str]], str]]] = {
    "msup": (2, lambda parts: f"{parts[0]}^{{{parts[1]}}}"),
    "msub": (2, lambda parts: f"{parts[0]}_{{{parts[1]}}}"),
    "msubsup": (3, lambda parts: f"{parts[0]}_{{{parts[1]}}}^{{{parts[2]}}}"),
    "munder": (2, lambda parts: f"{parts[0]}_{{{parts[1]}}}"),
    "mover": (2, lambda parts: f"{parts[0]}^{{{parts[1]}}}"),
    "munderover": (3, lambda parts: f"{parts[0]}_{{{parts[1]}}}^{{{parts[2]}}}"),
    "mfrac": (2, lambda parts: rf"\frac{{{parts[0]}}}{{{parts[1]}}}"),
    "msqrt": (1, lambda parts: rf"\sqrt{{{parts[0]}}}"),
    "mroot": (2, lambda parts: rf"\sqrt[{parts[1]}]{{{parts[0]}}}"),
}
