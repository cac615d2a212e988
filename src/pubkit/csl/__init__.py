"""The CSL 1.0.2 engine: citations and bibliographies in any citation style.

Styles and locales come from the Citation Style Language project, https://citationstyles.org (CC BY-SA 3.0).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pubkit.csl.bibliography import Bibliography as Bibliography
    from pubkit.csl.bibliography import Entry as Entry
    from pubkit.csl.citations import Citation as Citation
    from pubkit.csl.citations import Cite as Cite
    from pubkit.csl.engine import Change as Change
    from pubkit.csl.engine import Engine as Engine

_PLACES = {
    "Bibliography": "pubkit.csl.bibliography",
    "Change": "pubkit.csl.engine",
    "Citation": "pubkit.csl.citations",
    "Cite": "pubkit.csl.citations",
    "Engine": "pubkit.csl.engine",
    "Entry": "pubkit.csl.bibliography",
}
__all__ = ["Bibliography", "Change", "Citation", "Cite", "Engine", "Entry"]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: importing pubkit stays fast."""
    place = _PLACES.get(name)
    if place is None:
        raise AttributeError(f"module 'pubkit.csl' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(place), name)
