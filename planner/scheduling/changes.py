"""Applies changes to a roadmap, so that a way out of a conflict can be planned and priced like any roadmap."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce

from planner.domain.cells import Source
from planner.domain.conflict import Change, ChangeKind
from planner.domain.roadmap import (
    CapacityChange,
    Dependency,
    Estimate,
    Override,
    Roadmap,
    Status,
    Strength,
    Task,
    id_key,
)
from planner.domain.settings import Settings
from planner.scheduling.estimates import is_promise, planned_effort

PROPOSED = Source("", "Capacity", 0)
"""Where a change stands that nobody has typed."""


def apply(roadmap: Roadmap, changes: Sequence[Change], settings: Settings) -> Roadmap:
    """The roadmap after the changes, one after the other; what they name and is not there is left alone.

    New relations may close a cycle, so the dependency graph is to be built anew.
    """
    return reduce(lambda changed, change: _APPLY[change.kind](changed, change, settings), changes, roadmap)


def merged(roadmap: Roadmap, duplicate: str, into: str, share: float, settings: Settings) -> Roadmap:
    """`duplicate` is dropped and done as part of `into`, which grows by (1 - share) of its effort and a hand-off.

    The task that stays takes over its items and those who wait for it, but nobody for whom it waits itself. Into
    a task that is done or dropped nothing can be merged: the duplicate is dropped all the same.
    """
    tasks = roadmap.tasks_by_id()
    kept, gone = tasks[into], replace(tasks[duplicate], status=Status.DROPPED, duplicate_of=())
    changed = {gone.id: gone}
    if kept.status not in (Status.DONE, Status.DROPPED):
        effort = planned_effort(roadmap, settings)
        more = (1 - share) * effort[duplicate] + settings.weights.handoff
        items = tuple(dict.fromkeys((*kept.items, *gone.items)))
        changed[kept.id] = replace(_grown(kept, more, effort[into]), items=items)
        before = _ancestors(tasks, into)
        for task in roadmap.tasks:
            waits = any(d.predecessor == duplicate for d in task.depends_on)
            if waits and task.id not in before and task.id not in changed:
                changed[task.id] = _redirected(task, duplicate, into)
    return replace(roadmap, tasks=tuple(changed.get(task.id, task) for task in roadmap.tasks))


def _grown(task: Task, more: float, effort: float) -> Task:
    """The task with `more` ED of work before it, its progress in ED unchanged."""
    known = task.estimate or Estimate(effort, effort, effort)
    parts = tuple(
        (team, part + more if id_key(team) == id_key(task.owner) else part) for team, part in task.effort_by_team
    )
    return replace(
        task,
        estimate=Estimate(known.optimistic + more, known.likely + more, known.pessimistic + more),
        effort_by_team=parts,
        remaining=None if task.remaining is None else task.remaining + more,
        done_share=None if task.done_share is None else task.done_share * known.likely / (known.likely + more),
    )


def _redirected(task: Task, before: str, instead: str) -> Task:
    relations = (replace(d, predecessor=instead) if d.predecessor == before else d for d in task.depends_on)
    return replace(task, depends_on=tuple(relations))


def _ancestors(tasks: Mapping[str, Task], task: str) -> set[str]:
    """The task and all that it waits for, directly or not."""
    seen, front = {task}, [task]
    while front:
        for dependency in tasks[front.pop()].depends_on:
            if dependency.predecessor in tasks and dependency.predecessor not in seen:
                seen.add(dependency.predecessor)
                front.append(dependency.predecessor)
    return seen


def _on_task(roadmap: Roadmap, name: str, edit: Callable[[Task], Task]) -> Roadmap:
    return replace(roadmap, tasks=tuple(edit(task) if task.id == name else task for task in roadmap.tasks))


def _after(roadmap: Roadmap, change: Change, _: Settings) -> Roadmap:
    """A soft relation to the same task becomes a hard one."""

    def edit(task: Task) -> Task:
        others = (d for d in task.depends_on if d.predecessor != change.other or d.strength is not Strength.SOFT)
        return replace(task, depends_on=(*others, Dependency(change.other)))

    return _on_task(roadmap, change.task, edit) if change.task != change.other else roadmap


def _drop(roadmap: Roadmap, change: Change, _: Settings) -> Roadmap:
    return _on_task(roadmap, change.task, lambda task: replace(task, status=Status.DROPPED))


def _merge(roadmap: Roadmap, change: Change, settings: Settings) -> Roadmap:
    if change.task == change.other or not {change.task, change.other} <= roadmap.tasks_by_id().keys():
        return roadmap
    share = float(change.value) if change.value else settings.weights.duplicate_share
    return merged(roadmap, change.task, change.other, share, settings)


def _choose(roadmap: Roadmap, change: Change, _: Settings) -> Roadmap:
    """What follows from it is `choices.decided`."""
    decisions = (
        replace(decision, chosen=change.value) if id_key(decision.id) == id_key(change.task) else decision
        for decision in roadmap.decisions
    )
    return replace(roadmap, decisions=tuple(decisions))


def _cut(roadmap: Roadmap, change: Change, _: Settings) -> Roadmap:
    def edit(task: Task) -> Task:
        return replace(task, depends_on=tuple(d for d in task.depends_on if d.predecessor != change.other))

    return _on_task(roadmap, change.task, edit)


def _assign(roadmap: Roadmap, change: Change, _: Settings) -> Roadmap:
    """The task itself, or the tasks of the item that nobody has taken; efforts typed by team become a total."""

    def edit(task: Task) -> Task:
        of_item = not task.teams and id_key(change.task) in map(id_key, task.items)
        if task.id != change.task and not of_item:
            return task
        return replace(task, teams=(change.value,), effort_by_team=(), engineers_by_team=())

    return replace(roadmap, tasks=tuple(map(edit, roadmap.tasks)))


def _due(roadmap: Roadmap, change: Change, _: Settings) -> Roadmap:
    until = date.fromisoformat(change.value)
    return _on_task(roadmap, change.task, lambda task: replace(task, due=until, due_is_hard=True))


def _start(roadmap: Roadmap, change: Change, _: Settings) -> Roadmap:
    """A vendor's promise starts on the day for which it is promised."""
    first = date.fromisoformat(change.value)

    def edit(task: Task) -> Task:
        moved = replace(task, not_before=first, pinned=False)
        return replace(moved, due=first) if is_promise(task) and task.due else moved

    return _on_task(roadmap, change.task, edit)


