"""What detectors look up: the order of tasks."""

import random
from datetime import date

from planner.conflicts.context import Context
from planner.domain.cells import Source
from planner.domain.roadmap import Dependency, Roadmap, Status, Strength, Task
from planner.domain.settings import Settings


def context(after: dict[str, list[Dependency]], dropped: str = "") -> Context:
    tasks = tuple(
        Task(
            id_,
            Source("q3.xlsx", "Tasks", 2),
            depends_on=tuple(dependencies),
            status=Status.DROPPED if id_ == dropped else Status.PLANNED,
        )
        for id_, dependencies in after.items()
    )
    return Context(Roadmap(tasks=tasks), date(2026, 9, 7), Settings(), {})


def test_order_goes_through_chains_but_not_through_soft_relations_or_dropped_tasks() -> None:
    chain = {"A": [], "B": [Dependency("A")], "C": [Dependency("B", strength=Strength.LAUNCH)]}
    soft = {"D": [Dependency("C", strength=Strength.SOFT)]}
    looked_up = context({**chain, **soft})
    assert looked_up.is_before("A", "C")
    assert not looked_up.is_before("C", "A")
    assert not looked_up.is_before("A", "A")
    assert not looked_up.are_ordered("C", "D")
    assert not context(chain, dropped="B").is_before("A", "C")


def test_order_agrees_with_a_walk_on_random_graphs_with_cycles() -> None:
    rng = random.Random(3)
    for _ in range(20):
        names = [f"T{number}" for number in range(12)]
        after = {name: [Dependency(other) for other in rng.sample(names, 1) if other != name] for name in names}
        looked_up = context(after)
        for first in names:
            reached = walk(looked_up, first)
            assert {name for name in names if looked_up.is_before(first, name)} == reached


def walk(looked_up: Context, first: str) -> set[str]:
    """All that wait for a task, one step after the other."""
    reached: set[str] = set()
    front = [first]
    while front:
        new = set(looked_up.successors.get(front.pop(), ())) - reached
        reached |= new
        front.extend(new)
    return reached
