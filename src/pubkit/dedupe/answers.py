"""What a person said about pairs, the same publication or two, in a file: nobody is asked twice."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.order import said
from pubkit.errors import ReadError
from pubkit.formats.output import write_file

if TYPE_CHECKING:
    from pubkit.model.entry import Entry

_KIND = "pubkit dedupe answers"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer about two entries.

    Attributes:
        keys: Their citation keys.
        digests: Digests of what they say; they tell entries apart that share a key or have none.
        same: Whether they are one publication.
    """

    keys: tuple[str, str]
    digests: tuple[str, str]
    same: bool

    @property
    def pair(self) -> frozenset[str]:
        """What the answer is known by: the two keys, or where these do not tell, the two digests."""
        one, other = self.keys
        return frozenset(self.keys if one and other and one != other else self.digests)


def answer(one: Entry, other: Entry, *, same: bool) -> Answer:
    """Return an answer about two entries.

    >>> from pubkit.model.entry import Entry
    >>> sorted(answer(Entry("misc", "b"), Entry("misc", "a"), same=True).pair)
    ['a', 'b']
    """
    return Answer((one.key, other.key), (said(one).hex(), said(other).hex()), same)


def read_answers(path: str | os.PathLike[str]) -> list[Answer]:
    """Read a file of answers; one that is not there holds none.

    Raises:
        ReadError: It is no such file.
    """
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
        if content["kind"] != _KIND:
            raise ValueError("another kind of file")
        return [_read(item) for item in content["answers"]]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ReadError(
            f"is no file of answers ({error})",
            hint="give one that a review or a report made",
            where=str(path),
        ) from error


def _read(item: Mapping[str, Any]) -> Answer:
    (one, other), (first, second) = item["keys"], item["digests"]
    same = item["same"]
    if not isinstance(same, bool) or not all(isinstance(text, str) for text in (one, other, first, second)):
        raise ValueError("an answer is not as it should be")
    return Answer((one, other), (first, second), same)


def write_answers(path: str | os.PathLike[str], answers: Iterable[Answer]) -> None:
    """Write answers to a file, in place of those that are there."""
    write_file(path, answers_text(answers).encode(), force=True)


def answers_text(answers: Iterable[Answer]) -> str:
    """Return answers as the text of a file."""
    items = [{"keys": a.keys, "digests": a.digests, "same": a.same} for a in answers]
    return json.dumps({"kind": _KIND, "answers": items}, ensure_ascii=False, indent=1) + "\n"


def positions(answers: Iterable[Answer], entries: Sequence[Entry]) -> list[tuple[int, int, bool]]:
    """Return where the entries stand that answers are about, and whether they are the same.

    Answers about entries that are not there say nothing.
    """
    named: dict[str, list[int]] = {}
    given = list(answers)
    if given:
        for at, entry in enumerate(entries):
            named.setdefault(entry.key, []).append(at)
            named.setdefault(said(entry).hex(), []).append(at)
    found = []
    for item in given:
        by_key = item.pair == frozenset(item.keys)
        one, other = item.keys if by_key else item.digests
        found += [
            (min(left, right), max(left, right), item.same)
            for left in named.get(one, ())
            for right in named.get(other, ())
            if left != right
        ]
    return sorted(set(found))
