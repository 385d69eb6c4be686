"""A lower bound on J by prices, and when work would start at these prices: Lagrangian relaxation of all that couples.

The time-indexed relaxation of RCPSP (Christofides, Alvarez-Valdes and Tamarit 1987; Moehring, Schulz, Stork and
Uetz 2003) for the whole objective: `relaxation` says what is priced and why all prices give a bound. Prices rise
where the chosen starts ask for too much, by steps of Polyak's length (1969) along an average of the directions so
far (Camerini, Fratta and Maffioli 1975). Chosen starts, averaged, come close to the fractional optimum (Barahona and
Anbil 2000): a good list to schedule by.
"""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from planner.domain.problem import Problem, Schedule
from planner.objective import evaluate
from planner.scheduling.budget import Meter
from planner.scheduling.compiled.prices import kept_compiled
from planner.scheduling.dual import Dual, at_first
from planner.scheduling.relaxation import relaxation
from planner.scheduling.windows import Windows, launches_before, windows_under
from planner.scheduling.worth import queue_prices, shared_out

COMPILED_FROM, KEPT_FROM = 400, 50
"""From so many activities the kernels are compiled, or loaded where they are kept compiled; fewer do not repay it."""
SHORTEST, PROGRESS = 0.01, 1e-3
"""Factor of Polyak's step where to give up, and the part of the gap that counts as progress."""


@dataclass(frozen=True)
class Pace:
    """How steps are made.

    Each keeps this part (`keep`) of the direction and of the average of starts. The factor of Polyak's step is
    `longest` at first; after `patience` steps without progress it is multiplied by `shorter`.
    """

    keep: float
    longest: float
    shorter: float
    patience: int


PACE, PACE_OF_FEW = Pace(0.94, 3.0, 0.8, 12), Pace(0.98, 10.0, 0.7, 30)
"""As measured: longer and more steps lead further where there is the time for them, with few activities."""


@dataclass(frozen=True)
class Ascent:
    """What the steps so far have led to; `bound` in milli ED.

    No schedule costs less than the smaller of `bound` and the incumbent. `starts` are averages by activity. Schedules
    outside the `windows` cost more than the incumbent.
    """

    bound: int
    starts: NDArray[np.float64]
    windows: Windows
    dual: Dual
    """The prices as they move on."""


def ascents(
    problem: Problem, incumbent: Schedule, meter: Meter, every: int = 10, shortest: float = SHORTEST
) -> Generator[Ascent, Schedule | None, None]:
    """The best bound after every so many steps, until the meter is over or steps of Polyak's factor `shortest` come.

    A better incumbent may be sent; steps then aim at it.
    """
    found = windows_under(problem, incumbent, "full")
    if found.impossible:
        return
    search = _Search(problem, found, incumbent, meter, shortest)
    with search:
        while not search.over:
            for _ in range(every):
                search.step()
            better = yield search.ascent()
            if better is not None:
                search.aim(better)


class _Search(AbstractContextManager["_Search"]):
    """The state of one ascent."""

    def __init__(self, problem: Problem, found: Windows, incumbent: Schedule, meter: Meter, shortest: float):
        self._problem, self._found, self._meter, self._shortest = problem, found, meter, shortest
        self._count, self._target = len(problem.activities), evaluate(problem, incumbent)
        self._relaxed = relaxation(problem, found, incumbent)
        many = self._count >= COMPILED_FROM
        self._pace = PACE if many else PACE_OF_FEW
        machine_code = many or (self._count >= KEPT_FROM and kept_compiled())
        self._pool = ThreadPoolExecutor(1) if many and meter.part(1.0).threads != 1 else None
        worth = shared_out(problem, self._relaxed)
        queues = queue_prices(self._relaxed, worth, incumbent)
        self._dual = at_first(self._relaxed, worth.paid, queues, machine_code, self._pool)
        self._best = self._value = self._dual.value()
        self._starts = self._dual.starts[: self._count].astype(np.float64)
        self._factor, self._stale = self._pace.longest, 0

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown()

    @property
    def over(self) -> bool:
        """Whether steps lead nowhere, the target is reached or the meter is over."""
        return self._factor < self._shortest or self._best >= self._target or self._meter.over

    def step(self) -> None:
        """One step, shorter after some without progress."""
        self._dual.step(self._pace.keep, self._factor * max(self._target - self._value, 1))
        self._value = self._dual.value()
        self._meter.charge(self._relaxed.work)
        self._starts += (1 - self._pace.keep) * (self._dual.starts[: self._count] - self._starts)
        progress = self._value > self._best + PROGRESS * (self._target - self._best)
        self._stale = 0 if progress else self._stale + 1
        self._best = max(self._best, self._value)
        if self._stale >= self._pace.patience:
            self._factor, self._stale = self._pace.shorter * self._factor, 0

    def ascent(self) -> Ascent:
        """What the steps have led to; starts that lift the bound above the incumbent leave the windows.

        Of many activities one alone hardly ever does: that is not tried.
        """
        if self._count < COMPILED_FROM:
            self._value = self._dual.value(spare=max(self._target - self._value, 0))
        return Ascent(ceil(self._best), self._starts.copy(), self._windows(), self._dual)

    def _windows(self) -> Windows:
        """The windows of the relaxation; one that reaches its last day is open as far as it was."""
        nodes, found, problem = self._relaxed.nodes, self._found, self._problem
        low, high = nodes.low[: self._count].tolist(), nodes.high[: self._count].tolist()
        earliest = tuple(map(max, found.earliest, low))
        latest = tuple(b if day >= self._relaxed.days else day for b, day in zip(found.latest, high, strict=True))
        if (earliest, latest) != (found.earliest, found.latest):
            finish = tuple(problem.finish(i, start) for i, start in enumerate(earliest))
            launch = [0] * self._count
            for i in problem.order:
                launch[i] = problem.launch(i, finish[i], launches_before(problem, i, launch))
            self._found = Windows(earliest, latest, finish, tuple(launch))
        return self._found

    def aim(self, better: Schedule) -> None:
        """Aim at a better incumbent."""
        self._target = evaluate(self._problem, better)
