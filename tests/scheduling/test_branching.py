"""The tree over orders: its bound is below every schedule, and closes gaps that prices alone leave."""

from dataclasses import replace
from functools import cache
from itertools import islice
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from planner.domain.problem import Activity, Deliverable, Precedence, Problem, Schedule, Solution, SolveStatus
from planner.domain.units import MILLI
from planner.objective import evaluate
from planner.scheduling.branching import growths
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.compiled.climb import least_cost
from planner.scheduling.compiled.jit import AVAILABLE
from planner.scheduling.cpsat import solve_exactly
from planner.scheduling.dual import Dual, at_first
from planner.scheduling.lagrange import ascents
from planner.scheduling.orders import exclusive, with_orders, within
from planner.scheduling.relaxation import Relaxation, relaxation
from planner.scheduling.sgs import serial
from planner.scheduling.windows import windows
from planner.scheduling.worth import queue_prices, shared_out
from tests.scheduling.instances import all_schedules, lane, problem, problems
from tests.scheduling.random_plans import random_plan

pytestmark = pytest.mark.skipif(not AVAILABLE, reason="the tree needs numba")


def relaxed_and_dual(given: Problem, incumbent: Schedule) -> tuple[Relaxation, Dual]:
    """The relaxation with the prices that an ascent begins with."""
    relaxed = relaxation(given, windows(given), incumbent)
    worth = shared_out(given, relaxed)
    return relaxed, at_first(relaxed, worth.paid, queue_prices(relaxed, worth, incumbent), False)


def bound(given: Problem, incumbent: Schedule, leaves: int) -> int:
    """The bound after so many leaves, beginning at the first prices."""
    _, dual = relaxed_and_dual(given, incumbent)
    meter = Meter(Budget(time_limit=20))
    return max(islice(growths(given, dual, evaluate(given, incumbent), meter, 1), leaves), default=0)


def within_windows(relaxed: Relaxation, schedule: Schedule) -> bool:
    """Whether a schedule is within the windows; the last day stands for all later ones."""
    starts = np.minimum(schedule.start, relaxed.days)
    low, high = relaxed.nodes.low[: len(starts)], relaxed.nodes.high[: len(starts)]
    return bool(((low <= starts) & (starts <= high)).all())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(most=3, horizon=12, priced=True))
def test_no_schedule_is_below_the_tree(given: Problem) -> None:
    costs = {schedule: evaluate(given, schedule) for schedule in all_schedules(given)}
    assume(costs)
    dearest = max(costs, key=lambda schedule: costs[schedule])
    assert bound(given, dearest, 8) <= min(costs.values())


@pytest.mark.parametrize("seed", range(6))
def test_no_proven_optimum_of_the_whole_objective_is_below_the_tree(seed: int) -> None:
    case = random_plan(Random(seed))
    best = solve_exactly(case, Budget(work=20_000))
    assert best.status is SolveStatus.OPTIMAL
    assert best.schedule is not None
    worse = serial(case, list(range(len(case.activities)))) or best.schedule
    assert bound(case, worse, 12) <= best.objective


@cache
def shop(seed: int = 5) -> tuple[Problem, Solution]:
    """Four items that each pass three teams of one engineer in an order of their own, and the optimum."""
    rng = Random(seed)
    tasks: list[Activity] = []
    relations: list[Precedence] = []
    items: list[Deliverable] = []
    for item in "ABCD":
        for place, team in enumerate(rng.sample(range(3), 3)):
            days = rng.randint(1, 5)
            tasks.append(Activity(id=f"{item}{place}", work=days * MILLI, demands=((team, 10),), team=team))
            if place:
                relations.append(Precedence(len(tasks) - 2, len(tasks) - 1))
        items.append(Deliverable(item, (len(tasks) - 1,), rng.randint(1, 4) * 500))
    case = problem(tasks, [[10] * 60] * 3, relations, items)
    best = solve_exactly(case, Budget(work=20_000))
    assert best.status is SolveStatus.OPTIMAL
    return case, best


@pytest.mark.parametrize("seed", [0, 5, 10])
def test_the_tree_proves_what_prices_alone_do_not(seed: int) -> None:
    case, best = shop(seed)
    assert best.schedule is not None
    alone = max(ascent.bound for ascent in ascents(case, best.schedule, Meter(Budget(work=50))))
    assert alone < 0.97 * best.objective
    assert bound(case, best.schedule, 400) == best.objective


