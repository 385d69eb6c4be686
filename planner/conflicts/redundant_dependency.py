"""Redundant dependency: a relation that others imply already.

Definition: a finish-to-start relation without lag between open tasks that a path of hard finish-to-start relations
with no negative lag implies (transitive reduction). Data: Depends on. Severity: none, it is hygiene. Way out: remove
it.

    Task ID | Team | Effort | Depends on
    API-1   | Api  | 10     |
    API-2   | Api  | 10     | API-1
    API-3   | Api  | 10     | API-1; API-2
    API-4   | Api  | 10     | API-1 FS+3d; API-2
    -> API-3, API-1
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of
from planner.domain.conflict import Change, ChangeKind, Conflict, ConflictType, Family, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Dependency, Link, Strength, Task

TYPE = ConflictType(
    "redundant-dependency",
    Family.ORDER,
    Severity.NOTE,
    "A dependency that others imply",
    "Remove it: the plan stays the same and the table gets easier to read.",
    hygiene=True,
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each relation that can go; none in or behind a circle, which is to be cut first."""
    open_ids = {task.id for task in context.open_tasks}
    before = {task.id: _predecessors(task, open_ids) for task in context.open_tasks}
    order = _sorted(before)
    ancestors = _ancestors(order, before)
    for task in context.open_tasks:
        for relation in task.depends_on:
            others = (ancestors[p][0] for p in before[task.id] if p in ancestors)
            if relation.predecessor in ancestors and _is_plain(relation):
                bit = ancestors[relation.predecessor][1]
                if any(other & bit for other in others):
                    yield _conflict(context, task, relation)


def _sorted(before: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Tasks after all that come before them, without those in or behind a circle."""
    sorter = TopologicalSorter(before)
    with suppress(CycleError):  # it then goes on as far as the circles allow
        sorter.prepare()
    order: list[str] = []
    while ready := sorter.get_ready():
        order += ready
        sorter.done(*ready)
    return tuple(order)


def _predecessors(task: Task, open_ids: set[str]) -> Sequence[str]:
    """Open tasks that have finished before the task starts, whatever else holds."""
    found = (
        d.predecessor
        for d in task.depends_on
        if d.link is Link.FS and d.strength is not Strength.SOFT and d.lag >= 0 and d.predecessor in open_ids
    )
    return tuple(dict.fromkeys(found))


def _is_plain(relation: Dependency) -> bool:
    return relation.link is Link.FS and relation.strength is Strength.HARD and relation.lag == 0


def _ancestors(order: Sequence[str], before: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[int, int]]:
    """By task (all that come before it, itself) as sets of bits: 10,000 tasks take 13 MB and a few milliseconds."""
    found: dict[str, tuple[int, int]] = {}
    for place, task in enumerate(order):
        bits = 0
        for predecessor in before[task]:
            bits |= found[predecessor][0] | found[predecessor][1]
        found[task] = (bits, 1 << place)
    return found


def _conflict(context: Context, task: Task, relation: Dependency) -> Conflict:
    other = context.task[relation.predecessor]
    return conflict_of(
        TYPE,
        [task, other],
        "Depends on",
        f'"{task.id}" depends on "{other.id}", for which it waits already through another task; it changes nothing.',
        identity=(task.id, other.id),
        evidence=(task.id, other.id),
        resolutions=[
            Resolution(
                f"Remove {other.id} from Depends on of {task.id}", (Change(ChangeKind.CUT, task.id, other.id),)
            )
        ],
    )
