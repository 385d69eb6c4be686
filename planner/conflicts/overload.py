"""Overload: a team has promised more than it can do, or is asked by more than its members can answer.

Definition: (1) the work due by some date is more than the team has until then (`PlannedTeam.overload` above 1); (2)
the open items that ask a team are more than `ASKS_PER_MEMBER` (assumed) for each of its engineers. Data: Target, Due,
Effort, Teams, Capacity; Asks. Severity: none. Ways out: move a target, give work to others, add engineers.
A team of 5 that 42 items ask has 8.4 each, and is overloaded.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, note
from planner.domain.cells import Cell
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.plan import PlannedTeam
from planner.domain.roadmap import Ask, Status, Team, id_key

TYPE = ConflictType(
    "overload",
    Family.COVERAGE,
    Severity.WARNING,
    "More is promised than a team can do",
    "Move a target, give work to another team, or add engineers for a time.",
)
ASKS_PER_MEMBER = 5
"""Assumed: more asks than this at once nobody can answer."""


def detect(context: Context) -> Iterator[Conflict]:
    """At most two conflicts a team: its own work, and what others ask of it."""
    for planned in sorted(context.plan.teams, key=lambda team: team.name) if context.plan else ():
        if planned.overload > 1:
            yield _promised(context, planned)
    asks: dict[str, dict[str, Ask]] = defaultdict(dict)
    for ask in context.roadmap.asks:
        item = context.item.get(id_key(ask.item))
        if item and item.status in (Status.PLANNED, Status.IN_PROGRESS):
            asks[id_key(ask.team)].setdefault(item.id, ask)
    for team in sorted(context.roadmap.teams, key=lambda team: team.name):
        found = asks.get(id_key(team.name), {})
        if team.engineers and len(found) > ASKS_PER_MEMBER * team.engineers:
            yield _asked(team, team.engineers, found)


def _promised(context: Context, team: PlannedTeam) -> Conflict:
    tasks = [context.task[task] for task in team.queue if task in context.task]
    conflict = conflict_of(
        TYPE,
        tasks,
        "Team",
        f"{team.name} is due to do {team.overload_due:.0f} ED by {team.overload_last} and has "
        f"{team.overload_has:.0f} until then ({team.overload:.0%}); planned late.",
        identity=(team.name, "work"),
        evidence=(f"{team.overload:.1f}",),
        resolutions=[note(f"Move targets of {team.name}, or give work to another team")],
    )
    return replace(conflict, teams=(team.name,))


def _asked(team: Team, engineers: float, asks: dict[str, Ask]) -> Conflict:
    items = tuple(sorted(asks))
    cells: tuple[Cell, ...] = tuple(asks[item].source.cell("Team") for item in items)
    conflict = conflict_of(
        TYPE,
        (),
        "Team",
        f"{team.name} is asked by {len(items)} items and has {engineers:g} engineers: "
        f"{len(items) / engineers:.1f} for each of them.",
        identity=(team.name, "asks"),
        evidence=(str(len(items)), f"{engineers:g}"),
        resolutions=[note(f"Put the asks of {team.name} in order, or add engineers")],
    )
    return replace(conflict, teams=(team.name,), items=items, cells=cells)
