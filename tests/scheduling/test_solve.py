"""The whole search against hand-computed oracles, brute force and the verifier."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from planner.domain.problem import Activity, Clash, Problem, SolveStatus
from planner.objective import by_term, evaluate
from planner.scheduling.bounds import lower_bound
from planner.scheduling.budget import Budget
from planner.scheduling.clash import smallest_clash
from planner.scheduling.costs import cost
from planner.scheduling.priorities import PRIORITY_RULES
from planner.scheduling.sgs import parallel, serial
from planner.scheduling.solve import solve
from planner.scheduling.verify import violations
from tests.scheduling.instances import all_schedules, lane, problem, problems

WORK = Budget(work=2000)
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


@pytest.mark.parametrize(
    ("name", "problem", "order", "delay"),
    [
        ("X1", lane((3, 1, 2), (3, 2, 1)), "BAC", 20_000),
        ("X2", lane((2, 1, 1), (0, 9, 2), before=[(0, 1)]), "ABC", 35_000),
    ],
)
def test_oracles(name: str, problem: Problem, order: str, delay: int) -> None:
    solution = solve(problem, WORK)
    assert solution.status is SolveStatus.OPTIMAL
    assert solution.schedule is not None
    assert by_term(problem, solution.schedule)["D"] == delay
    starts = solution.schedule.start
    assert "".join("ABC"[i] for i in sorted(range(3), key=lambda i: starts[i])) == order


def test_greedy_wsjf_is_worse_on_x2() -> None:
    """C before A because A itself is worth nothing: 38."""
    greedy = serial(lane((2, 1, 1), (0, 9, 2), before=[(0, 1)]), [1.0, 0.0, 0.5])
    assert greedy is not None
    assert evaluate(lane((2, 1, 1), (0, 9, 2), before=[(0, 1)]), greedy) == 38_000


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(problems())
def test_never_worse_than_a_list_schedule_and_never_below_the_bound(problem: Problem) -> None:
    solution = solve(problem, WORK)
    assert solution.schedule is not None
    assert violations(problem, solution.schedule) == ()
    assert solution.objective == evaluate(problem, solution.schedule)
    assert lower_bound(problem) <= solution.bound <= solution.objective
    for rule in PRIORITY_RULES:
        for scheme in (serial, parallel):
            listed = scheme(problem, rule.function(problem))
            assert listed is not None
            assert solution.objective <= evaluate(problem, listed)


@pytest.mark.parametrize("objective", ["full", "makespan"])
@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(problem=problems(most=3, horizon=12, strict=True))
def test_the_optimum_is_that_of_brute_force(objective: str, problem: Problem) -> None:
    costs = [cost(problem, schedule, objective) for schedule in all_schedules(problem)]
    solution = solve(problem, WORK, objective)
    if not costs:
        assert solution.status is SolveStatus.INFEASIBLE
        assert solution.schedule is None
    else:
        assert solution.status is SolveStatus.OPTIMAL
        assert solution.objective == solution.bound == min(costs)


def test_a_limit_on_work_in_progress_is_a_resource_behind_the_teams() -> None:
    """Three engineers, but two tasks at a time: three tasks of two days take four; due on day 3 they clash."""
    tasks = [Activity(name, 2000, demands=((0, 10), (1, 10)), team=0) for name in "ABC"]
    solution = solve(problem(tasks, [[30] * 8, [20] * 8]), WORK, "makespan")
    assert solution.status is SolveStatus.OPTIMAL
    assert solution.objective == 4_000
    late = problem([replace(task, deadline=3) for task in tasks], [[30] * 8, [20] * 8])
    assert solve(late, WORK).status is SolveStatus.INFEASIBLE
    assert smallest_clash(late, WORK)[-1] == Clash("capacity", (0, 1, 2), resource=1)


def test_the_same_work_gives_the_same_schedule() -> None:
    problem = lane((3, 1, 2, 2, 1), (1, 2, 3, 1, 1), horizon=30)
    assert solve(problem, WORK) == solve(problem, WORK)


def test_a_stopped_search_still_gives_a_schedule() -> None:
    solution = solve(lane((3, 1, 2), (3, 2, 1)), Budget(stop=lambda: True))
    assert solution.schedule is not None
    assert solution.interrupted


def test_a_plan_before_is_where_the_search_begins_unless_it_no_longer_holds() -> None:
    """The optimum as it was is kept without any work; starts beyond the horizon or on top of each other are not."""
    given = lane((3, 1, 2), (3, 2, 1))  # X1: B, A, C
    none = Budget(work=0)
    assert solve(given, none, before=(1, 0, 4)).schedule.start == (1, 0, 4)
    for impossible in ((0, 0, 0), (1, 0, given.horizon + 7)):
        found = solve(given, none, before=impossible)
        assert found.schedule is not None
        assert violations(given, found.schedule) == ()
