"""A scenario file: what it may say, what is refused with a way out, and what the tables are with it."""

from datetime import date
from pathlib import Path

import pytest

from planner.domain.errors import UserError
from planner.domain.roadmap import Status
from planner.domain.settings import Settings
from planner.sheets.read import Read, read_roadmap
from planner.sheets.scenario import read_scenario
from tests.sheets.workbooks import workbook

TODAY = date(2026, 9, 7)
SHEETS = {
    "Roadmap": [("Item ID", "Title", "Priority"), ("ASK-1", "Refunds", "P2")],
    "Tasks": [
        ("Task ID", "Title", "Team", "Effort", "Depends on", "Item ID"),
        ("T-1", "Agree", "Pay", 2, None, "ASK-1"),
        ("T-2", "Build", "Pay", 8, "T-1", "ASK-1"),
    ],
    "Calendar": [("Name", "Kind", "Start", "End", "Scope"), ("Freeze", "block", "2026-12-01", "2026-12-31", "all")],
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    workbook(tmp_path / "q3.xlsx", SHEETS)
    return tmp_path / "q3.xlsx"


def read(book: Path, *texts: str) -> Read:
    scenarios = [read_scenario(text, "bank", "bank.toml") for text in texts]
    return read_roadmap([book], Settings(), TODAY, scenarios=scenarios)


def test_rows_are_added_changed_and_dropped_as_if_they_had_been_typed(book: Path) -> None:
    roadmap = read(
        book,
        """
        [[add.tasks]]
        id = "T-3"
        team = ["Pay", "Ledger"]
        "Depends on" = "T-2"
        effort = 5
        [[change.tasks]]
        "Task ID" = "t-2"
        Effort = "3w"
        Due = 2026-10-30
        [change.items]
        "Item ID" = "ASK-1"
        Priority = "P0"
        [[add.capacity]]
        Team = "Pay"
        Change = -1
        [drop]
        tasks = ["T-1"]
        calendar = ["freeze"]
        """,
    ).roadmap
    first, second, third = roadmap.tasks
    assert first.status is Status.DROPPED
    assert second.estimate is not None
    assert (second.estimate.likely, second.due) == (15.0, date(2026, 10, 30))
    assert (third.teams, third.depends_on[0].predecessor) == (("Pay", "Ledger"), "T-2")
    assert roadmap.items[0].priority == "P0"
    assert roadmap.capacity[0].change == -1
    assert roadmap.calendar == ()


def test_scenarios_lie_one_on_the_other(book: Path) -> None:
    add = '[[add.tasks]]\nid = "T-3"\nteam = "Pay"\neffort = 5\n'
    change = '[[change.tasks]]\nid = "T-3"\neffort = 7\n'
    added = read(book, add, change).roadmap.tasks[-1]
    assert added.estimate is not None
    assert added.estimate.likely == 7.0
    with pytest.raises(UserError, match="changes 'T-3', which is not on the sheet Tasks"):
        read(book, change, add)


def test_an_id_in_use_elsewhere_keeps_its_name(tmp_path: Path) -> None:
    two = {"Ada": SHEETS["Tasks"], "Bo": SHEETS["Tasks"]}
    workbook(tmp_path / "q3.xlsx", two)
    plain = [task.id for task in read(tmp_path / "q3.xlsx").roadmap.tasks]
    more = [task.id for task in read(tmp_path / "q3.xlsx", '[[add.tasks]]\nid = "N-1"\nteam = "Pay"\n').roadmap.tasks]
    assert more == [*plain, "N-1"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nonsense", "bank.toml: "),
        ("[[put.tasks]]\nid='T-1'", "'put' is nothing that a scenario does"),
        ("[[add.taks]]\nid='T-1'", "Did you mean 'tasks'?"),
        ("[[add.tasks]]\nid='T-9'\nEfort=3", "Did you mean 'Effort'?"),
        ("[[change.tasks]]\nEffort=3", "says no Task ID"),
        ("[[change.capacity]]\nTeam='Pay'\nChange=1", "rows of Capacity have no id"),
        ("[[add.tasks]]\nid='T-1'\nteam='Pay'", "adds 'T-1', which is on the sheet Tasks already"),
        ("[drop]\ntasks=['T-11']", "Did you mean 'T-1'?"),
        ("[[change.tasks]]\nid='T-1'\nEffort={a=1}", "'Effort' has to be a text, a number, a date"),
        ("title = 7", "title has to be a text"),
    ],
)
def test_what_is_no_scenario_is_refused_with_a_way_out(book: Path, text: str, says: str) -> None:
    with pytest.raises(UserError) as refused:
        read(book, text)
    assert says in str(refused.value)
    assert "bank.toml" in str(refused.value)
