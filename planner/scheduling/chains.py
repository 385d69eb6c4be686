"""Small plans in machine code: several annealings from hot to cold, as many at once as there are threads.

One long annealing of a small plan ends where a short one does; what differs from one to the next is which item comes
before which release. So many are worth more than one long one, and neighbourhoods then mend the best.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from random import Random
from threading import Event

from planner.domain.problem import Problem, Schedule
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.compiled.jit import plain
from planner.scheduling.compiled.kept import kept
from planner.scheduling.compiled.lists import serial
from planner.scheduling.compiled.repair import anneal, settle
from planner.scheduling.costs import rank
from planner.scheduling.machine import AVAILABLE, Machine
from planner.scheduling.windows import Windows

CHAIN_SECONDS = 5.0
"""Shorter ones end in worse places more often; with more time a round takes a quarter of what is left."""
HOT, COLD = 10.0, 0.1
"""See `machine.HOT`; hot enough to forget where it began."""


def ready() -> bool:
    """Whether annealing needs no compilation."""
    return AVAILABLE and all(kept(plain(kernel)) for kernel in (anneal, serial, settle))


class Chains:
    """Annealings of one problem."""

    def __init__(self, problem: Problem, found: Windows, threads: int):
        self._problem, self._threads = problem, threads or os.cpu_count() or 1
        self._machine = Machine(problem, found)

    @contextmanager
    def beside(self, schedule: Schedule, budget: Budget, rng: Random) -> Iterator[Callable[[], Schedule]]:
        """Annealings one after the other on another thread, which end with what runs beside them; the best so far."""
        best, ended, seeds = [schedule], Event(), Random(rng.getrandbits(48))
        meter = Meter(replace(budget, stop=lambda: ended.is_set() or budget.stop()))

        def run() -> None:
            while not meter.over:
                part = meter.part(1.0, at_most=CHAIN_SECONDS)
                best.append(self._best(best[-1], part, seeds.getrandbits(48)))

        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(run)
            try:
                yield lambda: best[-1]
            finally:
                ended.set()
        running.result()

    def annealed(self, schedule: Schedule, meter: Meter, rng: Random) -> Iterator[Schedule]:
        """The best schedules of annealings on all threads until the meter is over."""
        with ThreadPoolExecutor(self._threads) as pool:
            while not meter.over:
                budget = meter.part(1.0, at_most=max(CHAIN_SECONDS, meter.left / 4))
                seeds = [rng.getrandbits(48) for _ in range(self._threads)]
                yield from pool.map(partial(self._best, schedule, budget), seeds)
                meter.charge(budget.work or 0)

    def _best(self, schedule: Schedule, budget: Budget, seed: int) -> Schedule:
        """The best schedule of one annealing."""
        found = self._machine.annealed(schedule, Meter(budget), Random(seed), HOT, COLD)
        return min((schedule, *found), key=lambda it: rank(self._problem, it, "full"))
