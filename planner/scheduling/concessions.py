"""How one fact of a clash gives way: a date moves, a relation becomes soft, a team grows, a task is not done.

How far is found by bisection: a schedule that keeps a tighter date keeps a looser one, so "possible" turns once.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from planner.domain.calendar import Calendar
from planner.domain.conflict import Change, ChangeKind
from planner.domain.problem import Activity, Clash, Precedence, Problem, Schedule
from planner.domain.relaxation import Relaxation
from planner.domain.roadmap import Task, id_key
from planner.report.wording import count, day, number, span
from planner.scheduling.estimates import is_promise
from planner.scheduling.formulate import Formulation
from planner.scheduling.windows import windows

Formulate = Callable[[Sequence[Change]], Formulation]
"""The formulation of the roadmap after some changes."""

MORE_ENGINEERS = (1, 2, 3, 5)
"""How many more a team may get, or tasks in progress where it limits those: the fewest that suffice are taken."""


@dataclass(frozen=True)
class Ground:
    """Where a fact gives way: after the changes `given`, while the deadlines and pins of the tasks `lifted` are off.

    `plan` says whether a problem has a schedule: the first that is found, None where none was found in time.
    """

    formulate: Formulate
    plan: Callable[[Problem], Schedule | None]
    given: tuple[Change, ...] = ()
    lifted: frozenset[str] = frozenset()

    def after(self, *changes: Change) -> Formulation:
        """The formulation after what is given and these changes."""
        formulation = self.formulate((*self.given, *changes))
        return replace(formulation, problem=without_dates(formulation.problem, self.lifted))


def without_dates(problem: Problem, tasks: Iterable[str]) -> Problem:
    """The problem without the deadlines and pins of these tasks."""
    off = frozenset(tasks)
    activities = (replace(it, deadline=None, pinned=None) if it.id in off else it for it in problem.activities)
    return replace(problem, activities=tuple(activities))


def concession(ground: Ground, known: Formulation, fact: Clash) -> Relaxation | None:
    """The least by which `fact`, by positions of `known`, gives way so that a plan is found; None where none is."""
    tasks = [known.tasks[i] for i in fact.activities]
    if fact.kind == "precedence" and fact.precedence is not None:
        return _softer(ground, fact.precedence, *tasks)
    if fact.kind == "capacity" and fact.resource is not None:
        teams = len(known.teams)
        if fact.resource < teams:
            return _larger_team(ground, known.teams[fact.resource].name, tasks)
        return _wider_limit(ground, known, fact.resource - teams)
    now = ground.after()
    if any(task.id not in now.index for task in tasks):
        return None
    return {"deadline": _later, "pinned": _unpinned, "release": _earlier}[fact.kind](ground.plan, now, tasks[0])


def without(ground: Ground, task: Task) -> Relaxation | None:
    """The task is not done."""
    drop = Change(ChangeKind.DROP, task.id)
    if ground.plan(ground.after(drop).problem) is None:
        return None
    named = f"{task.id} ({task.title})" if task.title else task.id
    return Relaxation(f"Do without {named}", (drop,), (task.source.cell("Status"),), gives_up=(task.id,))


Plan = Callable[[Problem], Schedule | None]


def _later(plan: Plan, now: Formulation, task: Task) -> Relaxation | None:
    """The deadline moves to the earliest day that works."""
    i, calendar = now.index[task.id], now.calendar
    due = now.problem.activities[i].deadline
    free = plan(_with(now.problem, i, deadline=None))
    if due is None or free is None:
        return None
    end = _least(due, free.finish[i], lambda end: plan(_with(now.problem, i, deadline=end)) is not None)
    return Relaxation(
        f"Let {task.id} be done by {_day(calendar, end - 1)} instead of {_day(calendar, due - 1)}",
        (Change(ChangeKind.DUE, task.id, value=calendar.date_of(end - 1).isoformat()),),
        (task.source.cell("Due"),),
        end - due,
    )


def _unpinned(plan: Plan, now: Formulation, task: Task) -> Relaxation | None:
    """The pin becomes the first day that is allowed; where that is too late, the task starts earlier."""
    i, problem, calendar = now.index[task.id], now.problem, now.calendar
    pin = problem.activities[i].pinned
    if pin is None:
        return None
    due = problem.activities[i].deadline

    def begins(first: int, last: int) -> Schedule | None:
        by = problem.finish(i, last)
        return plan(_with(problem, i, pinned=None, release=first, deadline=by if due is None else min(by, due)))

    free = plan(_with(problem, i, pinned=None, release=pin))
    if free is not None:
        start = _least(pin, free.start[i], lambda start: begins(pin, start) is not None)
        text, first = f"the first day on which that is possible is {_day(calendar, start)}", pin
    else:
        free = begins(0, pin)
        if free is None:
            return None
        start = first = -_least(-pin, -free.start[i], lambda back: begins(-back, pin) is not None)
        text = f"let it start from {_day(calendar, start)} on"
    return Relaxation(
        f"Do not pin {task.id} to {_day(calendar, pin)}: {text}",
        (Change(ChangeKind.START, task.id, value=calendar.date_of(first).isoformat()),),
        (task.source.cell("Not before"),),
        abs(start - pin),
    )


def _earlier(plan: Plan, now: Formulation, task: Task) -> Relaxation | None:
    """The first day that is allowed moves back, as little as possible."""
    i, problem, calendar = now.index[task.id], now.problem, now.calendar
    release = problem.activities[i].release
    free = plan(_with(problem, i, release=0))
    if free is None or free.start[i] >= release:
        return None
    start = -_least(-release, -free.start[i], lambda back: plan(_with(problem, i, release=-back)) is not None)
    column = "Due" if is_promise(task) else "Not before"
    return Relaxation(
        f"Let {task.id} start on {_day(calendar, start)} instead of {_day(calendar, release)}",
        (Change(ChangeKind.START, task.id, value=calendar.date_of(start).isoformat()),),
        (task.source.cell(column),),
        release - start,
    )


def _softer(ground: Ground, relation: Precedence, before: Task, after: Task) -> Relaxation | None:
    """The successor may begin at its own risk."""
    soften = Change(ChangeKind.SOFTEN, after.id, before.id)
    if ground.plan(ground.after(soften).problem) is None:
        return None
    done = "launched" if relation.launch else "done"
    cells = tuple(
        d.cell for d in after.depends_on if d.cell is not None and id_key(d.predecessor) == id_key(before.id)
    )
    text = f"Let {after.id} go on before {before.id} is {done}, at its own risk"
    return Relaxation(text, (soften,), cells)


def _larger_team(ground: Ground, team: str, tasks: Sequence[Task]) -> Relaxation | None:
    """The team gets the fewest engineers, for the fewest weeks from the day on which one of the tasks may start."""
    now = ground.after()
    calendar, earliest = now.calendar, windows(now.problem).earliest
    first = min((earliest[now.index[task.id]] for task in tasks if task.id in now.index), default=0)
    begin = calendar.date_of(first)

    def last(weeks: int) -> date:
        return calendar.date_of(first + weeks * calendar.per_week - 1)

    def hire(engineers: int, weeks: int) -> Change:
        return Change(ChangeKind.HIRE, team, f"{begin}/{last(weeks)}", str(engineers))

    def plan(engineers: int, weeks: int) -> Schedule | None:
        return ground.plan(ground.after(hire(engineers, weeks)).problem)

    def possible(engineers: int, weeks: int) -> bool:
        return plan(engineers, weeks) is not None

    for engineers in MORE_ENGINEERS:
        free = plan(engineers, now.problem.horizon)
        if free is None:
            continue
        enough = -(-(max(free.finish) - first) // calendar.per_week)
        weeks = _least(0, enough, partial(possible, engineers))
        who = "1 more engineer" if engineers == 1 else f"{engineers} more engineers"
        return Relaxation(
            f"Give {team} {who} for {count(weeks, 'week')} ({span(begin, last(weeks), calendar.date_of(0))})",
            (hire(engineers, weeks),),
            tuple(task.source.cell("Team") for task in tasks),
            engineer_weeks=float(engineers * weeks),
        )
    return None


def _wider_limit(ground: Ground, known: Formulation, place: int) -> Relaxation | None:
    """The team may have more tasks in progress."""
    team = known.limited[place]
    now = team.wip_limit or 0
    for limit in (now + more for more in MORE_ENGINEERS):
        change = Change(ChangeKind.LIMIT, team.name, value=str(limit))
        if ground.plan(ground.after(change).problem) is not None:
            text = f"Let {team.name} have {number(limit)} tasks in progress instead of {now}"
            return Relaxation(text, (change,), (team.source.cell("WIP limit"),) if team.source else ())
    return None


def _least(impossible: int, possible: int, fits: Callable[[int], bool]) -> int:
    """The first of the numbers after `impossible` up to `possible` that fits; the last of them does."""
    between = range(impossible + 1, possible)
    return impossible + 1 + bisect_left(between, True, key=fits)


def _with(problem: Problem, i: int, **dates: int | None) -> Problem:
    """The problem with other dates of activity i."""
    activity: Activity = replace(problem.activities[i], **dates)  # type: ignore[arg-type]
    return replace(problem, activities=(*problem.activities[:i], activity, *problem.activities[i + 1 :]))


def _day(calendar: Calendar, period: int) -> str:
    return day(calendar.date_of(period), calendar.date_of(0))
