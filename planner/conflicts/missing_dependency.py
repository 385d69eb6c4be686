"""Missing dependency: the tables imply that one task needs another, and no dependency says so.

Definition: an open task needs key=value that only open tasks set and is in no order with any of them; or it reads,
extends or changes a component that another open task creates, in no order with it. Data: Needs, Sets, Touches,
Depends on. Severity: rework probability times impact (0.09) of the task that should wait. Way out: type the
dependency.

    Task ID | Team      | Effort | Sets                  | Needs                 | Touches    | Depends on
    INV-2   | Invoicing | 76     | invoice-api.version=2 |                       | cache:create |
    REF-2   | Refunds   | 48     |                       | invoice-api.version=2 |            |
    CON-1   | Console   | 5      |                       |                       | cache:read |
    CON-2   | Console   | 5      |                       | invoice-api.version=2 | cache:read | INV-2
    -> REF-2, INV-2
    -> CON-1, INV-2
"""

from collections.abc import Iterator, Sequence

from planner.conflicts.context import Context
from planner.conflicts.parts import are_declared, component_name, conflict_of, named, touched
from planner.domain.conflict import Change, ChangeKind, Conflict, ConflictType, Family, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Status, Task, TouchMode, id_key

TYPE = ConflictType(
    "missing-dependency",
    Family.ORDER,
    Severity.WARNING,
    "A dependency that nobody typed",
    "Type the dependency, so that the plan keeps it.",
)
USES = (TouchMode.READ, TouchMode.EXTEND, TouchMode.CHANGE)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each key or component that a task needs."""
    for key in sorted(context.needing):
        for task, need in context.needing[key]:
            setters = [t for t, s in context.setting.get(key, ()) if id_key(s.value) == id_key(need.value)]
            if _is_missing(context, task, setters):
                yield _conflict(context, task, setters[0], f"{need.key}={need.value}", "Needs", "sets", ())
    for key in sorted(context.touching):
        creators = touched(context, key, TouchMode.CREATE)
        for task in touched(context, key, *USES) if creators else ():
            if _is_missing(context, task, creators):
                name = component_name(context, key, [task])
                yield _conflict(context, task, creators[0], name, "Touches", "creates", (name,))


def _is_missing(context: Context, task: Task, providers: Sequence[Task]) -> bool:
    """Whether open tasks alone provide it, and the task, still to begin, is in no relation with any of them."""
    return (
        bool(providers)
        and task.status is Status.PLANNED
        and not any(
            provider.status is Status.DONE
            or provider is task
            or are_declared(task, provider)
            or context.are_ordered(task.id, provider.id)
            for provider in providers
        )
    )


def _conflict(
    context: Context, task: Task, provider: Task, what: str, column: str, verb: str, components: Sequence[str]
) -> Conflict:
    weights = context.settings.weights
    return conflict_of(
        TYPE,
        [task, provider],
        column,
        f"{named(task)} needs {what}, which {named(provider)} {verb}, and does not wait for it; "
        "planned in no fixed order.",
        identity=(task.id, what),
        evidence=(provider.id, what),
        at_risk=[(task.id, weights.rework_probability * weights.rework_impact)],
        components=components,
        resolutions=[
            Resolution(f"Let {task.id} wait for {provider.id}", (Change(ChangeKind.LINK, task.id, provider.id),))
        ],
    )
