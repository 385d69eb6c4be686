"""`roadmap plan --write-back`: the plan in the computed columns of the workbook that it was made of."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook
from typer.testing import CliRunner

from planner.cli import app
from planner.domain.computed import COMPUTED
from planner.domain.own_sheets import PLAN_SHEET, PLAN_SHEET_TITLE
from tests.round_trip import rows
from tests.sheets.workbooks import workbook

TASKS = (
    ("Task ID", "Title", "Team", "Effort", "Depends on"),
    ("PAY-1", "Ledger", "Pay", 5, None),
    ("PAY-2", "Refunds", "Pay", 5, "PAY-1"),
)
MONDAY = ("--as-of", "2026-09-07", "--work", "20")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plan(*arguments: str) -> tuple[int, str]:
    """Exit code and everything that was printed."""
    result = CliRunner().invoke(app, ["plan", *arguments, *MONDAY, "--write-back"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def with_tasks(path: str, tasks: Sequence[Sequence[object]], **sheets: Sequence[Sequence[object]]) -> Path:
    return workbook(Path(path), {"Tasks": tasks, **sheets})


def test_columns_are_added_with_real_dates_and_the_next_plan_does_not_read_them() -> None:
    with_tasks("q3.xlsx", TASKS)
    code, said = plan("q3.xlsx")
    assert code == 0
    assert "Wrote 2 tasks back into q3.xlsx: added Planned start, " in said
    header, first, second = rows("q3.xlsx")
    assert header == (*TASKS[0], *COMPUTED)
    # 5 ED, one engineer (assumed) less 10 % operations: six working days, the second after the first
    assert first[5:9] == (datetime(2026, 9, 7), datetime(2026, 9, 14), datetime(2026, 9, 14), 1)
    assert second[5:9] == (datetime(2026, 9, 15), datetime(2026, 9, 22), datetime(2026, 9, 22), 2)
    once = Path("q3.xlsx").read_bytes()
    code, said = plan("q3.xlsx")
    assert (code, Path("q3.xlsx").read_bytes()) == (0, once)
    assert "q3.xlsx says already what this plan says: not touched." in said
    assert len(Path(".roadmap/log.jsonl").read_text().splitlines()) == 1


def test_only_cells_that_differ_are_edited_when_the_plan_changes() -> None:
    with_tasks("q3.xlsx", TASKS)
    plan("q3.xlsx")
    book = load_workbook("q3.xlsx")
    book["Tasks"]["D3"] = 10
    book.save("q3.xlsx")
    _, said = plan("q3.xlsx")
    assert "changed 2 cells. Before: q3.xlsx.bak" in said  # finish and launch of PAY-2
    assert rows("q3.xlsx")[1][5:9] == (datetime(2026, 9, 7), datetime(2026, 9, 14), datetime(2026, 9, 14), 1)


def test_a_persons_column_of_that_name_is_left_alone_and_an_empty_one_is_used() -> None:
    tasks = [
        ("Why", *TASKS[0], "Float"),
        ("the auditor asks", *TASKS[1], None),
        (None, *TASKS[2], None),
    ]
    with_tasks("q3.xlsx", tasks)
    plan("q3.xlsx")
    header, first, _ = rows("q3.xlsx")
    assert header[7:] == (
        "Planned start",
        "Planned finish",
        "Planned launch",
        "Sequence",
        "Conflicts",
        "Why (roadmap)",
    )
    assert (first[0], first[6]) == ("the auditor asks", 0)
    once = Path("q3.xlsx").read_bytes()
    plan("q3.xlsx")
    assert Path("q3.xlsx").read_bytes() == once


def test_a_typed_planned_start_still_binds_after_it_was_written_back() -> None:
    tasks = [(*TASKS[0], "Planned start"), (*TASKS[1], datetime(2026, 10, 5)), (*TASKS[2], None)]
    with_tasks("q3.xlsx", tasks)
    plan("q3.xlsx")
    plan("q3.xlsx")
    header, first, _ = rows("q3.xlsx")
    assert first[header.index("Planned start")] == first[header.index("Planned start (roadmap)")]
    assert first[5] == datetime(2026, 10, 5)


def test_what_is_not_planned_any_more_is_cleared() -> None:
    with_tasks("q3.xlsx", [(*TASKS[0], "Status"), (*TASKS[1], None), (*TASKS[2], None)])
    plan("q3.xlsx")
    book = load_workbook("q3.xlsx")
    book["Tasks"]["F3"] = "dropped"
    book.save("q3.xlsx")
    plan("q3.xlsx")
    assert rows("q3.xlsx")[2][6:] == (None,) * len(COMPUTED)


def test_every_workbook_gets_its_own_rows_and_shows_no_item_that_others_may_not_see() -> None:
    secret = [("Item ID", "Title", "Audience"), ("ASK-1", "Buy a competitor", "Ada"), ("ASK-2", "Refunds", None)]
    with_tasks("pay.xlsx", [(*TASKS[0], "Item ID"), (*TASKS[1], "ASK-1"), (*TASKS[2], "ASK-2")])
    with_tasks("led.xlsx", [TASKS[0], ("LED-1", "Books", "Led", 5, "PAY-2")], Roadmap=secret)
    assert plan("pay.xlsx", "led.xlsx")[0] == 0
    assert [row[0] for row in rows("pay.xlsx")] == ["Task ID", "PAY-1", "PAY-2"]
    finish = rows("pay.xlsx")[2][7]
    assert rows("led.xlsx")[1][5] > finish > datetime(2026, 9, 14)
    shown = {path: [row[0] for row in rows(path, PLAN_SHEET)] for path in ("pay.xlsx", "led.xlsx")}
    assert ("ASK-1" in shown["pay.xlsx"], "ASK-2" in shown["pay.xlsx"]) == (False, True)
    assert {"ASK-1", "ASK-2"} <= set(shown["led.xlsx"])


def test_the_sheet_of_ours_says_how_the_plan_stands_and_is_no_table_of_items() -> None:
    with_tasks("q3.xlsx", [(*TASKS[0], "Item ID"), (*TASKS[1], "ASK-1"), (*TASKS[2], None)])
    plan("q3.xlsx")
    said = rows("q3.xlsx", PLAN_SHEET)
    assert said[0][0] == PLAN_SHEET_TITLE
    facts = {row[0]: row[1] for row in said}
    assert facts["As of"] == datetime(2026, 9, 7)
    assert facts["Next"].startswith("roadmap ")
    assert ("ASK-1", datetime(2026, 9, 14)) in [(row[0], row[3]) for row in said]
    tables = CliRunner().invoke(app, ["check", "q3.xlsx", "--as-of", "2026-09-07"]).output
    assert PLAN_SHEET not in tables


def test_a_sheet_of_that_name_which_is_a_persons_is_refused_and_said() -> None:
    with_tasks("q3.xlsx", TASKS, **{PLAN_SHEET: [("mine",)]})
    code, said = plan("q3.xlsx")
    assert code == 1
    assert "not written: q3.xlsx!Roadmap plan!A1" in said
    assert rows("q3.xlsx", PLAN_SHEET) == [("mine",)]
    assert rows("q3.xlsx")[1][5] == datetime(2026, 9, 7)


def test_without_a_plan_nothing_is_written_back() -> None:
    with_tasks("q3.xlsx", [(*TASKS[0], "Due"), (*TASKS[1], "2026-09-08!")])
    before = Path("q3.xlsx").read_bytes()
    code, said = plan("q3.xlsx")
    assert (code, Path("q3.xlsx").read_bytes()) == (1, before)
    assert "Nothing is planned, so nothing was written back." in said


def test_a_formula_is_never_overwritten() -> None:
    with xlsxwriter.Workbook("q3.xlsx") as book:
        sheet = book.add_worksheet("Tasks")
        for number, row in enumerate([(*TASKS[0], *COMPUTED), TASKS[1]]):
            sheet.write_row(number, 0, row)
        sheet.write_formula("I2", "=1+1", None, 2)
    code, said = plan("q3.xlsx")
    assert code == 1
    assert "not written: q3.xlsx!Tasks!I2 holds a formula" in said


@pytest.mark.parametrize(
    ("prepare", "file", "message"),
    [
        (lambda: Path("t.csv").write_text("Task ID,Title\nA,B\n"), "t.csv", "Save it as .xlsx"),
        (lambda: Path("~$q3.xlsx").touch(), "q3.xlsx", "is open in Excel: close it there and try again"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is_planned(
    prepare: Callable[[], object], file: str, message: str
) -> None:
    with_tasks("q3.xlsx", TASKS)
    before = Path("q3.xlsx").read_bytes()
    prepare()
    code, said = plan(file)
    assert code == 2
    assert message in said
    assert not Path("reports").exists()
    assert Path("q3.xlsx").read_bytes() == before


def test_a_csv_beside_workbooks_is_left_as_it_is_and_said() -> None:
    with_tasks("q3.xlsx", TASKS)
    Path("led.csv").write_text("Task ID,Title,Team,Effort\nLED-1,Books,Led,5\n")
    code, said = plan("q3.xlsx", "led.csv")
    assert code == 0
    assert "led.csv is no .xlsx or .xlsm file: not touched." in said
    assert rows("q3.xlsx")[1][5] == datetime(2026, 9, 7)
