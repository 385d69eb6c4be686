"""Every answer to an open question, planned again with equal effort from the plan that was written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from planner.conflicts import price
from planner.conflicts.price import WorkDone
from planner.domain.calendar import Calendar
from planner.domain.conflict import ChangeKind, Interval, Resolution
from planner.domain.decision_draft import Draft, DraftOption, ItemMove, Lost
from planner.domain.errors import UserError
from planner.domain.plan import Plan, TermValue
from planner.domain.roadmap import Commitment, Decision, Roadmap, Setting, Status, Task, id_key
from planner.pipeline.current import Current
from planner.pipeline.exporting import safe_stem
from planner.pipeline.open_questions import OpenQuestion, Way
from planner.pipeline.planning import framed
from planner.pipeline.pricing import context_of
from planner.pipeline.solving import changed
from planner.pipeline.variants import Variant, planned_alike
from planner.report.plan_json import DIGITS
from planner.scheduling.assemble import assemble
from planner.scheduling.budget import Meter

STEP = timedelta(weeks=1)
LONGEST = 52
"""Weeks for which it is computed what waiting costs."""
UNCLEAR = 1e-6
"""ED that make no difference."""


def drafted(question: OpenQuestion, now: Current, meter: Meter, plan_id: str) -> Draft:
    """The question with its options; nothing else of the roadmap is changed.

    Raises
    ------
    UserError
        If the workbooks have changed since the plan was written: its figures could not be looked up.
    """
    planned = _assembled(now.base, now)
    if _dates(planned) != _dates(now.written):
        raise UserError(
            "the workbooks do not give the plan that was written any more: run `roadmap plan` again first"
        )
    roadmap = now.checked.read.roadmap
    computable = [way for way in question.ways if price.is_computable(Resolution(way.text, way.changes))]
    others = (changed(now.checked, way.changes) for way in computable)
    count = len(computable)
    best, after = planned_alike(now.base, others, count, now.options, meter, at_least=count)
    searched = _assembled(best, now)
    plan = replace(planned, conflicts=now.written.conflicts, headline=now.written.headline)
    work_done = price.work_done_by(context_of(now.checked, planned))
    variants = dict(zip(computable, after, strict=False))
    scope = _scope(question, roadmap)
    options = tuple(_option(way, question, variants.get(way), now, plan, searched) for way in question.ways)
    tasks = tuple(t.id for t in plan.tasks if t.id in scope or any(t.id in option.discards for option in options))
    days = _days(plan, options)
    options = tuple(replace(o, lost=_lost(o, days, work_done)) if o.delta else o for o in options)
    place = _best(question, options)
    return Draft(
        id=question.id,
        question=question.text,
        plan=plan,
        plan_id=plan_id,
        stem=safe_stem(question.id),
        options=options,
        best=place,
        searched_on=searched.objective,
        tasks=tasks,
        decision=question.decision,
        conflict=question.conflict,
        conflicts=question.conflicts,
        decide_by=_decide_by(question, plan, options, place, work_done),
    )


def _assembled(variant: Variant, now: Current) -> Plan:
    """The plan of a variant, without its conflicts."""
    return assemble(
        framed(variant.checked, now.inputs, now.options, variant.cycles), variant.formulation, variant.solution
    )


def _dates(plan: Plan) -> tuple[object, ...]:
    """What a document cites of a plan, but for its costs, which follow from it."""
    tasks = ((task.id, task.start, task.finish, round(task.effort, DIGITS)) for task in plan.tasks)
    return (*tasks, *((item.id, item.lands) for item in plan.items), *((one.id, one.due) for one in plan.decisions))


def _scope(question: OpenQuestion, roadmap: Roadmap) -> frozenset[str]:
    """Ids of the tasks that hang on the answer: those of the conflicts, and all that set, need or settle it."""
    named = {task for conflict in question.conflicts for task in conflict.tasks}
    decision = question.decision
    if decision is not None:
        named |= {task.id for task in roadmap.tasks if _about(task, decision)}
    return frozenset(named)


def _about(task: Task, decision: Decision) -> bool:
    settles = id_key(decision.id) in map(id_key, task.settles)
    return settles or any(_is_of(setting, decision) for setting in (*task.sets, *task.needs))


def _is_of(setting: Setting, decision: Decision) -> bool:
    return bool(decision.key) and id_key(setting.key) == id_key(decision.key)


def _option(
    way: Way, question: OpenQuestion, variant: Variant | None, now: Current, plan: Plan, searched: Plan
) -> DraftOption:
    """A way out with what came of it; without figures where no plan can compute it, or time was short."""
    builds, rewrites, unprovided = _used_by(way, question.decision, now.checked.read.roadmap)
    told = next((r for c in question.conflicts for r in c.resolutions if r.changes == way.changes), None)
    blank = DraftOption(way.name, way.text, way.chance, builds=builds, rewrites=rewrites, unprovided=unprovided)
    if variant is None:
        return replace(blank, drops=told.discards if told else ())
    if not variant.possible:
        return replace(blank, possible=False)
    made = _assembled(variant, now)
    kept = {task.id for task in made.tasks}
    drops = tuple(task.id for task in plan.tasks if task.id not in kept)
    best = min(searched, plan, key=lambda known: known.objective)
    before = {term.letter: term.value for term in best.terms}
    return replace(
        blank,
        objective=made.objective,
        delta=Interval(round(made.objective - plan.objective, 6), round(made.objective - best.objective, 6)),
        terms=tuple(TermValue(t.letter, t.name, round(t.value - before.get(t.letter, 0.0), 6)) for t in made.terms),
        drops=drops,
        rewrites=tuple(task for task in rewrites if task not in drops),
        moves=_moves(plan, searched, made),
    )


def _used_by(
    way: Way, decision: Decision | None, roadmap: Roadmap
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Open tasks that bring an option about, that need another one, that need it although nobody brings it."""
    choice = next((change for change in way.changes if change.kind is ChangeKind.CHOOSE), None)
    if decision is None or choice is None:
        return (), (), ()
    open_ = [task for task in roadmap.tasks if task.status is not Status.DROPPED]
    value = id_key(choice.value)
    builds = tuple(t.id for t in open_ if any(_is_of(s, decision) and id_key(s.value) == value for s in t.sets))
    needing = [
        (t, {id_key(s.value) for s in t.needs if _is_of(s, decision)}) for t in open_ if t.status is not Status.DONE
    ]
    rewrites = tuple(task.id for task, values in needing if values and value not in values)
    wanting = tuple(task.id for task, values in needing if value in values)
    return builds, rewrites, () if builds else wanting


