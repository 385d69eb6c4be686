"""Large problems in machine code: list schedules, and annealing by destroy and repair.

Imported where a problem is large only: loading numba and its kernels takes about a second.
"""

from collections.abc import Iterator, Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray

from planner.domain.problem import Precedence, Problem, Schedule
from planner.scheduling.budget import Meter
from planner.scheduling.compiled import lists, repair
from planner.scheduling.compiled.arrays import NONE, Arrays, Integers, arrays
from planner.scheduling.compiled.jit import AVAILABLE
from planner.scheduling.compiled.pairs import tabulated
from planner.scheduling.timing import complete
from planner.scheduling.windows import Windows

__all__ = ["AVAILABLE", "Machine"]

MOVES = 5000
"""Moves between two looks at the clock."""
STEPS_PER_WORK = 1000
"""Moves and activities placed in a unit of work."""
HOT, COLD = 1.0, 0.02
"""Temperatures at the beginning and at the end, in days of an item of mean weight."""
ROUNDS_TO_SHIFT = 5
"""After so many rounds everything moves to the left."""


class Machine:
    """One problem, its arrays made once."""

    def __init__(self, problem: Problem, found: Windows):
        self._problem, self._windows = problem, found
        self._plain = arrays(problem, found)
        self._ordered: tuple[tuple[Precedence, ...], Arrays] = (), self._plain

    def serial(
        self,
        priority: Sequence[float] | NDArray[np.float64],
        relations: tuple[Precedence, ...] = (),
        not_before: Sequence[tuple[int, int]] = (),
    ) -> Schedule | int:
        """The serial scheme, least first, with more relations; or the first activity that came too late."""
        if self._ordered[0] != relations:
            self._ordered = relations, arrays(self._problem, self._windows, relations)
        a = self._ordered[1]
        least = np.zeros(len(a.work), np.int64)
        for i, period in not_before:
            least[i] = max(least[i], period)
        start, finish, launch = (np.zeros(len(a.work), np.int64) for _ in range(3))
        late = lists.serial(a, _places(priority), least, np.empty_like(a.capacity), start, finish, launch)
        if late != NONE:
            return late
        return Schedule(tuple(start.tolist()), tuple(finish.tolist()), tuple(launch.tolist()))

    def annealed(
        self, schedule: Schedule, meter: Meter, rng: Random, hot: float = HOT, cold: float = COLD
    ) -> Iterator[Schedule]:
        """Schedules of an annealing that cools while the meter runs: not each is better than the one before."""
        a = self._plain
        pairs, fixed = tabulated(self._problem, self._windows)
        movable = np.array(
            [int(it.pinned is None and i not in fixed) for i, it in enumerate(self._problem.activities)]
        )
        stays = (movable == 0) | (np.diff(pairs.first_of) > 0)
        s = repair.state(a, pairs, np.array(schedule.start), np.zeros(len(a.work), np.int64), movable)
        if not movable.any() or not len(a.delay_weight):
            return
        day = float(np.mean(a.delay_weight + a.late_weight)) or 1.0
        whole, rounds = meter.left, 0
        while not meter.over:
            heat = hot * day * (cold / hot) ** (1 - meter.left / whole)
            placed = repair.anneal(a, pairs, s, heat, MOVES, rng.getrandbits(31))
            meter.charge((MOVES + placed) / STEPS_PER_WORK)
            rounds += 1
            if rounds % ROUNDS_TO_SHIFT == 0:
                self._shift(s, stays)
                repair.settle(a, pairs, s)
                yield complete(self._problem, s.starts.tolist())
        yield complete(self._problem, s.starts.tolist())

    def _shift(self, s: repair.State, stays: NDArray[np.bool_]) -> None:
        """Everything to the left in the order of starts, but for what may wait on purpose."""
        late = lists.serial(
            self._plain, _places(s.starts), np.where(stays, s.starts, 0), s.free, s.starts, s.ends, s.launches
        )
        assert late == NONE, "a list in the order of starts makes nobody late"


def _places(priority: Sequence[float] | NDArray[np.float64] | Integers) -> Integers:
    """The place of each activity in the list."""
    place = np.empty(len(priority), np.int64)
    place[np.argsort(np.asarray(priority), kind="stable")] = np.arange(len(priority))
    return place
