"""Frozen component: a task writes a component that must not change any more.

Definition: an open task creates, extends, changes, replaces or removes a component with Status frozen, or one that
another open task freezes before it (by Depends on); or writes a component, other than by removing it, after its
Retires on: as planned, or without a plan because it cannot begin before that day. Data: Touches; Components (Status,
Retires on). Severity: the task's effort. Ways out: drop it; lift the freeze.

    Task ID | Team     | Effort | Touches             | Depends on
    PAY-3   | Payments | 20     | token-vault:change  |
    PAY-4   | Payments | 20     | token-vault:read    |
    WAL-1   | Wallet   | 5      | router:freeze       |
    WAL-2   | Wallet   | 5      | router:extend       |
    Component   | Owner    | Status
    token-vault | Payments | frozen
    router      | Wallet   | active
    -> PAY-3
"""

from collections.abc import Iterator
from datetime import date

from planner.conflicts.context import Context
from planner.conflicts.parts import component_name, conflict_of, drop, named, note, touched
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Component, Task, TouchMode, id_key
from planner.report.wording import full_day

TYPE = ConflictType(
    "frozen-component",
    Family.CONTRADICTION,
    Severity.WARNING,
    "Changes what is frozen or gone",
    "Drop the change, or have the component's owner lift the freeze.",
)
WRITES = (TouchMode.CREATE, TouchMode.EXTEND, TouchMode.CHANGE, TouchMode.REPLACE)
FROZEN = "frozen"


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each task and component."""
    for key in sorted(context.touching):
        component = context.component.get(key)
        freezing = touched(context, key, TouchMode.FREEZE)
        for task in touched(context, key, *WRITES, TouchMode.REMOVE):
            frozen_by = next((one for one in freezing if context.is_before(one.id, task.id)), None)
            reason = _reason(context, component, task, frozen_by)
            if reason:
                yield _conflict(component_name(context, key, [task]), task, reason)


def _reason(context: Context, component: Component | None, task: Task, frozen_by: Task | None) -> str:
    """Why the task must not write the component; empty where it may."""
    if component and component.status == FROZEN:
        return "is frozen"
    if frozen_by:
        return f"is frozen by {named(frozen_by)} before"
    retires = component.retires_on if component else None
    writes = component and any(
        id_key(touch.component) == id_key(component.name) and touch.mode in WRITES for touch in task.touches
    )
    if retires and writes and _last_day(context, task) > retires:
        return f"retires on {full_day(retires)}"
    return ""


def _last_day(context: Context, task: Task) -> date:
    """The last day worked as planned; without a plan the first day on which the task can be worked on."""
    planned = context.planned.get(task.id)
    return planned.finish if planned else max(context.as_of, task.not_before or context.as_of)


def _conflict(name: str, task: Task, reason: str) -> Conflict:
    return conflict_of(
        TYPE,
        [task],
        "Touches",
        f"{named(task)} changes {name}, which {reason}.",
        identity=(name, task.id),
        evidence=[reason],
        at_risk=[(task.id, 1.0)],
        components=[name],
        resolutions=[drop([task]), note(f"The owner of {name} makes an exception for {task.id}")],
    )
