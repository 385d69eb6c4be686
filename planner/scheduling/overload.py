"""Overload against promises: work that must be done by a date, compared with what the team has until then.

This is the demand bound of a single resource: for every date t, all work whose latest finish is at most t has
to fit into the capacity of `[0, t)`. Where it does not, no sequence meets all targets.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate

from planner.domain.problem import Precedence, Problem
from planner.domain.roadmap import Link


@dataclass(frozen=True, slots=True)
class Overload:
    """The worst date of one team and the span of dates with more due than there is; tenths of engineer x days."""

    ratio: float
    due: int
    has: int
    first: int
    last: int
    """Exclusive ends (periods) by which the work is due."""


def overloads(problem: Problem, early_finish: tuple[int, ...]) -> tuple[Overload | None, ...]:
    """Per resource the overload against targets and hard due dates, None where everything fits.

    Work that cannot meet its date even with unlimited capacity is due at its `early_finish`.
    """
    latest = latest_finishes(problem)
    due: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, activity in enumerate(problem.activities):
        by = latest[i]
        if by is None:
            continue
        start = problem.first_start(i, activity.release)
        days = max(0, problem.work_end(i, start) - start)
        for resource, tenths in activity.demands:
            due[resource].append((min(max(by, early_finish[i]), problem.horizon), tenths * days))
    return tuple(_worst(due[k], list(resource.capacity)) for k, resource in enumerate(problem.resources))


def _worst(work: list[tuple[int, int]], capacity: list[int]) -> Overload | None:
    has = [0, *accumulate(capacity)]
    total = 0
    at_date: dict[int, int] = {}
    for by, amount in sorted(work):
        total += amount
        at_date[by] = total
    over = [(amount / max(has[by], 1), amount, has[by], by) for by, amount in at_date.items() if amount > has[by]]
    if not over:
        return None
    ratio, amount, available, _ = max(over)
    return Overload(ratio, amount, available, over[0][3], over[-1][3])


def latest_finishes(problem: Problem) -> list[int | None]:
    """Latest finish of each activity so that all targets and hard due dates hold; None where nothing asks for it."""
    latest: list[int | None] = [activity.deadline for activity in problem.activities]
    for item in problem.deliverables:
        if item.target is not None:
            for i in item.activities:
                latest[i] = _earlier(latest[i], item.target)
    for i in reversed(problem.order):
        for relation in problem.successors[i]:
            by = latest[relation.successor]
            if by is not None:
                latest[i] = _earlier(latest[i], _latest_through(problem, relation, by))
    return latest


def _latest_through(problem: Problem, relation: Precedence, by: int) -> int:
    """Latest finish of the predecessor that lets the successor finish by `by`, with durations in a plain week."""
    finish = by - relation.lag
    if relation.link in (Link.FS, Link.SS):
        finish -= _duration(problem, relation.successor)
    if relation.link in (Link.SS, Link.SF):
        finish += _duration(problem, relation.predecessor)
    return finish


def _duration(problem: Problem, activity: int) -> int:
    """Working days without interruptions: thousandths of a day, rounded up, and the waiting."""
    it = problem.activities[activity]
    return -(-it.work // 1000) + it.wait


def _earlier(a: int | None, b: int) -> int:
    return b if a is None else min(a, b)
