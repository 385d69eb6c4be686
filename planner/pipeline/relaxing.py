"""What makes an impossible plan possible: every way planned again on the roadmap after its changes."""

from collections.abc import Sequence
from dataclasses import replace

from planner.domain.conflict import Change
from planner.domain.plan import Plan
from planner.domain.problem import Solution
from planner.pipeline.inputs import Checked, PlanOptions, Report
from planner.pipeline.solving import changed, formulated
from planner.scheduling.budget import Budget
from planner.scheduling.formulate import Formulation
from planner.scheduling.relax import relaxed
from planner.scheduling.wording import clash_fact


def with_relaxations(
    made: Plan,
    checked: Checked,
    formulation: Formulation,
    solution: Solution,
    options: PlanOptions,
    budget: Budget,
    report: Report,
) -> Plan:
    """An impossible plan with everything that clashes and the ways out."""
    report("looking for the cheapest ways to make it possible")

    def after(changes: Sequence[Change]) -> Formulation:
        return formulated(changed(checked, changes), options.capacity)[1]

    found = relaxed(after, solution.clash, budget)
    further = tuple(tuple(clash_fact(formulation, fact) for fact in clash) for clash in found.clashes[1:])
    return replace(made, further_clashes=further, relaxations=found.ways)
