"""The sequence labeller: a linear-chain conditional random field over the tokens of a reference string."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, NamedTuple

from pubkit.formats.paperlist.reference.features import Marked, features
from pubkit.formats.paperlist.reference.tokens import Token, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable

MODEL = "model.crfsuite"


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
    """Cut a reference string into segments: title, authors, venue …

    Args:
        text: The string.
        spans: Its marked-up stretches.
    """
    tokens = tokenize(text)
    if not tokens:
        return []
    tagger = _tagger()
    tagger.set(features(tokens, text, spans))
    labels: list[str] = tagger.tag()
    sure = [tagger.marginal(name, at) for at, name in enumerate(labels)]
    return list(_segments(text, tokens, labels, sure))


def _segments(text: str, tokens: list[Token], labels: list[str], sure: list[float]) -> Iterable[Segment]:
    first = 0
    for at in range(1, len(labels) + 1):
        if at == len(labels) or labels[at] != labels[first]:
            start, end = tokens[first].start, tokens[at - 1].end
            yield Segment(labels[first], text[start:end], start, end, sum(sure[first:at]) / (at - first))
            first = at


@cache
def _tagger() -> Any:
    """Open the model; the library that reads it is loaded here, when the first reference is read."""
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    with as_file(files("pubkit.formats.paperlist.reference").joinpath(MODEL)) as path:
        tagger.open(str(path))
    return tagger
