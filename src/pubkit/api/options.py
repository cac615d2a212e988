"""Options of formats, and what a path may be."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from pubkit.formats.base import Format

PathLike = str | os.PathLike[str]


def options_of(chosen: Format, own: Sequence[str], kind: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that this format takes; those of other formats may be given too (mixed inputs)."""
    from pubkit.formats.detect import formats

    foreign = [name for name in options if name not in own]
    if foreign:
        known = {name for other in formats() for name in getattr(other, kind)}
        for name in foreign:
            if name not in known:
                raise TypeError(
                    f"no format takes the option {name!r}; {chosen.name} takes: {', '.join(own) or 'none'}"
                )
    return {name: value for name, value in options.items() if name in own}
