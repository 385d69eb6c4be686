"""csv and JSON: complete, neutral, stable."""

import csv
import io
import json
from dataclasses import replace

import pytest

from planner.domain.errors import UserError
from planner.domain.plan import Plan
from planner.report.conflicts import conflict_objects
from planner.report.plan_json import plan_from_json, plan_id, plan_json, written_id
from planner.report.sequence_csv import neutral, sequence_csv
from planner.report.show import show_item, show_task, show_team
from tests.report.golden import check_golden
from tests.report.sample_plan import impossible_plan, sample_plan


def csv_rows(plan: Plan) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sequence_csv(plan))))


def test_golden_csv(request: pytest.FixtureRequest) -> None:
    check_golden("sequence.csv", sequence_csv(sample_plan()), request)


def test_golden_json(request: pytest.FixtureRequest) -> None:
    check_golden("plan.json", plan_json(sample_plan()), request)


def test_csv_has_one_row_for_each_task_in_sequence() -> None:
    plan = sample_plan()
    assert [row["Task ID"] for row in csv_rows(plan)] == [task.id for task in plan.tasks]
    assert csv_rows(plan)[0]["Start"] == "2026-09-07"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_no_formula_in_csv(text: str) -> None:
    plan = sample_plan()
    first = replace(plan.tasks[0], title=text)
    assert csv_rows(replace(plan, tasks=(first,)))[0]["Title"].startswith("'")


def test_ordinary_text_is_left_alone() -> None:
    assert neutral("PAY-7 - pay = out") == "PAY-7 - pay = out"


def test_json_has_the_plan_s_figures() -> None:
    plan = sample_plan()
    content = json.loads(plan_json(plan))
    assert (content["version"], content["status"], content["seed"]) == (1, "feasible", 7)
    assert content["objective"] == {"total": 113.5, "E": 72.0, "D": 40.5, "R": 1.0}
    assert (content["lower_bound"], content["gap"]) == (112.96, 0.013)
    assert [task["id"] for task in content["tasks"]] == [task.id for task in plan.tasks]
    pay = content["tasks"][3]
    assert (pay["team"], pay["start"], pay["total_float"], pay["critical"]) == ("Payments", "2026-09-21", 0, True)
    assert pay["waits_for"][0] == {"task": "LED-1", "team": "Ledger", "relation": "", "cross_team": True}
    assert content["items"][1]["target"]["last"] == "2026-10-01"
    assert content["teams"][0]["weeks"][1] == {"week": "2026-09-14", "capacity": 10.0, "planned": 8.5}


@pytest.mark.parametrize("plan", [sample_plan(), impossible_plan()], ids=["sample", "clash"])
def test_what_is_read_back_shows_the_same(plan: Plan) -> None:
    again = plan_from_json(plan_json(plan))
    assert [show_task(again, task.id) for task in plan.tasks] == [show_task(plan, task.id) for task in plan.tasks]
    assert [show_team(again, team.name) for team in plan.teams] == [show_team(plan, t.name) for t in plan.teams]
    assert [show_item(again, item.id) for item in plan.items] == [show_item(plan, item.id) for item in plan.items]
    assert (again.headline, again.assumed_share, again.finish) == (plan.headline, plan.assumed_share, plan.finish)
    assert conflict_objects(again.conflicts) == conflict_objects(plan.conflicts)


def test_the_id_of_a_plan_is_that_of_its_file() -> None:
    plan = sample_plan()
    assert written_id(plan_json(plan)) == plan_id(plan)
    assert len(plan_id(plan)) == 12


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2}', '{"version": 1}'])
def test_a_file_that_is_no_plan_is_one_clear_line(text: str) -> None:
    with pytest.raises(UserError, match="plan again"):
        plan_from_json(text)
