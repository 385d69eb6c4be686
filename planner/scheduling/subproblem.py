"""The part of a problem that a few activities make while all others keep their starts: a small problem of its own.

What the others do is folded into numbers: their use of the teams, release dates and last starts, the launches that
an item or an activity has to wait for. So its size, and the time to make it, depend on the few alone.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush

import numpy as np

from planner.domain.problem import (
    Activity,
    Anchor,
    Coordination,
    Debt,
    Deliverable,
    Evidence,
    FragileHandover,
    InterfaceRelease,
    Precedence,
    Problem,
    Risk,
    Schedule,
    Supersession,
)
from planner.domain.roadmap import Link
from planner.scheduling.costs import Objective
from planner.scheduling.local import Part, activities, only, structures
from planner.scheduling.windows import Windows, earliest_start, ends_required, windows_under


@dataclass(frozen=True)
class Subproblem:
    """A small problem and what it stands for.

    The first of its activities are those at the positions `whole` of the large one; the rest are milestones in the
    place of others. `used` is what others take of a team in every period.
    """

    problem: Problem
    whole: tuple[int, ...]
    schedule: Schedule
    windows: Windows
    used: Mapping[int, Sequence[int]]

    def spread(self, found: Schedule, schedule: Schedule) -> Schedule:
        """The large schedule with the times that the small one has found."""
        start, finish, launch = list(schedule.start), list(schedule.finish), list(schedule.launch)
        for k, i in enumerate(self.whole):
            start[i], finish[i], launch[i] = found.start[k], found.finish[k], found.launch[k]
        return Schedule(tuple(start), tuple(finish), tuple(launch))


class Subproblems:
    """Makes subproblems of one problem, which is prepared once."""

    def __init__(self, problem: Problem):
        self._problem = problem
        self._rank = {i: k for k, i in enumerate(problem.order)}
        self._parts: tuple[Part, ...] = (*structures(problem), *problem.anchors)
        self._parts_of = _by_activity([activities(part) for part in self._parts])
        self._items_of = _by_activity([item.activities for item in problem.deliverables])
        self.users: dict[int, list[int]] = defaultdict(list)
        """Activities by team."""
        for i, it in enumerate(problem.activities):
            for resource, _ in it.demands if it.work else ():
                self.users[resource].append(i)

    def neighbours(self, i: int) -> set[int]:
        """The activity and all that a relation, an item or a priced structure ties to it."""
        problem = self._problem
        return {
            i,
            *(r.predecessor for r in problem.predecessors[i]),
            *(r.successor for r in problem.successors[i]),
            *(j for g in self._items_of.get(i, ()) for j in problem.deliverables[g].activities),
            *(j for k in self._parts_of.get(i, ()) for j in activities(self._parts[k])),
        }

    def around(self, schedule: Schedule, free: Collection[int], objective: Objective) -> Subproblem:
        """The subproblem of the `free` activities; none of its schedules of the same cost is left out."""
        problem = self._problem
        moved = self._launching(schedule, free)
        parts = [self._parts[k] for k in sorted({k for i in moved for k in self._parts_of.get(i, ())})]
        whole = sorted(moved.union(*map(activities, parts)))
        index = {i: k for k, i in enumerate(whole)}
        limits = [self._limit(schedule, i, index) for i in whole]
        members = [
            self._bounded(schedule, i, index)
            if i in free
            else replace(problem.activities[i], pinned=schedule.start[i])
            for i in whole
        ]
        members = [it if i in free else replace(it, demands=()) for i, it in zip(whole, members, strict=True)]
        relations = [
            replace(r, predecessor=index[r.predecessor], successor=index[r.successor])
            for i in whole
            for r in problem.predecessors[i]
            if r.predecessor in index
        ]
        milestones: list[int] = []
        for i in whole:
            waits = [
                schedule.launch[r.predecessor]
                for r in problem.predecessors[i]
                if r.orders_launches and r.predecessor not in index
            ]
            if waits:
                relations.append(Precedence(len(whole) + len(milestones), index[i], lag=-problem.horizon))
                milestones.append(max(waits))
        if objective == "makespan":
            others = set(range(len(schedule.start))) - set(whole)
            milestones.append(max((max(schedule.finish[i], schedule.launch[i]) for i in others), default=0))
        small = self._problem_of(
            [*members, *(Activity("", 0, pinned=day, release=0) for day in milestones)],
            relations,
            [
                self._item(schedule, g, index, moved)
                for g in sorted({g for i in moved for g in self._items_of.get(i, ())})
            ],
            [_renumbered(part, index) for part in parts],
            [
                *range(len(whole), len(whole) + len(milestones)),
                *sorted(index.values(), key=lambda k: self._rank[whole[k]]),
            ],
        )
        held = Schedule(
            *(
                (*(times[i] for i in whole), *milestones)
                for times in (schedule.start, schedule.finish, schedule.launch)
            )
        )
        frame = windows_under(small, held, objective)
        latest = tuple(map(min, frame.latest, [*limits, *milestones]))
        return Subproblem(small, tuple(whole), held, replace(frame, latest=latest), self._used(schedule, free))

    def _launching(self, schedule: Schedule, free: Collection[int]) -> set[int]:
        """The free activities and the others whose launches may change with theirs."""
        problem = self._problem
        found, latest = set(free), dict[int, int]()
        queue = [(self._rank[i], i) for i in free]
        heapify(queue)
        while queue:
            _, i = heappop(queue)
            finish = schedule.finish[i]
            if i in free:
                after = [r for r in problem.successors[i] if r.link is Link.FS and r.successor not in free]
                finish = min((schedule.start[r.successor] - r.lag for r in after), default=problem.horizon)
            before = [latest.get(r.predecessor, schedule.launch[r.predecessor]) for r in problem.predecessors[i]]
            latest[i] = problem.launch(i, finish, max(before, default=0))
            for r in problem.successors[i]:
                j = r.successor
                late = max(latest[i], schedule.launch[i]) > schedule.finish[j]
                if j not in found and (r.launch or (r.orders_launches and late)):
                    found.add(j)
                    heappush(queue, (self._rank[j], j))
        return found

    def _bounded(self, schedule: Schedule, i: int, index: Mapping[int, int]) -> Activity:
        """A free activity with the release that those before it leave, who keep their starts."""
        it = self._problem.activities[i]
        outside = [r for r in self._problem.predecessors[i] if r.predecessor not in index]
        if not outside or it.pinned is not None:
            return it
        ends = ends_required(outside, schedule.start, schedule.finish, schedule.launch)
        return replace(it, release=max(it.release, earliest_start(self._problem, i, *ends)))

    def _limit(self, schedule: Schedule, i: int, index: Mapping[int, int]) -> int:
        """The last start that leaves those behind theirs, who keep their starts."""
        last = self._problem.horizon
        for r in self._problem.successors[i]:
            if r.successor in index or r.launch:
                continue
            on_start = r.link in (Link.FS, Link.SS)
            end = (schedule.start if on_start else schedule.finish)[r.successor] - r.lag
            last = min(last, end if r.link in (Link.SS, Link.SF) else self._last_start(i, end))
        return max(last, schedule.start[i])

    def _last_start(self, i: int, end: int) -> int:
        """The last start with which activity i finishes by `end`."""
        low, high = 0, self._problem.horizon
        while low < high:
            middle = (low + high + 1) // 2
            if self._problem.finish(i, middle) <= end:
                low = middle
            else:
                high = middle - 1
        return low

    def _item(self, schedule: Schedule, g: int, index: Mapping[int, int], moved: Collection[int]) -> Deliverable:
        """An item that is out when the moved ones are, not before the others."""
        item = self._problem.deliverables[g]
        others = [schedule.launch[i] for i in item.activities if i not in moved]
        inside = tuple(index[i] for i in item.activities if i in moved)
        return replace(item, activities=inside, sunk=max([item.sunk, *others]))

    def _used(self, schedule: Schedule, free: Collection[int]) -> Mapping[int, Sequence[int]]:
        """What all others take of the teams of the free activities."""
        problem = self._problem
        found = {}
        for resource in {r for i in free for r, _ in problem.activities[i].demands}:
            capacity = np.asarray(problem.resources[resource].capacity)
            used = np.zeros(problem.horizon, np.int64)
            for i in self.users[resource]:
                if i not in free:
                    demand = sum(units for r, units in problem.activities[i].demands if r == resource)
                    span = slice(schedule.start[i], problem.work_end(i, schedule.start[i]))
                    used[span] += np.minimum(demand, capacity[span])
            found[resource] = used.tolist()
        return found

    def _problem_of(
        self,
        members: Sequence[Activity],
        relations: Sequence[Precedence],
        items: Sequence[Deliverable],
        parts: Sequence[Part],
        order: Sequence[int],
    ) -> Problem:
        before: list[list[Precedence]] = [[] for _ in members]
        after: list[list[Precedence]] = [[] for _ in members]
        for relation in relations:
            before[relation.successor].append(relation)
            after[relation.predecessor].append(relation)
        return replace(
            only(self._problem, [*items, *parts]),
            activities=tuple(members),
            precedences=tuple(relations),
            order=tuple(order),
            predecessors=tuple(map(tuple, before)),
            successors=tuple(map(tuple, after)),
        )


def _by_activity(groups: Sequence[Collection[int]]) -> Mapping[int, list[int]]:
    """The positions of the groups that each activity is in."""
    found: dict[int, list[int]] = defaultdict(list)
    for k, group in enumerate(groups):
        for i in set(group):
            found[i].append(k)
    return found


def _renumbered(part: Part, index: Mapping[int, int]) -> Part:
    """A part of the cost with other positions of its activities, in the same order."""

    def at(i: int | None) -> int | None:
        return None if i is None else index[i]

    match part:
        case Supersession(early, late):
            return replace(part, early=index[early], late=index[late])
        case Risk(activity, evidence=evidence):
            shown: tuple[Evidence, ...] = tuple(replace(known, activity=at(known.activity)) for known in evidence)
            return replace(part, activity=index[activity], evidence=shown)
        case InterfaceRelease() | Deliverable():
            return replace(part, activities=tuple(index[i] for i in part.activities))
        case Coordination(first, second):
            return replace(part, first=index[first], second=index[second])
        case FragileHandover(predecessor, successor):
            return replace(part, predecessor=index[predecessor], successor=index[successor])
        case Debt(activity, repaid_by=repaid_by):
            touches = tuple((index[i], extra) for i, extra in part.touches)
            return replace(part, activity=at(activity), repaid_by=at(repaid_by), touches=touches)
        case Anchor(activity):
            return replace(part, activity=index[activity])
