"""New rows of all files together: which are one and the same, and which id the others get."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planner.domain.edits import CellValue, Edit, NewRow, OwnSheet
from planner.domain.merging import AddedRow, Difference, Verdict
from planner.domain.roadmap import id_key
from planner.sheets.columns import columns_of
from planner.sheets.identifiers import abbreviate, looks_like
from planner.sheets.merge.grid import Located, SheetGrid
from planner.sheets.merge.matching import content_of
from planner.sheets.merge.placing import row_values
from planner.sheets.merge.wishes import RowWish
from planner.sheets.naming import ID_AND_NAME
from planner.sheets.values import split_list, text_of

DISMISSED = "Dismissed"
"""The sheet of ours that answers may add to a master."""


@dataclass(frozen=True)
class Added:
    """What became of new rows; `lacking` are (table of the master, column of ours that a new row fills) not in it.

    `dismissals` are rows for a sheet that the master does not have yet.
    """

    differences: list[Difference] = field(default_factory=list)
    edits: list[NewRow] = field(default_factory=list)
    rows: list[AddedRow] = field(default_factory=list)
    lacking: list[tuple[SheetGrid, str]] = field(default_factory=list)
    dismissals: list[tuple[CellValue, ...]] = field(default_factory=list)

    def all_edits(self) -> Iterator[Edit]:
        """New rows, and the sheet of dismissals where there are the first ones."""
        yield from self.edits
        if self.dismissals:
            header = tuple(column.name for column in columns_of(DISMISSED))
            yield OwnSheet(DISMISSED, (header, *self.dismissals), (14, 40, 20, 12))


def add_rows(newcomers: Sequence[RowWish], ours: Sequence[SheetGrid], reserved_ids: Iterable[str]) -> Added:
    """Rows that the master does not have; `reserved_ids` were given to others before.

    The same row of several files, or typed twice, is added once. Rows that share an id and say different things
    clash. Ids are given in the order of what the rows say, whoever sent them.
    """
    added = Added()
    used = {id_key(row.id) for grid in ours for row in grid.rows} | {*map(id_key, reserved_ids)}
    used |= {id_key(wish.theirs.row.typed) for wish in newcomers if wish.theirs}
    for rows in _groups(newcomers):
        _add(rows, ours, used, added)
    return added


def _groups(newcomers: Sequence[RowWish]) -> Iterator[list[tuple[Located, RowWish]]]:
    """New rows that are one: of the same id, or without id and with the same content; in the order of both."""
    groups: dict[tuple[str, str, str], list[tuple[Located, RowWish]]] = defaultdict(list)
    for wish in newcomers:
        if wish.theirs:
            grid, typed = wish.theirs.grid, id_key(wish.theirs.row.typed)
            content = "" if grid.has_ids and typed else content_of(wish.theirs)
            groups[grid.kind, typed, content].append((wish.theirs, wish))
    yield from (groups[key] for key in sorted(groups))


def _add(rows: Sequence[tuple[Located, RowWish]], ours: Sequence[SheetGrid], used: set[str], added: Added) -> None:
    first, wish = rows[0]
    target = _target(first, ours)
    reason = _not_added(first, target)
    if reason:
        added.differences.extend(other.difference(*reason) for _, other in rows)
        return
    if len({content_of(row) for row, _ in rows}) > 1:
        added.differences.extend(_clashes(rows))
        return
    id = first.row.typed
    if target is None:
        added.dismissals.append(tuple(first.value(column.name) for column in columns_of(DISMISSED)))
    else:
        id = id or _minted(first, target, used)
        added.edits.append(NewRow(target.sheet, target.header_row, row_values(target, first, id)))
        added.lacking.extend((target, key) for key in _lacking(first, target))
    if first.grid.has_ids:
        added.rows.append(AddedRow(first.grid.kind, id, wish.who, content_of(first)))
    added.differences.append(wish.difference(Verdict.MERGED, _reason(wish, first, id, ours), id=id))
    added.differences.extend(
        other.difference(Verdict.MERGED, f'It is the same row as "{id}", which is added once.', True, id)
        for _, other in rows[1:]
    )


def _target(row: Located, ours: Sequence[SheetGrid]) -> SheetGrid | None:
    """The table of the master that the row goes to: that of the same sheet, else the first of its kind."""
    alike = [grid for grid in ours if grid.kind == row.grid.kind]
    return next((grid for grid in alike if grid.sheet == row.grid.sheet), alike[0] if alike else None)


def _not_added(row: Located, target: SheetGrid | None) -> tuple[Verdict, str] | None:
    """Why a row stays outside."""
    kind, key = row.grid.kind, row.grid.keys[0]
    if target is None and kind != DISMISSED:
        text = f'The master has no sheet "{kind}"; add one with these headers and merge again.'
        return Verdict.PROPOSED, text
    can_mint = len(ID_AND_NAME.get(kind, ())) > 1
    if not row.row.typed and not (can_mint and row.name):
        return Verdict.IGNORED, f'The row has no "{key}", so nobody can tell what it is.'
    return None


def _clashes(rows: Sequence[tuple[Located, RowWish]]) -> Iterator[Difference]:
    for row, wish in rows:
        others = sorted({other.who for there, other in rows if content_of(there) != content_of(row)})
        text = f'{", ".join(others)} also added "{row.row.typed}", with other values; give one of them another id.'
        yield wish.difference(Verdict.CLASH, text)


def _minted(row: Located, target: SheetGrid, used: set[str]) -> str:
    """A free id such as PAY-new-3, after the team or else the master's file; from now on it is used."""
    owner = next(iter(split_list(text_of(row.value("Team")))), "") if row.grid.kind == "Tasks" else ""
    start = abbreviate(owner or target.file.rpartition(".")[0] or target.file)
    number = 1
    while id_key(f"{start}-new-{number}") in used:
        number += 1
    minted = f"{start}-new-{number}"
    used.add(id_key(minted))
    return minted


def _lacking(row: Located, target: SheetGrid) -> Iterator[str]:
    """Columns of ours that the row fills and the master does not have."""
    for key, column in row.grid.columns.items():
        if column.column and key not in target.columns and (key in row.row.values or key in target.keys):
            yield key


def _reason(wish: RowWish, row: Located, id: str, ours: Sequence[SheetGrid]) -> str:
    if wish.comes_back:
        return f'"{id}", which the master had deleted, comes back.'
    if not row.row.typed:
        return f'A new row without id; it is called "{id}" from now on.'
    known = _looks(ours, row.grid.kind).get(looks_like(id))
    return f'A new row; "{id}" looks like "{known}" and is not the same.' if known else "A new row."


def _looks(ours: Sequence[SheetGrid], kind: str) -> Mapping[str, str]:
    """What ids look like -> the id."""
    return {looks_like(row.id): row.id for grid in ours if grid.kind == kind for row in grid.rows if row.id}
