"""Where a fact stands: file, sheet, row and column of a cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def column_letter(index: int) -> str:
    """Spreadsheet letter of a 1-based column: 1 is A, 27 is AA.

    >>> column_letter(1), column_letter(28)
    ('A', 'AB')
    """
    letters = ""
    while index > 0:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One cell, or a whole row (`column` 0), sheet (`row` 0) or file (`sheet` empty and `row` 0).

    `str(cell)` is what people see: `q3.xlsx!Tasks!F12`, for a csv file `q3.csv!F12`.
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(self.sheet)
        if self.row:
            parts.append(f"{column_letter(self.column)}{self.row}" if self.column else f"row {self.row}")
        return "!".join(parts)


@dataclass(frozen=True, slots=True)
class Source:
    """The row that an object was read from; `columns` (column name -> 1-based index) is shared by a table."""

    file: str
    sheet: str
    row: int
    columns: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False, hash=False)

    def cell(self, column: str = "") -> Cell:
        """The cell of a column by its name in `columns.csv`; the whole row where there is no such column."""
        return Cell(self.file, self.sheet, self.row, self.columns.get(column, 0))
