"""A start forced later, an order forced, and the relations that forbid it."""

from datetime import date

import pytest

from planner.scheduling import contrast
from planner.scheduling.priorities import latest_finish
from planner.scheduling.sgs import serial
from tests.scheduling.roadmaps import formulated, task, team

TEAMS = (team("Pay"), team("Led"), team("Web"))


def test_a_release_that_binds_only_where_it_is_later():
    given = formulated(task("A", not_before=date(2026, 9, 10)))
    assert contrast.not_before(given, 0, date(2026, 9, 21)).problem.activities[0].release == 10
    assert contrast.not_before(given, 0, date(2026, 9, 8)).problem.activities[0].release == 3


def test_an_order_holds_in_every_schedule_and_costs_no_hand_over():
    given = formulated(task("A", 2, "Pay"), task("B", 2, "Led"), task("C", 1, "Web", "A"), teams=TEAMS)
    forced = contrast.before(given, 2, 1).problem
    schedule = serial(forced, latest_finish(forced))
    assert schedule is not None
    assert schedule.finish[2] <= schedule.start[1]
    assert not forced.predecessors[1][0].cross_team
    with pytest.raises(ValueError, match="cycle"):
        contrast.before(given, 2, 0)


def test_the_shortest_path_of_relations():
    given = formulated(task("A"), task("B", after="A"), task("C", after="B"), task("D", after="C A"), task("E"))
    assert [fact.activities for fact in contrast.path(given.problem, 0, 3)] == [(0, 3)]
    assert [fact.activities for fact in contrast.path(given.problem, 0, 2)] == [(0, 1), (1, 2)]
    assert contrast.path(given.problem, 3, 0) == ()
    assert contrast.path(given.problem, 0, 4) == ()
