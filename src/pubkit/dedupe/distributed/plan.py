"""The stages in order, over tables: written once, carried out by an `Executor`.

In process the same stages run over arrays (`pubkit.dedupe.run`); both call the same functions, and give the
same groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.answers import Answer
from pubkit.dedupe.block import NEIGHBOURS
from pubkit.dedupe.decide import COMPLETE, REVIEW, THRESHOLD
from pubkit.dedupe.distributed import merging, reporting, stages
from pubkit.dedupe.distributed.components import components
from pubkit.dedupe.distributed.packed import COLUMNS, LIGHT, Frequencies
from pubkit.dedupe.distributed.rows import CONTRACT
from pubkit.dedupe.distributed.stages import LINK, MEMBER, OF_WORK, WORK_LINK
from pubkit.dedupe.score import OTHER_ID

if TYPE_CHECKING:
    from pubkit.dedupe.distributed.executor import Executor

#: What `progress` is called with, in order.
STAGES = (
    *("reading", "preparing", "blocking", "comparing", "scoring", "clustering"),
    *("explaining", "merging", "writing"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user decides.

    Attributes:
        threshold: How sure a merge must be, 0 to 1.
        review: From where on a pair is listed for review, 0 to 1.
        works: Whether versions of one work are merged too.
        answers: What a person said about pairs; rows are known by their ids.
    """

    threshold: float = THRESHOLD
    review: float = REVIEW
    works: bool = False
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there was to do.

    Attributes:
        records: How many records.
        compared: How many pairs blocking brought together.
        scored: How many of them were compared in all fields.
    """

    records: int
    compared: int
    scored: int


def find(
    executor: Executor, settings: Settings, progress: Callable[[str], None] = lambda stage: None
) -> Counts:
    """Find the duplicates of the table `input`, and make the tables `output` and `report`.

    Args:
        executor: The engine; it holds `input`, with `row` and columns of the contracts.
        settings: What the user decided.
        progress: Called with the name of each stage as it starts.
    """
    progress("preparing")
    _prepare(executor)
    frequencies = _frequencies(executor)
    progress("blocking")
    _block(executor, frequencies)
    progress("comparing")
    executor.map("alike", _light_pairs(executor, "pairs"), stages.similar, stages.schemas().similar)
    progress("scoring")
    _score(executor, frequencies, settings)
    _answer(executor, settings)
    progress("clustering")
    _cluster(executor, settings)
    progress("explaining")
    _explain(executor, frequencies, settings)
    progress("merging")
    merging.merge(executor)
    reporting.report(executor)
    return Counts(_count(executor, "records"), _count(executor, "pairs"), _count(executor, "alike"))


def _prepare(executor: Executor) -> None:
    """Make `records`: what is compared, with each record's position in content order as `pos`."""
    known = [name for name in executor.columns if name in CONTRACT]
    executor.map(
        "prepared", f"select row, {_names(executor, known)} from input", stages.prepare_rows,
        stages.schemas().prepared,
    )  # fmt: skip
    executor.number(
        "positions", "select row, id, source_title, said from prepared", ["source_title", "id", "said", "row"]
    )
    packed = _names(executor, COLUMNS, "p")
    executor.table(
        "records",
        f"""
        select n.pos, p.row, p.id, p.said, t.often, {packed}
        from prepared p join positions n on p.row = n.row
        join (select again, count(*) as often from prepared group by again) t on p.again = t.again
    """,
    )
    executor.drop("prepared", "positions")
    executor.map(
        "light",
        f"select pos, {_names(executor, COLUMNS)} from records",
        stages.lighten,
        stages.schemas().light,
    )


def _frequencies(executor: Executor) -> Frequencies:
    """Count in how many distinct titles each word stands, however many records have a title."""
    import numpy as np

    executor.map("title_words", """
        select r.words from records r
        join (select min(pos) as pos from records group by compact) f on r.pos = f.pos
    """, stages.word_codes, stages.schemas().word_codes)  # fmt: skip
    parts = list(
        executor.rows("select code, count(*) as n from title_words group by code having count(*) > 1")
    )
    executor.drop("title_words")
    codes = np.concatenate([np.zeros(0, np.int64), *(part.column("code").to_numpy() for part in parts)])
    counts = np.concatenate([np.zeros(0, np.int64), *(part.column("n").to_numpy() for part in parts)])
    order = np.argsort(codes.view(np.uint64))
    titles = _value(executor, "select count(distinct compact) as n from records")
    return Frequencies(codes.view(np.uint64)[order], counts[order], titles)


