"""The lists behind drop-downs, on a very-hidden sheet: in a rule they could hold 255 characters and no comma."""

from collections.abc import Sequence

from xlsxwriter.workbook import Workbook

SHEET = "_lists"


class Lists:
    """All lists of a workbook, one below the other; equal ones stand once."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, ...], int] = {}
        self._lines: list[str] = []

    def place(self, choices: Sequence[str]) -> str:
        """Where a list stands, as a drop-down names it."""
        key = tuple(choices)
        if key not in self._places:
            self._places[key] = len(self._lines) + 1
            self._lines += key
        first = self._places[key]
        return f"={SHEET}!$A${first}:$A${first + len(key) - 1}"

    def add_sheet(self, book: Workbook) -> None:
        """Write them, if there are any."""
        if self._lines:
            sheet = book.add_worksheet(SHEET)
            for row, line in enumerate(self._lines):
                sheet.write_string(row, 0, line)
            sheet.very_hidden()
