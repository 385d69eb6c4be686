"""From a roadmap to integers: the scheduling problem, and what stands behind each of its positions."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from planner.domain.calendar import Calendar
from planner.domain.diagnostics import Assumption, Diagnostic
from planner.domain.problem import Activity, LaunchCalendar, Precedence, Problem, Resource
from planner.domain.roadmap import (
    Dependency,
    EventKind,
    Link,
    Roadmap,
    Status,
    Strength,
    Task,
    Team,
    id_key,
)
from planner.domain.settings import Settings
from planner.domain.units import MILLI, TENTHS_PER_ENGINEER, milli
from planner.scheduling.capacity import (
    Span,
    Staffing,
    country_code,
    holidays_by_scope,
    never_empty,
    open_days,
    scopes_of,
    staffing,
    tenths_per_day,
    working_weekdays,
)
from planner.scheduling.deliverables import deliverables
from planner.scheduling.estimates import Size, Sizer, TeamWork, assumed_estimates, is_promise
from planner.scheduling.far_dates import bring_nearer
from planner.scheduling.launches import Blocks, next_open, read_blocks
from planner.scheduling.profiles import Profiles
from planner.scheduling.rules import (
    DUE_IN_THE_PAST,
    PINNED_DAY_OFF,
    PROMISE_IN_THE_PAST,
    RELATION_TO_DROPPED,
    TASK_WITHOUT_TEAM,
    Notebook,
)

TOLERANCE = 250
"""Thousandths of a day by which work may overrun a day without taking another one."""

HORIZON_FACTOR = 1.5
HORIZON_SLACK = 60
"""The horizon allows for half as much again as the work, for days off and bad sequences, and for a quarter."""

NOBODY = Team("")
"""Stands for the team of a task that nobody has taken: the default calendar, no capacity."""


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
    tasks = tuple(sorted((t for t in roadmap.tasks if t.status in _OPEN), key=_by_id))
    done = tuple(sorted((t for t in roadmap.tasks if t.status is Status.DONE), key=_by_id))
    crew = _crew(roadmap, tasks, settings, as_of, notebook)
    sizer = Sizer(
        crew.staff, assumed_estimates(roadmap.tasks, settings.defaults), settings.defaults, crew.calendar, notebook
    )
    sizes = tuple(sizer.size(task) for task in tasks)
    index = {task.id: position for position, task in enumerate(tasks)}
    relations = _relations(roadmap, tasks, index, cut, crew, settings, notebook)
    order, before, after = _topology(len(tasks), relations)
    earliest = _releases(tasks, done, crew.calendar, notebook)
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


def natural_key(text: str) -> tuple[tuple[tuple[bool, int, str], ...], str]:
    """Sorts ids as people do: PAY-2 before PAY-10.

    >>> sorted(["PAY-10", "pay-2", "7"], key=natural_key)
    ['7', 'pay-2', 'PAY-10']
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", id_key(text))
    return tuple((not p[0].isdigit(), int(p) if p[0].isdigit() else 0, p) for p in parts), text


def _by_id(task: Task) -> tuple[tuple[tuple[bool, int, str], ...], str]:
    return natural_key(task.id)


@dataclass(frozen=True)
class _Crew:
    """All teams by key (vendors and nobody, whose key is empty, included) and the time axis they share.

    `teams` are those with a capacity, by resource position; `position` is that position by team key.
    """

    calendar: Calendar
    teams: tuple[Team, ...]
    position: Mapping[str, int]
    staff: Mapping[str, Staffing]
    codes: Mapping[str, str]
    holidays: Mapping[str, tuple[Span, ...]]


def _crew(roadmap: Roadmap, tasks: Sequence[Task], settings: Settings, as_of: date, notebook: Notebook) -> _Crew:
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
    weekdays = frozenset(range(5)).union(*(working_weekdays(code, as_of) for code in codes.values()))
    calendar = Calendar(as_of, tuple(sorted(weekdays)))
    staff = {}
    for team in everybody:
        key = id_key(team.name)
        staff[key] = staffing(team, changes[key], calendar, settings.defaults, notes[key])
        if key in used and not team.is_external:
            staff[key] = never_empty(staff[key], calendar, notebook)
    own = tuple(team for team in teams if not team.is_external)
    position = {id_key(team.name): k for k, team in enumerate(own)}
    return _Crew(calendar, own, position, staff, codes, holidays_by_scope(roadmap.calendar, calendar))


