"""Compiles every kernel once, at install time: `python -m planner.scheduling.compiled.warm`."""

import numpy as np

from planner.domain.problem import Activity, Deliverable, LaunchCalendar, Precedence, Problem, Profile, Resource
from planner.scheduling.compiled.arrays import Arrays, arrays
from planner.scheduling.compiled.jit import AVAILABLE
from planner.scheduling.compiled.lists import delay, serial
from planner.scheduling.windows import windows


def example() -> Arrays:
    """Two activities of one team, one after the other: enough to give every array its type."""
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
    return arrays(problem, windows(problem))


def warm() -> None:
    """Call each kernel once."""
    a = example()
    count = len(a.work)
    starts, ends, launches = np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, np.int64)
    serial(a, np.arange(count), np.zeros(count, np.int64), np.empty_like(a.capacity), starts, ends, launches)
    delay(a, launches)


if __name__ == "__main__" and AVAILABLE:
    warm()
