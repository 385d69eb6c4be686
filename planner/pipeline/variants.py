"""The plan under other facts: every variant planned from the same starts, and all compared by the same schedules.

A search that has little time finds here a better plan and there a worse one. So that a difference is the facts' and
not the search's, every variant takes the cheapest of all schedules that were found for any of them, where it holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.domain.problem import Schedule, Solution
from planner.graph.cycles import CyclesBroken
from planner.pipeline.inputs import Checked, Objective, PlanOptions
from planner.pipeline.solving import formulated
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.costs import rank
from planner.scheduling.formulate import Formulation
from planner.scheduling.solve import solve
from planner.scheduling.timing import complete
from planner.scheduling.verify import violations

Starts = Mapping[str, int]
"""Start periods by task id."""


@dataclass(frozen=True)
class Variant:
    """A roadmap under some facts, and a verified schedule of it."""

    checked: Checked
    cycles: CyclesBroken
    formulation: Formulation
    solution: Solution
    schedule: Schedule

    @property
    def starts(self) -> Starts:
        """Start periods by task id."""
        return {task.id: self.schedule.start[i] for i, task in enumerate(self.formulation.tasks)}


def variant(checked: Checked, starts: Starts, options: PlanOptions, budget: Budget) -> Variant | None:
    """Planned within the budget from the starts of the plan; None where that is impossible."""
    cycles, formulation = formulated(checked, options.capacity)
    before = [starts.get(task.id, 0) for task in formulation.tasks]
    solution = solve(formulation.problem, budget, options.objective, before=before)
    if solution.schedule is None or violations(formulation.problem, solution.schedule):
        return None
    return Variant(checked, cycles, formulation, solution, solution.schedule)


def shares(meter: Meter, count: int) -> Iterator[Budget]:
    """Budgets for so many searches, each an equal part of what the searches before have left."""
    for left in range(count, 0, -1):
        part = meter.part(1 / left)
        yield part
        meter.charge(part.work or 0)


def levelled(variants: Sequence[Variant], objective: Objective) -> list[Variant]:
    """Each variant with the cheapest schedule of all of them that it can keep; the same place, the same variant."""
    pool: list[Starts] = []
    for found in variants:
        pool += [] if found.starts in pool else [found.starts]
    return [_cheapest(found, pool, objective) for found in variants]


def _cheapest(found: Variant, pool: Sequence[Starts], objective: Objective) -> Variant:
    problem, tasks = found.formulation.problem, found.formulation.tasks
    best, least = found.schedule, rank(problem, found.schedule, objective)
    for starts in pool:
        if any(starts.get(task.id, problem.horizon + 1) > problem.horizon for task in tasks):
            continue
        schedule = complete(problem, [starts[task.id] for task in tasks])
        ranked = rank(problem, schedule, objective)
        if ranked < least and not violations(problem, schedule):
            best, least = schedule, ranked
    return replace(found, schedule=best, solution=replace(found.solution, schedule=best, objective=least[0]))
