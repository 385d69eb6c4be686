"""All teams on one time axis: whose calendar, how many engineers, which days off."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.calendar import MONDAY_TO_FRIDAY, Calendar
from planner.domain.roadmap import Roadmap, Task, Team, id_key, natural_key
from planner.domain.scopes import scopes_of
from planner.domain.settings import Settings
from planner.scheduling.capacity import (
    Span,
    Staffing,
    country_code,
    holidays_by_scope,
    never_empty,
    open_days,
    staffing,
    working_weekdays,
)
from planner.scheduling.rules import Notebook

NOBODY = Team("")
"""Stands for the team of a task that nobody has taken: the default calendar, no capacity."""


@dataclass(frozen=True)
class Crew:
    """All teams by key (vendors and nobody, whose key is empty, included) and the time axis they share.

    `teams` are those with a capacity, by resource position; `position` is that position by team key.
    """

    calendar: Calendar
    teams: tuple[Team, ...]
    position: Mapping[str, int]
    staff: Mapping[str, Staffing]
    codes: Mapping[str, str]
    holidays: Mapping[str, tuple[Span, ...]]


def read_crew(roadmap: Roadmap, tasks: Sequence[Task], settings: Settings, as_of: date, notebook: Notebook) -> Crew:
    """Calendars and staffing of all teams; assumptions are noted for those that have work."""
    named = {id_key(team.name): team for team in roadmap.teams}
    used = {id_key(name): name for task in tasks for name in task.teams}
    for key, name in used.items():
        named.setdefault(key, Team(name))
    teams = tuple(named[key] for key in sorted(named, key=natural_key))
    changes = defaultdict(list)
    for change in roadmap.capacity:
        changes[id_key(change.team)].append(change)
    quiet = Notebook()
    notes = {id_key(team.name): notebook if id_key(team.name) in used else quiet for team in teams}
    notes[""] = quiet
    everybody = (*teams, NOBODY)
    codes = {id_key(team.name): country_code(team, settings.defaults, notes[id_key(team.name)]) for team in everybody}
    weekdays = frozenset(MONDAY_TO_FRIDAY).union(*(working_weekdays(code, as_of) for code in codes.values()))
    calendar = Calendar(as_of, tuple(sorted(weekdays)))
    staff = {}
    for team in everybody:
        key = id_key(team.name)
        staff[key] = staffing(team, changes[key], calendar, settings.defaults, notes[key])
        if key in used and not team.is_external:
            staff[key] = never_empty(staff[key], calendar, notebook)
    own = tuple(team for team in teams if not team.is_external)
    position = {id_key(team.name): k for k, team in enumerate(own)}
    return Crew(calendar, own, position, staff, codes, holidays_by_scope(roadmap.calendar, calendar))


def team_days(crew: Crew, horizon: int) -> tuple[list[tuple[int, ...]], Mapping[str, int]]:
    """The distinct rows of open days, and the row of each team by its key."""
    index: dict[tuple[str, tuple[Span, ...]], int] = {}
    rows = {}
    for key, staff in crew.staff.items():
        off = sorted({span for scope in scopes_of([staff.team]) for span in crew.holidays.get(scope, ())})
        rows[key] = index.setdefault((crew.codes[key], tuple(off)), len(index))
    return [open_days(code, crew.calendar, horizon, off) for code, off in index], rows
