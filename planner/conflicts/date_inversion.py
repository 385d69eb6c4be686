"""Date inversion: what has to come first is promised later than what waits for it.

Definition: an open task waits (hard, finish to start) for an open task that is due later. A task is due on its Due,
else with the earliest target of its items; two tasks of one item are compared by Due alone. Data: Due, Target,
Depends on. Severity: none. Way out: move one of the dates.

    Task ID | Team | Effort | Due        | Depends on
    API-1   | Api  | 10     | 2026-12-31 |
    API-2   | Api  | 10     | 2026-11-30 | API-1
    API-3   | Api  | 10     | 2026-12-31 | API-2
    -> API-2, API-1
"""

from collections.abc import Iterator
from datetime import date

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, named, note
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Link, Status, Strength, Task, id_key

TYPE = ConflictType(
    "date-inversion",
    Family.ORDER,
    Severity.WARNING,
    "Due before what it waits for",
    "Move one of the two dates.",
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each dependency."""
    for task in context.open_tasks:
        needed = _due(context, task)
        hard = {d.predecessor for d in task.depends_on if d.strength is not Strength.SOFT and d.link is Link.FS}
        for other in (context.task[name] for name in sorted(hard) if name in context.task):
            promised = _due(context, other)
            shares_item = bool(set(task.items) & set(other.items)) and not (task.due and other.due)
            if other.status is Status.DONE or shares_item or not needed or not promised or promised <= needed:
                continue
            yield conflict_of(
                TYPE,
                [task, other],
                "Due",
                f"{named(task)} is due on {needed} and waits for {named(other)}, which is due only on {promised}; "
                "planned in this order.",
                identity=(task.id, other.id),
                evidence=(str(needed), str(promised)),
                resolutions=[note(f"Make {other.id} due before {needed}, or move the date of {task.id}")],
            )


def _due(context: Context, task: Task) -> date | None:
    items = (context.item[key] for key in map(id_key, task.items) if key in context.item)
    return task.due or min((target.last for item in items for target in item.targets), default=None)
