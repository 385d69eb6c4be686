"""A sheet of ours in a foreign workbook: added at the end, replaced where it bears our mark."""

import re

from planner.domain.cells import Cell, column_letter
from planner.domain.edits import OwnSheet
from planner.sheets.ooxml import refusals
from planner.sheets.ooxml.book import Book, SheetEntry
from planner.sheets.ooxml.cell_edits import set_cell
from planner.sheets.ooxml.markup import escape
from planner.sheets.ooxml.workbook_part import forget_calculation_chain

MARK = "_roadmap_sheet"
"""The hidden name that says that a sheet is ours; it goes where the sheet goes, and with it."""

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_GOOD_NAME = re.compile(r"(?!')[^\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]{1,31}(?<!')")


def put_sheet(book: Book, edit: OwnSheet) -> Cell:
    """Add or replace a sheet, and say where it begins.

    What people added to it but cells (notes, pictures, widths) stays.

    Raises
    ------
    Refused
        If somebody else made a sheet of this name, or no sheet can be called so.
    """
    cell = Cell(book.label, edit.name, 1, 1)
    entry = book.entry(edit.name)
    if entry is None:
        if not _GOOD_NAME.fullmatch(edit.name):
            raise refusals.unsupported(cell, "no sheet can have this name.")
        entry = book.add_sheet(edit.name, _blank(book, edit), _SHEET_TYPE, MARK, edit.hidden)
    elif entry.part is None or not book.bears(entry, MARK):
        raise refusals.foreign_sheet(cell, "a sheet of this name is there that is not ours")
    else:
        _clear(book, entry, edit, cell)
    _fill(book, entry, edit, cell)
    return cell


def _clear(book: Book, entry: SheetEntry, edit: OwnSheet, cell: Cell) -> None:
    """Forget the rows that are there."""
    headers = edit.rows[0] if edit.rows else ()
    for table in book.tables(entry):
        shown = list(headers[table.ref.left - 1 : table.ref.right]) if table.ref.top == 1 else []
        if shown != table.columns:
            raise refusals.foreign_sheet(cell, "somebody has made a table on this sheet of ours")
    draft = book.draft(entry)
    if draft.sheet.formula_mark in draft.sheet.text:
        forget_calculation_chain(book)
    draft.clear()


def _fill(book: Book, entry: SheetEntry, edit: OwnSheet, cell: Cell) -> None:
    draft = book.draft(entry)
    for row, values in enumerate(edit.rows, start=1):
        style = book.styles.header() if row == 1 else 0
        for column, value in enumerate(values, start=1):
            if value is not None:
                set_cell(book, draft, Cell(cell.file, cell.sheet, row, column), value, style)


def _blank(book: Book, edit: OwnSheet) -> bytes:
    """The part before its rows: header frozen, columns as wide as asked, printed one page wide."""
    view = (
        b'<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
        b'state="frozen"/></sheetView></sheetViews>'
    )
    columns = b"".join(
        b'<col min="%d" max="%d" width="%d" customWidth="1"/>' % (at, at, width)
        for at, width in enumerate(edit.widths, start=1)
    )
    last = f"{column_letter(max(map(len, edit.rows), default=1) or 1)}{max(len(edit.rows), 1)}"
    return b"".join(
        (
            b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
            b'<worksheet xmlns="%s"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' % escape(book.root.namespace),
            b'<dimension ref="A1:%s"/>' % last.encode(),
            view if book.root.child("bookViews") else b"",
            b"<cols>%s</cols>" % columns if columns else b"",
            b'<sheetData/><pageSetup orientation="landscape" fitToHeight="0"/></worksheet>',
        )
    )
