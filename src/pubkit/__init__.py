"""pubkit: read a publication list in any form, clean it, and print it in any citation style.

```python
import pubkit as pk

library = pk.normalize(pk.read("cv.txt"))
pk.write(library, "publications.bib")
print(pk.format(library, style="apa"))
```
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what type checkers see; at run time `__getattr__` loads each name when first used
    from pubkit import csl as csl
    from pubkit import enrich as enrich
    from pubkit.api import (
        Published as Published,
    )
    from pubkit.api import (
        Updated as Updated,
    )
    from pubkit.api import (
        add as add,
    )
    from pubkit.api import (
        bib as bib,
    )
    from pubkit.api import (
        check as check,
    )
    from pubkit.api import (
        cite as cite,
    )
    from pubkit.api import (
        dedupe as dedupe,
    )
    from pubkit.api import (
        diff as diff,
    )
    from pubkit.api import (
        fetcher as fetcher,
    )
    from pubkit.api import (
        format as format,  # noqa: A004  # the verb of the contract
    )
    from pubkit.api import (
        merge as merge,
    )
    from pubkit.api import (
        normalize as normalize,
    )
    from pubkit.api import (
        publish as publish,
    )
    from pubkit.api import (
        read as read,
    )
    from pubkit.api import (
        read_batches as read_batches,
    )
    from pubkit.api import (
        read_many as read_many,
    )
    from pubkit.api import (
        read_string as read_string,
    )
    from pubkit.api import (
        update as update,
    )
    from pubkit.api import (
        write as write,
    )
    from pubkit.api import (
        write_batches as write_batches,
    )
    from pubkit.api import (
        write_string as write_string,
    )
    from pubkit.cited import (
        Bib as Bib,
    )
    from pubkit.cited import (
        Manuscript as Manuscript,
    )
    from pubkit.cited import (
        cited as cited,
    )
    from pubkit.dedupe import (
        DedupeResult as DedupeResult,
    )
    from pubkit.dedupe import (
        link as link,
    )
    from pubkit.diagnostics import (
        Diagnostic as Diagnostic,
    )
    from pubkit.diagnostics import (
        Location as Location,
    )
    from pubkit.diagnostics import (
        Severity as Severity,
    )
    from pubkit.enrich import (
        EnrichResult as EnrichResult,
    )
    from pubkit.enrich import (
        Settings as Settings,
    )
    from pubkit.enrich import (
        Source as Source,
    )
    from pubkit.enrich import (
        SourceRecord as SourceRecord,
    )
    from pubkit.errors import (
        ConfigError as ConfigError,
    )
    from pubkit.errors import (
        DuplicateKeyError as DuplicateKeyError,
    )
    from pubkit.errors import (
        EncodingError as EncodingError,
    )
    from pubkit.errors import (
        FieldError as FieldError,
    )
    from pubkit.errors import (
        LimitError as LimitError,
    )
    from pubkit.errors import (
        LocaleNotFoundError as LocaleNotFoundError,
    )
    from pubkit.errors import (
        ParseError as ParseError,
    )
    from pubkit.errors import (
        PluginError as PluginError,
    )
    from pubkit.errors import (
        PubkitError as PubkitError,
    )
    from pubkit.errors import (
        RateLimitedError as RateLimitedError,
    )
    from pubkit.errors import (
        ReadError as ReadError,
    )
    from pubkit.errors import (
        RecordNotFoundError as RecordNotFoundError,
    )
    from pubkit.errors import (
        SourceError as SourceError,
    )
    from pubkit.errors import (
        SourceUnavailableError as SourceUnavailableError,
    )
    from pubkit.errors import (
        StyleError as StyleError,
    )
    from pubkit.errors import (
        StyleNotFoundError as StyleNotFoundError,
    )
    from pubkit.errors import (
        StyleSyntaxError as StyleSyntaxError,
    )
    from pubkit.errors import (
        UnknownFormatError as UnknownFormatError,
    )
    from pubkit.errors import (
        WriteError as WriteError,
    )
    from pubkit.interop.bibtexparser import (
        from_bibtexparser as from_bibtexparser,
    )
    from pubkit.interop.bibtexparser import (
        to_bibtexparser as to_bibtexparser,
    )
    from pubkit.interop.pybtex import (
        from_pybtex as from_pybtex,
    )
    from pubkit.interop.pybtex import (
        to_pybtex as to_pybtex,
    )
    from pubkit.interop.records import (
        from_records as from_records,
    )
    from pubkit.interop.records import (
        to_pandas as to_pandas,
    )
    from pubkit.interop.records import (
        to_records as to_records,
    )
    from pubkit.keeping import (
        Added as Added,
    )
    from pubkit.keeping import (
        Difference as Difference,
    )
    from pubkit.keeping import (
        Merged as Merged,
    )
    from pubkit.model.dates import (
        Date as Date,
    )
    from pubkit.model.entry import (
        Entry as Entry,
    )
    from pubkit.model.library import (
        Change as Change,
    )
    from pubkit.model.library import (
        Library as Library,
    )
    from pubkit.model.names import (
        Name as Name,
    )
    from pubkit.model.names import (
        Names as Names,
    )
    from pubkit.page import (
        page as page,
    )
    from pubkit.page.site import (
        Site as Site,
    )

__version__ = "0.1.0"

# Home → the public names defined there. `import pubkit` loads none of them, which keeps it fast.
_HOMES = {
    "pubkit.api": (
        "Published",
        "Updated",
        "add",
        "bib",
        "check",
        "diff",
        "fetcher",
        "format",
        "merge",
        "publish",
        "read",
        "read_batches",
        "read_many",
        "read_string",
        "update",
        "write",
        "write_batches",
        "write_string",
    ),
    "pubkit.cited": ("Bib", "Manuscript"),
    "pubkit.dedupe": ("DedupeResult", "link"),
    "pubkit.enrich": ("EnrichResult", "Settings", "Source", "SourceRecord"),
    "pubkit.diagnostics": (
        "Diagnostic",
        "Location",
        "Severity",
    ),
    "pubkit.errors": (
        "ConfigError",
        "DuplicateKeyError",
        "EncodingError",
        "FieldError",
        "LimitError",
        "LocaleNotFoundError",
        "ParseError",
        "PluginError",
        "PubkitError",
        "RateLimitedError",
        "ReadError",
        "RecordNotFoundError",
        "SourceError",
        "SourceUnavailableError",
        "StyleError",
        "StyleNotFoundError",
        "StyleSyntaxError",
        "UnknownFormatError",
        "WriteError",
    ),
    "pubkit.interop.bibtexparser": (
        "from_bibtexparser",
        "to_bibtexparser",
    ),
    "pubkit.interop.pybtex": (
        "from_pybtex",
        "to_pybtex",
    ),
    "pubkit.interop.records": (
        "from_records",
        "to_pandas",
        "to_records",
    ),
    "pubkit.keeping": ("Added", "Difference", "Merged"),
    "pubkit.model.dates": ("Date",),
    "pubkit.model.entry": ("Entry",),
    "pubkit.model.library": (
        "Change",
        "Library",
    ),
    "pubkit.model.names": (
        "Name",
        "Names",
    ),
    "pubkit.page.site": ("Site",),
}
# Rooms that are public by their own name; all but `csl` are verbs too (see `pubkit.verbs`).
_ROOMS = ("cite", "cited", "csl", "dedupe", "enrich", "normalize", "page")
_MODULE_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Added",
    "Bib",
    "Change",
    "ConfigError",
    "Date",
    "DedupeResult",
    "Diagnostic",
    "Difference",
    "DuplicateKeyError",
    "EncodingError",
    "EnrichResult",
    "Entry",
    "FieldError",
    "Library",
    "LimitError",
    "LocaleNotFoundError",
    "Location",
    "Manuscript",
    "Merged",
    "Name",
    "Names",
    "ParseError",
    "PluginError",
    "PubkitError",
    "Published",
    "RateLimitedError",
    "ReadError",
    "RecordNotFoundError",
    "Settings",
    "Severity",
    "Site",
    "Source",
    "SourceError",
    "SourceRecord",
    "SourceUnavailableError",
    "StyleError",
    "StyleNotFoundError",
    "StyleSyntaxError",
    "UnknownFormatError",
    "Updated",
    "WriteError",
    "__version__",
    "add",
    "bib",
    "check",
    "cite",
    "cited",
    "csl",
    "dedupe",
    "diff",
    "enrich",
    "fetcher",
    "format",
    "from_bibtexparser",
    "from_pybtex",
    "from_records",
    "link",
    "merge",
    "normalize",
    "page",
    "publish",
    "read",
    "read_batches",
    "read_many",
    "read_string",
    "to_bibtexparser",
    "to_pandas",
    "to_pybtex",
    "to_records",
    "update",
    "write",
    "write_batches",
    "write_string",
]


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        value: Any = import_module(f"pubkit.{name}")
    elif name in _MODULE_OF:
        value = getattr(import_module(_MODULE_OF[name]), name)
    else:
        raise AttributeError(f"module 'pubkit' has no attribute {name!r}")
    globals()[name] = value
    return value


def load_ipython_extension(ipython: Any) -> None:
    """Give a notebook `%bibliography` and `%cite`; `%load_ext pubkit` calls it."""
    import_module("pubkit.interop.notebook").load(ipython)


def __dir__() -> list[str]:
    return __all__
