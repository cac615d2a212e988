"""Doing a job again whenever one of its inputs changes."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pubkit.cli.console import say
from pubkit.errors import PubkitError

PAUSE = 0.5  # seconds between two looks


def watch(
    inputs: Callable[[], Sequence[str]],
    job: Callable[[], object],
    *,
    pause: float = PAUSE,
    rounds: int | None = None,
) -> None:
    """Run a job at once and again after each change of its inputs, until Ctrl-C.

    An error of the first run is raised. One of a later run is told and ends nothing: a file is often
    half-written for a moment.

    Args:
        inputs: Returns the files to look at; asked before each look, as a job may find more of them.
        job: What to do.
        pause: Seconds between two looks.
        rounds: How many looks to take after the first run; by default no end of them.
    """
    seen = _stamps(inputs())
    job()
    for _ in itertools.count() if rounds is None else range(rounds):
        time.sleep(pause)
        now = _stamps(inputs())
        if now == seen:
            continue
        say(f"changed: {', '.join(name for name in now if now[name] != seen.get(name))}")
        seen = now
        try:
            job()
        except PubkitError as error:
            say(f"error: {error}")


def _stamps(names: Sequence[str]) -> dict[str, tuple[int, int] | None]:
    return {name: _stamp(name) for name in names}


def _stamp(name: str) -> tuple[int, int] | None:
    """Return what changes when a file does; None while there is none."""
    try:
        status = Path(name).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
