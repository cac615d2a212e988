"""The stages of `pubkit.dedupe` on parts of a list: Arrow tables in, Arrow tables out.

Each function is the same for every engine and knows none. Columns that end in `_1` and `_2` are those of the
two records of a pair; `one` and `other` are their positions in content order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.block import KINDS, SORTED_LETTERS, block_keys, block_pairs
from pubkit.dedupe.cluster import Cluster, Link, cluster_pairs
from pubkit.dedupe.columns import to_columns
from pubkit.dedupe.compare import compare
from pubkit.dedupe.decide import FORGOTTEN, worth_comparing
from pubkit.dedupe.distributed.packed import (
    COLUMNS,
    LIGHT,
    Frequencies,
    coded,
    codes,
    light,
    pack,
    schema,
    unpack,
)
from pubkit.dedupe.distributed.rows import CONTRACT, to_entry
from pubkit.dedupe.order import said
from pubkit.dedupe.prepare import prepare
from pubkit.dedupe.score import SAME, VERSION, reasons, score

if TYPE_CHECKING:
    import pyarrow as pa

    from pubkit.dedupe.distributed.executor import Part

#: What a row of `cluster` says: who is in which group or work, and which links hold it together.
MEMBER, OF_WORK, LINK, WORK_LINK = range(4)


@dataclass(frozen=True, slots=True)
class Schemas:
    """The types of the tables that the stages return."""

    prepared: pa.Schema
    keys: pa.Schema
    ends: pa.Schema
    word_codes: pa.Schema
    light: pa.Schema
    pairs: pa.Schema
    similar: pa.Schema
    scored: pa.Schema
    reasons: pa.Schema
    clustered: pa.Schema
    answers: pa.Schema


def schemas() -> Schemas:
    """Return the types of the stages' tables."""
    import pyarrow as pa

    whole, text, real, true = pa.int64(), pa.string(), pa.float64(), pa.bool_()

    def of(**columns: pa.DataType) -> pa.Schema:
        return pa.schema(list(columns.items()))

    pair = {"one": whole, "other": whole}
    scored = of(**pair, value=real, relation=whole, guard=whole, reviewed=real, dois=true)
    return Schemas(
        prepared=pa.schema([("row", whole), ("id", text), ("source_title", text), ("said", text), *schema()]),
        keys=of(kind=whole, key=whole, pos=whole),
        ends=of(pos=whole, head=text, tail=text),
        word_codes=of(code=whole),
        light=pa.schema([("pos", whole), ("title", text), *((name, whole) for name in LIGHT[1:])]),
        pairs=of(**pair),
        similar=of(**pair, similarity=real),
        scored=scored,
        reasons=of(**pair, value=real, part=whole, root=whole, version=true, reason=text),
        clustered=of(what=whole, **pair, root=whole, score=real, given=true, version=true),
        answers=of(key=text, other_key=text, same=true),
    )


def prepare_rows(part: Part) -> pa.Table:
    """Prepare rows with the columns of the contracts, and `row`."""
    import pyarrow as pa

    names = [name for name in part.schema.names if name in CONTRACT]
    values = [part.column(name).to_pylist() for name in names]
    entries = [to_entry(dict(zip(names, row, strict=True))) for row in zip(*values, strict=True)]
    packed = pack(to_columns(map(prepare, entries)))
    head = {
        "row": part.column("row"),
        "id": pa.array([entry.key for entry in entries], pa.string()),
        "source_title": pa.array([entry.fields.get("title", "") for entry in entries], pa.string()),
        "said": pa.array([said(entry).hex() for entry in entries], pa.string()),
    }
    return pa.table(head | packed, schema=schemas().prepared)


def word_codes(part: Part) -> pa.Table:
    """Return the stable codes of the words of titles, one row a word of a title."""
    import numpy as np
    import pyarrow as pa

    words = [codes(chunk.flatten()) for chunk in _chunks(part.column("words"))]
    found = np.concatenate(words) if words else np.zeros(0, dtype=np.uint64)
    return pa.table({"code": found.view(np.int64)})


