"""What it takes to keep promises: the rest gives way, or else something else has to."""

from collections.abc import Sequence
from dataclasses import replace

from planner.domain.conflict import Change
from planner.domain.plan import Plan
from planner.domain.problem import Clash, Solution
from planner.domain.relaxation import Relaxation
from planner.domain.roadmap import Task, id_key
from planner.domain.scenario import Compared
from planner.domain.units import engineer_days
from planner.pipeline.inputs import Checked, PlanOptions
from planner.pipeline.solving import changed, formulated
from planner.pipeline.variants import Variant
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.clash import smallest_clash
from planner.scheduling.costs import cost
from planner.scheduling.formulate import Formulation
from planner.scheduling.relax import relaxed
from planner.scheduling.solve import solve
from planner.scheduling.verify import violations

MOST_WAYS = 3
"""Ways that are named, the cheapest."""


def plan_that_keeps(variant: Variant, broken: Sequence[str], options: PlanOptions, budget: Budget) -> Solution:
    """A plan of the variant in which these items land in time, at its cost; without a schedule where none was found.

    Only dates differ from the variant's own problem: what is found here may be a better plan of that one, too.
    """
    _, formulation = formulated(_with_promises(variant.checked, broken), options.capacity)
    starts = variant.starts
    before = [starts.get(activity.id, 0) for activity in formulation.problem.activities]
    solution = solve(formulation.problem, budget, options.objective, before=before)
    holds = solution.schedule is not None and not violations(formulation.problem, solution.schedule)
    return solution if holds else replace(solution, schedule=None)


def cheaper(variant: Variant, known: Solution, options: PlanOptions) -> Variant:
    """The variant with the schedule of the same tasks where that is a cheaper plan of it."""
    problem, own = variant.formulation.problem, variant.solution
    if known.schedule is None or violations(problem, known.schedule):
        return variant
    value = cost(problem, known.schedule, options.objective)
    if value >= own.objective:
        return variant
    return replace(
        variant, solution=replace(own, schedule=known.schedule, objective=value, bound=min(own.bound, value))
    )


def with_ways_to_keep(
    found: Compared, variant: Variant, made: Plan, solution: Solution, options: PlanOptions, budget: Budget
) -> Compared:
    """What keeping the broken promises costs the rest, by a `solution` that does; else what has to give way."""
    if solution.schedule is not None:
        return replace(found, fits_at=max(0.0, engineer_days(solution.objective) - made.objective))
    firm = _with_promises(variant.checked, found.broken)
    _, formulation = formulated(firm, options.capacity)
    meter = Meter(budget)
    clash = smallest_clash(formulation.problem, meter.part(0.5))
    return replace(found, fits=ways_out(firm, clash, options, meter.part(1.0))) if clash else found


def _with_promises(checked: Checked, items: Sequence[str]) -> Checked:
    """The roadmap in which every task of these items has to be done by the item's target."""
    roadmap = checked.read.roadmap
    promised = {id_key(item.id): item for item in roadmap.items if item.id in items}

    def firm(task: Task) -> Task:
        targets = [t.last for i in map(id_key, task.items) if i in promised for t in promised[i].targets[:1]]
        if not targets:
            return task
        hard = [task.due] if task.due is not None and task.due_is_hard else []
        return replace(task, due=min([*targets, *hard]), due_is_hard=True)

    tasks = tuple(map(firm, roadmap.tasks))
    return replace(checked, read=replace(checked.read, roadmap=replace(roadmap, tasks=tasks)))


def ways_out(
    checked: Checked, clash: tuple[Clash, ...], options: PlanOptions, budget: Budget
) -> tuple[Relaxation, ...]:
    """The cheapest ways to make a roadmap possible."""

    def after(changes: Sequence[Change]) -> Formulation:
        return formulated(changed(checked, changes), options.capacity)[1]

    return relaxed(after, clash, budget).ways[:MOST_WAYS]
