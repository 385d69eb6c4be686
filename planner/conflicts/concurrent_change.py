"""Concurrent change: several teams write one component and nothing says who goes first.

Definition: open tasks of different teams extend or change one component, and neither waits for the other. Pairs that
are declared to belong together or that contradict each other on a value are conflicts of their own. Data: Touches,
Depends on. Severity: theta of the order that throws away less (nothing for two extensions); the days on which two
teams work on it at once are in the plan's resistance. Ways out: order the two; or agree on who integrates.

    Task ID | Team    | Effort | Touches         | Depends on
    PAY-1   | Payments| 20     | router:change   |
    WAL-1   | Wallet  | 10     | router:change   |
    FRD-1   | Fraud   | 10     | router:extend   | PAY-1; WAL-1
    -> PAY-1, WAL-1
"""

from collections.abc import Iterator, Sequence

from planner.conflicts.context import Context
from planner.conflicts.parts import (
    EXTENDS,
    by_team,
    component_name,
    conflict_of,
    disagree,
    members,
    note,
    touched,
    unsettled,
    waits,
)
from planner.domain.conflict import Conflict, ConflictType, Family, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Task, TouchMode, id_key

TYPE = ConflictType(
    "concurrent-change",
    Family.CONTRADICTION,
    Severity.WARNING,
    "Several teams change it at once",
    "Put the changes in an order (Depends on), or agree on who integrates them.",
)
Pairs = Sequence[tuple[Task, Task]]


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict a component."""
    for key in sorted(context.touching):
        pairs = [
            (one, other)
            for one, other in unsettled(context, touched(context, key, *EXTENDS))
            if not set(one.teams) & set(other.teams) and not disagree(one, other)
        ]
        if pairs:
            yield _conflict(context, key, pairs)


def _conflict(context: Context, key: str, pairs: Pairs) -> Conflict:
    tasks = members(pairs)
    name = component_name(context, key, tasks)
    return conflict_of(
        TYPE,
        tasks,
        "Touches",
        f"{by_team(tasks)} change {name}, and nothing says in which order.",
        identity=[name],
        evidence=[task.id for task in tasks],
        at_risk=sorted(_at_risk(context, key, pairs).items()),
        components=[name],
        resolutions=[
            *(way for one, other in pairs if len(pairs) == 1 for way in _orders(context, one, other)),
            note(f"{_integrator(context, key, tasks)} integrates the changes of {name}, one after the other"),
        ],
    )


def _orders(context: Context, one: Task, other: Task) -> Iterator[Resolution]:
    yield from waits(context, [other], [one])
    yield from waits(context, [one], [other])


def _integrator(context: Context, key: str, tasks: Sequence[Task]) -> str:
    """The component's owner, else the team of the first task."""
    owner = context.component[key].owner if key in context.component else ""
    return owner or tasks[0].owner


def _at_risk(context: Context, key: str, pairs: Pairs) -> dict[str, float]:
    """Of each pair the task that loses in the cheaper order, with the largest share that it loses."""
    shares: dict[str, float] = {}
    for pair in pairs:
        _, share, task = min(_lost(context, key, *pair), _lost(context, key, *reversed(pair)))
        if share:
            shares[task] = max(share, shares.get(task, 0.0))
    return shares


def _lost(context: Context, key: str, early: Task, late: Task) -> tuple[float, float, str]:
    """(ED, share, task) that the earlier of two changes loses: the largest theta of what they do to the component."""
    theta = context.settings.weights.supersede
    share = max(theta.get(f"{first}>{second}", 0.0) for first in _modes(early, key) for second in _modes(late, key))
    return share * context.effort.get(early.id, 0.0), share, early.id


def _modes(task: Task, key: str) -> list[TouchMode]:
    return [touch.mode for touch in task.touches if id_key(touch.component) == key and touch.mode in EXTENDS]
