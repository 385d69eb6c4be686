"""Ends of an activity from its start, compiled: what `Problem` and `scheduling.windows` say for one activity."""

from planner.scheduling.compiled.arrays import NONE, ON_FINISH, ON_LAUNCH, Arrays, Integers
from planner.scheduling.compiled.jit import leaf


@leaf
def reached(cumulative: Integers, reach: Integers, row: int, start: int, work: int) -> int:
    """First period by which profile `row` has done `work` more than by `start`; `horizon + 1` if it never has."""
    goal = cumulative[row, start] + work
    day = max(start, reach[row, min(goal // 1000, reach.shape[1] - 1)])
    while day < cumulative.shape[1] and cumulative[row, day] < goal:
        day += 1
    return int(day)


@leaf
def work_end(a: Arrays, i: int, start: int) -> int:
    """Exclusive end of the work; `horizon + 1` if it does not fit."""
    if a.work[i] <= 0:
        return start
    return reached(a.cumulative, a.reach, a.profile[i], start, a.work[i])


@leaf
def finish(a: Arrays, i: int, start: int) -> int:
    """Exclusive end of work and waiting; `horizon + 1` if it does not fit."""
    if start > a.horizon:
        return a.horizon + 1
    end = work_end(a, i, start)
    if a.wait[i] and end <= a.horizon:
        end = reached(a.cumulative, a.reach, a.wait_profile[i], end, 1000 * a.wait[i])
    return end


@leaf
def first_start(a: Arrays, i: int, period: int) -> int:
    """First period from `period` on that is a day worked; milestones start anywhere."""
    period = max(period, 0)
    if not a.work[i] and not a.wait[i]:
        return period
    if period >= a.horizon:
        return a.horizon
    return int(a.next_workday[a.profile[i] if a.work[i] else a.wait_profile[i], period])


@leaf
def launch(a: Arrays, i: int, end: int, before: int) -> int:
    """Exclusive launch of an activity that finishes at `end` and whose predecessors launch at `before`."""
    row = a.launch_calendar[i]
    if row == NONE or (end == 0 and before <= 0):
        return max(end, before)
    day = max(end - 1, before - 1, 0)
    if day > a.horizon:
        return a.horizon + 1
    return int(a.next_open[row, day]) + 1


@leaf
def end_of(i: int, which: int, starts: Integers, ends: Integers, launches: Integers) -> int:
    """Start, finish or launch of an activity."""
    if which == ON_LAUNCH:
        return int(launches[i])
    return int(ends[i] if which == ON_FINISH else starts[i])


@leaf
def earliest_start(a: Arrays, i: int, least_start: int, starts: Integers, ends: Integers, launches: Integers) -> int:
    """First start that the predecessors, the release and the calendar allow; a pin as it is, or NONE if too late."""
    least_finish = 0
    for k in range(a.first_before[i], a.first_before[i + 1]):
        end = end_of(a.before[k], a.before_end[k], starts, ends, launches) + a.before_lag[k]
        if a.before_target[k] == ON_FINISH:
            least_finish = max(least_finish, end)
        else:
            least_start = max(least_start, end)
    if a.pinned[i] != NONE:
        fits = least_start <= a.pinned[i] and least_finish <= finish(a, i, a.pinned[i])
        return int(a.pinned[i]) if fits else NONE
    start = first_start(a, i, max(least_start, a.release[i]))
    while start < a.horizon and finish(a, i, start) < least_finish:
        start = first_start(a, i, start + 1)
    return start


@leaf
def launch_of(a: Arrays, i: int, end: int, launches: Integers) -> int:
    """Launch of an activity that finishes at `end`, after the launches of those that it builds on."""
    before = 0
    for k in range(a.first_before[i], a.first_before[i + 1]):
        if a.before_orders[k]:
            before = max(before, launches[a.before[k]])
    return launch(a, i, end, before)
