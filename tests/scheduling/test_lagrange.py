"""The bound by prices: below every schedule for the whole objective, exact where the relaxation is."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.problem import Deliverable, Problem, Schedule
from planner.objective import evaluate
from planner.scheduling import relaxation as relaxations
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.dual import at_first
from planner.scheduling.lagrange import Ascent, ascents
from planner.scheduling.relaxation import MARGIN_DAYS, relaxation
from planner.scheduling.sgs import serial
from planner.scheduling.windows import windows
from tests.scheduling.instances import all_schedules, lane, problems


def last(problem: Problem, incumbent: Schedule, most: int = 100) -> Ascent | None:
    """The ascent after at most so many rounds of ten steps, None where there is no schedule to search for."""
    found = None
    for ascent in islice(ascents(problem, incumbent, Meter(Budget(work=50))), most):
        found = ascent
    return found


def test_one_team_without_relations_is_exact() -> None:
    """X1: the order B, A, C costs 20; one team without releases is a transport problem, whose relaxation is exact."""
    given = lane((3, 1, 2), (3, 2, 1))
    incumbent = serial(given, [1, 0, 2])
    assert incumbent is not None
    found = last(given, incumbent)
    assert found is not None
    assert 19_500 <= found.bound <= 20_000


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(most=3, horizon=12, priced=True))
def test_no_schedule_of_the_whole_objective_is_below(given: Problem) -> None:
    """Nor does any schedule leave the windows, unless it costs more than the incumbent."""
    costs = {schedule: evaluate(given, schedule) for schedule in all_schedules(given)}
    if not costs:
        return
    incumbent, target = next(iter(costs.items()))
    found = last(given, incumbent, 20)
    if found is None:
        return
    assert min(found.bound, target) <= min(costs.values())
    frame = list(zip(found.windows.earliest, found.windows.latest, strict=True))
    for schedule, price in costs.items():
        within = all(a <= start <= b for start, (a, b) in zip(schedule.start, frame, strict=True))
        assert within or price > target


def test_a_better_incumbent_narrows_the_windows() -> None:
    """X1 from its worst order, then from its best, B, A, C, which the bound all but proves: B has to be first."""
    given = lane((3, 1, 2), (3, 2, 1))
    worst, best = serial(given, [2, 0, 1]), serial(given, [1, 0, 2])
    assert worst is not None
    search = ascents(given, worst, Meter(Budget(work=500)))
    before = next(search)
    after = before
    while True:
        try:
            after = search.send(best)
        except StopIteration:
            break
    assert before.windows.latest[1] > after.windows.latest[1] == 0
    assert after.bound <= 20_000


@settings(max_examples=30, deadline=None)
@given(problems(most=3, horizon=12, priced=True))
def test_the_same_work_gives_the_same_ascent(given: Problem) -> None:
    incumbent = serial(given, list(range(len(given.activities))))
    if incumbent is None:
        return
    one, other = last(given, incumbent, 10), last(given, incumbent, 10)
    assert (one and (one.bound, one.starts.tolist())) == (other and (other.bound, other.starts.tolist()))


def test_starts_beyond_the_days_with_prices_count() -> None:
    """X1 within 60 days has prices for 11 of them: whatever waits longer is seen, if no price ends with the days.

    Without prices on late days each task would best wait there; the dearest way out of the queue is to be late.
    """
    given = lane((3, 1, 2), (3, 2, 1), horizon=60)
    incumbent = serial(given, [1, 0, 2])
    assert incumbent is not None
    assert relaxation(given, windows(given), incumbent).days == 6 + MARGIN_DAYS
    found = last(given, incumbent)
    assert found is not None
    assert 19_500 <= found.bound <= 20_000


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(most=3, horizon=12, priced=True), st.integers(0, 200))
def test_no_schedule_is_below_prices_of_any_number_of_days(given: Problem, seed: int) -> None:
    """With prices at random for three days alone no schedule costs less than the bound, however late it is."""
    schedules = list(all_schedules(given))
    if not schedules:
        return
    rng = np.random.default_rng(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relaxations, "makespan", lambda _: 3 - MARGIN_DAYS)
        relaxed = relaxation(given, windows(given), schedules[0])
    assert relaxed.days == 3
    prices = np.where(relaxed.hard, rng.uniform(0, 500, len(relaxed.ends.early)), 0)
    dual = at_first(relaxed, prices, np.zeros_like(relaxed.rows.capacity), False, None)
    for _ in range(5):
        assert dual.value() <= min(evaluate(given, schedule) for schedule in schedules)
        dual.step(0.5, rng.uniform(0, 5000))


def test_an_item_behind_two_tasks_of_one_engineer_is_exact() -> None:
    """A takes 2 days, B 4, the item 1 ED a day: it is out on day 6, though half of each might be done by day 3."""
    one = lane((2, 4), (0, 0))
    given = replace(one, deliverables=(Deliverable("item", (0, 1), 1000),))
    incumbent = serial(given, [0, 1])
    assert incumbent is not None
    found = last(given, incumbent)
    assert found is not None
    assert 5_900 <= found.bound <= 6_000
