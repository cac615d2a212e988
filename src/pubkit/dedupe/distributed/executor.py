"""What an engine must be able to do: the plan asks for nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    import pyarrow as pa

#: A part of a table: a `pyarrow.Table` or `pyarrow.RecordBatch`.
Part: TypeAlias = Any
#: A stage: a part of a table in, a table out.
Stage: TypeAlias = Callable[[Part], Any]


class Executor(Protocol):
    """Tables by name, made by SQL or by functions over parts of other tables, and never held in memory whole.

    The SQL is what DuckDB and Spark both understand.
    """

    @property
    def columns(self) -> Mapping[str, str]:
        """The columns of the input with the types that the output gives them."""

    def load(self, paths: Sequence[str], format: str | None = None) -> None:  # noqa: A002  # as in pk.read
        """Make the table `input` of files, with a number for each row as `row`."""

    def quote(self, name: str) -> str:
        """Return a column's name for a query."""

    def table(self, name: str, query: str) -> None:
        """Make a table of a query."""

    def map(self, name: str, query: str, stage: Stage, schema: pa.Schema) -> None:
        """Make a table of what a stage makes of the parts of a query's rows."""

    def map_groups(
        self,
        name: str,
        query: str,
        stage: Stage,
        schema: pa.Schema,
        *,
        by: Sequence[str],
        order: Sequence[str],
    ) -> None:
        """Do the same with parts that hold whole groups of rows: equal in `by`, sorted by `order`."""

    def number(self, name: str, query: str, order: Sequence[str]) -> None:
        """Make a table of a query's rows with their place in an order, from 0, as `pos`."""

    def rows(self, query: str) -> Iterator[pa.RecordBatch]:
        """Bring a query's rows here, part by part."""

    def drop(self, *names: str) -> None:
        """Forget tables that are no longer needed."""

    def save(self, name: str, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write a table, sorted by `row`, whole or not at all; the extension tells the kind of file."""


def whole_groups(parts: Iterable[Part], by: Sequence[str]) -> Iterator[pa.Table]:
    """Cut sorted parts again, so that no group is cut in two.

    Args:
        parts: Parts of a table that is sorted by `by`.
        by: The columns in which the rows of a group are equal.
    """
    import pyarrow as pa

    held: list[Any] = []
    for part in parts:
        if not part.num_rows:
            continue
        table = pa.Table.from_batches([part]) if isinstance(part, pa.RecordBatch) else part
        end = _last_group(table, by)
        if end:
            yield pa.concat_tables([*held, table.slice(0, end)])
            held = []
        held.append(table.slice(end))
    if held:
        yield pa.concat_tables(held)


def _last_group(table: pa.Table, by: Sequence[str]) -> int:
    """Return where the last group of a sorted table starts."""
    import numpy as np

    last = table.num_rows - 1
    differs = np.zeros(table.num_rows, dtype=bool)
    for name in by:
        values = table.column(name).to_numpy()
        differs |= values != values[last]
    found = np.flatnonzero(differs)
    return int(found[-1]) + 1 if len(found) else 0
