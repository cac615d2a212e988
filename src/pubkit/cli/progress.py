"""A progress bar for work that takes longer than a second; silent where stderr is no terminal."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType

_PATIENCE = 1.0  # seconds before the bar is drawn
_TICK = 0.2
_WIDTH = 24


class Progress:
    """Shows which stage runs. Call it with the name of each stage as it starts.

    Args:
        stages: The stages in order; one that is not among them shows without moving the bar.
    """

    def __init__(self, stages: Sequence[str]) -> None:
        self._stages = list(stages)
        self._stage = ""
        self._done = threading.Event()
        self._drawn = False
        self._started = time.monotonic()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __call__(self, stage: str) -> None:
        """Note that a stage starts."""
        self._stage = stage

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        if self._thread.is_alive():
            self._thread.join()
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def line(self) -> str:
        """Return the bar as it stands: "[######······] normalising 3 s"."""
        at = self._stages.index(self._stage) if self._stage in self._stages else 0
        full = round(_WIDTH * at / max(len(self._stages), 1))
        seconds = int(time.monotonic() - self._started)
        return f"[{'#' * full}{'·' * (_WIDTH - full)}] {self._stage} {seconds} s"

    def _run(self) -> None:
        pause = _PATIENCE
        while not self._done.wait(pause):
            pause = _TICK
            self._drawn = True
            sys.stderr.write(f"\r\x1b[K{self.line()}")
            sys.stderr.flush()


@contextmanager
def working(stage: str) -> Iterator[None]:
    """Show that one stage runs, where it takes longer than a second."""
    with Progress([stage]) as progress:
        progress(stage)
        yield
