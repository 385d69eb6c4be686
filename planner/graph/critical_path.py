"""Early and late dates, floats and critical chains of a scheduling problem.

`float_times` is the critical path method (Kelley and Walker, 1959) with generalised precedence relations,
calendars and launches; it knows no capacity. `resource_critical_chain` reads a given schedule and does.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from planner.domain.problem import Precedence, Problem, Schedule
from planner.domain.roadmap import Link


@dataclass(frozen=True)
class Floats:
    """Dates in periods (finishes exclusive) and floats in working days, by position of the activity.

    Total float is how much later an activity may start without moving the end, free float without moving the
    early dates of any other. `critical` is a total float of 0 or less. Pinned starts count as releases, and hard
    deadlines do not count. Where a target leaves no date at all the late start is -1.
    """

    early_start: tuple[int, ...]
    early_finish: tuple[int, ...]
    late_start: tuple[int, ...]
    late_finish: tuple[int, ...]
    total_float: tuple[int, ...]
    free_float: tuple[int, ...]
    critical: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _Dates:
    """Starts, finishes and launches by position; earliest or latest ones."""

    start: list[int]
    finish: list[int]
    launch: list[int]


def float_times(problem: Problem, finish_target: int | None = None) -> Floats:
    """Floats against `finish_target` (exclusive end), without one against the makespan of the early schedule."""
    early = _forward(problem)
    end = max(early.finish, default=0) if finish_target is None else finish_target
    late = _backward(problem, end)
    positions = range(len(problem.activities))
    total = tuple(late.start[i] - early.start[i] for i in positions)
    free = tuple(_latest(problem, i, early, end)[0] - early.start[i] for i in positions)
    return Floats(
        tuple(early.start),
        tuple(early.finish),
        tuple(late.start),
        tuple(late.finish),
        total,
        free,
        tuple(slack <= 0 for slack in total),
    )


def _forward(problem: Problem) -> _Dates:
    """The early schedule, in topological order."""
    size = len(problem.activities)
    dates = _Dates([0] * size, [0] * size, [0] * size)
    for i in problem.order:
        activity = problem.activities[i]
        start, finish = max(activity.release, activity.pinned or 0), 0
        for relation in problem.predecessors[i]:
            bound = _end_before(relation, dates) + relation.lag
            if relation.link in (Link.FS, Link.SS):
                start = max(start, bound)
            else:
                finish = max(finish, bound)
        start = _first_finishing(problem, i, problem.first_start(i, min(start, problem.horizon)), finish)
        dates.start[i] = start
        dates.finish[i] = problem.finish(i, start)
        before = max((dates.launch[p.predecessor] for p in problem.predecessors[i] if p.orders_launches), default=0)
        dates.launch[i] = problem.launch(i, dates.finish[i], before)
    return dates


def _end_before(relation: Precedence, dates: _Dates) -> int:
    """The date of the predecessor that a relation counts from."""
    if relation.launch:
        return dates.launch[relation.predecessor]
    ends = dates.finish if relation.link in (Link.FS, Link.FF) else dates.start
    return ends[relation.predecessor]


def _first_finishing(problem: Problem, i: int, start: int, finish: int) -> int:
    """First day worked from `start` on whose finish is `finish` or later (finishes never decrease with starts)."""
    if problem.finish(i, start) >= finish:
        return start
    later = range(start, problem.horizon + 1)
    return problem.first_start(i, start + bisect_left(later, finish, key=lambda s: problem.finish(i, s)))


def _backward(problem: Problem, end: int) -> _Dates:
    """The latest dates that move no finish beyond `end`, against the topological order."""
    size = len(problem.activities)
    dates = _Dates([0] * size, [0] * size, [0] * size)
    for i in reversed(problem.order):
        dates.start[i], dates.finish[i], dates.launch[i] = _latest(problem, i, dates, end)
    return dates


def _latest(problem: Problem, i: int, after: _Dates, end: int) -> tuple[int, int, int]:
    """Latest start, finish and launch that keep all successors at the dates of `after` and the end at `end`."""
    never = problem.horizon + 1
    start, finish, launch = problem.horizon, end, never
    for relation in problem.successors[i]:
        j = relation.successor
        bound = (after.start if relation.link in (Link.FS, Link.SS) else after.finish)[j] - relation.lag
        if relation.launch:
            launch = min(launch, bound)
        elif relation.link in (Link.FS, Link.FF):
            finish = min(finish, bound)
        else:
            start = min(start, bound)
        if relation.orders_launches and after.launch[j] < never:
            launch = min(launch, _last(problem, after.launch[j], partial(problem.launch, j, 0)))
    if launch < never:
        finish = min(finish, _last(problem, launch, partial(problem.launch, i)))
    start = min(start, _last(problem, finish, partial(problem.finish, i)))
    start = _last(problem, start, partial(problem.first_start, i))
    return start, problem.finish(i, start) if start >= 0 else finish, launch


def _last(problem: Problem, limit: int, date: Callable[[int], int]) -> int:
    """The last period whose `date`, which never decreases, is at most `limit`; -1 if there is none."""
    return bisect_right(range(problem.horizon + 1), limit, key=date) - 1


def resource_critical_chain(problem: Problem, schedule: Schedule) -> frozenset[int]:
    """Activities whose delay by a day moves the last finish of a schedule, by position.

    From the activities that finish last, backwards over what holds them there: tight precedence relations
    (Goldratt's critical chain) and capacity that somebody releases just in time.
    """
    end = max(schedule.finish, default=0)
    chain = {i for i, finish in enumerate(schedule.finish) if finish == end}
    holders = _Holders(problem, schedule)
    waiting = sorted(chain)
    while waiting:
        i = waiting.pop()
        found = {*_tight_predecessors(problem, schedule, i), *holders.of(i)} - chain
        chain |= found
        waiting += sorted(found)
    return frozenset(chain)


def _delayed(problem: Problem, schedule: Schedule, i: int) -> int:
    """The start of an activity that loses a day."""
    return problem.first_start(i, min(schedule.start[i] + 1, problem.horizon))


def _tight_predecessors(problem: Problem, schedule: Schedule, i: int) -> Iterator[int]:
    """Predecessors that push an activity when they lose a day."""
    for relation in problem.predecessors[i]:
        j = relation.predecessor
        start = _delayed(problem, schedule, j)
        held = (schedule.start if relation.link in (Link.FS, Link.SS) else schedule.finish)[i] - relation.lag
        if relation.launch:
            yield from _launch_drivers(problem, schedule, j, held)
        elif held < (start if relation.link in (Link.SS, Link.SF) else problem.finish(j, start)):
            yield j


def _launch_drivers(problem: Problem, schedule: Schedule, i: int, held: int) -> Iterator[int]:
    """Those of an activity and all before it whose lost day moves its launch beyond `held`."""
    waiting, seen = [i], {i}
    while waiting:
        j = waiting.pop()
        finish = problem.finish(j, _delayed(problem, schedule, j))
        if problem.launch(j, finish) > held:
            yield j
        ordering = (p.predecessor for p in problem.predecessors[j] if p.orders_launches)
        before = {k for k in ordering if schedule.launch[k] >= held} - seen
        seen |= before
        waiting += sorted(before)


class _Holders:
    """Who holds the capacity that an activity starts with: would a lost day of theirs leave it too little?"""

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self._problem = problem
        self._schedule = schedule
        self._load = [[0] * problem.horizon for _ in problem.resources]
        self._overrun: dict[tuple[int, int], list[tuple[int, int]]] = {}
        """(resource, period) -> (activity, tenths) that would still be working then after a lost day."""
        for j, activity in enumerate(problem.activities):
            work_end = problem.work_end(j, schedule.start[j])
            later = min(problem.work_end(j, _delayed(problem, schedule, j)), problem.horizon)
            for resource, tenths in activity.demands:
                capacity = problem.resources[resource].capacity
                for t in range(schedule.start[j], work_end):
                    self._load[resource][t] += min(tenths, capacity[t])
                for t in range(work_end, later):
                    self._overrun.setdefault((resource, t), []).append((j, min(tenths, capacity[t])))

    def of(self, i: int) -> Iterator[int]:
        """Activities that hand capacity over to activity `i` on its first day."""
        start = self._schedule.start[i]
        for resource, _ in self._problem.activities[i].demands:
            free = self._problem.resources[resource].capacity[start] - self._load[resource][start]
            for j, tenths in self._overrun.get((resource, start), []):
                if j != i and tenths > free:
                    yield j
