"""Plants what is wrong with coverage, and what only looks like it."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tests.conflicts.builder import Builder


def foreign_component(builder: Builder, _: random.Random) -> frozenset[str]:
    """A team changes what another one owns."""
    owner, other = builder.teams(2)
    return frozenset((builder.task(other, touches={builder.component(owner): "extend"}),))


def own_component(builder: Builder, _: random.Random) -> None:
    """The owner writes, another team reads."""
    owner, other = builder.teams(2)
    component = builder.component(owner)
    first = builder.task(owner, touches={component: "extend"})
    builder.task(other, touches={component: "read"}, after=[first])


def task_without_item(builder: Builder, _: random.Random) -> frozenset[str]:
    """A task for nothing on the roadmap."""
    name = builder.task(builder.teams(1)[0])
    tasks = tuple(replace(task, items=()) if task.id == name else task for task in builder.roadmap.tasks)
    items = tuple(item for item in builder.roadmap.items if item is not builder.roadmap.items[-1])
    builder.roadmap = replace(builder.roadmap, tasks=tasks, items=items)
    return frozenset((name,))


PLANTERS: Mapping[str, Callable[[Builder, random.Random], frozenset[str]]] = {
    "foreign-component": foreign_component,
    "task-without-item": task_without_item,
}
NEAR_MISSES: Sequence[Callable[[Builder, random.Random], None]] = (own_component,)
