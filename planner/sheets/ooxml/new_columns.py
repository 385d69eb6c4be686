"""A column right of a table, dressed like its neighbour; the table grows with it."""

from collections.abc import Iterator
from dataclasses import replace

from planner.domain.cells import Cell
from planner.domain.edits import NewColumn
from planner.sheets.guard import MAX_COLUMNS, MAX_ROWS
from planner.sheets.ooxml import refusals
from planner.sheets.ooxml.area import Area, find_area
from planner.sheets.ooxml.book import Book, SheetEntry
from planner.sheets.ooxml.cell_edits import set_cell, sheet_of
from planner.sheets.ooxml.draft import Draft, Growth, Write
from planner.sheets.ooxml.ranges import Range
from planner.sheets.ooxml.styles import GENERAL


def add_column(book: Book, edit: NewColumn) -> Cell:
    """Add a column, and say where its header is.

    Raises
    ------
    Refused
        If there is no room for it, or a column of this name is there.
    """
    start = Cell(book.label, edit.sheet, edit.header_row)
    entry, draft = sheet_of(book, start)
    area = find_area(book, entry, draft, start)
    _check_header(area, edit, start)
    rows = Range(edit.header_row, 1, max(area.last, _bottom(area), *edit.values), 1)
    column = _free_column(book, entry, draft, area, rows, start)
    header = replace(start, column=column)
    if rows.bottom > MAX_ROWS or any(row <= edit.header_row for row in edit.values):
        raise refusals.unsupported(header, "a column has values in the rows below its header only.")
    for row in _body(area):
        _dress(book, draft, row, area.right, column)
    set_cell(book, draft, header, edit.header, draft.style_at(edit.header_row, area.right))
    for row, value in edit.values.items():
        set_cell(book, draft, replace(header, row=row), value, _plain(book, draft.style_at(row, area.right)))
    draft.new_columns.append(column)
    if area.table:
        area.table.add_column(edit.header)
    draft.grow(_one_column_more(area, column))
    return header


def _check_header(area: Area, edit: NewColumn, start: Cell) -> None:
    if not edit.header.strip():
        raise refusals.unsupported(start, "a column needs a header.")
    if area.table and area.table.is_linked:
        raise refusals.unsupported(start, "its table is filled by a query, which decides on its columns.")
    if area.table and edit.header.casefold() in (name.casefold() for name in area.table.columns):
        raise refusals.unsupported(start, f'its table has a column "{edit.header}" already.')


def _bottom(area: Area) -> int:
    """The last row that belongs to the table."""
    return area.table.ref.bottom if area.table else area.last


def _body(area: Area) -> Iterator[int]:
    yield from range(area.header_row + 1, _bottom(area) + 1)


def _free_column(book: Book, entry: SheetEntry, draft: Draft, area: Area, rows: Range, start: Cell) -> int:
    """The column right of a table of Excel's; of a block the first one that is empty beside it."""
    last = area.right + 1 if area.table else MAX_COLUMNS
    for column in range(area.right + 1, last + 1):
        where = replace(rows, left=column, right=column)
        crossed = any(found.meets(where) for found in (*draft.merged, *draft.arrays))
        crossed = crossed or any(table.ref.meets(where) for table in book.tables(entry))
        if column <= MAX_COLUMNS and not crossed and not draft.is_taken_between(where):
            return column
    raise refusals.occupied(replace(start, column=min(area.right + 1, MAX_COLUMNS)), "something right of the table")


def _dress(book: Book, draft: Draft, row: int, neighbour: int, column: int) -> None:
    style = _plain(book, draft.style_at(row, neighbour))
    if style:
        draft.write(row, column, Write(None, style))


def _plain(book: Book, style: int) -> int:
    """The look of a cell without its way of showing numbers."""
    return book.styles.with_number_format(style, GENERAL) if style else style


def _one_column_more(area: Area, column: int) -> Growth:
    """Ranges as wide as the table, in its rows, stay as wide as the table."""

    def grown(found: Range) -> Range:
        covers = (found.left, found.right) == (area.left, area.right) and found.left < found.right
        inside = area.header_row <= found.top and found.bottom <= max(area.limit, area.last)
        return replace(found, right=column) if covers and inside else found

    return grown
