"""plan.xlsx: the same bytes each time, the plan's values, never a formula."""

import io
from datetime import date, datetime, timedelta

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from planner.domain.plan import Plan
from planner.report.xlsx import plan_xlsx
from planner.report.xlsx_gantt import time_axis
from tests.report.sample_plan import impossible_plan, large_plan, sample_plan, task

SHEETS = ["Read me", "Sequence", "Per team", "Per item", "Conflicts", "Load", "Diagnostics", "Assumptions", "Gantt"]


def workbook(plan: Plan) -> Workbook:
    return load_workbook(io.BytesIO(plan_xlsx(plan)))


def test_same_plan_same_bytes() -> None:
    assert plan_xlsx(sample_plan()) == plan_xlsx(sample_plan())


@pytest.mark.parametrize("plan", [sample_plan(), large_plan(), impossible_plan()], ids=["sample", "large", "clash"])
def test_all_sheets_are_there_and_no_cell_is_a_formula(plan: Plan) -> None:
    book = workbook(plan)
    assert book.sheetnames == SHEETS
    assert [c.coordinate for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"] == []


def test_sequence_has_the_plan_s_tasks_and_dates() -> None:
    plan = sample_plan()
    rows = list(workbook(plan)["Sequence"].iter_rows(values_only=True))
    assert rows[0][:2] == ("Task ID", "Title")
    assert [row[0] for row in rows[1:]] == [task.id for task in plan.tasks]
    assert rows[1][6] == datetime(2026, 9, 7)
    assert rows[3][1] == "+Refund button"
    assert rows[4][9] == pytest.approx(11 / 5)


def test_tables_have_filters_and_frozen_headers_and_print_on_one_page_width() -> None:
    book = workbook(sample_plan())
    for name in SHEETS[1:8]:
        sheet = book[name]
        assert len(sheet.tables) == 1, name
        assert sheet.freeze_panes is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.print_title_rows == "$1:$1"


def test_a_task_of_a_team_leads_to_its_row_in_the_sequence() -> None:
    book = workbook(sample_plan())
    cell = book["Per team"]["C3"]
    assert cell.value == "LED-2"
    target = cell.hyperlink.location
    assert book["Sequence"][target.split("!")[1]].value == "LED-2"


def test_conflicts_are_a_sheet_and_a_comment_on_the_row_of_each_task() -> None:
    book = workbook(sample_plan())
    rows = list(book["Conflicts"].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [conflict.id for conflict in sample_plan().conflicts]
    assert rows[1][7:10] == (1, 1, datetime(2026, 9, 21))
    commented = {row[0].value: row[0].comment.text for row in book["Sequence"].iter_rows() if row[0].comment}
    assert set(commented) == {"PAY-1", "LED-2"}, "words alone are no reason for a comment, nor what was dismissed"
    assert "contradicting-values-3f2a9c" in commented["PAY-1"]


def test_load_is_planned_over_capacity_by_week() -> None:
    rows = list(workbook(sample_plan())["Load"].iter_rows(values_only=True))
    assert rows[0][3:5] == ("7 Sep 2026", "14 Sep 2026")
    assert rows[1] == ("Ledger", 2, 0.62, 1, 0.85, 0.4, 0, 0.2)
    assert rows[3][3:] == (0.4, 0.4, None, None, None)


def test_gantt_groups_by_team_and_marks_launches() -> None:
    sheet = workbook(sample_plan())["Gantt"]
    ids = [row[0] for row in sheet.iter_rows(min_row=5, max_col=1, values_only=True)]
    assert ids[:5] == ["Ledger (3)", "LED-1", "LED-2", "LED-3", "Payments (2)"]
    assert ids[-2:] == ["Nobody has taken (1)", "OPS-1"]
    launched = [cell.column for cell in sheet[8] if cell.value == "▲"]
    assert [sheet.cell(4, column).value for column in launched] == [datetime(2027, 1, 11)]


def test_short_plans_are_drawn_in_days_and_long_ones_in_weeks() -> None:
    plan = impossible_plan()
    start = date(2026, 9, 9)
    short = Plan("p", start, 0, "optimal", plan.roadmap, (), tasks=(task(2, "A", "a", "T", start, 5),))
    axis = time_axis(short)
    assert (axis.days[0], axis.days[-1], len(axis.days)) == (date(2026, 9, 7), date(2026, 9, 14), 6)
    weekly = time_axis(sample_plan())
    assert weekly.step == timedelta(weeks=1)
    assert all(day.weekday() == 0 for day in weekly.days)
