"""The story of `roadmap questions`: the missing facts that would move the plan most, and whom to ask.

A cheap guess chooses which facts are tried; each plausible answer to them is then planned again.
"""

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from planner.conflicts.context import Context
from planner.conflicts.proposed_touches import candidates, mode_of
from planner.conflicts.suggest import suggest
from planner.domain.question import Answer, Question, Questions
from planner.domain.roadmap import Estimate, Roadmap, Status, Task, Touch, id_key
from planner.domain.units import MILLI, engineer_days
from planner.pipeline.current import Current, current
from planner.pipeline.inputs import Checked, Inputs, PlanOptions, Report, silent, title_of
from planner.pipeline.interrupt import searching
from planner.pipeline.variants import Variant, planned_alike
from planner.scheduling.budget import Meter
from planner.scheduling.costs import cost
from planner.scheduling.estimates import planned_effort
from planner.scheduling.look import LONGEST, Look
from planner.scheduling.outcome import Outcome, outcome
from planner.scheduling.timing import complete
from planner.scheduling.unknowns import Option, Unknown, named, ranked, unknowns, with_tasks

TRIED, OF_EACH_KIND = 25, 3
"""Facts whose answers are planned; so many of each kind at least: guesses of different kinds compare badly."""


def questions(
    inputs: Inputs, options: PlanOptions, plan_file: Path | None = None, count: int = 10, report: Report = silent
) -> Questions:
    """The `count` missing facts whose answers move the cost or the dates of the plan most.

    Raises
    ------
    UserError
        If there is no plan and no file, or nothing can be planned.
    """
    with searching(options) as budget:
        now = current(inputs, options, budget, plan_file, report)
        meter = Meter(budget)
        report("looking for what nobody has stated")
        found = missing_facts(now)
        asked = _answered(_promising(found), now, meter, report)
    title, then = title_of(now.inputs.paths), f"roadmap plan {shlex.join(map(str, now.inputs.paths))}"
    return Questions(title, now.checked.as_of, tuple(asked[:count]), len(found) - len(asked[:count]), then)


def missing_facts(now: Current) -> tuple[Unknown, ...]:
    """All that nobody has stated, by a guess what may matter most first: nothing is planned again."""
    checked = now.checked
    look = Look(checked.read.roadmap, checked.settings, now.formulation, now.base.schedule)
    return ranked((*unknowns(look), *_touches(look, checked.as_of), *_untaken(look)))


def _promising(found: Sequence[Unknown]) -> list[Unknown]:
    """The first of each kind, then the second of each, up to `OF_EACH_KIND`; then the first of all."""
    place: Counter[str] = Counter()
    turns = []
    for unknown in found:
        turns.append(min(place[unknown.kind], OF_EACH_KIND))
        place[unknown.kind] += 1
    order = sorted(range(len(found)), key=lambda k: turns[k])
    return [found[k] for k in order[:TRIED]]


def _touches(look: Look, as_of: date) -> Iterator[Unknown]:
    """Pairs of tasks whose words say that they pull at one thing, and whose Touches do not."""
    roadmap, settings = look.roadmap, look.settings
    context = Context(roadmap, as_of, settings, planned_effort(roadmap, settings))
    by_id = {task.id: task for task in look.formulation.tasks}
    for conflict in islice(candidates(context), TRIED):
        thing, pair = conflict.components[0], [by_id[task] for task in conflict.tasks if task in by_id]
        blank = [task for task in pair if not task.touches]
        if len(pair) < 2 or not blank:
            continue
        whom, role = look.pm(item for task in blank for item in task.items)
        changed = {task.id: _touching(task, thing) for task in pair}
        options = (Option("they do", partial(with_tasks, changed=changed)),)
        wording = f"do {' and '.join(map(named, pair))} work on one thing, {thing}?"
        weight = max(look.delay(task.id, look.days(task.id)) for task in pair)
        cells = tuple(task.source.cell("Touches") for task in blank)
        yield Unknown("touches", blank[0].id, wording, whom, role, cells, options, weight)


def _touching(task: Task, thing: str) -> Task:
    """As its title says it."""
    return replace(task, touches=(*task.touches, Touch(thing, mode_of(task))))


