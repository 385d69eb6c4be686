"""Prices of conflicts: engineering time at risk, what waiting costs, by when to decide, which way out is best."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from math import prod

from planner.conflicts import DETECTORS
from planner.conflicts.context import Context
from planner.domain.calendar import Calendar
from planner.domain.conflict import Change, ChangeKind, Conflict, CostPoint, Interval, Resolution
from planner.domain.roadmap import Status, id_key
from planner.report.wording import day, weeks

WorkDone = Callable[[str, date], float]
"""ED of a task that are done when a day begins."""
Replanned = tuple[float, Sequence[float | None]]
"""J in ED of the roadmap planned again, and after each change of it; None where that is impossible."""
Replan = Callable[[Sequence[tuple[Change, ...]]], Replanned]
"""Plans again with each of these changes and without any, all with equal effort; the first ones if time is short."""

WEEKS = (0, 2, 4, 8)
"""Weeks from now at which the cost curve has its points."""
REPLANNED = 5
"""The ways out of so many conflicts are planned again."""
SHORT, FULL = 6, 64
"""Digits of the hash in an id, and where two conflicts of a type share the short one."""
TOLERANCE = 1e-6
"""ED that make no difference."""


def find(context: Context) -> tuple[Conflict, ...]:
    """All declared conflicts, each once, with ids, sorted by id; not priced."""
    found = identified(conflict for detector in DETECTORS for conflict in detector.detect(context))
    return tuple(sorted(found, key=lambda conflict: conflict.id))


def identified(conflicts: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Each conflict once, in order, its id made from type and identity alone: rows and files do not change it."""
    by_hash: dict[tuple[str, str], Conflict] = {}
    for conflict in conflicts:
        digits = sha256("\0".join(map(id_key, conflict.identity)).encode()).hexdigest()
        by_hash.setdefault((conflict.type.id, digits), conflict)
    shared = Counter((kind, digits[:SHORT]) for kind, digits in by_hash)
    return tuple(
        replace(conflict, id=f"{kind}-{digits[: SHORT if shared[kind, digits[:SHORT]] == 1 else FULL]}")
        for (kind, digits), conflict in by_hash.items()
    )


def price(conflicts: Iterable[Conflict], context: Context, work_done: WorkDone) -> tuple[Conflict, ...]:
    """Conflicts with cost, curve, decide-by date, recommendation; those that waste most if left alone come first.

    The costs of all conflicts on one task never add up to more than its effort (see `severities`).
    """
    conflicts = tuple(conflicts)
    costs = severities(conflicts, context.effort)
    priced = (_priced(conflict, costs[k], context, work_done) for k, conflict in enumerate(conflicts))
    return tuple(sorted(priced, key=_rank))


def _rank(conflict: Conflict) -> tuple[bool, bool, float, float, int]:
    """Open ones first, hygiene last, then by what can be avoided, what is at risk, how bad its type is."""
    return (
        conflict.dismissed,
        conflict.type.hygiene,
        -conflict.avoidable,
        -conflict.cost,
        conflict.type.severity,
    )


def severities(conflicts: Iterable[Conflict], effort: Mapping[str, float]) -> list[float]:
    """ED at risk of each conflict, in order.

    Of a task with effort e, conflicts that put s_1..s_n of it at risk (s <= e) risk `e (1 - prod(1 - s/e))`
    together; each bears it in proportion to its own s. Hygiene costs nothing.
    """
    shares: dict[str, list[tuple[int, float]]] = defaultdict(list)
    costs = []
    for k, conflict in enumerate(conflicts):
        costs.append(0.0)
        for task, share in () if conflict.type.hygiene else conflict.at_risk:
            shares[task].append((k, min(max(share, 0.0), 1.0)))
    for task, risks in shares.items():
        total = sum(share for _, share in risks)
        together = effort.get(task, 0.0) * (1 - prod(1 - share for _, share in risks))
        for k, share in risks:
            costs[k] += together * share / total if total else 0.0
    return [round(cost, 6) for cost in costs]


def _priced(conflict: Conflict, cost: float, context: Context, work_done: WorkDone) -> Conflict:
    today = context.as_of
    best = recommended(conflict, today, work_done)
    if best is None or not cost:
        advice = best.text if best else conflict.type.advice
        return replace(conflict, cost=cost, avoidable=0.0, cost_curve=(), decide_by=None, recommendation=advice)
    avoidable = round(max(0.0, cost - thrown_away(best, today, work_done)), 6)
    decide_by = _decide_by(conflict, best, context, work_done)
    return replace(
        conflict,
        cost=cost,
        avoidable=avoidable,
        cost_curve=tuple(_point(conflict, ahead, today, work_done) for ahead in WEEKS),
        decide_by=decide_by,
        recommendation=_sentence(best, avoidable, decide_by, today),
    )


def thrown_away(resolution: Resolution, when: date, work_done: WorkDone) -> float:
    """ED that a way out costs when it is chosen on a day: the work done by then that it discards, and its extra."""
    return sum(work_done(task, when) for task in resolution.discards) + resolution.extra


def is_computable(resolution: Resolution) -> bool:
    """Whether a plan can be made of it, rather than a note for people."""
    return any(change.kind is not ChangeKind.NOTE for change in resolution.changes)


