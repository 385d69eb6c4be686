"""Which rows belong together on three sides, and which stand alone: new, repeated, missing, renamed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from planner.domain.roadmap import id_key
from planner.sheets.identifiers import looks_like
from planner.sheets.merge.forms import Typed, same
from planner.sheets.merge.grid import Located
from planner.sheets.merge.pairing import MOST_ALIKE, Pairs, by_content, pair
from planner.sheets.values import text_of


@dataclass(frozen=True)
class Triple:
    """A returned row with what it was when it was sent and what the master has; None where there is no such row."""

    base: Located | None
    ours: Located | None
    theirs: Located
    is_renamed: bool = False

    @property
    def id(self) -> str:
        """What the row is called, in the master first."""
        return next((row.row.id for row in (self.ours, self.base, self.theirs) if row and row.row.id), "")

    @property
    def is_reserved(self) -> bool:
        """Whether the row stands for one that its reader may not see."""
        return self.theirs.is_reserved or (self.base is not None and self.base.is_reserved)


@dataclass(frozen=True)
class Matched:
    """The rows of one returned sheet; `missing` are rows of the base with the master's."""

    triples: tuple[Triple, ...]
    newcomers: tuple[Located, ...]
    repeated: tuple[Located, ...]
    """Their id stands in another row, too."""
    alike: tuple[tuple[Located, Located], ...]
    """Rows without id, with a row that an earlier merge added and that is much like them."""
    missing: tuple[tuple[Located, Located | None], ...]


def match(
    theirs: Sequence[Located],
    base: Sequence[Located],
    ours: Sequence[Located],
    minted: Mapping[str, str],
) -> Matched:
    """Rows of one kind on three sides; `minted` is (content of a row without id -> its id) of earlier merges."""
    to_base, to_ours = pair(theirs, base), pair(base, ours)
    open_theirs = [row for row in theirs if row not in to_base]
    open_ours = _without(ours, to_ours.values())
    known = _known(open_theirs, open_ours, minted)
    left = [row for row in open_theirs if row not in known]
    gone = [row for row in _without(base, to_base.values()) if not row.is_reserved]
    renamed = _renamed(left, gone)
    left = [row for row in left if row not in renamed]
    typed = Counter(id_key(row.row.typed) for row in theirs)
    taken = {id_key(row.row.id) for row in ours}
    repeated = [row for row in left if row.grid.has_ids and _is_taken(row, typed, taken) and not row.is_reserved]
    earlier = set(map(id_key, minted.values()))
    alike = _alike(left, [row for row in open_ours if id_key(row.row.id) in earlier])
    triples = [
        *(Triple(sent, to_ours.get(sent), row) for row, sent in to_base.items()),
        *(Triple(sent, to_ours.get(sent), row, is_renamed=True) for row, sent in renamed.items()),
        *(Triple(None, there, row) for row, there in known.items()),
    ]
    return Matched(
        triples=tuple(sorted(triples, key=lambda triple: triple.theirs.row.number)),
        newcomers=tuple(row for row in left if row not in repeated and row not in alike),
        repeated=tuple(repeated),
        alike=tuple(alike.items()),
        missing=tuple((row, to_ours.get(row)) for row in gone if row not in renamed.values()),
    )


def content_of(row: Located, other: Located | None = None) -> str:
    """What a row says apart from its id, as a short sign that is the same in every run.

    With another row, what it says in the columns that both have.
    """
    said = sorted(
        f"{key}={text_of(row.value(key))}"
        for key, column in row.grid.columns.items()
        if key in row.row.values
        and not column.is_computed
        and not (row.grid.has_ids and key in row.grid.keys)
        and (other is None or key in other.grid.columns)
    )
    return sha256("\n".join((row.grid.kind, *said)).encode()).hexdigest()[:16]


def _without(rows: Iterable[Located], taken: Iterable[Located]) -> list[Located]:
    gone = set(taken)
    return [row for row in rows if row not in gone]


def _is_taken(row: Located, typed: Mapping[str, int], taken: set[str]) -> bool:
    key = id_key(row.row.typed)
    return bool(key) and (typed[key] > 1 or key in taken)


def _known(theirs: Sequence[Located], ours: Sequence[Located], minted: Mapping[str, str]) -> Pairs:
    """Rows that are not in the base and that the master has: of the same id, or without one and added before."""
    named = [row for row in theirs if row.grid.has_ids and row.row.typed]
    known = pair(named, ours)
    by_id = {id_key(row.row.id): row for row in ours}
    by_name: dict[str, list[Located]] = defaultdict(list)
    for row in ours:
        by_name[id_key(row.name)].append(row)
    for row in theirs:
        if row.grid.has_ids and row.row.typed:
            continue
        id = minted.get(content_of(row))
        added = by_id.get(id_key(id)) if id else None
        candidates = by_name[id_key(row.name)][:MOST_ALIKE]
        alike = (other for other in candidates if content_of(row, other) == content_of(other, row))
        found = added or next(alike, None)
        if found:
            known[row] = found
    return known


def says_no_more(row: Located, other: Located) -> bool:
    """Whether every value of a row stands in the other one, too."""
    return all(
        same(Typed(row.value(key), column), Typed(other.meant(key), other.grid.columns[key]))
        for key, column in row.grid.columns.items()
        if key in row.row.values and key in other.grid.columns and not column.is_computed
    )


def _renamed(theirs: Sequence[Located], gone: Sequence[Located]) -> Pairs:
    """Rows whose id is new, with the row of the base that they were: it says the same, or its id looks the same."""
    candidates = [row for row in theirs if row.grid.has_ids and not row.is_reserved]
    renamed = by_content(candidates, gone)
    looks = {looks_like(row.row.typed): row for row in _without(gone, renamed.values()) if row.row.typed}
    for row in candidates:
        if row not in renamed and row.row.typed:
            before = looks.pop(looks_like(row.row.typed), None)
            if before:
                renamed[row] = before
    return renamed


def _alike(theirs: Sequence[Located], ours: Sequence[Located]) -> Pairs:
    """Rows without id that share their title and half of their other values with a row that was added before."""
    by_name = {id_key(row.name): row for row in reversed(ours)}
    pairs = ((row, by_name.get(id_key(row.name))) for row in theirs if row.grid.has_ids and not row.row.typed)
    return {row: other for row, other in pairs if other and _shares_half(row, other)}


def _shares_half(row: Located, other: Located) -> bool:
    said = [
        same(Typed(row.value(key), column), Typed(other.meant(key), other.grid.columns[key]))
        for key, column in row.grid.columns.items()
        if key in row.row.values and key in other.grid.columns and not column.is_computed
    ]
    return bool(said) and 2 * sum(said) >= len(said)
