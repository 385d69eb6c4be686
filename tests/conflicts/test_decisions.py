"""What waits for a decision: the example of each detector, and its figures by hand."""

from dataclasses import replace
from datetime import date
from types import ModuleType

import pytest

from planner.conflicts import (
    colliding_experiments,
    starved_decision,
    undecided_decision,
    unproven_one_way_door,
    untested_hypothesis,
)
from planner.domain.conflict import Change, ChangeKind
from planner.domain.plan import Plan, PlannedTask, Reason
from tests.conflicts.examples import detected, read_example


@pytest.mark.parametrize(
    "module", [undecided_decision, untested_hypothesis, unproven_one_way_door, colliding_experiments]
)
def test_the_example_holds(module: ModuleType) -> None:
    context, expected = read_example(module.__doc__ or "")
    assert {frozenset(conflict.tasks) for conflict in module.detect(context)} == expected


def test_a_starved_decision_says_what_is_missing() -> None:
    (found,) = detected(starved_decision, starved_decision.__doc__ or "")
    assert (found.decisions, found.evidence) == (("DEC-3",), ("Driver",))


def test_without_a_plan_all_that_builds_on_the_likelier_option_is_at_risk_by_the_other() -> None:
    (found,) = detected(undecided_decision, undecided_decision.__doc__ or "")
    assert dict(found.at_risk) == pytest.approx({"LED-3": 0.3})
    choices = [way.changes for way in found.resolutions[:2]]
    assert choices == [(Change(ChangeKind.CHOOSE, "DEC-1", value=o),) for o in ("Aurora", "DynamoDB")]
    assert [way.discards for way in found.resolutions[:2]] == [(), ("LED-3",)]


def test_work_before_a_test_is_at_risk_by_its_failure() -> None:
    (found,) = detected(untested_hypothesis, untested_hypothesis.__doc__ or "")
    assert dict(found.at_risk) == pytest.approx({"MET-2": 0.2})  # MET-3 waits
    assert found.resolutions[0].changes == (Change(ChangeKind.AFTER, "MET-2", "MET-1"),)


def test_a_one_way_door_risks_its_reversal_too_but_never_more_than_itself() -> None:
    """(1 - 0.6) x (19 + 40) of 19 ED is more than all of it."""
    (found,) = detected(unproven_one_way_door, unproven_one_way_door.__doc__ or "")
    assert found.at_risk == (("TAX-5", 1.0),)


def test_two_experiments_on_one_group_may_go_either_way_round() -> None:
    (found,) = detected(colliding_experiments, colliding_experiments.__doc__ or "")
    assert found.at_risk == (("WEB-1", 1.0),)
    assert [way.changes[0].kind for way in found.resolutions] == [ChangeKind.AFTER, ChangeKind.AFTER, ChangeKind.NOTE]


def test_a_blank_probability_risks_nothing_and_gives_a_break_even() -> None:
    """10 ED on 7 to 18 September, known on the 11th: waiting costs 5 days x 0.5 ED, starting (1 - p) x 5 ED."""
    text = """
    Item ID | Priority
    R-1     | P2

    Task ID | Team   | Effort | Item ID(s) | Sets
    LED-3   | Ledger | 10     | R-1        | ledger.storage=Aurora

    Decision ID | Key            | Options          | Due
    DEC-1       | ledger.storage | Aurora; DynamoDB | 2026-09-11
    """
    context, _ = read_example(text)
    (task,) = context.tasks
    dates = PlannedTask(
        id=task.id,
        title="",
        teams=task.teams,
        items=task.items,
        start=date(2026, 9, 7),
        finish=date(2026, 9, 18),
        launch=None,
        sequence=1,
        queue=1,
        effort=10.0,
        engineers=1.0,
        working_days=10,
        total_float=0,
        free_float=0,
        critical=True,
        status="planned",
        waits_for=(),
        waited_by=(),
        reason=Reason("planning start", ""),
    )
    plan = Plan("", context.as_of, 0, "feasible", context.roadmap, (), tasks=(dates,))
    (found,) = undecided_decision.detect(replace(context, plan=plan))
    assert found.at_risk == ()
    assert found.break_even == '"LED-3": wait only if P(Aurora) < 0.50'
