"""The Pareto front of two letters of J: plans of which none is better in one and no worse in the other.

The ends come first, by lexicographic optimisation. Between two neighbours lies a box that may hold further points:
the largest one is searched under the limit of its middle (box algorithm, Hamacher, Pedersen and Ruzika 2007), so that
the points are spread at any time; one whose lower half was empty, under the limit of its upper edge. When no box is
left and every step was proven, the front is complete.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from planner.domain.problem import Problem, Schedule
from planner.domain.units import MILLI
from planner.scheduling.bounds import lower_bound, priced_bound
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.epsilon import EXACT_ACTIVITIES, LEAST_WORK, UNLIMITED, Axes, Candidate, candidate, least
from planner.scheduling.local import structures
from planner.scheduling.solve import solve
from planner.scheduling.verify import violations
from planner.scheduling.weighted import weighted

LEAD_SHARE = 0.5
"""Part of a step for a plan that weighs x against y, where the problem is too large for a proof."""
TRADED = 20
"""Weight of x in it; the letters that are not traded have 1."""
START_SHARE = 0.2
"""Part of the budget for the least J, likewise."""
PRICE_SHARE = 0.1
"""Part of the budget for a bound of x, likewise."""


@dataclass(frozen=True, slots=True)
class Point:
    """A verified plan of the front; `bound` is what no plan with this y or less undercuts in x, in milli ED."""

    plan: Candidate
    bound: int
    proven: bool
    """Whether nothing dominates it for certain."""


@dataclass(frozen=True, slots=True)
class Found:
    """The points by falling y, the plan with the least J that was seen, whether no point is missing for certain."""

    points: tuple[Point, ...]
    best: Candidate
    complete: bool
    interrupted: bool


@dataclass(frozen=True, slots=True)
class _Box:
    """Room for points between two neighbours: x from that of `upper` to that of `lower`, y above `low` below `high`.

    `halved` says that its lower half was searched and nothing was there.
    """

    upper: Candidate
    lower: Candidate
    high: int
    low: int
    halved: bool = False

    @property
    def limit(self) -> int:
        """The largest y that is asked for next."""
        return self.high - 1 if self.halved else (self.low + self.high) // 2

    def area(self, axes: Axes) -> int:
        """How much may be found in it; 0 when there is no room for another point."""
        return max(0, self.lower.costs[axes.x] - self.upper.costs[axes.x]) * max(0, self.high - self.low - 1)

    def divided(self, found: Candidate, axes: Axes) -> Sequence["_Box"]:
        """What is left of it when `found` has the least x under its limit."""
        y = found.costs[axes.y]
        if y > self.low:
            return _Box(self.upper, found, self.high, self.limit), _Box(found, self.lower, y, self.low)
        return () if self.halved else (_Box(self.upper, self.lower, self.high, self.limit, halved=True),)


def front(
    problem: Problem,
    axes: Axes,
    start: Schedule,
    points: int,
    budget: Budget,
    progress: Callable[[int], None],
) -> Found:
    """At most `points` points (at least the two ends and `start`, where nothing dominates it), from `start` on.

    `progress` is told how many there are before each step. Raises `AssertionError` when the verifier objects.
    """
    search = _Front(problem, axes, start, points, budget)
    progress(1)
    search.prepare()
    boxes: list[_Box] = []
    while not boxes:  # without a proof better ends may be found, and with them new boxes
        boxes = search.between()
        while boxes and len(found := search.points()) < points and not search.over:
            progress(len(found))
            boxes.sort(key=lambda box: box.area(axes))
            box = boxes.pop()
            boxes += [left for left in box.divided(search.below(box), axes) if left.area(axes)]
        if search.over or search.proven:
            break
    return Found(search.points(), search.best, search.proven and not boxes, budget.stop())


def depends_on_sequence(problem: Problem, letter: str) -> bool:
    """Whether a letter of J can differ from plan to plan."""
    alone = weighted(problem, {letter: MILLI})
    return bool(structures(alone) or alone.deliverables)


class _Front:
    """The state of one search: every plan so far, and what was proven under each limit."""

    def __init__(self, problem: Problem, axes: Axes, start: Schedule, points: int, budget: Budget):
        self._problem, self._axes, self._points = problem, axes, points
        self._meter = Meter(budget)
        self._rng = random.Random(budget.seed)
        self._steps = 0
        self._kept: list[Candidate] = []
        self._bounds: list[tuple[int, int]] = []
        self._certain: list[Candidate] = []
        self._keep(start)

    @property
    def over(self) -> bool:
        """Whether to come to an end."""
        return self._meter.over

    @property
    def proven(self) -> bool:
        """Whether every step was proven."""
        return len(self._certain) == self._steps

    @property
    def best(self) -> Candidate:
        """The least J of all plans that were seen."""
        return min(self._kept, key=lambda it: it.total)

    def between(self) -> list[_Box]:
        """What lies between the ends: the least x, of these the least y; the least y, of these the least x."""
        x, y = self._axes.x, self._axes.y
        upper = self._step(self._axes, UNLIMITED, {x: MILLI})
        lower = self._step(Axes(y, x), UNLIMITED, {y: MILLI, x: TRADED})
        box = _Box(upper, lower, upper.costs[y], lower.costs[y])
        return [box] if box.area(self._axes) else []

    def prepare(self) -> None:
        """Where the problem is too large for a proof: a better J to start from, and what no plan undercuts in x."""
        if len(self._problem.activities) <= EXACT_ACTIVITIES or self.over:
            return
        part = self._meter.part(START_SHARE)
        better = solve(self._problem, part, before=self.best.schedule.start)
        self._meter.charge(part.work or 0)
        if better.schedule is not None:
            self._keep(better.schedule)
        alone = weighted(self._problem, {self._axes.x: MILLI})
        meter = Meter(self._meter.part(PRICE_SHARE))
        least = min(self._kept, key=lambda it: it.rank(self._axes))
        bound = max(lower_bound(alone), priced_bound(alone, least.schedule, meter))
        self._bounds.append((UNLIMITED, bound))
        self._meter.charge(meter.charged)

    def below(self, box: _Box) -> Candidate:
        """The least x under the limit of a box."""
        upper, lower, axes = box.upper.costs, box.lower.costs, self._axes
        slope = (lower[axes.x] - upper[axes.x]) / (upper[axes.y] - lower[axes.y])
        return self._step(axes, box.limit, {axes.x: TRADED, axes.y: max(1, round(TRADED * slope))})

    def points(self) -> tuple[Point, ...]:
        """What nothing dominates, by falling y."""
        x, y = self._axes.x, self._axes.y
        front: list[Candidate] = []
        for it in sorted(self._kept, key=lambda it: it.rank(Axes(y, x))):
            if not front or it.costs[x] < front[-1].costs[x]:
                front.append(it)
        return tuple(self._point(it) for it in reversed(front))

    def _point(self, plan: Candidate) -> Point:
        x, y = self._axes.x, self._axes.y
        certain = any(plan.costs[x] == it.costs[x] and plan.costs[y] == it.costs[y] for it in self._certain)
        bound = max((bound for limit, bound in self._bounds if plan.costs[y] <= limit), default=0)
        return Point(plan, plan.costs[x] if certain else min(bound, plan.costs[x]), certain)

    def _step(self, axes: Axes, limit: int, weights: Mapping[str, int]) -> Candidate:
        """One lexicographic search with its part of the budget, from the best plan that keeps the limit."""
        meter = Meter(self._meter.part(1 / max(1, self._points - self._steps)))
        self._steps += 1
        if len(self._problem.activities) > EXACT_ACTIVITIES:
            self._lead(axes, limit, weights, meter)
        begin = min((it for it in self._kept if it.costs[axes.y] <= limit), key=lambda it: it.rank(axes))
        step = least(self._problem, axes, limit, begin, meter, self._rng)
        self._meter.charge(meter.charged + LEAST_WORK)
        if axes == self._axes:
            self._bounds.append((limit, step.bound))
        if step.proven:
            self._certain.append(step.best)
        return self._keep(step.best.schedule)

    def _lead(self, axes: Axes, limit: int, weights: Mapping[str, int], meter: Meter) -> None:
        """A plan of the whole engine that weighs x against y, and both against the rest of J."""
        if meter.over:
            return
        begin = min((it for it in self._kept if it.costs[axes.y] <= limit), key=lambda it: it.rank(axes))
        part = meter.part(LEAD_SHARE)
        prices = {letter: MILLI * weights.get(letter, 1) for letter in begin.costs}
        lead = solve(weighted(self._problem, prices), part, before=begin.schedule.start)
        meter.charge(part.work or 0)
        if lead.schedule is not None:
            self._keep(lead.schedule)

    def _keep(self, schedule: Schedule) -> Candidate:
        """Verify a plan and remember it."""
        broken = violations(self._problem, schedule)
        if broken:
            raise AssertionError(f"the schedule breaks its own rules, please report this: {broken[0]}")
        plan = candidate(self._problem, schedule)
        self._kept.append(plan)
        return plan


def knee(points: Sequence[tuple[int, int]]) -> int | None:
    """The point that lies farthest below the chord between the ends, both axes from 0 to 1; None where none does.

    Das (1999), "On characterizing the knee of the Pareto curve": beyond it a little of one costs much of the other.

    >>> knee([(0, 100), (10, 20), (50, 10), (100, 0)])
    1
    """
    if len(points) < 3:
        return None
    (x0, y0), (x1, y1) = points[0], points[-1]

    def below(point: tuple[int, int]) -> float:
        return 1 - (point[0] - x0) / (x1 - x0) - (point[1] - y1) / (y0 - y1)

    deepest = max(range(len(points)), key=lambda k: below(points[k]))
    return deepest if below(points[deepest]) > 0 else None
