"""The columns that we compute for a task, wherever a plan goes into somebody's table: their headers and cells."""

from collections.abc import Iterable

from planner.domain.conflict import Conflict
from planner.domain.edits import CellValue
from planner.domain.plan import PlannedTask

COMPUTED = ("Planned start", "Planned finish", "Planned launch", "Sequence", "Float", "Conflicts", "Why")
"""Headers; "Launch" alone is a column of ours that people type. An edit in one of these is ignored."""

LATE = "after its"
"""How "Why" begins to speak of lateness: what a conditional format looks for."""


def computed_cells(task: PlannedTask, conflicts: Iterable[Conflict]) -> tuple[CellValue, ...]:
    """The cells of a task under `COMPUTED`; `conflicts` are those that it takes part in, dismissed ones are no news.

    Dates are inclusive, the float is in working days; done work has no place in the sequence.
    """
    late = (
        f"{task.days_late} working day{'' if task.days_late == 1 else 's'} {LATE} due date; "
        if task.days_late
        else ""
    )
    named = dict.fromkeys(
        f"{conflict.type.title} ({conflict.id})" for conflict in conflicts if not conflict.dismissed
    )
    return (
        task.start,
        task.finish,
        task.launch,
        task.sequence or None,
        task.total_float if task.sequence else None,
        "; ".join(named) or None,
        late + task.reason.text,
    )
