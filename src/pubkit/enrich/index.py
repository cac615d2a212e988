"""A local index: hundreds of thousands of records that answer in milliseconds, without a network.

Records lie in SQLite: folded titles with a full-text index over their words (FTS5), identifiers, and the
entries as JSON, which are read only when they are candidates.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import combinations
from pathlib import Path
from typing import TypeVar

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from pubkit.dedupe.titles import read_title
from pubkit.enrich.query import KINDS, identifiers_of
from pubkit.enrich.source import Query, SourceRecord
from pubkit.errors import WriteError
from pubkit.formats.output import replacing
from pubkit.markup import latex
from pubkit.model.entry import Entry

_VERSION = 2  # of the tables below: an index of another version is made anew
_SCHEMA = f"""
PRAGMA user_version = {_VERSION};
CREATE TABLE records (id INTEGER PRIMARY KEY, title TEXT NOT NULL, key TEXT NOT NULL, entry TEXT NOT NULL);
CREATE TABLE identifiers (kind TEXT NOT NULL, value TEXT NOT NULL, id INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(
    title, content='', detail=none, tokenize="unicode61 remove_diacritics 0"
);
"""
# Made when all rows are in: faster than keeping them up to date row by row.
_INDEXES = """
CREATE INDEX by_title ON records (title);
CREATE INDEX by_identifier ON identifiers (kind, value);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
"""
# A title is looked for by so many of its rarest words, of which each stands in at most so many titles.
_RAREST = 6
# Where there are fewer rare words than this, pairs of the others are looked for as well.
_ENOUGH = 3
_COMMON = 4
_MOST_TITLES = 400
# So many of the titles that share most of them are compared, and so many are answered.
_COMPARED = 60
_ANSWERED = 20
_AT_ONCE = 10_000  # records put in
# Below this likeness (0 to 100) no rule accepts or proposes, but for titles that begin alike.
_ALIKE = 80
_MIN_BEGINNING = 5
_BEGINNING = 90  # the same for one title and as much of another
# A word that stands in no title may be a mistyped one of these lengths and distances.
_MIN_MISTYPED, _LONG, _SAME_LETTERS, _MOST_SPELLINGS = 5, 8, 2, 3
# Scripts that put no spaces between words are looked for by pairs of characters.
_UNSPACED = re.compile(
    r"[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+"
)
# What reading a damaged index ends in: SQLite notices, or its rows do not fit together any more.
_DAMAGED = (sqlite3.DatabaseError, ValueError, KeyError)

Answer = TypeVar("Answer")


class LocalIndex:
    """Records of a file, a folder or a library, as a source.

    Args:
        entries: The records.
        name: What people call it, e.g. "old.bib".
        path: Where the index is kept; by default in memory.

    Raises:
        sqlite3.Error: The index cannot be written there, or what is there is none.

    >>> known = Entry("misc", "a", {"title": "On the Dances of Bees", "doi": "10.1000/x"})
    >>> index = LocalIndex([known], "mine.bib")
    >>> index.search(Query("On the Dance of Bees"))[0].key, index.lookup("doi", "10.1000/x")[0].source
    ('a', 'mine.bib')
    """

    kinds = frozenset(KINDS)

    def __init__(self, entries: Iterable[Entry], name: str, path: Path | None = None) -> None:
        self._open(name, _connect(path if path is not None else ":memory:"))
        with self._connection:
            self._connection.executescript(_SCHEMA)
            _fill(self._connection, entries)
            self._connection.executescript(_INDEXES)

    def _open(self, name: str, connection: sqlite3.Connection) -> None:
        self._name = name
        self._connection = connection
        self._lock = threading.Lock()
        self._counts: dict[str, int] = {}
        self._make_anew: Callable[[], LocalIndex] | None = None

    @classmethod
    def opened(cls, name: str, path: Path, make_anew: Callable[[], LocalIndex] | None = None) -> LocalIndex:
        """Open an index that was made before.

        Args:
            name: What people call it.
            path: Where it lies.
            make_anew: Makes it once more, when an answer shows that it is damaged.

        Raises:
            sqlite3.Error: It is damaged, or no index of this version.
        """
        index = cls.__new__(cls)
        connection = _connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != _VERSION:
            connection.close()
            raise sqlite3.DatabaseError(f"index of version {version}")
        connection.execute("SELECT doc FROM vocabulary LIMIT 1").fetchone()
        index._open(name, connection)
        index._make_anew = make_anew
        return index

    @property
    def name(self) -> str:
        """What people call it."""
        return self._name

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM records").fetchone()[0])

    def lookup(self, kind: str, value: str) -> Sequence[SourceRecord]:
        """Return the records that carry an identifier.

        Args:
            kind: "doi", "arxiv", "pmid" or "isbn".
            value: The identifier in its normal form.
        """
        return self._ask(lambda: self._lookup(kind, value))

    def search(self, query: Query) -> Sequence[SourceRecord]:
        """Return the records with the nearest titles: the same, mistyped, cut off or gone on."""
        title = read_title(query.title).title
        if not title:
            return ()
        return self._ask(lambda: self._search(title))

    def knows(self, word: str) -> bool:
        """Say whether a folded word stands in a title: what does is no slip of the pen."""
        return self._ask(lambda: self._count(word) > 0)

    def close(self) -> None:
        """Close the index; it answers no more."""
        self._connection.close()

    # -- what stands behind a search ------------------------------------------------------------------------

    def _ask(self, question: Callable[[], Answer]) -> Answer:
        """Return an answer; where it shows that the kept index is damaged, make that anew, once."""
        with self._lock:
            try:
                return question()
            except _DAMAGED:
                if self._make_anew is None:
                    raise
                make_anew, self._make_anew = self._make_anew, None
                self._connection.close()
                self._connection = make_anew()._connection
                self._counts.clear()
                return question()

    def _lookup(self, kind: str, value: str) -> tuple[SourceRecord, ...]:
        rows = self._connection.execute(
            "SELECT id FROM identifiers WHERE kind = ? AND value = ? LIMIT ?", (kind, value, _ANSWERED)
        ).fetchall()
        return self._load([row[0] for row in rows])

    def _search(self, title: str) -> tuple[SourceRecord, ...]:
        rows = self._connection.execute(
            "SELECT id FROM records WHERE title = ? LIMIT ?", (title, _ANSWERED)
        ).fetchall()
        return self._load(list(dict.fromkeys([*(row[0] for row in rows), *self._near(title)]))[:_ANSWERED])

    def _near(self, title: str) -> list[int]:
        shared: Counter[int] = Counter()
        for wanted in self._wanted(set(spaced(title).split())):
            rows = self._connection.execute(
                "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?", (wanted, _MOST_TITLES)
            )
            shared.update(row[0] for row in rows)
        if not shared:
            return []
        first = [
            found for found, _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:_COMPARED]
        ]
        titles = dict(
            self._connection.execute(
                "SELECT id, title FROM records WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(first),),
            )
        )
        scored = process.extract(title, titles, scorer=fuzz.ratio, limit=None)
        near = [found for _, score, found in scored if score >= _ALIKE]
        begins = [
            found
            for other, _, found in scored
            if found not in near and min(len(other), len(title)) >= _MIN_BEGINNING and _begins(title, other)
        ]
        return [*near, *begins]

    def _wanted(self, words: set[str]) -> list[str]:
        """Return what to look for: a title's rarest words, and pairs of others where few are rare."""
        counted = sorted((count, word) for word in words if (count := self._count(word)))
        if len(counted) < _ENOUGH:
            for word in sorted(words.difference(word for _, word in counted)):
                counted += self._spellings(word)
            counted.sort()
        rare = [word for count, word in counted if count <= _MOST_TITLES][:_RAREST]
        common = [word for count, word in counted if count > _MOST_TITLES][:_COMMON]
        wanted = [f'"{word}"' for word in rare]
        if len(rare) < _ENOUGH:
            wanted += [f'"{one}" AND "{other}"' for one, other in combinations(common, 2)]
        return wanted or [f'"{word}"' for word in common]

    def _spellings(self, word: str) -> list[tuple[int, str]]:
        """Return the words of titles, with their counts, of which one may be a slip of the pen."""
        if len(word) < _MIN_MISTYPED:
            return []
        begin = word[:_SAME_LETTERS]
        rows = self._connection.execute(
            "SELECT doc, term FROM vocabulary WHERE term >= ? AND term < ?",
            (begin, begin[:-1] + chr(ord(begin[-1]) + 1)),
        )
        apart = 1 if len(word) < _LONG else 2
        near = sorted(
            (distance, count, term)
            for count, term in rows
            if (distance := OSA.distance(word, term, score_cutoff=apart)) <= apart
        )
        return [(count, term) for _, count, term in near[:_MOST_SPELLINGS]]

    def _count(self, word: str) -> int:
        found = self._counts.get(word)
        if found is None:
            row = self._connection.execute("SELECT doc FROM vocabulary WHERE term = ?", (word,)).fetchone()
            found = self._counts[word] = row[0] if row else 0
        return found

    def _load(self, ids: Sequence[int]) -> tuple[SourceRecord, ...]:
        rows = {
            row[0]: row[1:]
            for row in self._connection.execute(
                "SELECT id, key, entry FROM records WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(ids),),
            )
        }
        records = []
        for found in ids:
            key, text = rows[found]
            kind, fields = json.loads(text)
            entry = Entry(kind, key, fields)
            records.append(SourceRecord(entry, self._name, key, entry.get("url", "")))
        return tuple(records)


def spaced(title: str) -> str:
    """Return a folded title with spaces between what is looked for.

    >>> spaced("on 蜜蜂舞蹈")
    'on  蜜蜂 蜂舞 舞蹈'
    """
    if title.isascii():
        return title
    return _UNSPACED.sub(lambda run: f" {' '.join(_pairs(run.group()))} ", title).strip()


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(max(1, len(run) - 1))]


