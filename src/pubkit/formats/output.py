"""Writing files: whole or not at all, and never over something that is there unless told."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pubkit.errors import WriteError


def write_file(path: str | os.PathLike[str], data: bytes, *, force: bool = False) -> None:
    """Write a file atomically: readers see the old content or the new one, never a part.

    Args:
        path: The file; its folder must exist.
        data: The content.
        force: Replace a file that is there.

    Raises:
        WriteError: The file exists and `force` is not set, or the system refuses.
    """
    with replacing(path, force=force) as temporary:
        temporary.write_bytes(data)


def refuse_existing(path: str | os.PathLike[str], *, force: bool = False) -> None:
    """Raise where a file must not be written, before the work for it is done.

    Args:
        path: The file.
        force: Whether a file that is there may be replaced.

    Raises:
        WriteError: It is a folder, or it exists and `force` is not set.
    """
    target = Path(path)
    if target.is_dir():
        raise WriteError("is a folder", hint="give the name of a file", where=str(path))
    if target.exists() and not force:
        raise WriteError("exists already", hint="use --force (force=True) to replace it", where=str(path))


@contextmanager
def replacing(path: str | os.PathLike[str], *, force: bool = False) -> Iterator[Path]:
    """Give the name of a new file beside a file; when the block ends well, it takes that one's place.

    Args:
        path: The file; its folder must exist.
        force: Replace a file that is there.

    Raises:
        WriteError: The file exists and `force` is not set, or the system refuses.
    """
    refuse_existing(path, force=force)
    target = Path(os.path.realpath(path))  # a link stays one; what it leads to is replaced
    temporary: Path | None = None
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent or Path())
        os.close(handle)
        temporary = Path(name)
        yield temporary
        with temporary.open("rb") as stream:
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        if force:
            temporary.replace(target)
        else:
            os.link(temporary, target)  # fails where another process made the file meanwhile
            temporary.unlink()
    except FileExistsError as error:
        raise WriteError(
            "exists already", hint="use --force (force=True) to replace it", where=str(path)
        ) from error
    except OSError as error:
        raise WriteError(
            f"cannot be written ({error.strerror or error})",
            hint="check that the folder exists and may be written to",
            where=str(path),
        ) from error
    finally:
        if temporary:
            with suppress(FileNotFoundError):  # moved to its place
                temporary.unlink()


def _umask() -> int:
    """Return the process's umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
