"""`roadmap rollover`: what is over is archived and still known, the rest is as it was."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.domain.edits import NewRow
from planner.domain.roadmap import Status
from planner.pipeline.inputs import Inputs
from planner.pipeline.snapshots import facts_of
from planner.sheets.ooxml import patch
from planner.variance.attribution import Side, variance
from tests.round_trip import edit, put, rows, run
from tests.sheets.workbooks import workbook
from tests.variance.changes import planned

AS_OF = "2026-10-05"
TASKS = [
    ("Task ID", "Title", "Team", "Effort", "Depends on", "Item ID", "Remark", "Status", "% done", "Actual finish"),
    ("PAY-1", "Refund by line item", "Pay", 5, None, "ASK-1", "as agreed", "done", None, date(2026, 9, 11)),
    ("PAY-2", "Pay out daily", "Pay", 8, "PAY-1", "ASK-2", "=1+1", "in progress", 0.25, None),
    ("PAY-3", "Refund in euro", "Pay", "2..3..8", "PAY-1", "ASK-1", None, "dropped", None, None),
    ("PAY-4", "Receipts by mail", "Pay", 2, "PAY-2", "ASK-3", None, None, None, None),
]
ITEMS = [
    ("Item ID", "Title", "PM", "Priority", "Target", "Status"),
    ("ASK-1", "Refunds", "Ada", "P1", "2026-12", None),
    ("ASK-2", "Payouts", "Bo", "P2", "2026-09", None),
    ("ASK-3", "Receipts", None, "P3", "Q4 2026", None),
]


@pytest.fixture(autouse=True)
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    workbook(Path("q3.xlsx"), {"Roadmap": ITEMS, "Tasks": TASKS, "Notes": [("kept",)]})


def roll(*more: str) -> tuple[int, str]:
    return run("rollover", "q3.xlsx", "--as-of", AS_OF, *more)


def facts(name: str):
    return facts_of(Inputs((Path(name),), as_of=date.fromisoformat(AS_OF)))


def test_a_new_workbook_beside_the_old_one() -> None:
    before = Path("q3.xlsx").read_bytes()
    code, said = roll("--out", "q4.xlsx")
    assert code == 0
    assert said == (
        "q3.xlsx → q4.xlsx: 2 tasks and 1 item archived.\n"
        "  1 task under way go on as they are: 1.2 engineer-weeks are left\n"
        "    PAY-2 Pay out daily: 6 ED left of 8\n"
        "  1 target passed: what is the new one?\n"
        "    ASK-2 Payouts: was 2026-09 (Bo)\n"
        "\n"
        "Next: roadmap questions q4.xlsx\n"
    )
    assert Path("q3.xlsx").read_bytes() == before
    assert not list(Path().glob("*.bak"))
    left = [row[0] for row in rows("q4.xlsx") if row[0]]
    assert left == ["Task ID", "PAY-2", "PAY-4"]
    sheet = load_workbook("q4.xlsx")["Tasks"]
    assert [sheet.row_dimensions[row].hidden for row in range(1, 6)] == [False, True, False, True, False]
    header, first, second = rows("q4.xlsx", "Archived tasks")
    assert header == (
        "Task ID",
        "Title",
        "Item ID(s)",
        "Team",
        "Effort",
        "Depends on",
        "Status",
        "Actual finish",
        "Remark",
    )
    assert first == (
        "PAY-1",
        "Refund by line item",
        "ASK-1",
        "Pay",
        5,
        None,
        "done",
        datetime(2026, 9, 11),
        "as agreed",
    )
    assert (second[0], second[4], second[6]) == ("PAY-3", "2..3..8", "dropped")
    assert [row[0] for row in rows("q4.xlsx", "Archived items")] == ["Item ID", "ASK-1"]
    assert rows("q4.xlsx", "Roadmap")[2][:5] == ("ASK-2", "Payouts", "Bo", "P2", None)
    assert rows("q4.xlsx", "Notes") == [("kept",)]


def test_nothing_of_what_was_read_is_lost_and_no_date_moves() -> None:
    roll("--out", "q4.xlsx")
    old, new = facts("q3.xlsx"), facts("q4.xlsx")
    assert {t.id: (t.status, t.estimate, t.teams, t.items) for t in old.roadmap.tasks} == {
        t.id: (t.status, t.estimate, t.teams, t.items) for t in new.roadmap.tasks
    }
    assert {t.id: [d.predecessor for d in t.depends_on] for t in new.roadmap.tasks}["PAY-2"] == ["PAY-1"]
    assert {i.id for i in new.roadmap.items} == {"ASK-1", "ASK-2", "ASK-3"}
    sides = Side("old", old.as_of, {}, planned(old), old), Side("new", new.as_of, {}, None, new)
    found = variance(*sides, lambda _: None)
    assert found.items == found.tasks == ()
    assert [change.text for change in found.changes] == ["ASK-2 Target 2026-09 → blank"]
    assert run("check", "q4.xlsx", "--as-of", AS_OF)[0] == 0


def test_in_place_the_old_file_is_kept_and_the_archive_grows_with_the_next_period() -> None:
    before = Path("q3.xlsx").read_bytes()
    assert roll()[0] == 0
    assert Path("q3.xlsx.bak").read_bytes() == before
    again = Path("q3.xlsx").read_bytes()
    assert "nothing is over" in roll()[1]
    assert Path("q3.xlsx").read_bytes() == again
    put("q3.xlsx", "Tasks", "PAY-4", "Status", "done")
    assert roll()[0] == 0
    assert [row[0] for row in rows("q3.xlsx", "Archived tasks")] == ["Task ID", "PAY-1", "PAY-3", "PAY-4"]
    assert {t.id: t.status for t in facts("q3.xlsx").roadmap.tasks} == {
        "PAY-1": Status.DONE,
        "PAY-2": Status.IN_PROGRESS,
        "PAY-3": Status.DROPPED,
        "PAY-4": Status.DONE,
    }
    log = [json.loads(line) for line in Path(".roadmap/log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [entry["command"] for entry in log] == ["rollover", "rollover"]
    assert [(c["key"], c["after"]) for c in log[0]["cells"]] == [
        ("PAY-1", "archived"),
        ("PAY-3", "archived"),
        ("ASK-1", "archived"),
        ("ASK-2", None),
    ]


def test_a_row_with_a_formula_stays_with_a_word() -> None:
    put("q3.xlsx", "Tasks", "PAY-1", "Effort", "=2+3")
    code, said = roll("--out", "q4.xlsx")
    assert code == 1
    assert "1 row over, and left where they are\n    Tasks PAY-1: q3.xlsx!Tasks!D2 holds a formula" in said
    assert [row[0] for row in rows("q4.xlsx") if row[0]] == ["Task ID", "PAY-1", "PAY-2", "PAY-4"]
    assert [row[0] for row in rows("q4.xlsx", "Archived tasks")] == ["Task ID", "PAY-3"]


def test_an_id_that_stands_twice_stays_with_both_of_its_rows() -> None:
    put("q3.xlsx", "Tasks", "PAY-4", "Task ID", "PAY-3")
    code, said = roll("--out", "q4.xlsx")
    assert code == 1
    assert "Tasks PAY-3: its id stands on another row, too" in said
    assert [row[0] for row in rows("q4.xlsx") if row[0]] == ["Task ID", "PAY-2", "PAY-3", "PAY-3"]


def test_a_row_that_is_added_later_is_seen() -> None:
    """The last rows are empty and hidden: what comes next stands there and is shown again."""
    put("q3.xlsx", "Tasks", "PAY-4", "Status", "done")
    roll()
    book = Path("q3.xlsx")
    book.write_bytes(patch(book.read_bytes(), "q3.xlsx", [NewRow("Tasks", 1, {1: "PAY-9", 2: "New"})]).content)
    sheet = load_workbook(book)["Tasks"]
    assert [sheet.cell(row, 1).value for row in range(2, 6)] == [None, "PAY-2", "PAY-9", None]
    assert [sheet.row_dimensions[row].hidden for row in range(2, 6)] == [True, False, False, True]


@pytest.mark.parametrize(
    ("out", "why"),
    [
        ("q3.xlsx", "is there already"),
        ("q4.xlsm", "must end with .xlsx"),
        ("elsewhere/q4.xlsx", "must lie beside q3.xlsx"),
    ],
)
def test_where_the_new_one_cannot_lie(out: str, why: str) -> None:
    code, said = roll("--out", out)
    assert code == 2
    assert why in said


def test_a_sheet_of_somebody_elses_is_not_taken_for_the_archive() -> None:
    def theirs(book) -> None:
        book.create_sheet("Archived tasks").append(("my own",))

    edit("q3.xlsx", theirs)
    before = Path("q3.xlsx").read_bytes()
    code, said = roll()
    assert code == 2
    assert "Nothing was changed" in said
    assert Path("q3.xlsx").read_bytes() == before
