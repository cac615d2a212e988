"""The verbs: read, write, normalize, check, dedupe, format, publish. A script needs nothing else.

One file a kind of verb: `reading`, `writing`, `verbs` (library in, library or text out), `publishing`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pubkit.api.reading import MAX_BYTES, read, read_batches, read_many, read_string
from pubkit.api.verbs import check, cite, dedupe, format, normalize  # noqa: A004  # the verb of the contract
from pubkit.api.writing import save, write, write_batches, write_string

if TYPE_CHECKING:  # at run time `__getattr__` loads these when first used: they bring whole rooms along
    from pubkit.api.enriching import fetcher
    from pubkit.api.keeping import add, diff, merge, resolve
    from pubkit.api.manuscripts import bib
    from pubkit.api.publishing import Published, publish
    from pubkit.api.updating import Updated, update

_MODULE_OF = {
    "Published": "publishing",
    "Updated": "updating",
    "add": "keeping",
    "bib": "manuscripts",
    "diff": "keeping",
    "fetcher": "enriching",
    "merge": "keeping",
    "publish": "publishing",
    "resolve": "keeping",
    "update": "updating",
}

__all__ = [
    "MAX_BYTES",
    "Published",
    "Updated",
    "add",
    "bib",
    "check",
    "cite",
    "dedupe",
    "diff",
    "fetcher",
    "format",
    "merge",
    "normalize",
    "publish",
    "read",
    "read_batches",
    "read_many",
    "read_string",
    "resolve",
    "save",
    "update",
    "write",
    "write_batches",
    "write_string",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'pubkit.api' has no attribute {name!r}")
    value = getattr(import_module(f"pubkit.api.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value
