"""The plan that is sent to others: the one written last where it still holds, with everything that is said of it."""

from dataclasses import dataclass, replace
from pathlib import Path

from planner.domain.plan import Plan
from planner.domain.question import Answer, Question
from planner.domain.settings import Settings
from planner.pipeline.asking import missing_facts
from planner.pipeline.current import Current, current
from planner.pipeline.inputs import Inputs, PlanOptions, Report
from planner.pipeline.interrupt import interruptible
from planner.pipeline.planning import PRICING_SHARE, framed
from planner.pipeline.pricing import priced_conflicts
from planner.pipeline.solving import with_findings
from planner.scheduling.assemble import assemble
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.look import Look


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
    with interruptible() as interrupted:
        budget = Budget(options.time_limit, options.work, options.seed, options.workers, interrupted)
        meter = Meter(budget)
        search = budget if budget.deterministic else meter.part(1 - PRICING_SHARE)
        now = current(inputs, options, search, plan_file, report)
        checked = with_findings(now.checked, now.cycles, now.formulation, now.inputs.strict)
        report("assembling the plan")
        made = assemble(framed(checked, now.inputs, now.options, now.cycles), now.formulation, now.solution)
        pricing = meter.part(PRICING_SHARE if budget.deterministic else 1.0)
        found = priced_conflicts(checked, made, now.starts, now.inputs, now.options, pricing, report)
    made = replace(made, conflicts=found, reserved=checked.reserved)
    return TakenUp(made, now.inputs, checked.settings, _missing(now), now.unchanged)


def _missing(now: Current) -> tuple[Question, ...]:
    """The facts that nobody has stated, by a guess of what they move: nothing is planned again for them."""
    assert now.solution.schedule is not None
    look = Look(now.checked.read.roadmap, now.checked.settings, now.formulation, now.solution.schedule)
    return tuple(
        Question(
            kind=unknown.kind,
            subject=unknown.subject,
            wording=unknown.wording,
            whom=unknown.whom,
            role=unknown.role,
            cells=unknown.cells,
            answers=tuple(Answer(option.value) for option in unknown.options),
        )
        for unknown in missing_facts(look, now.checked.as_of)
    )
