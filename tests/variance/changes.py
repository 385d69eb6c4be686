"""Random roadmaps, and edits of them that are of one cause each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from planner.domain.cells import Source
from planner.domain.roadmap import (
    CalendarEvent,
    Decision,
    Dependency,
    Estimate,
    EventKind,
    Item,
    Roadmap,
    Status,
    Task,
    natural_key,
)
from planner.domain.variance import Cause
from planner.graph.cycles import break_cycles
from planner.scheduling.estimates import planned_effort
from planner.scheduling.formulate import formulate
from planner.scheduling.sgs import Generator
from planner.variance.attribution import Side
from planner.variance.facts import Facts
from planner.variance.replay import Dates, dates_of
from tests.scheduling.roadmaps import MONDAY, NO_OPERATIONS, change, task, team

SOURCE = Source("plan.xlsx", "Roadmap", 2)
TEAMS = ("Pay", "Led", "Web")


def random_facts(rng: Random) -> Facts:
    """Three teams, ten tasks, four items; dependencies go backwards, one block, one leave, one open decision."""
    tasks = tuple(random_task(rng, f"T-{n}", [f"T-{m}" for m in range(1, n)]) for n in range(1, 11))
    start = MONDAY + timedelta(days=rng.randrange(40))
    roadmap = Roadmap(
        items=tuple(Item(f"ASK-{n}", SOURCE, f"Item {n}") for n in range(1, 5)),
        tasks=tasks,
        teams=tuple(team(name, rng.choice((1, 2, 3))) for name in TEAMS),
        capacity=(change(-1, start, start + timedelta(days=9), rng.choice(TEAMS)),),
        decisions=(Decision("DEC-1", SOURCE, key="store", options=(("sql", 0.5), ("kv", 0.5)), due=start),),
        calendar=(block(start, start + timedelta(days=6)),),
    )
    return Facts(roadmap, NO_OPERATIONS, MONDAY)


def random_task(rng: Random, name: str, before: list[str]) -> Task:
    after = " ".join(sorted(rng.sample(before, min(len(before), rng.choice((0, 1, 1, 2))))))
    return task(
        name, rng.randint(1, 12), rng.choice(TEAMS), after, items=(f"ASK-{rng.randint(1, 4)}",), title=f"Task {name}"
    )


def block(first: date, last: date) -> CalendarEvent:
    return CalendarEvent("Freeze", EventKind.BLOCK, first, last, SOURCE)


def planned(facts: Facts, rng: Random | None = None) -> Dates:
    """A feasible plan by a random list (or the given order), which also lets some tasks wait on purpose."""
    roadmap = facts.roadmap
    cut = break_cycles(roadmap, planned_effort(roadmap, facts.settings)).cut
    made = formulate(roadmap, facts.settings, facts.as_of, cut=cut)
    ranks = [rng.random() if rng else float(i) for i in range(len(made.tasks))]
    held = {i: rng.randrange(20) if rng and rng.random() < 0.3 else 0 for i in range(len(made.tasks))}
    activities = (replace(it, release=max(it.release, held[i])) for i, it in enumerate(made.problem.activities))
    found = Generator(replace(made.problem, activities=tuple(activities))).generate(ranks)
    assert found is not None
    return dates_of(made, found)


def side(name: str, facts: Facts | None, dates: Dates | None) -> Side:
    return Side(name, facts.as_of if facts else MONDAY, {}, dates, facts)


def _tasks(facts: Facts, name: str, edit: Callable[[Task], Task]) -> Facts:
    tasks = tuple(edit(task) if task.id == name else task for task in facts.roadmap.tasks)
    return replace(facts, roadmap=replace(facts.roadmap, tasks=tasks))


def _some(facts: Facts, rng: Random) -> str:
    return rng.choice(facts.roadmap.tasks).id


def estimate(facts: Facts, rng: Random) -> Facts:
    effort = float(rng.randint(1, 20))
    return _tasks(facts, _some(facts, rng), lambda task: replace(task, estimate=Estimate(effort, effort, effort)))


def dependency(facts: Facts, rng: Random) -> Facts:
    names = sorted((task.id for task in facts.roadmap.tasks), key=natural_key)
    first, second = sorted(rng.sample(range(len(names)), 2))

    def edit(task: Task) -> Task:
        new = Dependency(names[first])
        kept = tuple(d for d in task.depends_on if d.predecessor != names[first])
        return replace(task, depends_on=kept if new in task.depends_on else (*task.depends_on, new))

    return _tasks(facts, names[second], edit)


def capacity(facts: Facts, rng: Random) -> Facts:
    start = MONDAY + timedelta(days=rng.randrange(30))
    added = change(rng.choice((-1, 1)), start, start + timedelta(days=13), rng.choice(TEAMS))
    return replace(facts, roadmap=replace(facts.roadmap, capacity=(*facts.roadmap.capacity, added)))


def scope(facts: Facts, rng: Random) -> Facts:
    """A task more, or one less, with what waited for it left dangling as in a sheet whose row was deleted."""
    tasks = facts.roadmap.tasks
    if rng.random() < 0.5:
        name = _some(facts, rng)
        known = {task.id for task in tasks} - {name}
        left = tuple(
            replace(t, depends_on=tuple(d for d in t.depends_on if d.predecessor in known))
            for t in tasks
            if t.id != name
        )
        return replace(facts, roadmap=replace(facts.roadmap, tasks=left))
    added = random_task(rng, "T-99", [task.id for task in tasks])
    return replace(facts, roadmap=replace(facts.roadmap, tasks=(*tasks, added)))


def moved(facts: Facts, rng: Random) -> Facts:
    return _tasks(facts, _some(facts, rng), lambda task: replace(task, teams=(rng.choice(TEAMS),)))


def split(facts: Facts, rng: Random) -> Facts:
    """A part of a task goes to another team; together they are as large as it was."""
    name = _some(facts, rng)
    whole = facts.roadmap.tasks_by_id()[name]
    assert whole.estimate is not None
    half = Estimate(*(whole.estimate.likely / 2,) * 3)
    part = replace(whole, id=f"{name}b", teams=(rng.choice(TEAMS),), estimate=half, split_from=(name,))
    smaller = _tasks(facts, name, lambda task: replace(task, estimate=half))
    tasks = tuple(
        replace(t, depends_on=(*t.depends_on, Dependency(part.id)))
        if any(d.predecessor == name for d in t.depends_on)
        else t
        for t in smaller.roadmap.tasks
    )
    return replace(facts, roadmap=replace(smaller.roadmap, tasks=(*tasks, part)))


def calendar(facts: Facts, rng: Random) -> Facts:
    start = MONDAY + timedelta(days=rng.randrange(60))
    if rng.random() < 0.5:
        return _tasks(facts, _some(facts, rng), lambda task: replace(task, not_before=start))
    events = (block(start, start + timedelta(days=rng.randrange(20))),)
    return replace(facts, roadmap=replace(facts.roadmap, calendar=events))


def progress(facts: Facts, rng: Random) -> Facts:
    """A week later: something is done, something is under way."""
    later = replace(facts, as_of=facts.as_of + timedelta(days=7))
    free = [t.id for t in facts.roadmap.tasks if not t.depends_on]
    name = rng.choice(free)
    done = rng.random() < 0.5

    def edit(task: Task) -> Task:
        if done:
            days = {"actual_start": MONDAY, "actual_finish": MONDAY + timedelta(days=rng.randrange(5))}
            return replace(task, status=Status.DONE, **days)  # type: ignore[arg-type]
        return replace(task, status=Status.IN_PROGRESS, actual_start=MONDAY, remaining=float(rng.randint(1, 15)))

    return _tasks(later, name, edit)


EDITS: dict[Cause, tuple[Callable[[Facts, Random], Facts], ...]] = {
    Cause.ESTIMATE: (estimate,),
    Cause.DEPENDENCY: (dependency,),
    Cause.CAPACITY: (capacity,),
    Cause.SCOPE: (scope,),
    Cause.MOVED: (moved, split),
    Cause.CALENDAR: (calendar,),
    Cause.PROGRESS: (progress,),
}
