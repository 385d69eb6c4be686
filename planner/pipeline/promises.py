"""What it takes to keep promises: the rest gives way, or else something else has to."""

from collections.abc import Sequence
from dataclasses import replace

from planner.domain.conflict import Change
from planner.domain.plan import Plan
from planner.domain.problem import Clash
from planner.domain.relaxation import Relaxation
from planner.domain.roadmap import Task, id_key
from planner.domain.scenario import Compared
from planner.domain.units import engineer_days
from planner.pipeline.inputs import Checked, PlanOptions
from planner.pipeline.solving import changed, formulated
from planner.pipeline.variants import Variant
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.clash import smallest_clash
from planner.scheduling.formulate import Formulation
from planner.scheduling.relax import relaxed
from planner.scheduling.solve import solve
from planner.scheduling.verify import violations

MOST_WAYS = 3
"""Ways that are named, the cheapest."""


def with_ways_to_keep(
    found: Compared, variant: Variant, made: Plan, options: PlanOptions, budget: Budget
) -> Compared:
    """Whether the broken promises can be kept at the expense of the rest, else what would have to give way."""
    firm = _with_promises(variant.checked, found.broken)
    _, formulation = formulated(firm, options.capacity)
    meter = Meter(budget)
    starts = variant.starts
    before = [starts.get(activity.id, 0) for activity in formulation.problem.activities]
    solution = solve(formulation.problem, meter.part(0.5), options.objective, before=before)
    if solution.schedule is not None and not violations(formulation.problem, solution.schedule):
        return replace(found, fits_at=max(0.0, engineer_days(solution.objective) - made.objective))
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
