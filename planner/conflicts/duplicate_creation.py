"""Duplicate creation: the same thing is built twice.

Definition: two open tasks create the same component, neither waits for the other, and nothing says that one is split
from, replaces or stands for the other; or one is declared a Duplicate of the other and both are planned. Data:
Touches, Duplicate of, Split from. Severity: all efforts but the largest. Ways out: merge one into the other, which
saves 0.8 of its effort and takes a hand-off.

    Task ID | Team     | Effort | Touches               | Duplicate of
    CEX-3   | Explorer | 31     | tag-normaliser:create |
    FOR-5   | Forecast | 26     | tag-normaliser:create |
    REF-4   | Refunds  | 26     | money-format:create   |
    WAL-3   | Wallet   | 26     |                       | REF-4
    -> CEX-3, FOR-5
    -> REF-4, WAL-3
"""

from collections.abc import Iterator, Sequence
from itertools import permutations

from planner.conflicts.context import Context
from planner.conflicts.parts import (
    component_name,
    conflict_of,
    dearest_kept,
    disagree,
    linked,
    listed,
    members,
    merge,
    named,
    touched,
    unsettled,
)
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Task, TouchMode, id_key

TYPE = ConflictType(
    "duplicate-creation",
    Family.DUPLICATE,
    Severity.WARNING,
    "Built twice",
    "Let one team build it and merge the other task into that one.",
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each component that is created twice, then one for each group of declared duplicates."""
    for key in sorted(context.touching):
        pairs = unsettled(context, touched(context, key, TouchMode.CREATE))
        builders = members([pair for pair in pairs if not _is_split(*pair) and not disagree(*pair)])
        if builders:
            name = component_name(context, key, builders)
            yield _conflict(context, builders, "Touches", f"create {name}", [name])
    for same in linked(context, lambda task: task.duplicate_of):
        yield _conflict(context, same, "Duplicate of", "are declared to be the same work", [])


def _is_split(one: Task, other: Task) -> bool:
    """Whether two tasks are parts of one: one was split from the other, or both from the same."""
    return bool({one.id, *one.split_from} & {other.id, *other.split_from})


def _conflict(context: Context, tasks: Sequence[Task], column: str, what: str, components: Sequence[str]) -> Conflict:
    return conflict_of(
        TYPE,
        tasks,
        column,
        f"{listed([named(task) for task in tasks])} {what}: it would be built {_times(len(tasks))}.",
        identity=[*components, *(task.id for task in tasks)],
        evidence=[task.id for task in tasks],
        at_risk=dearest_kept(context, tasks),
        components=components,
        resolutions=[merge(context, away, into) for away, into in _merges(context, tasks, components)],
    )


def _merges(context: Context, tasks: Sequence[Task], components: Sequence[str]) -> Sequence[tuple[Task, Task]]:
    """(merged, kept) of two tasks either way, of more all into one; first as declared, then into the owner's task.

    Otherwise the larger task is merged away: that saves more.
    """
    owners = [context.component[key].owner for key in map(id_key, components) if key in context.component]

    def order(pair: tuple[Task, Task]) -> tuple[bool, bool, float, str]:
        away, into = pair
        declared = into.id in away.duplicate_of
        return not declared, into.owner not in owners, -context.effort.get(away.id, 0.0), away.id

    pairs = sorted(permutations(tasks, 2), key=order)
    return pairs if len(tasks) == 2 else [pair for pair in pairs if pair[1] is pairs[0][1]]


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"
