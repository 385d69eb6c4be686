"""What the cost changes by when one activity moves and all others keep their starts: only the parts that it is in.

The terms are those of `planner.objective.SEARCHED`, fed a problem that holds these parts alone.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from heapq import heappop, heappush

from planner.domain.problem import (
    Anchor,
    Coordination,
    Debt,
    Deliverable,
    FragileHandover,
    InterfaceRelease,
    Problem,
    Risk,
    Schedule,
    Supersession,
)
from planner.objective import SEARCHED, evaluate
from planner.objective.variables import Integers, Variables

Structure = Supersession | Risk | InterfaceRelease | Coordination | FragileHandover | Debt
"""What may make J fall when an activity starts later."""


Part = Structure | Deliverable | Anchor
"""What the cost of a schedule is made of."""


def structures(problem: Problem) -> tuple[Structure, ...]:
    """All priced structures of a problem."""
    return (
        *problem.supersessions,
        *problem.risks,
        *problem.releases,
        *problem.coordinations,
        *problem.handovers,
        *problem.debts,
    )


def members(structure: Structure) -> tuple[int, ...]:
    """The activities on whose times the price of a structure depends."""
    match structure:
        case Supersession():
            return structure.early, structure.late
        case Risk():
            return structure.activity, *(e.activity for e in structure.evidence if e.activity is not None)
        case InterfaceRelease():
            return structure.activities
        case Coordination():
            return structure.first, structure.second
        case FragileHandover():
            return structure.predecessor, structure.successor
        case Debt():
            ends = (i for i in (structure.activity, structure.repaid_by) if i is not None)
            return *ends, *(i for i, _ in structure.touches)


def activities(part: Part) -> tuple[int, ...]:
    """The activities on whose times a part depends."""
    if isinstance(part, Deliverable):
        return part.activities
    return (part.activity,) if isinstance(part, Anchor) else members(part)


def price(problem: Problem, structure: Structure, schedule: Schedule) -> int:
    """What one structure costs in a schedule, in milli ED."""
    return evaluate(only(problem, (structure,)), schedule)


class Local:
    """The parts of J by activity; prepared once for a problem."""

    def __init__(self, problem: Problem):
        self._problem = problem
        self._rank = {i: k for k, i in enumerate(problem.order)}
        self._parts: tuple[Part, ...] = (*structures(problem), *problem.deliverables, *problem.anchors)
        self._of: dict[int, list[int]] = defaultdict(list)
        for k, part in enumerate(self._parts):
            for i in activities(part):
                self._of[i].append(k)
        kept = {anchor.activity for anchor in problem.anchors}
        self.priced = before_releases(problem).union(kept, *map(members, structures(problem)))
        """Activities for which starting later may be cheaper."""

    def change(self, schedule: Schedule, activity: int, start: int) -> Mapping[str, int]:
        """By how much each letter grows, in milli ED, when `activity` starts at `start` instead."""
        begins, finish, launch = list(schedule.start), list(schedule.finish), list(schedule.launch)
        begins[activity], finish[activity] = start, self._problem.finish(activity, start)
        moved = self._relaunched(activity, finish, launch)
        for i, day in moved.items():
            launch[i] = day
        touched = sorted({k for i in (activity, *moved) for k in self._of.get(i, ())})
        part = only(self._problem, [self._parts[k] for k in touched])
        before = Variables(schedule.start, schedule.finish, schedule.launch, Integers())
        after = Variables(begins, finish, launch, Integers())
        grown: dict[str, int] = defaultdict(int)
        for term in SEARCHED:
            grown[term.letter] += term.function(part, after) - term.function(part, before)
        return grown

    def _relaunched(self, activity: int, finish: Sequence[int], launch: Sequence[int]) -> dict[int, int]:
        """New launches of an activity with a new finish and of those that launch after it, where they change."""
        moved: dict[int, int] = {}
        queue, seen = [(self._rank[activity], activity)], {activity}
        while queue:
            _, i = heappop(queue)
            before = [r.predecessor for r in self._problem.predecessors[i] if r.orders_launches]
            day = self._problem.launch(i, finish[i], max((moved.get(j, launch[j]) for j in before), default=0))
            if day == launch[i]:
                continue
            moved[i] = day
            for relation in self._problem.successors[i]:
                j = relation.successor
                if relation.orders_launches and j not in seen:
                    seen.add(j)
                    heappush(queue, (self._rank[j], j))
        return moved


def only(problem: Problem, parts: Collection[Part]) -> Problem:
    """The problem with these parts of J alone."""
    return replace(
        problem,
        activities=(),
        precedences=(),
        deliverables=tuple(part for part in parts if isinstance(part, Deliverable)),
        supersessions=tuple(part for part in parts if isinstance(part, Supersession)),
        risks=tuple(part for part in parts if isinstance(part, Risk)),
        releases=tuple(part for part in parts if isinstance(part, InterfaceRelease)),
        coordinations=tuple(part for part in parts if isinstance(part, Coordination)),
        handovers=tuple(part for part in parts if isinstance(part, FragileHandover)),
        debts=tuple(part for part in parts if isinstance(part, Debt)),
        anchors=tuple(part for part in parts if isinstance(part, Anchor)),
    )


def before_releases(problem: Problem) -> frozenset[int]:
    """Breaking releases and the activities whose launches may move theirs."""
    queue = [i for release in problem.releases for i in release.activities]
    found = set(queue)
    while queue:
        for relation in problem.predecessors[queue.pop()]:
            if relation.orders_launches and relation.predecessor not in found:
                found.add(relation.predecessor)
                queue.append(relation.predecessor)
    return frozenset(found)
