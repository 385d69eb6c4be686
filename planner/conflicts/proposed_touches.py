"""Proposed Touches: tasks of two teams whose words point to one thing that one of them replaces or removes.

Definition: two open tasks of different teams, at least one without Touches, of which the tables say nothing yet; the
title of one says that something goes away (replace, migrate, move to, remove ...), and both share the name of a
component or two telling words. Data: titles, descriptions, component names, priorities. Severity: none until a PM has
confirmed it by typing Touches; then the declared types take over. Ways out: type what is proposed, or dismiss it.
"Replace the invoice API" beside "Add fields to the invoice API" is one; with a dependency between the two it is none.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log, sqrt

from planner.conflicts.context import Context, teams_of
from planner.conflicts.probable_duplicate import is_declared, text_of
from planner.conflicts.text import shared_words, stems
from planner.domain.conflict import Change, ChangeKind, Conflict, ConflictType, Family, Resolution
from planner.domain.diagnostics import Severity
from planner.domain.roadmap import Task, TouchMode, id_key

TYPE = ConflictType(
    "proposed-contradiction",
    Family.CONTRADICTION,
    Severity.NOTE,
    "Two teams seem to pull at one thing",
    "Ask the PMs; if it is so, type the proposed Touches into both tasks, and the planner prices it.",
    hygiene=True,
)
VERBS: dict[TouchMode, str] = {
    TouchMode.REMOVE: "remove drop delete retire decommission sunset deprecate abolish discontinue shut off disable",
    TouchMode.REPLACE: "replace rebuild rewrite migrate move switch port convert supersede swap redesign rework redo",
    TouchMode.EXTEND: "add extend support enhance enrich widen expand",
    TouchMode.CREATE: "build create introduce design establish launch",
    TouchMode.CHANGE: "change adapt adjust update upgrade improve refactor",
}
"""How people say what they do to a component; the first mode of this order whose verb stands in a title counts."""
MODES = {stem: mode for mode, verbs in reversed(VERBS.items()) for stem in stems(verbs)}
ENDING = (TouchMode.REPLACE, TouchMode.REMOVE)
VAGUE = frozenset(stems("new old use version service system team customer project work task"))
"""Words that name no thing."""
VERSION = re.compile(r"\bv(?:ersion)?\s*(\d+(?:\.\d+)*)\b", re.IGNORECASE)
SHARED = 2
"""Telling words that two tasks share at least, where they do not name a component."""
COMMON = 200
"""A word of more tasks than this names no particular thing."""
MOST = 40


@dataclass(frozen=True, slots=True)
class _Words:
    """Telling words of all open tasks: stems by task, tasks by stem, and how telling a stem is."""

    of_task: tuple[frozenset[str], ...]
    tasks: Mapping[str, tuple[int, ...]]
    weight: Mapping[str, float]

    def similarity(self, one: int, other: int) -> float:
        """Cosine of two tasks by the words that both have."""
        return self._square(self.of_task[one] & self.of_task[other]) / sqrt(
            self._square(self.of_task[one]) * self._square(self.of_task[other])
        )

    def _square(self, words: frozenset[str]) -> float:
        return sum(self.weight[word] ** 2 for word in sorted(words))


def candidates(context: Context) -> tuple[Conflict, ...]:
    """At most `MOST` pairs: those with the most telling words in common and the most urgent items first."""
    tasks = context.open_tasks
    names = {component.name: frozenset(stems(component.name)) for component in context.roadmap.components}
    words = _index(tasks)
    pairs = {
        (min(first, second), max(first, second)): words.similarity(first, second)
        * max(_value(context, tasks[first]), _value(context, tasks[second]))
        for first, second in _pairs(tasks, words, names)
    }
    found: list[Conflict] = []
    for first, second in sorted(pairs, key=lambda pair: (-round(pairs[pair], 9), pair)):
        one, other = tasks[first], tasks[second]
        if not (one.touches and other.touches) and not is_declared(context, one, other):
            found.append(
                _conflict(one, other, _thing(one, other, words.of_task[first] & words.of_task[second], names))
            )
        if len(found) == MOST:
            break
    return tuple(found)


def mode_of(task: Task) -> TouchMode:
    """What the title says the task does, reading where it says nothing."""
    said = {MODES[stem] for stem in stems(task.title) if stem in MODES}
    return next((mode for mode in VERBS if mode in said), TouchMode.READ)


def _value(context: Context, task: Task) -> float:
    """The cost of delay that the priority of the task's most urgent item stands for."""
    settings = context.settings
    found = (context.item.get(id_key(item)) for item in task.items)
    priorities = [item.priority or settings.defaults.priority for item in found if item] or [
        settings.defaults.priority
    ]
    return max(settings.weights.priority[priority] for priority in priorities)


def _index(tasks: tuple[Task, ...]) -> _Words:
    of_task = tuple(frozenset(stems(text_of(task).whole)) - VAGUE - MODES.keys() for task in tasks)
    places: dict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(of_task):
        for word in found:
            places[word].append(place)
    return _Words(
        of_task,
        {word: tuple(found) for word, found in places.items()},
        {word: log(1 + len(tasks) / len(found)) for word, found in places.items()},
    )


def _pairs(tasks: tuple[Task, ...], words: _Words, names: Mapping[str, frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs across teams in which one ends a thing that both name."""
    for first, task in enumerate(tasks):
        if mode_of(task) not in ENDING:
            continue
        rare = [word for word in words.of_task[first] if len(words.tasks[word]) <= COMMON]
        shared = Counter(place for word in rare for place in words.tasks[word])
        for second, count in shared.items():
            common = words.of_task[first] & words.of_task[second]
            if id_key(task.owner) != id_key(tasks[second].owner) and (
                count >= SHARED or any(name and name <= common for name in names.values())
            ):
                yield first, second


def _thing(one: Task, other: Task, common: frozenset[str], names: Mapping[str, frozenset[str]]) -> str:
    """The component that both name, else the words that both have."""
    named = next((name for name, found in names.items() if found and found <= common), "")
    return named or "-".join(word for stem, word in stems(text_of(one).whole).items() if stem in common)


def _conflict(one: Task, other: Task, thing: str) -> Conflict:
    typed = [_typed(task, thing) for task in (one, other)]
    return Conflict(
        type=TYPE,
        identity=tuple(sorted((one.id, other.id))),
        message=(
            f'"{one.id}" ({one.title}) and "{other.id}" ({other.title}) seem to work on "{thing}", '
            "and one of them ends it: nothing is assumed until their PMs confirm it."
        ),
        tasks=(one.id, other.id),
        teams=teams_of(one, other),
        components=(thing,),
        items=tuple(dict.fromkeys((*one.items, *other.items))),
        cells=(one.source.cell("Title"), other.source.cell("Title")),
        evidence=(text_of(one).whole, text_of(other).whole),
        words=shared_words(text_of(one).whole, text_of(other).whole),
        resolutions=(
            Resolution(
                f'If it is so, type {typed[0]} at "{one.id}" and {typed[1]} at "{other.id}".',
                (Change(ChangeKind.NOTE, one.id, other.id, "; ".join(typed)),),
            ),
        ),
    )


def _typed(task: Task, thing: str) -> str:
    """What its PM would type: Touches, and Sets where the title names a version."""
    version = VERSION.search(task.title)
    sets = f" and Sets `{thing}.version={version[1]}`" if version else ""
    return f"Touches `{thing}:{mode_of(task)}`{sets}"
