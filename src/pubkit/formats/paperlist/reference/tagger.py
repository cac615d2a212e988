"""The sequence labeller: a linear-chain conditional random field over the tokens of a reference string."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, NamedTuple

from pubkit.formats.paperlist.reference.features import Marked, features
from pubkit.formats.paperlist.reference.tokens import Tokens, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable

MODEL = "model.crfsuite"
_ENDS = re.compile(r"[\W_]$")


class Segment(NamedTuple):
    """Neighbouring tokens of one label.

    Attributes:
        label: What the text is, out of the model's labels.
        text: The text as it stands.
        start: Offset of its first character.
        end: Offset behind its last.
        confidence: The mean over its tokens of how sure the model is of the label, 0 to 1.
    """

    label: str
    text: str
    start: int
    end: int
    confidence: float


def label(text: str, spans: Iterable[Marked] = ()) -> list[Segment]:
    """Cut a reference string into segments: title, authors, venue and so on.

    Args:
        text: The string.
        spans: Its marked-up stretches.
    """
    tokens = tokenize(text)
    if not tokens.texts:
        return []
    tagger = _tagger()
    tagger.set(features(tokens, text, spans))
    labels: list[str] = tagger.tag()
    sure = [tagger.marginal(name, at) for at, name in enumerate(labels)]
    return list(_segments(text, tokens, labels, sure))


def _segments(text: str, tokens: Tokens, labels: list[str], sure: list[float]) -> Iterable[Segment]:
    _heal(tokens, labels)
    first = 0
    for at in range(1, len(labels) + 1):
        if at == len(labels) or labels[at] != labels[first]:
            start, end = tokens.starts[first], tokens.ends[at - 1]
            yield Segment(labels[first], text[start:end], start, end, sum(sure[first:at]) / (at - first))
            first = at


def _heal(tokens: Tokens, labels: list[str]) -> None:
    """Give a word or two inside the sentence of a title back to it: "The elections of 1848 in France"."""
    for at in range(1, len(labels) - 1):
        if labels[at - 1] != "title" or labels[at] == "title" or _ENDS.search(tokens.texts[at - 1]):
            continue
        for stop in (at + 1, at + 2):
            if stop < len(labels) and labels[stop] == "title" and not _ENDS.search(tokens.texts[stop - 1]):
                labels[at:stop] = ["title"] * (stop - at)
                break


@cache
def _tagger() -> Any:
    """Open the model; the library that reads it is loaded here, when the first reference is read."""
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    with as_file(files("pubkit.formats.paperlist.reference").joinpath(MODEL)) as path:
        tagger.open(str(path))
    return tagger
