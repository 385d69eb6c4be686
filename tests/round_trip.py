"""A small roadmap of two PMs that is sent out, edited and comes back."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from planner.cli import app
from tests.sheets.workbooks import workbook

AS_OF = ("--as-of", "2026-09-07", "--work", "0")
SHEETS: dict[str, Sequence[Sequence[object]]] = {
    "Roadmap": [
        ("Item ID", "Title", "PM", "Priority", "Target"),
        ("ASK-1", "Refunds", "Ada", "P1", None),
        ("ASK-2", "Payouts", "Bo", "P2", "Q4 2026"),
        ("ASK-3", "Receipts", "Ada", "P3", None),
    ],
    "Tasks": [
        ("Task ID", "Title", "Team", "Effort", "Depends on", "Item ID", "Remark"),
        ("PAY-1", "Refund by line item", "Pay", 5, None, "ASK-1; ASK-2", "as agreed"),
        ("PAY-2", "Pay out daily", "Pay", 8, "PAY-1", "ASK-2", None),
        ("PAY-3", "Refund in euro", "Pay", 3, None, "ASK-1", None),
        ("PAY-4", "Receipts by mail", "Pay", 2, None, "ASK-3", None),
        ("PAY-5", "Receipts as PDF", "Pay", 2, None, "ASK-3", None),
    ],
    "Decisions": [
        ("Decision ID", "Question", "Options", "Driver", "Chosen"),
        ("DEC-1", "Which bank?", "North=0.5; South=0.5", "Ada", None),
        ("DEC-2", "Which mail?", "Own=0.5; Bought=0.5", "Ada", "Own"),
    ],
}


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and everything that was printed."""
    result = CliRunner().invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def send() -> None:
    """Write `q3.xlsx` into the current folder, and send it to Ada and Bo: `out/Ada.xlsx`, `out/Bo.xlsx`."""
    for name, content in _sent(Path.cwd()).items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content)


_kept: dict[str, bytes] = {}
"""What was made once: the same for every test."""


def _sent(folder: Path) -> dict[str, bytes]:
    if not _kept:
        workbook(Path("q3.xlsx"), SHEETS)
        code, said = run("export", "q3.xlsx", "--per-pm", "--out", "out", *AS_OF)
        assert code == 0, said
        _kept.update({str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()})
    return _kept


def edit(path: str, change: Callable[[Workbook], None]) -> None:
    """Somebody opens a workbook, changes something and saves."""
    book = load_workbook(path)
    change(book)
    book.save(path)


def put(path: str, sheet: str, key: str, column: str, value: Any) -> None:
    """Somebody types a value into the row of an id."""
    edit(path, lambda book: _put(book[sheet], key, column, value))


def _put(sheet: Worksheet, key: str, column: str, value: Any) -> None:
    header = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if key in [cell.value for cell in row])
    row[header.index(column)].value = value


def got(path: str, sheet: str, key: str) -> dict[str, Any]:
    """The row of an id, by header."""
    header, *values = rows(path, sheet)
    found = next(row for row in values if key in row)
    return {str(name): value for name, value in zip(header, found, strict=True) if name}


def rows(path: str, sheet: str = "Tasks") -> list[tuple[Any, ...]]:
    """All rows of a sheet, the header first."""
    return list(load_workbook(path)[sheet].iter_rows(values_only=True))
