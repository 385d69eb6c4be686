"""One step of the epsilon-constraint method: the least x among the schedules whose y stays below a limit.

Ties of x go to the least y, then to the least J, so that no plan is wasteful without need (as in AUGMECON; Mavrotas
2009). Small problems are solved to a proof, one letter after the other. For larger ones neighbourhoods are freed
(Shaw 1998), first everything at once where that is not too much, and the three are minimised together, each a
thousandth of the one before.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from planner.domain.problem import Deliverable, Problem, Schedule, SolveStatus
from planner.domain.units import MILLI
from planner.objective import TERMS, Variables, by_term
from planner.scheduling.budget import Meter
from planner.scheduling.cpsat import Expression, Model, run
from planner.scheduling.local import Structure, members, structures
from planner.scheduling.priorities import ancestors
from planner.scheduling.weighted import weighted
from planner.scheduling.windows import windows_under

EXACT_ACTIVITIES = 60
"""Up to so many a proof is looked for."""
WHOLE_ACTIVITIES, WHOLE_SHARE = 400, 0.5
"""Up to so many are freed at once, for a part of the budget."""
FREE, FREE_RANGE = 40.0, (10.0, 120.0)
"""Activities in a neighbourhood at first; it grows while they are solved to the end and shrinks when not."""
NEIGHBOURHOOD_SECONDS = 2.0
UNLIMITED = 1 << 50
"""A limit that binds nothing."""
LEAST_WORK = 1
"""Units of work that a model takes besides its solution."""


@dataclass(frozen=True, slots=True)
class Axes:
    """The two letters of J that are traded for each other."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A schedule and the letters of its J in milli ED."""

    costs: Mapping[str, int]
    schedule: Schedule

    @property
    def total(self) -> int:
        """J."""
        return sum(self.costs.values())

    def rank(self, axes: Axes) -> tuple[int, int, int, tuple[int, ...]]:
        """Which of two candidates is better where x is to be small."""
        return self.costs[axes.x], self.costs[axes.y], self.total, self.schedule.start


@dataclass(frozen=True, slots=True)
class Step:
    """The best that was found, a lower bound of x under the limit, and whether nothing dominates it for certain."""

    best: Candidate
    bound: int
    proven: bool = False


def candidate(problem: Problem, schedule: Schedule) -> Candidate:
    """A schedule with what it costs."""
    return Candidate(by_term(problem, schedule), schedule)


def least(problem: Problem, axes: Axes, limit: int, start: Candidate, meter: Meter, rng: random.Random) -> Step:
    """The least x with y at most `limit` that is found while the meter runs, from a `start` that keeps the limit."""
    step = Step(start, 0)
    if len(problem.activities) <= EXACT_ACTIVITIES:
        step = _exactly(problem, axes, limit, start, meter)
    return step if step.proven else replace(step, best=_freed(problem, axes, limit, step.best, meter, rng))


def _exactly(problem: Problem, axes: Axes, limit: int, start: Candidate, meter: Meter) -> Step:
    """First the least x, then the least y for it, then the least J for both; what is not proven stays as it is."""
    best, bound = start, 0
    for letter in (axes.x, axes.y, ""):
        most = limit if letter == axes.x else best.costs[axes.y]
        model, costs = _model(problem, axes, most, best)
        goal = costs[letter] if letter else _sum(model, costs)
        solution = run(model, goal, meter.part(1.0), best.schedule, "full", charge=meter.charge)
        meter.charge(LEAST_WORK)
        if solution.schedule is not None:
            best = min(best, candidate(problem, solution.schedule), key=lambda it: it.rank(axes))
        if letter == axes.x:
            bound = solution.bound
        if letter and solution.status is not SolveStatus.OPTIMAL:
            return Step(best, bound)
    return Step(best, best.costs[axes.x], proven=True)


def _freed(problem: Problem, axes: Axes, limit: int, start: Candidate, meter: Meter, rng: random.Random) -> Candidate:
    """Everything freed at once where that is not too much, then one neighbourhood after the other."""
    best, size = start, FREE
    traded = weighted(problem, {axes.x: MILLI, axes.y: MILLI})
    parts = (*structures(traded), *traded.deliverables)
    if not parts:
        return best
    everything = frozenset(range(len(problem.activities)))
    if len(everything) <= WHOLE_ACTIVITIES and not meter.over:
        best, proven = _improved(problem, axes, limit, best, everything, meter, meter.left * WHOLE_SHARE)
        if proven:
            return best
    while not meter.over:
        free = _neighbourhood(problem, rng.choice(parts), best.schedule, int(size), rng)
        best, proven = _improved(problem, axes, limit, best, free, meter, NEIGHBOURHOOD_SECONDS)
        size = min(max(size * (1.1 if proven else 0.8), FREE_RANGE[0]), FREE_RANGE[1])
    return best


def _improved(
    problem: Problem,
    axes: Axes,
    limit: int,
    start: Candidate,
    free: Collection[int],
    meter: Meter,
    seconds: float,
) -> tuple[Candidate, bool]:
    """The best candidate in which all but `free` keep their starts, and whether that is proven."""
    held = replace(
        problem,
        activities=tuple(
            it if i in free else replace(it, pinned=start.schedule.start[i])
            for i, it in enumerate(problem.activities)
        ),
    )
    model, costs = _model(held, axes, limit, start)
    total = _sum(model, costs)
    goal = model.algebra.linear([(MILLI * MILLI, costs[axes.x]), (MILLI, costs[axes.y]), (1, total)])
    meter.charge(LEAST_WORK)
    solution = run(model, goal, meter.part(1.0, at_most=seconds), start.schedule, "full", charge=meter.charge)
    found = start if solution.schedule is None else candidate(problem, solution.schedule)
    return min(start, found, key=lambda it: it.rank(axes)), solution.status is SolveStatus.OPTIMAL


def _model(problem: Problem, axes: Axes, limit: int, start: Candidate) -> tuple[Model, dict[str, Expression]]:
    """The schedules with y at most `limit` and x at most that of `start`, and their letters of J."""
    frame = windows_under(weighted(problem, {axes.x: MILLI}), start.schedule, "full")
    model = Model(problem, frame.earliest, frame.latest)
    variables = Variables(model.start, model.finish, model.launch, model.algebra)
    parts: dict[str, list[tuple[int, Expression]]] = defaultdict(list)
    for term in TERMS:
        parts[term.letter].append((1, term.function(problem, variables)))
    costs = {letter: model.algebra.linear(terms) for letter, terms in parts.items()}
    for letter, most in ((axes.x, start.costs[axes.x]), (axes.y, limit)):
        if not isinstance(costs[letter], int):
            model.model.add(costs[letter] <= most)
    model.hint(start.schedule)
    return model, costs


def _sum(model: Model, costs: dict[str, Expression]) -> Expression:
    return model.algebra.linear([(1, cost) for cost in costs.values()])


def _neighbourhood(
    problem: Problem, part: Structure | Deliverable, schedule: Schedule, size: int, rng: random.Random
) -> frozenset[int]:
    """What one part of x or y consists of, and the nearest in time of the same teams."""
    own = ancestors(problem, part.activities) if isinstance(part, Deliverable) else set(members(part))
    teams = {resource for i in own for resource, _ in problem.activities[i].demands}
    centre = schedule.start[rng.choice(sorted(own))]

    def distance(i: int) -> tuple[bool, bool, int, int]:
        shared = any(resource in teams for resource, _ in problem.activities[i].demands)
        return i not in own, not shared, abs(schedule.start[i] - centre), i

    return frozenset(sorted(range(len(problem.activities)), key=distance)[:size])