def _moves(plan: Plan, searched: Plan, made: Plan) -> tuple[ItemMove, ...]:
    """Items that land on another day, the most firmly promised first, of these the furthest.

    What searching on moves as well without the option is not its doing.
    """
    axis, after, anyway = Calendar(plan.as_of), made.items_by_id(), searched.items_by_id()
    moves = []
    for item in plan.items:
        then = after[item.id].lands if item.id in after else None
        if item.lands is None or then in (item.lands, anyway[item.id].lands):
            continue
        days = 0 if then is None else axis.on_or_after(then) - axis.on_or_after(item.lands)
        moves.append(ItemMove(item.id, item.lands, then, days))
    firm = {item.id: list(Commitment).index(Commitment(item.commitment)) for item in plan.items if item.commitment}

    def order(move: ItemMove) -> tuple[bool, int, int, str]:
        return move.after is not None, firm.get(move.item, len(Commitment)), -abs(move.days), move.item

    return tuple(sorted(moves, key=order))


def _days(plan: Plan, options: Sequence[DraftOption]) -> tuple[date, ...]:
    """Every week from the planning start until all that any option discards would be done."""
    at_stake = {task for option in options for task in option.discards}
    last = max((task.finish for task in plan.tasks if task.id in at_stake), default=None)
    if last is None:
        return ()
    days = [plan.as_of]
    while days[-1] <= last and len(days) <= LONGEST:
        days.append(days[-1] + STEP)
    return tuple(days)


def _lost(option: DraftOption, days: Sequence[date], work_done: WorkDone) -> tuple[Lost, ...]:
    return tuple(Lost(day, round(_thrown_away(option, day, work_done), 6)) for day in days)


def _thrown_away(option: DraftOption, day: date, work_done: WorkDone) -> float:
    return sum(work_done(task, day) for task in option.discards)


def _best(question: OpenQuestion, options: Sequence[DraftOption]) -> int | None:
    """The option to recommend: for a conflict what was recommended there; else by the same rule.

    That is the one that leaves no need without a task, then throws away least today, then makes the cheaper plan,
    then the likelier one. None where nothing tells the first from the last.
    """
    if question.conflict is not None:
        told = (k for k, o in enumerate(options) if question.conflict.recommendation.startswith(o.text.rstrip(".")))
        return next(told, None)

    def order(option: DraftOption) -> tuple[bool, float, float, float]:
        today = option.lost[0].effort if option.lost else 0.0
        cost = 0.0 if option.delta is None else round(option.delta.high, 6)
        return bool(option.unprovided), today, cost, -(option.chance or 0.0)

    known = [k for k, option in enumerate(options) if option.delta is not None]
    ranked = sorted(known, key=lambda k: order(options[k]))
    is_told = len(ranked) > 1 and order(options[ranked[0]]) != order(options[ranked[-1]])
    return ranked[0] if is_told or len(options) == 1 == len(ranked) else None


def _decide_by(
    question: OpenQuestion, plan: Plan, options: Sequence[DraftOption], best: int | None, work_done: WorkDone
) -> date | None:
    """The last working day on which no other option throws away less than the recommended one.

    For a conflict it is the day that was computed with it, by the same definition.
    """
    if question.conflict is not None:
        return question.conflict.decide_by
    spans = [task for task in plan.tasks if best is not None and task.id in options[best].discards]
    others = [option for k, option in enumerate(options) if k != best and option.delta is not None]
    if best is None or not spans or not others:
        return None
    axis = Calendar(plan.as_of)
    for period in range(axis.after(max(task.finish for task in spans)) + 1):
        day = axis.date_of(period)
        if _thrown_away(options[best], day, work_done) > UNCLEAR + min(
            _thrown_away(o, day, work_done) for o in others
        ):
            return axis.date_of(max(0, period - 1))
    return None
