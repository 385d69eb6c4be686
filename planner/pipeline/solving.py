"""Steps 2 to 4: cut the cycles, put the roadmap into integers, search; for every story that needs a schedule."""

from collections.abc import Sequence
from dataclasses import replace

from planner.domain.conflict import Change
from planner.domain.diagnostics import sort_key
from planner.domain.errors import UserError
from planner.domain.problem import Solution, SolveStatus
from planner.domain.units import DAYS_PER_WEEK, MILLI
from planner.graph.cycles import CyclesBroken, break_cycles
from planner.pipeline.inputs import Capacity, Checked, Objective, PlanOptions, Report
from planner.scheduling.anchors import anchored
from planner.scheduling.budget import Budget, Progress
from planner.scheduling.changes import apply
from planner.scheduling.clash import smallest_clash
from planner.scheduling.estimates import planned_effort
from planner.scheduling.formulate import Formulation, formulate
from planner.scheduling.solve import solve

HORIZON_DOUBLINGS = 4


def formulated(checked: Checked, capacity: Capacity) -> tuple[CyclesBroken, Formulation]:
    """Cut the cycles, then put the rest into integers, with anchors where starts are to be kept."""
    roadmap = checked.read.roadmap
    cycles = break_cycles(roadmap, planned_effort(roadmap, checked.settings))
    formulation = formulate(roadmap, checked.settings, checked.as_of, cut=cycles.cut, capacity=capacity)
    return cycles, anchored(formulation, checked.kept, checked.settings.moves)


def changed(checked: Checked, changes: Sequence[Change]) -> Checked:
    """The roadmap as it would be after these changes."""
    roadmap = apply(checked.read.roadmap, changes, checked.settings)
    return replace(checked, read=replace(checked.read, roadmap=roadmap))


def with_findings(checked: Checked, cycles: CyclesBroken, formulation: Formulation, strict: bool) -> Checked:
    """Add what the graph and the formulation found to what the reader found."""
    found = (*checked.diagnostics, *cycles.diagnostics, *formulation.diagnostics)
    return replace(
        checked,
        diagnostics=tuple(sorted((replace(d, strict=strict) for d in found), key=sort_key)),
        assumptions=(*checked.assumptions, *formulation.assumptions),
    )


def solved(
    checked: Checked,
    cycles: CyclesBroken,
    formulation: Formulation,
    options: PlanOptions,
    budget: Budget,
    report: Report,
) -> tuple[Formulation, Solution]:
    """Solve; where nothing clashes and yet nothing fits, time itself was too short: double it and try again."""

    def show(progress: Progress) -> None:
        report(progress_line(progress, options.objective))

    for _ in range(HORIZON_DOUBLINGS):
        solution = solve(formulation.problem, budget, options.objective, show)
        if solution.schedule is not None:
            return formulation, solution
        report("looking for the smallest set of facts that clash")
        clash = smallest_clash(formulation.problem, budget)
        if clash:
            return formulation, replace(solution, status=SolveStatus.INFEASIBLE, clash=clash)
        if solution.status is SolveStatus.UNKNOWN:
            raise UserError("no plan was found in this time; try again with a longer --time-limit")
        formulation = formulate(
            checked.read.roadmap,
            checked.settings,
            checked.as_of,
            cut=cycles.cut,
            capacity=options.capacity,
            horizon=2 * formulation.problem.horizon,
        )
    raise UserError(
        f"the work does not fit into {formulation.problem.horizon} working days; "
        "look for an effort typed in hours or a team without engineers (`roadmap check` lists them)"
    )


def progress_line(progress: Progress, objective: Objective) -> str:
    """The best plan so far and the bound while it runs: engineer-weeks of cost, or working days to the end."""
    if progress.objective is None:
        return progress.stage
    what, unit = ("days to the end", MILLI) if objective == "makespan" else ("engineer-weeks", MILLI * DAYS_PER_WEEK)
    return f"{progress.stage}: {progress.objective / unit:,.0f} {what}, none below {progress.bound / unit:,.0f}"
