"""A labelled reference string, the form all sources of training strings come to."""

from __future__ import annotations

from dataclasses import dataclass

from pubkit.formats.paperlist.reference.features import Marked
from pubkit.formats.paperlist.reference.tokens import tokenize


@dataclass(frozen=True, slots=True)
class Labelled:
    """A reference string and what each stretch of it is.

    Attributes:
        text: The string.
        spans: Start, end and label of the stretches, in order; what lies between belongs to none.
        marks: Its mark-up, if any.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...]
    marks: tuple[Marked, ...] = ()

    def labels(self) -> list[str]:
        """Return a label for each token: that of the stretch which has most of its letters and digits.

        A token in no stretch has the label of the one before.
        """
        out: list[str] = []
        at = 0
        spans = self.spans
        tokens = tokenize(self.text)
        for first, last in zip(tokens.starts, tokens.ends, strict=True):
            while at < len(spans) and spans[at][1] <= first:
                at += 1
            best, most = out[-1] if out else "other", 0
            look = at
            while look < len(spans) and spans[look][0] < last:
                start, end, label = spans[look]
                part = self.text[max(start, first) : min(end, last)]
                weight = 2 * sum(char.isalnum() for char in part) + 1
                if weight > most:
                    best, most = label, weight
                look += 1
            out.append(best)
        return out
