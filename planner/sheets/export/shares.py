"""Who gets which rows: every PM his items and their tasks, every team its tasks and the items that these serve."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.domain.exports import Receiver, ReceiverKind
from planner.domain.roadmap import Item, Roadmap, Task, id_key, natural_key
from planner.sheets.headers import normal

PM = normal("PM")
"""The column of tasks, none of ours, that names a PM."""


@dataclass(frozen=True)
class Share:
    """What falls to one receiver, in the order of the tables."""

    receiver: Receiver
    items: tuple[Item, ...]
    tasks: tuple[Task, ...]


def shares(roadmap: Roadmap, kind: ReceiverKind, authors: Mapping[str, str]) -> list[Share]:
    """A share for every PM or team, by name; what has neither falls to a receiver without a name, the last.

    `authors` are those of whose files rows were merged: folded id of the task -> name.
    """
    return _per_pm(roadmap, authors) if kind is ReceiverKind.PM else _per_team(roadmap)


def _per_pm(roadmap: Roadmap, authors: Mapping[str, str]) -> list[Share]:
    """Every PM with his items and their tasks; one PM may be typed in several ways.

    Work for no item is that of the PM in a column of its own, else of the PM who has added it, else nobody's.
    """
    names: dict[str, str] = {}
    items: dict[str, list[Item]] = defaultdict(list)
    for item in roadmap.items:
        for name in _people(item.pm) or ("",):
            names.setdefault(id_key(name), name)
            items[id_key(name)].append(item)
    known = {key: (name,) for key, name in names.items() if key}
    owners = {
        task.id: _owners(task) or known.get(id_key(authors.get(id_key(task.id), "")), ("",))
        for task in roadmap.tasks
        if not task.items
    }
    for name in (name for found in owners.values() for name in found):
        names.setdefault(id_key(name), name)
    found = []
    for key in _in_order(names):
        own = {id_key(item.id) for item in items[key]}
        tasks = tuple(
            task
            for task in roadmap.tasks
            if own.intersection(map(id_key, task.items)) or key in map(id_key, owners.get(task.id, ()))
        )
        found.append(Share(Receiver(ReceiverKind.PM, names[key]), tuple(items[key]), tasks))
    return found


def _owners(task: Task) -> tuple[str, ...]:
    """Who answers for work that is for no item, as far as a column says so."""
    return next((_people(text) for header, text in task.extra if normal(header) == PM), ())


def _people(text: str) -> tuple[str, ...]:
    """The names in a cell; a comma belongs to a name."""
    return tuple(dict.fromkeys(part.strip() for part in text.replace("\n", ";").split(";") if part.strip()))


def _per_team(roadmap: Roadmap) -> list[Share]:
    """Every team with its tasks and the items that these serve."""
    names = {id_key(team.name): team.name for team in roadmap.teams}
    tasks: dict[str, list[Task]] = defaultdict(list)
    for task in roadmap.tasks:
        for name in dict.fromkeys(map(id_key, task.teams or ("",))):
            tasks[name].append(task)
    found = []
    for key in _in_order(tasks):
        served = {id_key(item) for task in tasks[key] for item in task.items}
        items = tuple(item for item in roadmap.items if id_key(item.id) in served)
        found.append(Share(Receiver(ReceiverKind.TEAM, names.get(key, key)), items, tuple(tasks[key])))
    return found


def _in_order(keys: Iterable[str]) -> list[str]:
    """By name; the one without a name last."""
    return sorted(keys, key=lambda key: (not key, natural_key(key)))
