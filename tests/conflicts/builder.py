"""A synthetic roadmap that grows row by row: a clean base without any conflict, and helpers to plant into it."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypedDict, Unpack

from planner.domain.cells import Source
from planner.domain.roadmap import (
    Component,
    Decision,
    Dependency,
    Door,
    Estimate,
    Item,
    Priority,
    Roadmap,
    Setting,
    Status,
    Task,
    Team,
    Touch,
    TouchMode,
)

FILE = "synthetic.xlsx"
TEAMS = ("Atlas", "Borealis", "Comet", "Dynamo", "Ember", "Fjord", "Garnet", "Harbour")
COMPONENTS = 12
ITEMS = 15


class TaskFields(TypedDict, total=False):
    """Further fields of a task, as `domain.roadmap.Task` has them."""

    replaces: tuple[str, ...]
    alternative_to: tuple[str, ...]
    duplicate_of: tuple[str, ...]
    split_from: tuple[str, ...]
    hypotheses: tuple[str, ...]
    settles: tuple[str, ...]
    door: Door
    reversal: float
    status: Status


class Builder:
    """Collects rows. Every helper returns the id or name of what it added; the names are new each time."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.roadmap = Roadmap(teams=tuple(Team(name, engineers=6.0) for name in TEAMS))
        self._base()

    def teams(self, count: int) -> list[str]:
        """So many different teams."""
        return self.rng.sample(TEAMS, count)

    def item(self, priority: Priority = Priority.P2) -> str:
        """An item; blank dates, nothing that could contradict."""
        item = Item(f"R-{len(self.roadmap.items) + 1}", self._source("Roadmap"), title="Item", priority=priority)
        self.roadmap = replace(self.roadmap, items=(*self.roadmap.items, item))
        return item.id

    def task(
        self,
        team: str,
        *,
        effort: float = 10.0,
        item: str = "",
        after: Sequence[str] = (),
        touches: Mapping[str, str] | None = None,
        sets: Mapping[str, str] | None = None,
        needs: Mapping[str, str] | None = None,
        **fields: Unpack[TaskFields],
    ) -> str:
        """A task of one team; without `item` it has one of its own. `touches` maps component to mode."""
        if fields.get("status") is Status.DROPPED:
            item = item or self.roadmap.items[0].id  # an item of its own would be one that nobody has taken
        task = Task(
            id=f"{team[:3].upper()}-{len(self.roadmap.tasks) + 1}",
            source=self._source("Tasks"),
            title="Task",
            items=(item or self.item(),),
            teams=(team,),
            estimate=Estimate(effort, effort, effort),
            depends_on=tuple(Dependency(predecessor) for predecessor in after),
            touches=tuple(Touch(component, TouchMode(mode)) for component, mode in (touches or {}).items()),
            sets=tuple(Setting(key, value) for key, value in (sets or {}).items()),
            needs=tuple(Setting(key, value) for key, value in (needs or {}).items()),
            **fields,
        )
        self.add(task)
        return task.id

    def add(self, task: Task) -> None:
        """A task made by hand."""
        self.roadmap = replace(self.roadmap, tasks=(*self.roadmap.tasks, task))

    def change(self, task_id: str, **fields: Unpack[TaskFields]) -> None:
        """Other fields for a task that is there already."""
        tasks = tuple(replace(task, **fields) if task.id == task_id else task for task in self.roadmap.tasks)
        self.roadmap = replace(self.roadmap, tasks=tasks)

    def component(self, owner: str = "", status: str = "active", consumers: Mapping[str, float] | None = None) -> str:
        """A component; without owner no team is a foreigner in it."""
        name = f"component-{len(self.roadmap.components) + 1}"
        made = Component(
            name, self._source("Components"), owner=owner, status=status, consumers=tuple((consumers or {}).items())
        )
        self.roadmap = replace(self.roadmap, components=(*self.roadmap.components, made))
        return name

    def decision(self, key: str, options: Mapping[str, float | None], **fields: Unpack["DecisionFields"]) -> str:
        """A decision on a key, open where `chosen` is not given; with driver, date and effort it is not starved."""
        name = f"DEC-{len(self.roadmap.decisions) + 1}"
        made = Decision(
            name,
            self._source("Decisions"),
            question="Which?",
            key=key,
            options=tuple(options.items()),
            driver="Alma",
            effort=1.0,
            **fields,
        )
        self.roadmap = replace(self.roadmap, decisions=(*self.roadmap.decisions, made))
        return name

    def _base(self) -> None:
        """15 items of 4 tasks in a chain: an owner writes its component, a neighbour reads it afterwards."""
        owners = [TEAMS[number % len(TEAMS)] for number in range(COMPONENTS)]
        components = [self.component(owner) for owner in owners]
        for number in range(ITEMS):
            owner, component = owners[number % COMPONENTS], components[number % COMPONENTS]
            reader = self.rng.choice([team for team in TEAMS if team != owner])
            item = self.item()
            first = self.task(owner, item=item, effort=self.rng.randint(2, 20))
            second = self.task(owner, item=item, after=[first], touches={component: "extend"})
            third = self.task(reader, item=item, after=[second], touches={component: "read"})
            self.task(reader, item=item, after=[third], effort=self.rng.randint(2, 20))

    def _source(self, sheet: str) -> Source:
        """The next row of a sheet."""
        rows = {"Roadmap": self.roadmap.items, "Tasks": self.roadmap.tasks, "Components": self.roadmap.components}
        return Source(FILE, sheet, len(rows.get(sheet, self.roadmap.decisions)) + 2)


class DecisionFields(TypedDict, total=False):
    """Further fields of a decision, as `domain.roadmap.Decision` has them."""

    chosen: str
    status: str
