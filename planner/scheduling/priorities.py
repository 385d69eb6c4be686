"""Priority rules: in which order activities compete for their teams. Smaller numbers go first.

To add a rule, write a function `Problem -> list of numbers` like `latest_finish` and add its line to
`PRIORITY_RULES`. Rules by time follow Kolisch (1996); rules by value follow Smith (1956) and Sidney (1975).
"""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from planner.domain.problem import Problem
from planner.domain.units import MILLI
from planner.scheduling.windows import finish_from, windows


@dataclass(frozen=True)
class PriorityRule:
    """A name for the log, and the function that gives every activity its priority."""

    name: str
    function: Callable[[Problem], list[float]]


def latest_finish(problem: Problem) -> list[float]:
    """LFT: the finish that goes with the latest start."""
    return [float(finish_from(problem, i, max(0, start))) for i, start in enumerate(windows(problem).latest)]


def slack(problem: Problem) -> list[float]:
    """MSLK: latest less earliest start on an empty plan."""
    found = windows(problem)
    return [float(late - early) for early, late in zip(found.earliest, found.latest, strict=True)]


def most_successors(problem: Problem) -> list[float]:
    """MTS: whoever has the most direct and indirect successors."""
    return [-float(after.bit_count()) for after in descendants(problem)]


def positional_weight(problem: Problem) -> list[float]:
    """GRPW: whoever has the longest duration together with its direct successors."""
    length = [duration(problem, i) for i in range(len(problem.activities))]
    return [
        -(length[i] + sum(length[j] for j in {relation.successor for relation in problem.successors[i]}))
        for i in range(len(problem.activities))
    ]


def weighted_shortest(problem: Problem) -> list[float]:
    """WSPT with inherited weights: cost of delay of all items that wait for an activity, per engineer-day of it."""
    weight = [0.0] * len(problem.activities)
    for item in problem.deliverables:
        for i in ancestors(problem, item.activities):
            weight[i] += item.delay_weight + item.late_weight
    return [-weight[i] / max(load(problem, i), 0.1) for i in range(len(problem.activities))]


def item_ratio(problem: Problem) -> list[float]:
    """Items one after the other by weight per load of what is still to be done for them; within one by latest start.

    A greedy form of Sidney's decomposition: the chosen item takes its predecessors along, which makes the
    items that share them cheaper.
    """
    latest = windows(problem).latest
    count = len(problem.activities)
    closures = [ancestors(problem, item.activities) for item in problem.deliverables]
    users: list[list[int]] = [[] for _ in range(count)]
    for item, closure in enumerate(closures):
        for i in closure:
            users[i].append(item)
    loads = [load(problem, i) for i in range(count)]
    left = [sum(loads[i] for i in sorted(closure)) for closure in closures]
    block = [len(closures)] * count

    def ratio(item: int) -> float:
        return problem.deliverables[item].delay_weight / max(left[item], 0.1)

    queue = [(-ratio(item), item) for item in range(len(closures))]
    heapify(queue)
    done = [False] * len(closures)
    position = 0
    while queue:
        _, best = heappop(queue)
        if done[best]:  # it was queued again with a better ratio
            continue
        done[best] = True
        cheaper = set()
        for i in closures[best]:
            if block[i] == len(closures):
                block[i] = position
                for item in users[i]:
                    left[item] -= loads[i]
                    cheaper.add(item)
        for item in sorted(cheaper):
            if not done[item]:
                heappush(queue, (-ratio(item), item))
        position += 1
    return [float(block[i] * (problem.horizon + 1) + latest[i]) for i in range(count)]


def earliest_first(problem: Problem) -> list[float]:
    """EST: whoever could start first on an empty plan."""
    return [float(start) for start in windows(problem).earliest]


PRIORITY_RULES: tuple[PriorityRule, ...] = (
    PriorityRule("latest finish", latest_finish),
    PriorityRule("slack", slack),
    PriorityRule("most successors", most_successors),
    PriorityRule("positional weight", positional_weight),
    PriorityRule("weighted shortest", weighted_shortest),
    PriorityRule("item ratio", item_ratio),
    PriorityRule("earliest start", earliest_first),
)


def duration(problem: Problem, activity: int) -> float:
    """Days of work at full speed and of waiting."""
    it = problem.activities[activity]
    return it.work / MILLI + it.wait


def load(problem: Problem, activity: int) -> float:
    """Days that the activity takes of its scarcest team as a whole."""
    it = problem.activities[activity]
    share = max((demand / max(problem.resources[r].peak, 1) for r, demand in it.demands), default=0.0)
    return it.work / MILLI * min(share, 1.0)


def descendants(problem: Problem) -> list[int]:
    """All direct and indirect successors of each activity, as bit sets."""
    after = [0] * len(problem.activities)
    for i in reversed(problem.order):
        for relation in problem.successors[i]:
            after[i] |= after[relation.successor] | 1 << relation.successor
    return after


def ancestors(problem: Problem, activities: tuple[int, ...]) -> frozenset[int]:
    """The activities and everything that comes before them."""
    found, queue = set(activities), list(activities)
    while queue:
        for relation in problem.predecessors[queue.pop()]:
            if relation.predecessor not in found:
                found.add(relation.predecessor)
                queue.append(relation.predecessor)
    return frozenset(found)
