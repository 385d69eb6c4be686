"""Item without task: something is promised and nobody has taken it.

Definition: an open item that no task (done ones count) is for. Data: Roadmap; Item ID(s). Severity: none. Way out:
`roadmap suggest` says which teams are needed. "ASK-41" on the roadmap and in no task's Item ID(s) is one.
"""

from collections.abc import Iterator
from dataclasses import replace

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, note
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Status, id_key

TYPE = ConflictType(
    "item-without-task",
    Family.COVERAGE,
    Severity.WARNING,
    "Nobody has taken it",
    "See who is needed: roadmap suggest ITEM.",
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict an item."""
    taken = {id_key(item) for task in context.tasks for item in task.items}
    for key in sorted(context.item.keys() - taken):
        item = context.item[key]
        if item.status in (Status.PLANNED, Status.IN_PROGRESS):
            conflict = conflict_of(
                TYPE,
                (),
                "Item ID",
                f'"{item.id}" ({item.title}) has no task: nobody has taken it; not planned.',
                identity=(item.id,),
                evidence=(item.id,),
                resolutions=[note(f"Ask who takes it: roadmap suggest {item.id}")],
            )
            yield replace(conflict, items=(item.id,), cells=(item.source.cell("Item ID"),))
