"""The serial schedule generation scheme, compiled (Kolisch 1996): first in the list, as early as it fits.

`scheduling.sgs` is the same in Python, with repairs; this one is for many lists of many activities.
"""

import numpy as np

from planner.scheduling.compiled.arrays import NONE, Arrays, Integers
from planner.scheduling.compiled.jit import compiled, leaf
from planner.scheduling.compiled.timing import earliest_start, finish, launch_of, reached, work_end


@leaf
def first_fit(a: Arrays, free: Integers, i: int, start: int) -> int:
    """First possible start from `start` on with room for activity i; beyond the horizon if there is none."""
    if a.work[i] <= 0 or a.first_demand[i] == a.first_demand[i + 1]:
        return start
    profile, work = a.profile[i], a.work[i]
    clear = start
    """All days from the start up to here have room."""
    while start < a.horizon:
        end = reached(a.cumulative, a.reach, profile, start, work)
        if end > a.horizon:
            break
        taken = NONE
        for k in range(a.first_demand[i], a.first_demand[i + 1]):
            taken = _last_taken(
                free, a.capacity, a.demand_resource[k], a.demand_units[k], max(clear, taken + 1), end, taken
            )
        if taken == NONE:
            return start
        start = int(a.next_workday[profile, taken + 1])
        clear = max(start, end)
    return a.horizon + 1


@leaf
def _last_taken(free: Integers, capacity: Integers, r: int, units: int, begin: int, end: int, taken: int) -> int:
    """The last day of `[begin, end)` with too little room on resource r, else `taken`."""
    for day in range(end - 1, begin - 1, -1):
        if free[r, day] < min(units, capacity[r, day]):
            return day
    return taken


@leaf
def take(a: Arrays, free: Integers, i: int, start: int, sign: int) -> None:
    """Hold the teams of activity i from `start` to its work end (sign 1), or give them back (sign -1)."""
    end = work_end(a, i, start)
    for k in range(a.first_demand[i], a.first_demand[i + 1]):
        r, units = a.demand_resource[k], a.demand_units[k]
        for day in range(start, end):
            free[r, day] -= sign * min(units, a.capacity[r, day])


@compiled
def serial(
    a: Arrays,
    priority: Integers,
    not_before: Integers,
    free: Integers,
    starts: Integers,
    ends: Integers,
    launches: Integers,
) -> int:
    """Fill starts, finishes and launches of a list schedule; NONE, or the first activity that came too late.

    `priority` is the place of each activity in the list, a permutation; `free` is room for (resources, horizon).
    """
    count = len(a.work)
    free[:] = a.capacity
    missing = np.empty(count, np.int64)
    for i in range(count):
        missing[i] = a.first_before[i + 1] - a.first_before[i]
        if a.pinned[i] != NONE:
            if first_fit(a, free, i, a.pinned[i]) != a.pinned[i]:
                return i
            take(a, free, i, a.pinned[i], 1)
    at = np.empty(count, np.int64)
    for i in range(count):
        at[priority[i]] = i
    # A heap of places: who is eligible and comes first in the list is taken.
    heap = np.empty(count, np.int64)
    size = 0
    for i in range(count):
        if not missing[i]:
            size = _push(heap, size, priority[i])
    placed = 0
    while size:
        i = at[heap[0]]
        size = _pop(heap, size)
        begin = earliest_start(a, i, not_before[i], starts, ends, launches)
        if begin == NONE or begin > a.latest[i]:
            return int(i)
        if a.pinned[i] == NONE:
            begin = first_fit(a, free, i, begin)
            if begin > a.latest[i]:
                return int(i)
            take(a, free, i, begin, 1)
        starts[i] = begin
        ends[i] = finish(a, i, begin)
        launches[i] = launch_of(a, i, ends[i], launches)
        if launches[i] > a.horizon:
            return int(i)
        placed += 1
        for k in range(a.first_after[i], a.first_after[i + 1]):
            j = a.after[k]
            missing[j] -= 1
            if not missing[j]:
                size = _push(heap, size, priority[j])
    if placed < count:
        return int(np.argmax(missing))
    return NONE


@leaf
def _push(heap: Integers, size: int, place: int) -> int:
    """Put a place into a binary heap of `size`; the new size."""
    k = size
    while k and heap[(k - 1) // 2] > place:
        heap[k] = heap[(k - 1) // 2]
        k = (k - 1) // 2
    heap[k] = place
    return size + 1


@leaf
def _pop(heap: Integers, size: int) -> int:
    """Take the least place off the heap; the new size."""
    size -= 1
    place = heap[size]
    k = 0
    while 2 * k + 1 < size:
        child = 2 * k + 1
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= place:
            break
        heap[k] = heap[child]
        k = child
    heap[k] = place
    return size


@leaf
def delay(a: Arrays, launches: Integers) -> int:
    """D of the launches in milli ED, as `objective.delay` has it."""
    total = 0
    for g in range(len(a.delay_weight)):
        total += delay_of(a, g, launches)
    return total


@leaf
def delay_of(a: Arrays, g: int, launches: Integers) -> int:
    """Cost of delay of item g."""
    out = a.sunk[g]
    for k in range(a.first_member[g], a.first_member[g + 1]):
        out = max(out, launches[a.member[k]])
    cost = a.delay_weight[g] * out
    if a.target[g] != NONE and out > a.target[g]:
        cost += a.late_weight[g] * (out - a.target[g])
    return int(cost)
