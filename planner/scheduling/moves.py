"""What moved from one plan to the next, how far, and why: the two plans compared, as far as a `plan.json` tells."""

from collections.abc import Iterator
from datetime import date, timedelta

from planner.domain.calendar import Calendar
from planner.domain.plan import Move, Plan, PlannedTask
from planner.domain.roadmap import Status, id_key, natural_key
from planner.report.wording import count, number, weeks

WEEK = timedelta(days=7)
EVEN = 0.01
"""Efforts and numbers of engineers (ED, engineers) that differ by less are the same."""


def comparable(former: Plan, plan: Plan) -> tuple[tuple[PlannedTask, PlannedTask], ...]:
    """The tasks that were to begin in both plans, as they were and as they are."""
    before = {id_key(task.id): task for task in former.tasks if _is_to_begin(task)}
    return tuple(
        (before[id_key(task.id)], task) for task in plan.tasks if _is_to_begin(task) and id_key(task.id) in before
    )


def new_tasks(former: Plan, plan: Plan) -> tuple[str, ...]:
    """The tasks of a plan that the former one did not have."""
    known = {id_key(task.id) for task in former.tasks}
    return tuple(task.id for task in plan.tasks if id_key(task.id) not in known)


def starts_to_keep(plan: Plan) -> dict[str, date]:
    """The starts of all tasks that were to begin, by `id_key`, for the next plan."""
    return {id_key(task.id): task.start for task in plan.tasks if _is_to_begin(task)}


def starts_kept(plan: Plan) -> dict[str, date]:
    """The starts that a plan kept close to itself, by `id_key`; none where it was made freely."""
    if plan.stability is None:
        return {}
    moved = {id_key(move.task): move.before for move in plan.stability.moves}
    added = set(map(id_key, plan.stability.added))
    return {task: moved.get(task, day) for task, day in starts_to_keep(plan).items() if task not in added}


def moves(former: Plan, plan: Plan, calendar: Calendar, near_weeks: int) -> tuple[Move, ...]:
    """The tasks that start on another day, the nearest first."""
    compared = _Compared(former, plan, calendar)
    near = calendar.date_of(near_weeks * calendar.per_week)
    found = [
        Move(
            task=now.id,
            title=now.title,
            teams=now.teams,
            before=before.start,
            now=now.start,
            days=compared.days(before.start, now.start),
            near=min(before.start, now.start) < near,
            why=compared.why(before, now),
        )
        for before, now in comparable(former, plan)
        if before.start != now.start
    ]
    return tuple(sorted(found, key=lambda move: (min(move.before, move.now), natural_key(move.task))))


def _is_to_begin(task: PlannedTask) -> bool:
    return task.sequence > 0 and task.status == Status.PLANNED


