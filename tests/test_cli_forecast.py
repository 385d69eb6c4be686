"""`roadmap forecast` as people run it: on the plan written last, stopped by a real signal, and in the pictures."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli import app
from planner.pipeline import read_plan
from planner.report.plan_json import written_id
from tests.sheets.workbooks import workbook

SHEETS = {
    "Roadmap": [["Item ID", "Title", "Target"], ["I", "Bills", "2026-10-30"]],
    "Tasks": [
        ["Task ID", "Title", "Team", "Effort", "Depends on", "Item ID"],
        ["A", "Read", "Pay", "2-3-8", "", "I"],
        ["B", "Write", "Pay", "5-5-5", "A", "I"],
        ["C", "Ship", "Led", "4", "B", "I"],
    ],
    "Teams": [["Team", "Engineers"], ["Pay", 2], ["Led", 2]],
}


@pytest.fixture
def roadmap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A planned workbook in the current folder."""
    monkeypatch.chdir(tmp_path)
    path = workbook(tmp_path / "q3.xlsx", SHEETS)
    run("plan", "q3.xlsx", "--as-of", "2026-09-07", "--work", "50")
    return path


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return result.stdout


def test_it_takes_up_the_plan_written_last_and_says_how_optimistic_it_is(roadmap: Path) -> None:
    said = run("forecast", "--runs", "400")
    assert "The plan says" in said
    assert "Next: roadmap why" in said
    plan = Path("reports/q3/plan.json").read_text()
    stored = json.loads(Path("reports/q3/forecast.json").read_text())
    assert stored["plan"] == written_id(plan)
    assert stored["runs"] == 400
    for name in ("forecast.csv", "forecast-curve.svg", "forecast-drivers.svg"):
        assert Path("reports/q3", name).stat().st_size > 300


def test_json_has_the_items_with_their_percentiles_and_the_same_seed_the_same_text(roadmap: Path) -> None:
    said = run("forecast", "q3.xlsx", "--runs", "300", "--seed", "7", "--json")
    assert said == run("forecast", "q3.xlsx", "--runs", "300", "--seed", "7", "--json", "--workers", "2")
    (item,) = json.loads(said)["items"]
    assert item["id"] == "I"
    assert item["p50"] <= item["p80"] <= item["p90"]
    assert 0.0 <= item["on_target"] <= 1.0


def test_the_page_and_the_pictures_show_it_until_there_is_another_plan(roadmap: Path) -> None:
    run("forecast", "--runs", "300")
    whisker = "lands with a chance of 50 to 90 %"
    assert whisker in Path("reports/q3/pictures/gantt-items.svg").read_text()
    read = read_plan(Path("reports/q3/plan.json"))
    assert read.forecast is not None
    assert read.forecast.items[0].id == "I"
    run("plan", "q3.xlsx", "--as-of", "2026-09-07", "--work", "50")  # the same plan again
    assert whisker in Path("reports/q3/pictures/gantt-items.svg").read_text()
    run("plan", "q3.xlsx", "--as-of", "2026-09-21", "--work", "50")
    assert whisker not in Path("reports/q3/pictures/gantt-items.svg").read_text()
    assert not Path("reports/q3/forecast.json").exists()


def test_without_a_plan_it_plans_and_says_that_nothing_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    workbook(tmp_path / "q3.xlsx", SHEETS)
    said = run("forecast", "q3.xlsx", "--as-of", "2026-09-07", "--runs", "50", "--work", "50")
    assert "No plan with these dates was written yet" in said
    assert "Next: roadmap plan q3.xlsx" in said
    run("forecast", "nowhere.xlsx", code=2)


def test_ctrl_c_gives_the_result_so_far(roadmap: Path) -> None:
    """A hundred million runs would take hours; after the signal the table is there, with its number of runs."""
    command = [sys.executable, "-m", "planner.cli", "forecast", "q3.xlsx", "--runs", "100000000"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        time.sleep(6)
        os.kill(process.pid, signal.SIGINT)
        said, complaints = process.communicate(timeout=120)
    assert process.returncode == 0, complaints
    assert "Stopped after" in said
    assert "standard error" in said
    stored = json.loads(Path("reports/q3/forecast.json").read_text())
    assert 0 < stored["runs"] < stored["asked"] == 100_000_000


def test_where_nothing_is_left_to_do_that_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("done.csv").write_text("Task ID,Title,Team,Effort,Status\nT-1,All,Pay,5,done\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["forecast", "done.csv", "--as-of", "2026-09-07"])
    assert result.exit_code == 2
    assert result.output == "roadmap: there is nothing to forecast: no task is left to do\n"
