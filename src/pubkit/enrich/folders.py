"""Where indexes and answers are kept between runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """Return the folder for what can be made again: `PUBKIT_CACHE`, else the system's place for caches.

    It need not exist.
    """
    if given := os.environ.get("PUBKIT_CACHE"):
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "pubkit" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/pubkit"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pubkit"
