"""`roadmap experiments` and `experiment result`: what hangs on a hypothesis, a result that stops or releases it."""

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from planner.cli import app
from tests.sheets.workbooks import workbook

SHEETS = {
    "Roadmap": [["Item ID", "Title", "Priority"], ["I", "Bills", "P1"]],
    "Tasks": [
        ["Task ID", "Title", "Team", "Effort", "Engineers", "Item ID", "Hypothesis", "Status", "% done"],
        ["TEST", "Try it", "Led", 10, 1, "", "", "", ""],
        ["USES", "Build on it", "Pay", 20, 1, "I", "H-1", "in progress", 25],
        ["OTHER", "Build besides", "Api", 5, 1, "I", "", "", ""],
    ],
    "Teams": [
        ["Team", "Engineers", "Operations"],
        ["Pay", 1, 0],
        ["Led", 1, 0],
        ["Api", 1, 0],
    ],
    "Hypotheses": [
        [
            "Hypothesis ID",
            "Statement",
            "Treatment group",
            "Metric",
            "P(success)",
            "Tested by",
            "Rollback effort",
            "Result",
        ],
        ["H-1", "People pay", "one in ten", "revenue", 0.6, "TEST", 5, ""],
    ],
}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A planned workbook in the current folder; TEST runs ten days, USES has fifteen left of twenty."""
    monkeypatch.chdir(tmp_path)
    path = workbook(tmp_path / "q3.xlsx", SHEETS)
    plan()
    return path


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result.output


def plan() -> dict[str, object]:
    """The tasks that are planned, by id."""
    run("plan", "q3.xlsx", "--as-of", "2026-09-07", "--work", "50")
    tasks = json.loads(Path("reports/q3/plan.json").read_text())["tasks"]
    return {task["id"]: task for task in tasks}


def test_the_list_says_what_hangs_on_it_and_what_may_be_thrown_away(book: Path) -> None:
    """By the result on 18 September ten of the fifteen days that are left of USES are over, and five were before."""
    (one,) = json.loads(run("experiments", "q3.xlsx", "--json"))["experiments"]
    assert (one["id"], one["known"], one["probability"]) == ("H-1", "2026-09-18", 0.6)
    assert [task["task"] for task in one["hanging"]] == ["USES"]
    assert one["at_risk"] == pytest.approx(15, abs=0.01)
    assert one["throwaway"] == pytest.approx(6, abs=0.01)
    said = run("experiments")
    assert "H-1  People pay" in said
    assert "Next: roadmap experiment result H-1 --pass" in said


def test_a_failure_stops_what_relies_on_it_and_is_compared_with_the_forecast(book: Path) -> None:
    """A quarter of USES was done: 5 ED are really thrown away."""
    made = json.loads(run("experiment", "result", "h-1", "q3.xlsx", "--fail", "--json"))
    assert (made["result"], made["stopped"], made["thrown_away"]) == ("fail", ["USES"], 5.0)
    assert made["follows"] == [{"task": "H-1 roll-back", "effort": 5.0}]
    assert openpyxl.load_workbook(book)["Hypotheses"]["H2"].value == "fail"
    planned = plan()
    assert "USES" not in planned
    assert {"TEST", "OTHER", "H-1 roll-back"} <= planned.keys()
    assert planned["H-1 roll-back"]["effort"] == 5.0  # type: ignore[index]
    assert "experiment result" in (book.parent / ".roadmap" / "log.jsonl").read_text()


def test_a_success_releases_it(book: Path) -> None:
    said = run("experiment", "result", "H-1", "--pass")
    assert "H-1 holds: People pay" in said
    assert "goes on" in said
    planned = plan()
    assert "USES" in planned
    assert "H-1 roll-back" not in planned


def test_what_cannot_be_recorded_is_said_in_a_line(book: Path) -> None:
    assert "say what came out: --pass or --fail" in run("experiment", "result", "H-1", code=2)
    assert "Did you mean 'H-1'?" in run("experiment", "result", "H-11", "--fail", code=2)
    run("experiment", "result", "H-1", "--fail")
    assert "has the result 'fail' already: change q3.xlsx!Hypotheses!H2" in run(
        "experiment", "result", "H-1", "--pass", code=2
    )


def test_no_hypotheses_are_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    workbook(tmp_path / "q3.xlsx", {"Tasks": [["Task ID", "Effort"], ["A", 1]]})
    assert "There is no hypothesis" in run("experiments", "q3.xlsx")
