"""A problem as flat arrays, which is all that compiled code can read.

Lists of lists are stored as one array and the offsets into it: what belongs to activity i lies at
`first[i] : first[i + 1]`. Times are periods, capacities tenths of an engineer, work thousandths of a day.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.domain.problem import Precedence, Problem
from planner.domain.roadmap import Link
from planner.domain.units import MILLI
from planner.scheduling.windows import Windows

Integers = NDArray[np.int64]

ON_START, ON_FINISH, ON_LAUNCH = 0, 1, 2
"""Which end of an activity a relation speaks of."""
NONE = -1
"""No pin, no calendar, no target."""


class Arrays(NamedTuple):
    """One problem; `count` activities, `horizon` periods. See `domain.problem` for what each means."""

    horizon: int
    order: Integers
    """Topological order of the activities."""
    work: Integers
    wait: Integers
    profile: Integers
    wait_profile: Integers
    release: Integers
    pinned: Integers
    """Exact start or NONE."""
    launch_calendar: Integers
    """Row of `next_open` or NONE."""
    earliest: Integers
    latest: Integers
    """Windows of the starts."""
    cumulative: Integers
    """Progress by profile and period: (profiles, horizon + 1)."""
    reach: Integers
    """First period with k full days done, by profile and k; `horizon + 1` if none: (profiles, horizon + 2)."""
    next_workday: Integers
    """First day worked from a period on, by profile; `horizon` if none: (profiles, horizon + 1)."""
    next_open: Integers
    """First open period from a period on, by launch calendar: (calendars, horizon + 1)."""
    capacity: Integers
    """(resources, horizon)."""
    first_demand: Integers
    demand_resource: Integers
    demand_units: Integers
    first_user: Integers
    user: Integers
    """Activities, grouped by resource that they take."""
    first_before: Integers
    before: Integers
    """Predecessors, grouped by successor."""
    before_end: Integers
    """ON_START, ON_FINISH or ON_LAUNCH of the predecessor."""
    before_target: Integers
    """ON_START or ON_FINISH of the successor."""
    before_lag: Integers
    before_orders: Integers
    """1 where the successor may not launch before the predecessor."""
    first_after: Integers
    after: Integers
    """Successors, grouped by predecessor."""
    first_member: Integers
    member: Integers
    """Activities, grouped by item."""
    first_item: Integers
    item: Integers
    """Items, grouped by activity."""
    delay_weight: Integers
    late_weight: Integers
    target: Integers
    """Exclusive end up to which a launch is in time, or NONE."""
    sunk: Integers


def arrays(problem: Problem, found: Windows, more: Sequence[Precedence] = ()) -> Arrays:
    """The arrays of a problem with its windows; `more` relations are kept besides its own."""
    count, horizon = len(problem.activities), problem.horizon
    before: list[list[Precedence]] = [[] for _ in range(count)]
    after: list[list[int]] = [[] for _ in range(count)]
    for relation in (*problem.precedences, *more):
        before[relation.successor].append(relation)
        after[relation.predecessor].append(relation.successor)
    relations = [relation for group in before for relation in group]
    activities, items = problem.activities, problem.deliverables
    demands = [it.demands for it in activities]
    users: list[list[int]] = [[] for _ in problem.resources]
    of: list[list[int]] = [[] for _ in activities]
    for i, group in enumerate(demands):
        for resource, _ in group:
            users[resource].append(i)
    for g, item in enumerate(items):
        for i in item.activities:
            of[i].append(g)
    cumulative = _rows([profile.cumulative for profile in problem.profiles], horizon + 1)
    return Arrays(
        horizon=horizon,
        order=line(problem.order),
        work=line([it.work for it in activities]),
        wait=line([it.wait for it in activities]),
        profile=line([it.profile for it in activities]),
        wait_profile=line([it.wait_profile for it in activities]),
        release=line([it.release for it in activities]),
        pinned=line([NONE if it.pinned is None else it.pinned for it in activities]),
        launch_calendar=line([NONE if it.launch_calendar is None else it.launch_calendar for it in activities]),
        earliest=line(found.earliest),
        latest=line(found.latest),
        cumulative=cumulative,
        reach=_reach(cumulative),
        next_workday=_next_workdays(cumulative),
        next_open=_rows([calendar.next_open for calendar in problem.launch_calendars], horizon + 1),
        capacity=_rows([resource.capacity for resource in problem.resources], horizon),
        first_demand=offsets([len(group) for group in demands]),
        demand_resource=line([resource for group in demands for resource, _ in group]),
        demand_units=line([units for group in demands for _, units in group]),
        first_user=offsets([len(group) for group in users]),
        user=line([i for group in users for i in group]),
        first_before=offsets([len(group) for group in before]),
        before=line([relation.predecessor for relation in relations]),
        before_end=line([_end(relation) for relation in relations]),
        before_target=line([_target(relation) for relation in relations]),
        before_lag=line([relation.lag for relation in relations]),
        before_orders=line([int(relation.orders_launches) for relation in relations]),
        first_after=offsets([len(group) for group in after]),
        after=line([j for group in after for j in group]),
        first_member=offsets([len(item.activities) for item in items]),
        member=line([i for item in items for i in item.activities]),
        first_item=offsets([len(group) for group in of]),
        item=line([g for group in of for g in group]),
        delay_weight=line([item.delay_weight for item in items]),
        late_weight=line([item.late_weight for item in items]),
        target=line([NONE if item.target is None else item.target for item in items]),
        sunk=line([item.sunk for item in items]),
    )


def _end(relation: Precedence) -> int:
    """What of the predecessor a relation speaks of."""
    if relation.launch:
        return ON_LAUNCH
    return ON_FINISH if relation.link in (Link.FS, Link.FF) else ON_START


def _target(relation: Precedence) -> int:
    """What of the successor a relation speaks of."""
    return ON_START if relation.link in (Link.FS, Link.SS) else ON_FINISH


def line(values: Sequence[int]) -> Integers:
    """A row of numbers as an array."""
    return np.asarray(values, dtype=np.int64)


def _rows(rows: Sequence[Sequence[int]], width: int) -> Integers:
    return np.asarray(rows, dtype=np.int64).reshape(len(rows), width)


def offsets(lengths: Sequence[int]) -> Integers:
    """Where each of the groups of these lengths begins, and where the last one ends."""
    return np.concatenate(([0], np.cumsum(np.asarray(lengths, dtype=np.int64)))).astype(np.int64)


def _reach(cumulative: Integers) -> Integers:
    """For every profile and number of full days the first period by which they are done."""
    days = MILLI * np.arange(cumulative.shape[1] + 1)
    return np.array([np.searchsorted(row, days) for row in cumulative], dtype=np.int64).reshape(-1, len(days))


def _next_workdays(cumulative: Integers) -> Integers:
    """For every profile and period the first period from it on in which something gets done."""
    horizon = cumulative.shape[1] - 1
    days = np.where(np.diff(cumulative, axis=1) > 0, np.arange(horizon), horizon)
    following = np.minimum.accumulate(days[:, ::-1], axis=1)[:, ::-1]
    return np.concatenate((following, np.full((len(cumulative), 1), horizon)), axis=1).astype(np.int64)
