"""Makespan: justification and the genetic algorithm on instances solved by hand, and as laws."""

import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.problem import Activity, Precedence, Problem, Schedule, SolveStatus
from planner.domain.roadmap import Link
from planner.domain.units import MILLI
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.compiled.arrays import NONE, arrays
from planner.scheduling.compiled.jit import AVAILABLE
from planner.scheduling.compiled.justify import arrange, backward, desk, forward, justify, tables
from planner.scheduling.costs import makespan
from planner.scheduling.genetic import forward_backward
from planner.scheduling.priorities import latest_finish
from planner.scheduling.sgs import serial
from planner.scheduling.solve import solve
from planner.scheduling.timing import complete
from planner.scheduling.verify import violations
from planner.scheduling.windows import windows
from tests.scheduling.instances import problem, problems

pytestmark = pytest.mark.skipif(not AVAILABLE, reason="needs numba")
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


def wide(
    sizes: list[tuple[int, int]], before: list[tuple[int, int]], engineers: int = 4, horizon: int = 40
) -> Problem:
    """Activities of (days, engineers) on one team."""
    return problem(
        [Activity(f"T{i}", days * MILLI, demands=((0, 10 * wants),)) for i, (days, wants) in enumerate(sizes)],
        [[10 * engineers] * horizon],
        [Precedence(i, j) for i, j in before],
    )


KNAPSACKS = wide([(3, 2), (3, 2), (2, 3), (2, 1), (4, 1), (4, 3)], [])
"""6 + 6 + 6 + 2 + 4 + 12 = 36 engineer-days on four engineers: 9 days, as 2+2 | 3+1 | 3+1 in parallel."""
BY_HAND = [
    (KNAPSACKS, 9),
    (wide([(2, 4), (3, 2), (3, 2), (1, 4)], [(0, 3)]), 6),
    (wide([(2, 1), (2, 1), (5, 1)], [(0, 1), (1, 2)]), 9),  # a chain: teams do not matter
    # T3 waits for T1, although its team has room before
    (wide([(1, 3), (4, 1), (4, 1), (3, 3), (1, 4)], [(0, 3)]), 8),
]


def first(given: Problem) -> Schedule:
    """A list schedule."""
    found = serial(given, latest_finish(given))
    assert found is not None
    return found


def shortened(given: Problem, budget: Budget, seed: int = 0) -> list[Schedule]:
    """All that the genetic algorithm finds, the list schedule first."""
    return list(forward_backward(given, windows(given), first(given), Meter(budget), random.Random(seed)))


@pytest.mark.parametrize(("given", "best"), BY_HAND)
def test_the_optimum_by_hand(given: Problem, best: int) -> None:
    found = shortened(given, Budget(work=300))[-1]
    assert violations(given, found) == ()
    assert makespan(found) == best


def test_the_product_proves_what_the_algorithm_finds() -> None:
    solution = solve(KNAPSACKS, Budget(work=2000), "makespan")
    assert solution.status is SolveStatus.OPTIMAL
    assert solution.objective == 9 * MILLI


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(problems(most=6, strict=False), st.randoms(use_true_random=False))
def test_passes_keep_what_holds_and_justification_never_lengthens(given: Problem, rng: random.Random) -> None:
    """Any list becomes a schedule that holds; where right and left again is longer, the algorithm keeps the first."""
    a = arrays(given, windows(given))
    t, d = tables(a), desk(a)
    arrange(a, np.array([rng.randrange(given.horizon) for _ in given.activities]), d)
    span = forward(a, t, d)
    assert span != NONE
    before = complete(given, d.starts.tolist())
    assert violations(given, before) == ()
    assert makespan(before) == span
    assert before.finish == tuple(d.ends)
    assert before.launch == tuple(d.launches)
    justified = justify(a, t, d, span)
    if justified != NONE:
        after = complete(given, d.starts.tolist())
        assert violations(given, after) == ()
        assert makespan(after) == justified
    if textbook(given):
        assert NONE != justified <= span


def textbook(given: Problem) -> bool:
    """Without launch calendars, where the backward pass is the exact mirror of the forward pass."""
    return all(it.launch_calendar is None for it in given.activities) and all(
        relation.link is Link.FS and relation.lag >= 0 and not relation.launch for relation in given.precedences
    )


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(problems(most=6, strict=False))
def test_the_backward_pass_holds_without_launch_calendars(given: Problem) -> None:
    """Every activity as late as it can: a schedule that ends in time, nobody earlier than the earliest start."""
    if not textbook(given):
        return
    found = windows(given)
    a = arrays(given, found)
    t, d = tables(a), desk(a)
    listed = first(given)
    arrange(a, np.array(listed.finish), d)
    assert backward(a, t, d, makespan(listed))
    late = complete(given, d.starts.tolist())
    assert violations(given, late) == ()
    assert makespan(late) <= makespan(listed)
    assert all(begin >= least for begin, least in zip(late.start, found.earliest, strict=True))


def test_right_and_left_again_closes_a_gap() -> None:
    """The long task was put last although it fits beside the others: 6 days, justified 4."""
    given = wide([(1, 1), (1, 1), (1, 1), (4, 1)], [(0, 1), (1, 2)], engineers=2)
    a = arrays(given, windows(given))
    t, d = tables(a), desk(a)
    d.starts[:], d.ends[:] = (0, 1, 2, 2), (1, 2, 3, 6)
    assert justify(a, t, d, 6) == 4
    assert d.starts.tolist() == [0, 1, 2, 0]


@settings(max_examples=15, deadline=None, suppress_health_check=SLOW)
@given(problems(most=6, horizon=40))
def test_schedules_get_shorter_and_all_of_them_hold(given: Problem) -> None:
    found = shortened(given, Budget(work=20))
    spans = [makespan(schedule) for schedule in found]
    assert spans == sorted(set(spans), reverse=True)
    assert all(violations(given, schedule) == () for schedule in found)


def test_the_same_work_and_seed_give_the_same_schedules() -> None:
    given = wide([(i % 5 + 1, i % 3 + 1) for i in range(30)], [(i, i + 3) for i in range(0, 27, 2)], horizon=120)
    once = shortened(given, Budget(work=100), seed=7)
    assert once == shortened(given, Budget(work=100), seed=7)
    assert once[-1] != shortened(given, Budget(work=100), seed=8)[-1]


def test_pins_and_deadlines_are_kept() -> None:
    """T0 is pinned into the middle, eight days are full: the other three go around it without a gap."""
    tasks = [
        Activity("T0", 2000, demands=((0, 10),), pinned=3),
        Activity("T1", 3000, demands=((0, 10),)),
        Activity("T2", 2000, demands=((0, 10),)),
        Activity("T3", 1000, demands=((0, 10),), deadline=8),
    ]
    given = problem(tasks, [[10] * 20])
    found = shortened(given, Budget(work=50))[-1]
    assert violations(given, found) == ()
    assert makespan(found) == 8
    assert found.start[0] == 3
