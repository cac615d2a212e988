"""The verbs: read, write, normalize, check, dedupe, format, publish. A script needs nothing else.

One file a kind of verb: `reading`, `writing`, `verbs` (library in, library or text out), `publishing`.
"""

from pubkit.api.enriching import fetcher
from pubkit.api.keeping import add, diff, merge, resolve
from pubkit.api.manuscripts import bib
from pubkit.api.publishing import Published, publish
from pubkit.api.reading import MAX_BYTES, read, read_batches, read_many, read_string
from pubkit.api.updating import Updated, update
from pubkit.api.verbs import check, cite, dedupe, format, normalize  # noqa: A004  # the verb of the contract
from pubkit.api.writing import save, write, write_batches, write_string

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
