"""The plan on Apache Spark: tables are Parquet folders in a scratch folder that all machines reach."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.distributed.executor import Part, Stage, whole_groups
from pubkit.dedupe.distributed.rows import CONTRACT
from pubkit.dedupe.distributed.tables import ADDED, check, inside, kind_of, outside
from pubkit.errors import PluginError, ReadError, WriteError

if TYPE_CHECKING:
    import pyarrow as pa

# In Spark's generated row numbers the upper bits are the partition.
_PARTITION_BITS = 33


class Spark:
    """An `Executor` in a Spark session; its scratch folder is gone when the block ends, however it ends.

    Each table is written out before the next step: a lost machine repeats one step and not all, and a plan
    never grows with the rounds of connected components.

    Args:
        memory: How many bytes Spark itself may use where it runs on this machine.
        folder: Where the scratch folder is made; all machines must reach it (HDFS, S3, a shared disk).
        session: A session; by default that of `spark-submit`, or one on the cores of this machine.

    Attributes:
        columns: The columns of the input with the types that the output gives them.
    """

    def __init__(
        self,
        memory: int = 4 << 30,
        folder: str | os.PathLike[str] | None = None,
        session: Any = None,
    ) -> None:
        self.columns: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._own = session is None
        self._session = session or _session(memory)
        self._scratch = f"{folder or '.'}/.pubkit-{uuid.uuid4().hex}"
        self._paths: dict[str, str] = {}
        self._made = 0

    def __enter__(self) -> Spark:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._delete(self._scratch)
        if self._own:
            self._session.stop()

    @staticmethod
    def quote(name: str) -> str:
        """Return a column's name for a query."""
        return "`" + name.replace("`", "``") + "`"

    def load(self, paths: Sequence[str], format: str | None = None) -> None:  # noqa: A002  # as in pk.read
        """Make the table `input` of files."""
        from pyspark.errors import PySparkException
        from pyspark.sql import functions

        where = ", ".join(paths)
        try:
            found = self._read(paths[0], format)
            for path in paths[1:]:
                found = found.unionByName(self._read(path, format), allowMissingColumns=True)
            check(dict(found.dtypes), where)
            names = inside(found.columns)
            self.columns = {
                names[name]: "string" if name in CONTRACT and kind.startswith("array") else kind
                for name, kind in found.dtypes
            }
            texts = [
                _text(found, name, kind) if name in CONTRACT else found[self.quote(name)].alias(names[name])
                for name, kind in found.dtypes
            ]
            self._shown = outside(names)
            self._keep("input", found.select(functions.monotonically_increasing_id().alias("row"), *texts))
        except PySparkException as error:
            raise ReadError(_first_line(error), hint="check the files", where=where) from error

    def table(self, name: str, query: str) -> None:
        """Make a table of a query."""
        self._keep(name, self._session.sql(query))

    def map(self, name: str, query: str, stage: Stage, schema: pa.Schema) -> None:
        """Make a table of what a stage makes of the parts of a query's rows."""

        def run(parts: Iterable[Part]) -> Iterator[Part]:
            for part in parts:
                if part.num_rows:
                    yield from stage(part).to_batches()

        self._keep(name, self._session.sql(query).mapInArrow(run, _ddl(schema)))

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

        def run(parts: Iterable[Part]) -> Iterator[Part]:
            for part in whole_groups(parts, by):
                yield from stage(part).to_batches()

        rows = self._session.sql(query).repartition(*by).sortWithinPartitions(*by, *order)
        self._keep(name, rows.mapInArrow(run, _ddl(schema)))

    def number(self, name: str, query: str, order: Sequence[str]) -> None:
        """Make a table of a query's rows with their place in an order, from 0, as `pos`.

        Sorting cuts the rows into partitions, in order; a row's place is its partition's beginning and its
        place in it.
        """
        from pyspark.sql import functions

        rows = self._session.sql(query).orderBy(*order)
        self._keep(f"{name}_sorted", rows.withColumn("place", functions.monotonically_increasing_id()))
        counted = self._session.sql(
            f"select shiftright(place, {_PARTITION_BITS}) as part, count(*) as n "
            f"from {name}_sorted group by 1"
        ).collect()
        starts, begin = [], 0
        for part, count in sorted((row.part, row.n) for row in counted):
            starts.append((part, begin))
            begin += count
        firsts = self._session.createDataFrame(starts, "part bigint, begin bigint")
        firsts.createOrReplaceTempView(f"{name}_starts")
        self.table(
            name,
            f"select t.begin + (s.place & {(1 << _PARTITION_BITS) - 1}) as pos, s.* from {name}_sorted s "
            f"join {name}_starts t on t.part = shiftright(s.place, {_PARTITION_BITS})",
        )
        self.drop(f"{name}_sorted")

    def rows(self, query: str) -> Iterator[pa.RecordBatch]:
        """Bring a query's rows here; they must fit into the driver's memory."""
        yield from self._session.sql(query).toArrow().to_batches()

    def drop(self, *names: str) -> None:
        """Forget tables that are no longer needed."""
        for name in names:
            self._session.catalog.dropTempView(name)
            self._delete(self._paths.pop(name))

    def save(self, name: str, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write a table, sorted by `row`, to a folder of files, `_SUCCESS` when it is whole."""
        from pyspark.errors import AnalysisException
        from pyspark.sql import functions

        kind = kind_of(str(path))
        rows = self._session.table(name).orderBy("row").drop("row")
        if kind == "csv":
            for column in ADDED:
                rows = rows.withColumn(column, functions.concat_ws(";", column))
        if name == "output":
            rows = rows.select(
                *(rows[self.quote(column)].alias(said) for column, said in self._shown.items())
            )
        writer = rows.write.mode("overwrite" if force else "errorifexists")
        if str(path).endswith(".gz"):
            writer = writer.option("compression", "gzip")
        if kind == "csv":
            writer = writer.option("header", True).option("escape", '"').option("quoteAll", False)
        try:
            writer.format("json" if kind == "jsonl" else kind).save(str(path))
        except AnalysisException as error:
            if "PATH_ALREADY_EXISTS" not in str(error):
                raise
            raise WriteError(
                "exists already", hint="use --force (force=True) to replace it", where=str(path)
            ) from error

    def _read(self, path: str, format: str | None) -> Any:  # noqa: A002  # as in load
        reader = self._session.read.option("mode", "FAILFAST")
        kind = kind_of(path, format)
        if kind == "csv":
            return reader.option("header", True).option("multiLine", True).option("escape", '"').csv(path)
        return reader.json(path) if kind == "jsonl" else reader.parquet(path)

    def _keep(self, name: str, rows: Any) -> None:
        """Write a table out, and let queries call it by its name."""
        self._made += 1
        path = f"{self._scratch}/{self._made}-{name}"
        rows.write.parquet(path)
        self._session.read.parquet(path).createOrReplaceTempView(name)
        if name in self._paths:
            self._delete(self._paths[name])
        self._paths[name] = path

    def _delete(self, path: str) -> None:
        """Delete a folder wherever it is."""
        jvm, context = self._session._jvm, self._session.sparkContext  # Spark has no other way
        folder = jvm.org.apache.hadoop.fs.Path(path)
        folder.getFileSystem(context._jsc.hadoopConfiguration()).delete(folder, True)  # as above


def _session(memory: int) -> Any:
    """Return the session of `spark-submit`, which says so in the environment, or one on this machine."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise PluginError(
            f"the engine spark needs the package {error.name}", hint="pip install 'pubkit[spark]'"
        ) from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("pubkit dedupe")
    if SparkSession.getActiveSession() is None and "PYSPARK_GATEWAY_PORT" not in os.environ:
        # On one machine: as many tasks as cores, and no web page.
        cores = os.cpu_count() or 1
        for name, value in {
            "spark.master": f"local[{cores}]",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": f"{memory >> 20}m",
            "spark.sql.shuffle.partitions": str(2 * cores),
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }.items():
            builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _ddl(schema: pa.Schema) -> str:
    """Return types in Spark's words."""
    names = {"int64": "bigint", "double": "double", "bool": "boolean", "string": "string"}
    kinds = names | {"list<item: string>": "array<string>", "list<element: string>": "array<string>"}
    return ", ".join(f"`{field.name}` {kinds[str(field.type)]}" for field in schema)


def _text(rows: Any, name: str, kind: str) -> Any:
    """Return a column as text; a list of names as names with "and" between them."""
    from pyspark.sql import functions

    column = rows[Spark.quote(name)]
    found = functions.concat_ws(" and ", column) if kind.startswith("array") else column.cast("string")
    return found.alias(name)


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]
