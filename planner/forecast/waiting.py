"""Who waits for whom in a simulated course: the relations of the problem, and what the plan adds by its choice."""

from collections.abc import Iterator
from heapq import heappop, heappush

from planner.domain.problem import Precedence, Problem, Schedule
from planner.domain.roadmap import Link
from planner.forecast.model import NONE
from planner.scheduling.sgs import Generator


def for_evidence(problem: Problem, schedule: Schedule) -> Iterator[Precedence]:
    """Work at risk that waits in the plan until something is known waits for it in every course."""
    for risk in problem.risks:
        for evidence in risk.evidence:
            known = evidence.activity
            if known is not None and schedule.finish[known] <= schedule.start[risk.activity]:
                yield Precedence(known, risk.activity)


def for_hand_over(problem: Problem, schedule: Schedule) -> Iterator[Precedence]:
    """Who takes over whose engineers: the flow of every resource through the plan, those that are free longest first.

    Together with the problem's own relations these keep every team within its peak, whatever takes how long
    (Artigues, Michelon and Reusser 2003).
    """
    ends = [problem.work_end(i, start) for i, start in enumerate(schedule.start)]
    position = {i: k for k, i in enumerate(problem.order)}
    takers: list[list[tuple[int, int]]] = [[] for _ in problem.resources]
    for i in sorted(range(len(ends)), key=lambda i: (schedule.start[i], position[i])):
        for r, units in problem.activities[i].demands:
            takers[r].append((i, min(units, problem.resources[r].peak)))
    for resource, taking in zip(problem.resources, takers, strict=True):
        free = [(0, NONE, NONE, resource.peak)]  # since, place, activity, tenths
        for i, units in taking:
            wanted = units
            while wanted and free:
                since, place, j, left = heappop(free)
                given = min(left, wanted)
                wanted -= given
                if left > given:
                    heappush(free, (since, place, j, left - given))
                if j != NONE and ends[j] <= schedule.start[i]:
                    yield Precedence(j, i, lag=ends[j] - schedule.finish[j])
            if units:
                heappush(free, (ends[i], position[i], i, units))


def not_before(problem: Problem, schedule: Schedule) -> list[int]:
    """By position: releases, pins, evidence that comes on a day, and the planned start of what waits on purpose."""
    begin = [it.release if it.pinned is None else it.pinned for it in problem.activities]
    known = dict.fromkeys(range(len(begin)), 0)
    for risk in problem.risks:
        i = risk.activity
        for evidence in risk.evidence:
            if evidence.period <= schedule.start[i]:
                begin[i] = max(begin[i], evidence.period)
            bound = evidence.period
            if evidence.activity is not None:
                bound = max(bound, schedule.finish[evidence.activity])
            known[i] = max(known[i], problem.first_start(i, bound))
    for i, start in Generator(problem).waits(schedule).items():
        if known[i] != start:  # else it is the evidence that it waits for, whenever that comes
            begin[i] = max(begin[i], start)
    for relation in problem.precedences:
        if binds_end(relation):  # it would begin too early where its end can wait
            begin[relation.successor] = max(begin[relation.successor], schedule.start[relation.successor])
    return begin


def binds_end(relation: Precedence) -> bool:
    """Whether it is the end of the successor that waits."""
    return relation.link in (Link.FF, Link.SF)


def met_at_begin(relation: Precedence) -> bool:
    """Whether it is known when it is met as soon as the predecessor begins."""
    if relation.launch:
        return False
    return relation.link in (Link.SS, Link.SF) or relation.lag < 0
