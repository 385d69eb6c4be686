"""Bottleneck team: one team for which more is waited than for all the others in proportion.

Definition: the team whose tasks wait longest for its own capacity, where that is at least `LEAST_SHARE` (assumed) of
all such days of at least two teams, and `LEAST_DAYS`. Data: the plan. Severity: none. Ways out: add engineers there
first, or give its work to others. Of 40 days that all tasks wait for capacity, 30 in Ledger make it the bottleneck.
"""

from collections.abc import Iterator
from dataclasses import replace

from planner.conflicts.context import Context
from planner.conflicts.parts import conflict_of, note
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity

TYPE = ConflictType(
    "bottleneck-team",
    Family.COVERAGE,
    Severity.NOTE,
    "One team holds up most",
    "An engineer more helps here first.",
)
LEAST_SHARE = 0.25
LEAST_DAYS = 20


def detect(context: Context) -> Iterator[Conflict]:
    """At most one conflict."""
    waiting = [team for team in context.plan.teams if team.waiting_days] if context.plan else []
    if len(waiting) < 2:
        return
    total = sum(team.waiting_days for team in waiting)
    worst = min(waiting, key=lambda team: (-team.waiting_days, team.name))
    if worst.waiting_days >= max(LEAST_DAYS, LEAST_SHARE * total):
        conflict = conflict_of(
            TYPE,
            [context.task[task] for task in worst.queue if task in context.task],
            "Team",
            f"The tasks of {worst.name} wait {worst.waiting_days} working days for its own engineers, "
            f"{worst.waiting_days / total:.0%} of all such waiting.",
            identity=(worst.name,),
            evidence=(worst.name,),
            resolutions=[note(f"Add engineers to {worst.name} first, or give its work to another team")],
        )
        yield replace(conflict, teams=(worst.name,))