def _relations(
    roadmap: Roadmap,
    tasks: Sequence[Task],
    index: Mapping[str, int],
    cut: frozenset[tuple[str, str]],
    crew: _Crew,
    settings: Settings,
    notebook: Notebook,
) -> tuple[Precedence, ...]:
    """The hard relations between activities, each once; those that started work has outrun are left out."""
    dropped = {task.id for task in roadmap.tasks if task.status is Status.DROPPED}
    found: dict[Precedence, None] = {}
    for successor, task in enumerate(tasks):
        for dependency in task.depends_on:
            if dependency.predecessor in dropped:
                notebook.report(
                    RELATION_TO_DROPPED,
                    f'"{task.id}" depends on "{dependency.predecessor}", which is dropped; ignored.',
                    dependency.cell,
                )
            predecessor = index.get(dependency.predecessor)
            if predecessor is None or not _binds(task, dependency) or (dependency.predecessor, task.id) in cut:
                continue
            found[_precedence(tasks, predecessor, successor, dependency, crew, settings)] = None
    return tuple(found)


def _binds(task: Task, dependency: Dependency) -> bool:
    """Soft relations are priced, not kept; the start of started work is past."""
    if dependency.strength is Strength.SOFT:
        return False
    return not _runs(task) or dependency.link in (Link.FF, Link.SF)


def _precedence(
    tasks: Sequence[Task],
    predecessor: int,
    successor: int,
    dependency: Dependency,
    crew: _Crew,
    settings: Settings,
) -> Precedence:
    owners = id_key(tasks[predecessor].owner), id_key(tasks[successor].owner)
    crosses = bool(owners[0] and owners[1] and owners[0] != owners[1])
    launch = dependency.strength is Strength.LAUNCH
    friction = max(_friction(crew, *owners, settings), _friction(crew, *owners[::-1], settings)) if crosses else 0.0
    return Precedence(
        predecessor,
        successor,
        Link.FS if launch and dependency.link is not Link.FF else dependency.link,
        dependency.lag,
        launch,
        crosses,
        milli(friction),
    )


def _friction(crew: _Crew, team: str, other: str, settings: Settings) -> float:
    """How hard `team` finds it to work with `other`: 0..1."""
    stated = crew.staff[team].team
    general = settings.weights.friction if stated.friction is None else stated.friction
    return {id_key(name): value for name, value in stated.friction_by_team}.get(other, general)


_Neighbours = tuple[tuple[Precedence, ...], ...]


def _topology(count: int, relations: Iterable[Precedence]) -> tuple[tuple[int, ...], _Neighbours, _Neighbours]:
    """A topological order and the relations by successor and by predecessor; raises ValueError on a cycle."""
    before: list[list[Precedence]] = [[] for _ in range(count)]
    after: list[list[Precedence]] = [[] for _ in range(count)]
    for relation in relations:
        before[relation.successor].append(relation)
        after[relation.predecessor].append(relation)
    waits = [len(row) for row in before]
    order = [i for i in range(count) if not waits[i]]
    for i in order:  # grows while it is read
        for relation in after[i]:
            waits[relation.successor] -= 1
            if not waits[relation.successor]:
                order.append(relation.successor)
    if len(order) < count:
        raise ValueError("the dependencies still contain a cycle after the cut")
    return tuple(order), tuple(map(tuple, before)), tuple(map(tuple, after))


def _runs(task: Task) -> bool:
    """Whether work has begun; a vendor's promise is all about the day on which it comes."""
    return task.status is Status.IN_PROGRESS and not is_promise(task)


def _releases(tasks: Sequence[Task], done: Iterable[Task], calendar: Calendar, notebook: Notebook) -> tuple[int, ...]:
    """Earliest start of each task: Not before, a vendor's promise, done predecessors that end in the future."""
    finished = {task.id: task for task in done}
    return tuple(
        0
        if _runs(task)
        else max(
            0,
            _own_release(task, calendar, notebook),
            *(
                _end_of_done(finished[dependency.predecessor], dependency, calendar)
                for dependency in task.depends_on
                if dependency.predecessor in finished and dependency.strength is not Strength.SOFT
            ),
        )
        for task in tasks
    )


