"""Alternatives both planned: of tasks that stand for each other more than one is planned.

Definition: open tasks linked by Alternative to, directly or through others, none of which is done. Dropping all but
one answers the question; so does finishing one. Data: Alternative to. Severity: all efforts but the largest. Ways
out: keep one of them.

    Task ID | Team     | Effort | Alternative to | Status
    PAY-4   | Payments | 20     |                |
    FRD-2   | Fraud    | 30     | PAY-4          |
    TAX-1   | Tax      | 10     |                | done
    TAX-2   | Tax      | 10     | TAX-1          |
    -> FRD-2, PAY-4
"""

from collections.abc import Iterator, Sequence

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, dearest_kept, keep, linked, listed, named
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Task

TYPE = ConflictType(
    "alternatives-both-planned",
    Family.CONTRADICTION,
    Severity.WARNING,
    "Both alternatives are planned",
    "Keep one and set the Status of the other to dropped.",
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each group of alternatives."""
    for tasks in linked(context, lambda task: task.alternative_to):
        yield _conflict(context, tasks)


def _conflict(context: Context, tasks: Sequence[Task]) -> Conflict:
    return conflict_of(
        TYPE,
        tasks,
        "Alternative to",
        f"{listed([named(task) for task in tasks])} are alternatives and all planned: only one is needed.",
        identity=[task.id for task in tasks],
        evidence=[task.id for task in tasks],
        at_risk=dearest_kept(context, tasks),
        resolutions=[keep(task, tasks) for task in tasks],
    )
