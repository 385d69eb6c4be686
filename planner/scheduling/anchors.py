"""Keeps a plan close to the one before: anchors for its starts, and a schedule in which what can stay does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.problem import Anchor, Problem, Schedule, Solution, SolveStatus
from planner.domain.roadmap import id_key
from planner.domain.settings import MovePrices
from planner.domain.units import milli
from planner.objective import by_term, evaluate
from planner.scheduling.budget import Budget, Progress, ignore
from planner.scheduling.costs import rank
from planner.scheduling.formulate import Formulation
from planner.scheduling.sgs import Generator, Orders, Usage
from planner.scheduling.solve import solve

ROUNDS = 5
"""How often what has no room is moved behind the rest of the list, so that the rest can stay."""


@dataclass(frozen=True)
class Close:
    """A plan that keeps close to the one before; costs in milli ED.

    `solution` has J alone as its objective, and a bound on it. `price` is its J less that of the best plan found
    without anchors, `most` its J less the bound, `charged` what its moved starts cost in the search.
    """

    solution: Solution
    price: int
    most: int
    charged: int


def anchored(formulation: Formulation, kept: Mapping[str, date], prices: MovePrices) -> Formulation:
    """The same with an anchor for every start in `kept`, by `id_key` of the task.

    Work that is under way or pinned has none, as it cannot move; nor has what should have begun before the planning
    start, as it cannot stay.
    """
    if not kept:
        return formulation
    near = formulation.calendar.per_week * prices.near_weeks
    anchors = []
    for i, (it, task) in enumerate(zip(formulation.problem.activities, formulation.tasks, strict=True)):
        day = kept.get(id_key(task.id))
        if day is None or it.started or it.pinned is not None:
            continue
        period = formulation.calendar.on_or_after(day)
        if period >= 0:
            anchors.append(Anchor(i, period, milli(prices.near_start if period < near else prices.start)))
    return replace(formulation, problem=replace(formulation.problem, anchors=tuple(anchors)))


def without_anchors(formulation: Formulation) -> Formulation:
    """The same, to be planned freely."""
    return replace(formulation, problem=replace(formulation.problem, anchors=()))


def keep_close(
    problem: Problem, free: Solution, budget: Budget, progress: Callable[[Progress], None] = ignore
) -> Close:
    """The best schedule of a problem with anchors, never worse than the one of `free`, found without them.

    Whichever of the two searches finds the least J is what the price is counted from.
    """
    assert free.schedule is not None
    solution = solve(problem, budget, "full", progress, before=settled(problem))
    found = [schedule for schedule in (solution.schedule, free.schedule) if schedule is not None]
    best = min(found, key=lambda schedule: rank(problem, schedule, "full"))
    value = _j(problem, best)
    kept = replace(
        free if best is free.schedule else solution,
        status=SolveStatus.OPTIMAL if value <= free.bound else SolveStatus.FEASIBLE,
        schedule=best,
        objective=value,
        bound=free.bound,
        interrupted=free.interrupted or solution.interrupted,
    )
    least = min(_j(problem, schedule) for schedule in found)
    return Close(kept, value - least, value - free.bound, evaluate(problem, best) - value)


def settled(problem: Problem) -> Sequence[int]:
    """Starts of a list schedule in which nothing is earlier than its anchor, and as much as possible on it.

    In the order of the anchors each activity that has no room pushes what comes after it; moved behind the rest, it
    pushes nobody. The cheapest of a few such lists is taken. What has no anchor fills the gaps. Where no list is
    feasible, the anchors themselves are what is left.
    """
    former = {anchor.activity: anchor.period for anchor in problem.anchors}
    priority = [float(former.get(i, problem.horizon)) for i in range(len(problem.activities))]
    generator, orders = Generator(problem), Orders(not_before=tuple(former.items()))
    best: Schedule | None = None
    for _ in range(ROUNDS):
        found = generator.generate(priority, orders=orders)
        if found is None:
            break
        if best is None or evaluate(problem, found) < evaluate(problem, best):
            best = found
        crowded = _without_room(problem, former, found)
        if not crowded:
            break
        for i in crowded:
            priority[i] += problem.horizon
    return best.start if best is not None else [former.get(i, 0) for i in range(len(problem.activities))]


def _without_room(problem: Problem, former: Mapping[int, int], schedule: Schedule) -> list[int]:
    """The activities that have moved because those that have stayed leave their teams no room."""
    usage = Usage(problem)
    moved = [i for i, period in former.items() if schedule.start[i] != period]
    for i, start in enumerate(schedule.start):
        if former.get(i) == start:
            usage.take(i, start)
    return [i for i in moved if usage.first_fit(i, former[i]) != former[i]]


def _j(problem: Problem, schedule: Schedule) -> int:
    """J in milli ED, without the price of moved starts."""
    return sum(by_term(problem, schedule).values())
