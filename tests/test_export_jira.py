"""`roadmap export --jira`: what Jira's importer takes, read back by the dialect."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from planner.cli import app
from planner.domain.jira import JiraIssue
from planner.domain.roadmap import Roadmap, Strength, Task
from planner.domain.settings import Settings
from planner.report.jira import jira_csv
from planner.sheets.csv_text import read_csv
from planner.sheets.dialects import DIALECTS
from planner.sheets.read import read_roadmap
from tests.test_samples import AS_OF, DATA
from tests.workbooks import write_tables

TASKS = """
Task ID | Title | Item ID | Team | Effort | Depends on | Touches | Status | Labels | Duplicate of
7 | Ledger | ASK-1 | Ledger; Payments | 8 | | ledger:replace; invoice:read | | q4 plan; money |
PAY-1 | =Refunds | ASK-1; ASK-2 | Payments | 2..3..8 | 7 | | in progress | |
PAY-2 | Half a day | ASK-2 | Payments | 0.5 | PAY-1 SS+2d; soft:7; launch:PAY-1 | | | |
PAY-3 | Unknown | | Payments | | PAY-2 | | | | PAY-2
PAY-4 | Old | | Payments | 3 | | | cancelled | |
"""
ITEMS = """
Item ID | Title | Priority | Target
ASK-1 | Postings in a day | P0 | 2026-12-31
ASK-2 | Refunds by line | P3 |
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_tables(tmp_path, tasks=TASKS, roadmap=ITEMS)


