"""Why an activity starts, or launches, when it does: the one fact that forbids the last working day before.

In: a problem and a schedule of it. Out: data; sentences are made elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from planner.domain.problem import Precedence, Problem, Schedule
from planner.scheduling.local import Local
from planner.scheduling.sgs import Usage
from planner.scheduling.windows import earliest_start, ends_required

Kind = Literal[
    "predecessor",
    "launch",
    "capacity",
    "release",
    "pinned",
    "planning start",
    "started",
    "calendar",
    "wait",
    "block",
]


@dataclass(frozen=True)
class Fact:
    """What binds: `activities` are the predecessor, or those that hold the team on day `period`.

    `predecessor` and `launch` name their `precedence`; `capacity` and `calendar` the `resource` that is busy or
    off up to and with day `period`; `block` is for launches only, on day `period`; `wait` means that nothing
    forbids an earlier start, and `saves` the letters of the terms that would rise with the earliest one, all
    others as they are. A `resource` that is no team is a limit on work in progress.
    """

    kind: Kind
    activities: tuple[int, ...] = ()
    precedence: Precedence | None = None
    resource: int | None = None
    period: int | None = None
    saves: tuple[str, ...] = ()


def reasons(problem: Problem, schedule: Schedule) -> tuple[Fact, ...]:
    """The binding fact of every start, by position."""
    usage = Usage(problem)
    users: dict[int, list[int]] = defaultdict(list)
    for i, it in enumerate(problem.activities):
        usage.take(i, schedule.start[i])
        for resource, _ in it.demands:
            users[resource].append(i)
    local = Local(problem)
    facts = (_reason(problem, schedule, i, usage, users) for i in range(len(problem.activities)))
    return tuple(
        replace(fact, saves=_saves(problem, schedule, i, usage, local)) if fact.kind == "wait" else fact
        for i, fact in enumerate(facts)
    )


def _saves(problem: Problem, schedule: Schedule, i: int, usage: Usage, local: Local) -> tuple[str, ...]:
    """The letters of the terms that would rise if the activity took its earliest possible start."""
    usage.take(i, schedule.start[i], sign=-1)
    ends = ends_required(problem.predecessors[i], schedule.start, schedule.finish, schedule.launch)
    earliest = usage.first_fit(i, earliest_start(problem, i, *ends))
    usage.take(i, schedule.start[i])
    return tuple(letter for letter, grown in local.change(schedule, i, earliest).items() if grown > 0)


def launch_reason(problem: Problem, schedule: Schedule, i: int) -> Fact | None:
    """What moves a launch beyond the finish: a block, or a predecessor that is out later; None if nothing does."""
    launch, finish = schedule.launch[i], schedule.finish[i]
    if launch <= finish:
        return None
    before = [relation for relation in problem.predecessors[i] if relation.orders_launches]
    last = max(before, key=lambda relation: schedule.launch[relation.predecessor], default=None)
    if last is not None and schedule.launch[last.predecessor] == launch:
        return Fact("launch", (last.predecessor,), last, period=launch - 1)
    return Fact("block", period=launch - 1)


def _reason(problem: Problem, schedule: Schedule, i: int, usage: Usage, users: dict[int, list[int]]) -> Fact:
    """The latest of the lower bounds that forbid the last working day before; the calendar, where there is none."""
    it, start = problem.activities[i], schedule.start[i]
    if it.started:
        return Fact("started")
    if it.pinned is not None:
        return Fact("pinned")
    before = _day_before(problem, i, start)
    if start == 0:
        return Fact("planning start")
    bounds = list(_bounds(problem, schedule, i, before, usage, users))
    if not bounds:
        return Fact("wait") if before is not None else _off(problem, i, start)
    return max(bounds, key=lambda pair: pair[0])[1]


def _off(problem: Problem, i: int, start: int) -> Fact:
    """The team does not work on the days before the start."""
    it = problem.activities[i]
    off = (resource for resource, _ in it.demands if not problem.resources[resource].capacity[start - 1])
    return Fact("calendar", resource=next(off, it.team), period=start - 1)


def _day_before(problem: Problem, i: int, start: int) -> int | None:
    """The last possible start before this one; None if there is none."""
    return next((day for day in range(start - 1, -1, -1) if problem.first_start(i, day) == day), None)


def _bounds(
    problem: Problem,
    schedule: Schedule,
    i: int,
    before: int | None,
    usage: Usage,
    users: dict[int, list[int]],
) -> Iterator[tuple[int, Fact]]:
    """Lower bounds that forbid the start `before` (any earlier one, if None) and their facts, predecessors first."""
    it, start = problem.activities[i], schedule.start[i]
    for relation in problem.predecessors[i]:
        least_start, least_finish = ends_required((relation,), schedule.start, schedule.finish, schedule.launch)
        fact = Fact("launch" if relation.launch else "predecessor", (relation.predecessor,), relation)
        if least_start > (-1 if before is None else before):
            yield least_start, fact
        elif before is not None and problem.finish(i, before) < least_finish:
            yield start, fact
    if before is None:
        return
    usage.take(i, start, sign=-1)
    taken = usage.last_taken(it.demands, before, problem.work_end(i, before))
    usage.take(i, start)
    if taken is not None:
        day, resource = taken
        holders = tuple(
            j for j in users[resource] if j != i and schedule.start[j] <= day < problem.work_end(j, schedule.start[j])
        )
        yield day + 1, Fact("capacity", holders, resource=resource, period=day)
    if it.release > before:
        yield it.release, Fact("release")
