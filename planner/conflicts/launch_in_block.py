"""Launch in a block: a launch that a block forbids, or that a block moves past its item's target.

Definition: (1) an actual launch on a day of a block of its scope without an override: an error, although the task is
done; (2) a task that is planned to finish in time and launches only after a block, past the target of an item. Data:
Calendar (block, Scope), Overrides, Actual launch, Target, Touches. Severity: none. Ways out: an override; or launch
before the block.

    Task ID | Team | Effort | Actual launch | Status
    API-1   | Api  | 10     | 2026-08-12    | done
    API-2   | Api  | 10     | 2026-08-21    | done

    Name   | Kind  | Start      | End        | Scope
    Freeze | block | 2026-08-10 | 2026-08-14 | team:Api
    -> API-1
"""

from collections.abc import Iterator
from dataclasses import replace

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, named, note
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import CalendarEvent, EventKind, Status, Task, id_key
from planner.domain.scopes import covers, scopes_of_task

TYPE = ConflictType(
    "launch-in-block",
    Family.ORDER,
    Severity.WARNING,
    "A block is in the way of a launch",
    "Ask for an override, or launch before the block.",
)
BROKEN = replace(TYPE, severity=Severity.ERROR, title="Launched while it was blocked")


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each task and block."""
    blocks = sorted(
        (event for event in context.roadmap.calendar if event.kind is EventKind.BLOCK),
        key=lambda event: (event.start, event.name),
    )
    opened = {(id_key(o.task), id_key(o.block)) for o in context.roadmap.overrides if o.approved_by.strip()}
    teams = {id_key(team.name): team for team in context.roadmap.teams}
    for task in context.tasks if blocks else ():
        scopes = scopes_of_task(task, teams)
        for block in blocks:
            if (id_key(task.id), id_key(block.name)) not in opened and covers(block, scopes):
                if task.actual_launch and block.start <= task.actual_launch <= block.end:
                    yield _conflict(BROKEN, task, block, f"was launched on {task.actual_launch}, in")
                elif _delays(context, task, block):
                    yield _conflict(TYPE, task, block, "is finished in time and misses its target because of")


def _delays(context: Context, task: Task, block: CalendarEvent) -> bool:
    """Whether the plan is in time but for this block, which lies between the last day of work and the launch."""
    planned = context.planned.get(task.id)
    if planned is None or planned.launch is None or task.status is Status.DONE:
        return False
    targets = (t.last for i in map(id_key, task.items) if i in context.item for t in context.item[i].targets)
    held = planned.finish < planned.launch and block.start < planned.launch and planned.finish <= block.end
    return held and any(planned.finish <= target < planned.launch and target <= block.end for target in targets)


def _conflict(type_: ConflictType, task: Task, block: CalendarEvent, what: str) -> Conflict:
    return conflict_of(
        type_,
        [task],
        "Actual launch" if type_ is BROKEN else "Title",
        f'{named(task)} {what} the block "{block.name}" ({block.start} to {block.end}), which no override opens.',
        identity=(task.id, block.name),
        evidence=(str(task.actual_launch), str(block.start), str(block.end)),
        resolutions=[note(f'Ask for an override of "{block.name}" for {task.id}')],
    )
