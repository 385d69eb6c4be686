"""Remove while used: a component is removed though open tasks still work on it.

Definition: an open task removes a component that another open task reads, extends or changes, and the removal does
not wait for that task. Data: Touches, Depends on. Severity: the effort of those tasks (theta of anything before a
removal is 1). Ways out: remove afterwards; keep the component; drop the tasks that use it.

    Task ID | Team      | Effort | Touches            | Depends on
    EXP-5   | Exports   | 22     | batch-meter:read   |
    EXP-1   | Exports   | 10     | batch-meter:change |
    MET-6   | Metering  | 24     | batch-meter:remove | EXP-1
    -> MET-6, EXP-5
"""

from collections.abc import Iterator, Sequence

from planner.conflicts.context import Context
from planner.conflicts.parts import (
    EXTENDS,
    are_declared,
    component_name,
    conflict_of,
    drop,
    listed,
    named,
    touched,
    waits,
)
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Task, TouchMode

TYPE = ConflictType(
    "remove-while-used",
    Family.CONTRADICTION,
    Severity.ERROR,
    "Removed while others use it",
    "Let the removal wait for those who use the component, or move them away first.",
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each removal of a component."""
    for key in sorted(context.touching):
        using = touched(context, key, TouchMode.READ, *EXTENDS)
        for removing in touched(context, key, TouchMode.REMOVE):
            cut_off = [task for task in using if _is_cut_off(context, task, removing)]
            if cut_off:
                yield _conflict(context, key, removing, cut_off)


def _is_cut_off(context: Context, task: Task, removing: Task) -> bool:
    return task.id != removing.id and not are_declared(task, removing) and not context.is_before(task.id, removing.id)


def _conflict(context: Context, key: str, removing: Task, cut_off: Sequence[Task]) -> Conflict:
    name = component_name(context, key, [removing])
    users = listed([named(task) for task in cut_off])
    return conflict_of(
        TYPE,
        [removing, *cut_off],
        "Touches",
        f"{named(removing)} removes {name} while {users} still {'uses' if len(cut_off) == 1 else 'use'} it.",
        identity=(name, removing.id),
        evidence=[f"{task.id} uses {name}" for task in cut_off],
        at_risk=[(task.id, context.settings.weights.supersede["any>remove"]) for task in cut_off],
        components=[name],
        resolutions=[*waits(context, [removing], cut_off), drop([removing], f" and keep {name}"), drop(cut_off)],
    )
