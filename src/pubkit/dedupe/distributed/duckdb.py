"""The plan on one machine: tables in a DuckDB file, memory bounded, what does not fit goes to disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from pubkit.dedupe.distributed.executor import whole_groups
from pubkit.dedupe.distributed.rows import CONTRACT
from pubkit.dedupe.distributed.tables import ADDED, check, inside, kind_of, outside
from pubkit.errors import PluginError, PubkitError, ReadError
from pubkit.formats.output import replacing

if TYPE_CHECKING:
    import pyarrow as pa

    from pubkit.dedupe.distributed.executor import Part, Stage

# So many rows are handed to a stage at a time: large enough for numpy, small enough for memory.
_PORTION = 50_000
# Python, numpy and the parts in flight need the rest.
_SHARE = 0.5
_READ = {
    "parquet": "read_parquet({files}, union_by_name = true)",
    "csv": "read_csv({files}, union_by_name = true, header = true, all_varchar = true, delim = ',', "
    "quote = '\"', escape = '\"', null_padding = false, strict_mode = true)",
    "jsonl": "read_json({files}, union_by_name = true, format = 'newline_delimited', sample_size = -1)",
}  # fmt: skip
_WRITE = {
    "parquet": "format parquet, compression zstd",
    "csv": "format csv, header true",
    "jsonl": "format json",
}


class DuckDB:
    """An `Executor` in a scratch folder, which is gone when the block ends, however it ends.

    Args:
        memory: How many bytes may be used.
        folder: Where the scratch folder is made; what does not fit into memory lies there.
        threads: How many cores to use; by default all.

    Attributes:
        columns: The columns of the input with the types that the output gives them.
    """

    def __init__(
        self,
        memory: int = 4 << 30,
        folder: str | os.PathLike[str] | None = None,
        threads: int | None = None,
    ) -> None:
        try:
            import duckdb
            import pyarrow  # noqa: F401  # the stages need it: say so now, not after an hour
        except ImportError as error:
            raise PluginError(
                f"the engine duckdb needs the package {error.name}", hint="pip install 'pubkit[scale]'"
            ) from error
        self.columns: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._errors, self._full = duckdb.Error, (duckdb.OutOfMemoryException, duckdb.IOException)
        self._scratch = Path(tempfile.mkdtemp(prefix=".pubkit-", dir=folder))
        self._main = duckdb.connect(str(self._scratch / "tables.duckdb"))
        settings = {
            "memory_limit": f"{int(memory * _SHARE) >> 20}MiB",
            "temp_directory": str(self._scratch / "spilled"),
            "threads": str(threads or os.cpu_count() or 1),
            "preserve_insertion_order": "false",
        }
        for name, value in settings.items():
            self._run(f"set {name} = {_literal(value)}")

    def __enter__(self) -> DuckDB:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._main.close()
        shutil.rmtree(self._scratch)

    @staticmethod
    def quote(name: str) -> str:
        """Return a column's name for a query."""
        return '"' + name.replace('"', '""') + '"'

    def load(self, paths: Sequence[str], format: str | None = None) -> None:  # noqa: A002  # as in pk.read
        """Make the table `input` of files."""
        where = ", ".join(paths)
        kinds = {kind_of(path, format) for path in paths}
        if len(kinds) > 1:
            raise ReadError("are of several kinds", hint="give tables of one kind", where=where)
        for path in paths:
            if not any(symbol in path for symbol in "*?[") and not Path(path).exists():
                raise ReadError("there is no such file", hint="check the name and the folder", where=path)
        files = f"[{', '.join(map(_literal, paths))}]"
        source = _READ[kinds.pop()].format(files=files)
        try:
            found = {name: kind for name, kind, *_ in self._main.sql(f"describe from {source}").fetchall()}
            check(found, where)
            names = inside(found)
            texts = [
                _text(self.quote(name), kind)
                if name in CONTRACT
                else f"{self.quote(name)} as {self.quote(names[name])}"
                for name, kind in found.items()
            ]
            self._main.execute("create sequence rows minvalue 0 start 0")
            self._main.execute(
                f"create table input as select nextval('rows') as row, {', '.join(texts)} from {source}"
            )
        except self._errors as error:
            raise ReadError(_first_line(error), hint="repair the file", where=where) from error
        self.columns = {names[name]: "varchar" if kind.endswith("]") and name in CONTRACT else kind
                        for name, kind in found.items()}  # fmt: skip
        self._shown = outside(names)

    def table(self, name: str, query: str) -> None:
        """Make a table of a query."""
        self._run(f"create or replace table {name} as {query}")

    def map(self, name: str, query: str, stage: Stage, schema: pa.Schema) -> None:
        """Make a table of what a stage makes of the parts of a query's rows."""
        self._fill(name, (stage(part) for part in self.rows(query)), schema)

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
        """Make a table of what a stage makes of parts with whole groups of rows."""
        ordered = f"select * from ({query}) q order by {', '.join((*by, *order))}"
        self._fill(name, (stage(part) for part in whole_groups(self.rows(ordered), by)), schema)

    def number(self, name: str, query: str, order: Sequence[str]) -> None:
        """Make a table of a query's rows with their place in an order, from 0, as `pos`."""
        self.table(
            name, f"select row_number() over (order by {', '.join(order)}) - 1 as pos, * from ({query}) q"
        )

    def rows(self, query: str) -> Iterator[pa.RecordBatch]:
        """Bring a query's rows here, part by part."""
        with self._main.cursor() as cursor:
            yield from cursor.sql(query).to_arrow_reader(_PORTION)

    def drop(self, *names: str) -> None:
        """Forget tables that are no longer needed."""
        for name in names:
            self._run(f"drop table {name}")

    def save(self, name: str, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write a table to a file, sorted by `row`, whole or not at all."""
        kind = kind_of(str(path))
        packed = ", compression gzip" if str(path).endswith(".gz") else ""
        shown = "* exclude (row)"
        if name == "output":
            shown = ", ".join(
                f"{self._cell(column, kind)} as {self.quote(said)}" for column, said in self._shown.items()
            )
        with replacing(path, force=force) as temporary:
            self._run(f"copy (select {shown} from {name} order by row) to {_literal(str(temporary))} "
                      f"({_WRITE[kind]}{packed})")  # fmt: skip

    def _cell(self, column: str, kind: str) -> str:
        """Return a column of the output for a kind of file; in CSV, lists have semicolons between."""
        quoted = self.quote(column)
        return f"array_to_string({quoted}, ';')" if kind == "csv" and column in ADDED else quoted

    def _fill(self, name: str, parts: Iterable[Part], schema: pa.Schema) -> None:
        """Make a table and put parts into it as they come."""
        with self._main.cursor() as cursor:
            cursor.register("part", schema.empty_table())
            cursor.execute(f"create or replace table {name} as from part")
            for part in parts:
                cursor.register("part", part)
                cursor.execute(f"insert into {name} from part")

    def _run(self, statement: str) -> None:
        try:
            self._main.execute(statement)
        except self._full as error:
            raise PubkitError(
                f"DuckDB could not go on: {_first_line(error)}",
                hint="give it more with --memory, or more room on the disk of the output",
            ) from error


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _text(column: str, kind: str) -> str:
    """Return a column as text; a list of names as names with "and" between them."""
    if kind.endswith("]"):
        return f"array_to_string({column}, ' and ') as {column}"
    return f"cast({column} as varchar) as {column}"


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]