def _block(executor: Executor, frequencies: Frequencies) -> None:
    """Make `pairs`: those of records that share a block or are neighbours in the order of titles."""
    executor.map(
        "keys", f"select pos, often, {_names(executor, COLUMNS)} from records",
        partial(stages.keys, frequencies), stages.schemas().keys,
    )  # fmt: skip
    executor.map_groups(
        "block_pairs", "select kind, key, pos from keys", stages.pairs_of_blocks, stages.schemas().pairs,
        by=("kind", "key"), order=("pos",),
    )  # fmt: skip
    executor.map(
        "ends", "select pos, title from records where title <> ''", stages.ends, stages.schemas().ends
    )
    found = ["select one, other from block_pairs"]
    for end in ("head", "tail"):
        executor.number(f"{end}s", f"select pos as who, {end} from ends", [end, "who"])
        found += [
            f"select least(a.who, b.who) as one, greatest(a.who, b.who) as other "
            f"from {end}s a join {end}s b on b.pos = a.pos + {distance}"
            for distance in range(1, NEIGHBOURS + 1)
        ]
    executor.table("pairs", f"select distinct one, other from ({' union all '.join(found)}) p")
    executor.drop("keys", "block_pairs", "ends", "heads", "tails")


def _score(executor: Executor, frequencies: Frequencies, settings: Settings) -> None:
    """Make `judged`: the scored pairs, those within groups complete."""
    kinds = stages.schemas()
    executor.map(
        "scored",
        _full_pairs(executor, "alike", ("similarity",)),
        partial(stages.scored, frequencies),
        kinds.scored,
    )
    components(executor, "near", f"select one, other from scored where value >= {settings.threshold!r}")
    executor.table(
        "missing",
        f"""
        with sizes as (select component, count(*) as size from near group by component),
             few as (select near.pos, near.component from near join sizes on near.component = sizes.component
                     where sizes.size between 3 and {COMPLETE})
        select a.pos as one, b.pos as other
        from few a join few b on a.component = b.component and a.pos < b.pos
        left join scored s on s.one = a.pos and s.other = b.pos where s.one is null
    """,
    )
    executor.map("alike_too", _light_pairs(executor, "missing"), stages.similar, kinds.similar)
    executor.map(
        "scored_too", _full_pairs(executor, "alike_too", ("similarity",)),
        partial(stages.scored, frequencies, forget=False), kinds.scored,
    )  # fmt: skip
    executor.table("judged", "select * from scored union all select * from scored_too")
    executor.drop("scored", "scored_too", "alike_too", "missing", "near")


def _answer(executor: Executor, settings: Settings) -> None:
    """Make `answered`: pairs that a person united or told apart; in `judged`, the latter agree in nothing."""
    executor.map(
        "answers", "select count(*) as n from records",
        partial(stages.answers, [(*answer.keys, answer.same) for answer in settings.answers]),
        stages.schemas().answers,
    )  # fmt: skip
    executor.table(
        "answered",
        """
        select distinct least(a.pos, b.pos) as one, greatest(a.pos, b.pos) as other, s.same
        from answers s join records a on a.id = s.key join records b on b.id = s.other_key
        where a.pos <> b.pos
    """,
    )
    executor.table(
        "judged_too",
        """
        select j.* from judged j left join answered n on n.one = j.one and n.other = j.other and not n.same
        where n.one is null
        union all
        select one, other, cast(0.0 as double), cast(0 as bigint), cast(0 as bigint), cast(0.0 as double),
               false
        from answered where not same
    """,
    )
    executor.table("judged", "select * from judged_too")
    executor.drop("answers", "judged_too")


