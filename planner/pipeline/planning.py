"""The story of `roadmap plan`: read, build the graph, formulate, solve, assemble, price what contradicts."""

import shlex
from dataclasses import replace

from planner.conflicts import price
from planner.domain.diagnostics import Severity
from planner.domain.plan import Plan
from planner.graph.cycles import CyclesBroken
from planner.pipeline.inputs import Checked, Inputs, PlanOptions, Report, Written, load, silent, title_of
from planner.pipeline.interrupt import searching
from planner.pipeline.pricing import context_of, priced_conflicts
from planner.pipeline.relaxing import with_relaxations
from planner.pipeline.replanning import close_to_former, former_plan, keeping, stability
from planner.pipeline.solving import changed, formulated, solved, with_findings
from planner.pipeline.variants import Variant
from planner.scheduling.anchors import without_anchors
from planner.scheduling.assemble import Frame, assemble, impossible
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.headline import headline
from planner.scheduling.verify import violations

PRICING_SHARE = 1 / 5
"""Part of the time limit for the prices of conflicts; to a limit of work, which is the search's, it is added."""


def plan(inputs: Inputs, options: PlanOptions, report: Report = silent) -> Plan:
    """The whole story, from workbooks to a verified plan; Ctrl-C while it searches keeps the best plan so far.

    Raises `UserError` for a file that cannot be read, `AssertionError` when our own verifier objects.
    """
    checked = load(inputs, report)  # 1 read
    former = former_plan(inputs, options, checked.settings)
    near_former = keeping(checked, former, options)
    with searching(options) as budget:
        if not (options.assume_recommended or checked.settings.assume_recommended):
            return planned(near_former, inputs, options, budget, report, former)
        half = Meter(budget).part(0.5)
        made = planned(checked, inputs, options, half, report)
        report("planning as if the recommended ways out had been taken")
        context = context_of(checked, made)
        changes = price.recommended_changes(made.conflicts, context, price.work_done_by(context))
        return planned(changed(near_former, changes), inputs, options, half, report, former)


def planned(
    checked: Checked,
    inputs: Inputs,
    options: PlanOptions,
    budget: Budget,
    report: Report,
    former: Written | None = None,
) -> Plan:
    """Steps 2 to 6 for a roadmap as it was read, or as it would be after some changes; close to the `former` plan."""
    meter = Meter(budget)
    report("building the dependency graph")
    cycles, formulation = formulated(checked, options.capacity)  # 2 graph, 3 formulate
    checked = with_findings(checked, cycles, formulation, inputs.strict)
    search = budget if budget.deterministic else meter.part(1 - PRICING_SHARE)
    search = Meter(search).part(0.5) if former else search
    formulation, solution = solved(checked, cycles, without_anchors(formulation), options, search, report)  # 4 solve
    close = None
    if former and solution.schedule is not None:
        formulation, close = close_to_former(checked, formulation, solution, options, search, report)
        solution = close.solution
    frame = framed(checked, inputs, options, cycles)
    if solution.schedule is None:
        made = impossible(frame, formulation, solution)
        made = with_relaxations(made, checked, formulation, solution, options, meter.part(1.0), report)
    else:
        report("verifying")
        broken = violations(formulation.problem, solution.schedule)
        if broken:
            raise AssertionError(f"the schedule breaks its own rules, please report this: {broken[0]}")
        report("assembling the plan")
        made = assemble(frame, formulation, solution)  # 5 critical path, DSM, plan
        made = replace(made, headline=headline(made, formulation))
        if former and close:
            made = replace(made, stability=stability(former, made, close, formulation, options, checked.settings))
    pricing = meter.part(PRICING_SHARE if budget.deterministic else 1.0)
    base = Variant(checked, cycles, formulation, solution)
    found = priced_conflicts(base, made, inputs, options, pricing, report)  # 6 conflicts
    made = replace(made, conflicts=found, reserved=checked.reserved)
    return replace(made, next_command=_next_command(made, inputs))


def framed(checked: Checked, inputs: Inputs, options: PlanOptions, cycles: CyclesBroken) -> Frame:
    """What a plan says besides its dates."""
    return Frame(
        title=title_of(inputs.paths),
        as_of=checked.as_of,
        seed=options.seed,
        objective_kind=options.objective,
        capacity_kind=options.capacity,
        roadmap=checked.read.roadmap,
        files=checked.read.files,
        paths=tuple(map(str, inputs.paths)),
        config=str(inputs.config or ""),
        diagnostics=checked.diagnostics,
        assumptions=checked.assumptions,
        cycles=cycles.cycles,
        settings=checked.settings,
    )


def _next_command(plan: Plan, inputs: Inputs) -> str:
    """What makes sense next: what contradicts, else the queue of the team that holds up most."""
    if any(conflict.cost and not conflict.dismissed for conflict in plan.conflicts):
        return f"roadmap conflicts {shlex.join(map(str, inputs.paths))}"
    teams = [team for team in plan.teams if team.queue]
    worst = max(teams, key=lambda team: (team.overload, team.waiting_days, team.name), default=None)
    return f"roadmap show team {shlex.quote(worst.name)}" if worst else "roadmap check --help"


def failed(made: Plan) -> bool:
    """Whether the exit code is 1: nothing could be planned, the data has errors, or contradicts itself."""
    contradicted = any(c.type.severity is Severity.ERROR and not c.dismissed for c in made.conflicts)
    return not made.tasks or contradicted or any(d.severity is Severity.ERROR for d in made.diagnostics)
