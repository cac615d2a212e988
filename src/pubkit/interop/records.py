"""Records for pandas, polars and anything else that takes rows: `to_records`, `from_records`, `to_pandas`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pubkit.crosswalks.rows import COLUMNS, dialect_of, from_row, to_row
from pubkit.diagnostics import Diagnostic
from pubkit.errors import FieldError, PluginError
from pubkit.formats.losses import unknown_kind, unmapped
from pubkit.model.entry import Entry
from pubkit.model.library import Library

if TYPE_CHECKING:
    import pandas


def to_records(library: Library) -> list[dict[str, str | int | None]]:
    """Return a library as rows, ready for `pandas.DataFrame(rows)` or `polars.DataFrame(rows)`.

    Every row has the same columns: `id type title author year venue volume number pages doi abstract source`,
    then one for each further field that any entry has, under its BibLaTeX name (`date` only where it says
    more than the year; the place of an event is `eventplace`). `year` is a whole number where it is one in
    all rows; what an entry does not have is None. Texts are plain Unicode; names are "Family, Given" joined
    by "and".

    Args:
        library: The entries.

    Returns:
        One row an entry, in order.

    >>> import pubkit as pk
    >>> text = "@book{k, author = {Knuth, Donald E.}, title = {The {TeX}book}, year = 1986}"
    >>> library = pk.read_string(text)
    >>> row = pk.to_records(library)[0]
    >>> row["id"], row["author"], row["title"], row["year"], row["doi"]
    ('k', 'Knuth, Donald E.', 'The TeXbook', 1986, None)
    """
    rows = [to_row(entry) for entry in library]
    columns = list(dict.fromkeys((*COLUMNS, *(name for row in rows for name in row))))
    whole = all(row["year"] is None or isinstance(row["year"], int) for row in rows)
    return [
        {
            name: str(value) if name == "year" and value is not None and not whole else value
            for name in columns
            for value in (row.get(name),)
        }
        for row in rows
    ]


def from_records(rows: Iterable[Mapping[str, Any]]) -> Library:
    r"""Return rows as a library; what `to_records` makes comes back.

    Args:
        rows: Rows by column name; a pandas or polars data frame will do. Any subset of the columns of
            `to_records`, or those of a database's export. `id` is the citation key, verbatim. None and NaN
            are absent values; `author` may be a list of names.

    Returns:
        One entry a row; `library.diagnostics` tells of columns without a place.

    Raises:
        FieldError: `rows` is no sequence of rows.

    >>> import pubkit as pk
    >>> library = pk.from_records([{"id": "a", "type": "article", "title": "A & B", "year": 2020.0}])
    >>> library["a"]["title"], library["a"]["date"]
    ('A \\& B', '2020')
    """
    findings: list[Diagnostic] = []
    entries = []
    for row in _rows(rows):
        if not isinstance(row, Mapping):
            raise FieldError(
                f"a row is a {type(row).__name__}, not a mapping from column to value",
                hint="give dictionaries or a data frame",
            )
        key, reading = from_row(row, dialect_of([str(column) for column in row]))
        entry = Entry(reading.type or "misc", key, reading.fields)
        if not reading.known:
            findings.append(unknown_kind(str(row.get("type", "")), entry, "table"))
        entries.append(unmapped(entry, reading.unmapped, "table", findings))
    return Library(tuple(entries), diagnostics=tuple(findings))


def _rows(rows: Any) -> Iterable[Any]:
    """Return the rows of what may be a data frame of pandas or polars."""
    if hasattr(rows, "to_dicts"):  # polars
        return list(rows.to_dicts())
    if hasattr(rows, "to_dict") and hasattr(rows, "columns"):  # pandas
        return list(rows.to_dict("records"))
    if isinstance(rows, str | bytes | Mapping) or not isinstance(rows, Iterable):
        raise FieldError(
            f"{type(rows).__name__} is no sequence of rows",
            hint="give a list of dictionaries or a data frame",
        )
    return rows


def to_pandas(library: Library) -> pandas.DataFrame:
    """Return a library as a pandas data frame: the rows of `to_records`, `year` as nullable integers.

    Args:
        library: The entries.

    Raises:
        PluginError: pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise PluginError(
            "pandas is not installed", hint='install it, e.g. with: pip install "pubkit[pandas]"'
        ) from error
    rows = to_records(library)
    frame = pandas.DataFrame.from_records(rows, columns=list(rows[0]) if rows else list(COLUMNS))
    if frame["year"].map(lambda value: value is None or not isinstance(value, str)).all():
        frame["year"] = frame["year"].astype("Int64")
    return frame
