"""A baseline against what really happened: what was promised, what it took, what was wasted, what is owed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from statistics import median

from planner.domain.calendar import Calendar
from planner.domain.closing import CarriedDebt, Closing, Outcome, Promise, TeamRecord
from planner.domain.roadmap import Item, Roadmap, Status, Task, id_key, natural_key
from planner.variance.attribution import Side
from planner.variance.calibration import calibrations
from planner.variance.facts import Facts
from planner.variance.lineage import Names, names, renamed
from planner.variance.mixing import Split, split_between
from planner.variance.replay import Dates, renamed_dates
from planner.variance.waste import expected_throwaway, wasted


def closing(before: Side, now: Facts) -> Closing:
    """What became of a baseline, which has dates and facts; names and splits are followed."""
    assert before.dates is not None
    assert before.facts is not None
    to = names(before.facts.roadmap, now.roadmap)
    old = replace(before.facts, roadmap=renamed(before.facts.roadmap, to))
    dates = renamed_dates(before.dates, to)
    record = _Record(old, now, dates, split_between(old, now), to)
    tasks = tuple(record.tasks())
    return Closing(
        name=before.name,
        promised_as_of=before.as_of,
        as_of=now.as_of,
        items=tuple(record.items()),
        tasks=tasks,
        teams=_teams(tasks),
        calibration=calibrations(old, now, dates, record.done, record.axis),
        throwaway_expected=expected_throwaway(old, dates),
        waste=wasted(now),
        debt=_debt(now.roadmap),
        debt_before=sum(debt.principal for debt in _debt(old.roadmap)),
    )


@dataclass(frozen=True)
class _Record:
    """Both sides, under the names of today."""

    before: Facts
    now: Facts
    dates: Dates
    split: Split
    to: Names

    @property
    def axis(self) -> Calendar:
        """Working days, Monday to Friday."""
        return Calendar(self.before.as_of)

    @cached_property
    def _today(self) -> Mapping[str, Task]:
        return self.now.roadmap.tasks_by_id()

    @property
    def done(self) -> Mapping[str, Task]:
        """Tasks that are done today, by id."""
        return {task.id: task for task in self.now.roadmap.tasks if task.status is Status.DONE}

    def tasks(self) -> Iterable[Promise]:
        """Every task that the baseline planned, by promised day; what was added for experiments is no promise."""
        known = self.before.roadmap.tasks_by_id()
        planned = [name for name in self.dates.start if name in known]
        for name in sorted(planned, key=lambda task: (self.dates.finish[task], natural_key(task))):
            task = known[name]
            yield self._promise(
                Promise(name, task.title, task.teams, self.dates.finish[name], None, Outcome.OPEN),
                self._remains(name),
                [t.actual_finish or t.actual_launch for t in self._remains(name) if t.status is Status.DONE],
            )

    def items(self) -> Iterable[Promise]:
        """Every item that was to land after the baseline's day, by promised day."""
        titles = {id_key(item.id): item for item in self.before.roadmap.items}
        today: dict[str, list[Task]] = {}
        for task in self.now.roadmap.tasks:
            for key in dict.fromkeys(map(id_key, task.items)):
                today.setdefault(key, []).append(task)
        landing = {item: self.dates.lands(item) for item, tasks in self.dates.items.items() if self._is_open(tasks)}
        for name in sorted(landing, key=lambda item: (landing[item] or date.max, natural_key(item))):
            item = titles.get(id_key(name), Item(name, self.before.roadmap.tasks[0].source))
            promised = landing[name]
            if promised is None:
                continue
            tasks = today.get(id_key(name), [])
            done = [t.actual_launch or t.actual_finish for t in tasks if t.status is Status.DONE]
            teams = tuple(dict.fromkeys(team for task in tasks for team in task.teams))
            promise = self._promise(Promise(name, item.title, teams, promised, None, Outcome.OPEN), tasks, done)
            yield self._against_target(replace(promise, pm=item.pm), item)

    def _is_open(self, tasks: Iterable[str]) -> bool:
        return any(task in self.dates.start for task in tasks)

    def _remains(self, name: str) -> tuple[Task, ...]:
        """What a task of the baseline is today: itself, or its parts."""
        if name in self.split.parts:
            return self.split.remains(self.now, name)
        found = self._today.get(name)
        return () if found is None else (found,)

    def _promise(self, promise: Promise, tasks: Sequence[Task], ends: Sequence[date | None]) -> Promise:
        """The outcome, from what the work is today and the ends of that which is done."""
        alive = [task for task in tasks if task.status is not Status.DROPPED]
        if not alive:
            return replace(promise, outcome=Outcome.DROPPED)
        if all(task.status is Status.DONE for task in alive):
            days = [day for day in ends if day is not None]
            if len(days) < len(ends) or not days:
                return replace(promise, outcome=Outcome.UNDATED)
            late = self._days(promise.promised, max(days))
            outcome = Outcome.LATE if late > 0 else Outcome.KEPT
            return replace(promise, actual=max(days), outcome=outcome, days=late)
        overdue = self._days(promise.promised, self.now.as_of)
        if promise.promised < self.now.as_of:
            return replace(promise, outcome=Outcome.OVERDUE, days=overdue)
        return promise

    def _against_target(self, promise: Promise, item: Item) -> Promise:
        target = min(item.targets, key=lambda target: target.last, default=None)
        if target is None:
            return promise
        reached = promise.actual or (self.now.as_of if promise.outcome in (Outcome.OPEN, Outcome.OVERDUE) else None)
        return replace(promise, target=target.text, missed_target=reached is not None and reached > target.last)

    def _days(self, first: date, last: date) -> int:
        return self.axis.on_or_after(last) - self.axis.on_or_after(first)


def _teams(tasks: Sequence[Promise]) -> tuple[TeamRecord, ...]:
    """Each team's record over the tasks that it owns."""
    owned: dict[str, list[Promise]] = {}
    for task in tasks:
        if task.teams:
            owned.setdefault(task.teams[0], []).append(task)
    return tuple(_team(team, owned[team]) for team in sorted(owned, key=id_key))


def _team(team: str, promises: Sequence[Promise]) -> TeamRecord:
    counts = {outcome: sum(p.outcome is outcome for p in promises) for outcome in Outcome}
    days = [p.days for p in promises if p.actual is not None and p.days is not None]
    return TeamRecord(team, counts, median(days) if days else None)


def _debt(roadmap: Roadmap) -> tuple[CarriedDebt, ...]:
    """Debt of done work that no done work has repaid."""
    repaying: dict[str, list[Task]] = {}
    for task in roadmap.tasks:
        for name in task.repays if task.status is not Status.DROPPED else ():
            repaying.setdefault(id_key(name), []).append(task)
    found = []
    for task in roadmap.tasks:
        repayers = repaying.get(id_key(task.id), [])
        if task.debt and task.status is Status.DONE and not any(t.status is Status.DONE for t in repayers):
            found.append(CarriedDebt(task.id, task.debt.principal, task.debt.interest, tuple(t.id for t in repayers)))
    return tuple(found)
