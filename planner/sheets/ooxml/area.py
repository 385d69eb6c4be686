"""The table under a header row: a table of Excel's, or the block of cells that people call one."""

from dataclasses import dataclass

from planner.domain.cells import Cell
from planner.sheets.guard import MAX_ROWS
from planner.sheets.ooxml import refusals
from planner.sheets.ooxml.book import Book, SheetEntry
from planner.sheets.ooxml.draft import Draft
from planner.sheets.ooxml.ranges import Range
from planner.sheets.ooxml.tables import Table


@dataclass(frozen=True, slots=True)
class Area:
    """Headers in `header_row` from column `left` to `right`; `last` is the last row with a typed value.

    `limit` is the row above the next table that stands below in these columns.
    """

    header_row: int
    left: int
    right: int
    last: int
    limit: int
    table: Table | None


def find_area(book: Book, entry: SheetEntry, draft: Draft, cell: Cell) -> Area:
    """The table whose headers stand in the row of a cell, in its column where several stand side by side.

    Raises
    ------
    Refused
        If nothing stands in that row.
    """
    tables = book.tables(entry)
    here = [table for table in tables if table.has_header and table.ref.top == cell.row]
    here.sort(key=lambda table: not table.ref.left <= cell.column <= table.ref.right)
    if here:
        table = here[0]
        left, right, limit = table.ref.left, table.ref.right, table.data.bottom
    else:
        table = None
        left, right = _header(draft, cell)
        below = [t.ref.top for t in tables if t.ref.top > cell.row and t.ref.left <= right and t.ref.right >= left]
        limit = min(below, default=MAX_ROWS + 1) - 1
    last = _last_row(draft, Range(cell.row + 1, left, limit, right))
    return Area(cell.row, left, right, last, limit, table)


def _header(draft: Draft, cell: Cell) -> tuple[int, int]:
    """First and last column with a header."""
    taken = [found.column for found in draft.cells(cell.row) if draft.is_taken(cell.row, found.column)]
    taken += [column for column in draft.writes.get(cell.row, {}) if draft.is_taken(cell.row, column)]
    if not taken:
        raise refusals.unsupported(cell, "no headers stand in this row.")
    return min(taken), max(taken)


def _last_row(draft: Draft, body: Range) -> int:
    """The last row of the body in which somebody typed a value, else the one above it."""
    pending = max(
        (
            row
            for row, cells in draft.writes.items()
            for column, write in cells.items()
            if write.value is not None and (row, column) in body
        ),
        default=body.top - 1,
    )
    for row in draft.rows_with_values_up(body.bottom):
        if row <= pending:
            break
        if any(body.left <= cell.column <= body.right and draft.sheet.has_value(cell) for cell in draft.cells(row)):
            return row
    return pending
