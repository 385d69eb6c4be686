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
        ends = draft.header_ends(cell.row)
        if ends is None:
            raise refusals.unsupported(cell, "no headers stand in this row.")
        left, right = ends
        below = [t.ref.top for t in tables if t.ref.top > cell.row and t.ref.left <= right and t.ref.right >= left]
        limit = min(below, default=MAX_ROWS + 1) - 1
    last = draft.last_typed_row(Range(cell.row + 1, left, limit, right))
    return Area(cell.row, left, right, last, limit, table)