def test_two_threads_find_a_valid_bound_too() -> None:
    case, best = shop()
    assert best.schedule is not None
    _, dual = relaxed_and_dual(case, best.schedule)
    found = list(islice(growths(case, dual, best.objective, Meter(Budget(time_limit=20)), 2), 400))
    assert found == sorted(found)
    assert found[-1] == best.objective


def test_a_lower_goal_may_be_sent() -> None:
    case, best = shop()
    worse = serial(case, list(range(12)))
    assert worse is not None
    assert evaluate(case, worse) > best.objective
    _, dual = relaxed_and_dual(case, worse)
    search = growths(case, dual, evaluate(case, worse), Meter(Budget(time_limit=20)), 1)
    found = next(search)
    for _ in range(400):
        try:
            found = search.send(best.objective)
        except StopIteration:
            break
    assert found == best.objective


def test_a_meter_that_is_over_ends_it_at_once() -> None:
    case, best = shop()
    assert best.schedule is not None
    _, dual = relaxed_and_dual(case, best.schedule)
    assert not list(growths(case, dual, best.objective, Meter(Budget(stop=lambda: True)), 1))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(most=3, horizon=12, priced=True))
def test_an_order_keeps_the_schedules_that_have_it(given: Problem) -> None:
    """Their windows hold them, and with the pull no one of them costs less than the bound at any prices."""
    schedules = list(all_schedules(given))
    pairs = exclusive(given)
    assume(schedules)
    relaxed, _ = relaxed_and_dual(given, schedules[0])
    for i, j in (*pairs, *(pair[::-1] for pair in pairs)):
        having = [it for it in schedules if it.start[j] >= given.work_end(i, it.start[i])]
        ordered = within(with_orders(relaxed, [(i, j)]), pairs)
        if ordered is None:
            assert not having
            continue
        assert all(within_windows(ordered, schedule) for schedule in having)
        y = np.zeros((len(ordered.ends.early), ordered.days), np.float32)
        y[-1] = 700
        dual = Dual(ordered, np.full_like(ordered.rows.capacity, 90.0), y, np.ones(len(y)), False)
        assert dual.value() <= min((evaluate(given, it) for it in having), default=np.inf)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(most=4, horizon=12))
def test_every_schedule_keeps_each_exclusive_pair_apart(given: Problem) -> None:
    for schedule in islice(all_schedules(given), 50):
        for i, j in exclusive(given):
            ends = [given.work_end(k, schedule.start[k]) for k in (i, j)]
            assert schedule.start[j] >= ends[0] or schedule.start[i] >= ends[1]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(most=5, horizon=20, priced=True))
def test_kernel_and_dual_agree_on_the_bound(given: Problem) -> None:
    incumbent = serial(given, list(range(len(given.activities))))
    assume(incumbent is not None)
    assert incumbent is not None
    relaxed, dual = relaxed_and_dual(given, incumbent)
    seen = np.zeros((len(relaxed.nodes.low), relaxed.days + 1))
    nodes, ends, rows = relaxed.nodes, relaxed.ends, relaxed.rows
    found = least_cost(nodes, ends, rows, float(relaxed.constant), dual.slope(seen))
    assert found == pytest.approx(dual.value(), rel=1e-6, abs=1)


def test_two_tasks_of_one_engineer_exclude_each_other_and_two_halves_do_not() -> None:
    assert exclusive(lane((3, 1, 2), (3, 2, 1))) == [(0, 1), (0, 2), (1, 2)]
    halves = lane((3, 1), (3, 2))
    halves = replace(halves, activities=tuple(replace(it, demands=((0, 5),)) for it in halves.activities))
    assert exclusive(halves) == []


def test_a_task_that_nothing_waits_for_may_come_first() -> None:
    """B has no pull of its own: its order before A must not be read as one of A (the nodes share a place)."""
    case = lane((3, 1), (2, 0))
    incumbent = serial(case, [0, 1])
    assert incumbent is not None
    relaxed, _ = relaxed_and_dual(case, incumbent)
    ordered = with_orders(relaxed, [(1, 0)])
    nodes = ordered.nodes
    mine = [nodes.is_early[nodes.first_end[i] : nodes.first_end[i + 1]].tolist() for i in (0, 1)]
    assert mine[0][-1] is False
    assert mine[1] == [True]
