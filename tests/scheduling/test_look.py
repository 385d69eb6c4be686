"""Whose landing moves when a task is done later, by hand."""

from datetime import timedelta

import pytest

from planner.domain.cells import Source
from planner.domain.roadmap import Item, Priority, Roadmap
from planner.scheduling.formulate import formulate
from planner.scheduling.look import Look
from tests.scheduling.roadmaps import MONDAY, NO_OPERATIONS, earliest, task, team

ITEMS = tuple(Item(name, Source("plan.xlsx", "Roadmap", 2), priority=Priority.P1) for name in ("ASK-1", "ASK-2"))
"""1 ED for each day of delay."""


def test_a_delay_passes_on_less_the_days_between() -> None:
    """A takes 2 days, B behind it 1, and C waits for B and for D of 6 days: three days lie between B and C.

    A done 5 days later: ASK-1, which lands with B, 5 days later, ASK-2, which lands with C, 2 days later.
    """
    roadmap = Roadmap(
        items=ITEMS,
        tasks=(
            task("A", 2),
            task("B", 1, team="Web", after="A", items=("ASK-1",)),
            task("C", 1, team="Doc", after="B D", items=("ASK-2",)),
            task("D", 6, team="Lab"),
        ),
        teams=(team(), team("Web"), team("Doc"), team("Lab")),
    )
    formulation = formulate(roadmap, NO_OPERATIONS, MONDAY)
    look = Look(roadmap, NO_OPERATIONS, formulation, earliest(formulation.problem))
    assert dict(look.gaps["A"]) == {0: 0, 1: 3}
    assert look.delay("A", 5) == pytest.approx(5000 + 2000)
    assert look.delay("D", 5) == pytest.approx(5000)


def test_the_next_task_of_the_team_waits_too() -> None:
    """B begins on the day on which A is done, and nothing but the team ties them."""
    roadmap = Roadmap(
        items=ITEMS,
        tasks=(
            task("A", 2, items=("ASK-1",)),
            task("B", 1, items=("ASK-2",), not_before=MONDAY + timedelta(days=2)),
        ),
        teams=(team(),),
    )
    formulation = formulate(roadmap, NO_OPERATIONS, MONDAY)
    look = Look(roadmap, NO_OPERATIONS, formulation, earliest(formulation.problem))
    assert look.delay("A", 1) == pytest.approx(2000)
    assert look.delay("B", 1) == pytest.approx(1000)
