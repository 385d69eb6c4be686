"""Makespan: a genetic algorithm with forward-backward improvement, an island per thread.

The operators are in `compiled.genetic`. Every island has a population of its own; after each round the best of all
takes the place of the worst of every other one. A population in which all have the same makespan begins anew.
"""

import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from planner.domain.problem import Problem, Schedule
from planner.scheduling.budget import Meter
from planner.scheduling.compiled.arrays import Arrays, arrays
from planner.scheduling.compiled.genetic import Population, decoded, evolve, population, seeds
from planner.scheduling.compiled.jit import AVAILABLE
from planner.scheduling.compiled.justify import Tables, desk, tables
from planner.scheduling.costs import makespan
from planner.scheduling.timing import complete
from planner.scheduling.windows import Windows

CHILD_WORK = 1 / 2000
"""Units of work that a child takes per activity."""
GENERATIONS = 200
"""A population is so large that the budget is enough for about so many children per individual."""
INDIVIDUALS = (20, 1000)
ROUND = 100.0
"""Units of work of a round, after which islands exchange their best; milliseconds of the clock, or nearly."""

__all__ = ["AVAILABLE", "forward_backward"]


def forward_backward(
    problem: Problem, found: Windows, incumbent: Schedule, meter: Meter, rng: random.Random
) -> Iterator[Schedule]:
    """Shorter and shorter schedules, the incumbent first, until the meter is over.

    One island under a work limit, so that the same work gives the same schedules; else one per thread of the budget.
    """
    budget = meter.part(1.0)
    threads = budget.threads or os.cpu_count() or 1
    cost = CHILD_WORK * max(1, len(problem.activities))
    size = int(np.clip(1000 * min(meter.left, 600.0) / cost / GENERATIONS, *INDIVIDUALS))
    a = arrays(problem, found)
    t = tables(a)
    islands = [_Island(a, t, incumbent, size, rng.getrandbits(48)) for _ in range(threads)]
    best = makespan(incumbent)
    yield incumbent
    with ThreadPoolExecutor(threads) as pool:
        while not meter.over:
            list(pool.map(_Island.round, islands))
            meter.charge(sum(island.charged for island in islands))
            leader = min(islands, key=lambda island: island.best)
            if leader.best < best:
                best = leader.best
                yield complete(problem, leader.starts())
            for island in islands:
                if island.best > best:
                    island.welcome(leader)


class _Island:
    """One population and the desk that it is bred on."""

    def __init__(self, a: Arrays, t: Tables, incumbent: Schedule, size: int, seed: int):
        self._a, self._t, self._desk = a, t, desk(a)
        self._people: Population = population(
            a, self._desk, size, np.asarray(incumbent.start), makespan(incumbent), seed
        )
        self._seeded = 1
        self._cost = CHILD_WORK * len(incumbent.start)
        self._children = max(1, int(ROUND / self._cost))
        self.charged = 0.0

    @property
    def best(self) -> int:
        """The shortest makespan of the population."""
        return int(self._people.spans.min())

    def starts(self) -> list[int]:
        """The starts of the best individual."""
        decoded(self._a, self._t, self._desk, self._people, int(self._people.spans.argmin()))
        return [int(start) for start in self._desk.starts]

    def round(self) -> None:
        """Some more first individuals, then some more children."""
        size = len(self._people.spans)
        if self._seeded < size:
            last = min(size, self._seeded + self._children)
            seeds(self._a, self._t, self._desk, self._people, self._seeded, last)
            done, self._seeded = last - self._seeded, last
        else:
            done = self._children
            evolve(self._a, self._t, self._desk, self._people, done)
            if self._people.spans.min() == self._people.spans.max():
                self._seeded = 1
        self.charged = done * self._cost

    def welcome(self, other: "_Island") -> None:
        """The best of another island takes the place of the worst here."""
        place, best = int(self._people.spans.argmax()), int(other._people.spans.argmin())
        for mine, theirs in (
            (self._people.lists, other._people.lists),
            (self._people.spans, other._people.spans),
            (self._people.prints, other._people.prints),
        ):
            mine[place] = theirs[best]
