"""Schedule generation schemes: from a priority per activity to an active or a non-delay schedule.

Serial: take the eligible activity of best priority and start it as early as possible. Parallel: take the
eligible activity that can start first, priority breaks the tie (Kolisch 1996). Smaller numbers go first.
"""

from collections.abc import Sequence
from heapq import heappop, heappush

import numpy as np

from planner.domain.problem import Problem, Schedule
from planner.scheduling.priorities import ancestors
from planner.scheduling.timing import complete
from planner.scheduling.windows import (
    Windows,
    earliest_start,
    ends_required,
    finish_from,
    launches_before,
    windows,
)

REPAIRS = 30
"""How often the chain before an activity that came too late is moved to the front."""


def serial(problem: Problem, priority: Sequence[float]) -> Schedule | None:
    """An active schedule; None where no try keeps the horizon, the deadlines and the pins."""
    return Generator(problem).generate(priority)


def parallel(problem: Problem, priority: Sequence[float]) -> Schedule | None:
    """A non-delay schedule; None where no try keeps the horizon, the deadlines and the pins."""
    return Generator(problem).generate(priority, non_delay=True)


class Usage:
    """What the teams have left in every period while a schedule grows."""

    def __init__(self, problem: Problem):
        self._problem = problem
        self._capacity = [np.asarray(resource.capacity, dtype=np.int64) for resource in problem.resources]
        self._need = {
            (resource, demand): np.minimum(demand, self._capacity[resource])
            for resource, demand in {demand for it in problem.activities for demand in it.demands}
        }
        self.clear()

    def clear(self) -> None:
        """Everybody is free again."""
        self._free = [capacity.copy() for capacity in self._capacity]

    def first_fit(self, activity: int, start: int) -> int:
        """First possible start from `start` on with room for the activity; beyond the horizon if there is none."""
        it = self._problem.activities[activity]
        if not it.demands:
            return start
        horizon = self._problem.horizon
        while start < horizon:
            end = self._problem.work_end(activity, start)
            if end > horizon:
                return horizon + 1
            taken = self.last_taken(it.demands, start, end)
            if taken is None:
                return start
            start = self._problem.first_start(activity, taken[0] + 1)
        return horizon + 1

    def last_taken(self, demands: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
        """The last period of `[start, end)` with too few people, and the team; None if there is room."""
        last = None
        for resource, demand in demands:
            short = self._free[resource][start:end] < self._need[resource, demand][start:end]
            if short.any():
                found = start + int(short.nonzero()[0][-1]), resource
                last = found if last is None else max(last, found)
        return last

    def take(self, activity: int, start: int, sign: int = 1) -> None:
        """Hold the teams of an activity from `start` to its work end; `sign` -1 gives them back."""
        end = self._problem.work_end(activity, start)
        for resource, demand in self._problem.activities[activity].demands:
            self._free[resource][start:end] -= sign * self._need[resource, demand][start:end]


class Generator:
    """Both schemes over one problem, which is prepared once."""

    def __init__(self, problem: Problem, found: Windows | None = None):
        self.problem = problem
        self.windows = found or windows(problem)
        self._usage = Usage(problem)
        self._pinned = [i for i, it in enumerate(problem.activities) if it.pinned is not None]

    def generate(self, priority: Sequence[float], non_delay: bool = False) -> Schedule | None:
        """A feasible schedule; whoever comes too late goes to the front with its predecessors, and it starts anew."""
        if self.windows.impossible:
            return None
        ranks = list(priority)
        step = max(ranks, default=0.0) - min(ranks, default=0.0) + 1.0
        for _ in range(REPAIRS):
            result = self._pass(ranks, non_delay)
            if isinstance(result, Schedule):
                return result
            for i in ancestors(self.problem, (result,)):
                ranks[i] -= step
        return None

    def _pass(self, priority: Sequence[float], non_delay: bool) -> Schedule | int:
        """One schedule, or the first activity that came too late."""
        problem, usage = self.problem, self._usage
        usage.clear()
        for i in self._pinned:
            if usage.first_fit(i, self.windows.earliest[i]) != self.windows.earliest[i]:
                return i
            usage.take(i, self.windows.earliest[i])
        count = len(problem.activities)
        start, finish, launch = [0] * count, [0] * count, [0] * count
        missing = [len(relations) for relations in problem.predecessors]
        least = [0] * count
        eligible: list[tuple[float, float, int]] = []

        def enter(i: int) -> None:
            ends = ends_required(problem.predecessors[i], start, finish, launch)
            least[i] = earliest_start(problem, i, *ends)
            heappush(eligible, (least[i] if non_delay else 0, priority[i], i))

        for i in range(count):
            if not missing[i]:
                enter(i)
        while eligible:
            key, rank, i = heappop(eligible)
            pinned = problem.activities[i].pinned is not None
            begin = least[i] if pinned else usage.first_fit(i, least[i])
            if non_delay and begin > key:  # the team was taken since: queue again with the new start
                least[i] = begin
                heappush(eligible, (begin, rank, i))
                continue
            if begin > self.windows.latest[i]:
                return i
            if pinned:
                if not self._pin_holds(i, start, finish, launch):
                    return i
            else:
                usage.take(i, begin)
            start[i], finish[i] = begin, finish_from(problem, i, begin)
            launch[i] = problem.launch(i, finish[i], launches_before(problem, i, launch))
            if launch[i] > problem.horizon:
                return i
            for relation in problem.successors[i]:
                missing[relation.successor] -= 1
                if not missing[relation.successor]:
                    enter(relation.successor)
        return Schedule(tuple(start), tuple(finish), tuple(launch))

    def _pin_holds(self, i: int, start: list[int], finish: list[int], launch: list[int]) -> bool:
        """Whether the predecessors of a pinned activity leave it its start."""
        pinned = self.problem.activities[i].pinned
        assert pinned is not None
        least_start, least_finish = ends_required(self.problem.predecessors[i], start, finish, launch)
        return least_start <= pinned and least_finish <= finish_from(self.problem, i, pinned)

    def left_shift(self, schedule: Schedule) -> Schedule:
        """Every activity, in the order of starts, moved to its first possible start while the others stay.

        An earlier activity never makes another infeasible: all relations bound their successor from below.
        """
        problem, usage = self.problem, self._usage
        usage.clear()
        for i, begin in enumerate(schedule.start):
            usage.take(i, begin)
        start, finish, launch = list(schedule.start), list(schedule.finish), list(schedule.launch)
        position = {i: k for k, i in enumerate(problem.order)}
        for i in sorted(range(len(start)), key=lambda i: (start[i], position[i])):
            usage.take(i, start[i], sign=-1)
            ends = ends_required(problem.predecessors[i], start, finish, launch)
            earliest = usage.first_fit(i, earliest_start(problem, i, *ends))
            start[i] = min(start[i], earliest)
            usage.take(i, start[i])
            finish[i] = problem.finish(i, start[i])
        return complete(problem, start)
