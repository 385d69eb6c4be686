"""The story of `roadmap why`: why a task is where it is, what would move it, and why it is not elsewhere."""

import difflib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from planner.domain.conflict import Interval
from planner.domain.errors import UserError
from planner.domain.plan import ClashFact
from planner.domain.problem import Solution
from planner.domain.roadmap import Status, Task, id_key
from planner.domain.units import engineer_days
from planner.domain.why import WhatIf, Why
from planner.pipeline.current import Current, current
from planner.pipeline.inputs import Inputs, PlanOptions, Report, silent
from planner.pipeline.interrupt import searching
from planner.pipeline.solving import changed
from planner.pipeline.variants import planned_alike
from planner.report.wording import full_day
from planner.scheduling import contrast
from planner.scheduling.answers import Answers, moved_items, moved_tasks, term_changes
from planner.scheduling.budget import Meter
from planner.scheduling.chain import chain
from planner.scheduling.clash import smallest_clash
from planner.scheduling.counterfactual import counterfactuals
from planner.scheduling.experiments import OURS
from planner.scheduling.explain import Explainer
from planner.scheduling.formulate import Formulation
from planner.scheduling.variants import searched_alike
from planner.scheduling.view import View
from planner.scheduling.wording import clash_fact

SIMILAR = 3
"""Ids that are named where a task is not known."""
REPLANNED = 0.5
"""Part of the budget for a plan, where none was written that still holds."""


@dataclass(frozen=True)
class Otherwise:
    """What a task is to be instead: not started before a day, or finished before another task begins."""

    not_before: date | None = None
    before: str = ""


def why(
    name: str,
    inputs: Inputs,
    options: PlanOptions,
    otherwise: Otherwise | None = None,
    plan_file: Path | None = None,
    report: Report = silent,
) -> Why:
    """Why a task of the plan is where it is, and what would move it; with `otherwise`, why it is not so.

    Every change is planned again from the starts of the plan with an equal part of the budget, and so is the roadmap
    without any change: what the change does is the difference of the two.

    Raises
    ------
    UserError
        If the plan does not know the task, there is no plan, or the task already is what `otherwise` asks for.
    """
    with searching(options) as budget:
        meter = Meter(budget)
        now = current(inputs, options, meter.part(REPLANNED), plan_file, report)
        task = _task(now, name)
        if task.id not in now.formulation.index:
            return _over(now, task)
        question = _Question(now, task, meter, report)
        return question.why() if otherwise is None else question.why_not(otherwise)


def _task(now: Current, name: str) -> Task:
    """By its id as people type it; raises UserError that names those that are alike."""
    ours = (task for task in now.formulation.tasks if OURS in task.title)
    by_key = {id_key(task.id): task for task in (*now.checked.read.roadmap.tasks, *ours)}
    found = by_key.get(id_key(name))
    if found is None:
        near = difflib.get_close_matches(id_key(name), by_key, SIMILAR)
        alike = ", ".join(by_key[key].id for key in near or list(by_key)[:SIMILAR])
        hint = f"did you mean {alike}?" if near else f"there are {len(by_key)}: {alike} ..."
        raise UserError(f"no task {name!r} in this plan ({hint})")
    return found


def _over(now: Current, task: Task) -> Why:
    """A task that is not planned."""
    said = {
        Status.DONE: f"done{f' on {full_day(task.actual_finish)}' if task.actual_finish else ''}: its dates are past",
        Status.DROPPED: "dropped: it is kept in the tables and not planned",
    }[task.status]
    return replace(_blank(now, task), said=said)


def _blank(now: Current, task: Task) -> Why:
    return Why(
        task.id,
        task.title,
        task.teams,
        task.items,
        str(task.status),
        now.checked.as_of,
        objective_kind=now.options.objective,
    )


@dataclass(frozen=True)
class _Base:
    """The best that is known of the roadmap without any change."""

    view: View
    solution: Solution


