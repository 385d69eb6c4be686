"""Dependencies between open tasks as precedence relations, and the order that they allow."""

from collections.abc import Iterable, Mapping, Sequence

from planner.domain.problem import Precedence
from planner.domain.roadmap import Dependency, Link, Roadmap, Status, Strength, Task, id_key
from planner.domain.settings import Weights
from planner.domain.units import milli
from planner.scheduling.crew import Crew
from planner.scheduling.estimates import runs
from planner.scheduling.rules import RELATION_TO_DROPPED, Notebook

Neighbours = tuple[tuple[Precedence, ...], ...]


def hard_relations(
    roadmap: Roadmap,
    tasks: Sequence[Task],
    index: Mapping[str, int],
    cut: frozenset[tuple[str, str]],
    crew: Crew,
    weights: Weights,
    notebook: Notebook,
) -> tuple[Precedence, ...]:
    """The hard relations between activities, each once; those that started work has outrun are left out."""
    dropped = {task.id for task in roadmap.tasks if task.status is Status.DROPPED}
    found: dict[Precedence, None] = {}
    for successor, task in enumerate(tasks):
        for dependency in task.depends_on:
            if dependency.predecessor in dropped:
                notebook.report(
                    RELATION_TO_DROPPED,
                    f'"{task.id}" depends on "{dependency.predecessor}", which is dropped; ignored.',
                    dependency.cell,
                )
            predecessor = index.get(dependency.predecessor)
            if predecessor is None or not _binds(task, dependency) or (dependency.predecessor, task.id) in cut:
                continue
            found[_precedence(tasks, predecessor, successor, dependency, crew, weights)] = None
    return tuple(found)


def _binds(task: Task, dependency: Dependency) -> bool:
    """Soft relations are priced, not kept; the start of started work is past."""
    if dependency.strength is Strength.SOFT:
        return False
    return not runs(task) or dependency.link in (Link.FF, Link.SF)


def _precedence(
    tasks: Sequence[Task],
    predecessor: int,
    successor: int,
    dependency: Dependency,
    crew: Crew,
    weights: Weights,
) -> Precedence:
    owners = id_key(tasks[predecessor].owner), id_key(tasks[successor].owner)
    crosses = bool(owners[0] and owners[1] and owners[0] != owners[1])
    launch = dependency.strength is Strength.LAUNCH
    friction = friction_between(crew, *owners, weights) if crosses else 0
    return Precedence(
        predecessor,
        successor,
        Link.FS if launch and dependency.link is not Link.FF else dependency.link,
        dependency.lag,
        launch,
        crosses,
        friction,
    )


def friction_between(crew: Crew, one: str, other: str, weights: Weights) -> int:
    """Friction of two teams (by key) in thousandths: what the one that finds it harder says."""
    return milli(max(_friction(crew, one, other, weights), _friction(crew, other, one, weights)))


def _friction(crew: Crew, team: str, other: str, weights: Weights) -> float:
    """How hard `team` finds it to work with `other`: 0..1."""
    stated = crew.staff[team].team
    general = weights.friction if stated.friction is None else stated.friction
    return {id_key(name): value for name, value in stated.friction_by_team}.get(other, general)


def topology(count: int, relations: Iterable[Precedence]) -> tuple[tuple[int, ...], Neighbours, Neighbours]:
    """A topological order and the relations by successor and by predecessor; raises ValueError on a cycle."""
    before: list[list[Precedence]] = [[] for _ in range(count)]
    after: list[list[Precedence]] = [[] for _ in range(count)]
    for relation in relations:
        before[relation.successor].append(relation)
        after[relation.predecessor].append(relation)
    waits = [len(row) for row in before]
    order = [i for i in range(count) if not waits[i]]
    for i in order:  # grows while it is read
        for relation in after[i]:
            waits[relation.successor] -= 1
            if not waits[relation.successor]:
                order.append(relation.successor)
    if len(order) < count:
        raise ValueError("the dependencies still contain a cycle after the cut")
    return tuple(order), tuple(map(tuple, before)), tuple(map(tuple, after))
