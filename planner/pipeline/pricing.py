"""Step 6: what contradicts in a plan, and what each way out costs when it is planned again."""

from collections.abc import Mapping
from dataclasses import replace

from planner.conflicts import price
from planner.conflicts.context import Context
from planner.conflicts.dismissals import apply_dismissals
from planner.conflicts.proposals import proposals
from planner.domain.conflict import Change, Conflict
from planner.domain.plan import Plan
from planner.domain.units import engineer_days
from planner.pipeline.inputs import Checked, Inputs, PlanOptions, Report, stored_dismissals
from planner.pipeline.solving import changed, formulated
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.estimates import planned_effort
from planner.scheduling.improve import PASS_WORK
from planner.scheduling.solve import solve

PROPOSALS = 40
"""Pairs of tasks that their words propose, at most: more are not read."""
REPLAN_SHARE = 0.1
"""Part of what is left of the budget for each way out that is planned again."""


def context_of(checked: Checked, made: Plan) -> Context:
    """What detectors look things up in; without a schedule they do without."""
    roadmap, settings = checked.read.roadmap, checked.settings
    plan = made if made.tasks else None
    return Context(roadmap, checked.as_of, settings, planned_effort(roadmap, settings), plan)


def priced_conflicts(
    checked: Checked,
    made: Plan,
    starts: Mapping[str, int],
    inputs: Inputs,
    options: PlanOptions,
    budget: Budget,
    report: Report,
) -> tuple[Conflict, ...]:
    """Detect, then price; the ways out of the dearest are planned again from `starts` within the budget."""
    meter = Meter(budget)
    report("looking for what contradicts")
    context = context_of(checked, made)
    found = price.find(context)
    if options.text_scope:
        by_text = proposals(context, PROPOSALS, options.text_scope, report)
        found = (*found, *price.identified(by_text))
    dismissals = (*checked.read.roadmap.dismissals, *stored_dismissals(inputs))
    found = apply_dismissals(found, dismissals, checked.as_of)
    work_done = price.work_done_by(context)
    priced = price.price(found, context, work_done)
    if not made.tasks or options.objective != "full":
        return priced
    report("pricing the ways out")
    replanned = price.replan_ways_out(priced, made.searched, _replanning(checked, starts, options, meter))
    return price.price(replanned, context, work_done)


def _replanning(checked: Checked, starts: Mapping[str, int], options: PlanOptions, meter: Meter) -> price.Replan:
    """Plans a changed roadmap again from the starts of the plan, each time with a part of the budget that is left."""
    longest = 0.0  # seconds of the clock that a plan took; of no account where work is counted

    def replan(changes: tuple[Change, ...]) -> float | None:
        nonlocal longest
        began = meter.seconds
        if meter.over or meter.left < longest:
            return None
        part = replace(meter.part(REPLAN_SHARE), stop=lambda: meter.over)
        _, formulation = formulated(changed(checked, changes), options.capacity)
        before = [starts.get(task.id, 0) for task in formulation.tasks]
        solution = solve(formulation.problem, part, before=before)
        if part.deterministic:
            meter.charge(max(part.work or 0, 2 * PASS_WORK * len(formulation.problem.activities)))
        else:
            longest = max(longest, meter.seconds - began)
        return None if solution.schedule is None else engineer_days(solution.objective)

    return replan
