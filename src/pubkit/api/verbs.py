"""The verbs that go from library to library or to text; each loads its room when called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

from pubkit.diagnostics import Diagnostic
from pubkit.model.library import Library

if TYPE_CHECKING:
    from pubkit.dedupe import DedupeResult

Text: TypeAlias = Literal["text", "html", "markdown", "latex", "rtf", "typst", "rst", "org"]
Binary: TypeAlias = Literal["docx", "pdf"]


def normalize(library: Library, **options: Any) -> Library:
    """Clean a library: names, venues, dates, identifiers, case protection, keys.

    Every change stands in `.changes` of the result; a second run changes nothing more.

    Args:
        library: The entries.
        **options: `select`, `ignore` and `extend` (rule codes), `keys` and `key_pattern`; see
            `pubkit.normalize`.
    """
    from pubkit.normalize import normalize as run

    return run(library, **options)


def check(library: Library, **options: Any) -> list[Diagnostic]:
    """Return what the rules find wrong with a library; nothing is changed.

    Args:
        library: The entries.
        **options: `select`, `ignore` and `extend`: rule codes or their beginnings.
    """
    from pubkit.rules import check as run

    return run(library, **options)


def dedupe(library: Library, **options: Any) -> DedupeResult:
    """Find entries of the same record and merge them.

    Args:
        library: The entries.
        **options: `threshold` (0 to 1), `works` (merge versions of one work too); see `pubkit.dedupe`.

    Returns:
        `.library` without duplicates; `.groups` with reasons, `.maybe`, `.works`, `.removed`.
    """
    from pubkit.dedupe import dedupe as run

    return run(library, **options)


@overload
def format(  # noqa: A001  # the verb of the contract: pk.format
    library: Library, style: str = "apa", to: Text = "text", **options: Any
) -> str: ...
@overload
def format(library: Library, style: str, to: Binary, **options: Any) -> bytes: ...  # noqa: A001
@overload
def format(library: Library, style: str = "apa", *, to: Binary, **options: Any) -> bytes: ...  # noqa: A001
@overload
def format(library: Library, style: str, to: str, **options: Any) -> str | bytes: ...  # noqa: A001
def format(library: Library, style: str = "apa", to: str = "text", **options: Any) -> str | bytes:  # noqa: A001
    """Return a library as a formatted list of references.

    Args:
        library: The entries; the style decides their order unless it leaves it open.
        style: Id, title or alias of a CSL style, a path to a `.csl`, "pybtex:plain", or "bst:alpha".
        to: "text", "html", "markdown", "latex", "rtf", "typst", "rst" or "org"; "docx" or "pdf" for a whole
            file, which comes as bytes.
        **options: `locale`, `highlight` (a person to mark), `group_by`, `sort`, `number`, `limit`,
            `template`, `width` (text), `environment` (LaTeX); see `pubkit.cite`.

    Raises:
        StyleNotFoundError: No such style; the message offers the nearest names.
        StyleSyntaxError: The `.csl` file is broken.

    >>> from pubkit import read_string
    >>> text = "@book{k, author = {Knuth, Donald E.}, title = {TAOCP}, date = {1968}}"
    >>> print(format(read_string(text, format="bibtex"), style="apa"))
    Knuth, D. E. (1968). TAOCP.
    """
    from pubkit.cite import format_library

    return format_library(library, style, to, **options)


def cite(library: Library, keys: Sequence[str], style: str = "apa", to: str = "text", **options: Any) -> str:
    """Return one in-text citation of the entries with these keys.

    Args:
        library: The entries to choose from.
        keys: Citation keys in the order of citing.
        style: As in `format`.
        to: As in `format`.
        **options: `cited` (keys of all that the document cites), `locale`; see `pubkit.cite`.
    """
    from pubkit.cite import cite as run

    return run(library, keys, style, to, **options)
