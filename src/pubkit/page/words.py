"""The page's own words, by language; `words.toml` holds them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pubkit.errors import LocaleNotFoundError

_RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "yi")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Attributes:
        lang: The language as a BCP 47 tag.
        direction: "ltr" or "rtl".
        plain: Name → text, perhaps with `{…}` to be filled in.
        links: What a link leads to → label.
        states: BibLaTeX publication state → text.
        types: English heading of entry types → heading.
    """

    lang: str
    direction: str
    plain: Mapping[str, str]
    links: Mapping[str, str]
    states: Mapping[str, str]
    types: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.plain[name]

    def fill(self, name: str, **values: Any) -> str:
        """Return a text with its gaps filled.

        >>> words("en").fill("many", count=3)
        '3 publications'
        """
        text = self.plain[name]
        for gap, value in values.items():  # no str.format: values come from data and may hold braces
            text = text.replace(f"{{{gap}}}", str(value))
        return text


def languages() -> tuple[str, ...]:
    """Return the languages that the page speaks, as BCP 47 tags."""
    return tuple(_table())


@cache
def words(lang: str = "en") -> Words:
    """Return the words of a language; a region counts for nothing ("de-AT" is "de").

    Args:
        lang: A BCP 47 tag.

    Raises:
        LocaleNotFoundError: The page does not speak that language.
    """
    base = lang.replace("_", "-").partition("-")[0].lower()
    table = _table().get(base)
    if table is None:
        raise LocaleNotFoundError(
            f"the page has no words in {lang!r}", hint=f"choose one of {', '.join(_table())}"
        )
    plain = {name: text for name, text in table.items() if isinstance(text, str)}
    direction = "rtl" if base in _RIGHT_TO_LEFT else "ltr"
    return Words(lang, direction, plain, table["links"], table["states"], table["types"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("pubkit.page").joinpath("words.toml").read_text(encoding="utf-8"))