def export(*arguments: str) -> tuple[int, str]:
    """Exit code and everything that was printed."""
    command = ["export", *arguments, "--jira", "--as-of", "2026-09-07", "--work", "50"]
    result = CliRunner().invoke(app, command)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def exported(*arguments: str) -> list[list[str]]:
    assert export(*arguments, "--out", "jira.csv")[0] == 0
    with Path("jira.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def read(*paths: str | Path) -> Roadmap:
    return read_roadmap([Path(path) for path in paths], Settings(), AS_OF).roadmap


def hard(task: Task) -> set[str]:
    return {link.predecessor for link in task.depends_on if link.strength is not Strength.SOFT}


def test_the_file_has_what_the_importer_asks_for() -> None:
    header, *rows = exported("tasks.csv", "roadmap.csv")
    assert header[:5] == ["Summary", "Issue Type", "Issue ID", "Parent", "External ID"]
    issues = {row[4]: dict(zip(header[:16], row[:16], strict=True)) for row in rows}
    assert [row[1] for row in rows] == ["Epic"] * 2 + ["Task"] * 5  # parents before children
    assert issues["ASK-1"]["Due date"] == "31/Dec/26 12:00 AM"
    ledger = issues["7"]
    assert (ledger["Parent"], ledger["Epic Link"]) == (issues["ASK-1"]["Issue ID"], "Postings in a day")
    assert (ledger["Original estimate"], ledger["Team"]) == ("230400", "Ledger; Payments")  # 8 days of 8 hours
    assert ledger["Start date"] == "07/Sep/26 12:00 AM"  # the first day of the plan
    assert issues["PAY-1"]["Summary"] == "'=Refunds"
    assert (issues["PAY-3"]["Original estimate"], issues["PAY-4"]["Resolution"]) == ("", "Won't Do")
    lists = {name: [row[i] for row in rows for i, h in enumerate(header) if h == name and row[i]] for name in header}
    assert lists["Labels"] == ["q4-plan", "money"]
    assert set(lists["Component"]) == {"ledger", "invoice"}


def test_it_says_what_jira_cannot_be_told_and_how_to_import_it() -> None:
    said = export("tasks.csv", "roadmap.csv", "--out", "out")[1]
    assert "tasks-and-1-more: 2 epics and 5 tasks in out/jira.csv" in said
    assert "date format dd/MMM/yy h:mm a" in said
    assert "2 dependencies with a lag, or other than finish to start, told as plain Blocks." in said
    assert "1 soft dependency told as Relates." in said
    assert "1 task of several items, told under the first." in said
    assert said.endswith("Next: roadmap check out/jira.csv\n")
    assert json.loads(export("tasks.csv", "--json")[1])["path"] == "exports/tasks/jira.csv"


def test_read_back_it_is_the_same_roadmap() -> None:
    before = read("tasks.csv", "roadmap.csv")
    exported("tasks.csv", "roadmap.csv")
    after = read("jira.csv")
    assert {item.id: (item.title, item.priority) for item in after.items} == {
        item.id: (item.title, item.priority) for item in before.items
    }
    tasks = after.tasks_by_id()
    assert tasks.keys() == before.tasks_by_id().keys()
    for task in before.tasks:
        other = tasks[task.id]
        assert (task.title, task.teams, task.status) == (other.title, other.teams, other.status)
        assert (task.estimate and task.estimate.likely) == (other.estimate and other.estimate.likely)
        assert (hard(task), task.items[:1], task.duplicate_of) == (hard(other), other.items, other.duplicate_of)


def test_the_sample_read_back_has_the_same_tasks_dependencies_and_efforts() -> None:
    source = DATA / "commerce-platform.xlsx"
    exported(str(source))
    before, after = read(source).tasks_by_id(), read("jira.csv").tasks_by_id()
    assert after.keys() == before.keys()
    for name, task in before.items():
        other = after[name]
        assert hard(task) == hard(other)
        assert (task.estimate and task.estimate.likely) == (other.estimate and other.estimate.likely)


def test_what_is_not_for_everybody_goes_out_without_a_word(folder: Path) -> None:
    items = "Item ID | Title | Audience\nASK-1 | Secret deal | Ann\nASK-2 | Refunds by line |"
    write_tables(folder, roadmap=items)
    rows = exported("tasks.csv", "roadmap.csv")
    text = Path("jira.csv").read_text(encoding="utf-8")
    assert "Secret" not in text
    assert "Ledger,Task" not in text
    reserved = [row for row in rows if row[0] == "Reserved"]
    assert [row[4] for row in reserved] == ["", ""]  # no id
    assert {row[rows[0].index("Original estimate")] for row in reserved} == {"230400", "86400"}


def test_one_receiver_is_named() -> None:
    result = CliRunner().invoke(app, ["export", "tasks.csv", "--jira", "--per-pm"])
    assert (result.exit_code, "say for whom: one of --per-pm, --per-team, --jira" in result.output) == (2, True)


WORDS = st.text('ab=+-@;,"\n\té ', min_size=1, max_size=12).filter(str.strip)


@given(st.lists(WORDS, min_size=1, max_size=5), st.data())
def test_any_text_and_any_links_come_back(summaries: list[str], data: st.DataObject) -> None:
    count = len(summaries)
    links = data.draw(st.lists(st.tuples(st.integers(1, count), st.integers(1, count)), max_size=6))
    days = data.draw(st.lists(st.integers(0, 400), min_size=count, max_size=count))
    issues = [
        JiraIssue(
            number=number,
            type="Task",
            id=str(count + 1 - number),  # ids that are other issues' numbers
            summary=summary,
            status="To Do",
            estimate=days[number - 1] / 8,
            blocks=tuple(dict.fromkeys(after for before, after in links if before == number != after)),
        )
        for number, summary in enumerate(summaries, 1)
    ]
    grid = read_csv(jira_csv(issues).encode(), "jira.csv")
    found = DIALECTS[0](grid, Settings())
    assert found is not None
    (tasks,) = found.tables
    for issue, row in zip(issues, tasks.rows, strict=True):
        assert row.values["Task ID"] == issue.id
        assert "".join(str(row.values["Title"]).split()) == "".join(issue.summary.split())
        assert row.values["Effort"] == issue.estimate
        ahead = {issues[before - 1].id for before, after in links if after == issue.number != before}
        assert set(filter(None, str(row.values.get("Depends on", "")).split("; "))) == ahead


def test_days_are_written_alike_everywhere() -> None:
    issue = JiraIssue(1, "Task", "A", "A", "To Do", start=date(2026, 10, 2), due=date(2027, 1, 4))
    assert "02/Oct/26 12:00 AM,04/Jan/27 12:00 AM" in jira_csv([issue])
