"""A value into one cell, unless a formula, a merged range or a totals row is in the way."""

from datetime import date, datetime, time

from planner.domain.cells import Cell
from planner.domain.edits import CellEdit, CellValue, HiddenRow
from planner.sheets.guard import MAX_COLUMNS, MAX_ROWS
from planner.sheets.ooxml import refusals
from planner.sheets.ooxml.book import Book, SheetEntry
from planner.sheets.ooxml.cell_values import LONGEST, agrees, held, is_storable, stored
from planner.sheets.ooxml.draft import Draft, Write


def edit_cell(book: Book, edit: CellEdit) -> Cell:
    """Set a cell, and say where it is.

    Raises
    ------
    Refused
        If the cell cannot be set without harm.
    """
    cell = Cell(book.label, edit.sheet, edit.row, edit.column)
    entry, draft = sheet_of(book, cell)
    if not (1 <= edit.row <= MAX_ROWS and 1 <= edit.column <= MAX_COLUMNS):
        raise refusals.outside(cell)
    if _holds(book, draft, edit):
        return cell
    check_free(book, entry, draft, cell)
    set_cell(book, draft, cell, edit.value, draft.style_at(edit.row, edit.column))
    return cell


def hide_row(book: Book, edit: HiddenRow) -> Cell:
    """Hide a row, and say which.

    Raises
    ------
    Refused
        If there is no such sheet.
    """
    cell = Cell(book.label, edit.sheet, edit.row)
    _, draft = sheet_of(book, cell)
    draft.hide(edit.row)
    return cell


def sheet_of(book: Book, cell: Cell) -> tuple[SheetEntry, Draft]:
    """The worksheet that a cell names."""
    entry = book.entry(cell.sheet)
    if entry is None or entry.part is None:
        raise refusals.no_sheet(cell)
    draft = book.draft(entry)
    if not draft.sheet.is_ordered:
        raise refusals.unsupported(
            cell, "the rows of its sheet are out of order. Save it anew in Excel and try again."
        )
    return entry, draft


def set_cell(book: Book, draft: Draft, cell: Cell, value: CellValue, style: int) -> None:
    """Write a value in a format, which becomes one for days where the value is a day."""
    content = stored(value, book.uses_1904_dates)
    if not is_storable(content):
        raise refusals.unsupported(
            cell, f"no cell holds an endless number, or text longer than {LONGEST:,} characters."
        )
    if isinstance(value, date) and not isinstance(content, str):
        has_time = isinstance(value, datetime) and value.time() != time()
        style = book.date_style(draft, cell.row, cell.column, style, has_time)
    draft.write(cell.row, cell.column, Write(content, style))


def check_free(book: Book, entry: SheetEntry, draft: Draft, cell: Cell) -> None:
    """Refuse a cell that is not simply a value."""
    place = (cell.row, cell.column)
    for where in draft.arrays:
        if place in where:
            raise refusals.array(cell, where)
    span = draft.cell(*place)
    if span and draft.sheet.has_formula(span):
        raise refusals.formula(cell)
    for where in draft.merged:
        if place in where and place != (where.top, where.left):
            raise refusals.merged(cell, where)
    for table in book.tables(entry):
        if place in table.ref and cell.row > table.data.bottom:
            raise refusals.totals(cell)
        if place in table.ref and table.has_header and cell.row == table.ref.top:
            raise refusals.unsupported(cell, "is a header of a table, which formulas may name. Rename it in Excel.")


def _holds(book: Book, draft: Draft, edit: CellEdit) -> bool:
    """Whether the cell holds the value already; then its bytes stay, and with them the look of single words."""
    if edit.column in draft.writes.get(edit.row, {}):
        return False
    span = draft.cell(edit.row, edit.column)
    wanted = stored(edit.value, book.uses_1904_dates)
    if span is None:
        return wanted is None
    if not agrees(held(span, book.strings), wanted):
        return False
    return not isinstance(edit.value, date) or isinstance(wanted, str) or book.styles.is_date(span.style)
