"""A problem and variants of it, searched with equal effort: what differs is due to the variant and not to luck."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planner.domain.problem import Problem, Schedule, Solution
from planner.scheduling.budget import Meter
from planner.scheduling.costs import Objective, cost, rank
from planner.scheduling.solve import solve
from planner.scheduling.timing import complete
from planner.scheduling.verify import violations

SEARCHED = 0.9
"""Part of what is left of a budget for the searches; trying what the others found takes the rest."""

MOVED_BACK = 20_000
"""Activities in all schedules that are made to move starts back: a hundred schedules of a plan of two hundred."""


def searched_alike(
    problem: Problem, planned: Solution, variants: Sequence[Problem], meter: Meter, objective: Objective
) -> tuple[Solution, tuple[Solution, ...]]:
    """The best known solution of the problem, and of each variant, all searched from the schedule `planned`.

    Every schedule that was found is then tried, as far as it holds, on the problem itself, and the best of those
    again on each variant: what one search finds by luck is no effect of its variant. In the end a variant keeps
    every start that it may keep. Raises ValueError where `planned` has no schedule.
    """
    part = meter.part(SEARCHED / (len(variants) + 1))
    nothing = replace(part, work=0)
    base = better(planned, solve(problem, part, objective, before=_starts(problem, planned, problem)))
    found = [solve(other, part, objective, before=_starts(problem, base, other)) for other in variants]
    for other, solution in zip(variants, found, strict=True):
        if solution.schedule is not None:
            base = better(base, solve(problem, nothing, objective, before=_starts(other, solution, problem)))
    tried = (solve(other, nothing, objective, before=_starts(problem, base, other)) for other in variants)
    best = [better(solution, again) for solution, again in zip(found, tried, strict=True)]
    return base, tuple(
        close_to(other, solution, _starts(problem, base, other), objective)
        for other, solution in zip(variants, best, strict=True)
    )


def close_to(problem: Problem, solution: Solution, starts: Sequence[int], objective: Objective) -> Solution:
    """The solution with every activity moved back to its start in `starts` where that is possible and ranks no worse.

    Those that go back to a later day are tried last to first, those to an earlier day first to last, so that
    predecessors and successors make room for each other.
    """
    if solution.schedule is None or max(starts, default=0) > problem.horizon:
        return solution
    schedule = solution.schedule
    moved = [i for i, start in enumerate(starts) if schedule.start[i] != start]
    moved.sort(key=lambda i: -starts[i] if starts[i] > schedule.start[i] else starts[i])
    for i in moved[: MOVED_BACK // len(starts)]:
        back = complete(problem, (*schedule.start[:i], starts[i], *schedule.start[i + 1 :]))
        if _order(problem, back, objective) <= _order(problem, schedule, objective) and not violations(problem, back):
            schedule = back
    return replace(solution, schedule=schedule, objective=cost(problem, schedule, objective))


def _order(problem: Problem, schedule: Schedule, objective: Objective) -> tuple[int, int]:
    """The cost, then the sum of finishes: what a plan is chosen by."""
    return rank(problem, schedule, objective)[:2]


def better(one: Solution, other: Solution) -> Solution:
    """The cheaper of two solutions of one problem, the first of equal ones, with the better of both bounds."""
    cheaper = other.schedule is not None and (one.schedule is None or other.objective < one.objective)
    best = other if cheaper else one
    return best if best.schedule is None else replace(best, bound=min(best.objective, max(one.bound, other.bound)))


def _starts(known: Problem, solution: Solution, problem: Problem) -> list[int]:
    """The starts of a solution, by the positions of another problem; at once for activities that it did not have."""
    if solution.schedule is None:
        raise ValueError("there is no schedule to start from")
    starts: Mapping[str, int] = {it.id: solution.schedule.start[i] for i, it in enumerate(known.activities)}
    return [starts.get(it.id, 0) for it in problem.activities]
