"""The same thing under two names: renamed teams, ids that are written differently, tasks that were split."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.domain.roadmap import CalendarEvent, Item, Roadmap, Task, Team, id_key

_REPEATED = re.compile(r"#\d+$")
"""What the reader puts behind an id that stands twice in one source."""


@dataclass(frozen=True)
class Names:
    """What something of the first plan is called in the second one: by `id_key` of the old name."""

    tasks: Mapping[str, str]
    items: Mapping[str, str]
    teams: Mapping[str, str]

    def task(self, name: str) -> str:
        """A task's name in the second plan."""
        return self.tasks.get(id_key(name), name)

    def item(self, name: str) -> str:
        """An item's name in the second plan."""
        return self.items.get(id_key(name), name)

    def team(self, name: str) -> str:
        """A team's name in the second plan."""
        return self.teams.get(id_key(name), name)


def names(before: Roadmap, now: Roadmap) -> Names:
    """How the names of `before` are written in `now`."""
    return Names(_paired(before.tasks, now.tasks), _paired(before.items, now.items), _teams(before, now))


def _paired(before: Sequence[Task] | Sequence[Item], now: Sequence[Task] | Sequence[Item]) -> Mapping[str, str]:
    """Ids by key. Which of several rows of one id gets it itself depends on their order: titles tell them apart."""
    found = {id_key(one.id): one.id for one in now}
    groups: dict[str, list[str]] = defaultdict(list)
    for one in now:
        groups[_REPEATED.sub("", id_key(one.id))].append(one.id)
    titles = {one.id: one.title for one in now}
    old: dict[str, list[Task | Item]] = defaultdict(list)
    for it in before:
        old[_REPEATED.sub("", id_key(it.id))].append(it)
    for base, olds in old.items():
        news = groups.get(base, [])
        if len(olds) == len(news) > 1 and len({titles[new] for new in news}) == len(news):
            by_title = {titles[new]: new for new in news}
            if all(it.title in by_title for it in olds):
                found |= {id_key(it.id): by_title[it.title] for it in olds}
    return found


def _teams(before: Roadmap, now: Roadmap) -> Mapping[str, str]:
    """Teams by key, then by a former name: of the second plan's, else of the first one's, which may be the later."""
    found = {id_key(team.name): team.name for team in now.teams}
    for team in now.teams:
        for old in team.formerly:
            found.setdefault(id_key(old), team.name)
    for team in before.teams:
        renamed = (found[id_key(old)] for old in team.formerly if id_key(old) in found)
        other = next(renamed, None)
        if other is not None:
            found.setdefault(id_key(team.name), other)
    return found


def renamed(roadmap: Roadmap, to: Names) -> Roadmap:
    """The roadmap with the names of the other plan."""
    return replace(
        roadmap,
        tasks=tuple(_task(task, to) for task in roadmap.tasks),
        items=tuple(replace(item, id=to.item(item.id)) for item in roadmap.items),
        teams=_merged(_team(team, to) for team in roadmap.teams),
        capacity=tuple(replace(change, team=to.team(change.team)) for change in roadmap.capacity),
        components=tuple(
            replace(part, owner=to.team(part.owner), consumers=_shares(part.consumers, to))
            for part in roadmap.components
        ),
        hypotheses=tuple(replace(h, tested_by=tuple(map(to.task, h.tested_by))) for h in roadmap.hypotheses),
        calendar=tuple(_event(event, to) for event in roadmap.calendar),
        overrides=tuple(replace(override, task=to.task(override.task)) for override in roadmap.overrides),
    )


def _merged(teams: Iterable[Team]) -> tuple[Team, ...]:
    """Each team once; two of the first plan may be one in the second, of which the first row counts."""
    found: dict[str, Team] = {}
    for team in teams:
        found.setdefault(id_key(team.name), team)
    return tuple(found.values())


def _shares(pairs: Iterable[tuple[str, float]], to: Names) -> tuple[tuple[str, float], ...]:
    return tuple((to.team(team), amount) for team, amount in pairs)


def _team(team: Team, to: Names) -> Team:
    return replace(team, name=to.team(team.name), friction_by_team=_shares(team.friction_by_team, to))


def _task(task: Task, to: Names) -> Task:
    return replace(
        task,
        id=to.task(task.id),
        items=tuple(map(to.item, task.items)),
        teams=tuple(dict.fromkeys(map(to.team, task.teams))),
        effort_by_team=_shares(task.effort_by_team, to),
        engineers_by_team=_shares(task.engineers_by_team, to),
        depends_on=tuple(replace(d, predecessor=to.task(d.predecessor)) for d in task.depends_on),
        replaces=tuple(map(to.task, task.replaces)),
        alternative_to=tuple(map(to.task, task.alternative_to)),
        duplicate_of=tuple(map(to.task, task.duplicate_of)),
        split_from=tuple(map(to.task, task.split_from)),
        repays=tuple(map(to.task, task.repays)),
    )


def _event(event: CalendarEvent, to: Names) -> CalendarEvent:
    def scope(text: str) -> str:
        kind, colon, name = text.partition(":")
        return f"{kind}:{to.team(name.strip())}" if colon and id_key(kind) == "team" else text

    return replace(event, scopes=tuple(map(scope, event.scopes)))


def parts_of(before: Roadmap, now: Roadmap) -> Mapping[str, tuple[str, ...]]:
    """Tasks of `before` that were split -> their new parts in `now`; parts of parts count for the first of them."""
    known = {id_key(task.id): task.id for task in before.tasks}
    new = {id_key(task.id): task for task in now.tasks if id_key(task.id) not in known}
    found: dict[str, list[str]] = defaultdict(list)
    for task in new.values():
        origin = _origin(task, known, new)
        if origin is not None:
            found[origin].append(task.id)
    return {origin: tuple(parts) for origin, parts in found.items()}


def _origin(task: Task, known: Mapping[str, str], new: Mapping[str, Task]) -> str | None:
    seen, front = {id_key(task.id)}, [task]
    while front:
        for name in front.pop().split_from:
            key = id_key(name)
            if key in known:
                return known[key]
            if key in new and key not in seen:
                seen.add(key)
                front.append(new[key])
    return None
