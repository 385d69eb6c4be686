"""Earliest and latest starts: what precedence relations, calendars and dates allow when teams are unlimited.

This is the critical path method with calendars, launches and generalised relations (Elmaghraby and
Kamburowski 1992): a forward and a backward pass in topological order. Every feasible schedule lies within.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planner.domain.problem import Precedence, Problem, Schedule
from planner.domain.roadmap import Link
from planner.objective import evaluate
from planner.objective.delay import delay_of, delay_when
from planner.objective.variables import Integers, numbers
from planner.scheduling.costs import Objective, makespan, regular


@dataclass(frozen=True)
class Windows:
    """By position: earliest and latest start, and the earliest finish and launch that go with the earliest start.

    Where `latest < earliest` no schedule within the horizon exists.
    """

    earliest: tuple[int, ...]
    latest: tuple[int, ...]
    finish: tuple[int, ...]
    launch: tuple[int, ...]

    @property
    def impossible(self) -> tuple[int, ...]:
        """Activities without a start."""
        return tuple(i for i, (a, b) in enumerate(zip(self.earliest, self.latest, strict=True)) if b < a)


def windows(problem: Problem, last_launch: Sequence[int] = ()) -> Windows:
    """Both passes; `last_launch` limits launches by position. Time: O(relations + activities x log horizon)."""
    count = len(problem.activities)
    start, finish, launch = [0] * count, [0] * count, [0] * count
    for i in problem.order:
        least_start, least_finish = ends_required(problem.predecessors[i], start, finish, launch)
        start[i] = earliest_start(problem, i, least_start, least_finish)
        finish[i] = finish_from(problem, i, start[i])
        launch[i] = problem.launch(i, finish[i], launches_before(problem, i, launch))
    return Windows(tuple(start), tuple(_latest_starts(problem, last_launch)), tuple(finish), tuple(launch))


def windows_under(problem: Problem, incumbent: Schedule, objective: Objective) -> Windows:
    """Windows of the schedules that cost no more than `incumbent`.

    An item may cost what it costs at its earliest launch plus all that J leaves when every other item is as early as
    it can be and all that waiting could spare costs nothing: that is its last launch. In makespan mode nothing
    launches after the incumbent's end.
    """
    if objective == "makespan":
        return windows(problem, [makespan(incumbent)] * len(problem.activities))
    found = windows(problem)
    early = Schedule(found.earliest, found.finish, found.launch)
    spare = evaluate(problem, incumbent) - evaluate(regular(problem), early)
    limit = [problem.horizon] * len(problem.activities)
    for item in problem.deliverables:
        most = delay_of(item, numbers(early)) + spare
        last = bisect_right(range(problem.horizon + 1), most, key=lambda day: delay_when(item, day, Integers())) - 1
        for i in item.activities:
            limit[i] = min(limit[i], last)
    return windows(problem, limit)


def launches_before(problem: Problem, activity: int, launch: Sequence[int]) -> int:
    """The latest launch of those predecessors that an activity is not launched before; 0 without any."""
    return max((launch[r.predecessor] for r in problem.predecessors[activity] if r.orders_launches), default=0)


def ends_required(
    relations: Sequence[Precedence], start: Sequence[int], finish: Sequence[int], launch: Sequence[int]
) -> tuple[int, int]:
    """The least start and the least finish that the relations ask of their common successor."""
    least_start = least_finish = 0
    for relation in relations:
        i = relation.predecessor
        if relation.launch:
            end = launch[i] + relation.lag
        elif relation.link in (Link.FS, Link.FF):
            end = finish[i] + relation.lag
        else:
            end = start[i] + relation.lag
        if relation.link in (Link.FS, Link.SS):
            least_start = max(least_start, end)
        else:
            least_finish = max(least_finish, end)
    return least_start, least_finish


def earliest_start(problem: Problem, activity: int, least_start: int, least_finish: int) -> int:
    """First possible start from which the work does not finish before `least_finish`.

    A pin is returned as it is, even where it comes too early: the caller compares.
    """
    it = problem.activities[activity]
    if it.pinned is not None:
        return it.pinned
    start = problem.first_start(activity, max(it.release, least_start))
    if start < problem.horizon and problem.finish(activity, start) < least_finish:
        later = range(start, problem.horizon)
        start += bisect_left(later, least_finish, key=lambda s: problem.finish(activity, s))
        start = problem.first_start(activity, start)
    return start


def finish_from(problem: Problem, activity: int, start: int) -> int:
    """The finish of a start that may lie beyond the horizon, where nothing is known."""
    return problem.finish(activity, start) if start <= problem.horizon else problem.horizon + 1


def latest_start_before(horizon: int, fits: Callable[[int], bool]) -> int:
    """The last period of `0..horizon` that `fits`, -1 if none; `fits` turns from true to false once."""
    return bisect_right(range(horizon + 1), False, key=lambda s: not fits(s)) - 1


def _latest_starts(problem: Problem, launch_limit: Sequence[int]) -> list[int]:
    """Backward pass from the deadlines, the pins and the horizon."""
    latest = [problem.horizon] * len(problem.activities)
    for i in reversed(problem.order):
        it = problem.activities[i]
        last_start = problem.horizon if it.pinned is None else it.pinned
        if it.pinned is not None and it.pinned < it.release:
            last_start = -1
        last_finish = problem.horizon if it.deadline is None else min(it.deadline, problem.horizon)
        last_launch = launch_limit[i] if launch_limit else problem.horizon
        for relation in problem.successors[i]:
            j = relation.successor
            if latest[j] < 0:
                last_start = -1
                continue
            on_start = relation.link in (Link.FS, Link.SS)
            end = (latest[j] if on_start else problem.finish(j, latest[j])) - relation.lag
            if relation.launch:
                last_launch = min(last_launch, end)
            elif relation.link in (Link.FS, Link.FF):
                last_finish = min(last_finish, end)
            else:
                last_start = min(last_start, end)
        latest[i] = min(last_start, _latest_start(problem, i, last_finish, last_launch))
    return latest


def _latest_start(problem: Problem, activity: int, last_finish: int, last_launch: int) -> int:
    """The last start with which the work finishes and launches in time; both grow with the start."""

    def fits(start: int) -> bool:
        finish = problem.finish(activity, start)
        return finish <= last_finish and problem.launch(activity, finish) <= last_launch

    return latest_start_before(problem.horizon, fits)
