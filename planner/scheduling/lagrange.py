"""A lower bound on J by prices, and when work would start at these prices: Lagrangian relaxation of all that couples.

The time-indexed relaxation of RCPSP (Christofides, Alvarez-Valdes and Tamarit 1987; Moehring, Schulz, Stork and
Uetz 2003) for the whole objective: `relaxation` says what is priced and why all prices give a bound. Prices rise
where the chosen starts ask for too much, by steps of Polyak's length (1969) along an average of the directions so
far (Camerini, Fratta and Maffioli 1975). Chosen starts, averaged, come close to the fractional optimum (Barahona and
Anbil 2000): a good list to schedule by.
"""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from planner.domain.problem import Problem, Schedule
from planner.objective import evaluate
from planner.scheduling.budget import Meter
from planner.scheduling.dual import Dual
from planner.scheduling.relaxation import relaxation
from planner.scheduling.windows import Windows, windows_under
from planner.scheduling.worth import shared_out

COMPILED_FROM = 400
"""From so many activities the kernels are compiled; fewer do not repay it."""
KEEP = 0.9
"""Part of the direction, and of the average of starts, that a step keeps."""
LONGEST, SHORTEST, SHORTER = 3.0, 0.01, 0.7
"""Factor of Polyak's step at first, where to give up, and what it is multiplied by without progress."""
PATIENCE, PROGRESS = 10, 1e-3
"""After so many steps, none of which closed this part of the gap, the next ones are shorter."""


@dataclass(frozen=True)
class Ascent:
    """What the steps so far have led to; `bound` in milli ED.

    No schedule costs less than the smaller of `bound` and the incumbent. `starts` are averages by activity. Schedules
    outside the `windows` cost more than the incumbent.
    """

    bound: int
    starts: NDArray[np.float64]
    windows: Windows


def ascents(
    problem: Problem, incumbent: Schedule, meter: Meter, every: int = 10
) -> Generator[Ascent, Schedule | None, None]:
    """The best bound after every so many steps, until the meter is over or steps have led nowhere for long.

    A better incumbent may be sent; steps then aim at it.
    """
    found = windows_under(problem, incumbent, "full")
    if found.impossible:
        return
    count, target = len(problem.activities), evaluate(problem, incumbent)
    relaxed = relaxation(problem, found, incumbent)
    machine_code = count >= COMPILED_FROM
    pool = ThreadPoolExecutor(1) if machine_code and meter.part(1.0).threads != 1 else None
    dual = Dual(relaxed, shared_out(problem, relaxed), machine_code, pool)
    best = value = dual.value()
    starts = dual.starts[:count].astype(np.float64)
    factor, stale = LONGEST, 0
    while factor > SHORTEST and not meter.over and best < target:
        for _ in range(every):
            dual.step(KEEP, factor * max(target - value, 1))
            value = dual.value()
            meter.charge(relaxed.work)
            starts += (1 - KEEP) * (dual.starts[:count] - starts)
            stale = 0 if value > best + PROGRESS * (target - best) else stale + 1
            best = max(best, value)
            if stale >= PATIENCE:
                factor, stale = SHORTER * factor, 0
        better = yield Ascent(ceil(best), starts.copy(), found)
        if better is not None:
            target = evaluate(problem, better)
    if pool is not None:
        pool.shutdown()