class _Question:
    """One task of one plan."""

    def __init__(self, now: Current, task: Task, meter: Meter, report: Report) -> None:
        self._now, self._task, self._meter, self._report = now, task, meter, report
        self._roadmap = now.checked.read.roadmap
        self._view = self._viewed(now.formulation, now.solution)
        self._i = now.formulation.index[task.id]

    def why(self) -> Why:
        """The facts, the chain, and what would move it."""
        steps = chain(self._view.problem, self._view.schedule, self._i)
        found = replace(self._facts(), chain=Answers(self._view, self._roadmap).steps(steps))
        tried = counterfactuals(self._view, self._roadmap, steps)
        if not tried:
            return found
        self._report("planning again with each change")
        others = (changed(self._now.checked, (attack.change,)) for attack in tried)
        alike, after = planned_alike(self._now.base, others, len(tried), self._now.options, self._meter)
        base = self._base(alike.solution)
        answers = (
            self._what_if(attack.text, base, variant.formulation, variant.solution)
            for attack, variant in zip(tried, after, strict=False)  # the first ones where time is short
        )
        return replace(found, what_if=tuple(answers), searched_on=self._searched_on(base))

    def why_not(self, otherwise: Otherwise) -> Why:
        """The facts, and what it would cost to have it otherwise."""
        text, forced = self._forced(otherwise)
        if isinstance(forced, tuple):
            return replace(self._facts(), why_not=WhatIf(text, clash=forced))
        self._report("planning again with it")
        problem, planned, kind = self._view.problem, self._now.solution, self._now.options.objective
        best, (solution,) = searched_alike(problem, planned, [forced.problem], 1, self._meter, kind)
        base = self._base(best)
        answer = self._when_forced(text, base, forced, solution)
        return replace(self._facts(), why_not=answer, searched_on=self._searched_on(base))

    def _facts(self) -> Why:
        """What binds its start and its launch."""
        view, i = self._view, self._i
        answers = Answers(view, self._roadmap)
        return replace(
            _blank(self._now, self._task),
            start=view.start_day(i),
            finish=view.finish_day(i),
            launch=view.launch_day(i),
            day=view.schedule.start[i],
            because=answers.because(i, Explainer(view.problem, view.schedule).binding(i)),
            launches_because=answers.launches_because(i),
        )

    def _viewed(self, formulation: Formulation, solution: Solution) -> View:
        assert solution.schedule is not None
        return View(self._roadmap, self._now.cycles.cycles, formulation, solution.schedule)

    def _base(self, best: Solution) -> _Base:
        return _Base(self._viewed(self._now.formulation, best), best)

    def _searched_on(self, base: _Base) -> WhatIf | None:
        """What searching on does without any change; None where it finds nothing better."""
        planned, best = self._now.solution, base.solution
        if best.objective == planned.objective:
            return None
        found = self._compared("no change, only searched on", self._view, base.view)
        return replace(found, cost=engineer_days(best.objective - planned.objective))

    def _what_if(self, text: str, base: _Base, formulation: Formulation, solution: Solution) -> WhatIf:
        """One change, against the plan without it."""
        if solution.schedule is None:
            return WhatIf(text, clash=self._clash(formulation))
        best = base.solution
        found = self._compared(text, base.view, self._viewed(formulation, solution))
        return replace(
            found,
            cost=engineer_days(solution.objective - best.objective),
            proven=Interval(
                engineer_days(solution.bound - best.objective), engineer_days(solution.objective - best.bound)
            ),
        )

    def _when_forced(self, text: str, base: _Base, forced: Formulation, solution: Solution) -> WhatIf:
        """The same for what the plan is forced to do: that costs at least 0, as whatever it allows was allowed."""
        found = self._what_if(text, base, forced, solution)
        if found.proven is None:
            return found
        return replace(found, proven=replace(found.proven, low=max(0.0, found.proven.low)))

    def _compared(self, text: str, before: View, after: View) -> WhatIf:
        """The second schedule against the first, but for its cost."""
        was, now = before.formulation.index.get(self._task.id), after.formulation.index.get(self._task.id)
        titles = {item.id: item.title for item in self._roadmap.items}
        return WhatIf(
            text,
            start=None if now is None else after.start_day(now),
            finish=None if now is None else after.finish_day(now),
            days=0 if was is None or now is None else after.schedule.start[now] - before.schedule.start[was],
            items=moved_items(before, after, titles),
            tasks=moved_tasks(before, after),
            terms=term_changes(before, after),
        )

    def _clash(self, formulation: Formulation) -> tuple[ClashFact, ...]:
        """Why there is no plan; empty where none was found in time."""
        clash = smallest_clash(formulation.problem, self._meter.part(1.0))
        return tuple(clash_fact(formulation, fact) for fact in clash)

    def _forced(self, otherwise: Otherwise) -> tuple[str, Formulation | tuple[ClashFact, ...]]:
        """What is asked for in words, and the problem with it, or the facts with which it is impossible."""
        if otherwise.not_before is not None:
            return self._later(otherwise.not_before)
        return self._ahead(_task(self._now, otherwise.before))

    def _later(self, day: date) -> tuple[str, Formulation | tuple[ClashFact, ...]]:
        formulation, name = self._now.formulation, self._task.id
        text = f"start {name} on {full_day(day)} or later"
        if formulation.problem.activities[self._i].started:
            return text, (self._under_way(self._task),)
        if day <= self._view.start_day(self._i):
            raise UserError(
                f"{name} starts on {self._view.start_day(self._i)}, which is not before {day}: ask for a later day"
            )
        last = formulation.calendar.date_of(formulation.problem.horizon - 1)
        if day > last:
            raise UserError(f"{day} is beyond the days that the plan knows: ask for a day up to {last}")
        return text, contrast.not_before(formulation, self._i, day)

    def _ahead(self, other: Task) -> tuple[str, Formulation | tuple[ClashFact, ...]]:
        formulation, name = self._now.formulation, self._task.id
        text, j = f"finish {name} before {other.id} begins", formulation.index.get(other.id)
        if j is None:
            over = ClashFact(f"{other.id} is {other.status}", (other.source.cell("Status"),))
            return text, (over,)
        if j == self._i:
            raise UserError(f"{name} cannot come before itself: name another task")
        if formulation.problem.activities[j].started:
            return text, (self._under_way(other),)
        if self._view.schedule.finish[self._i] <= self._view.schedule.start[j]:
            raise UserError(f"{name} is done before {other.id} begins already: ask for a task that begins earlier")
        waits = contrast.path(formulation.problem, j, self._i)
        if waits:
            return text, tuple(clash_fact(formulation, fact) for fact in waits)
        return text, contrast.before(formulation, self._i, j)

    def _under_way(self, task: Task) -> ClashFact:
        since = f" since {full_day(task.actual_start)}" if task.actual_start else ""
        return ClashFact(f"{task.id} is under way{since}", (task.source.cell("Status"),))
