"""Foreign component: a team changes what another team owns, and the owner takes no part.

Definition: an open task writes (anything but read) a component with an owner that is none of the task's teams. Data:
Touches, Team; Components (Owner). Severity: none. Ways out: the owner takes part, or takes the task over.

    Component | Owner
    ledger    | Ledger

    Task ID | Team           | Effort | Touches
    PAY-1   | Payments       | 5      | ledger:extend
    PAY-2   | Payments       | 5      | ledger:read
    PAY-3   | Payments; Ledger | 5    | ledger:extend
    -> PAY-1
"""

from collections.abc import Iterator
from dataclasses import replace

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, named, note
from planner.domain.conflict import Change, ChangeKind, Conflict, ConflictType, Family, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Component, Task, TouchMode, id_key

TYPE = ConflictType(
    "foreign-component",
    Family.COVERAGE,
    Severity.NOTE,
    "A team changes what another one owns",
    "Let the owner take part (Team), or take the task over.",
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each task and component."""
    for task in context.open_tasks:
        teams = {id_key(team) for team in task.teams}
        written = {id_key(t.component) for t in task.touches if t.mode is not TouchMode.READ} if teams else set()
        for component in (context.component[key] for key in sorted(written) if key in context.component):
            if component.owner and id_key(component.owner) not in teams:
                yield _conflict(task, component)


def _conflict(task: Task, component: Component) -> Conflict:
    owner = component.owner
    conflict = conflict_of(
        TYPE,
        [task],
        "Touches",
        f"{named(task)} changes {component.name}, which {owner} owns, and {owner} takes no part in it.",
        identity=(task.id, component.name),
        evidence=(owner, *task.teams),
        components=[component.name],
        resolutions=[
            note(f"Add {owner} to Team of {task.id}"),
            Resolution(f"Let {owner} take {task.id} over", (Change(ChangeKind.ASSIGN, task.id, value=owner),)),
        ],
    )
    return replace(conflict, teams=(*conflict.teams, owner))
