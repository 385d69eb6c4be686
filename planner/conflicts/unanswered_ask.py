"""Unanswered ask: an item asks a team for something, and the team has no task for it.

Definition: a row of Asks for an open item whose team takes part in no task of that item. Data: Asks, Item ID(s),
Team. Severity: none, nothing is lost yet. Way out: the team takes it. "ASK-41 | Metering" in Asks, and no task of
Metering for ASK-41, is one.
"""

from collections.abc import Iterator
from dataclasses import replace

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of
from planner.domain.conflict import Change, ChangeKind, Conflict, ConflictType, Family, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Status, id_key

TYPE = ConflictType(
    "unanswered-ask",
    Family.ORDER,
    Severity.NOTE,
    "Asked, and not taken up",
    "Ask the team for a task, or take the ask back.",
)


def detect(context: Context) -> Iterator[Conflict]:
    """One conflict for each item and team."""
    taken = {(id_key(item), id_key(team)) for task in context.tasks for item in task.items for team in task.teams}
    asks = {(id_key(ask.item), id_key(ask.team)): ask for ask in reversed(context.roadmap.asks)}
    for item_key, team_key in sorted(asks.keys() - taken):
        ask, item = asks[item_key, team_key], context.item.get(item_key)
        if item is None or item.status in (Status.DONE, Status.DROPPED):
            continue
        conflict = conflict_of(
            TYPE,
            (),
            "Team",
            f'"{item.id}" ({item.title}) asks {ask.team} for something{f" ({ask.note})" if ask.note else ""}, and '
            f"{ask.team} has no task for it; not planned.",
            identity=(item.id, ask.team),
            evidence=(item.id, ask.team),
            resolutions=[
                Resolution(f"Let {ask.team} take it", (Change(ChangeKind.ASSIGN, item.id, value=ask.team),))
            ],
        )
        yield replace(conflict, teams=(ask.team,), items=(item.id,), cells=(ask.source.cell("Team"),))