def lighten(part: Part) -> pa.Table:
    """Return what title comparison needs of records."""
    import pyarrow as pa

    return pa.table({"pos": part.column("pos"), "title": part.column("title"), **coded(part)})


def ends(part: Part) -> pa.Table:
    """Return beginning and reversed end of titles, by which records are sorted to find neighbours."""
    import pyarrow as pa

    titles = part.column("title").to_pylist()
    return pa.table(
        {
            "pos": part.column("pos"),
            "head": pa.array([title[:SORTED_LETTERS] for title in titles], pa.string()),
            "tail": pa.array([title[: -SORTED_LETTERS - 1 : -1] for title in titles], pa.string()),
        }
    )


def keys(frequencies: Frequencies, part: Part) -> pa.Table:
    """Return the blocks that records belong to."""
    import numpy as np
    import pyarrow as pa

    from pubkit.dedupe.codes import stable_codes

    columns = unpack([part], frequencies)
    pos = part.column("pos").to_numpy()
    found = [
        (np.full(len(who), number), np.asarray(key).view(np.int64), pos[who])
        for number, (_, who, key) in enumerate(block_keys(columns, stable_codes(columns.texts)))
    ]
    return pa.table(
        dict(zip(("kind", "key", "pos"), map(np.concatenate, zip(*found, strict=True)), strict=True)),
        schema=schemas().keys,
    )


def pairs_of_blocks(part: Part) -> pa.Table:
    """Return the pairs of whole blocks; rows hold `kind`, `key`, `pos`, sorted by all three."""
    import numpy as np
    import pyarrow as pa

    kind, key = part.column("kind").to_numpy(), part.column("key").to_numpy()
    start = np.r_[True, (kind[1:] != kind[:-1]) | (key[1:] != key[:-1])] if len(key) else []
    most = np.array(list(KINDS.values()))[kind]
    found = list(block_pairs(part.column("pos").to_numpy(), np.cumsum(start), most))
    none = np.zeros(0, dtype=np.int64)
    one, other = map(np.concatenate, zip(*found, strict=True)) if found else (none, none)
    return pa.table({"one": one, "other": other})


def similar(part: Part) -> pa.Table:
    """Return the pairs whose titles or identifiers are like enough to look at the rest."""
    import numpy as np
    import pyarrow as pa

    count = part.num_rows
    columns = light([_side(part, LIGHT, 1), _side(part, LIGHT, 2)])
    here = np.arange(count)
    kept, _, title = worth_comparing(columns, here, here + count)
    one, other = part.column("one").to_numpy(), part.column("other").to_numpy()
    return pa.table({"one": one[kept], "other": other[kept], "similarity": title})


def scored(frequencies: Frequencies, part: Part, *, forget: bool = True) -> pa.Table:
    """Score pairs; rows hold both records and, in `similarity`, how alike the titles are.

    Args:
        frequencies: How rare words are.
        part: The pairs.
        forget: Leave out pairs that cannot matter.
    """
    import numpy as np
    import pyarrow as pa

    columns, here, there = _pairs(frequencies, part)
    seen = compare(columns, here, there, part.column("similarity").to_numpy())
    found = score(columns, here, there, seen)
    keep = np.flatnonzero((found.reviewed >= FORGOTTEN) | (not forget))
    return pa.table(
        {
            "one": part.column("one").to_numpy()[keep],
            "other": part.column("other").to_numpy()[keep],
            "value": found.value[keep],
            "relation": found.relation[keep],
            "guard": found.guard[keep],
            "reviewed": found.reviewed[keep],
            "dois": (seen.ids["DOI"] == 0)[keep],
        },
        schema=schemas().scored,
    )


def explained(frequencies: Frequencies, part: Part) -> pa.Table:
    """Say in words why pairs are judged as they are."""
    import pyarrow as pa

    columns, here, there = _pairs(frequencies, part)
    seen = compare(columns, here, there)
    told = reasons(columns, here, there, seen, score(columns, here, there, seen))
    kept = {name: part.column(name) for name in schemas().reasons.names[:-1]}
    return pa.table({**kept, "reason": pa.array(told, pa.string())})


