"""Task without item: work that nobody asked for, as far as the tables say.

Definition: an open task that names no item that is on the roadmap, where there is a roadmap. Data: Item ID(s);
Roadmap. Severity: none; such a task has no cost of delay. Way out: name its item.

    Item ID | Title
    R-1     | Law

    Task ID | Team | Effort | Item ID(s)
    API-1   | Api  | 10     | R-1
    API-2   | Api  | 10     |
    -> API-2
"""

from collections.abc import Iterator

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, named, note
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import id_key

TYPE = ConflictType(
    "task-without-item",
    Family.COVERAGE,
    Severity.NOTE,
    "Work for no item",
    "Name the item that the task is for, or drop the task.",
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict a task."""
    for task in context.open_tasks if context.item else ():
        if not any(id_key(item) in context.item for item in task.items):
            yield conflict_of(
                TYPE,
                [task],
                "Item ID(s)",
                f"{named(task)} is for no item of the roadmap; planned without a cost of delay.",
                identity=(task.id,),
                evidence=task.items,
                resolutions=[note(f"Name the item that {task.id} is for")],
            )
