"""Colliding experiments: two tests use the same people at the same time, so neither result can be read.

Definition: two open hypotheses name one treatment group, and their open tests are in no order (with a plan: run on
common days). Data: Hypotheses (Treatment group, Tested by), Depends on. Severity: the effort of the smaller test,
which has to be repeated. Ways out: one test after the other, in either order; or another treatment group.

    Task ID | Team | Effort | Depends on
    WEB-1   | Web  | 5      |
    WEB-2   | Web  | 8      |
    WEB-3   | Web  | 8      | WEB-1; WEB-2

    Hypothesis ID | Statement | Treatment group | P(success) | Tested by
    H-1           | Blue sells | new customers   | 0.8        | WEB-1
    H-2           | Big sells  | New customers   | 0.5        | WEB-2
    H-3           | Red sells  | new customers   | 0.5        | WEB-3
    -> WEB-1, WEB-2
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, named, note, waits
from planner.conflicts.waiting import open_hypotheses, tests
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Hypothesis, Task, id_key

TYPE = ConflictType(
    "colliding-experiments",
    Family.DECISION,
    Severity.WARNING,
    "Two tests on the same people",
    "Run one test after the other, or on another treatment group.",
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each two tests of one treatment group."""
    groups: dict[str, list[tuple[Hypothesis, Task]]] = defaultdict(list)
    for hypothesis in open_hypotheses(context):
        if hypothesis.treatment_group:
            groups[id_key(hypothesis.treatment_group)] += [(hypothesis, task) for task in tests(context, hypothesis)]
    for group in sorted(groups):
        for (one, first), (other, second) in combinations(groups[group], 2):
            if one is not other and first is not second and _collide(context, first, second):
                yield _conflict(context, one, first, other, second)


def _collide(context: Context, first: Task, second: Task) -> bool:
    if context.are_ordered(first.id, second.id):
        return False
    one, other = context.planned.get(first.id), context.planned.get(second.id)
    return one is None or other is None or (one.start <= other.finish and other.start <= one.finish)


def _conflict(context: Context, one: Hypothesis, first: Task, other: Hypothesis, second: Task) -> Conflict:
    smaller = min((first, second), key=lambda task: (context.effort.get(task.id, 0.0), task.id))
    return conflict_of(
        TYPE,
        [first, second],
        "Title",
        f'{named(first)} and {named(second)} test "{one.id}" and "{other.id}" on {one.treatment_group} at the same '
        "time: neither result can be read; planned side by side.",
        identity=tuple(sorted((one.id, other.id, first.id, second.id))),
        evidence=(one.treatment_group,),
        at_risk=[(smaller.id, 1.0)],
        resolutions=[
            *waits(context, [second], [first]),
            *waits(context, [first], [second]),
            note(f"Give {other.id} another treatment group"),
        ],
    )
