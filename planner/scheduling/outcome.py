"""What a schedule comes to, so that two can be compared: cost, end, landings, which of a pair is done first."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from planner.domain.problem import Solution
from planner.domain.units import engineer_days
from planner.scheduling.costs import makespan
from planner.scheduling.formulate import Formulation

MOST_ITEMS = 100
"""Items, those that cost most per day of delay, whose order of landing is compared."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Outcome:
    """J in ED, the exclusive end of everything, the exclusive landing of each item by id, the dearest item first.

    Ends include launches. `pairs` are the tasks of which the order decides what is thrown away, each pair in the
    order in which it is done.
    """

    cost: float
    end: int
    landings: Mapping[str, int]
    pairs: frozenset[Pair]


def outcome(formulation: Formulation, solution: Solution) -> Outcome:
    """The outcome of a solution; raises ValueError where it has no schedule."""
    problem, schedule = formulation.problem, solution.schedule
    if schedule is None:
        raise ValueError("without a schedule nothing comes of it")
    name = [task.id for task in formulation.tasks]
    dearest = sorted(problem.deliverables, key=lambda item: (-item.delay_weight, item.id))
    ordered = (sorted((s.early, s.late), key=lambda i: (schedule.finish[i], i)) for s in problem.supersessions)
    return Outcome(
        engineer_days(solution.objective),
        makespan(schedule),
        {it.id: max(schedule.launch[i] for i in it.activities) for it in dearest if it.activities},
        frozenset((name[first], name[second]) for first, second in ordered),
    )


def furthest(before: Outcome, after: Outcome) -> tuple[str, int]:
    """The item whose landing moves furthest and by how many days, positive for later; ("", 0) where none does."""
    days = {item: after.landings[item] - end for item, end in before.landings.items() if item in after.landings}
    item = max(days, key=lambda item: abs(days[item]), default="")
    return (item, days[item]) if item and days[item] else ("", 0)


def overtaken(before: Outcome, after: Outcome) -> tuple[Pair, ...]:
    """Pairs of items of which the first now lands before the second, and did not; the widest turns first."""
    known = [item for item in before.landings if item in after.landings][:MOST_ITEMS]
    was, now = before.landings, after.landings
    turned = {}
    for one, other in combinations(known, 2):
        gap, gap_now = was[one] - was[other], now[one] - now[other]
        if gap * gap_now < 0:
            turned[(one, other) if gap_now < 0 else (other, one)] = abs(gap) + abs(gap_now)
    return tuple(sorted(turned, key=lambda pair: (-turned[pair], pair)))


def turned(before: Outcome, after: Outcome) -> tuple[Pair, ...]:
    """Pairs of tasks that are now done in this order, and were done in the other."""
    return tuple(sorted((first, second) for first, second in after.pairs if (second, first) in before.pairs))
