"""roadmap pareto: from a workbook to plans that trade delay for throwaway."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli import app
from tests.workbooks import write_tables

RUNNER = CliRunner()
QUICK = ("--as-of", "2026-09-07", "--work", "3000")
TASKS = """
Task ID | Title | Team | Effort | Item ID | Touches
PAY-1 | Postings with two currencies | Pay | 20 | ASK-1 | ledger:extend
PAY-2 | A new ledger | Pay | 25 | ASK-2 | ledger:replace
PAY-3 | Rounding | Pay | 5 | ASK-3 |
"""


@pytest.fixture(autouse=True)
def _contradiction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    items = "Item ID | Title | Priority\nASK-1 | Currencies | P0\nASK-2 | Ledger | P2\nASK-3 | Rounding | P2"
    write_tables(tmp_path, tasks=TASKS, items=items)


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and everything that was printed."""
    result = RUNNER.invoke(app, ["pareto", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout + (result.stderr if result.exit_code == 2 else "")


def test_a_small_front_is_proven_and_written() -> None:
    code, said = run("tasks.csv", "items.csv", *QUICK)
    assert code == 0
    assert "No plan is missing" in said
    assert "1  The least delay" in said
    assert Path("reports/tasks-and-1-more/pareto.svg").exists()
    assert said.rstrip().splitlines()[-1].startswith("Next: roadmap ")


def test_json_is_the_same_each_time() -> None:
    first = run("tasks.csv", "items.csv", *QUICK, "--json")
    assert first == run("tasks.csv", "items.csv", *QUICK, "--json")
    points = json.loads(first[1])["points"]
    assert [point["y"] for point in points] == sorted((point["y"] for point in points), reverse=True)
    assert points[-1]["y"] == 0
    assert len(points) > 1


@pytest.mark.parametrize(
    ("axes", "said"),
    [
        (("--y", "risk"), "must be one of effort, delay, throwaway, resistance, debt"),
        (("--y", "delay"), "delay cannot be traded for itself"),
        (("--y", "effort"), "every plan of this roadmap has the same effort"),
    ],
)
def test_axes_that_cannot_be_traded(axes: tuple[str, ...], said: str) -> None:
    code, printed = run("tasks.csv", "items.csv", *QUICK, *axes)
    assert code == 2
    assert said in printed
