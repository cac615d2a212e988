"""How web sources are asked."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pubkit.enrich.folders import cache_folder

_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How web sources are asked; the defaults are polite.

    Attributes:
        mailto: Your address, told to the sources so that they can write to you; by default that of the
            environment variable `PUBKIT_MAILTO`.
        keys: Name of a source → its API key; by default the environment variables `PUBKIT_OPENALEX_KEY`,
            `PUBKIT_SEMANTICSCHOLAR_KEY` and `PUBKIT_PUBMED_KEY`. Keys are sent to their source and nowhere
            else, and are never kept in the cache or shown in messages.
        cache: Folder for answers; None keeps none.
        ttl: Seconds for which an answer is believed. Empty answers are believed for a tenth of that.
        refresh: Ask anew, whatever is kept.
        timeout: Seconds that one request may take in all.
        max_bytes: A longer answer is refused, counted after decompression.
        attempts: How often a request is tried where the source is busy or does not answer.
        urls: Name of a source → another address of its service, such as a mirror; by default the environment
            variables `PUBKIT_CROSSREF_URL` and so on. `http` is taken for this machine only.
    """

    mailto: str = field(default_factory=lambda: os.environ.get("PUBKIT_MAILTO", ""))
    keys: Mapping[str, str] = field(default_factory=lambda: _keys_of(os.environ), repr=False)
    cache: Path | None = field(default_factory=lambda: cache_folder() / "answers")
    ttl: float = 30 * _DAY
    refresh: bool = False
    timeout: float = 30.0
    max_bytes: int = 20_000_000
    attempts: int = 4
    urls: Mapping[str, str] = field(default_factory=lambda: _urls_of(os.environ))


_URL = re.compile(r"PUBKIT_([A-Z]+)_URL")


def _urls_of(environment: Mapping[str, str]) -> dict[str, str]:
    found = ((_URL.fullmatch(name), url) for name, url in environment.items())
    return {match[1].lower(): url for match, url in found if match and url}


def _keys_of(environment: Mapping[str, str]) -> dict[str, str]:
    names = ("openalex", "semanticscholar", "pubmed")
    return {name: key for name in names if (key := environment.get(f"PUBKIT_{name.upper()}_KEY"))}
