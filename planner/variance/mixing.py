"""The facts of the first plan with some causes taken from the second one: the roadmap as it would have been."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from planner.domain.roadmap import Dependency, Estimate, Item, Status, Task, Team, id_key
from planner.domain.settings import Defaults, Settings
from planner.domain.variance import Cause
from planner.variance.facts import DEFAULTS, WHOLE, Facts, attributes_by_cause
from planner.variance.lineage import parts_of

Noun = TypeVar("Noun", Task, Item, Team)
Link = tuple[str, str, int, str]
"""Predecessor, relation, lag, strength."""

_BY_TEAM = ("effort_by_team", "engineers_by_team")


@dataclass(frozen=True)
class Split:
    """Tasks of the first plan -> their new parts in the second one, and back; ids both plans know."""

    parts: Mapping[str, tuple[str, ...]]
    origin: Mapping[str, str]
    common: frozenset[str]

    @cached_property
    def known(self) -> frozenset[str]:
        """Tasks that both plans know, by themselves or by what they were split into."""
        return self.common | self.parts.keys()

    def remains(self, now: Facts, whole: str) -> tuple[Task, ...]:
        """What a task that was split is in the second plan: what is left of it, then its parts; no dropped ones."""
        tasks = now.roadmap.tasks_by_id()
        named = (tasks[name] for name in (whole, *self.parts[whole]) if name in tasks)
        return tuple(task for task in named if task.status is not Status.DROPPED)

    def estimate_of(self, now: Facts, whole: str) -> Estimate | None:
        """The estimates of what remains together; none where one of them has none."""
        estimates = [task.estimate for task in self.remains(now, whole)]
        known = [estimate for estimate in estimates if estimate is not None]
        if len(known) < len(estimates) or not known:
            return None
        return Estimate(
            sum(e.optimistic for e in known), sum(e.likely for e in known), sum(e.pessimistic for e in known)
        )


def split_between(before: Facts, now: Facts) -> Split:
    """What was split, and which tasks are in both."""
    parts = parts_of(before.roadmap, now.roadmap)
    origin = {part: whole for whole, found in parts.items() for part in found}
    common = {task.id for task in before.roadmap.tasks} & {task.id for task in now.roadmap.tasks}
    return Split(parts, origin, frozenset(common))


def links(task: Task, split: Split) -> frozenset[Link]:
    """For whom a task waits, as far as both plans know them; a part stands for what it was split from."""
    named = ((split.origin.get(d.predecessor, d.predecessor), d) for d in task.depends_on)
    return frozenset((name, str(d.link), d.lag, str(d.strength)) for name, d in named if name in split.known)


def mixed(before: Facts, now: Facts, split: Split, differing: Collection[Cause], taken: frozenset[Cause]) -> Facts:
    """The facts of `before`, with those of the causes `taken` (some of `differing`) from `now`.

    Names are those of `now` in both (`lineage.renamed`). With all or none taken it is one of the two itself.
    """
    if taken >= frozenset(differing):
        return now
    if not taken:
        return before
    mixer = _Mixer(before, now, split, frozenset(differing), taken)
    roadmap = replace(
        before.roadmap,
        tasks=tuple(mixer.tasks()),
        items=tuple(mixer.items()),
        teams=tuple(mixer.teams()),
        **{
            field: getattr(now.roadmap, field)
            for sheet, field in WHOLE.items()
            if taken & attributes_by_cause(sheet).keys()
        },
    )
    as_of = now.as_of if Cause.PROGRESS in taken else before.as_of
    return replace(before, roadmap=roadmap, settings=_settings(before.settings, now.settings, taken), as_of=as_of)


class _Mixer:
    """Row by row."""

    def __init__(
        self, before: Facts, now: Facts, split: Split, differing: frozenset[Cause], taken: frozenset[Cause]
    ) -> None:
        self._before, self._now, self._split, self._taken = before, now, split, taken
        self._old = before.roadmap.tasks_by_id()
        self._new = now.roadmap.tasks_by_id()
        self._keeps_progress = Cause.PROGRESS in differing - taken

    def tasks(self) -> Iterable[Task]:
        """The tasks that are there, with their relations to those that are."""
        found = {task.id: task for task in self._rows()}
        return (replace(task, depends_on=tuple(self._relations(task, found))) for task in found.values())

    def _rows(self) -> Iterable[Task]:
        for name, old in self._old.items():
            if name in self._split.parts:
                yield from self._split_task(old)
            elif name in self._new:
                yield self._common(old, self._new[name])
            elif Cause.SCOPE not in self._taken:
                yield old
        for name, new in self._new.items():
            is_added = name not in self._old and name not in self._split.origin
            if is_added and Cause.SCOPE in self._taken:
                yield self._unbegun(new)

    def _common(self, old: Task, new: Task) -> Task:
        """A task of both plans, with each fact from where its cause says."""
        task = _from(old, new, attributes_by_cause("Tasks"), self._taken)
        if Status.DROPPED in (old.status, new.status) and old.status is not new.status:
            source = new if Cause.SCOPE in self._taken else old
            task = _progress_of(task, self._unbegun(source) if source is new else source)
        return self._by_team(task, old, new)

    def _by_team(self, task: Task, old: Task, new: Task) -> Task:
        """Where a task is with other teams, what each of them does of it goes with the teams."""
        if old.teams == new.teams or not (old.effort_by_team or new.effort_by_team):
            return task
        source = new if Cause.MOVED in self._taken else old
        task = replace(task, **{name: getattr(source, name) for name in _BY_TEAM})
        return _shared_out(task)

    def _split_task(self, old: Task) -> Iterable[Task]:
        """A task that was split: its parts, or itself with their sum; what they are more than it is its estimate."""
        remains = self._split.remains(self._now, old.id)
        after = self._split.estimate_of(self._now, old.id)
        if Cause.MOVED in self._taken:
            factor = 1.0
            if Cause.ESTIMATE not in self._taken and old.estimate and after and after.likely:
                factor = old.estimate.likely / after.likely
            yield from (scaled(self._as_begun(it, old), factor) for it in remains)
            return
        rest = next((task for task in remains if task.id == old.id), None)
        task = _from(old, rest, attributes_by_cause("Tasks"), self._taken - {Cause.ESTIMATE}) if rest else old
        if Cause.ESTIMATE in self._taken and after is not None:
            task = _shared_out(replace(task, estimate=after))
        yield task

    def _as_begun(self, task: Task, old: Task) -> Task:
        """What remains of a split task, as far along as the cause progress says."""
        if task.id == old.id:
            return _progress_of(task, old) if self._keeps_progress else task
        return self._unbegun(task)

    def _unbegun(self, task: Task) -> Task:
        """A task that only the second plan has has made no progress by the day of the first."""
        if not self._keeps_progress or task.status is Status.DROPPED:
            return task
        return _progress_of(task, Task(task.id, task.source))

    def _relations(self, task: Task, found: Mapping[str, Task]) -> Iterable[Dependency]:
        """Relations between tasks of both plans go by their cause, those to others with the others."""
        old, new = self._old.get(task.id), self._new.get(task.id)
        if old is None or new is None:
            chosen = old or new
        elif links(old, self._split) == links(new, self._split):
            chosen = new if Cause.MOVED in self._taken else old
        else:
            chosen = new if Cause.DEPENDENCY in self._taken else old
        assert chosen is not None, "a task comes from one of the two plans"
        other = new if chosen is old else old
        related = list(chosen.depends_on)
        if other is not None:
            related += [d for d in other.depends_on if not self._is_shared(d.predecessor)]
        seen: dict[Dependency, None] = {}
        for dependency in related:
            for name in self._standing_for(dependency.predecessor, found):
                if name != task.id:
                    seen[replace(dependency, predecessor=name, cell=None)] = None
        return seen

    def _is_shared(self, name: str) -> bool:
        return name in self._split.common or name in self._split.parts or name in self._split.origin

    def _standing_for(self, name: str, found: Mapping[str, Task]) -> tuple[str, ...]:
        """The task itself where it is there, else what it was split from or into."""
        if name in found:
            return (name,)
        relatives = (self._split.origin.get(name, ""), *self._split.parts.get(name, ()))
        return tuple(relative for relative in relatives if relative in found)

    def items(self) -> Iterable[Item]:
        """The items that are there."""
        old = {item.id: item for item in self._before.roadmap.items}
        new = {item.id: item for item in self._now.roadmap.items}
        for name, item in old.items():
            if name in new:
                yield self._item(item, new[name])
            elif Cause.SCOPE not in self._taken:
                yield item
        if Cause.SCOPE in self._taken:
            yield from (item for name, item in new.items() if name not in old)

    def _item(self, old: Item, new: Item) -> Item:
        item = _from(old, new, attributes_by_cause("Roadmap"), self._taken)
        if Status.DROPPED in (old.status, new.status):
            return replace(item, status=(new if Cause.SCOPE in self._taken else old).status)
        return item

    def teams(self) -> Iterable[Team]:
        """All teams of both plans; one without work in the mixture changes nothing."""
        old = {id_key(team.name): team for team in self._before.roadmap.teams}
        new = {id_key(team.name): team for team in self._now.roadmap.teams}
        table = attributes_by_cause("Teams")
        yield from (_from(team, new[key], table, self._taken) if key in new else team for key, team in old.items())
        yield from (team for key, team in new.items() if key not in old)


def _from(old: Noun, new: Noun, table: Mapping[Cause, tuple[str, ...]], taken: frozenset[Cause]) -> Noun:
    """The first noun with the attributes of some causes from the second."""
    values: dict[str, Any] = {name: getattr(new, name) for cause in taken for name in table.get(cause, ())}
    return replace(old, **values)


def _progress_of(task: Task, other: Task) -> Task:
    names = attributes_by_cause("Tasks")[Cause.PROGRESS]
    values: dict[str, Any] = {name: getattr(other, name) for name in names}
    return replace(task, **values)


def scaled(task: Task, factor: float) -> Task:
    """A task with its effort times a factor."""
    e = task.estimate
    if e is None or factor == 1.0:
        return task
    return replace(
        task,
        estimate=Estimate(e.optimistic * factor, e.likely * factor, e.pessimistic * factor),
        effort_by_team=tuple((team, effort * factor) for team, effort in task.effort_by_team),
    )


def _shared_out(task: Task) -> Task:
    """What each team does, in the typed proportion, so that it adds up to the estimate."""
    total = sum(effort for _, effort in task.effort_by_team)
    if not total or task.estimate is None:
        return task
    factor = task.estimate.likely / total
    return replace(task, effort_by_team=tuple((team, effort * factor) for team, effort in task.effort_by_team))


def _settings(before: Settings, now: Settings, taken: frozenset[Cause]) -> Settings:
    values: dict[str, Any] = {name: getattr(now.defaults, name) for name, cause in DEFAULTS.items() if cause in taken}
    defaults: Defaults = replace(before.defaults, **values)
    weights = now.weights if Cause.PRIORITY in taken else before.weights
    return replace(before, defaults=defaults, weights=weights)
