"""Throwaway: what a plan expected, and what really happened to work that was done.

Real waste is work that happened and is of no use any more: begun and dropped; done although its hypothesis failed;
done for a value that was decided against; a second time; or superseded by later work, by the same formula as in the
plan (`objective.supersession`) with the actual dates. A task is counted once, for the reason that wastes most of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from planner.domain.closing import Waste
from planner.domain.problem import Schedule
from planner.domain.roadmap import Roadmap, Status, Task, id_key, natural_key
from planner.domain.units import engineer_days
from planner.objective import by_term, numbers
from planner.objective.supersession import supersession_cost
from planner.scheduling.estimates import planned_effort
from planner.scheduling.timing import complete
from planner.variance.facts import Facts
from planner.variance.replay import Dates, formulated


def expected_throwaway(facts: Facts, dates: Dates) -> float:
    """T of a plan in ED."""
    made = formulated(facts)
    days = (dates.start.get(task.id, facts.as_of) for task in made.tasks)
    starts = [max(0, made.calendar.on_or_after(day)) for day in days]
    if max(starts, default=0) >= made.problem.horizon:
        return 0.0
    return engineer_days(by_term(made.problem, complete(made.problem, starts))["T"])


def wasted(facts: Facts) -> tuple[Waste, ...]:
    """The work that was thrown away, the most first; what nobody can size last."""
    roadmap, effort = facts.roadmap, planned_effort(facts.roadmap, facts.settings)
    found: dict[str, Waste] = {}
    for waste in (*_dropped(roadmap, effort), *_in_vain(roadmap, effort), *_superseded(facts)):
        known = found.get(waste.task)
        if known is None or (waste.effort or 0.0) > (known.effort or 0.0):
            found[waste.task] = waste
    return tuple(sorted(found.values(), key=lambda w: (w.effort is None, -(w.effort or 0.0), natural_key(w.task))))


def _dropped(roadmap: Roadmap, effort: Mapping[str, float]) -> Iterator[Waste]:
    """Begun, then dropped."""
    for task in roadmap.tasks:
        if task.status is not Status.DROPPED:
            continue
        if task.actual_effort or task.done_share:
            yield Waste(task.id, task.title, _spent(task, effort), "begun and dropped")
        elif task.actual_start:
            yield Waste(task.id, task.title, None, "begun and dropped")


def _in_vain(roadmap: Roadmap, effort: Mapping[str, float]) -> Iterator[Waste]:
    """Done for something that turned out otherwise, or that somebody else had done."""
    failed = {id_key(h.id): h for h in roadmap.hypotheses if id_key(h.result) == "fail"}
    chosen = {id_key(decision.key): decision for decision in roadmap.decisions if decision.chosen and decision.key}
    tasks = roadmap.tasks_by_id()
    for task in (task for task in roadmap.tasks if task.status is Status.DONE):
        for name in task.hypotheses:
            hypothesis = failed.get(id_key(name))
            if hypothesis and task.id not in hypothesis.tested_by:
                yield Waste(task.id, task.title, _spent(task, effort), f"{hypothesis.id} has failed")
        for setting in task.sets:
            decision = chosen.get(id_key(setting.key))
            if decision and id_key(decision.chosen) != id_key(setting.value):
                why = f"{decision.id} chose {decision.key}={decision.chosen}, not {setting.value}"
                yield Waste(task.id, task.title, _spent(task, effort), why)
        for name in task.duplicate_of:
            if name in tasks and tasks[name].status is Status.DONE:
                yield Waste(task.id, task.title, _spent(task, effort), f"{name} did the same")


def _spent(task: Task, effort: Mapping[str, float]) -> float:
    """What was spent: as typed, else the done share of the estimate."""
    if task.actual_effort is not None:
        return task.actual_effort
    share = 1.0 if task.status is Status.DONE else task.done_share or 0.0
    return share * effort.get(task.id, 0.0)


def _superseded(facts: Facts) -> Iterator[Waste]:
    """Done, and replaced by work that was done later: less is lost the longer it was of use."""
    ends = {task.id: task.actual_finish for task in facts.roadmap.tasks if task.status is Status.DONE}
    dated = {task: day for task, day in ends.items() if day is not None}
    if len(dated) < 2:
        return
    as_planned = tuple(
        replace(task, status=Status.PLANNED, done_share=None, remaining=None) if task.id in dated else task
        for task in facts.roadmap.tasks
    )
    made = formulated(replace(facts, roadmap=replace(facts.roadmap, tasks=as_planned)))
    finish = tuple(made.calendar.after(dated[task.id]) if task.id in dated else 0 for task in made.tasks)
    variables = numbers(Schedule((0,) * len(finish), finish, finish))
    for pair in made.problem.supersessions:
        early, late = made.tasks[pair.early], made.tasks[pair.late]
        if early.id in dated and late.id in dated:
            cost = supersession_cost(pair, variables)
            if cost > 0:
                yield Waste(early.id, early.title, engineer_days(cost), f"superseded by {late.id}, done later")
