"""Superseded still planned: a task is planned though another one makes its result obsolete.

Definition: an open task that is named in Replaces of another task, open or done, and is not deliberately built first:
a bridge, of which the replacing task waits, is none. Data: Replaces, Depends on. Severity: the whole effort of the
task. Ways out: drop it; declare it a bridge (its work is then spent knowingly); or do without the replacement.

    Task ID | Team    | Effort | Replaces | Depends on
    EXP-2   | Exports | 22     |          |
    EXP-6   | Exports | 31     | EXP-2    |
    DUN-1   | Dunning | 5      |          |
    DUN-2   | Dunning | 9      | DUN-1    | DUN-1
    -> EXP-2, EXP-6
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, drop, listed, named, waits
from planner.domain.conflict import Conflict, ConflictType, Family, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Status, Task

TYPE = ConflictType(
    "superseded-still-planned",
    Family.CONTRADICTION,
    Severity.WARNING,
    "Planned though it is superseded",
    "Drop the superseded task, or let its replacement depend on it if it is meant as a bridge.",
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each superseded task."""
    replacing: dict[str, list[Task]] = defaultdict(list)
    for task in context.tasks:
        for superseded in task.replaces:
            replacing[superseded].append(task)
    for old in context.open_tasks:
        unaware = [task for task in replacing[old.id] if not context.is_before(old.id, task.id)]
        if unaware:
            yield _conflict(context, old, unaware)


def _conflict(context: Context, old: Task, replacing: Sequence[Task]) -> Conflict:
    names = listed([named(task) for task in replacing])
    return conflict_of(
        TYPE,
        [old, *replacing],
        "Replaces",
        f"{named(old)} is planned though {names} {'replaces' if len(replacing) == 1 else 'replace'} it.",
        identity=[old.id],
        evidence=[f"{task.id} replaces {old.id}" for task in replacing],
        at_risk=[(old.id, 1.0)],
        resolutions=list(_ways(context, old, replacing)),
    )


def _ways(context: Context, old: Task, replacing: Sequence[Task]) -> Iterator[Resolution]:
    yield drop([old])
    if all(task.status is not Status.DONE for task in replacing):
        for bridge in waits(context, replacing, [old]):
            text = f"Build {old.id} as a bridge: {bridge.text}"
            yield replace(bridge, text=text, extra=context.effort.get(old.id, 0.0))
        yield drop(replacing, f" and keep {old.id}")
