"""Planning again close to the plan before: on the sample, from the history, at the door."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from planner.cli import app
from planner.domain.errors import UserError
from planner.domain.plan import Plan
from planner.pipeline import Inputs, PlanOptions, plan, read_plan, remember, write_reports
from planner.pipeline.current import current
from planner.pipeline.history import KEPT, stored
from planner.report.plan_json import plan_from_json, plan_json
from planner.report.screen import screen
from planner.scheduling.budget import Budget
from tests.workbooks import write_tables

MONDAY = date(2026, 9, 7)
SAMPLE = Path(__file__).parent.parent / "data" / "commerce-platform.xlsx"
WORK = 60
TEAMS = """Team | Engineers | Operations
           Solo | 1 | 0"""
ITEMS = """Item ID | Title | Cost of delay
           IA | a | 5
           IB | b | {worth}"""
TASKS = """Task ID | Title | Item ID | Team | Effort
           A | a | IA | Solo | 1
           B | b | IB | Solo | 1"""


def tables(folder: Path, worth: int = 1, price: float = 2.0, tasks: str = TASKS, stable: str = "") -> Inputs:
    """Two tasks in one lane; A is worth 1 ED a day, B a fifth of `worth`; a moved start costs `price` ED."""
    write_tables(folder, items=ITEMS.format(worth=worth), tasks=tasks, teams=TEAMS)
    prices = f"[stability]\nstart = {price}\nnear_start = {price}\n"
    (folder / "roadmap.toml").write_text(f'stable = "{stable}"\n{prices}')
    return Inputs((folder,), as_of=MONDAY)


def planned(inputs: Inputs, stable: str = "", work: int = 20) -> Plan:
    made = plan(inputs, PlanOptions(work=work, stable=stable))
    remember(made, inputs, PlanOptions())
    return made


def starts(made: Plan) -> dict[str, date]:
    return {task.id: task.start for task in made.tasks if task.status == "planned"}


@pytest.mark.parametrize(("price", "first", "cost", "moved"), [(2.0, "A", 2.0, 0), (0.5, "B", 0.0, 2)])
def test_oracle_an_order_stays_where_turning_it_saves_less_than_it_moves(
    tmp_path: Path, price: float, first: str, cost: float, moved: int
) -> None:
    """B becomes worth 3 ED a day: B, A saves 2 ED against A, B, and moves two starts."""
    planned(tables(tmp_path, worth=1))
    made = planned(tables(tmp_path, worth=15, price=price), "last")
    assert made.stability is not None
    assert made.tasks[0].id == first
    assert (made.stability.price, made.stability.most) == (cost, cost)
    assert (len(made.stability.moves), made.stability.unchanged) == (moved, 2 - moved)
    assert made.stability.charged == moved * price
    assert made.objective == sum(term.value for term in made.terms)


def test_the_screen_says_what_it_costs_and_what_moved(tmp_path: Path) -> None:
    planned(tables(tmp_path, worth=1))
    kept = planned(tables(tmp_path, worth=15), "last")
    assert "Close to the plan of Mon 7 Sep 2026: 2 starts unchanged, none moved." in screen(kept, 140)
    assert "Keeping close costs 0.4 engineer-weeks." in screen(kept, 140)
    grown = TASKS.replace("IA | Solo | 1", "IA | Solo | 3")
    late = planned(tables(tmp_path, worth=1, tasks=grown), "last")
    text = screen(late, 140)
    assert "1 start unchanged, 1 moved (1 of them near)." in text
    assert "The moved starts count 0.4 engineer-weeks in the search (assumed)" in screen(late, 140, verbose=True)
    assert "8 Sep → 10 Sep  B  b  2 days later  because A has grown from 0.2 engineer-weeks to 0.6" in text


def test_the_newest_plan_is_the_last_and_each_is_stored_once(tmp_path: Path) -> None:
    inputs = tables(tmp_path)
    first, second = planned(inputs), planned(tables(tmp_path, worth=15))
    assert [read_plan(path).objective for path in stored(inputs)] == [first.objective, second.objective]
    remember(first, inputs, PlanOptions())
    assert [read_plan(path).objective for path in stored(inputs)] == [second.objective, first.objective]


def test_the_last_fifty_plans_are_kept(tmp_path: Path) -> None:
    inputs = tables(tmp_path)
    made = plan(inputs, PlanOptions(work=1))
    for seed in range(KEPT + 5):
        remember(replace(made, seed=seed), inputs, PlanOptions())
    assert [read_plan(path).seed for path in stored(inputs)] == list(range(5, KEPT + 5))


def test_what_could_not_be_planned_is_not_remembered(tmp_path: Path) -> None:
    inputs = tables(tmp_path)
    remember(replace(plan(inputs, PlanOptions(work=1)), tasks=()), inputs, PlanOptions())
    assert stored(inputs) == []


def test_two_roadmaps_in_one_folder_have_each_its_own_history(tmp_path: Path) -> None:
    tables(tmp_path)
    one, other = (Inputs((tmp_path / name,), as_of=MONDAY) for name in ("tasks.csv", "items.csv"))
    planned(one)
    assert (len(stored(one)), len(stored(other))) == (1, 0)


def test_without_a_history_the_plan_in_the_reports_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pay").mkdir()
    inputs = tables(tmp_path / "pay")
    write_reports(plan(inputs, PlanOptions(work=1)), tmp_path / "reports" / "pay")
    made = plan(inputs, PlanOptions(work=1, stable="last"))
    assert made.stability is not None
    assert made.stability.unchanged == 2


def test_the_same_plan_before_gives_the_same_bytes_whenever_it_was_stored(tmp_path: Path) -> None:
    first = planned(tables(tmp_path))
    inputs = tables(tmp_path, worth=15)
    kept = plan(inputs, PlanOptions(work=20, stable="last"))
    remember(first, inputs, PlanOptions())
    assert plan_json(plan(inputs, PlanOptions(work=20, stable="last"))) == plan_json(kept)


def test_without_any_plan_before_one_that_was_asked_for_is_missed_and_a_standing_wish_waits(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no earlier plan of these files"):
        planned(tables(tmp_path), "last")
    inputs = tables(tmp_path, stable="last")
    first, second = planned(inputs), planned(inputs)
    assert first.stability is None
    assert "no-plan-before" in [diagnostic.rule.id for diagnostic in first.diagnostics]
    assert second.stability is not None
    assert planned(inputs, "none").stability is None


def test_a_plan_of_something_else_is_refused(tmp_path: Path) -> None:
    for name in ("pay", "mobile"):
        (tmp_path / name).mkdir()
    pay = planned(tables(tmp_path / "pay"))
    (tmp_path / "plan.json").write_text(plan_json(pay), encoding="utf-8")
    other = tables(tmp_path / "mobile", tasks=TASKS.replace("A | a", "X | x").replace("B | b", "Y | y"))
    with pytest.raises(UserError, match="plans nothing that is still to begin here"):
        planned(other, str(tmp_path / "plan.json"))


def test_a_path_in_roadmap_toml_counts_from_there(tmp_path: Path) -> None:
    made = planned(tables(tmp_path))
    (tmp_path / "agreed.json").write_text(plan_json(made), encoding="utf-8")
    assert planned(tables(tmp_path, stable="agreed.json")).stability is not None


def test_questions_about_a_plan_know_what_it_kept_close_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pay").mkdir()
    planned(tables(tmp_path / "pay"))
    inputs = tables(tmp_path / "pay", worth=15)
    kept = planned(inputs, "last")
    write_reports(kept, tmp_path / "reports" / "pay")
    again = current(inputs, PlanOptions(work=20), Budget(work=20))
    assert again.unchanged
    assert len(again.formulation.problem.anchors) == 2
    assert plan_from_json(plan_json(kept)).stability == kept.stability


def test_at_the_door(tmp_path: Path) -> None:
    tables(tmp_path)
    arguments = ["plan", str(tmp_path), "--as-of", "2026-09-07", "--work", "1", "--out", str(tmp_path / "out")]
    first = CliRunner().invoke(app, arguments)
    assert "WHAT MOVED" not in first.output
    assert "2 starts unchanged, none moved" in CliRunner().invoke(app, [*arguments, "--stable", "last"]).output
    refused = CliRunner().invoke(app, [*arguments, "--stable", "last", "--objective", "makespan"])
    assert refused.exit_code == 2
    assert "cannot keep close" in refused.output


def changed_sample(path: Path, edits: Sequence[tuple[str, int]], new: Sequence[object] = ()) -> Inputs:
    """The sample with other efforts by task, and a row more."""
    book = load_workbook(SAMPLE)
    sheet = book["Tasks"]
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value}
    effort = [cell.value for cell in rows["Task ID"]].index("Effort")
    for task, days in edits:
        rows[task][effort].value = days
    if new:
        sheet.append(list(new))
    book.save(path)
    return Inputs((path,), as_of=MONDAY)


def test_a_small_change_of_the_sample_moves_few_starts(tmp_path: Path) -> None:
    """One estimate grows and one task comes in; the same 200 tasks, and nine that we add, are still to begin."""
    before = starts(planned(changed_sample(tmp_path / "sample.xlsx", ()), work=WORK))
    new = ("NEW-1", "Rotate the signing keys", "Identity", 8)
    inputs = changed_sample(tmp_path / "sample.xlsx", (("LED-2", 80),), new)
    free, kept = (starts(planned(inputs, stable, WORK)) for stable in ("none", str(stored(inputs)[0])))
    freely, closely = (sum(before[task] != made[task] for task in before) for made in (free, kept))
    assert len(before) == 209
    assert 2 * closely < freely, (closely, freely)