class _Compared:
    """Two plans side by side; what the first one lacks is new, what the second one lacks is gone."""

    def __init__(self, former: Plan, plan: Plan, calendar: Calendar) -> None:
        self._former, self._plan, self._calendar = former, plan, calendar
        self._before = {id_key(task.id): task for task in former.tasks}
        self._now = {id_key(task.id): task for task in plan.tasks}

    def why(self, before: PlannedTask, now: PlannedTask) -> str:
        """The first fact that explains the move: of the task itself, of what binds its start, of its items."""
        later = now.start > before.start
        causes = (
            self._own(before, now),
            self._binding(now if later else before, before, now),
            self._items(now),
        )
        found = (clause for clauses in causes for clause in clauses)
        return next(found, f"it {now.reason.text}" if later else "its earlier start saves more than moving it costs")

    def _own(self, before: PlannedTask, now: PlannedTask) -> Iterator[str]:
        """What the task itself says differently."""
        if before.start < self._plan.as_of:
            yield "it has not started as planned"
        if [id_key(team) for team in before.teams] != [id_key(team) for team in now.teams]:
            yield f"it is now with {', '.join(now.teams) or 'nobody'}"
        if now.reason.kind in ("pinned", "release") and now.start > before.start:
            yield f"it {now.reason.text}"

    def _binding(self, bound: PlannedTask, before: PlannedTask, now: PlannedTask) -> Iterator[str]:
        """What has changed in the facts that bind the later of the two starts."""
        reason, later = bound.reason, now.start > before.start
        if reason.kind in ("predecessor", "launch"):
            for name in reason.tasks:
                yield from self._relation(name, before, now)
                yield from self._other(name, later)
        if reason.kind == "capacity":
            for name in reason.tasks:
                yield from self._queue(name, before, now)
                yield from self._other(name, later)
            if abs(now.engineers - before.engineers) > EVEN:
                yield f"it takes {number(now.engineers)} engineers instead of {number(before.engineers)}"
            yield from self._capacity(before, now)

    def _relation(self, name: str, before: PlannedTask, now: PlannedTask) -> Iterator[str]:
        """A relation that only one of the plans has, between tasks that both have."""
        if id_key(name) not in self._before or id_key(name) not in self._now:
            return
        was, is_ = (id_key(name) in {id_key(link.task) for link in task.waits_for} for task in (before, now))
        if was != is_:
            yield f"it now waits for {name}" if is_ else f"it no longer waits for {name}"

    def _queue(self, name: str, before: PlannedTask, now: PlannedTask) -> Iterator[str]:
        """Another task of the team that has overtaken this one, or was overtaken by it."""
        was, is_ = self._before.get(id_key(name)), self._now.get(id_key(name))
        if was is None or is_ is None or not was.sequence or not is_.sequence:
            return
        if now.start > before.start:
            if was.start >= before.start and is_.start < now.start:
                yield f"{name} now goes first"
        elif was.start <= before.start and is_.start > now.start:
            yield f"it now goes before {name}"
        elif was.start < before.start and is_.start == now.start:
            yield f"it no longer queues behind {name}"

    def _other(self, name: str, later: bool) -> Iterator[str]:
        """How another task differs between the plans, if that explains a later (or else an earlier) start."""
        before, now = self._before.get(id_key(name)), self._now.get(id_key(name))
        sign = 1 if later else -1
        if before is None:
            yield f"{name} is new"
        elif now is None:
            yield f"{name} is no longer planned"
        elif before.sequence and not now.sequence:
            yield f"{name} is done"
        elif _is_to_begin(before) and _is_to_begin(now) and sign * (now.effort - before.effort) > EVEN:
            yield f"{name} has {'grown' if later else 'shrunk'} from {weeks(before.effort)} to {weeks(now.effort)}"
        elif (days := sign * self.days(before.finish, now.finish)) > 0:
            yield f"{name} is done {count(days, 'day')} {'later' if later else 'earlier'}"
        elif now.launch and before.launch and (days := sign * self.days(before.launch, now.launch)) > 0:
            yield f"{name} launches {count(days, 'day')} {'later' if later else 'earlier'}"

    def days(self, before: date, now: date) -> int:
        """Working days from one day to another."""
        return self._calendar.on_or_after(now) - self._calendar.on_or_after(before)

    def _capacity(self, before: PlannedTask, now: PlannedTask) -> Iterator[str]:
        """A team of the task that has more or fewer people between the two starts."""
        first, last = sorted((before.start, now.start))
        for name in now.teams:
            had, has = _weeks(self._former, name), _weeks(self._plan, name)
            between = [week for week in had.keys() & has.keys() if first - WEEK < week <= last]
            more = sum(has[week] - had[week] for week in between)
            if abs(more) > EVEN * sum(had[week] for week in between):
                yield f"{name} has {'more' if more > 0 else 'fewer'} engineers then"

    def _items(self, now: PlannedTask) -> Iterator[str]:
        """An item of the task that is more or less urgent than it was."""
        before = {id_key(item.id): item for item in self._former.items}
        items = self._plan.items_by_id()
        for name in now.items:
            was, is_ = before.get(id_key(name)), items.get(name)
            if was is None or is_ is None:
                continue
            for old, new in ((was.priority, is_.priority), (was.commitment, is_.commitment)):
                if old != new:
                    yield f"{name} is {new} now, was {old}"


def _weeks(plan: Plan, name: str) -> dict[date, float]:
    """ED that a team has by Monday; without the first and the last week, of which a plan may have only a part."""
    found = next((team for team in plan.teams if id_key(team.name) == id_key(name)), None)
    return {week.week: week.capacity for week in found.weeks[1:-1]} if found else {}
