"""The CSL 1.0.2 engine: citations and bibliographies in any citation style.

Styles and locales come from the Citation Style Language project, https://citationstyles.org (CC BY-SA 3.0).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pubkit.csl.bibliography import Bibliography as Bibliography
    from pubkit.csl.bibliography import Entry as Entry
    from pubkit.csl.engine import Engine as Engine

_PLACES = {
    "Bibliography": "pubkit.csl.bibliography",
    "Engine": "pubkit.csl.engine",
    "Entry": "pubkit.csl.bibliography",
}
__all__ = sorted(_PLACES)  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: importing pubkit stays fast."""
    place = _PLACES.get(name)
    if place is None:
        raise AttributeError(f"module 'pubkit.csl' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(place), name)
