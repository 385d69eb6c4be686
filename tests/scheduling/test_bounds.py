"""Lower bounds: exact where the relaxation is, and below every schedule."""

from hypothesis import HealthCheck, given, settings

from planner.domain.problem import Activity, Deliverable, Precedence, Problem
from planner.scheduling.bounds import lower_bound, priced_bound
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.costs import cost
from planner.scheduling.sgs import serial
from tests.scheduling.instances import all_schedules, lane, problem, problems


def test_one_team_without_relations_is_exact() -> None:
    """X1: the order B, A, C costs 20 and WSPT is optimal on one machine."""
    assert lower_bound(lane((3, 1, 2), (3, 2, 1))) == 20_000


def test_a_chain_is_exact() -> None:
    """X1's tasks in the chain A, B, C: 9 + 8 + 6."""
    assert lower_bound(lane((3, 1, 2), (3, 2, 1), before=[(0, 1), (1, 2)])) >= 23_000


def test_makespan_counts_head_load_and_tail() -> None:
    """Two tasks of 3 days for one engineer from day 2 on, 4 days of waiting behind each: 2 + 6 + 4."""
    given = problem([Activity(name, 3000, wait=4, demands=((0, 10),), release=2) for name in "AB"], [[10] * 30])
    assert lower_bound(given, "makespan") == 12_000


def test_days_off_count() -> None:
    """Three days of work with days 1 and 2 off end on day 5; behind it one day more."""
    given = problem(
        [Activity("A", 3000, demands=((0, 10),)), Activity("B", 1000)],
        [[10, 0, 0, 10, 10, 10, 10]],
        [Precedence(0, 1)],
    )
    assert lower_bound(given, "makespan") == 6_000


def test_prices_see_that_two_tasks_above_half_a_team_never_run_together() -> None:
    """Two tasks of 2 days for 6 of 10 tenths, worth 1 ED a day each: 2 + 4 days, not the 2 + 3.2 that units allow."""
    given = problem(
        [Activity(name, 2000, demands=((0, 6),)) for name in "AB"],
        [[10] * 12],
        deliverables=[Deliverable(name, (i,), 1000) for i, name in enumerate("AB")],
    )
    best = serial(given, [0, 1])
    assert best is not None
    assert 5_500 < priced_bound(given, best, Meter(Budget(work=1000))) <= 6_000 == cost(given, best, "full")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(most=3, horizon=12))
def test_no_schedule_is_below(given: Problem) -> None:
    full, makespan = lower_bound(given), lower_bound(given, "makespan")
    priced = None
    for schedule in all_schedules(given):
        if priced is None:
            priced = priced_bound(given, schedule, Meter(Budget(work=1)))
        assert cost(given, schedule, "full") >= max(full, priced)
        assert cost(given, schedule, "makespan") >= makespan
