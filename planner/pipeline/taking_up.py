"""The plan that is sent to others: the one written last where it still holds, with everything that is said of it."""

from dataclasses import dataclass, replace
from pathlib import Path

from planner.domain.plan import Plan
from planner.domain.question import Question
from planner.domain.settings import Settings
from planner.pipeline.asking import missing_facts
from planner.pipeline.current import current
from planner.pipeline.inputs import Inputs, PlanOptions, Report
from planner.pipeline.interrupt import searching
from planner.pipeline.planning import PRICING_SHARE, framed
from planner.pipeline.pricing import priced_conflicts
from planner.pipeline.solving import with_findings
from planner.scheduling.assemble import assemble
from planner.scheduling.budget import Meter


@dataclass(frozen=True)
class TakenUp:
    """A plan on the workbooks as they are now, what it was made of, and the facts that nobody has stated.

    `unchanged` says that these are the dates of the plan that was written.
    """

    plan: Plan
    inputs: Inputs
    settings: Settings
    missing: tuple[Question, ...]
    unchanged: bool


def taken_up(inputs: Inputs, options: PlanOptions, plan_file: Path | None, report: Report) -> TakenUp:
    """Take up the plan written last, or plan where there is none or it does not hold; then price what contradicts.

    Raises
    ------
    UserError
        If there is no plan and no file, or nothing can be planned.
    """
    with searching(options) as budget:
        meter = Meter(budget)
        search = budget if budget.deterministic else meter.part(1 - PRICING_SHARE)
        now = current(inputs, options, search, plan_file, report)
        checked = with_findings(now.checked, now.cycles, now.formulation, now.inputs.strict)
        report("assembling the plan")
        made = assemble(framed(checked, now.inputs, now.options, now.cycles), now.formulation, now.solution)
        pricing = meter.part(PRICING_SHARE if budget.deterministic else 1.0)
        base = replace(now.base, checked=checked)
        found = priced_conflicts(base, made, now.inputs, now.options, pricing, report)
    made = replace(made, conflicts=found, reserved=checked.reserved)
    missing = tuple(unknown.question for unknown in missing_facts(now))
    return TakenUp(made, now.inputs, checked.settings, missing, now.unchanged)
