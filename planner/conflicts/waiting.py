"""What detectors of waiting share: when something will be known, the work done by then, what waiting costs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from planner.conflicts.context import Context
from planner.conflicts.parts import listed
from planner.domain.calendar import Calendar
from planner.domain.conflict import Change, ChangeKind, Resolution
from planner.domain.roadmap import Decision, Hypothesis, Priority, Status, Task, id_key
from planner.domain.units import DAYS_PER_WEEK


def open_decisions(context: Context) -> tuple[Decision, ...]:
    """Decisions that nobody has taken, by id."""
    return tuple(sorted((d for d in context.roadmap.decisions if d.is_open), key=lambda decision: decision.id))


def open_hypotheses(context: Context) -> tuple[Hypothesis, ...]:
    """Hypotheses without a result of which nobody is certain, by id."""
    unknown = (h for h in context.roadmap.hypotheses if not h.result and h.probability != 1)
    return tuple(sorted(unknown, key=lambda hypothesis: hypothesis.id))


def settlers(context: Context) -> Mapping[str, tuple[Task, ...]]:
    """By key of a decision the open tasks that bring it about, by task id."""
    found: dict[str, tuple[Task, ...]] = {}
    for task in context.open_tasks:
        for decision in map(id_key, task.settles):
            found[decision] = (*found.get(decision, ()), task)
    return found


def relying(context: Context) -> Mapping[str, tuple[Task, ...]]:
    """By key of a hypothesis the open tasks that rely on it, its own tests left out, by task id."""
    found: dict[str, tuple[Task, ...]] = {}
    for task in context.open_tasks:
        for name in dict.fromkeys(map(id_key, task.hypotheses)):
            hypothesis = context.hypothesis.get(name)
            if hypothesis and task.id not in hypothesis.tested_by:
                found[name] = (*found.get(name, ()), task)
    return found


def tests(context: Context, hypothesis: Hypothesis) -> tuple[Task, ...]:
    """The open tasks that test a hypothesis, by id."""
    found = (context.task[name] for name in sorted(set(hypothesis.tested_by)) if name in context.task)
    return tuple(task for task in found if task.status is not Status.DONE)


def waits_for(context: Context, task: Task, evidence: Sequence[Task]) -> bool:
    """Whether a task comes after all that brings the evidence; not where nothing does.

    A one-way door does so by rule, unless the evidence waits for the door.
    """
    if task.waits_for_evidence:
        return bool(evidence) and not any(context.is_before(task.id, before.id) for before in evidence)
    return bool(evidence) and all(context.is_before(before.id, task.id) for before in evidence)


def known_on(context: Context, evidence: Iterable[Task], day: date | None) -> date | None:
    """The last day of the evidence as planned, not before `day`; None where neither is known."""
    finishes = (context.planned[task.id].finish for task in evidence if task.id in context.planned)
    return max((*finishes, *((day,) if day else ())), default=None)


def decided_on(context: Context, decision: Decision, evidence: Sequence[Task]) -> date:
    """With the last task that settles it, else on its due date, else after the days that are assumed."""
    assumed = Calendar(context.as_of).date_of(context.settings.defaults.decision_days - 1)
    return known_on(context, evidence, None if evidence else decision.due) or assumed


def share_by(context: Context, task: Task, known: date | None) -> float:
    """Share of a task that is done when something is known, 0..1; all of it without a plan or without a day."""
    dates = context.planned.get(task.id)
    if dates is None or known is None:
        return 1.0
    axis = Calendar(context.as_of)
    begin, end = axis.on_or_after(dates.start), axis.after(dates.finish)
    return min(1.0, max(0, axis.after(known) - begin) / max(1, end - begin))


def days_of_waiting(context: Context, task: Task, known: date | None) -> int:
    """Working days by which a task starts later when it waits until something is known."""
    dates = context.planned.get(task.id)
    if dates is None or known is None:
        return 0
    axis = Calendar(context.as_of)
    return max(0, axis.after(known) - axis.on_or_after(dates.start))


def delay_weight(context: Context, task: Task) -> float:
    """Cost of delay of a task's items in ED per working day, each item counted once."""
    weights, total = context.settings.weights, 0.0
    for item in (context.item[key] for key in dict.fromkeys(map(id_key, task.items)) if key in context.item):
        typed, rate = item.cost_of_delay, weights.money_per_engineer_day
        if typed and (not typed.currency or rate):
            total += typed.amount / ((rate or 1.0) if typed.currency else 1.0) / DAYS_PER_WEEK
        else:
            total += weights.priority[item.priority or Priority(context.settings.defaults.priority)]
    return total


def waiting_cost(context: Context, task: Task, known: date | None) -> float:
    """ED that it costs to let a task wait until something is known."""
    return delay_weight(context, task) * days_of_waiting(context, task, known)


def break_even(context: Context, task: Task, known: date | None, event: str) -> str:
    """Below which probability of `event` waiting pays: delay against (1 - p) x the work done by then.

    Empty where the task does not begin before it is known, or where waiting never pays.
    """
    dear = context.effort.get(task.id, 0.0) * share_by(context, task, known)
    probability = 1 - waiting_cost(context, task, known) / dear if dear else 0.0
    return f'"{task.id}": wait only if P({event}) < {probability:.2f}' if 0 < probability < 1 else ""


def wait(
    context: Context, waiting: Sequence[Task], evidence: Sequence[Task], known: date | None
) -> Resolution | None:
    """Those that have not begun wait for the evidence; None where nothing can wait or nothing can be waited for."""
    pairs = [
        (task, before)
        for task in waiting
        for before in evidence
        if task.status is Status.PLANNED
        and not context.is_before(before.id, task.id)
        and not context.is_before(task.id, before.id)
    ]
    if not pairs:
        return None
    later = {task.id: task for task, _ in pairs}
    cost = sum(waiting_cost(context, task, known) for task in later.values())
    return Resolution(
        f"Let {listed(list(later))} wait for {listed(list(dict.fromkeys(before.id for _, before in pairs)))}",
        tuple(Change(ChangeKind.AFTER, task.id, before.id) for task, before in pairs),
        extra=round(cost, 6),
    )
