"""Extend before replace: one task builds on a component that another replaces.

Definition: an open task extends or changes a component that another open task replaces, and it does not wait for the
replacement. No conflict are pairs declared to belong together (Replaces, Alternative to, Duplicate of) and pairs that
set one key to different values, which are conflicts of their own. Data: Touches, Depends on. Severity: theta (0.8) of
the work that is built on what goes away. Ways out: replace first, if need be by turning the order round; or drop the
extension.

    Task ID | Team          | Effort | Touches             | Depends on
    INV-2   | Invoicing     | 76     | invoice-api:replace |
    SUB-5   | Subscriptions | 40     | invoice-api:extend  |
    CON-3   | Console       | 12     | invoice-api:change  | INV-2
    -> INV-2, SUB-5
"""

from collections.abc import Iterator, Sequence

from planner.conflicts.context import Context
from planner.conflicts.parts import (
    EXTENDS,
    are_declared,
    component_name,
    conflict_of,
    disagree,
    drop,
    listed,
    named,
    touched,
    waits,
)
from planner.domain.conflict import Change, ChangeKind, Conflict, ConflictType, Family, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Status, Task, TouchMode, id_key

TYPE = ConflictType(
    "extend-before-replace",
    Family.CONTRADICTION,
    Severity.WARNING,
    "Built on what is about to be replaced",
    "Let the extension wait for the replacement, or drop it.",
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each replacement of a component."""
    for key in sorted(context.touching):
        extending = touched(context, key, *EXTENDS)
        for replacing in touched(context, key, TouchMode.REPLACE):
            lost = [task for task in extending if _is_lost(context, task, replacing)]
            if lost:
                yield _conflict(context, key, replacing, lost)


def _is_lost(context: Context, task: Task, replacing: Task) -> bool:
    return (
        task.id != replacing.id
        and not are_declared(task, replacing)
        and not disagree(task, replacing)
        and not context.is_before(replacing.id, task.id)
    )


def _conflict(context: Context, key: str, replacing: Task, lost: Sequence[Task]) -> Conflict:
    name = component_name(context, key, [replacing])
    modes = {task.id: _mode(task, key) for task in lost}
    verbs = listed([f"{named(task)} {modes[task.id]}s" for task in lost])
    return conflict_of(
        TYPE,
        [replacing, *lost],
        "Touches",
        f"{verbs} {name}, which {named(replacing)} replaces: what is built on it before then is thrown away.",
        identity=(name, replacing.id),
        evidence=[f"{task} {mode} {name}" for task, mode in modes.items()],
        at_risk=[(task, context.settings.weights.supersede[f"{mode}>replace"]) for task, mode in modes.items()],
        components=[name],
        resolutions=[*waits(context, lost, [replacing]), *_turned(context, lost, replacing), drop(lost)],
    )


def _turned(context: Context, lost: Sequence[Task], replacing: Task) -> Iterator[Resolution]:
    """The other order, where the replacement waits for nothing but the extensions themselves."""
    direct = {dependency.predecessor for dependency in replacing.depends_on}
    waited = [task for task in lost if context.is_before(task.id, replacing.id)]
    possible = waited and all(
        task.id in direct
        and task.status is Status.PLANNED
        and not any(context.is_before(task.id, other) for other in direct)
        for task in waited
    )
    if possible:
        ids = listed([task.id for task in waited])
        cut = [Change(ChangeKind.CUT, replacing.id, task.id) for task in waited]
        after = [Change(ChangeKind.AFTER, task.id, replacing.id) for task in waited]
        yield Resolution(f"Turn the order round: {replacing.id} first, then {ids}", (*cut, *after))


def _mode(task: Task, key: str) -> TouchMode:
    return next(touch.mode for touch in task.touches if id_key(touch.component) == key and touch.mode in EXTENDS)
