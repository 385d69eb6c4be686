"""`roadmap whatif`: scenarios against hand-computed dates, and one adopted into the workbook."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.domain.problem import Solution, SolveStatus
from planner.pipeline.inputs import Inputs, PlanOptions, load
from planner.pipeline.promises import cheaper
from planner.pipeline.solving import formulated
from planner.pipeline.variants import Variant
from planner.scheduling.costs import cost
from planner.scheduling.timing import complete
from tests.round_trip import run
from tests.sheets.workbooks import workbook

BOOK = "q3.xlsx"
ALONE = ("--workers", "1")
"""No processes of their own: they take a second or two to begin."""
# One engineer, no operations: T-1 takes 7 to 18 September (10 days), T-2 the 10 days after it.
SHEETS = {
    "Roadmap": [
        ("Item ID", "Title", "Priority", "Target", "Commitment"),
        ("ASK-1", "Refunds", "P0", "2026-09-18", "must"),
        ("ASK-2", "Payouts", "P2", "2026-10-02", "must"),
    ],
    "Tasks": [
        ("Task ID", "Title", "Team", "Effort", "Item ID", "Status"),
        ("T-1", "Refund", "Pay", 10, "ASK-1", None),
        ("T-2", "Pay out", "Pay", 10, "ASK-2", None),
    ],
    "Teams": [("Team", "Engineers", "Operations"), ("Pay", 1, 0)],
    "Calendar": [("Name", "Kind", "Start", "End", "Scope"), ("Freeze", "block", "2027-02-01", "2027-02-05", "all")],
}
SCENARIOS = {
    "bank": """
