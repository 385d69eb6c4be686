"""Which cells hold a formula: the reader of values does not say. Those of the master are left alone."""

from planner.domain.cells import Cell
from planner.sheets.ooxml.book import Book
from planner.sheets.ooxml.package import Package


def formula_cells(content: bytes, label: str) -> frozenset[Cell]:
    """The cells of a workbook (.xlsx, .xlsm) that hold a formula, for `grid.sheet_grids`; `label` is its name.

    Raises
    ------
    UserError
        If it is no workbook that can be edited.
    """
    book = Book(Package(content, label))
    return frozenset(
        Cell(label, entry.name, cell.row, cell.column)
        for entry in book.entries
        if entry.part is not None
        for cell in book.draft(entry).sheet.formula_cells()
    )
