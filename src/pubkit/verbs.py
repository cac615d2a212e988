"""Modules that can be called: `pk.dedupe(library)` is the verb, `pk.dedupe.Index` something from its room.

Python binds a submodule to its package under its own name, so a verb of that name would be hidden as soon as
its room is imported. Making the room itself callable lets both meanings stand.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class VerbModule(ModuleType):
    """A module that, when called, calls its function of the same name."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function that has this module's name."""
        return vars(self)[self.__name__.rpartition(".")[2]](*args, **kwargs)


def make_callable(name: str) -> None:
    """Let a module be called; the module passes its own `__name__`."""
    sys.modules[name].__class__ = VerbModule
