"""The compiled list scheme places every activity where the one in Python places it."""

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.problem import Problem, Schedule
from planner.objective.delay import delay as delay_cost
from planner.objective.variables import numbers
from planner.scheduling.compiled.arrays import NONE, arrays
from planner.scheduling.compiled.lists import delay, serial
from planner.scheduling.sgs import Generator, Orders
from planner.scheduling.windows import windows
from tests.scheduling.instances import problems


@settings(deadline=None)  # the first call loads the kernels
@given(problems(), st.integers(0, 99))
def test_the_same_schedule_as_in_python(problem: Problem, seed: int) -> None:
    found = windows(problem)
    if found.impossible:
        return
    rng = random.Random(seed)
    place = list(range(len(problem.activities)))
    rng.shuffle(place)
    not_before = [rng.choice((0, 0, 0, 2)) for _ in place]
    expected = Generator(problem, found).generate(place, orders=Orders(not_before=tuple(enumerate(not_before))))
    a = arrays(problem, found)
    starts, ends, launches = (np.zeros(len(place), np.int64) for _ in range(3))
    late = serial(a, np.array(place), np.array(not_before), np.empty_like(a.capacity), starts, ends, launches)
    if expected is None:
        assert late != NONE
        return
    assert late == NONE
    assert Schedule(tuple(starts), tuple(ends), tuple(launches)) == expected
    assert delay(a, launches) == delay_cost(problem, numbers(expected))
