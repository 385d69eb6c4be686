"""Which row of one side is which row of another: by id, and of several with one id the nearest."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from planner.domain.roadmap import id_key
from planner.sheets.merge.forms import Typed, means_same
from planner.sheets.merge.grid import Located

Pairs = dict[Located, Located]

MOST_COMPARED = 10_000
"""Pairs of rows with one id that are compared; with more of them their order decides."""

MOST_ALIKE = 100
"""So many rows of one title are looked at for one that says the same."""


def pair(left: Sequence[Located], right: Sequence[Located]) -> Pairs:
    """Rows of the left with their counterpart on the right; each row is used once.

    An id that stands once on both sides decides. Of rows that share an id the ones with the fewest different cells
    belong together. Rows without id belong together where they say the same, or bear the same title.
    """
    pairs = _by_id(left, right)
    taken = set(pairs.values())
    groups = _grouped(row for row in right if row not in taken)
    for key, rows in _grouped(row for row in left if row not in pairs).items():
        others = groups.get(key, [])
        pairs |= _nearest(rows, others) if key else by_content(rows, others)
    return pairs


def by_content(left: Sequence[Located], right: Sequence[Located]) -> Pairs:
    """Rows that say the same, then rows with the same title where only one on each side bears it."""
    pairs: Pairs = {}
    by_name: dict[str, list[Located]] = defaultdict(list)
    for row in right:
        by_name[id_key(row.name)].append(row)
    for row in left:
        candidates = by_name[id_key(row.name)]
        alike = next((r for r in candidates[:MOST_ALIKE] if not distance(row, r)), None)
        if alike:
            pairs[row] = alike
            candidates.remove(alike)
    open_left: dict[str, list[Located]] = defaultdict(list)
    for row in left:
        if row not in pairs:
            open_left[id_key(row.name)].append(row)
    for name, rows in open_left.items():
        others = by_name[name]
        if name and len(rows) == len(others) == 1:
            pairs[rows[0]] = others[0]
    return pairs


def distance(one: Located, other: Located) -> int:
    """How many cells differ, among the columns that both have, ids and computed ones aside."""
    return sum(
        not means_same(Typed(one.meant(key), column), Typed(other.meant(key), other.grid.columns[key]))
        for key, column in one.grid.columns.items()
        if key in other.grid.columns and key not in one.grid.keys and not column.is_computed
    )


def _by_id(left: Sequence[Located], right: Sequence[Located]) -> Pairs:
    """Rows whose id stands once on both sides."""
    once_right = _once(right)
    return {row: once_right[key] for key, row in _once(left).items() if key in once_right}


def _once(rows: Sequence[Located]) -> Mapping[str, Located]:
    found: dict[str, list[Located]] = defaultdict(list)
    for row in rows:
        found[id_key(row.row.id)].append(row)
    return {key: same_id[0] for key, same_id in found.items() if key and len(same_id) == 1}


def _grouped(rows: Iterable[Located]) -> Mapping[str, list[Located]]:
    """Rows by the id that was typed, blank where none was."""
    groups: dict[str, list[Located]] = defaultdict(list)
    for row in rows:
        groups[id_key(row.row.typed)].append(row)
    return groups


def _nearest(left: Sequence[Located], right: Sequence[Located]) -> Pairs:
    """Closest first; ties in the order of the rows."""
    if len(left) * len(right) > MOST_COMPARED:
        return dict(zip(left, right, strict=False))
    ranked = sorted((distance(one, other), i, j) for i, one in enumerate(left) for j, other in enumerate(right))
    pairs: Pairs = {}
    taken: set[int] = set()
    for _, i, j in ranked:
        if left[i] not in pairs and j not in taken:
            pairs[left[i]] = right[j]
            taken.add(j)
    return pairs