def _begins(one: str, other: str) -> bool:
    """Say whether the longer of two titles begins with the shorter, slips of the pen aside."""
    short, long = sorted((one, other), key=len)
    if long.startswith(f"{short} "):
        return True
    beginning = " ".join(long.split(" ")[: short.count(" ") + 1])
    return fuzz.ratio(short, beginning, score_cutoff=_BEGINNING) > 0


def open_index(name: str, stamp: str, load: Callable[[], Iterable[Entry]], folder: Path) -> LocalIndex:
    """Open the index that is kept for a state of some files; make it where there is none.

    It is written beside its place and moved there, so that two processes at once, or one that is interrupted,
    leave a whole one. Where the folder cannot be written, it is made in memory.

    Args:
        name: What people call the source.
        stamp: What tells this state of the files from any other, as a file name.
        load: Reads the files.
        folder: Where indexes are kept.
    """
    path = folder / f"{stamp}.sqlite"

    def make() -> LocalIndex:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with replacing(path, force=True) as temporary:
                LocalIndex(load(), name, temporary).close()
            return LocalIndex.opened(name, path)
        except (OSError, sqlite3.Error, WriteError):
            return LocalIndex(load(), name)

    if path.exists():
        with suppress(sqlite3.Error):  # damaged, or of another version: made anew
            return LocalIndex.opened(name, path, make)
    return make()


