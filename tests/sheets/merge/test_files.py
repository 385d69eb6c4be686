"""The merge on workbooks as they are read from disk and patched."""

from pathlib import Path

import xlsxwriter

from planner.domain.merging import Verdict
from planner.domain.settings import Settings
from planner.sheets.files import read_tables
from planner.sheets.merge.formulas import formula_cells
from planner.sheets.merge.grid import sheet_grids
from planner.sheets.merge.merging import merge
from planner.sheets.merge.wishes import Returned
from planner.sheets.ooxml.patching import patch
from tests.sheets.merge.sheets import CONVENTIONS

ROWS = (
    ("Task ID", "Title", "Effort", "Region"),
    ("PAY-1", "Ledger", "=4+4", "EMEA"),
    ("PAY-2", "Refunds", 5, "EMEA"),
)


def written(path: Path, rows=ROWS) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tasks")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.write_formula("C2", "=4+4", None, 8)
    return path


def grids(path: Path):
    return sheet_grids(
        read_tables([path], Settings()).tables, CONVENTIONS, formulas=formula_cells(path.read_bytes(), path.name)
    )


def test_a_workbook_is_merged_and_patched_and_its_formulas_stay(tmp_path):
    base, theirs = written(tmp_path / "book.xlsx"), tmp_path / "pat.xlsx"
    rows = [list(row) for row in ROWS]
    rows[2][2:] = [6, "APAC"]
    rows.append([None, "Login", 3, None])
    written(theirs, rows)
    came_back = read_tables([theirs], Settings()).tables
    result = merge(grids(base), [Returned("Pat", sheet_grids(came_back, CONVENTIONS), grids(base))])
    assert [d.verdict for d in result.differences] == [Verdict.MERGED] * 3
    base.write_bytes(patch(base.read_bytes(), base.name, result.edits).content)
    (table,) = grids(base)
    assert [dict(row.values) for row in table.rows][1:] == [
        {"Task ID": "PAY-2", "Title": "Refunds", "Effort": 6, "?region": "APAC"},
        {"Task ID": "BOO-new-1", "Title": "Login", "Effort": 3},
    ]
    assert table.formulas == {(2, 3)}


def test_an_edit_of_a_formulas_value_is_ignored(tmp_path):
    base, theirs = grids(written(tmp_path / "book.xlsx")), tmp_path / "pat.xlsx"
    with xlsxwriter.Workbook(theirs) as book:
        sheet = book.add_worksheet("Tasks")
        for number, row in enumerate((ROWS[0], ("PAY-1", "Ledger", 9, "EMEA"), ROWS[2])):
            sheet.write_row(number, 0, row)
    result = merge(base, [Returned("Pat", grids(theirs), base)])
    assert [(d.column, d.ours, d.theirs, d.verdict) for d in result.differences] == [
        ("Effort", 8, 9, Verdict.IGNORED)
    ]
