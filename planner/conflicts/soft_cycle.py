"""Soft cycle: a soft dependency asks for the opposite of what the hard ones demand.

Definition: a soft relation that would close a circle with the others. Data: Depends on (`soft:`). Severity: rework
probability times impact (0.09) of the task that ought to come later. Way out: drop the soft relation.

    Task ID | Team | Effort | Depends on
    API-1   | Api  | 10     | soft:API-3
    API-2   | Api  | 10     | API-1
    API-3   | Api  | 10     | API-2
    -> API-1, API-2, API-3
"""

from collections.abc import Iterator
from dataclasses import replace

from planner.conflicts.circles import circles
from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of
from planner.domain.conflict import Change, ChangeKind, Conflict, ConflictType, Family, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Status

TYPE = ConflictType(
    "soft-cycle",
    Family.ORDER,
    Severity.WARNING,
    "A soft dependency contradicts the others",
    "Remove the soft dependency, or turn it round.",
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each soft relation that cannot be kept."""
    weights = context.settings.weights
    for cycle in circles(context).soft:
        predecessor, successor = cycle.cut
        tasks = [context.task[task] for task in dict.fromkeys(cycle.path)]
        if any(task.status is Status.DONE for task in tasks):
            continue
        path = " -> ".join(cycle.path)
        conflict = conflict_of(
            TYPE,
            tasks,
            "Depends on",
            f'"{path}": "{successor}" ought to come after "{predecessor}", but the other dependencies say the '
            "opposite; the soft one cannot be kept.",
            identity=sorted(set(cycle.path)),
            evidence=[path],
            at_risk=[(successor, weights.rework_probability * weights.rework_impact)],
            resolutions=[
                Resolution(
                    f"Drop the soft dependency of {successor} on {predecessor}",
                    (Change(ChangeKind.CUT, successor, predecessor),),
                )
            ],
        )
        yield replace(conflict, cells=cycle.cells or conflict.cells)
