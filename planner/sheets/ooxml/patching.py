"""The story of a patch: every edit planned or refused, stale caches dropped, parts rendered, the result checked."""

from collections.abc import Sequence
from io import BytesIO

from planner.domain.cells import Cell
from planner.domain.edits import CellEdit, Edit, HiddenRow, NewColumn, NewRow, Patched
from planner.domain.errors import UserError
from planner.sheets.guard import check_archive, damaged
from planner.sheets.ooxml.book import Book
from planner.sheets.ooxml.cell_edits import edit_cell, hide_row
from planner.sheets.ooxml.check import check
from planner.sheets.ooxml.dependents import dependents
from planner.sheets.ooxml.elements import Unreadable
from planner.sheets.ooxml.new_columns import add_column
from planner.sheets.ooxml.new_rows import add_row
from planner.sheets.ooxml.own_sheets import put_sheet
from planner.sheets.ooxml.package import Package
from planner.sheets.ooxml.refusals import Refused
from planner.sheets.ooxml.workbook_part import calculate_on_load

_ZIP = b"PK"


def patch(content: bytes, label: str, edits: Sequence[Edit]) -> Patched:
    """Edit a workbook in place: only the cells that were meant change, every other part keeps its bytes.

    Parameters
    ----------
    content
        The file, .xlsx or .xlsm (templates, too).
    label
        What people call it; cells and messages name it.
    edits
        Made in this order; where two set one cell the last counts. One that cannot be made is refused with a reason
        and the others are made.

    Raises
    ------
    UserError
        If the workbook cannot be edited at all: damaged, hostile, encrypted, signed, of another format; one line.
    """
    if not content.startswith(_ZIP):
        raise UserError(
            f"{label}: only .xlsx and .xlsm files without password are written back. Save it as .xlsx and try again."
        )
    check_archive(BytesIO(content), label)
    try:
        return _patched(content, Book(Package(content, label)), edits)
    except Unreadable as error:
        raise damaged(label, str(error)) from error


def _patched(content: bytes, book: Book, edits: Sequence[Edit]) -> Patched:
    placed: dict[int, Cell] = {}
    for index, edit in enumerate(edits):
        try:
            placed[index] = _made(book, edit)
        except Refused as error:
            book.refused.append(error.refusal)
    _drop_stale_values(book)
    book.save()
    if not book.package.touched:
        return Patched(content, (), placed, tuple(book.refused))
    result = book.package.build()
    check(content, result, book)
    return Patched(result, book.package.touched, placed, tuple(book.refused))


def _made(book: Book, edit: Edit) -> Cell:
    if isinstance(edit, CellEdit):
        return edit_cell(book, edit)
    if isinstance(edit, NewRow):
        return add_row(book, edit)
    if isinstance(edit, NewColumn):
        return add_column(book, edit)
    if isinstance(edit, HiddenRow):
        return hide_row(book, edit)
    return put_sheet(book, edit)


def _drop_stale_values(book: Book) -> None:
    """No formula shows what it would not show if it were calculated now."""
    changed = {
        entry.position: book.drafts[entry.part].changed_places(book.strings)
        for entry in book.entries
        if entry.part in book.drafts
    }
    stale = dependents(book, changed)
    for entry in book.entries:
        if cells := stale.get(entry.position):
            book.draft(entry).drop_cached(cells)
    if stale:
        calculate_on_load(book)
