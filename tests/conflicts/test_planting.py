"""Every declared conflict that is planted is found, nothing else is, and its id does not depend on rows or files."""

import random
from dataclasses import replace
from datetime import date

import pytest

from planner.conflicts import DETECTORS
from planner.conflicts.context import Context
from planner.conflicts.price import find
from planner.domain.cells import Source
from planner.domain.conflict import Conflict, Family
from planner.domain.roadmap import Roadmap
from planner.domain.settings import Settings
from tests.conflicts.planting import PLANTERS, Expected, plant, shuffled

SEEDS = range(5)
AS_OF = date(2026, 9, 7)


def conflicts_in(roadmap: Roadmap) -> tuple[Conflict, ...]:
    """What the detectors find without a plan."""
    effort = {task.id: task.estimate.likely for task in roadmap.tasks if task.estimate}
    return find(Context(roadmap, AS_OF, Settings(), effort))


def found(roadmap: Roadmap) -> Expected:
    return frozenset((conflict.type.id, frozenset(conflict.tasks)) for conflict in conflicts_in(roadmap))


def test_every_detector_has_a_planter_unless_it_needs_a_plan() -> None:
    needs_a_plan = {"cycle", "soft-cycle", "overload", "bottleneck-team", "priority-inversion", "date-inversion"}
    names_no_task = {"item-without-task", "unanswered-ask"}
    without = {detector.TYPE.id for detector in DETECTORS} - PLANTERS.keys()
    assert without <= needs_a_plan | names_no_task


@pytest.mark.parametrize("seed", SEEDS)
def test_a_clean_plan_with_all_near_misses_gives_nothing(seed: int) -> None:
    assert found(plant((), seed).roadmap) == frozenset()


@pytest.mark.parametrize("type_", PLANTERS)
@pytest.mark.parametrize("seed", SEEDS)
def test_alone(type_: str, seed: int) -> None:
    planted = plant((type_,), seed)
    assert found(planted.roadmap) == planted.expected


@pytest.mark.parametrize("seed", SEEDS)
def test_all_together_and_twice(seed: int) -> None:
    planted = plant((*PLANTERS, *PLANTERS), seed)
    assert len(planted.expected) == 2 * len(PLANTERS)
    assert found(planted.roadmap) == planted.expected


@pytest.mark.parametrize("seed", SEEDS)
def test_ids_and_messages_do_not_depend_on_the_order_of_rows(seed: int) -> None:
    roadmap = plant(tuple(PLANTERS), seed).roadmap
    again = conflicts_in(shuffled(roadmap, random.Random(seed + 100)))
    assert [(c.id, c.message, c.evidence) for c in again] == [
        (c.id, c.message, c.evidence) for c in conflicts_in(roadmap)
    ]


def test_ids_do_not_depend_on_files_and_cells_follow_them() -> None:
    roadmap = plant(tuple(PLANTERS), 1).roadmap
    moved = replace(
        roadmap, tasks=tuple(replace(task, source=Source("other.csv", "", task.source.row)) for task in roadmap.tasks)
    )
    before, after = conflicts_in(roadmap), conflicts_in(moved)
    assert [conflict.id for conflict in after] == [conflict.id for conflict in before]
    contradictions = [conflict for conflict in after if conflict.type.family is Family.CONTRADICTION]
    assert {cell.file for conflict in contradictions for cell in conflict.cells} == {"other.csv"}
