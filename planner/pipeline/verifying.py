"""The story of `roadmap verify`: a plan and what was really launched, held against blocks, freezes and approvals."""

from pathlib import Path

from planner.domain.errors import UserError
from planner.domain.governance import Launch, Verification
from planner.domain.plan import Plan
from planner.domain.roadmap import EventKind, Roadmap, Status, id_key
from planner.governance import objections
from planner.governance.chain import anchor_from
from planner.governance.gate import Gate
from planner.pipeline.breaking_glass import register_of
from planner.pipeline.current import written_for
from planner.pipeline.files import read_plan
from planner.pipeline.inputs import Inputs, Report, load, silent
from planner.report.plan_json import plan_id


def verify(
    inputs: Inputs,
    plan_file: Path | None = None,
    actual_only: bool = False,
    anchor: str = "",
    strict: bool = False,
    report: Report = silent,
) -> Verification:
    """Look at the launches of the written plan, if there is one, and at the actual launches in the workbook.

    Nothing is written. `anchor` is LENGTH:HEAD of the log of approvals as another machine keeps them.

    Raises
    ------
    UserError
        If a file cannot be read, the plan that was named is missing, or `anchor` is none.
    """
    try:
        told = anchor_from(anchor) if anchor else None
    except ValueError as error:
        raise UserError(f"--anchor: {error}, as `roadmap breakglass review` prints it") from None
    checked = load(inputs, report)
    roadmap = checked.read.roadmap
    path = None if actual_only else plan_file or written_for(inputs)
    made = read_plan(path) if path else None
    actual = _actual(roadmap)
    planned = _planned(made, roadmap) if made else ()
    register = register_of(inputs, checked, told)
    gate = Gate(roadmap, (*actual, *planned), register, checked.settings.gatekeeping, checked.as_of)
    return Verification(
        planned=len(planned),
        actual=len(actual),
        blocks=sum(event.kind is EventKind.BLOCK for event in roadmap.calendar),
        objections=objections(gate, strict),
        state=register.state,
        plan=plan_id(made) if made else "",
    )


def _actual(roadmap: Roadmap) -> tuple[Launch, ...]:
    """What the workbook says has been launched."""
    return tuple(
        Launch(task.id, task.actual_launch, True, task.source.cell("Actual launch"))
        for task in roadmap.tasks
        if task.actual_launch
    )


def _planned(made: Plan, roadmap: Roadmap) -> tuple[Launch, ...]:
    """What the plan is going to launch, of what deploys at all and has not been launched."""
    tasks = {id_key(task.id): task for task in roadmap.tasks}
    return tuple(
        Launch(task.id, planned.launch, False, task.source.cell())
        for planned in made.tasks
        if (task := tasks.get(id_key(planned.id))) is not None
        and planned.launch is not None
        and task.launches
        and task.status not in (Status.DONE, Status.DROPPED)
        and task.actual_launch is None
    )
