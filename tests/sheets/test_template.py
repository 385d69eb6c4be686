"""The empty workbook that `roadmap init` writes."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.domain.settings import Settings
from planner.sheets.columns import all_columns, columns_of, sheet_names
from planner.sheets.read import read_roadmap
from planner.sheets.template import GROUPS, SHEETS, template_columns, template_workbook


@pytest.fixture(scope="module")
def book():
    return load_workbook(BytesIO(template_workbook()))


def headers(book, sheet: str) -> list[str]:
    return [cell.value for cell in book[sheet][2]]


def test_it_is_the_same_bytes_every_time() -> None:
    assert template_workbook() == template_workbook()


def test_every_sheet_and_every_column_is_there(book) -> None:
    assert book.sheetnames == ["Read me first", *sheet_names()]
    for sheet in sheet_names():
        assert sorted(headers(book, sheet)) == sorted(column.name for column in columns_of(sheet))


def test_the_five_columns_that_are_enough_come_first(book) -> None:
    assert headers(book, "Tasks")[:5] == ["Task ID", "Title", "Team", "Effort", "Depends on"]


def test_a_group_stands_together_under_one_band(book) -> None:
    bands = [cell.value for cell in book["Tasks"][1] if cell.value]
    assert bands[0] == "Start here"
    assert len(bands) == len(set(bands)) == len({column.group for column in columns_of("Tasks")})


def test_every_group_and_sheet_says_what_it_adds() -> None:
    assert {column.group for column in all_columns()} == set(GROUPS)
    assert set(sheet_names()) == set(SHEETS)


def test_every_header_explains_itself(book) -> None:
    for sheet in sheet_names():
        for column, cell in zip(template_columns(sheet), book[sheet][2], strict=True):
            assert column.help in cell.comment.text
            assert column.default in cell.comment.text


def test_choices_are_offered(book) -> None:
    offered = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule.formula1
        for rule in book["Tasks"].data_validations.dataValidation
    }
    letters = {cell.value: cell.column_letter for cell in book["Tasks"][2]}
    assert offered[letters["Door"]] == '"one-way,two-way"'
    assert offered[letters["Launch"]] == '"yes,no"'
    assert offered[letters["Team"]] == "Teams!$A$3:$A$302"


def test_excel_leaves_ranges_and_quarters_as_typed(book) -> None:
    letters = {cell.value: cell.column_letter for cell in book["Tasks"][2]}
    assert book["Tasks"].column_dimensions[letters["Effort"]].number_format == "@"
    assert book["Tasks"].column_dimensions[letters["Due"]].number_format == "yyyy-mm-dd"


FILLED = {
    "Roadmap": {"Item ID": "ASK-1", "Title": "Refunds by line", "Target": "2026-11"},
    "Tasks": {
        "Task ID": "PAY-7",
        "Title": "Refund by line",
        "Item ID(s)": "ASK-1",
        "Team": "Payments",
        "Effort": "2-3-8",
        "Due": date(2026, 10, 30),
    },
    "Teams": {"Team": "Payments", "Engineers": 4},
    "Components": {"Component": "ledger", "Owner": "Payments"},
    "Calendar": {"Name": "Freeze", "Start": date(2026, 11, 20), "End": date(2026, 12, 2)},
}


def test_filled_in_it_is_read_without_a_doubt(book, tmp_path: Path) -> None:
    for sheet, row in FILLED.items():
        columns = {cell.value: cell.column for cell in book[sheet][2]}
        for name, value in row.items():
            book[sheet].cell(3, columns[name], value)
    book.save(tmp_path / "filled.xlsx")
    read = read_roadmap([tmp_path / "filled.xlsx"], Settings(), date(2026, 9, 7))
    assert [str(diagnostic) for diagnostic in read.diagnostics if diagnostic.severity.word != "note"] == []
    (task,) = read.roadmap.tasks
    assert (task.id, task.owner, task.items) == ("PAY-7", "Payments", ("ASK-1",))
    assert (task.estimate.optimistic, task.estimate.likely, task.estimate.pessimistic) == (2, 3, 8)
    assert task.due == date(2026, 10, 30)
    assert [event.name for event in read.roadmap.calendar] == ["Freeze"]
