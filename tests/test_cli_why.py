"""`roadmap why` as people type it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli import app
from tests.workbooks import write_tables

RUNNER = CliRunner()
TASKS = "Task ID | Title | Team | Effort | Depends on\nA | first | X | 3 |\nB | second | Y | 2 | A"


@pytest.fixture(autouse=True)
def _planned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan of two tasks, written into ./reports."""
    monkeypatch.chdir(tmp_path)
    write_tables(tmp_path, tasks=TASKS)
    assert run("plan", "tasks.csv", "--as-of", "2026-09-07", "--work", "1")[0] == 0


def run(*arguments: str) -> tuple[int, str]:
    result = RUNNER.invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_the_task_alone_is_enough_and_the_last_line_leads_on() -> None:
    code, said = run("why", "b", "--work", "10")
    assert code == 0
    assert said.startswith("B  second\nY · ")
    assert "A of X is done on 10 Sep" in said
    assert "B not after A" in said
    assert said.endswith("\nNext: roadmap why A\n")
    assert run("why", "A", "--work", "10")[1].endswith("\nNext: roadmap show task A\n")


def test_files_and_a_plan_are_passed_on() -> None:
    plan = "reports/tasks/plan.json"
    code, said = run("why", "B", "tasks.csv", "--plan", plan, "--work", "10")
    assert code == 0
    assert said.endswith(f"\nNext: roadmap why A tasks.csv --plan {plan}\n")


def test_why_not_otherwise() -> None:
    assert (
        "Why not start B on Mon 21 Sep 2026 or later?"
        in run("why", "B", "--not-before", "2026-09-21", "--work", "9")[1]
    )
    code, said = run("why", "B", "--before", "A", "--work", "9")
    assert code == 0
    assert "Impossible because\n    B waits for A (FS) (tasks.csv!E3)" in said


def test_json_is_all_that_is_printed() -> None:
    code, said = run("why", "B", "--work", "10", "--json")
    assert code == 0
    assert json.loads(said)["task"] == "B"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["BB"], "no task 'BB' in this plan"),
        (["B", "--before", "A", "--not-before", "2026-09-21"], "ask one at a time"),
        (["B", "--not-before", "soon"], "is not a day such as"),
        (["B", "--plan", "nowhere.json"], "there is no plan here"),
    ],
)
def test_mistakes_are_one_line_and_exit_code_2(arguments: list[str], complaint: str) -> None:
    code, said = run("why", *arguments, "--work", "1")
    assert code == 2
    assert complaint in said
