"""What another roadmap's plan takes of the teams that both share, as capacity that is not there for this one.

Its plan says how many engineers each team has at work on which days (`PlannedTeam.holds`); operations are in these
days already, on call is taken before. So they become changes of capacity, and every later step knows them as such.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.cells import Cell, Source
from planner.domain.diagnostics import Diagnostic, Rule, Severity
from planner.domain.errors import UserError
from planner.domain.plan import Hold, Plan, Reserved
from planner.domain.roadmap import CapacityChange, Roadmap, Status, id_key
from planner.domain.settings import Settings
from planner.domain.units import TENTHS_PER_ENGINEER
from planner.report.wording import count, day, listing
from planner.scheduling.capacity import Staffing
from planner.scheduling.crew import Crew, read_crew
from planner.scheduling.rules import Notebook

STALE_DAYS = 14
"""A plan that is older no longer says what its teams do."""
SAME_TASKS = 0.5
"""A plan of which so many tasks stand in this roadmap too is a plan of this roadmap."""

STALE_RESERVE = Rule(
    "stale-reserve",
    Severity.WARNING,
    "capacity is reserved by an old plan",
    "Plan the other roadmap again, then this one.",
)
OVERBOOKED = Rule(
    "overbooked-by-reserve",
    Severity.WARNING,
    "another roadmap's plan takes more of a team than it has here",
    "Agree on the size of the team in both workbooks, or on who gets it when.",
)
NOTHING_SHARED = Rule(
    "nothing-reserved",
    Severity.WARNING,
    "another roadmap's plan shares no team with this one",
    "Correct the team's name here or there (Formerly links two names), or leave out --reserve.",
)


@dataclass(frozen=True)
class Reservation:
    """A roadmap without the capacity that another plan takes, what was reserved, and what is doubtful in it."""

    roadmap: Roadmap
    reserved: Reserved
    diagnostics: tuple[Diagnostic, ...]


def reserve(roadmap: Roadmap, other: Plan, path: str, settings: Settings, as_of: date) -> Reservation:
    """Take away what the plan `other`, written to `path`, uses of shared teams from `as_of` on; never below nobody.

    Raises
    ------
    UserError
        If it is a plan of this very roadmap.
    """
    _refuse_own(roadmap, other, path)
    names = _names(roadmap)
    ours = [team for team in other.teams if not team.is_external]
    shared = {team.name: names[id_key(team.name)] for team in ours if id_key(team.name) in names}
    holds = {
        shared[team.name]: [hold for hold in team.holds if hold.last >= as_of] for team in ours if team.name in shared
    }
    source = Source(path, "teams", 0)
    changes = tuple(
        CapacityChange(name, -hold.engineers, source, hold.first, hold.last, f"reserved for {other.title}")
        for name, taken in holds.items()
        for hold in taken
    )
    reserved = Reserved(
        path=path,
        title=other.title,
        as_of=other.as_of,
        age=(as_of - other.as_of).days,
        teams=tuple(shared.values()),
        elsewhere=tuple(team.name for team in ours if team.name not in shared),
    )
    doubts = (*_doubts(reserved, source.cell()), *_overbooked(roadmap, holds, reserved, settings, as_of))
    return Reservation(replace(roadmap, capacity=(*roadmap.capacity, *changes)), reserved, doubts)


def _refuse_own(roadmap: Roadmap, other: Plan, path: str) -> None:
    """A plan of the same tasks would take their own teams away from them."""
    here = {(id_key(task.id), task.title) for task in roadmap.tasks}
    same = [task.id for task in other.tasks if (id_key(task.id), task.title) in here]
    if same and len(same) >= SAME_TASKS * len(other.tasks):
        raise UserError(f"{path} plans the tasks of this roadmap ({listing(same)}): reserve another roadmap's plan")


def _names(roadmap: Roadmap) -> Mapping[str, str]:
    """Our teams by the key of their name, else of a former name."""
    named = {id_key(team.name): team.name for team in roadmap.teams}
    worked = {id_key(name): name for task in roadmap.tasks for name in task.teams}
    former = {id_key(old): team.name for team in roadmap.teams for old in team.formerly}
    return {**former, **worked, **named}


def _doubts(reserved: Reserved, cell: Cell) -> tuple[Diagnostic, ...]:
    doubts = []
    if reserved.age > STALE_DAYS:
        age = f'The plan of "{reserved.title}" is {count(reserved.age, "day")} old'
        doubts.append(Diagnostic(STALE_RESERVE, f"{age}; reserved what it says all the same.", (cell,)))
    if not reserved.teams:
        teams = listing([f'"{team}"' for team in reserved.elsewhere])
        message = f'"{reserved.title}" plans {teams or "no team"}, none of which works here; nothing is reserved.'
        doubts.append(Diagnostic(NOTHING_SHARED, message, (cell,)))
    return tuple(doubts)


def _overbooked(
    roadmap: Roadmap, holds: Mapping[str, list[Hold]], reserved: Reserved, settings: Settings, as_of: date
) -> tuple[Diagnostic, ...]:
    """One doubt for each team of which more is taken than there is."""
    open_tasks = [task for task in roadmap.tasks if task.status in (Status.PLANNED, Status.IN_PROGRESS)]
    crew = read_crew(roadmap, open_tasks, settings, as_of, Notebook())
    return tuple(
        _overbooked_team(name, over, crew.staff[id_key(name)], reserved)
        for name, taken in holds.items()
        if (over := [hold for hold in taken if hold.engineers > _least(crew, crew.staff[id_key(name)], hold)])
    )


def _least(crew: Crew, staff: Staffing, hold: Hold) -> float:
    """The fewest engineers that a team has on the days of a hold."""
    first, end = max(crew.calendar.on_or_after(hold.first), 0), crew.calendar.after(hold.last)
    before = max(k for k, (period, _) in enumerate(staff.levels) if period <= first)
    return min(tenths for period, tenths in staff.levels[before:] if period < end) / TENTHS_PER_ENGINEER


def _overbooked_team(name: str, over: list[Hold], staff: Staffing, reserved: Reserved) -> Diagnostic:
    most = max(hold.engineers for hold in over)
    first, last = (day(when, reserved.as_of) for when in (over[0].first, over[-1].last))
    return Diagnostic(
        OVERBOOKED,
        f'"{reserved.title}" takes up to {most:g} engineers of "{name}" between {first} and {last}, more than there '
        "are; planned with nobody where nobody is left.",
        (staff.team.source.cell("Engineers"),) if staff.team.source else (),
    )
