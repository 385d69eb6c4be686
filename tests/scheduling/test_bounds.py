"""Lower bounds: exact where the relaxation is, and below every schedule."""

from hypothesis import HealthCheck, given, settings

from planner.domain.problem import Activity, Precedence, Problem
from planner.scheduling.bounds import lower_bound
from planner.scheduling.costs import cost
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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(most=3, horizon=12))
def test_no_schedule_is_below(given: Problem) -> None:
    full, makespan = lower_bound(given), lower_bound(given, "makespan")
    for schedule in all_schedules(given):
        assert cost(given, schedule, "full") >= full
        assert cost(given, schedule, "makespan") >= makespan
