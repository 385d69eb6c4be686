"""Why not otherwise: the problem with a start forced later, or with one activity forced before another."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from planner.domain.problem import Clash, Precedence, Problem
from planner.scheduling.formulate import Formulation
from planner.scheduling.relations import topology


def not_before(formulation: Formulation, i: int, day: date) -> Formulation:
    """The same with activity i released on `day`, a day that the problem knows."""
    problem, tasks = formulation.problem, list(formulation.tasks)
    tasks[i] = replace(tasks[i], not_before=day)
    activities = list(problem.activities)
    period = max(0, formulation.calendar.on_or_after(day))
    activities[i] = replace(activities[i], release=max(period, activities[i].release))
    return replace(formulation, tasks=tuple(tasks), problem=replace(problem, activities=tuple(activities)))


def before(formulation: Formulation, i: int, other: int) -> Formulation:
    """The same with activity i finished before the other begins; no hand-over is priced. ValueError on a cycle."""
    problem = formulation.problem
    relations = (*problem.precedences, Precedence(i, other))
    order, predecessors, successors = topology(len(problem.activities), relations)
    forced = replace(problem, precedences=relations, order=order, predecessors=predecessors, successors=successors)
    return replace(formulation, problem=forced)


def path(problem: Problem, first: int, last: int) -> tuple[Clash, ...]:
    """The fewest relations by which activity `last` waits for `first`, in their order; none where it does not."""
    via: dict[int, Precedence] = {}
    front: Sequence[int] = [first]
    while front and last not in via:
        reached = [relation for i in front for relation in problem.successors[i] if relation.successor not in via]
        for relation in reached:
            via.setdefault(relation.successor, relation)
        front = [relation.successor for relation in reached]
    found: list[Clash] = []
    while last in via and last != first:
        relation = via[last]
        found.append(Clash("precedence", (relation.predecessor, last), relation))
        last = relation.predecessor
    return tuple(reversed(found))