def _own_release(task: Task, calendar: Calendar, notebook: Notebook) -> int:
    """Not before; for a vendor's promise the day itself, for the delivery takes it up."""
    if is_promise(task) and task.due:
        promised = calendar.after(task.due) - 1
        if promised < 0:
            notebook.report(
                PROMISE_IN_THE_PAST,
                f'"{task.owner}" promised "{task.id}" for {task.due}; planned as if it came today.',
                task.source.cell("Due"),
            )
        return promised
    return calendar.on_or_after(task.not_before) if task.not_before else 0


def _end_of_done(task: Task, dependency: Dependency, calendar: Calendar) -> int:
    """From when on a relation to a done task lets its successor start."""
    if dependency.link is Link.SS:
        return calendar.on_or_after(task.actual_start) + dependency.lag if task.actual_start else 0
    ended = task.actual_finish
    if dependency.strength is Strength.LAUNCH:
        ended = task.actual_launch or ended
    if dependency.link is not Link.FS or ended is None:
        return 0
    return calendar.after(ended) + dependency.lag


def _horizon(
    roadmap: Roadmap,
    crew: _Crew,
    sizes: Sequence[Size],
    order: Sequence[int],
    before: _Neighbours,
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

    def __init__(self, crew: _Crew, horizon: int, blocks: Blocks) -> None:
        self._crew = crew
        self._blocks = blocks
        self._calendars, self._open_on = _team_days(crew, horizon)
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
            started=_runs(task),
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


def _team_days(crew: _Crew, horizon: int) -> tuple[list[tuple[int, ...]], Mapping[str, int]]:
    """The distinct rows of open days, and the row of each team by its key."""
    index: dict[tuple[str, tuple[Span, ...]], int] = {}
    rows = {}
    for key, staff in crew.staff.items():
        off = sorted({span for scope in scopes_of([staff.team]) for span in crew.holidays.get(scope, ())})
        rows[key] = index.setdefault((crew.codes[key], tuple(off)), len(index))
    return [open_days(code, crew.calendar, horizon, off) for code, off in index], rows


def _up(value: float) -> int:
    """Rounded up, forgiving the last digits of a float."""
    return -int(-(value - 1e-6) // 1)


def _with_dates(problem: Problem, tasks: Sequence[Task], calendar: Calendar, notebook: Notebook) -> Problem:
    """Add pinned starts and hard due dates, and say for whom nobody will work."""
    activities = []
    for i, (activity, task) in enumerate(zip(problem.activities, tasks, strict=True)):
        if not task.teams:
            notebook.assume("Team", task.id, "no capacity needed", task.source)
            notebook.report(
                TASK_WITHOUT_TEAM,
                f'"{task.id}" has no team; planned as if somebody were always free for it.',
                task.source.cell("Team"),
            )
        pinned = None if activity.started else _pinned(problem, i, task, calendar, notebook)
        activities.append(replace(activity, pinned=pinned, deadline=_deadline(task, calendar, notebook)))
    return replace(problem, activities=tuple(activities))


def _pinned(problem: Problem, i: int, task: Task, calendar: Calendar, notebook: Notebook) -> int | None:
    """The exact start, moved to a day on which the task's teams work."""
    if not task.pinned or task.not_before is None:
        return None
    typed = calendar.on_or_after(task.not_before)
    start = problem.first_start(i, typed)
    if start < problem.horizon and calendar.date_of(start) != task.not_before:
        notebook.report(
            PINNED_DAY_OFF,
            f'"{task.id}" is pinned to {task.not_before}, when nobody can work on it; '
            f"moved to {calendar.date_of(start)}.",
            task.source.cell("Not before"),
        )
    return start


def _deadline(task: Task, calendar: Calendar, notebook: Notebook) -> int | None:
    """The exclusive end by which the task must be finished; a date that is over can bind nobody."""
    if task.due is None or not task.due_is_hard:
        return None
    deadline = calendar.after(task.due)
    if deadline > 0:
        return deadline
    notebook.report(
        DUE_IN_THE_PAST,
        f'"{task.id}" must be done by {task.due}, which is over; planned as soon as it can be, and late.',
        task.source.cell("Due"),
    )
    return None
