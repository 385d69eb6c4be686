"""Cycle: tasks wait for each other in a circle, so none of them can ever start.

Definition: a circle of hard dependencies between open tasks that no schedule satisfies. Data: Depends on. Severity:
the rework at risk when the cheapest relation is ignored. Ways out: cut it there; or split a contract off its
predecessor at max(1, 0.1 e) ED and wait for that only, where it is cheaper.

    Task ID | Team     | Effort | Depends on
    PAY-9   | Payments | 40     | FRD-3
    IDN-4   | Identity | 20     | PAY-9
    FRD-3   | Fraud    | 30     | IDN-4
    FRD-4   | Fraud    | 5      | FRD-3
    -> PAY-9, IDN-4, FRD-3
"""

from collections.abc import Iterator
from dataclasses import replace

from planner.conflicts.circles import circles
from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, note
from planner.domain.conflict import Change, ChangeKind, Conflict, ConflictType, Family, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.plan import CycleFound
from planner.graph.cycles import CYCLE

TYPE = ConflictType(
    "cycle",
    Family.ORDER,
    Severity.ERROR,
    "Tasks wait for each other in a circle",
    "Remove one of the dependencies, or split a contract off that can come first.",
)
LEAST_CONTRACT = 1.0
"""ED that a contract takes at least."""
CONTRACT_SHARE = 0.1
"""Part of a task's effort that its contract takes."""


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each relation that has to be cut."""
    broken = circles(context)
    for cycle, said in zip(broken.cycles, broken.diagnostics, strict=False):  # those of soft cycles come after
        if said.rule is CYCLE:
            yield _conflict(context, cycle)


def _conflict(context: Context, cycle: CycleFound) -> Conflict:
    predecessor, successor = cycle.cut
    effort = context.effort.get(successor, 0.0)
    contract = max(LEAST_CONTRACT, CONTRACT_SHARE * context.effort.get(predecessor, 0.0))
    path = " -> ".join(cycle.path)
    cut = Change(ChangeKind.CUT, successor, predecessor)
    ways = [Resolution(f"Drop the dependency of {successor} on {predecessor}", (cut,), extra=cycle.cost)]
    if contract < cycle.cost:
        text = f"Split the contract of {predecessor} off ({contract:.1f} ED), and let {successor} wait for that only"
        ways.append(note(text, extra=contract))
    conflict = conflict_of(
        TYPE,
        [context.task[task] for task in dict.fromkeys(cycle.path)],
        "Depends on",
        f'"{path}": each waits for the one before it, so none can ever start; '
        f'planned as if "{successor}" did not wait for "{predecessor}".',
        identity=sorted(set(cycle.path)),
        evidence=[path],
        at_risk=[(successor, cycle.cost / effort)] if effort else [],
        resolutions=ways,
    )
    return replace(conflict, cells=cycle.cells or conflict.cells)
