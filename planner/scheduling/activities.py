"""One task becomes one activity: work, demands, calendars; what several share is made once."""

from collections.abc import Sequence

from planner.domain.problem import Activity, LaunchCalendar, Resource
from planner.domain.roadmap import Task, Team, id_key
from planner.domain.units import MILLI, TENTHS_PER_ENGINEER, milli
from planner.scheduling.capacity import Span, tenths_per_day
from planner.scheduling.crew import Crew, team_days
from planner.scheduling.estimates import Size, runs
from planner.scheduling.launches import Blocks, next_open
from planner.scheduling.profiles import Profiles

TOLERANCE = 250
"""Thousandths of a day by which work may overrun a day without taking another one."""


class ActivityMaker:
    """Makes activities; equal calendars, profiles and launch days are made once and shared."""

    def __init__(self, crew: Crew, horizon: int, blocks: Blocks, *, has_demands: bool) -> None:
        self._crew = crew
        self._blocks = blocks
        self._has_demands = has_demands
        self._calendars, self._open_on = team_days(crew, horizon)
        rows = [self._open_on[id_key(team.name)] for team in crew.teams]
        teams = tuple(
            Resource(team.name, tenths_per_day(crew.staff[id_key(team.name)], self._calendars[row]))
            for team, row in zip(crew.teams, rows, strict=True)
        )
        self.profiles = Profiles(self._calendars, teams, rows)
        self.limited = tuple(team for team in crew.teams if team.wip_limit)
        self.resources = (*teams, *(_wip(team, horizon) for team in self.limited))
        self._wip = {id_key(team.name): len(teams) + k for k, team in enumerate(self.limited)}
        self._launches: dict[tuple[int, frozenset[Span]], int] = {}

    @property
    def launch_calendars(self) -> tuple[LaunchCalendar, ...]:
        """The launch calendars asked for so far, by index."""
        return tuple(LaunchCalendar(next_open(self._calendars[row], blocked)) for row, blocked in self._launches)

    def activity(self, task: Task, size: Size, release: int) -> Activity:
        """The integers of one task, but for the dates that depend on its days worked."""
        keys = [id_key(team) for team in task.teams] or [""]
        rows = [self._open_on[key] for key in keys]
        demands = self._demands(size) if self._has_demands else ()
        return Activity(
            id=task.id,
            work=max(1, round(MILLI * size.days) - TOLERANCE) if size.days > 0 else 0,
            wait=size.wait,
            demands=(*demands, *self._place(keys[0], size)),
            profile=self.profiles.progress(rows, demands),
            wait_profile=self.profiles.progress(rows[:1]),
            release=release,
            launch_calendar=self._launch_calendar(task, keys) if task.launches else None,
            effort=milli(size.effort),
            team=self._crew.position.get(keys[0]),
            started=runs(task),
        )

    def _demands(self, size: Size) -> tuple[tuple[int, int], ...]:
        """(resource, tenths of an engineer, rounded up) of each of our teams that has something to do."""
        position = self._crew.position
        return tuple(
            (position[id_key(part.team)], max(1, _up(part.engineers * TENTHS_PER_ENGINEER)))
            for part in size.work
            if part.effort > 0 and part.engineers > 0 and id_key(part.team) in position
        )

    def _place(self, owner: str, size: Size) -> tuple[tuple[int, int], ...]:
        """The place among the owner's tasks in progress; it slows nothing, so it is no part of the profile."""
        takes_one = self._has_demands and owner in self._wip and size.days > 0
        return ((self._wip[owner], TENTHS_PER_ENGINEER),) if takes_one else ()

    def _launch_calendar(self, task: Task, keys: Sequence[str]) -> int:
        """Index of the days on which the owner works and nothing blocks the launch."""
        blocked = self._blocks.of(task, [self._crew.staff[key].team for key in keys])
        return self._launches.setdefault((self._open_on[keys[0]], blocked), len(self._launches))


def _wip(team: Team, horizon: int) -> Resource:
    """The team's tasks in progress: as many places as its WIP limit says, on all days."""
    return Resource(f"{team.name} (WIP limit)", ((team.wip_limit or 0) * TENTHS_PER_ENGINEER,) * horizon)


def _up(value: float) -> int:
    """Rounded up, forgiving the last digits of a float."""
    return -int(-(value - 1e-6) // 1)
