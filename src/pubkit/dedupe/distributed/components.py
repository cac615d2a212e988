"""Connected components by SQL.

Each round is a join and a grouping, and there are about as many rounds as the logarithm of the longest chain
(Kiveris et al., "Connected components in MapReduce and beyond", 2014).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pubkit.dedupe.distributed.executor import Executor


def components(executor: Executor, name: str, edges: str) -> None:
    """Make a table of the components that pairs connect: `pos` and `component`, the lowest of its members.

    Args:
        executor: The engine.
        name: Name of the table.
        edges: A query for the pairs, `one` and `other`.
    """
    now, then = f"{name}_edges", f"{name}_next"
    executor.table(now, f"select distinct greatest(one, other) as a, least(one, other) as b from ({edges}) e "
                        "where one <> other")  # fmt: skip
    before = None
    while True:
        # Large star: each neighbour that is larger than a node is tied to the least neighbour of the node.
        executor.table(
            then,
            f"""
            with ways as (select a, b from {now} union all select b as a, a as b from {now}),
                 low as (select a, least(a, min(b)) as least_b from ways group by a)
            select distinct ways.b as a, low.least_b as b
            from ways join low on ways.a = low.a where ways.b > ways.a
        """,
        )
        # Small star: a node and its smaller neighbours are tied to the least of them.
        executor.table(
            now,
            f"""
            with low as (select a, min(b) as least_b from {then} group by a)
            select distinct a, b from (
                select t.b as a, low.least_b as b from {then} t join low on t.a = low.a
                union all select a, least_b as b from low
            ) tied where a <> b
        """,
        )
        state = next(
            iter(executor.rows(f"select count(*) as n, sum(b) as s, sum(a) as t from {now}"))
        ).to_pylist()
        if state == before:
            break
        before = state
    executor.table(name, f"select a as pos, b as component from {now} "
                         f"union all select distinct b as pos, b as component from {now}")  # fmt: skip
    executor.drop(now, then)