def recommended(conflict: Conflict, as_of: date, work_done: WorkDone) -> Resolution | None:
    """The way out that throws away least today; of equal ones the better plan, else the one that stays cheap.

    Giving up a task always makes a plan cheaper, because what the task is worth is on no sheet: such a way out
    comes after those that keep everything.
    """

    def order(way: Resolution) -> tuple[float, ...]:
        gives_up = any(change.kind is ChangeKind.DROP for change in way.changes)
        today, *later = (round(thrown_away(way, as_of + timedelta(weeks=ahead), work_done), 6) for ahead in WEEKS)
        return gives_up, today, way.delta.high if way.delta and way.delta.is_clear else 0.0, *later

    return min(_ways(conflict), key=order, default=None)


def _ways(conflict: Conflict) -> tuple[Resolution, ...]:
    """The ways out that can be compared: those that a plan can compute, else the notes."""
    return tuple(filter(is_computable, conflict.resolutions)) or conflict.resolutions


def _point(conflict: Conflict, ahead: int, as_of: date, work_done: WorkDone) -> CostPoint:
    """The cheapest way out when it is chosen so many weeks from now."""
    when = as_of + timedelta(weeks=ahead)
    return CostPoint(ahead, round(min(thrown_away(way, when, work_done) for way in _ways(conflict)), 6))


def _decide_by(conflict: Conflict, best: Resolution, context: Context, work_done: WorkDone) -> date | None:
    """The last working day on which the best way out of today is still the cheapest; None if it always is.

    Only while work goes on that it discards can it fall behind, so only these days are looked at.
    """
    planned = context.planned
    spans = [planned[task] for task in best.discards if task in planned]
    others = [way for way in _ways(conflict) if way is not best]
    if not spans or not others:
        return None
    axis = Calendar(context.as_of)
    first = max(0, axis.on_or_after(min(task.start for task in spans)))
    for period in range(first, axis.after(max(task.finish for task in spans)) + 1):
        when = axis.date_of(period)
        least = min(thrown_away(way, when, work_done) for way in others)
        if thrown_away(best, when, work_done) > least + TOLERANCE:
            return axis.date_of(max(0, period - 1))
    return None


def _sentence(best: Resolution, avoidable: float, decide_by: date | None, today: date) -> str:
    """What to do, by when, and what it saves."""
    until = f", by {day(decide_by, today)}" if decide_by else ""
    saves = f": saves {weeks(avoidable)}" if avoidable > TOLERANCE else ""
    return f"{best.text.rstrip('.')}{until}{saves}."


def work_done_by(context: Context) -> WorkDone:
    """Work by day as planned: spread evenly over a task's working days, what was done before as-of included.

    A task that is done is done whole; one without dates has not begun.
    """
    axis = Calendar(context.as_of)
    planned = context.planned

    def done(task: str, when: date) -> float:
        dates, effort = planned.get(task), context.effort.get(task, 0.0)
        if dates is None:
            return 0.0
        if dates.status == Status.DONE:
            return effort
        begin, end = max(0, axis.on_or_after(dates.start)), axis.after(dates.finish)
        share = min(1.0, max(0, axis.on_or_after(when) - begin) / max(1, end - begin))
        sunk = max(0.0, effort - dates.effort) if dates.status == Status.IN_PROGRESS else 0.0
        return sunk + (effort - sunk) * share

    return done


def replan_ways_out(conflicts: tuple[Conflict, ...], now: float, replan: Replan) -> tuple[Conflict, ...]:
    """The same conflicts, the ways out of the first `REPLANNED` open ones with their change in J.

    `conflicts` as `price` sorted them; to be priced again, because a better plan may change what is recommended.
    `now` is J of the plan. What as much more work on the unchanged roadmap finds tells how far a difference can be
    trusted: a way out is compared with the plan as it is and with that one, and both differences are kept.
    """
    dear = [c for c in conflicts if c.cost and not c.dismissed][:REPLANNED]
    ways = list(dict.fromkeys(way.changes for c in dear for way in c.resolutions if is_computable(way)))
    if not ways:
        return conflicts
    again, after = replan(ways)
    found = {changes: _difference(now, min(now, again), then) for changes, then in zip(ways, after, strict=False)}
    known = {c.id for c in dear}
    return tuple(_replanned(c, found) if c.id in known else c for c in conflicts)


def _replanned(conflict: Conflict, found: Mapping[tuple[Change, ...], Interval | None]) -> Conflict:
    ways = (replace(way, delta=found.get(way.changes)) for way in conflict.resolutions)
    return replace(conflict, resolutions=tuple(ways))


def _difference(now: float, best: float, then: float | None) -> Interval | None:
    """J after a change less J without it: against the plan as it is, and against what more work makes of it."""
    return None if then is None else Interval(round(then - now, 6), round(then - best, 6))


def recommended_changes(conflicts: Iterable[Conflict], context: Context, work_done: WorkDone) -> tuple[Change, ...]:
    """The changes of the recommended ways out of all open conflicts that cost something, the dearest first.

    A task that one of them has changed is left alone by the others.
    """
    changes: list[Change] = []
    touched: set[str] = set()
    for conflict in conflicts:
        best = recommended(conflict, context.as_of, work_done)
        if conflict.dismissed or not conflict.cost or best is None:
            continue
        named = {name for change in best.changes for name in (change.task, change.other) if name}
        if not named & touched:
            touched |= named
            changes += best.changes
    return tuple(changes)
