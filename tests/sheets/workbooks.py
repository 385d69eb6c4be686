"""Workbooks for tests: honest ones by XlsxWriter, hostile ones by rewriting the parts of an honest one."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

Rows = Sequence[Sequence[object]]


def workbook(path: Path, sheets: Mapping[str, Rows], first: tuple[int, int] = (0, 0)) -> Path:
    """A workbook with these sheets; `first` is the 0-based row and column of their first cell."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for offset, row in enumerate(rows):
                sheet.write_row(first[0] + offset, first[1], row)
    return path


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same workbook after its parts (name -> bytes) were changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def with_cells(path: Path, cells: str) -> Path:
    """A workbook whose first sheet has this XML before the end of its data."""

    def change(parts: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        parts[name] = parts[name].replace(b"</sheetData>", cells.encode() + b"</sheetData>")

    return rewritten(workbook(path, {"Tasks": TASKS}), change)


TASKS: Rows = (
    ("Task ID", "Title", "Team", "Effort", "Depends on"),
    ("PAY-1", "Ledger", "Pay", 8, None),
    ("PAY-2", "Refunds", "Pay", "2w", "PAY-1"),
)
