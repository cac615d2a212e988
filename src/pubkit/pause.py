"""Pausing Python's search for reference cycles during bulk work."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def cycle_search_paused() -> Iterator[None]:
    """Let the cyclic garbage collector rest while many objects without cycles are made.

    Reading and formatting make many objects an entry and no reference cycles; looking through all of them,
    and through the caller's own, over and over would take as long as the work itself. Reference counting goes
    on as usual. What was made meanwhile counts as old afterwards: it is looked through with everything else,
    when Python next does that, and not at once.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():  # what the caller froze stays frozen
            gc.freeze()
            gc.unfreeze()
        gc.enable()
