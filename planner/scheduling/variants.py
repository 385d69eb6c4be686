"""A problem and variants of it, searched with equal effort: what differs is due to the variant and not to luck."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from planner.domain.problem import Problem, Schedule, Solution, SolveStatus
from planner.scheduling.budget import Meter
from planner.scheduling.costs import Objective, cost, rank
from planner.scheduling.sgs import Generator
from planner.scheduling.solve import solve
from planner.scheduling.timing import complete
from planner.scheduling.verify import violations

SEARCHED = 0.9
"""Part of what is left of a budget for the searches; trying what the others found takes the rest."""

MOVED_BACK = 80_000
"""Activities in all schedules that are made to move starts back: four hundred schedules of a plan of two hundred."""


def searched_alike(
    problem: Problem,
    planned: Solution,
    variants: Iterable[Problem],
    count: int,
    meter: Meter,
    objective: Objective,
    at_least: int = 1,
) -> tuple[Solution, tuple[Solution, ...]]:
    """The best known solution of the problem, and of each variant, all searched from the schedule `planned`.

    Every schedule that was found is then tried, as far as it holds, on the problem itself, and the best of those
    again on each variant: what one search finds by luck is no effect of its variant. In the end a variant keeps
    every start that it may keep. The `count` variants are made one by one. The first `at_least` are always searched,
    the others as long as the clock lets them: there may be fewer solutions than variants. Under a limit of work each
    has its part of it. Raises ValueError where `planned` has no schedule.
    """
    searching = Meter(meter.part(SEARCHED))
    part = searching.part(1 / (count + 1))
    began = meter.seconds
    base = better(planned, solve(problem, part, objective, before=_starts(problem, planned, problem)))
    longest = meter.seconds - began
    found: list[tuple[Problem, Solution]] = []
    for other in variants:
        began = meter.seconds
        solution = solve(other, part, objective, before=_starts(problem, base, other))
        found.append((other, _verified(other, solution)))
        longest = max(longest, meter.seconds - began)
        short = not part.deterministic and len(found) >= at_least and searching.left < longest
        if part.stop() or short:
            break
    return made_alike(problem, base, found, meter, objective)


def made_alike(
    problem: Problem, base: Solution, found: Sequence[tuple[Problem, Solution]], meter: Meter, objective: Objective
) -> tuple[Solution, tuple[Solution, ...]]:
    """What each search has found, tried on the others; then every variant keeps the starts that it may keep.

    `found` are variants of the problem with what was found for each, with equal effort.
    """
    for other, solution in found:
        if solution.schedule is not None:
            base = better(base, _carried_over(problem, base, _starts(other, solution, problem), objective))
    alike = []
    for other, solution in found:
        starts = _starts(problem, base, other)
        best = better(solution, _carried_over(other, solution, starts, objective))
        most = 0 if meter.over else MOVED_BACK // (len(found) * max(1, len(starts)))
        alike.append(close_to(other, best, starts, objective, most))
    return base, tuple(alike)


def close_to(
    problem: Problem, solution: Solution, starts: Sequence[int], objective: Objective, most: int
) -> Solution:
    """The solution with activities moved back to their starts in `starts` where that is possible and ranks no worse.

    Those that go back to a later day are tried last to first, those to an earlier day first to last, so that
    predecessors and successors make room for each other; not more than `most`.
    """
    if solution.schedule is None or max(starts, default=0) > problem.horizon:
        return solution
    schedule = solution.schedule
    moved = [i for i, start in enumerate(starts) if schedule.start[i] != start]
    moved.sort(key=lambda i: -starts[i] if starts[i] > schedule.start[i] else starts[i])
    for i in moved[:most]:
        back = complete(problem, (*schedule.start[:i], starts[i], *schedule.start[i + 1 :]))
        if _order(problem, back, objective) <= _order(problem, schedule, objective) and not violations(problem, back):
            schedule = back
    return replace(solution, schedule=schedule, objective=cost(problem, schedule, objective))


def better(one: Solution, other: Solution) -> Solution:
    """The cheaper of two solutions of one problem, the first of equal ones, with the better of both bounds."""
    cheaper = other.schedule is not None and (one.schedule is None or other.objective < one.objective)
    best = other if cheaper else one
    return best if best.schedule is None else replace(best, bound=min(best.objective, max(one.bound, other.bound)))


def _order(problem: Problem, schedule: Schedule, objective: Objective) -> tuple[int, int]:
    """The cost, then the sum of finishes: what a plan is chosen by."""
    return rank(problem, schedule, objective)[:2]


def _verified(problem: Problem, solution: Solution) -> Solution:
    """The solution, without a schedule that breaks a rule."""
    if solution.schedule is None or not violations(problem, solution.schedule):
        return solution
    return Solution(SolveStatus.UNKNOWN)


def _carried_over(problem: Problem, known: Solution, starts: Sequence[int], objective: Objective) -> Solution:
    """The starts of another problem as a solution of this one: as they are, or where they do not hold, their list."""
    schedule: Schedule | None = None
    if max(starts, default=0) <= problem.horizon:
        schedule = complete(problem, starts)
    if schedule is None or violations(problem, schedule):
        schedule = Generator(problem).generate(starts, False)
    if schedule is None or violations(problem, schedule):
        return known
    value = cost(problem, schedule, objective)
    return Solution(SolveStatus.FEASIBLE, schedule, value, min(known.bound, value), "a plan of the same tasks")


def _starts(known: Problem, solution: Solution, problem: Problem) -> list[int]:
    """The starts of a solution, by the positions of another problem; at once for activities that it did not have."""
    if solution.schedule is None:
        raise ValueError("there is no schedule to start from")
    starts: Mapping[str, int] = {it.id: solution.schedule.start[i] for i, it in enumerate(known.activities)}
    return [starts.get(it.id, 0) for it in problem.activities]