def _connect(path: Path | str, *, uri: bool = False) -> sqlite3.Connection:
    # Threads share the connection under the lock of the index.
    connection = sqlite3.connect(path, uri=uri, check_same_thread=False)
    connection.execute("PRAGMA synchronous = OFF")  # a file that is not whole is never moved to its place
    return connection


def _fill(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Put records into the tables, some at a time: there may be more of them than memory holds."""
    rows: list[tuple[int, str, str, str]] = []
    identifiers: list[tuple[str, str, int]] = []
    for number, entry in enumerate(entries, 1):
        fields = dict(entry.fields)
        plain = " ".join(latex.to_text(fields[name]) for name in ("title", "subtitle") if name in fields)
        text = json.dumps([entry.type, fields], ensure_ascii=False, separators=(",", ":"))
        rows.append((number, read_title(plain).title, entry.key, text))
        identifiers.extend(
            (kind, value, number) for kind, value in identifiers_of(fields, entry.type).items()
        )
        if len(rows) == _AT_ONCE:
            _insert(connection, rows, identifiers)
            rows.clear()
            identifiers.clear()
    _insert(connection, rows, identifiers)
    connection.create_function("spaced", 1, spaced, deterministic=True)
    connection.execute("INSERT INTO words (rowid, title) SELECT id, spaced(title) FROM records")


def _insert(
    connection: sqlite3.Connection,
    rows: Iterable[tuple[int, str, str, str]],
    identifiers: Iterable[tuple[str, str, int]],
) -> None:
    connection.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO identifiers VALUES (?, ?, ?)", identifiers)
