"""Priority inversion: urgent work waits for work that nobody calls urgent.

Definition: an open task of a P0 or P1 item directly waits (hard) for an open task whose items are all P2 or P3, or
that has none. Data: Priority, Item ID(s), Depends on. Severity: none, the plan puts both in the order that costs
least. Way out: raise the priority of what is waited for, or cut the dependency.

    Item ID | Title | Priority
    R-1     | Law   | P0
    R-2     | Nice  | P3
    R-3     | Soon  | P1

    Task ID | Team | Effort | Item ID(s) | Depends on
    API-1   | Api  | 10     | R-2        |
    API-2   | Api  | 10     | R-3        | API-1
    API-3   | Api  | 10     | R-1        | API-2
    -> API-2, API-1
"""

from collections.abc import Iterator

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, named, note
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Priority, Status, Strength, Task, id_key

TYPE = ConflictType(
    "priority-inversion",
    Family.ORDER,
    Severity.NOTE,
    "Urgent work waits for less urgent work",
    "Raise the priority of what is waited for, or cut the dependency.",
)
URGENT = (Priority.P0, Priority.P1)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each dependency."""
    for task in context.open_tasks:
        if not _is_urgent(context, task):
            continue
        waited_for = sorted({d.predecessor for d in task.depends_on if d.strength is not Strength.SOFT})
        for other in (context.task[name] for name in waited_for if name in context.task):
            if other.status is not Status.DONE and not _is_urgent(context, other):
                yield conflict_of(
                    TYPE,
                    [task, other],
                    "Depends on",
                    f"{named(task)} is urgent ({_priorities(context, task)}) and waits for {named(other)} "
                    f"({_priorities(context, other) or 'no item'}); planned in this order.",
                    identity=(task.id, other.id),
                    evidence=(_priorities(context, task), _priorities(context, other)),
                    resolutions=[note(f"Raise the priority of what {other.id} is for")],
                )


def _of(context: Context, task: Task) -> list[Priority]:
    assumed = Priority(context.settings.defaults.priority)
    items = (context.item[key] for key in map(id_key, task.items) if key in context.item)
    return sorted({item.priority or assumed for item in items})


def _is_urgent(context: Context, task: Task) -> bool:
    return any(priority in URGENT for priority in _of(context, task))


def _priorities(context: Context, task: Task) -> str:
    return ", ".join(_of(context, task))
