"""Order and date, coverage and load: the example of each detector, and what needs more than tasks."""

from types import ModuleType

import pytest

from planner.conflicts import (
    cycle,
    date_inversion,
    foreign_component,
    infeasible_window,
    item_without_task,
    launch_in_block,
    missing_dependency,
    overload,
    priority_inversion,
    redundant_dependency,
    soft_cycle,
    task_without_item,
    unanswered_ask,
)
from planner.conflicts.context import Context
from planner.domain.cells import Source
from planner.domain.conflict import Change, ChangeKind
from planner.domain.roadmap import Ask, Item, Roadmap, Status, Task, Team
from planner.domain.settings import Settings
from tests.conflicts.examples import AS_OF, detected, read_example

EXAMPLES = (
    cycle,
    soft_cycle,
    missing_dependency,
    redundant_dependency,
    priority_inversion,
    date_inversion,
    infeasible_window,
    launch_in_block,
    foreign_component,
    task_without_item,
)


@pytest.mark.parametrize("module", EXAMPLES)
def test_the_example_holds(module: ModuleType) -> None:
    context, expected = read_example(module.__doc__ or "")
    assert {frozenset(conflict.tasks) for conflict in module.detect(context)} == expected


def test_a_circle_is_cut_where_the_least_is_at_risk_unless_a_contract_is_cheaper() -> None:
    """Ignoring a relation risks 0.09 of the successor: 1.8 of IDN-4's 20 ED; PAY-9's contract would cost 4."""
    (found,) = detected(cycle, cycle.__doc__ or "")
    assert dict(found.at_risk) == pytest.approx({"IDN-4": 0.09})
    (cut,) = found.resolutions
    assert cut.changes == (Change(ChangeKind.CUT, "IDN-4", "PAY-9"),)
    assert cut.extra == pytest.approx(1.8)


def asked(items: int, engineers: float) -> Context:
    """So many items that each ask the team Lang; the last is answered by a task."""
    source = Source("asks.csv", "", 2)
    names = [f"R-{number:02}" for number in range(items)]
    return Context(
        Roadmap(
            items=tuple(Item(name, source) for name in names),
            tasks=(Task("T-1", source, items=(names[-1],), teams=("lang",)),),
            teams=(Team("Lang", engineers=engineers),),
            asks=tuple(Ask(name, "Lang", source) for name in (*names, names[0])),
        ),
        AS_OF,
        Settings(),
        {"T-1": 1.0},
    )


def test_more_asks_than_members_can_answer_are_an_overload() -> None:
    (found,) = overload.detect(asked(42, 5))
    assert "is asked by 42 items and has 5 engineers: 8.4 for each" in found.message
    assert len(found.items) == 42
    assert not list(overload.detect(asked(25, 5)))


def test_asks_and_items_without_a_task_are_listed_once() -> None:
    context = asked(3, 5)
    assert [found.items for found in unanswered_ask.detect(context)] == [("R-00",), ("R-01",)]
    assert [found.items for found in item_without_task.detect(context)] == [("R-00",), ("R-01",)]


def test_dropped_work_takes_nothing() -> None:
    context = asked(1, 5)
    (task,) = context.roadmap.tasks
    dropped = Task(task.id, task.source, items=task.items, teams=task.teams, status=Status.DROPPED)
    without = Context(Roadmap(items=context.roadmap.items, tasks=(dropped,)), AS_OF, Settings(), {})
    assert len(list(item_without_task.detect(without))) == 1
