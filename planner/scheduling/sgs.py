"""Schedule generation schemes: from a priority per activity to an active or a non-delay schedule.

Serial: take the eligible activity of best priority and start it as early as possible. Parallel: take the
eligible activity that can start first, priority breaks the tie (Kolisch 1996). Smaller numbers go first.
Waiting on purpose is asked for by `Orders`, which a schedule keeps besides the problem's own relations.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from planner.domain.problem import Precedence, Problem, Schedule
from planner.scheduling.local import Local
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

if TYPE_CHECKING:
    from planner.scheduling.machine import Machine

COMPILED_FROM = 500
"""From so many activities on lists run in machine code; loading it takes about a second, which small plans spare."""
REPAIRS = 30
"""How often the chain before an activity that came too late is moved to the front."""


@dataclass(frozen=True, slots=True)
class Orders:
    """Relations, and (activity, earliest start) pairs, that a schedule keeps of its own choice."""

    relations: tuple[Precedence, ...] = ()
    not_before: tuple[tuple[int, int], ...] = ()

    def __add__(self, other: "Orders") -> "Orders":
        return Orders(self.relations + other.relations, self.not_before + other.not_before)


NO_ORDERS = Orders()


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
        self.machine = _machine(problem, self.windows)
        self._usage = Usage(problem)
        self._local = Local(problem)
        self._pinned = [i for i, it in enumerate(problem.activities) if it.pinned is not None]

    def generate(
        self, priority: Sequence[float], non_delay: bool = False, orders: Orders = NO_ORDERS
    ) -> Schedule | None:
        """A feasible schedule; whoever comes too late goes to the front with its predecessors, and it starts anew.

        With `orders` there is one try: an order that makes somebody late, or that contradicts the relations, is none.
        """
        if self.windows.impossible:
            return None
        if orders != NO_ORDERS:
            result = self._pass(priority, non_delay, orders)
            return result if isinstance(result, Schedule) else None
        ranks = list(priority)
        step = max(ranks, default=0.0) - min(ranks, default=0.0) + 1.0
        for _ in range(REPAIRS):
            result = self._pass(ranks, non_delay, NO_ORDERS)
            if isinstance(result, Schedule):
                return result
            for i in ancestors(self.problem, (result,)):
                ranks[i] -= step
        return None

    def _pass(self, priority: Sequence[float], non_delay: bool, orders: Orders) -> Schedule | int:
        """One schedule, or the first activity that came too late."""
        if self.machine and not non_delay:
            return self.machine.serial(priority, orders.relations, orders.not_before)
        problem, usage = self.problem, self._usage
        usage.clear()
        for i in self._pinned:
            if usage.first_fit(i, self.windows.earliest[i]) != self.windows.earliest[i]:
                return i
            usage.take(i, self.windows.earliest[i])
        count = len(problem.activities)
        start, finish, launch = [0] * count, [0] * count, [0] * count
        missing = [len(relations) for relations in problem.predecessors]
        before, after = _by_end(orders.relations)
        for i, relations in before.items():
            missing[i] += len(relations)
        not_before = dict(orders.not_before)
        least = [0] * count
        eligible: list[tuple[float, float, int]] = []

        def enter(i: int) -> None:
            relations = (*problem.predecessors[i], *before[i]) if i in before else problem.predecessors[i]
            least_start, least_finish = ends_required(relations, start, finish, launch)
            least[i] = earliest_start(problem, i, max(least_start, not_before.get(i, 0)), least_finish)
            heappush(eligible, (least[i] if non_delay else 0, priority[i], i))

        for i in range(count):
            if not missing[i]:
                enter(i)
        placed = 0
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
            placed += 1
            for relation in (*problem.successors[i], *after[i]) if i in after else problem.successors[i]:
                missing[relation.successor] -= 1
                if not missing[relation.successor]:
                    enter(relation.successor)
        if placed < count:  # the orders run in a circle
            return missing.index(max(missing))
        return Schedule(tuple(start), tuple(finish), tuple(launch))

    def _pin_holds(self, i: int, start: list[int], finish: list[int], launch: list[int]) -> bool:
        """Whether the predecessors of a pinned activity leave it its start."""
        pinned = self.problem.activities[i].pinned
        assert pinned is not None
        least_start, least_finish = ends_required(self.problem.predecessors[i], start, finish, launch)
        return least_start <= pinned and least_finish <= finish_from(self.problem, i, pinned)

    def left_shift(self, schedule: Schedule) -> Schedule:
        """Every activity, in the order of starts, moved to its first possible start while the others stay.

        An earlier activity never makes another infeasible: all relations bound their successor from below. What
        waits on purpose stays: an activity that is part of a priced structure moves only where J does not rise.
        """
        problem, usage = self.problem, self._hold(schedule)
        start, finish, launch = list(schedule.start), list(schedule.finish), list(schedule.launch)
        position = {i: k for k, i in enumerate(problem.order)}
        now, stale = schedule, False
        for i in sorted(range(len(start)), key=lambda i: (start[i], position[i])):
            earliest = self._first_start(i, start, finish, launch)
            if earliest >= start[i]:
                continue
            if i in self._local.priced:
                if stale:
                    now, stale = complete(problem, start), False
                if sum(self._local.change(now, i, earliest).values()) > 0:
                    continue
            usage.take(i, start[i], sign=-1)
            start[i], finish[i], stale = earliest, problem.finish(i, earliest), True
            usage.take(i, start[i])
        return complete(problem, start)

    def waits(self, schedule: Schedule) -> dict[int, int]:
        """The starts of those priced activities that could start earlier while all others stay."""
        return self.could_start_earlier(schedule, sorted(self._local.priced))

    def could_start_earlier(self, schedule: Schedule, among: Iterable[int]) -> dict[int, int]:
        """The starts of those activities, of some, that could start earlier while all others stay."""
        self._hold(schedule)
        return {
            i: schedule.start[i]
            for i in among
            if self._first_start(i, schedule.start, schedule.finish, schedule.launch) < schedule.start[i]
        }

    def _hold(self, schedule: Schedule) -> Usage:
        """The teams as the schedule takes them."""
        self._usage.clear()
        for i, begin in enumerate(schedule.start):
            self._usage.take(i, begin)
        return self._usage

    def _first_start(self, i: int, start: Sequence[int], finish: Sequence[int], launch: Sequence[int]) -> int:
        """The first possible start of an activity while all others stay; its own place counts as free."""
        self._usage.take(i, start[i], sign=-1)
        ends = ends_required(self.problem.predecessors[i], start, finish, launch)
        earliest = self._usage.first_fit(i, earliest_start(self.problem, i, *ends))
        self._usage.take(i, start[i])
        return earliest


def _machine(problem: Problem, found: Windows) -> "Machine | None":
    """Machine code for a large problem; None for a small one, one that cannot be planned, or without numba."""
    if len(problem.activities) < COMPILED_FROM or found.impossible:
        return None
    from planner.scheduling.machine import AVAILABLE, Machine  # here, so that small plans do not wait for numba

    return Machine(problem, found) if AVAILABLE else None


def _by_end(relations: Sequence[Precedence]) -> tuple[dict[int, list[Precedence]], dict[int, list[Precedence]]]:
    """The relations by successor and by predecessor."""
    before: dict[int, list[Precedence]] = defaultdict(list)
    after: dict[int, list[Precedence]] = defaultdict(list)
    for relation in relations:
        before[relation.successor].append(relation)
        after[relation.predecessor].append(relation)
    return before, after
