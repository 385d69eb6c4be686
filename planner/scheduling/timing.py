"""From starts to a schedule: when the work ends, and when it launches."""

from collections.abc import Sequence

from planner.domain.problem import Problem, Schedule


def complete(problem: Problem, start: Sequence[int]) -> Schedule:
    """Finishes and launches of the given starts (periods, by position).

    The launch is the first working day that no block covers, on or after the last day worked and not before
    the launches of the predecessors (design, section 4), found in topological order.
    """
    finish = tuple(problem.finish(i, begin) for i, begin in enumerate(start))
    launch = [0] * len(finish)
    for i in problem.order:
        before = max((launch[r.predecessor] for r in problem.predecessors[i] if r.orders_launches), default=0)
        launch[i] = problem.launch(i, finish[i], before)
    return Schedule(tuple(start), finish, tuple(launch))
