"""Interface clash: a breaking change for whose consumers nobody has planned the move, or several moves for one.

Definition: an open task replaces or removes a component with Consumers, and a consuming team other than its own has
no task that waits for it or touches the component except before it. Besides, with a plan: two breaking releases of
one component, of one team or in a given order, launch further apart than the release window: consumers move twice.
Data: Touches; Components (Consumers). Severity: the effort of the moves that nobody planned, or of the second move.
Ways out: the consumers plan their move; the releases go out together.

    Task ID | Team      | Effort | Touches             | Depends on
    INV-2   | Invoicing | 76     | invoice-api:replace |
    REF-2   | Refunds   | 48     | invoice-api:read    | INV-2
    Component   | Owner     | Consumers
    invoice-api | Invoicing | Refunds=3; Console=4
    -> INV-2
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from planner.conflicts.context import Context
from planner.conflicts.parts import BREAKS, conflict_of, listed, named, note, touched
from planner.domain.calendar import Calendar
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Component, Task, id_key
from planner.report.wording import number

TYPE = ConflictType(
    "interface-clash",
    Family.CONTRADICTION,
    Severity.WARNING,
    "A breaking change that its consumers have not planned for",
    "Let every consumer plan its move, and release breaking changes together.",
)
Moves = Sequence[tuple[str, float]]
"""(consuming team, ED to migrate)"""


def detect(context: Context) -> Iterator[Conflict]:
    """For each component with consumers the changes that nobody follows, and the releases that are apart."""
    for key, component in sorted(context.component.items()):
        breaking = touched(context, key, *BREAKS) if component.consumers else ()
        for task in breaking:
            unplanned = _unplanned(context, component, task)
            if unplanned:
                yield _unfollowed(context, component, task, unplanned)
        yield from _apart(context, component, breaking)


def _unplanned(context: Context, component: Component, breaking: Task) -> Moves:
    """The consumers without a task that could be their move."""
    moving = {id_key(team) for task in _followers(context, component, breaking) for team in task.teams}
    moving |= {id_key(team) for team in breaking.teams}
    return [(team, effort) for team, effort in component.consumers if id_key(team) not in moving]


def _followers(context: Context, component: Component, breaking: Task) -> Iterator[Task]:
    """Tasks that wait for the change, or touch the component and are not bound to come before it."""
    for follower in context.successors.get(breaking.id, ()):
        yield context.task[follower]
    for task, _ in context.touching[id_key(component.name)]:
        if not context.is_before(task.id, breaking.id):
            yield task


def _unfollowed(context: Context, component: Component, breaking: Task, unplanned: Moves) -> Conflict:
    moves = sum(effort for _, effort in unplanned)
    teams = listed([f"{team} ({number(effort)} ED)" for team, effort in unplanned])
    have, their = ("has", "plans its") if len(unplanned) == 1 else ("have", "plan their")
    conflict = conflict_of(
        TYPE,
        [breaking],
        "Touches",
        f"{named(breaking)} breaks {component.name}, and {teams} {have} no task to move with it.",
        identity=(component.name, breaking.id),
        evidence=[team for team, _ in unplanned],
        at_risk=[(breaking.id, _share(context, breaking, moves))],
        components=[component.name],
        resolutions=[note(f"{teams} {their} move", extra=moves)],
    )
    return replace(conflict, teams=tuple(dict.fromkeys((*conflict.teams, *(team for team, _ in unplanned)))))


def _apart(context: Context, component: Component, breaking: Sequence[Task]) -> Iterator[Conflict]:
    """Breaking releases that follow each other by more than the window."""
    planned = context.planned
    axis, window = Calendar(context.as_of), context.settings.weights.release_window
    launches = sorted((planned[t.id].launch or planned[t.id].finish, t.id) for t in breaking if t.id in planned)
    moves = sum(effort for _, effort in component.consumers)
    for (first, one), (second, other) in pairwise(launches):
        days = axis.on_or_after(second) - axis.on_or_after(first)
        tasks = context.task[one], context.task[other]
        if days > window and not _are_rivals(context, *tasks):
            yield conflict_of(
                TYPE,
                tasks,
                "Touches",
                f"{listed([named(task) for task in tasks])} both break {component.name}, {days} working days apart: "
                f"its consumers move twice ({number(moves)} ED each time).",
                identity=(component.name, *sorted((one, other))),
                evidence=[f"{team}={number(effort)}" for team, effort in component.consumers],
                at_risk=[(other, _share(context, tasks[1], moves))],
                components=[component.name],
                resolutions=[note(f"Release {one} and {other} together, within {window} working days")],
            )


def _are_rivals(context: Context, one: Task, other: Task) -> bool:
    """Whether two teams break the component without knowing of each other: not both will be released."""
    return not set(one.teams) & set(other.teams) and not context.are_ordered(one.id, other.id)


def _share(context: Context, task: Task, effort: float) -> float:
    """The effort as a share of the task's own, at most all of it."""
    own = context.effort.get(task.id, 0.0)
    return min(1.0, effort / own) if own else 0.0
