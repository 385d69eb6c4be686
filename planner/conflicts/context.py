"""What all detectors look things up in: a roadmap with inverted indexes, efforts, and the plan where there is one."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from operator import or_

import networkx as nx

from planner.domain.plan import Plan, PlannedTask
from planner.domain.roadmap import (
    Component,
    Decision,
    Hypothesis,
    Item,
    Roadmap,
    Setting,
    Status,
    Strength,
    Task,
    TouchMode,
    id_key,
)
from planner.domain.settings import Settings


@dataclass(frozen=True)
class Context:
    """Read-only. Names are looked up by `id_key`; dropped tasks are left out, done ones are in.

    `effort` is the planned effort in ED by task id; `plan` is the schedule in dates, None before there is one.
    """

    roadmap: Roadmap
    as_of: date
    settings: Settings
    effort: Mapping[str, float]
    plan: Plan | None = field(default=None, repr=False)

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """All tasks that are not dropped, by id."""
        kept = (task for task in self.roadmap.tasks if task.status is not Status.DROPPED)
        return tuple(sorted(kept, key=lambda task: task.id))

    @cached_property
    def open_tasks(self) -> tuple[Task, ...]:
        """Tasks that are planned or in progress, by id."""
        return tuple(task for task in self.tasks if task.status is not Status.DONE)

    @cached_property
    def planned(self) -> Mapping[str, PlannedTask]:
        """Tasks in dates by id; empty before there is a plan."""
        return self.plan.tasks_by_id() if self.plan else {}

    @cached_property
    def task(self) -> Mapping[str, Task]:
        """Tasks by id as shown."""
        return {task.id: task for task in self.tasks}

    @cached_property
    def item(self) -> Mapping[str, Item]:
        """Items by key."""
        return {id_key(item.id): item for item in self.roadmap.items}

    @cached_property
    def component(self) -> Mapping[str, Component]:
        """Components by key."""
        return {id_key(component.name): component for component in self.roadmap.components}

    @cached_property
    def decision(self) -> Mapping[str, Decision]:
        """Decisions by key of their id."""
        return {id_key(decision.id): decision for decision in self.roadmap.decisions}

    @cached_property
    def hypothesis(self) -> Mapping[str, Hypothesis]:
        """Hypotheses by key of their id."""
        return {id_key(hypothesis.id): hypothesis for hypothesis in self.roadmap.hypotheses}

    @cached_property
    def touching(self) -> Mapping[str, tuple[tuple[Task, TouchMode], ...]]:
        """By component key the open tasks that touch it and how, by task id."""
        found: dict[str, list[tuple[Task, TouchMode]]] = defaultdict(list)
        for task in self.open_tasks:
            for touch in task.touches:
                found[id_key(touch.component)].append((task, touch.mode))
        return {key: tuple(pairs) for key, pairs in found.items()}

    @cached_property
    def setting(self) -> Mapping[str, tuple[tuple[Task, Setting], ...]]:
        """By key of a setting (`ledger.storage`) the tasks, done ones included, that set it."""
        found: dict[str, list[tuple[Task, Setting]]] = defaultdict(list)
        for task in self.tasks:
            for setting in task.sets:
                found[id_key(setting.key)].append((task, setting))
        return {key: tuple(pairs) for key, pairs in found.items()}

    @cached_property
    def needing(self) -> Mapping[str, tuple[tuple[Task, Setting], ...]]:
        """By key of a setting the open tasks that need a value of it."""
        found: dict[str, list[tuple[Task, Setting]]] = defaultdict(list)
        for task in self.open_tasks:
            for setting in task.needs:
                found[id_key(setting.key)].append((task, setting))
        return {key: tuple(pairs) for key, pairs in found.items()}

    @cached_property
    def successors(self) -> Mapping[str, tuple[str, ...]]:
        """By task id those that wait for it: hard relations, launches included."""
        found: dict[str, list[str]] = defaultdict(list)
        for task in self.tasks:
            for dependency in task.depends_on:
                if dependency.strength is not Strength.SOFT:
                    found[dependency.predecessor].append(task.id)
        return {task: tuple(later) for task, later in found.items()}

    @cached_property
    def _place(self) -> Mapping[str, int]:
        """Position of each task in `tasks`."""
        return {task.id: place for place, task in enumerate(self.tasks)}

    @cached_property
    def _later(self) -> Mapping[str, int]:
        """By task id all that wait for it, directly or through others: a bit for each position in `tasks`.

        Ten thousand tasks are at most 12 MB, and whether two are ordered is one look.
        """
        graph = nx.DiGraph((first, later) for first, followers in self.successors.items() for later in followers)
        reach: dict[str, int] = {}
        for group in nx.strongly_connected_components(graph):  # Tarjan's order: those that wait come first
            followers = [later for task in group for later in self.successors.get(task, ())]
            bits = reduce(or_, ((1 << self._place[later]) | reach.get(later, 0) for later in followers), 0)
            reach.update(dict.fromkeys(group, bits))
        return reach

    def is_before(self, first: str, second: str) -> bool:
        """Whether a chain of hard relations leads from the task `first` to the task `second`."""
        place = self._place.get(second)
        return place is not None and bool(self._later.get(first, 0) >> place & 1)

    def are_ordered(self, one: str, other: str) -> bool:
        """Whether one of two tasks has to wait for the other."""
        return self.is_before(one, other) or self.is_before(other, one)


def teams_of(*tasks: Task) -> tuple[str, ...]:
    """The teams of the tasks, each once, in order."""
    return tuple(dict.fromkeys(team for task in tasks for team in task.teams))
