"""What renderers append to: one flat list of text runs and marks.

A run is a plain string. A mark opens or closes something (italics, quotation marks, a display block, the
variable that a text came from) or stands for an atom such as mathematics. Marks always nest properly, so
one closing mark serves all. The finishing pass (`pubkit.csl.finish`) turns the list into text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from pubkit.csl.xml import Node

if TYPE_CHECKING:
    from pubkit.csl.context import Context

FORMAT, QUOTE, DISPLAY, TAG, NOCASE, NAMES, ATOM, SEAL, CLOSE = range(9)


class Mark:
    """One mark: its kind, and what the kind needs (property and value, link target, variable and index)."""

    __slots__ = ("index", "kind", "name", "value")

    def __init__(self, kind: int, name: str = "", value: object = "", index: int | None = None) -> None:
        self.kind = kind
        self.name = name
        self.value = value
        self.index = index

    def __repr__(self) -> str:
        return f"<Mark {self.kind} {self.name} {self.value}>"


Run: TypeAlias = str | Mark
Runs: TypeAlias = list[Run]
Renderer: TypeAlias = "Callable[[Context, Runs], int]"
# What a part of a style comes to for one item shape: code to run, or a status known beforehand.
Part: TypeAlias = "Renderer | int"

# Status bits that a renderer returns. They decide which groups are suppressed.
TERM = 1  # rendered a term or a fixed text
CALLED = 2  # asked for a variable
FULL = 4  # rendered a variable

END = Mark(CLOSE)
OPEN_QUOTE = Mark(QUOTE)
OPEN_INNER = Mark(QUOTE, "inner")  # a quotation in single marks: an inner one even when it stands alone
OPEN_NOCASE = Mark(NOCASE)
SEALED = Mark(SEAL)  # stands alone: what follows belongs to the same field, and its punctuation stays put

# Outermost first.
FORMAT_ATTRIBUTES = ("vertical-align", "text-decoration", "font-weight", "font-variant", "font-style")
NORMAL = {"font-style": "normal", "font-variant": "normal", "font-weight": "normal",
          "text-decoration": "none", "vertical-align": "baseline"}  # fmt: skip
_FORMATS = {
    (name, value): Mark(FORMAT, name, value)
    for name, values in {
        "font-style": ("italic", "oblique", "normal"),
        "font-variant": ("small-caps", "normal"),
        "font-weight": ("bold", "light", "normal"),
        "text-decoration": ("underline", "none"),
        "vertical-align": ("sup", "sub", "baseline"),
    }.items()
    for value in values
}
ITALIC = _FORMATS["font-style", "italic"]
BOLD = _FORMATS["font-weight", "bold"]
SMALL_CAPS = _FORMATS["font-variant", "small-caps"]
SUP = _FORMATS["vertical-align", "sup"]
SUB = _FORMATS["vertical-align", "sub"]
UNDERLINE = _FORMATS["text-decoration", "underline"]
DISPLAYS = {value: Mark(DISPLAY, value) for value in ("block", "left-margin", "right-inline", "indent")}


def format_marks(node: Node) -> tuple[Mark, ...]:
    """Return the opening marks of a style element's formatting attributes."""
    attrib = node.attrib
    found = (_FORMATS.get((name, attrib[name])) for name in FORMAT_ATTRIBUTES if name in attrib)
    return tuple(mark for mark in found if mark is not None)


def text_of(runs: Runs) -> str:
    """Return the text of runs without any markup."""
    return "".join([run for run in runs if type(run) is str])