def _cluster(executor: Executor, settings: Settings) -> None:
    """Make `clustered`: groups and works, and the links that hold them together."""
    executor.table(
        "given",
        """
        select f.one, r.pos as other from records r
        join (select said, min(pos) as one from records group by said having count(*) > 1) f
        on r.said = f.said
        where r.pos <> f.one
        union all
        select one, other from answered where same
    """,
    )
    components(executor, "tied", f"select one, other from judged where value >= {settings.threshold!r} "
                                 "union all select one, other from given")  # fmt: skip
    known = """
        select a.component, j.one, j.other, j.value, j.relation, false as given
        from judged j join tied a on a.pos = j.one join tied b on b.pos = j.other
        where a.component = b.component
        union all
        select a.component, g.one, g.other, cast(1.0 as double), cast(0 as bigint), true
        from given g join tied a on a.pos = g.one
    """
    executor.map_groups(
        "clustered", known, partial(stages.clustered, settings.threshold, settings.works),
        stages.schemas().clustered, by=("component",), order=("one", "other", "given"),
    )  # fmt: skip
    executor.table("homes", f"select one as pos, root, version from clustered where what = {MEMBER}")
    executor.table("of_work", f"select one as pos, root from clustered where what = {OF_WORK}")
    executor.drop("tied", "given", "answered")


def _explain(executor: Executor, frequencies: Frequencies, settings: Settings) -> None:
    """Make `told`: why pairs are linked, and which pairs a person should look at."""
    executor.table(
        "doubts",
        f"""
        with homed as (
            select j.one, j.other, j.value, j.guard, j.reviewed, j.dois,
                   coalesce(a.root, j.one) as home, coalesce(b.root, j.other) as other_home,
                   c.root as work, d.root as other_work
            from judged j
            left join homes a on a.pos = j.one left join homes b on b.pos = j.other
            left join of_work c on c.pos = j.one left join of_work d on d.pos = j.other
            where (j.guard = 0 and j.value >= {settings.review!r})
               or (j.guard = {OTHER_ID} and j.dois and j.reviewed >= {settings.threshold!r})
        )
        select one, other, case when guard = 0 then value else reviewed end as value
        from homed where home <> other_home and (work is null or other_work is null or work <> other_work)
    """,
    )
    executor.table(
        "to_tell",
        f"""
        select one, other, score as value, what as part, root, version
        from clustered where what in ({LINK}, {WORK_LINK}) and not given
        union all
        select one, other, value, cast({reporting.DOUBT} as bigint), one, false from doubts
    """,
    )
    executor.map(
        "explained", _full_pairs(executor, "to_tell", ("value", "part", "root", "version")),
        partial(stages.explained, frequencies), stages.schemas().reasons,
    )  # fmt: skip
    executor.table(
        "told",
        f"""
        select one, other, value, part, root, reason from explained
        union all
        select c.one, c.other, c.score as value, c.what as part, c.root,
               case when a.said = b.said then 'identical entries' else 'answered: the same' end as reason
        from clustered c join records a on a.pos = c.one join records b on b.pos = c.other
        where c.what in ({LINK}, {WORK_LINK}) and c.given
    """,
    )
    executor.drop("doubts", "to_tell", "explained", "judged", "clustered")


# -- queries -------------------------------------------------------------------------------------------------


def _names(executor: Executor, names: Iterable[str], table: str = "") -> str:
    """Return the names of columns for a query."""
    prefix = f"{table}." if table else ""
    return ", ".join(f"{prefix}{executor.quote(name)}" for name in names)


def _both(executor: Executor, names: Iterable[str]) -> str:
    """Return the columns of both records of a pair, `_1` and `_2` behind their names."""
    return ", ".join(
        f"{table}.{executor.quote(name)} as {executor.quote(f'{name}_{side}')}"
        for name in names
        for side, table in ((1, "a"), (2, "b"))
    )


def _light_pairs(executor: Executor, pairs: str) -> str:
    return (
        f"select p.one, p.other, {_both(executor, LIGHT)} "
        f"from {pairs} p join light a on a.pos = p.one join light b on b.pos = p.other"
    )


def _full_pairs(executor: Executor, pairs: str, also: Iterable[str]) -> str:
    return (
        f"select p.one, p.other, {_names(executor, also, 'p')}, {_both(executor, (*COLUMNS, 'often'))} "
        f"from {pairs} p join records a on a.pos = p.one join records b on b.pos = p.other"
    )


def _value(executor: Executor, query: str) -> Any:
    """Return the one number that a query finds."""
    return next(iter(executor.rows(query))).column(0)[0].as_py()


def _count(executor: Executor, table: str) -> int:
    return int(_value(executor, f"select count(*) as n from {table}"))
