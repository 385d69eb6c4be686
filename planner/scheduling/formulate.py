"""From a roadmap to integers: the scheduling problem, and what stands behind each of its positions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from planner.domain.calendar import Calendar
from planner.domain.diagnostics import Assumption, Diagnostic
from planner.domain.problem import Activity, LaunchCalendar, Problem, Resource
from planner.domain.roadmap import EventKind, Roadmap, Status, Task, Team, id_key, natural_key
from planner.domain.settings import Settings
from planner.domain.units import MILLI, TENTHS_PER_ENGINEER, milli
from planner.scheduling.capacity import Span, tenths_per_day
from planner.scheduling.crew import Crew, read_crew, team_days
from planner.scheduling.dates import hard_deadline, pinned_start, releases
from planner.scheduling.deliverables import deliverables
from planner.scheduling.estimates import Size, Sizer, TeamWork, assumed_estimates, runs
from planner.scheduling.far_dates import bring_nearer
from planner.scheduling.launches import Blocks, next_open, read_blocks
from planner.scheduling.profiles import Profiles
from planner.scheduling.relations import Neighbours, hard_relations, topology
from planner.scheduling.rules import Notebook

TOLERANCE = 250
"""Thousandths of a day by which work may overrun a day without taking another one."""

HORIZON_FACTOR = 1.5
HORIZON_SLACK = 60
"""The horizon allows for half as much again as the work, for days off and bad sequences, and for a quarter."""


@dataclass(frozen=True)
class Formulation:
    """A `Problem` and what its positions mean.

    `tasks`, `work` and `estimated` go by activity position, `teams` by resource position; `index` is task id
    -> activity position. `work` is the remaining work by team, vendors included, empty where nobody has taken
    the task. `done` tasks are not activities.
    """

    problem: Problem
    calendar: Calendar
    tasks: tuple[Task, ...]
    index: Mapping[str, int]
    teams: tuple[Team, ...]
    work: tuple[tuple[TeamWork, ...], ...]
    estimated: tuple[bool, ...]
    diagnostics: tuple[Diagnostic, ...]
    assumptions: tuple[Assumption, ...]
    done: tuple[Task, ...]


def formulate(
    roadmap: Roadmap,
    settings: Settings,
    as_of: date,
    *,
    cut: frozenset[tuple[str, str]] = frozenset(),
    capacity: Literal["limited", "unlimited"] = "limited",
    horizon: int | None = None,
) -> Formulation:
    """The scheduling problem of a roadmap from `as_of` on; blanks are assumed, doubts collected.

    The hard relations of the (predecessor, successor) pairs in `cut` are left out. With unlimited capacity
    nobody waits for engineers; team calendars and durations stay. Without a `horizon` one is estimated; a bad
    schedule may need a longer one. Raises ValueError where a cycle is left after the cut: that is our mistake.
    """
    notebook = Notebook()
    roadmap = bring_nearer(roadmap, as_of, notebook)
    tasks = tuple(sorted((t for t in roadmap.tasks if t.status in _OPEN), key=lambda task: natural_key(task.id)))
    done = tuple(sorted((t for t in roadmap.tasks if t.status is Status.DONE), key=lambda task: natural_key(task.id)))
    crew = read_crew(roadmap, tasks, settings, as_of, notebook)
    sizer = Sizer(
        crew.staff, assumed_estimates(roadmap.tasks, settings.defaults), settings.defaults, crew.calendar, notebook
    )
    sizes = tuple(sizer.size(task) for task in tasks)
    index = {task.id: position for position, task in enumerate(tasks)}
    relations = hard_relations(roadmap, tasks, index, cut, crew, settings.weights, notebook)
    order, before, after = topology(len(tasks), relations)
    earliest = releases(tasks, done, crew.calendar, notebook)
    if horizon is None:
        horizon = _horizon(roadmap, crew, sizes, order, before, earliest)
    builder = _Builder(
        crew, horizon, read_blocks(roadmap.calendar, roadmap.overrides, crew.calendar, as_of, notebook)
    )
    limited = capacity == "limited"
    activities = [builder.activity(*row, limited) for row in zip(tasks, sizes, earliest, strict=True)]
    problem = Problem(
        horizon=horizon,
        activities=tuple(activities),
        resources=builder.resources,
        profiles=builder.profiles.made,
        launch_calendars=builder.launch_calendars,
        precedences=relations,
        deliverables=deliverables(
            sorted(roadmap.items, key=lambda item: natural_key(item.id)),
            tasks,
            done,
            crew.calendar,
            settings,
            notebook,
        ),
        handoff=milli(settings.weights.handoff),
        order=order,
        predecessors=before,
        successors=after,
    )
    problem = _with_dates(problem, tasks, crew.calendar, notebook)
    return Formulation(
        problem,
        crew.calendar,
        tasks,
        index,
        crew.teams,
        tuple(size.work for size in sizes),
        tuple(size.estimated for size in sizes),
        tuple(notebook.diagnostics),
        tuple(notebook.assumptions),
        done,
    )


_OPEN = (Status.PLANNED, Status.IN_PROGRESS)


def _horizon(
    roadmap: Roadmap,
    crew: Crew,
    sizes: Sequence[Size],
    order: Sequence[int],
    before: Neighbours,
    earliest: Sequence[int],
) -> int:
    """Periods that a reasonable schedule fits into: the longest chain, the busiest team, the last date, and slack."""
    load: dict[str, float] = defaultdict(float)
    ends = [0.0] * len(sizes)
    for i in order:
        size = sizes[i]
        days = size.days
        for part in size.work:
            staff = crew.staff[id_key(part.team)]
            if not staff.team.is_external:
                days = max(days, size.days * part.engineers / staff.final)
                load[part.team] += (size.days + 1) * part.engineers / staff.final
        begin = max((ends[r.predecessor] + max(r.lag, 0) for r in before[i]), default=0.0)
        ends[i] = begin + days + 1 + size.wait
    stops = (EventKind.BLOCK, EventKind.HOLIDAY)
    last = max(
        0,
        *earliest,
        *(crew.calendar.after(event.end) for event in roadmap.calendar if event.kind in stops),
        *(level[-1][0] for level in (staff.levels for staff in crew.staff.values())),
    )
    busiest = max(load.values(), default=0.0)
    return last + HORIZON_SLACK + int(HORIZON_FACTOR * (max(ends, default=0.0) + busiest))


class _Builder:
    """Makes activities; equal calendars, profiles and launch days are made once and shared."""

    def __init__(self, crew: Crew, horizon: int, blocks: Blocks) -> None:
        self._crew = crew
        self._blocks = blocks
        self._calendars, self._open_on = team_days(crew, horizon)
        rows = [self._open_on[id_key(team.name)] for team in crew.teams]
        self.resources = tuple(
            Resource(team.name, tenths_per_day(crew.staff[id_key(team.name)], self._calendars[row]))
            for team, row in zip(crew.teams, rows, strict=True)
        )
        self.profiles = Profiles(self._calendars, self.resources, rows)
        self._launches: dict[tuple[int, frozenset[Span]], int] = {}

    @property
    def launch_calendars(self) -> tuple[LaunchCalendar, ...]:
        """The launch calendars asked for so far, by index."""
        return tuple(LaunchCalendar(next_open(self._calendars[row], blocked)) for row, blocked in self._launches)

    def activity(self, task: Task, size: Size, release: int, limited: bool) -> Activity:
        """The integers of one task, but for the dates that depend on its days worked."""
        keys = [id_key(team) for team in task.teams] or [""]
        rows = [self._open_on[key] for key in keys]
        demands = self._demands(size) if limited else ()
        return Activity(
            id=task.id,
            work=max(1, round(MILLI * size.days) - TOLERANCE) if size.days > 0 else 0,
            wait=size.wait,
            demands=demands,
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

    def _launch_calendar(self, task: Task, keys: Sequence[str]) -> int:
        """Index of the days on which the owner works and nothing blocks the launch."""
        blocked = self._blocks.of(task, [self._crew.staff[key].team for key in keys])
        return self._launches.setdefault((self._open_on[keys[0]], blocked), len(self._launches))


def _up(value: float) -> int:
    """Rounded up, forgiving the last digits of a float."""
    return -int(-(value - 1e-6) // 1)


def _with_dates(problem: Problem, tasks: Sequence[Task], calendar: Calendar, notebook: Notebook) -> Problem:
    """Add pinned starts and hard due dates."""
    activities = (
        replace(
            activity,
            pinned=None if activity.started else pinned_start(problem, i, task, calendar, notebook),
            deadline=hard_deadline(task, calendar, notebook),
        )
        for i, (activity, task) in enumerate(zip(problem.activities, tasks, strict=True))
    )
    return replace(problem, activities=tuple(activities))
