"""Infeasible window: a task may not start early enough to be done when it is due.

Definition: from Not before to Due an open task has fewer working days than it takes with all its engineers
(Engineers, else everybody in its teams), or than its Duration. Data: Not before, Due, Effort, Engineers, Duration;
Teams. Severity: none, no work is lost. Way out: move one of the dates.

    Task ID | Team | Effort | Engineers | Not before | Due
    API-1   | Api  | 10     | 1         | 2026-11-02 | 2026-11-06
    API-2   | Api  | 5      | 1         | 2026-11-02 | 2026-11-06
    -> API-1
"""

from collections.abc import Iterator
from math import ceil

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, named, note
from planner.domain.calendar import Calendar
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Task, id_key

TYPE = ConflictType(
    "infeasible-window",
    Family.ORDER,
    Severity.ERROR,
    "Due before it can be done",
    "Move Not before or Due.",
)
ROUNDING = 1e-9


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict a task."""
    axis = Calendar(context.as_of)
    engineers = {id_key(team.name): team.engineers for team in context.roadmap.teams}
    for task in context.open_tasks:
        if task.not_before and task.due:
            has = axis.after(task.due) - axis.on_or_after(max(task.not_before, context.as_of))
            takes = _least_days(context, task, engineers)
            if takes > has:
                yield conflict_of(
                    TYPE,
                    [task],
                    "Due",
                    f"{named(task)} may start on {task.not_before}, is due on {task.due} and takes at least {takes} "
                    "working days; planned as early as it may start.",
                    identity=(task.id,),
                    evidence=(str(task.not_before), str(task.due), str(takes)),
                    resolutions=[note(f"Move Not before or Due of {task.id}")],
                )


def _least_days(context: Context, task: Task, engineers: dict[str, float | None]) -> int:
    assumed = context.settings.defaults.team_engineers
    everybody = sum(engineers.get(id_key(team)) or assumed for team in task.teams) or assumed
    effort = context.effort.get(task.id, 0.0)
    if task.remaining is not None:
        effort = task.remaining
    return max(task.duration or 0, ceil(effort / (task.engineers or everybody) - ROUNDING))
