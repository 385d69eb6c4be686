"""Which items land on another day than in an earlier plan, and what each change is owed to."""

from collections.abc import Mapping
from datetime import date

from planner.domain.calendar import Calendar
from planner.domain.landing import LandingChange, LandingKind
from planner.domain.plan import Plan, PlannedItem, PlannedTask
from planner.domain.roadmap import Commitment, Target, id_key, natural_key
from planner.scheduling.moves import moves


def landing_changes(before: Plan, now: Plan, causes: Mapping[str, str] | None = None) -> tuple[LandingChange, ...]:
    """The items that changed, those past their target first, then by commitment and by how far they moved.

    Of plans without items the tasks. `causes` (id -> clause) go before what the two plans themselves tell.
    """
    calendar = Calendar(now.as_of)
    known = causes or {}
    has_items = bool(before.items or now.items)
    former, current = (
        {id_key(thing.id): thing for thing in (plan.items if has_items else map(_as_item, plan.tasks))}
        for plan in (before, now)
    )
    moved = {move.task: move.why for move in moves(before, now, calendar, 0)}
    done = {id_key(name) for task in now.tasks if not task.sequence for name in (*task.items, task.id)}
    found = []
    for key, item in current.items():
        was = former.get(key)
        kind = _kind(was, item, key in done)
        if kind is not None:
            cause = known.get(item.id) or _cause(kind, was, item, moved)
            found.append(_change(item, kind, was.lands if was else None, item.lands, cause, calendar))
    for key, was in former.items():
        if key not in current:
            cause = known.get(was.id, "no sheet has it any more")
            found.append(_change(was, LandingKind.GONE, was.lands, None, cause, calendar))
    promises = {key: _promise(item) for key, item in (*former.items(), *current.items())}
    return tuple(
        sorted(
            found,
            key=lambda c: (not c.days_late, promises[id_key(c.item)], -abs(c.days), natural_key(c.item)),
        )
    )


def _as_item(task: PlannedTask) -> PlannedItem:
    """A task as if it were an item of its own, for its team."""
    return PlannedItem(
        id=task.id,
        title=task.title,
        pm=task.teams[0] if task.teams else "",
        customer="",
        origin="",
        priority="",
        commitment="",
        lands=(task.launch or task.finish) if task.sequence else None,
        finish=task.finish,
        target=Target(task.due, task.due, "day", task.due.isoformat()) if task.due else None,
        days_late=task.days_late,
        delay_cost=0.0,
        tasks=(task.id,),
        teams=task.teams,
        last_task=task.id,
        reason=task.reason,
        effort=task.effort,
        assumed_effort=0.0,
    )


def _kind(was: PlannedItem | None, item: PlannedItem, is_done: bool) -> LandingKind | None:
    """How an item of the new plan differs; None where it does not."""
    if was is None or (was.lands is None and item.lands is not None):
        return LandingKind.NEW
    if item.lands is None:
        delivered = LandingKind.DELIVERED if is_done else LandingKind.GONE
        return delivered if was.lands is not None else None
    assert was.lands is not None
    if item.lands != was.lands:
        return LandingKind.LATER if item.lands > was.lands else LandingKind.EARLIER
    targets = (each.target and (each.target.first, each.target.last) for each in (was, item))
    return LandingKind.PROMISED if len(set(targets)) > 1 else None


def _cause(kind: LandingKind, was: PlannedItem | None, item: PlannedItem, moved: Mapping[str, str]) -> str:
    """What the plans tell: why the last task starts on another day, else why it is when it is."""
    if kind is LandingKind.NEW:
        return "it is new" if was is None else "a team has taken it"
    if kind is LandingKind.DELIVERED:
        return "its tasks are done"
    if kind is LandingKind.GONE:
        return "no task of it is planned any more"
    if kind is LandingKind.PROMISED and was is not None:
        return f"its target was {was.target.text if was.target else 'blank'}"
    if item.last_task in moved:
        return f"{item.last_task}: {moved[item.last_task]}"
    if was is not None and was.last_task != item.last_task:
        return f"it now ends with {item.last_task}"
    return item.reason.text if item.reason else ""


def _change(
    item: PlannedItem, kind: LandingKind, before: date | None, now: date | None, cause: str, calendar: Calendar
) -> LandingChange:
    days = calendar.on_or_after(now) - calendar.on_or_after(before) if before and now else 0
    return LandingChange(
        item=item.id,
        title=item.title,
        customer=item.customer,
        pm=item.pm,
        kind=kind,
        before=before,
        now=now,
        days=days,
        target=item.target,
        days_late=item.days_late if now else 0,
        cause=cause,
        reason=item.reason,
    )


def _promise(item: PlannedItem) -> int:
    """The firmest commitment first."""
    commitments = [str(commitment) for commitment in Commitment]
    return commitments.index(item.commitment) if item.commitment in commitments else len(commitments)
