"""What web sources have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, TypeVar

from pubkit.diagnostics import Severity
from pubkit.enrich.settings import Settings
from pubkit.enrich.source import Query, SourceRecord
from pubkit.enrich.transport import Clock, Transport, read_json
from pubkit.errors import SourceUnavailableError
from pubkit.formats.decode import decode
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document

#: So many records are asked for in a search: the right one is among the first few, or it is not there.
ROWS = 8
_Read = TypeVar("_Read")
#: A title is cut at so many characters in a question.
MOST_CHARACTERS = 300


class WebSource(ABC):
    """A web service; a subclass says how it is asked and how its answers are read.

    Args:
        settings: Limits, keys, cache, and another address where there is one.
        clock: Time, for tests.
    """

    key_name: ClassVar[str]
    title: ClassVar[str]
    url: ClassVar[str]
    #: Seconds between two requests, as the service's documentation asks.
    interval: ClassVar[float] = 0.1
    hosts: ClassVar[tuple[str, ...]] = ()
    kinds: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, settings: Settings, *, clock: Clock | None = None) -> None:
        self._settings = settings
        self._transport = Transport(
            self.title,
            settings.urls.get(self.key_name, self.url),
            settings,
            interval=self.pace(),
            hosts=self.hosts,
            clock=clock,
        )

    @property
    def name(self) -> str:
        """The name for people."""
        return self.title

    def pace(self) -> float:
        """Return the seconds between two requests."""
        return self.interval

    @abstractmethod
    def lookup(self, kind: str, value: str) -> Sequence[SourceRecord]:
        """Return the records that carry an identifier."""

    @abstractmethod
    def search(self, query: Query) -> Sequence[SourceRecord]:
        """Return records with titles near that of the query."""

    # -- for subclasses --------------------------------------------------------------------------------------

    @property
    def key(self) -> str:
        """The user's API key of this service, or ""."""
        return self._settings.keys.get(self.key_name, "")

    @property
    def mailto(self) -> dict[str, str]:
        """The user's address as a parameter."""
        return {"mailto": self._settings.mailto} if self._settings.mailto else {}

    def fetch_json(
        self, path: str, params: dict[str, str], read: Callable[[Any], _Read], **who: Any
    ) -> _Read | None:
        """Return what `read` makes of the value of a JSON answer; None where the service knows nothing."""
        return self.fetch(path, params, lambda body: read(read_json(body, self.title)), **who)

    def fetch(
        self, path: str, params: dict[str, str] | None, read: Callable[[bytes], _Read], **who: Any
    ) -> _Read | None:
        """Return what `read` makes of an answer; None where the service knows nothing."""
        return self._transport.get(path, params, read, **who)

    def read(self, body: bytes, reader: Callable[[Document], Library]) -> list[Entry]:
        """Return the entries of an answer, read by a format's reader.

        Raises:
            SourceUnavailableError: The answer is not in that format, or broken.
        """
        document, _ = decode(body, self.title, "utf-8")
        library = reader(document)
        if not library:
            wrong = next((d for d in library.diagnostics if d.severity is Severity.ERROR), None)
            if wrong is not None:
                raise self.misshapen(wrong.message)
        return list(library)

    def misshapen(self, what: str) -> SourceUnavailableError:
        """Return the error about an answer that is not as the service documents it."""
        return SourceUnavailableError(
            f"answered with something else than it documents ({what})",
            hint="report it if it goes on",
            where=self.title,
        )

    def records(
        self, entries: Iterable[Entry], link: Callable[[Entry], tuple[str, str]]
    ) -> tuple[SourceRecord, ...]:
        """Return entries as records.

        Args:
            entries: The entries.
            link: Gives the name that the service has for one, and where a person can look at it.
        """
        return tuple(SourceRecord(entry, self.title, *link(entry)) for entry in entries)


def doi_link(entry: Entry) -> tuple[str, str]:
    """Return the DOI of an entry and its address; else its key."""
    doi = entry.doi
    return (doi, f"https://doi.org/{doi}") if doi else (entry.key, entry.get("url", ""))


def words_of(query: Query) -> str:
    """Return a title as words to search for, without signs that services read as operators.

    >>> words_of(Query('Bees: "AND" their (dances) *'))
    'Bees AND their dances'
    """
    kept = "".join(char if char.isalnum() or char in "-'’" else " " for char in query.title)
    return " ".join(word for word in kept.split() if any(char.isalnum() for char in word))[:MOST_CHARACTERS]
