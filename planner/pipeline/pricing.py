"""Step 6: what contradicts in a plan, and what each way out costs when it is planned again."""

from collections.abc import Sequence

from planner.conflicts import price
from planner.conflicts.context import Context
from planner.conflicts.dismissals import apply_dismissals
from planner.conflicts.proposals import proposals
from planner.domain.conflict import Change, Conflict
from planner.domain.plan import Plan
from planner.domain.units import engineer_days
from planner.pipeline.inputs import Checked, Inputs, PlanOptions, Report, stored_dismissals
from planner.pipeline.solving import changed
from planner.pipeline.variants import Variant, planned_alike
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.estimates import planned_effort

PROPOSALS = 40
"""Pairs of tasks that their words propose, at most: more are not read."""


def context_of(checked: Checked, made: Plan) -> Context:
    """What detectors look things up in; without a schedule they do without."""
    roadmap, settings = checked.read.roadmap, checked.settings
    plan = made if made.tasks else None
    return Context(roadmap, checked.as_of, settings, planned_effort(roadmap, settings), plan)


def priced_conflicts(
    base: Variant, made: Plan, inputs: Inputs, options: PlanOptions, budget: Budget, report: Report
) -> tuple[Conflict, ...]:
    """Detect, then price; the ways out of the dearest are planned again from the plan within the budget."""
    meter = Meter(budget)
    priced = conflicts_as_planned(base.checked, made, inputs, options, report)
    if not made.tasks or options.objective != "full" or meter.over:
        return priced
    report("pricing the ways out")

    def replan(ways: Sequence[tuple[Change, ...]]) -> price.Replanned:
        others = (changed(base.checked, changes) for changes in ways)
        best, after = planned_alike(base, others, len(ways), options, meter)
        return engineer_days(best.solution.objective), [
            engineer_days(way.solution.objective) if way.possible else None for way in after
        ]

    context = context_of(base.checked, made)
    replanned = price.replan_ways_out(priced, made.searched, replan)
    return price.price(replanned, context, price.work_done_by(context))


def conflicts_as_planned(
    checked: Checked, made: Plan, inputs: Inputs, options: PlanOptions, report: Report
) -> tuple[Conflict, ...]:
    """Detect, then price; nothing is planned again."""
    report("looking for what contradicts")
    context = context_of(checked, made)
    found = price.find(context)
    if options.text_scope:
        by_text = proposals(context, PROPOSALS, options.text_scope, report)
        found = (*found, *price.identified(by_text))
    dismissals = (*checked.read.roadmap.dismissals, *stored_dismissals(inputs))
    found = apply_dismissals(found, dismissals, checked.as_of)
    return price.price(found, context, price.work_done_by(context))
