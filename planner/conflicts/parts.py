"""What detectors of contradictions and duplicates share: pairs that are settled, ways out, and the common fields."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from planner.conflicts.context import Context, teams_of
from planner.domain.conflict import Change, ChangeKind, Conflict, ConflictType, Resolution
from planner.domain.roadmap import Status, Task, TouchMode, id_key, natural_key

EXTENDS = (TouchMode.EXTEND, TouchMode.CHANGE)
"""Work on a component that stays."""
BREAKS = (TouchMode.REPLACE, TouchMode.REMOVE)
"""Work after which those that use the component have to move."""


def conflict_of(
    type_: ConflictType,
    tasks: Sequence[Task],
    column: str,
    message: str,
    *,
    identity: Sequence[str],
    evidence: Sequence[str],
    at_risk: Sequence[tuple[str, float]] = (),
    resolutions: Sequence[Resolution] = (),
    components: Sequence[str] = (),
    decisions: Sequence[str] = (),
) -> Conflict:
    """A conflict whose teams, items and cells (those of `column`) follow from its tasks."""
    return Conflict(
        type_,
        tuple(identity),
        message,
        tasks=tuple(task.id for task in tasks),
        teams=teams_of(*tasks),
        components=tuple(components),
        items=tuple(dict.fromkeys(item for task in tasks for item in task.items)),
        decisions=tuple(decisions),
        cells=tuple(task.source.cell(column) for task in tasks),
        at_risk=tuple(at_risk),
        evidence=tuple(sorted(evidence)),
        resolutions=tuple(resolutions),
    )


def are_declared(one: Task, other: Task) -> bool:
    """Whether the tables say of two tasks that one replaces, repeats or stands for the other."""
    return _names(one, other) or _names(other, one)


def _names(one: Task, other: Task) -> bool:
    return other.id in (*one.replaces, *one.alternative_to, *one.duplicate_of)


def disagree(one: Task, other: Task) -> bool:
    """Whether two tasks set the same key to different values: a contradiction of its own type."""
    theirs = {id_key(setting.key): id_key(setting.value) for setting in other.sets}
    return any(theirs.get(id_key(s.key), id_key(s.value)) != id_key(s.value) for s in one.sets)


def linked(context: Context, names: Callable[[Task], Sequence[str]]) -> Iterator[tuple[Task, ...]]:
    """Groups of open tasks that name each other, directly or through others; none where one of them is done.

    Groups are in the order of their first task, tasks by id.
    """
    neighbours: dict[str, set[str]] = defaultdict(set)
    for task in context.tasks:
        for other in names(task):
            if other in context.task:
                neighbours[task.id].add(other)
                neighbours[other].add(task.id)
    seen: set[str] = set()
    for first in sorted(neighbours):
        if first not in seen:
            group = _reached(first, neighbours)
            seen |= group
            tasks = tuple(context.task[task] for task in sorted(group))
            if all(task.status is not Status.DONE for task in tasks):
                yield tasks


def _reached(first: str, neighbours: Mapping[str, set[str]]) -> set[str]:
    """All that can be reached from one, itself included."""
    group, front = {first}, [first]
    while front:
        new = neighbours[front.pop()] - group
        group |= new
        front.extend(new)
    return group


def open_decisions(context: Context, tasks: Sequence[Task]) -> tuple[str, ...]:
    """Decisions without an answer on a key that one of the tasks sets, by id."""
    keys = {id_key(setting.key) for task in tasks for setting in task.sets}
    return tuple(sorted(d.id for d in context.roadmap.decisions if id_key(d.key) in keys and d.is_open))


def unsettled(context: Context, tasks: Sequence[Task]) -> tuple[tuple[Task, Task], ...]:
    """The pairs of tasks that are neither ordered nor declared to belong together."""
    return tuple(
        (one, other)
        for one, other in combinations(tasks, 2)
        if not are_declared(one, other) and not context.are_ordered(one.id, other.id)
    )


def members(pairs: Sequence[tuple[Task, Task]]) -> tuple[Task, ...]:
    """The tasks of the pairs, each once, by id."""
    return tuple(sorted({task.id: task for pair in pairs for task in pair}.values(), key=lambda task: task.id))


def component_name(context: Context, key: str, tasks: Sequence[Task]) -> str:
    """A component as the Components sheet writes it, else as the first task does."""
    if key in context.component:
        return context.component[key].name
    return next(touch.component for task in tasks for touch in task.touches if id_key(touch.component) == key)


def components_of(context: Context, key: str) -> tuple[str, ...]:
    """The component whose property a key like `ledger.storage` is, where the Components sheet lists it."""
    component = context.component.get(id_key(key.rpartition(".")[0]))
    return (component.name,) if component else ()


def touched(context: Context, key: str, *modes: TouchMode) -> tuple[Task, ...]:
    """The open tasks that touch a component in one of the modes, each once, by id."""
    return tuple({task.id: task for task, mode in context.touching.get(key, ()) if mode in modes}.values())


def dearest_kept(context: Context, tasks: Sequence[Task]) -> tuple[tuple[str, float], ...]:
    """At risk where one of several tasks is kept and nobody said which: all but the one with the most effort."""
    dearest = max(tasks, key=lambda task: context.effort.get(task.id, 0.0))
    return tuple((task.id, 1.0) for task in tasks if task is not dearest)


def keep(kept: Task, tasks: Sequence[Task]) -> Resolution:
    """Of several tasks one is done, the others are dropped."""
    others = tuple(task.id for task in tasks if task.id != kept.id)
    text = f"Keep {kept.id}{_of(kept)}, drop {listed(others)}"
    return Resolution(text, tuple(Change(ChangeKind.DROP, task) for task in others), discards=others)


def drop(tasks: Sequence[Task], why: str = "") -> Resolution:
    """None of the tasks is done."""
    ids = tuple(task.id for task in tasks)
    return Resolution(f"Drop {listed(ids)}{why}", tuple(Change(ChangeKind.DROP, task) for task in ids), discards=ids)


def merge(context: Context, away: Task, into: Task) -> Resolution:
    """One task is done as part of another; across teams it takes a hand-off."""
    weights = context.settings.weights
    handoff = weights.handoff if away.owner != into.owner else 0.0
    change = Change(ChangeKind.MERGE, away.id, into.id, f"{weights.duplicate_share:g}")
    return Resolution(f"Merge {away.id} into {into.id}{_of(into)}", (change,), discards=(away.id,), extra=handoff)


def waits(context: Context, later: Sequence[Task], earlier: Sequence[Task]) -> tuple[Resolution, ...]:
    """All of `later` wait for all of `earlier`; nothing where one has begun or is already waited for."""
    possible = all(task.status is Status.PLANNED for task in later) and not any(
        context.is_before(after.id, before.id) for after in later for before in earlier
    )
    if not possible:
        return ()
    text = f"{listed([t.id for t in later])} {'waits' if len(later) == 1 else 'wait'} for "
    changes = tuple(Change(ChangeKind.AFTER, after.id, before.id) for after in later for before in earlier)
    return (Resolution(f"{text}{listed([t.id for t in earlier])}", changes),)


def note(text: str, extra: float = 0.0) -> Resolution:
    """What a person does and no plan can compute."""
    return Resolution(text, (Change(ChangeKind.NOTE, value=text),), extra=extra)


def named(task: Task) -> str:
    """A task with its team, as sentences say it: `Ledger (LED-3)`."""
    return f"{task.owner} ({task.id})" if task.owner else task.id


def by_team(tasks: Sequence[Task]) -> str:
    """Tasks under the team that owns them: `Ledger (LED-5, LED-19) and Wallet (WAL-1)`."""
    owned: dict[str, list[str]] = defaultdict(list)
    for task in sorted(tasks, key=lambda task: natural_key(task.id)):
        owned[task.owner].append(task.id)
    return listed([f"{team} ({', '.join(ids)})" if team else listed(ids) for team, ids in owned.items()])


def listed(names: Sequence[str]) -> str:
    """All names, as a sentence says them.

    >>> listed(["A"]), listed(["A", "B", "C"])
    ('A', 'A, B and C')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _of(task: Task) -> str:
    return f" of {task.owner}" if task.owner else ""
