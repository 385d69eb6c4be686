"""A front in integers becomes plans that people compare: when items land, what each costs more and less."""

from collections.abc import Mapping

from planner.domain.pareto import Exchange, FrontPlan, ItemDate, ItemMove
from planner.domain.plan import TermValue
from planner.domain.units import engineer_days
from planner.objective import NAMES
from planner.scheduling.costs import makespan
from planner.scheduling.epsilon import Axes, Candidate
from planner.scheduling.formulate import Formulation
from planner.scheduling.pareto import Found, Point

OFF_FRONT = "J"


def front_plans(formulation: Formulation, axes: Axes, found: Found) -> tuple[tuple[FrontPlan, ...], FrontPlan]:
    """The points, numbered from the most y on, each compared with the one before; and the plan with the least J.

    Where that is no point, it is compared with one that is no worse in both letters.
    """
    points = []
    for k, point in enumerate(found.points):
        exchange = None
        if k:
            exchange = _exchange(formulation, axes, str(k), found.points[k - 1].plan, point.plan)
        points.append(_plan(formulation, axes, str(k + 1), point, exchange))
    least = found.best
    for point, plan in zip(found.points, points, strict=True):
        if point.plan.costs == least.costs:
            return tuple(points), plan
    number, dominating = next(
        (number, point)
        for number, point in enumerate(found.points, 1)
        if point.plan.costs[axes.x] <= least.costs[axes.x] and point.plan.costs[axes.y] <= least.costs[axes.y]
    )
    exchange = _exchange(formulation, axes, str(number), dominating.plan, least)
    best = _plan(formulation, axes, OFF_FRONT, Point(least, dominating.bound, False), exchange)
    return tuple(points), best


def _plan(formulation: Formulation, axes: Axes, name: str, point: Point, exchange: Exchange | None) -> FrontPlan:
    calendar, costs = formulation.calendar, point.plan.costs
    ends = _landings(formulation, point.plan)
    last = makespan(point.plan.schedule)
    return FrontPlan(
        name=name,
        x=engineer_days(costs[axes.x]),
        y=engineer_days(costs[axes.y]),
        terms=tuple(TermValue(letter, NAMES[letter], engineer_days(cost)) for letter, cost in costs.items()),
        objective=engineer_days(point.plan.total),
        bound=engineer_days(point.bound),
        proven=point.proven,
        finish=calendar.date_of(max(0, last - 1)),
        items=tuple(ItemDate(item, calendar.date_of(max(0, end - 1))) for item, end in ends.items()),
        exchange=exchange,
    )


def _exchange(formulation: Formulation, axes: Axes, other: str, before: Candidate, after: Candidate) -> Exchange:
    """What `after` has more than `before`, the plan named `other`."""
    was, now = _landings(formulation, before), _landings(formulation, after)
    moves = [ItemMove(item, end - was[item]) for item, end in now.items() if end != was[item]]
    moves.sort(key=lambda move: (-abs(move.days), move.item))
    return Exchange(
        other,
        engineer_days(after.costs[axes.x] - before.costs[axes.x]),
        engineer_days(after.costs[axes.y] - before.costs[axes.y]),
        later=tuple(move for move in moves if move.days > 0),
        earlier=tuple(move for move in moves if move.days < 0),
    )


def _landings(formulation: Formulation, plan: Candidate) -> Mapping[str, int]:
    """The exclusive end of the last launch of each item that is planned."""
    return {
        item.id: max(plan.schedule.launch[i] for i in item.activities)
        for item in formulation.problem.deliverables
        if item.activities
    }
