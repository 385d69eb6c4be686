"""What waits for a decision: the example of each detector, and its figures by hand."""

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
    assert found.at_risk == (("LED-3", pytest.approx(0.3)),)
    choices = [way.changes for way in found.resolutions[:2]]
    assert choices == [(Change(ChangeKind.CHOOSE, "DEC-1", value=o),) for o in ("Aurora", "DynamoDB")]
    assert [way.discards for way in found.resolutions[:2]] == [(), ("LED-3",)]


def test_work_before_a_test_is_at_risk_by_its_failure() -> None:
    (found,) = detected(untested_hypothesis, untested_hypothesis.__doc__ or "")
    assert found.at_risk == (("MET-2", pytest.approx(0.2)),)  # MET-3 waits
    assert found.resolutions[0].changes == (Change(ChangeKind.AFTER, "MET-2", "MET-1"),)


def test_a_one_way_door_risks_its_reversal_too_but_never_more_than_itself() -> None:
    """(1 - 0.6) x (19 + 40) of 19 ED is more than all of it."""
    (found,) = detected(unproven_one_way_door, unproven_one_way_door.__doc__ or "")
    assert found.at_risk == (("TAX-5", 1.0),)


def test_two_experiments_on_one_group_may_go_either_way_round() -> None:
    (found,) = detected(colliding_experiments, colliding_experiments.__doc__ or "")
    assert found.at_risk == (("WEB-1", 1.0),)
    assert [way.changes[0].kind for way in found.resolutions] == [ChangeKind.AFTER, ChangeKind.AFTER, ChangeKind.NOTE]
