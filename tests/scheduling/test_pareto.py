"""Fronts by hand and by brute force over all schedules; a front is what the axes say, whatever the way to it."""

import random
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from planner.domain.problem import Problem, Supersession
from planner.domain.units import MILLI
from planner.objective import NAMES, by_term, evaluate
from planner.scheduling import epsilon, pareto
from planner.scheduling.budget import Budget
from planner.scheduling.epsilon import Axes
from planner.scheduling.pareto import Found, depends_on_sequence, front, knee
from planner.scheduling.sgs import serial
from planner.scheduling.solve import solve
from planner.scheduling.weighted import weighted
from tests.oracles.problems import evidence_before_work, in_order, quick_fix, two_releases, two_replacements
from tests.scheduling.instances import all_schedules, lane, problems

WORK = 20_000
DELAY_AND_THROWAWAY = Axes("D", "T")


def found(problem: Problem, axes: Axes = DELAY_AND_THROWAWAY, points: int = 50, work: int = WORK) -> Found:
    start = solve(problem, Budget(work=20)).schedule
    assert start is not None
    return front(problem, axes, start, points, Budget(work=work), lambda _: None)


def places(search: Found, axes: Axes = DELAY_AND_THROWAWAY) -> list[tuple[int, int]]:
    return [(point.plan.costs[axes.x], point.plan.costs[axes.y]) for point in search.points]


def by_brute_force(problem: Problem, axes: Axes) -> list[tuple[int, int]]:
    """All (x, y) that no schedule dominates, by falling y."""
    costs = [by_term(problem, schedule) for schedule in all_schedules(problem)]
    reached = sorted({(cost[axes.x], cost[axes.y]) for cost in costs})
    least: list[tuple[int, int]] = []
    for x, y in reached:
        if not least or y < least[-1][1]:
            least.append((x, y))
    return least


def contradictory(seed: int) -> Problem:
    """Three or four tasks of one engineer, two pairs of which one throws the other away."""
    rng = random.Random(seed)
    count = rng.choice((3, 4))
    days = [rng.randint(1, 2) for _ in range(count)]
    given = lane(days, [rng.randint(0, 6) / 2 for _ in range(count)], horizon=sum(days) + 1)
    pairs = [rng.sample(range(count), 2) for _ in range(2)]
    return replace(
        given, supersessions=tuple(Supersession(i, j, rng.randint(1, 6) * 500, slope=500) for i, j in pairs)
    )


def test_x11_is_found_and_proven() -> None:
    """X11: throwaway 0, 2, 6 ED for delay 54, 45, 43 ED; the best J is 47."""
    search = found(two_replacements())
    assert places(search) == [(43_000, 6_000), (45_000, 2_000), (54_000, 0)]
    assert search.complete
    assert all(point.proven and point.bound == point.plan.costs["D"] for point in search.points)
    assert search.best.total == 47_000


def test_x11_the_other_way_round() -> None:
    axes = Axes("T", "D")
    assert places(found(two_replacements(), axes), axes) == [(0, 54_000), (2_000, 45_000), (6_000, 43_000)]


def test_x11_by_neighbourhoods(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too large for a proof is found all the same, with a bound that holds."""
    monkeypatch.setattr(epsilon, "EXACT_ACTIVITIES", 0)
    monkeypatch.setattr(pareto, "EXACT_ACTIVITIES", 0)
    search = found(two_replacements(), points=5, work=2_000)
    assert places(search) == [(43_000, 6_000), (45_000, 2_000), (54_000, 0)]
    assert not search.complete
    assert all(0 < point.bound <= 43_000 and not point.proven for point in search.points)


@pytest.mark.parametrize("seed", range(12))
def test_every_point_of_a_small_problem(seed: int) -> None:
    problem = contradictory(seed)
    search = found(problem)
    assert places(search) == by_brute_force(problem, DELAY_AND_THROWAWAY)
    assert search.complete


@pytest.mark.parametrize(
    ("problem", "axes"),
    [
        (evidence_before_work(0.3), DELAY_AND_THROWAWAY),
        (two_releases(0.8), DELAY_AND_THROWAWAY),
        (two_releases(5), Axes("T", "D")),
    ],
    ids=["X4", "X7", "X7 turned"],
)
def test_waiting_is_traded_too(problem: Problem, axes: Axes) -> None:
    assert places(found(problem, axes), axes) == by_brute_force(problem, axes)


def test_delay_against_debt() -> None:
    """X8: repaid first nothing of the touches costs more, repaid last all three do; 8.4 and 7.2 in all."""
    axes = Axes("D", "B")
    at = places(found(quick_fix(0.1), axes), axes)
    assert at[-1] == (8_400, 0)
    assert at[0] == (6_000, 1_200)


def test_two_points_are_the_ends() -> None:
    start = in_order(two_replacements(), "c b2 a2 b1 a1")
    search = front(two_replacements(), DELAY_AND_THROWAWAY, start, 2, Budget(work=WORK), lambda _: None)
    assert [y for _, y in places(search)] == [6_000, 0]
    assert not search.complete


def test_interrupted_it_keeps_what_it_has() -> None:
    start = in_order(two_replacements(), "a1 b1 a2 b2 c")
    stopped = Budget(time_limit=60, stop=lambda: True)
    search = front(two_replacements(), DELAY_AND_THROWAWAY, start, 12, stopped, lambda _: None)
    assert search.best.total <= evaluate(two_replacements(), start)
    assert search.points
    assert search.interrupted
    assert not search.complete


def test_the_same_work_gives_the_same_plans() -> None:
    assert found(two_replacements()) == found(two_replacements())


def test_a_schedule_that_breaks_a_rule_is_ours() -> None:
    start = in_order(two_replacements(), "a1 b1 a2 b2 c")
    at_once = replace(start, start=(0,) * 5)
    with pytest.raises(AssertionError, match="report this"):
        front(two_replacements(), DELAY_AND_THROWAWAY, at_once, 12, Budget(work=10), lambda _: None)


def test_what_depends_on_the_sequence() -> None:
    assert [letter for letter in NAMES if depends_on_sequence(two_replacements(), letter)] == ["D", "T"]


def test_knee_by_hand() -> None:
    """On the axes from 0 to 1 (45, 2) lies 1 - 2/11 - 2/6 below the chord."""
    assert knee([(43, 6), (45, 2), (54, 0)]) == 1
    assert knee([(43, 6), (54, 0)]) is None
    assert knee([(0, 10), (6, 5), (10, 0)]) is None, "above the chord"


@given(problems(priced=True))
@settings(max_examples=30, deadline=None)
def test_each_letter_can_be_alone(problem: Problem) -> None:
    schedule = serial(problem, [0.0] * len(problem.activities))
    assume(schedule is not None)
    assert schedule is not None
    values = by_term(problem, schedule)
    assert values == {letter: evaluate(weighted(problem, {letter: MILLI}), schedule) for letter in values}


def test_weights_by_hand() -> None:
    """X11 with a1, b1, a2, b2, c in this order: D 4 + 2.5 + 27 + 11 + 12 ED, T 2 + 4 ED."""
    schedule = in_order(two_replacements(), "a1 b1 a2 b2 c")
    assert evaluate(weighted(two_replacements(), {"D": 2 * MILLI, "T": MILLI // 2}), schedule) == 2 * 56_500 + 3_000
