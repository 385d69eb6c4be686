"""The story of a merge: every returned file compared, all wishes weighed together, what is granted as edits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planner.domain.edits import CellEdit, CellValue, NewColumn, NewRow
from planner.domain.merging import Difference, Matter, Merged, OnConflict, Verdict
from planner.domain.roadmap import natural_key
from planner.sheets.columns import all_columns, sheet_names
from planner.sheets.merge.answering import answered
from planner.sheets.merge.comparing import SheetReturned, compare
from planner.sheets.merge.forms import Typed
from planner.sheets.merge.grid import Located, SheetGrid, our_column, rows_of
from planner.sheets.merge.newcomers import add_rows
from planner.sheets.merge.placing import cell_edits, stored
from planner.sheets.merge.settling import brought_back, settle, settle_gone, settle_missing
from planner.sheets.merge.wishes import Compared, Returned, Wish

NAMED = "The row had no id; the one that it was sent out with is written into the sheet."
SPELT_OUT = "The value was typed once for several rows; it is spelt out, for an edit nearby would change its meaning."


def merge(
    ours: Sequence[SheetGrid],
    returned: Sequence[Returned],
    on_conflict: OnConflict = OnConflict.ASK,
    minted: Mapping[str, str] | None = None,
) -> Merged:
    """Bring what was edited in returned files into the master, each file on its own base.

    Parameters
    ----------
    ours
        The tables of the master.
    returned
        The files, in any order: it says nothing, except whose equal edit counts as the one that was made.
    on_conflict
        Whose value a cell gets that master and file have both changed. Files that disagree with each other clash
        also where theirs is to win; a row that the master has deleted and they have edited comes back then.
    minted
        `AddedRow.content` -> `AddedRow.id` of earlier merges: rows without id that were added then.

    Returns
    -------
    Merged
        Every difference once. Where a column is missing in the master, its header is among the edits: merge again
        when they are made, then new rows get their values there, too.
    """
    files = sorted(returned, key=lambda file: (file.who, [grid.file for grid in file.theirs[:1]]))
    compared = [part for file in files for part in _compared(file, ours, minted or {})]
    wishes = [wish for part in compared for wish in part.wishes]
    newcomers = [wish for part in compared for wish in part.newcomers]
    missing = [wish for part in compared for wish in part.missing]
    settled = settle(wishes, on_conflict)
    added = add_rows([*newcomers, *brought_back(settled.gone)], ours, (minted or {}).values())
    edits = _Edits()
    named = list(_named(settled.granted, ours))
    for wish in settled.granted:
        if wish.ours:
            edits.fill(wish.ours, wish.key, wish.theirs)
    for row, key in named:
        edits.fill(row, key, Typed(row.row.id, our_column(row.grid, key)))
    spelt = list(_spelt_out(settled.granted, added.edits, ours))
    for row, key in spelt:
        edits.fill(row, key, Typed(row.meant(key), row.grid.columns[key]))
    for grid, key in added.lacking:
        edits.columns.setdefault((grid, key), {})
    differences = (
        *(difference for part in compared for difference in part.differences),
        *settled.differences,
        *settle_missing(missing, wishes, on_conflict),
        *settle_gone(settled.gone, added.differences),
        *added.differences,
        *(_own(row, key, row.row.id, NAMED) for row, key in named),
        *(_own(row, key, row.meant(key), SPELT_OUT) for row, key in spelt),
    )
    return Merged(
        differences=tuple(sorted(differences, key=_order)),
        edits=(*edits.cells(), *edits.new_columns(), *added.all_edits()),
        added=tuple(added.rows),
    )


@dataclass(frozen=True)
class _Edits:
    """Values for cells of the master; of columns that it lacks, by the table and the column of ours."""

    filled: list[CellEdit] = field(default_factory=list)
    columns: dict[tuple[SheetGrid, str], dict[int, CellValue]] = field(default_factory=dict)

    def fill(self, row: Located, key: str, value: Typed) -> None:
        """Give a cell its value."""
        if key in row.grid.columns:
            self.filled.extend(cell_edits(row, key, value))
        elif value.column:
            self.columns.setdefault((row.grid, key), {})[row.row.number] = stored(value.value, value.column)

    def cells(self) -> list[CellEdit]:
        """In the order of the sheets."""
        return sorted(self.filled, key=lambda edit: (edit.sheet, edit.row, edit.column))

    def new_columns(self) -> list[NewColumn]:
        """In the order of `columns.csv`, the values from the top."""
        made = (
            NewColumn(grid.sheet, grid.header_row, key, dict(sorted(values.items())))
            for (grid, key), values in self.columns.items()
        )
        return sorted(made, key=lambda edit: (edit.sheet, edit.header_row, _column_order(edit.header)))


def _compared(file: Returned, ours: Sequence[SheetGrid], minted: Mapping[str, str]) -> Iterator[Compared]:
    """A file sheet by sheet, then its answers."""
    for kind in sheet_names():
        theirs = [grid for grid in file.theirs if grid.kind == kind]
        base = None if file.base is None else [grid for grid in file.base if grid.kind == kind]
        if theirs:
            mine = [grid for grid in ours if grid.kind == kind]
            yield compare(SheetReturned(file.who, kind, theirs, base, mine), minted)
        elif base and any(grid.rows for grid in base):
            yield Compared([_sheet_missing(file.who, kind)])
    if file.answers:
        yield answered(file.who, file.answers, ours)


def _sheet_missing(who: str, kind: str) -> Difference:
    return Difference(
        sheet=kind,
        key="",
        column="",
        base=None,
        ours=None,
        theirs=None,
        verdict=Verdict.IGNORED,
        reason=f'The sheet "{kind}" did not come back; its rows stay.',
        who=who,
        matter=Matter.MISSING_ROW,
    )


def _named(granted: Sequence[Wish], ours: Sequence[SheetGrid]) -> Iterator[tuple[Located, str]]:
    """Rows whose made-up ids go into the sheet, with the column: an edit would change what is made up anew."""
    touched = {wish.sheet for wish in granted if wish.ours and wish.ours.row.id and not wish.ours.row.typed}
    for row in rows_of([grid for grid in ours if grid.kind in touched and grid.has_ids]):
        if row.row.id and not row.row.typed:
            yield row, row.grid.keys[0]


def _spelt_out(
    granted: Sequence[Wish], new: Sequence[NewRow], ours: Sequence[SheetGrid]
) -> Iterator[tuple[Located, str]]:
    """Blank cells of edited tables that stand for the value above them, where a column is typed once per group."""
    filled = {(wish.ours.row, wish.key) for wish in granted if wish.ours}
    edited = {wish.ours.grid for wish in granted if wish.ours}
    edited |= {grid for grid in ours for row in new if (grid.sheet, grid.header_row) == (row.sheet, row.header_row)}
    for row in rows_of([grid for grid in ours if grid in edited]):
        yield from ((row, key) for key in row.row.grouped if (row.row, key) not in filled)


def _own(row: Located, key: str, value: CellValue, reason: str) -> Difference:
    """What the merge itself writes into the master."""
    return Difference(
        sheet=row.grid.kind,
        key=row.row.id,
        column=key,
        base=None,
        ours=None,
        theirs=value,
        verdict=Verdict.MERGED,
        reason=reason,
        who="",
        ours_cell=row.cell(key),
    )


def _order(difference: Difference) -> tuple[object, ...]:
    """By sheet, row and column, then by who sent it."""
    place = difference.theirs_cell
    return (
        sheet_names().index(difference.sheet) if difference.sheet in sheet_names() else len(sheet_names()),
        natural_key(difference.key),
        (_column_order(difference.column), difference.column),
        difference.who,
        (place.file, place.sheet, place.row, place.column) if place else ("", "", 0, 0),
    )


def _column_order(name: str) -> int:
    """The place of a column in `columns.csv`; those of others behind."""
    return next((index for index, column in enumerate(all_columns()) if column.name == name), len(all_columns()))
