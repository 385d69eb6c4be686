"""Probable duplicates: tasks whose texts are alike, as a short ranked list for a person to read.

Definition: two open tasks, of two teams unless asked otherwise, each among the most similar of the other, of which
the tables say nothing yet (no Duplicate of, Replaces, Alternative to, Split from, no component that both touch, no
chain of dependencies).
Data: titles, descriptions. Severity: none; a text never proves anything, so it is a note without a cost.
Ways out: type `Duplicate of`, or dismiss it. "Shared library to round amounts" of one team beside "Round amounts in
one shared library" of another is one; that both tasks mention a console is none.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Literal

from planner.conflicts.context import Context, teams_of
from planner.conflicts.text import Neighbour, Progress, Text, neighbours, shared_words
from planner.domain.conflict import Change, ChangeKind, Conflict, ConflictType, Family, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Task, id_key

TYPE = ConflictType(
    "probable-duplicate",
    Family.DUPLICATE,
    Severity.NOTE,
    "Probably the same work twice",
    "Type the id of one task into Duplicate of of the other, or dismiss the pair.",
    hygiene=True,
)
Scope = Literal["across", "all"]
MOST = 40
"""Pairs that are shown at most: more are not read."""
SHARED = 2
"""Words that a pair has in common at least: one word alone convinces nobody."""


def candidates(
    context: Context, scope: Scope = "across", per_task: int = 3, progress: Progress = lambda _: None
) -> tuple[Conflict, ...]:
    """At most `MOST` pairs and `per_task` of one task, the most similar first: mutual neighbours before others."""
    used: Counter[str] = Counter()
    found: list[Conflict] = []
    for one, other in _similar(context, scope, per_task, progress):
        words = shared_words(text_of(one).whole, text_of(other).whole)
        if len(words) >= SHARED and max(used[one.id], used[other.id]) < per_task:
            used.update((one.id, other.id))
            found.append(_conflict(one, other, words))
        if len(found) == MOST:
            break
    return tuple(found)


def _similar(context: Context, scope: Scope, per_task: int, progress: Progress) -> Iterator[tuple[Task, Task]]:
    """Pairs of open tasks of which the tables say nothing, best first."""
    tasks = context.open_tasks
    groups = [id_key(task.owner) for task in tasks] if scope == "across" else None
    near = neighbours([text_of(task) for task in tasks], per_task, groups, progress)
    for first, second in _ranked(near):
        if not is_declared(context, tasks[first], tasks[second]):
            yield tasks[first], tasks[second]


def text_of(task: Task) -> Text:
    """What a task says of itself."""
    return Text(task.title, task.description)


def is_declared(context: Context, one: Task, other: Task) -> bool:
    """Whether the tables already say how two tasks belong together: by name, by a component, by an order."""
    components = ({id_key(touch.component) for touch in task.touches} for task in (one, other))
    return (
        _names(one, other)
        or _names(other, one)
        or not set.isdisjoint(*components)
        or context.are_ordered(one.id, other.id)
    )


def _names(one: Task, other: Task) -> bool:
    named = (*one.duplicate_of, *one.replaces, *one.alternative_to, *one.split_from)
    return id_key(other.id) in map(id_key, named)


def _ranked(near: tuple[tuple[Neighbour, ...], ...]) -> list[tuple[int, int]]:
    """Pairs of places: those that found each other first, then by the sum of their scores, then by similarity."""
    seen: dict[tuple[int, int], list[Neighbour]] = defaultdict(list)
    for place, others in enumerate(near):
        for other in others:
            seen[min(place, other.place), max(place, other.place)].append(other)
    return sorted(
        seen,
        key=lambda pair: (
            -len(seen[pair]),
            -round(sum(found.score for found in seen[pair]), 9),
            -round(seen[pair][0].similarity, 6),
            pair,
        ),
    )


def _conflict(one: Task, other: Task, words: tuple[str, ...]) -> Conflict:
    return Conflict(
        type=TYPE,
        identity=tuple(sorted((one.id, other.id))),
        message=(
            f'"{one.id}" ({one.title}) and "{other.id}" ({other.title}) read alike: both are planned as they are.'
        ),
        tasks=(one.id, other.id),
        teams=teams_of(one, other),
        items=tuple(dict.fromkeys((*one.items, *other.items))),
        cells=(one.source.cell("Title"), other.source.cell("Title")),
        evidence=(text_of(one).whole, text_of(other).whole),
        words=words,
        resolutions=(
            Resolution(
                f'If they are the same, type "{one.id}" into Duplicate of of "{other.id}".',
                (Change(ChangeKind.MERGE, other.id, one.id, "1"),),
                discards=(other.id,),
            ),
        ),
    )
