"""A row behind the last one of a table, dressed like it; the table and its rules grow with it."""

from dataclasses import replace

from planner.domain.cells import Cell
from planner.domain.edits import NewRow
from planner.sheets.guard import MAX_ROWS
from planner.sheets.ooxml import refusals
from planner.sheets.ooxml.area import Area, find_area
from planner.sheets.ooxml.book import Book, SheetEntry
from planner.sheets.ooxml.cell_edits import check_free, set_cell, sheet_of
from planner.sheets.ooxml.draft import Draft, Growth, Write
from planner.sheets.ooxml.formula_cells import formula_of
from planner.sheets.ooxml.ranges import Range
from planner.sheets.ooxml.references import precedents
from planner.sheets.ooxml.refusals import Refused


def add_row(book: Book, edit: NewRow) -> Cell:
    """Add a row, and say where its first cell is; values that meet a formula are refused one by one.

    Raises
    ------
    Refused
        If there is no room for it.
    """
    header = Cell(book.label, edit.sheet, edit.header_row, min(edit.values, default=1))
    entry, draft = sheet_of(book, header)
    area = find_area(book, entry, draft, header)
    row = area.last + 1
    first = replace(header, row=row, column=min(edit.values, default=area.left))
    _check_room(book, entry, draft, area, first)
    if area.table and row > area.table.data.bottom:
        area.table.add_row()
    _dress(draft, area, row)
    draft.hide(row, hidden=False)
    for column, value in sorted(edit.values.items()):
        cell = replace(first, column=column)
        try:
            _check_cell(book, entry, draft, area, cell)
            set_cell(book, draft, cell, value, draft.style_at(row, column))
        except Refused as error:
            book.refused.append(error.refusal)
    draft.grow(_one_row_more(area))
    return first


def _check_room(book: Book, entry: SheetEntry, draft: Draft, area: Area, first: Cell) -> None:
    row = first.row
    if row > MAX_ROWS:
        raise refusals.outside(first)
    if area.table is None and row > area.limit:
        raise refusals.occupied(first, "another table")
    body = Range(row, area.left, row, area.right)
    for where in draft.merged:
        if where.meets(body):
            raise refusals.merged(first, where)
    if area.table is None:
        _check_no_totals(draft, area, first)
    elif row > area.table.data.bottom:
        _check_below(book, entry, draft, area.table.ref, first)


def _check_below(book: Book, entry: SheetEntry, draft: Draft, table: Range, first: Cell) -> None:
    """Nothing stands right under a table that has to grow."""
    row = first.row
    if row <= table.bottom:
        raise refusals.totals(first)
    below = Range(row, table.left, row, table.right)
    if any(other.ref.meets(below) for other in book.tables(entry)):
        raise refusals.occupied(first, "another table")
    if any(draft.is_taken(row, column) for column in range(table.left, table.right + 1)):
        raise refusals.occupied(first, "something below the table")


def _check_no_totals(draft: Draft, area: Area, first: Cell) -> None:
    """The row is none that sums up the rows above, and neither is the last one."""
    for row in (area.last, first.row):
        for span in draft.cells(row) if row > area.header_row else ():
            formula = formula_of(span)
            if formula and any(
                _is_above(found.cells, row, span.column) for found in precedents(formula.text).references
            ):
                raise refusals.totals(replace(first, row=row, column=span.column))


def _is_above(cells: Range, row: int, column: int) -> bool:
    """Whether a range is some rows of the same column, right above."""
    return cells.left == cells.right == column and cells.top < cells.bottom == row - 1


def _check_cell(book: Book, entry: SheetEntry, draft: Draft, area: Area, cell: Cell) -> None:
    if area.table and area.table.column_formula(cell.column):
        raise refusals.formula(cell)
    check_free(book, entry, draft, cell)


def _dress(draft: Draft, area: Area, row: int) -> None:
    """The look of the last row, and the formulas that every row of the table has."""
    if area.last > area.header_row:
        draft.dressed[row] = draft.dressed.get(area.last, area.last)
    where = Range(row, area.left, row, area.right)
    columns = {*draft.columns_with_style(area.last, where), *draft.columns_with_style(row, where)}
    for column in sorted(columns.union(area.table.columns_with_formula() if area.table else ())):
        if draft.cell(row, column):
            continue
        above = draft.style_at(area.last, column) if area.last > area.header_row else 0
        style = above or draft.style_at(row, column)
        formula = area.table.column_formula(column) if area.table else ""
        if style or formula:
            draft.write(row, column, Write(None, style, _per_row(formula)))


def _per_row(formula: str) -> str:
    """A formula that names columns only means the same in every row; one that names cells would not."""
    return "" if precedents(formula).references else formula


def _one_row_more(area: Area) -> Growth:
    """Ranges that end with the last row end with the new one; those of a single row among several do not."""

    def grown(found: Range) -> Range:
        ends_here = found.bottom == area.last and found.top >= area.header_row
        covers = found.top < area.last or area.last == area.header_row + 1
        return replace(found, bottom=area.last + 1) if ends_here and covers else found

    return grown
