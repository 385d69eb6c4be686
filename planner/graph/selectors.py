"""Selectors: which tasks a person means.

Grammar, blanks around a comma are fine::

    expression = all { " " all }            space: or
    all        = one { "," one }            comma: and
    one        = [ [steps] "+" ] name [ "+" [steps] ]
    name       = id | field ":" value
    field      = "team" | "item" | "component" | "status"

`+PAY-12` is PAY-12 and all its predecessors, `PAY-12+2` its successors up to two steps away, `2+PAY-12+` both.
An id or value with a blank, comma, plus, quote or colon stands in double quotes, a quote in it is doubled:
`"T+1"`, `team:"Core Ledger"`. A name in quotes is always a task id. Case does not matter.
"""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import networkx as nx

from planner.domain.errors import UserError
from planner.domain.roadmap import Roadmap, Status, Task, id_key
from planner.graph.dependencies import dependency_graph


class SelectionError(UserError):
    """An expression that cannot be read, or that names what is not there."""


def select(expression: str, roadmap: Roadmap) -> tuple[str, ...]:
    """Ids of the tasks that an expression selects, in roadmap order.

    Raises `SelectionError` with the nearest names when it names something that is not in the roadmap.
    """
    graph = dependency_graph(roadmap)
    chosen: set[str] = set()
    for group in _parse(expression):
        chosen |= set.intersection(*(_reached(one, roadmap, graph) for one in group))
    return tuple(task.id for task in roadmap.tasks if task.id in chosen)


def quote(name: str) -> str:
    """A task id as it is safe in an expression, its quotes doubled.

    >>> print(quote('the "A+B" thing'))
    "the ""A+B"" thing"
    """
    return '"' + name.replace('"', '""') + '"'


QUOTED = r'"(?:[^"]|"")*"'
PLAIN = r'[^\s,"+:]+'
ONE = re.compile(
    rf"""(?:(?P<before>\d*)(?P<up>\+))?
         (?:(?P<field>{PLAIN}):(?P<value>{QUOTED}|[^\s,"+]+) | (?P<id>{QUOTED}|{PLAIN}))
         (?:(?P<down>\+)(?P<after>\d*))?""",
    re.VERBOSE,
)
SEPARATOR = re.compile(r"(?P<comma>\s*,\s*)|\s+|$")


@dataclass(frozen=True, slots=True)
class _One:
    """One name of an expression; `up` and `down` are steps to follow, 0 for none, None for all."""

    field: str
    name: str
    up: int | None
    down: int | None


def _parse(expression: str) -> list[list[_One]]:
    """The expression as a disjunction of conjunctions."""
    text = expression.strip()
    groups: list[list[_One]] = []
    position, joined = 0, False
    while position < len(text) or joined or not groups:
        match = ONE.match(text, position)
        separator = SEPARATOR.match(text, match.end()) if match else None
        if not match or not separator:
            where = repr(text[position:]) if position < len(text) else "its end"
            raise SelectionError(
                f"Cannot read the selection {expression!r} at {where}. "
                "Write for example +PAY-12+2 or team:Ledger,status:planned; odd ids in double quotes."
            )
        if not joined:
            groups.append([])
        groups[-1].append(
            _One(
                id_key(match["field"] or ""),
                _unquoted(match["value"] or match["id"]),
                _steps(match["up"], match["before"]),
                _steps(match["down"], match["after"]),
            )
        )
        position, joined = separator.end(), separator["comma"] is not None
    return groups


def _unquoted(text: str) -> str:
    """A name without its quotes."""
    return text[1:-1].replace('""', '"') if text.startswith('"') else text


def _steps(plus: str | None, digits: str | None) -> int | None:
    """How far a plus reaches: 0 without one, None for as far as it goes."""
    if plus is None:
        return 0
    return int(digits) if digits else None


def _reached(one: _One, roadmap: Roadmap, graph: "nx.DiGraph[str]") -> set[str]:
    """The tasks that a name matches, with the predecessors and successors asked for."""
    named = set(_matches(one, roadmap))
    up, down = _within(graph.reverse(copy=False), named, one.up), _within(graph, named, one.down)
    return named | up | down


def _within(graph: "nx.DiGraph[str]", tasks: set[str], steps: int | None) -> set[str]:
    """Tasks at most so many steps along the arcs from any of `tasks`."""
    reached, edge = set(tasks), set(tasks)
    while edge and steps != 0:
        edge = {successor for task in edge for successor in graph.successors(task)} - reached
        reached |= edge
        steps = steps - 1 if steps is not None else None
    return reached


def _matches(one: _One, roadmap: Roadmap) -> Iterator[str]:
    """Ids of the tasks that a bare name means."""
    key = id_key(one.name)
    if not one.field:
        ids = {id_key(task.id): task.id for task in roadmap.tasks}
        if key not in ids:
            raise SelectionError(f'There is no task "{one.name}".{_did_you_mean(key, _everything(roadmap))}')
        return iter((ids[key],))
    if one.field not in FIELDS:
        known = ", ".join(FIELDS)
        raise SelectionError(
            f'"{one.field}:" is not a selector (must be one of {known}); put a task id with a colon in double quotes.'
        )
    names, names_of = FIELDS[one.field]
    known_names = {id_key(name): _typed(one.field, name) for name in names(roadmap)}
    if key not in known_names:
        raise SelectionError(f'There is no {one.field} "{one.name}".{_did_you_mean(key, known_names)}')
    return (task.id for task in roadmap.tasks if key in map(id_key, names_of(task)))


def _everything(roadmap: Roadmap) -> Mapping[str, str]:
    """All that a bare name may have meant, as it would be typed: task ids, and teams and so on with their field."""
    meant = {id_key(task.id): task.id for task in roadmap.tasks}
    for field, (names, _) in FIELDS.items():
        for name in names(roadmap):
            meant.setdefault(id_key(name), _typed(field, name))
    return meant


def _typed(field: str, name: str) -> str:
    """A field and its value as they would be typed."""
    return f"{field}:{name if re.fullmatch(PLAIN, name) else quote(name)}"


def _did_you_mean(key: str, known: Mapping[str, str]) -> str:
    """The nearest names as a question, else those that contain what was typed, or nothing."""
    near = difflib.get_close_matches(key, known, n=3) or [name for name in known if key in name][:3]
    return f" Did you mean {' or '.join(known[name] for name in near)}?" if near else ""


def _team_names(roadmap: Roadmap) -> Iterable[str]:
    return (name for names in ([t.name for t in roadmap.teams], *(t.teams for t in roadmap.tasks)) for name in names)


def _item_names(roadmap: Roadmap) -> Iterable[str]:
    return (name for names in ([i.id for i in roadmap.items], *(t.items for t in roadmap.tasks)) for name in names)


def _component_names(roadmap: Roadmap) -> Iterable[str]:
    return (name for names in ([c.name for c in roadmap.components], *map(_touched, roadmap.tasks)) for name in names)


def _touched(task: Task) -> tuple[str, ...]:
    return tuple(touch.component for touch in task.touches)


Names = Callable[[Roadmap], Iterable[str]]
NamesOf = Callable[[Task], Iterable[str]]

FIELDS: Mapping[str, tuple[Names, NamesOf]] = {
    "team": (_team_names, lambda task: task.teams),
    "item": (_item_names, lambda task: task.items),
    "component": (_component_names, _touched),
    "status": (lambda _: list(Status), lambda task: (task.status,)),
}
"""Field -> all names that it knows in a roadmap, and those that a task answers to."""
