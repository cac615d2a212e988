"""Answers of web sources, kept on disk for a while: a run that was interrupted repeats nothing.

One SQLite file, which several processes may use at once. Errors are never kept; that a source knows nothing
is kept for a tenth of the time. Keys of programs and addresses of people are not part of what is kept.
"""

from __future__ import annotations

import sqlite3
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    request TEXT PRIMARY KEY, body BLOB, stored REAL NOT NULL, size INTEGER NOT NULL
)
"""
# More than this is not kept; the oldest answers go first.
MAX_BYTES = 300_000_000
_WAIT = 10.0  # seconds for another process to finish writing
_EMPTY_SHARE = 0.1


class Cache:
    """Answers by request.

    Args:
        folder: Where the file lies; None keeps answers for this run only.
        ttl: Seconds for which an answer is believed.
        clock: Gives the time of day in seconds.
    """

    def __init__(self, folder: Path | None, ttl: float, clock: Callable[[], float] = time.time) -> None:
        self._ttl, self._clock = ttl, clock
        self._lock = threading.Lock()
        self._connection = _open(folder)
        self._forget()

    def get(self, request: str) -> tuple[bytes | None] | None:
        """Return a kept answer as a tuple of one, None in it where the source knew nothing; else None."""
        with self._lock, suppress(sqlite3.Error):  # a cache that fails is no cache
            row = self._connection.execute(
                "SELECT body, stored FROM answers WHERE request = ?", (request,)
            ).fetchone()
            if row is None:
                return None
            body, stored = row
            ttl = self._ttl if body is not None else self._ttl * _EMPTY_SHARE
            if not 0 <= self._clock() - stored <= ttl:
                return None
            with suppress(zlib.error):
                return (None if body is None else zlib.decompress(body),)
        return None

    def put(self, request: str, body: bytes | None) -> None:
        """Keep an answer; None says that the source knows nothing."""
        packed = None if body is None else zlib.compress(body, 3)
        row = (request, packed, self._clock(), len(packed or b"") + len(request))
        with self._lock, suppress(sqlite3.Error), self._connection:
            self._connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _forget(self) -> None:
        """Drop what is too old, and the oldest of what is too much."""
        with suppress(sqlite3.Error), self._connection:
            self._connection.execute("DELETE FROM answers WHERE stored < ?", (self._clock() - self._ttl,))
            whole = self._connection.execute("SELECT coalesce(sum(size), 0) FROM answers").fetchone()[0]
            if whole > MAX_BYTES:
                self._connection.execute(
                    "DELETE FROM answers WHERE stored < (SELECT stored FROM (SELECT stored, "
                    "sum(size) OVER (ORDER BY stored DESC, request) AS newer FROM answers) "
                    "WHERE newer > ? ORDER BY stored DESC LIMIT 1)",
                    (MAX_BYTES // 2,),
                )


def _open(folder: Path | None) -> sqlite3.Connection:
    """Open the file; a damaged one is begun anew, and where none can be written answers stay in memory."""
    if folder is not None:
        path = folder / "answers.sqlite"
        for _ in range(2):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                connection = sqlite3.connect(path, timeout=_WAIT, check_same_thread=False)
                connection.execute(_SCHEMA)
                connection.execute("SELECT 1 FROM answers LIMIT 1").fetchone()
            except sqlite3.OperationalError:  # read-only, or locked for long
                break
            except sqlite3.DatabaseError:
                with suppress(OSError):
                    path.unlink()
            except OSError:
                break
            else:
                return connection
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute(_SCHEMA)
    return connection