title = "A bank signs"
[[add.roadmap]]
id = "ASK-9"
Title = "The bank"
Priority = "P0"
"Cost of delay" = 50
[[add.tasks]]
id = "T-9"
team = "Pay"
effort = 5
items = "ASK-9"
""",
    "drop": '[drop]\ntasks = ["T-1"]\ncalendar = ["Freeze"]\n',
    "hire": '[[change.teams]]\nTeam = "Pay"\nEngineers = 2\n',
    "clash": '[[change.tasks]]\nid = "T-1"\nDue = "2026-09-09!"\n',
}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    workbook(Path(BOOK), SHEETS)
    Path("scenarios").mkdir()
    for name, text in SCENARIOS.items():
        Path("scenarios", f"{name}.toml").write_text(text, encoding="utf-8")


def compare(*names: str) -> dict[str, dict[str, object]]:
    code, said = run(
        "whatif", "compare", *names, "--of", BOOK, "--as-of", "2026-09-07", "--work", "50", *ALONE, "--json"
    )
    assert code in (0, 1), said
    content = json.loads(said)
    names = [one["name"] for one in content["scenarios"]]
    lands = {row["id"]: dict(zip(names, row["outcomes"], strict=True)) for row in content["items"]}
    return {
        one["name"]: {**one, "lands": {i: row[one["name"]] for i, row in lands.items()}}
        for one in content["scenarios"]
    }


def test_what_is_more_urgent_pushes_the_others_back_and_breaks_their_promises() -> None:
    found = compare("base", "bank")
    base, bank = found["base"]["lands"], found["bank"]["lands"]
    assert [base[i]["lands"] for i in ("ASK-1", "ASK-2", "ASK-9")] == ["2026-09-18", "2026-10-02", None]
    # 5 days of the bank first: everything else lands 5 days later
    assert [bank[i]["lands"] for i in ("ASK-9", "ASK-1", "ASK-2")] == ["2026-09-11", "2026-09-25", "2026-10-09"]
    assert [bank[i]["moved"] for i in ("ASK-1", "ASK-2")] == [5, 5]
    assert found["bank"]["broken"] == ["ASK-1", "ASK-2"]
    assert found["base"]["broken"] == []
    # both targets and the bank's work are 25 days of one engineer; kept, the bank waits for 20 days at 10 ED each
    assert found["bank"]["fits_at"] == pytest.approx(20 * 10 - 2 * 4 * 5 - 0.5 * 4 * 5, abs=1.0)


def test_scenarios_are_stacked_and_more_engineers_keep_the_promises() -> None:
    found = compare("bank+hire")
    assert found["bank+hire"]["broken"] == []


def test_an_impossible_scenario_says_why_and_what_would_fit() -> None:
    code, said = run("whatif", "compare", "clash", "--of", BOOK, "--as-of", "2026-09-07", "--work", "50", *ALONE)
    assert code == 1
    assert "It is impossible:" in said
    assert "Fits only if" in said


def test_a_scenario_without_a_plan_has_no_dates_beside_the_others() -> None:
    code, said = run(
        "whatif", "compare", "clash", "hire", "--of", BOOK, "--as-of", "2026-09-07", "--work", "50", *ALONE
    )
    assert code == 1
    (lands,) = [line for line in said.splitlines() if line.startswith("lands")]
    assert lands.split() == ["lands", "base", "hire", "target"]
    assert "Fits only if you let T-1 be done by" in said


@pytest.mark.parametrize("command", ["compare", "adopt"])
def test_a_team_with_work_left_is_not_dropped(command: str) -> None:
    Path("scenarios/gone.toml").write_text('[drop]\nteams = ["Pay"]\n', encoding="utf-8")
    Path("scenarios/moved.toml").write_text(
        '[[change.tasks]]\nid = "T-1"\nTeam = "Web"\n[drop]\ntasks = ["T-2"]\nteams = ["Pay"]\n', encoding="utf-8"
    )
    before = Path(BOOK).read_bytes()
    code, said = run("whatif", command, "gone", "--of", BOOK)
    assert (code, said.count("\n")) == (2, 1)
    assert "drops the team 'Pay' with T-1, T-2 left" in said
    assert Path(BOOK).read_bytes() == before
    assert run("whatif", command, "moved", "--of", BOOK)[0] == 0


def test_a_file_that_is_no_scenario_is_one_line() -> None:
    Path("scenarios/bad.toml").write_text('title = "A bank\n', encoding="utf-8")
    code, said = run("whatif", "compare", "bad", "--of", BOOK)
    assert (code, said.count("\n")) == (2, 1)
    assert "bad.toml: this is no TOML" in said


def test_it_says_which_scenarios_there_are() -> None:
    code, said = run("whatif", "compare", "bnk", "--of", BOOK)
    assert code == 2
    assert "there are: bank, clash, drop, hire" in said


def test_a_cheaper_plan_that_keeps_the_promises_is_the_plan_of_the_scenario() -> None:
    checked = load(Inputs((Path(BOOK),), as_of=date(2026, 9, 7)))
    cycles, formulation = formulated(checked, "limited")
    problem, options = formulation.problem, PlanOptions(None, 50)

    def plan(*start: int) -> Solution:
        schedule = complete(problem, start)
        return Solution(SolveStatus.FEASIBLE, schedule, cost(problem, schedule, options.objective), 0, "by hand")

    late, early, clashing = plan(20, 30), plan(0, 10), plan(0, 5)
    variant = Variant(checked, cycles, formulation, late)
    assert cheaper(variant, early, options).solution.objective == early.objective
    assert cheaper(variant, clashing, options) is variant  # one engineer cannot do both at once
    assert cheaper(replace(variant, solution=early), late, options).solution is early


def test_the_same_work_gives_the_same_bytes_however_many_run_at_once() -> None:
    words = ("whatif", "compare", "bank", "hire", "--of", BOOK, "--as-of", "2026-09-07", "--work", "50", "--json")
    assert run(*words, "--workers", "2")[1] == run(*words, *ALONE)[1]


def test_an_adopted_scenario_stands_in_the_workbook_and_in_the_log() -> None:
    code, said = run("whatif", "adopt", "bank+drop", "--of", BOOK)
    assert code == 0, said
    book = load_workbook(BOOK)
    tasks = list(book["Tasks"].iter_rows(values_only=True))
    assert tasks[1][-1] == "dropped"
    assert tasks[3][:5] == ("T-9", None, "Pay", 5, "ASK-9")
    assert list(book["Roadmap"].iter_rows(values_only=True))[3][:3] == ("ASK-9", "The bank", "P0")
    assert [cell.value for cell in book["Calendar"][2]] == [None] * 5
    (entry,) = map(json.loads, Path(".roadmap/log.jsonl").read_text().splitlines())
    assert entry["command"] == "whatif adopt bank+drop"
    assert {cell["by"] for cell in entry["cells"]} == {"bank.toml", "drop.toml"}
    code, said = run("whatif", "adopt", "bank", "--of", BOOK)
    assert (code, "which is on the sheet Roadmap already" in said) == (2, True)


def test_a_row_without_an_id_is_adopted_once() -> None:
    row = '[[add.capacity]]\nTeam = "Pay"\nChange = 2\nStart = 2026-10-05\nNote = "joiners"\n'
    Path("scenarios/joiners.toml").write_text(row, encoding="utf-8")
    assert run("whatif", "adopt", "joiners", "--of", BOOK)[0] == 0
    code, said = run("whatif", "adopt", "joiners", "--of", BOOK)
    assert (code, said.count("\n")) == (2, 1)
    assert "entry 1 adds a row that stands on the sheet Capacity: was it adopted?" in said
    assert load_workbook(BOOK)["Capacity"].max_row == 2


def test_what_is_adopted_plans_like_the_scenario() -> None:
    scenario = compare("bank")["bank"]
    run("whatif", "adopt", "bank", "--of", BOOK)
    adopted = compare("base")["base"]
    assert adopted["cost"] == scenario["cost"]
    assert {i: one["lands"] for i, one in adopted["lands"].items()} == {
        i: one["lands"] for i, one in scenario["lands"].items()
    }
