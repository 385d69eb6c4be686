"""Contested replacement: two tasks replace the same task.

Definition: two open tasks name one task (open or done) in Replaces, neither waits for the other, nothing declares
that they belong together, and none that replaces it is done. Data: Replaces, Depends on. Severity: all efforts but
the largest. Ways out: keep one of them.

    Task ID | Team    | Effort | Replaces | Depends on
    SUB-2   | Subs    | 13     |          |
    DUN-4   | Dunning | 44     | SUB-2    | SUB-2
    CON-8   | Console | 22     | SUB-2    | SUB-2
    -> CON-8, DUN-4
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, dearest_kept, keep, listed, members, named, open_decisions, unsettled
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Status, Task

TYPE = ConflictType(
    "contested-replacement",
    Family.CONTRADICTION,
    Severity.WARNING,
    "Two tasks replace the same one",
    "Agree on one replacement and drop the other.",
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each task with rivals for its place."""
    replacing: dict[str, list[Task]] = defaultdict(list)
    for task in context.tasks:
        for old in task.replaces:
            replacing[old].append(task)
    for old in sorted(replacing):
        if all(task.status is not Status.DONE for task in replacing[old]):
            rivals = members(unsettled(context, replacing[old]))
            if rivals:
                yield _conflict(context, old, rivals)


def _conflict(context: Context, old: str, rivals: Sequence[Task]) -> Conflict:
    decisions = open_decisions(context, rivals)
    both = "both" if len(rivals) == 2 else "all"
    question = f" {listed(decisions)} is still open." if decisions else ""
    return conflict_of(
        TYPE,
        rivals,
        "Replaces",
        f"{listed([named(task) for task in rivals])} {both} replace {old}: one of them is enough.{question}",
        identity=[old],
        evidence=[f"{task.id} replaces {old}" for task in rivals],
        at_risk=dearest_kept(context, rivals),
        decisions=decisions,
        resolutions=[keep(task, rivals) for task in rivals],
    )
