"""Compiles every kernel once, at install time: `python -m planner.scheduling.compiled.warm`."""

from pathlib import Path

import numpy as np

from planner.domain.problem import Activity, Deliverable, LaunchCalendar, Precedence, Problem, Profile, Resource
from planner.scheduling.branching import growths
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.compiled.arrays import arrays
from planner.scheduling.compiled.genetic import decoded, evolve, population, seeds
from planner.scheduling.compiled.jit import AVAILABLE
from planner.scheduling.compiled.justify import desk, tables
from planner.scheduling.compiled.lists import delay, serial
from planner.scheduling.compiled.pairs import tabulated
from planner.scheduling.compiled.repair import anneal, state
from planner.scheduling.dual import at_first
from planner.scheduling.orders import with_orders, within
from planner.scheduling.relaxation import relaxation
from planner.scheduling.timing import complete
from planner.scheduling.windows import Windows, windows


def example() -> tuple[Problem, Windows]:
    """Two activities of one team, one after the other: enough to give every argument its type."""
    days = 6
    relation = Precedence(0, 1)
    problem = Problem(
        horizon=days,
        activities=(Activity("A", 1000, 1, ((0, 10),)), Activity("B", 1000, 0, ((0, 10),), launch_calendar=0)),
        resources=(Resource("Ledger", (10,) * days),),
        profiles=(Profile(tuple(range(0, 1000 * days + 1, 1000))),),
        launch_calendars=(LaunchCalendar(tuple(range(days + 1))),),
        precedences=(relation,),
        deliverables=(Deliverable("I", (0, 1), 1, 1, 3),),
        order=(0, 1),
        predecessors=((), (relation,)),
        successors=((relation,), ()),
    )
    return problem, windows(problem)


def warm() -> None:
    """Call each kernel once."""
    problem, found = example()
    a = arrays(problem, found)
    count = len(a.work)
    starts, ends, launches = np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, np.int64)
    serial(a, np.arange(count), np.zeros(count, np.int64), np.empty_like(a.capacity), starts, ends, launches)
    delay(a, launches)
    pairs, _ = tabulated(problem, found)
    anneal(a, pairs, state(a, pairs, starts, np.zeros(count, np.int64), np.ones(count, np.int64)), 1.0, 1, 0)
    t, d = tables(a), desk(a)
    people = population(a, d, 2, starts, a.horizon, 0)
    seeds(a, t, d, people, 0, 2)
    evolve(a, t, d, people, 1)
    decoded(a, t, d, people, 0)
    relaxed = relaxation(problem, found, complete(problem, found.earliest))
    dual = at_first(relaxed, np.ones(len(relaxed.ends.early)), np.zeros_like(relaxed.rows.capacity), True, None)
    dual.value()
    dual.step(0.5, 1.0)
    for _ in growths(problem, dual, 10, Meter(Budget(time_limit=1.0)), 1):
        pass
    within(with_orders(relaxed, [(0, 1)]), [(0, 1)])
    for index in Path(__file__).parent.glob("__pycache__/*.nbi"):
        index.touch()  # numba goes by what a source says, `kept` by when it was written


if __name__ == "__main__" and AVAILABLE:
    warm()
