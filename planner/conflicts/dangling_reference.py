"""Dangling reference: an id is referred to that is on no sheet, so a relation is missing in the plan.

Definition: every diagnostic `dangling-reference` of the intake, which the plan carries; before there is a plan, every
dependency on a task that is not there. Data: all columns with ids. Severity: none, nobody knows what is meant. Way
out: correct the id, or add its row. "REC-5 depends on LED-99" with no LED-99 is one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, note
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Diagnostic, Severity
from planner.domain.roadmap import Status, Task

TYPE = ConflictType(
    "dangling-reference",
    Family.ORDER,
    Severity.WARNING,
    "A reference to nothing",
    "Correct the id, or add the row that it stands for.",
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each reference."""
    if context.plan:
        yield from _reported(context, [d for d in context.plan.diagnostics if d.rule.id == TYPE.id])
        return
    known = {task.id for task in context.roadmap.tasks}
    for task in context.open_tasks:
        for predecessor in (d.predecessor for d in task.depends_on if d.predecessor not in known):
            yield _conflict([task], f'"{task.id}" depends on "{predecessor}", which is on no sheet; ignored.')


def _reported(context: Context, said: Sequence[Diagnostic]) -> Iterator[Conflict]:
    rows = {(t.source.file, t.source.sheet, t.source.row): t for t in context.tasks} if said else {}
    for diagnostic in sorted(said, key=lambda found: found.message):
        places = [(cell.file, cell.sheet, cell.row) for cell in diagnostic.cells]
        tasks = list({rows[place].id: rows[place] for place in places if place in rows}.values())
        if all(task.status is not Status.DONE for task in tasks):
            yield replace(_conflict(tasks, diagnostic.message, diagnostic.suggestion), cells=diagnostic.cells)


def _conflict(tasks: Sequence[Task], message: str, suggestion: str = "") -> Conflict:
    return conflict_of(
        TYPE,
        tasks,
        "Depends on",
        message,
        identity=(message,),
        evidence=(message,),
        resolutions=[note(suggestion or TYPE.advice)],
    )