def _untaken(look: Look) -> Iterator[Unknown]:
    """The dearest items without a task: the teams that they point to, each with a task of the usual size."""
    taken = {id_key(item) for task in look.roadmap.tasks for item in task.items}
    weights, defaults = look.settings.weights.priority, look.settings.defaults
    over = (Status.DONE, Status.DROPPED)
    items = [item for item in look.roadmap.items if id_key(item.id) not in taken and item.status not in over]
    items.sort(key=lambda item: (-weights[item.priority or defaults.priority], item.id))
    for item in items[:OF_EACH_KIND]:
        teams = suggest(look.roadmap, item).teams[:OF_EACH_KIND]
        if not teams:
            continue
        estimate = Estimate(*defaults.effort)
        stubs = [
            Task(f"{item.id}/?", item.source, items=(item.id,), teams=(t.team,), estimate=estimate) for t in teams
        ]
        options = tuple(Option(stub.owner, partial(_with_task, stub=stub)) for stub in stubs)
        wording = f"who takes {item.id} ({item.title})?" if item.title else f"who takes {item.id}?"
        weight = MILLI * weights[item.priority or defaults.priority] * LONGEST
        yield Unknown("team", item.id, wording, *look.pm([item.id]), (item.source.cell("Item ID"),), options, weight)


def _with_task(roadmap: Roadmap, stub: Task) -> Roadmap:
    return replace(roadmap, tasks=(*roadmap.tasks, stub))


def _answered(found: Sequence[Unknown], now: Current, meter: Meter, report: Report) -> list[Question]:
    """Every plausible answer planned with an equal part of the budget; what moves the plan most first."""

    def answered() -> Iterator[Checked]:
        for place, unknown in enumerate(found, 1):
            report(f"planning the answers to {place} of {len(found)}: {unknown.wording}")
            yield from (_with(now.checked, option) for option in unknown.options)

    answers = sum(len(unknown.options) for unknown in found)
    base, planned = planned_alike(now.base, answered(), answers, now.options, meter)
    left = iter(planned)
    asked = []
    for unknown in found:
        variants = tuple(islice(left, len(unknown.options)))
        if len(variants) < len(unknown.options):  # time was short
            break
        asked.append(_question(unknown, variants, base, now))
    moving = [question for question in asked if question.cost > 0 or question.days]
    return sorted(moving, key=lambda question: (-question.cost, -question.days, question.kind, question.subject))


def _with(checked: Checked, option: Option) -> Checked:
    """The roadmap with an answer."""
    return replace(checked, read=replace(checked.read, roadmap=option.edit(checked.read.roadmap)))


def _question(unknown: Unknown, variants: Sequence[Variant], base: Variant, now: Current) -> Question:
    """How far the answers move the plan; one answer alone is compared with the plan as it is."""
    now_is = outcome(base.formulation, base.solution)
    outcomes = [outcome(v.formulation, v.solution) if v.possible else None for v in variants]
    compared = [o for o in (*outcomes, now_is if len(outcomes) == 1 else None) if o is not None]
    item, days = _widest(compared, now_is)
    if unknown.weighs:
        apart = max((_saved(v, base, now) for v in variants if v.possible), default=0.0)
    else:
        apart = max((o.cost for o in compared), default=0.0) - min((o.cost for o in compared), default=0.0)
    answers = (
        _answer(option.value, comes, now_is, item, now)
        for option, comes in zip(unknown.options, outcomes, strict=True)
    )
    return replace(unknown.question, answers=tuple(answers), item=item, days=days, cost=round(apart, 6))


def _widest(compared: Sequence[Outcome], now_is: Outcome) -> tuple[str, int]:
    """The item whose landings are furthest apart, and by how many days; ("", 0) where all land alike."""
    landings = {item: [o.landings[item] for o in compared if item in o.landings] for item in now_is.landings}
    apart = {item: max(days) - min(days) for item, days in landings.items() if days}
    item = max(apart, key=lambda item: apart[item], default="")
    return (item, apart[item]) if apart.get(item) else ("", 0)


def _saved(found: Variant, base: Variant, now: Current) -> float:
    """ED by which the best sequence for an answer is cheaper than keeping to the plan as it is."""
    problem = found.formulation.problem
    kept = complete(problem, [base.starts[task.id] for task in found.formulation.tasks])
    return engineer_days(cost(problem, kept, now.options.objective) - found.solution.objective)


def _answer(value: str, comes: Outcome | None, now_is: Outcome, item: str, now: Current) -> Answer:
    """What one answer does."""
    if comes is None:
        return Answer(value, possible=False)
    lands = now.formulation.calendar.date_of(comes.landings[item] - 1) if item in comes.landings else None
    return Answer(value, round(comes.cost - now_is.cost, 6), lands)
