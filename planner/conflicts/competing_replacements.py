"""Competing replacements: two teams replace the same component, each in its own way.

Definition: open tasks of different teams replace one component, neither waits for the other. No conflict of this type
are tasks declared to belong together, tasks that contradict each other on a value, and tasks that replace the same
task, which are a contested replacement. Data: Touches, Depends on. Severity: all efforts but the largest. Ways out:
keep one of them; merge one into the other.

    Task ID | Team     | Effort | Touches          | Depends on
    TAX-6   | Tax      | 55     | tax-engine:replace |
    INV-7   | Invoicing| 30     | tax-engine:replace |
    PAY-1   | Payments | 20     | router:replace   |
    WAL-1   | Wallet   | 20     | router:replace   | PAY-1
    -> INV-7, TAX-6
"""

from collections.abc import Iterator, Sequence
from itertools import permutations

from planner.conflicts.context import Context
from planner.conflicts.parts import (
    component_name,
    conflict_of,
    dearest_kept,
    disagree,
    keep,
    listed,
    members,
    merge,
    named,
    touched,
    unsettled,
)
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Task, TouchMode

TYPE = ConflictType(
    "competing-replacements",
    Family.DUPLICATE,
    Severity.WARNING,
    "Two teams replace the same component",
    "Agree on one replacement; merge or drop the other.",
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict a component."""
    for key in sorted(context.touching):
        pairs = unsettled(context, touched(context, key, TouchMode.REPLACE))
        rivals = members([pair for pair in pairs if _compete(*pair)])
        if rivals:
            yield _conflict(context, component_name(context, key, rivals), rivals)


def _compete(one: Task, other: Task) -> bool:
    return (
        not set(one.teams) & set(other.teams)
        and not set(one.replaces) & set(other.replaces)
        and not disagree(one, other)
    )


def _conflict(context: Context, name: str, rivals: Sequence[Task]) -> Conflict:
    pairs = permutations(rivals, 2) if len(rivals) == 2 else ()
    return conflict_of(
        TYPE,
        rivals,
        "Touches",
        f"{listed([named(task) for task in rivals])} each replace {name}: one replacement is enough.",
        identity=[name],
        evidence=[task.id for task in rivals],
        at_risk=dearest_kept(context, rivals),
        components=[name],
        resolutions=[
            *(keep(task, rivals) for task in rivals),
            *(merge(context, away, into) for away, into in pairs),
        ],
    )
