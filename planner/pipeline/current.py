"""The plan that was written last, taken up again on the workbooks as they are now: where questions about it begin."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from planner.domain.calendar import Calendar
from planner.domain.errors import UserError
from planner.domain.plan import Plan
from planner.domain.problem import Solution, SolveStatus
from planner.domain.roadmap import id_key
from planner.domain.units import MILLI
from planner.graph.cycles import CyclesBroken
from planner.pipeline.files import latest_plan, read_plan, read_plans, with_reserve
from planner.pipeline.inputs import Capacity, Checked, Inputs, Objective, PlanOptions, Report, load, silent, title_of
from planner.pipeline.solving import formulated
from planner.pipeline.variants import Starts, Variant
from planner.scheduling.budget import Budget
from planner.scheduling.costs import cost
from planner.scheduling.formulate import Formulation
from planner.scheduling.moves import starts_kept
from planner.scheduling.solve import solve
from planner.scheduling.timing import complete
from planner.scheduling.verify import violations

REPORTS = Path("reports")


@dataclass(frozen=True)
class Current:
    """A roadmap with a verified schedule of it.

    `written` is the plan as it was written; `unchanged` says that its dates still hold on today's workbooks and
    are those of `solution`. Otherwise the search has begun with them and gone on.
    """

    inputs: Inputs
    options: PlanOptions
    checked: Checked
    cycles: CyclesBroken
    formulation: Formulation
    solution: Solution
    written: Plan
    unchanged: bool

    @property
    def base(self) -> Variant:
        """What others that differ by a fact are compared with."""
        return Variant(self.checked, self.cycles, self.formulation, self.solution)

    @property
    def starts(self) -> Starts:
        """Start periods by task id."""
        return self.base.starts


def current(
    inputs: Inputs, options: PlanOptions, budget: Budget, plan_file: Path | None = None, report: Report = silent
) -> Current:
    """Take up the plan in `plan_file`, else the one written for these inputs, else (without inputs) the newest.

    What the written plan was made with (files, as-of, objective, capacity) holds where nothing else is said. Where
    its dates do not hold any more, or there is no plan of these files yet, it is planned within the budget.

    Raises
    ------
    UserError
        If there is no plan and no file, or nothing can be planned.
    """
    path = plan_file or written_for(inputs)
    if path is None and not inputs.paths:
        path = latest_plan(REPORTS)
    written = None if path is None else read_plan(path)
    if written is not None:
        inputs, options = _as_written(written, inputs, options)
    elif not inputs.reserve:
        inputs = with_reserve(inputs)
    checked = load(inputs, report)
    if written is not None:
        checked = replace(checked, kept=starts_kept(written))
    report("building the dependency graph")
    cycles, formulation = formulated(checked, options.capacity)
    before = None if written is None else former_starts(written, formulation)
    kept = None if written is None or before is None else _kept(formulation, before, written, options)
    if kept is None:
        report("planning")
        kept = solve(formulation.problem, budget, options.objective, before=before)
    if kept.schedule is None:
        raise UserError("there is no plan of this roadmap; `roadmap plan` says what clashes")
    unchanged = written is not None and before is not None and list(kept.schedule.start) == before
    return Current(
        inputs, options, checked, cycles, formulation, kept, written or _nothing(checked, inputs), unchanged
    )


def former_starts(written: Plan, formulation: Formulation) -> list[int]:
    """By position the start periods of a plan that was written, for the tasks that it knew; the others at once."""
    calendar: Calendar = formulation.calendar
    day_of = {id_key(task.id): task.resumes or task.start for task in written.tasks}
    days = (day_of.get(id_key(task.id)) for task in formulation.tasks)
    return [0 if day is None else max(0, calendar.on_or_after(day)) for day in days]


def written_for(inputs: Inputs) -> Path | None:
    """The plan.json that `roadmap plan` has written for these inputs; None if there is none."""
    if not inputs.paths:
        return None
    path = REPORTS / title_of(inputs.paths) / "plan.json"
    return path if path.exists() else None


def or_written(inputs: Inputs) -> Inputs:
    """These inputs; where no file is named, those of the plan written last, as of its day.

    Raises UserError where there is neither.
    """
    return inputs if inputs.paths else _as_written(read_plan(latest_plan(REPORTS)), inputs, PlanOptions())[0]


def _as_written(written: Plan, inputs: Inputs, options: PlanOptions) -> tuple[Inputs, PlanOptions]:
    """Blanks of what is asked, filled with what the plan was made with."""
    if not (inputs.paths or written.paths):
        raise UserError("this plan does not say of which files it is: plan again, or name the files")
    paths = inputs.paths or tuple(map(Path, written.paths))
    config = inputs.config or (Path(written.config) if written.config else None)
    objective, capacity = cast(Objective, written.objective_kind), cast(Capacity, written.capacity_kind)
    return (
        replace(
            inputs,
            paths=paths,
            config=config,
            as_of=inputs.as_of or written.as_of,
            reserve=inputs.reserve or read_plans([Path(other.path) for other in written.reserved]),
        ),
        replace(options, objective=objective, capacity=capacity),
    )


def _kept(formulation: Formulation, starts: list[int], written: Plan, options: PlanOptions) -> Solution | None:
    """The written plan as a solution, with the bound it had; None where its dates do not hold any more."""
    problem = formulation.problem
    known = {id_key(task.id) for task in written.tasks}
    if any(id_key(task.id) not in known for task in formulation.tasks) or max(starts, default=0) > problem.horizon:
        return None
    schedule = complete(problem, starts)
    if violations(problem, schedule):
        return None
    value = cost(problem, schedule, options.objective)
    bound = min(round(written.bound * MILLI), value)
    status = SolveStatus.OPTIMAL if bound == value else SolveStatus.FEASIBLE
    return Solution(status, schedule, value, bound, "the plan that was written")


def _nothing(checked: Checked, inputs: Inputs) -> Plan:
    """There is no plan yet."""
    return Plan(title_of(inputs.paths), checked.as_of, 0, "unknown", checked.read.roadmap, checked.read.files)