def _soften(roadmap: Roadmap, change: Change, _: Settings) -> Roadmap:
    def edit(task: Task) -> Task:
        relations = (
            replace(d, strength=Strength.SOFT) if d.predecessor == change.other else d for d in task.depends_on
        )
        return replace(task, depends_on=tuple(relations))

    return _on_task(roadmap, change.task, edit)


def _hire(roadmap: Roadmap, change: Change, _: Settings) -> Roadmap:
    first, last = map(date.fromisoformat, change.other.split("/"))
    more = CapacityChange(change.task, float(change.value), PROPOSED, first, last)
    return replace(roadmap, capacity=(*roadmap.capacity, more))


def _limit(roadmap: Roadmap, change: Change, _: Settings) -> Roadmap:
    teams = (
        replace(team, wip_limit=int(change.value)) if id_key(team.name) == id_key(change.task) else team
        for team in roadmap.teams
    )
    return replace(roadmap, teams=tuple(teams))


def _decide(roadmap: Roadmap, change: Change, _: Settings) -> Roadmap:
    """Only the day: where a task settles it, that task's finish counts still."""
    taken = date.fromisoformat(change.value)
    decisions = (
        replace(decision, due=taken) if id_key(decision.id) == id_key(change.task) else decision
        for decision in roadmap.decisions
    )
    return replace(roadmap, decisions=tuple(decisions))


def _override(roadmap: Roadmap, change: Change, _: Settings) -> Roadmap:
    opened = Override(change.task, change.other, PROPOSED, approved_by="proposed")
    return replace(roadmap, overrides=(*roadmap.overrides, opened))


def _note(roadmap: Roadmap, _change: Change, _settings: Settings) -> Roadmap:
    """Nothing that a plan can compute."""
    return roadmap


_APPLY: Mapping[ChangeKind, Callable[[Roadmap, Change, Settings], Roadmap]] = {
    ChangeKind.AFTER: _after,
    ChangeKind.LINK: _after,
    ChangeKind.DROP: _drop,
    ChangeKind.MERGE: _merge,
    ChangeKind.CHOOSE: _choose,
    ChangeKind.CUT: _cut,
    ChangeKind.ASSIGN: _assign,
    ChangeKind.DUE: _due,
    ChangeKind.START: _start,
    ChangeKind.SOFTEN: _soften,
    ChangeKind.HIRE: _hire,
    ChangeKind.LIMIT: _limit,
    ChangeKind.DECIDE: _decide,
    ChangeKind.OVERRIDE: _override,
    ChangeKind.NOTE: _note,
}
