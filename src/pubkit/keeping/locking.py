"""One change at a time: a library is locked from before it is read until it is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pubkit.enrich.folders import cache_folder
from pubkit.errors import WriteError

#: Seconds to wait for another process.
PATIENCE = 60.0


@contextmanager
def locked(path: str | Path, *, timeout: float = PATIENCE) -> Iterator[Path]:
    """Hold the lock of a library; any other process of yours that wants to change it waits.

    The lock is a file in your cache folder, not beside the library, where it would be in the way of git. The
    system frees it when its process ends, however that ends.

    Args:
        path: The library; where it is a link, the file that it leads to is locked and given.
        timeout: Seconds to wait.

    Yields:
        The file to read and to write.

    Raises:
        WriteError: Another process holds the lock for too long, or there is no place for locks.
    """
    from filelock import FileLock, Timeout

    target = Path(path).resolve()
    try:
        with FileLock(_lock_of(target), timeout=timeout):
            yield target
    except Timeout:
        raise WriteError(
            f"is being changed by another process for {timeout:.0f} s",
            hint="try again when that has finished",
            where=str(path),
        ) from None


@contextmanager
def all_locked(paths: Iterable[str | Path]) -> Iterator[None]:
    """Hold the locks of several libraries, taken in one order so that nobody waits for each other."""
    with ExitStack() as stack:
        for path in sorted({Path(path).resolve() for path in paths}):
            stack.enter_context(locked(path))
        yield


def _lock_of(target: Path) -> Path:
    folder = cache_folder() / "locks"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(
            f"the cache folder cannot be written ({error.strerror})",
            hint="set PUBKIT_CACHE to a folder that can",
            where=str(folder),
        ) from error
    name = hashlib.sha256(str(target).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return folder / f"{name}.lock"