def answers(given: Sequence[tuple[str, str, bool]], part: Part) -> pa.Table:
    """Return answers about pairs of ids as a table, for one row of any other table."""
    import pyarrow as pa

    known = [answer for answer in given if answer[0] and answer[1]] if part.num_rows else []
    columns = map(list, zip(*known, strict=True)) if known else ([], [], [])
    return pa.table(dict(zip(schemas().answers.names, columns, strict=True)), schema=schemas().answers)


def clustered(threshold: float, works: bool, part: Part) -> pa.Table:
    """Cluster whole components.

    Args:
        threshold: How sure a merge must be, 0 to 1.
        works: Whether versions of one work are merged too.
        part: Scored pairs with `given`, which is true where the two belong together from the start; all of
            a component.

    Returns:
        For each record in a group (`MEMBER`) or work (`OF_WORK`) its lowest member as `root`, and the links
        that hold groups (`LINK`) and works (`WORK_LINK`) together.
    """
    import numpy as np
    import pyarrow as pa

    one, other = part.column("one").to_numpy(), part.column("other").to_numpy()
    given = part.column("given").to_numpy(zero_copy_only=False)
    value, relation = part.column("value").to_numpy(), part.column("relation").to_numpy()
    positions, numbers = np.unique(np.r_[one, other], return_inverse=True)
    left, right = numbers[: len(one)], numbers[len(one) :]
    pair = ~given
    known = left[pair], right[pair]
    worth = value[pair] if works else value[pair] * (relation[pair] == SAME)
    # One row a record and the first one of those that say the same.
    same: dict[int, list[int]] = {}
    for first, member in zip(left[given].tolist(), right[given].tolist(), strict=True):
        same.setdefault(first, [first]).append(member)
    united = [sorted(members) for members in same.values()]
    groups = cluster_pairs(len(positions), *known, worth, worth >= threshold, together=united)
    versions = (relation[pair] == VERSION) & (value[pair] >= threshold)
    wider = cluster_pairs(
        len(positions), *known, value[pair], versions, together=[group.members for group in groups]
    )
    relations = dict(
        zip(zip(*(at.tolist() for at in known), strict=True), relation[pair].tolist(), strict=True)
    )
    home = {member: group.members[0] for group in groups for member in group.members}
    rows: list[tuple[int, int, int, int, float, bool, bool]] = []
    at = positions.tolist()

    def tell(what: int, cluster: Cluster, links: Sequence[Link]) -> None:
        root = at[cluster.members[0]]
        version = any(relations.get((link.one, link.other)) == VERSION for link in links)
        for member in cluster.members:
            rows.append((what, at[member], at[member], root, 1.0, False, version))
        for link in links:
            one, other = sorted((at[link.one], at[link.other]))
            is_version = relations.get((link.one, link.other)) == VERSION
            rows.append((what + LINK, one, other, root, link.score, link.given, is_version))

    for group in groups:
        tell(MEMBER, group, group.links)
    for work in wider:
        links = [
            link for link in work.links if home.get(link.one, link.one) != home.get(link.other, link.other)
        ]
        if links:
            tell(OF_WORK, work, links)
    columns = map(list, zip(*rows, strict=True)) if rows else [[] for _ in schemas().clustered]
    return pa.table(dict(zip(schemas().clustered.names, columns, strict=True)), schema=schemas().clustered)


def _pairs(frequencies: Frequencies, part: Part) -> tuple[Any, Any, Any]:
    """Return the records of pairs as columns, and the positions of the pairs in them."""
    import numpy as np

    names = (*COLUMNS, "often")
    columns = unpack([_side(part, names, 1), _side(part, names, 2)], frequencies)
    here = np.arange(part.num_rows)
    return columns, here, here + part.num_rows


def _side(part: Part, names: Sequence[str], side: int) -> Part:
    """Return one record of each pair, its columns under their own names."""
    return part.select([f"{name}_{side}" for name in names]).rename_columns(list(names))


def _chunks(column: Any) -> list[Any]:
    return list(column.chunks) if hasattr(column, "chunks") else [column]
