"""The project that a benchmark plans: who does what after what, and what its delay costs. Whole days, no calendar."""

from dataclasses import dataclass
from typing import Literal

Mode = Literal["task", "item", "makespan"]
"""Minimise the weighted completion of every task, that of every item, or the end of everything."""


@dataclass(frozen=True)
class Goal:
    """It is reached when the last of its tasks is done; each day until then costs `weight`."""

    weight: int
    tasks: tuple[int, ...]


@dataclass(frozen=True)
class Network:
    """Tasks that each take one engineer of their team for `duration` days, by position, and what they wait for.

    `engineers` goes by team, `cost_of_delay` (a day) by item, all else by task; `weight` is a task's own cost a day.
    """

    engineers: tuple[int, ...]
    cost_of_delay: tuple[int, ...]
    team: tuple[int, ...]
    item: tuple[int, ...]
    duration: tuple[int, ...]
    weight: tuple[int, ...]
    before: tuple[tuple[int, ...], ...]

    def goals(self, mode: Mode) -> tuple[Goal, ...]:
        """What is weighed: every task on its own, or every item."""
        if mode == "task":
            return tuple(Goal(weight, (i,)) for i, weight in enumerate(self.weight))
        members: list[list[int]] = [[] for _ in self.cost_of_delay]
        for i, item in enumerate(self.item):
            members[item].append(i)
        return tuple(Goal(cost, tuple(own)) for cost, own in zip(self.cost_of_delay, members, strict=True))

    @property
    def edges(self) -> tuple[tuple[int, int], ...]:
        """Every precedence relation, (predecessor, successor)."""
        return tuple((j, i) for i, group in enumerate(self.before) for j in group)

    def __str__(self) -> str:
        cross = sum(self.team[j] != self.team[i] for j, i in self.edges)
        return (
            f"{len(self.team)} tasks, {len(self.engineers)} teams, {len(self.cost_of_delay)} items, "
            f"{len(self.edges) / max(len(self.team), 1):.2f} relations a task, "
            f"{cross / max(len(self.edges), 1):.0%} between teams"
        )
