"""From a roadmap to integers: the scheduling problem, and what stands behind each of its positions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from planner.domain.calendar import Calendar
from planner.domain.diagnostics import Assumption, Diagnostic
from planner.domain.problem import Problem
from planner.domain.roadmap import EventKind, Roadmap, Status, Task, Team, id_key, natural_key
from planner.domain.settings import Settings
from planner.domain.units import milli
from planner.scheduling.activities import ActivityMaker
from planner.scheduling.choices import decided
from planner.scheduling.crew import NOBODY, Crew, read_crew
from planner.scheduling.dates import hard_deadline, pinned_start, releases
from planner.scheduling.deliverables import deliverables
from planner.scheduling.doors import with_evidence_first
from planner.scheduling.estimates import Size, Sizer, TeamWork, assumed_estimates
from planner.scheduling.experiments import with_own_tasks
from planner.scheduling.hypotheses import read_beliefs
from planner.scheduling.launches import read_blocks
from planner.scheduling.plausible import made_plausible
from planner.scheduling.pricing import priced
from planner.scheduling.relations import Neighbours, hard_relations, topology
from planner.scheduling.rules import Notebook

HORIZON_FACTOR = 1.5
HORIZON_SLACK = 60
"""The horizon allows for half as much again as the work, for days off and bad sequences, and for a quarter."""


@dataclass(frozen=True)
class Formulation:
    """A `Problem` and what its positions mean.

    `tasks`, `work` and `estimated` go by activity position, `teams` by resource position; behind the teams come
    the resources of `limited`, the teams that limit their tasks in progress. `index` is task id -> activity
    position. `work` is the remaining work by team, vendors included, empty where nobody has taken the task. `done`
    tasks are not activities.
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
    limited: tuple[Team, ...] = ()


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
    settled = decided(_in_order(made_plausible(roadmap, as_of, notebook)), settings)
    roadmap = with_own_tasks(settled.roadmap, settings.defaults, notebook)
    roadmap = with_evidence_first(roadmap, settings.defaults.decision_days, as_of, cut)
    tasks = tuple(task for task in roadmap.tasks if task.status in (Status.PLANNED, Status.IN_PROGRESS))
    done = tuple(task for task in roadmap.tasks if task.status is Status.DONE)
    index = {task.id: position for position, task in enumerate(tasks)}
    crew = read_crew(roadmap, tasks, settings, as_of, notebook)
    calendar = crew.calendar
    assumed = assumed_estimates(roadmap.tasks, settings.defaults)
    sizes = tuple(map(Sizer(crew.staff, assumed, settings.defaults, calendar, notebook).size, tasks))
    relations = hard_relations(roadmap, tasks, index, cut, crew, settings.weights, notebook)
    order, before, after = topology(len(tasks), relations)
    earliest = releases(tasks, done, calendar, notebook)
    if horizon is None:
        horizon = _horizon(roadmap, crew, sizes, order, before, earliest)
    blocks = read_blocks(roadmap.calendar, roadmap.overrides, calendar, as_of, notebook)
    maker = ActivityMaker(crew, horizon, blocks, has_demands=capacity == "limited")
    activities = tuple(map(maker.activity, tasks, sizes, earliest))
    beliefs = read_beliefs(roadmap)
    problem = Problem(
        horizon=horizon,
        activities=activities,
        resources=maker.resources,
        profiles=maker.profiles.made,
        launch_calendars=maker.launch_calendars,
        precedences=relations,
        deliverables=deliverables(roadmap.items, tasks, done, beliefs, calendar, settings, notebook),
        handoff=milli(settings.weights.handoff),
        order=order,
        predecessors=before,
        successors=after,
    )
    problem = _with_dates(problem, tasks, calendar, notebook)
    problem = priced(problem, roadmap, tasks, done, beliefs, crew, settings, notebook)
    return Formulation(
        problem,
        calendar,
        tasks,
        index,
        crew.teams,
        tuple(size.work for size in sizes),
        tuple(size.estimated for size in sizes),
        (*settled.diagnostics, *notebook.diagnostics),
        (*settled.assumptions, *notebook.assumptions),
        done,
        maker.limited,
    )


def _in_order(roadmap: Roadmap) -> Roadmap:
    """Tasks and items by id, so that the order of rows changes nothing."""
    return replace(
        roadmap,
        tasks=tuple(sorted(roadmap.tasks, key=lambda task: natural_key(task.id))),
        items=tuple(sorted(roadmap.items, key=lambda item: natural_key(item.id))),
    )


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
    places: dict[str, float] = defaultdict(float)
    ends = [0.0] * len(sizes)
    for i in order:
        size = sizes[i]
        days = size.days
        for part in size.work:
            staff = crew.staff[id_key(part.team)]
            if not staff.team.is_external:
                days = max(days, size.days * part.engineers / staff.final)
                load[part.team] += (size.days + 1) * part.engineers / staff.final
        owner = crew.staff[id_key(size.work[0].team)].team if size.work else NOBODY
        if owner.wip_limit and size.days:
            places[owner.name] += (days + 1) / owner.wip_limit
        begin = max((ends[r.predecessor] + max(r.lag, 0) for r in before[i]), default=0.0)
        ends[i] = begin + days + 1 + size.wait
    stops = (EventKind.BLOCK, EventKind.HOLIDAY)
    last = max(
        0,
        *earliest,
        *(crew.calendar.after(event.end) for event in roadmap.calendar if event.kind in stops),
        *(level[-1][0] for level in (staff.levels for staff in crew.staff.values())),
    )
    busiest = max((*load.values(), *places.values()), default=0.0)
    return last + HORIZON_SLACK + int(HORIZON_FACTOR * (max(ends, default=0.0) + busiest))


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
