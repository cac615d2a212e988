"""The labelled reference strings of GROBID (annotations CC-BY 4.0), and which of them are never trained on."""

# ruff: noqa: E501  # lines of facts and patterns are easier to compare unbroken

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pubkit.text.fold import fold
from training.strings import Labelled

SEED = "pubkit-references-1"


def records(path: Path) -> list[dict[str, Any]]:
    """Return the records of a JSONL file: `raw`, `tokens` as (word, label), `fields`."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def is_held_out(raw: str) -> bool:
    """Tell whether a string is in the tenth that is only measured on. Copies of one string share their fate."""
    return hashlib.sha256((SEED + fold(raw)).encode()).digest()[0] < 26


def training_strings(path: Path, never: frozenset[str] = frozenset()) -> Iterator[Labelled]:
    """Yield the strings to train on.

    Args:
        path: The JSONL file.
        never: Folded strings that are measured on elsewhere.
    """
    for record in records(path):
        raw = record["raw"]
        if not is_held_out(raw) and fold(raw) not in never:
            yield Labelled(raw, tuple(_spans(raw, record["tokens"])))


def _spans(raw: str, tokens: list[tuple[str, str]]) -> Iterator[tuple[int, int, str]]:
    at = 0
    for text, label in tokens:
        start = raw.index(text, at)
        at = start + len(text)
        yield start, at, label
