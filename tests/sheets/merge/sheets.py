"""Small workbooks in memory: cells by place, read as the merge reads them, edited as the patcher edits them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.cells import Cell
from planner.domain.edits import CellEdit, CellValue, Edit, NewColumn, NewRow
from planner.domain.merging import Merged, OnConflict
from planner.sheets.body import read_table
from planner.sheets.columns import sheet_names
from planner.sheets.grid import Grid
from planner.sheets.headers import find_header, lookup_of
from planner.sheets.merge.answers import Answer
from planner.sheets.merge.grid import SheetGrid, sheet_grids
from planner.sheets.merge.merging import merge
from planner.sheets.merge.wishes import Returned
from planner.sheets.values import Conventions

CONVENTIONS = Conventions(date(2026, 9, 7), sizes={"S": 2.0, "M": 10.0, "L": 25.0})

Rows = Sequence[Sequence[CellValue]]


@dataclass(frozen=True)
class Book:
    """Sheets by name: rows of cells from A1 on, the header first."""

    sheets: Mapping[str, Rows]
    file: str = "book.xlsx"

    def grids(self, ids: Mapping[tuple[str, int], str] | None = None, formulas: Sequence[str] = ()):
        """As the merge sees it; `formulas` as `Tasks!D2`."""
        tables = []
        for name, rows in self.sheets.items():
            grid = Grid(self.file, name, rows, range(1, len(rows) + 1))
            match = find_header(grid, {kind: lookup_of(kind) for kind in sheet_names()}, name)
            assert match is not None, name
            tables.append(read_table(grid, match, {}).table)
        return sheet_grids(tables, CONVENTIONS, ids, frozenset(map(self._cell, formulas)))

    def _cell(self, text: str) -> Cell:
        sheet, _, place = text.partition("!")
        return Cell(self.file, sheet, int(place[1:]), ord(place[0]) - 64)

    def edited(self, edits: Sequence[Edit]) -> "Book":
        """The book after its edits."""
        sheets = {name: [list(row) for row in rows] for name, rows in self.sheets.items()}
        for edit in edits:
            if isinstance(edit, CellEdit):
                _put(sheets[edit.sheet], edit.row, edit.column, edit.value)
            elif isinstance(edit, NewRow):
                sheets[edit.sheet].append([])
                for column, value in edit.values.items():
                    _put(sheets[edit.sheet], len(sheets[edit.sheet]), column, value)
            elif isinstance(edit, NewColumn):
                column = max(map(len, sheets[edit.sheet])) + 1
                _put(sheets[edit.sheet], edit.header_row, column, edit.header)
                for row, value in edit.values.items():
                    _put(sheets[edit.sheet], row, column, value)
            else:
                sheets[edit.name] = [list(row) for row in edit.rows]
        return Book(sheets, self.file)


def _put(rows: list[list[CellValue]], row: int, column: int, value: CellValue) -> None:
    rows[row - 1].extend([None] * (column - len(rows[row - 1])))
    rows[row - 1][column - 1] = value


def returned(theirs: Book, base: Book | None, who: str = "Pat", answers: Sequence[Answer] = ()) -> Returned:
    """A file that came back."""
    return Returned(who, theirs.grids(), base.grids() if base else None, answers)


def merged(
    base: Book | None, ours: Book, theirs: Book, on_conflict: OnConflict = OnConflict.ASK
) -> tuple[Merged, Book]:
    """The merge of one file, and the master after it."""
    result = merge(ours.grids(), [returned(theirs, base)], on_conflict)
    return result, ours.edited(result.edits)


def tasks(*rows: Sequence[CellValue], header: Sequence[str] = ("Task ID", "Title", "Team", "Effort", "Due")) -> Book:
    """A book with one sheet of tasks."""
    return Book({"Tasks": (header, *rows)})


def grids_of(book: Book) -> Sequence[SheetGrid]:
    """Shorthand."""
    return book.grids()
