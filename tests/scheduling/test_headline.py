"""The five numbers of a plan, by hand."""

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.cells import Source
from planner.domain.plan import Headline, Plan
from planner.domain.roadmap import (
    Commitment,
    Decision,
    Item,
    Origin,
    Priority,
    Roadmap,
    Status,
    Target,
    Task,
    Touch,
    TouchMode,
)
from planner.scheduling.assemble import Frame, assemble
from planner.scheduling.budget import Budget
from planner.scheduling.formulate import Formulation, formulate
from planner.scheduling.headline import headline, plain_priority
from planner.scheduling.solve import solve
from tests.scheduling.roadmaps import MONDAY, NO_OPERATIONS, task, team


def item(name: str, target: date | None = None, **more: object) -> Item:
    targets = (Target(target, target, "day", target.isoformat()),) if target else ()
    given = {"priority": Priority.P1, "commitment": Commitment.SHOULD, **more}
    return Item(name, Source("plan.xlsx", "Roadmap", 2), targets=targets, **given)  # type: ignore[arg-type]


def touching(name: str, effort: float, mode: TouchMode, *items: str) -> Task:
    return task(name, effort, items=items, touches=(Touch("ledger", mode),))


def planned(roadmap: Roadmap) -> tuple[Plan, Formulation]:
    formulation = formulate(roadmap, NO_OPERATIONS, MONDAY)
    solution = solve(formulation.problem, Budget(work=50, seed=0, workers=1), "full")
    frame = Frame("plan", MONDAY, 0, "full", "limited", roadmap, (), (), (), (), NO_OPERATIONS)
    return assemble(frame, formulation, solution), formulation


def test_throwaway_is_avoided_against_the_plain_order_of_the_same_data() -> None:
    """a extends the ledger in 4 days, b replaces it in 5; both items cost 1 ED per day.

    In plain order a comes first, as I-1 does: 0.8 x 4 x (1 - 5/260) = 3.138 ED are thrown away. It costs less to
    begin with b: D = 5 + 9 = 14 and T = 0, against D = 4 + 9 = 13 and T = 3.138.
    """
    plan, formulation = planned(
        Roadmap(
            items=(item("I-1"), item("I-2")),
            tasks=(touching("a", 4, TouchMode.EXTEND, "I-1"), touching("b", 5, TouchMode.REPLACE, "I-2")),
            teams=(team(),),
        )
    )
    made = headline(plan, formulation)
    assert made.throwaway == 0
    assert made.objective_plain == pytest.approx(9 + 13 + 3.138, abs=0.01)
    assert made.throwaway_plain == pytest.approx(3.138, abs=0.01)
    assert made.throwaway_avoided == pytest.approx(3.138, abs=0.01)


def test_nothing_is_avoided_where_the_plan_is_in_plain_order() -> None:
    """I-1 costs 2 ED per day: a, b is D = 8 + 9 = 17 and T = 3.138; b, a is D = 5 + 18 = 23."""
    plan, formulation = planned(
        Roadmap(
            items=(item("I-1", priority=Priority.P0), item("I-2")),
            tasks=(touching("a", 4, TouchMode.EXTEND, "I-1"), touching("b", 5, TouchMode.REPLACE, "I-2")),
            teams=(team(),),
        )
    )
    made = headline(plan, formulation)
    assert made.throwaway == made.throwaway_plain == pytest.approx(3.138, abs=0.01)
    assert made.throwaway_avoided == 0


def test_never_less_than_nothing_and_nothing_known_without_a_plain_plan() -> None:
    made = Headline(1, 0, 0, 5.0, 3.0, 20.0, (), 0.0, 0.0)
    assert made.throwaway_avoided == 0
    assert replace(made, throwaway_plain=None).throwaway_avoided is None


def test_items_decisions_and_operations() -> None:
    """I-1 lands in time, I-2 late; nobody has taken I-3, I-4 has no target; I-5 is done, and so is all work of I-6.

    Of 16 ED planned, C is 3 for operations alone, and D's 4 are for a customer and operations: (3 + 2) / 16.
    """
    september = date(2026, 9, 30)
    plan, formulation = planned(
        Roadmap(
            items=(
                item("I-1", september),
                item("I-2", date(2026, 9, 8)),
                item("I-3", september),
                item("I-4", origin=Origin.OPERATIONS),
                item("I-5", september, status=Status.DONE),
                item("I-6", september),
            ),
            tasks=(
                task("A", 4, items=("I-1",)),
                task("B", 5, items=("I-2",)),
                task("C", 3, team="Web", items=("I-4",)),
                task("D", 4, team="Web", items=("I-1", "I-4")),
                task("E", 2, items=("I-6",), status=Status.DONE),
            ),
            teams=(team(), team("Web")),
            decisions=tuple(
                Decision(name, Source("plan.xlsx", "Decisions", 2), question="?", due=due)
                for name, due in (
                    ("past", date(2026, 9, 1)),
                    ("soon", date(2026, 9, 21)),
                    ("later", date(2026, 9, 22)),
                )
            ),
        )
    )
    made = headline(plan, formulation)
    assert (made.on_track, made.late, made.undated) == (1, 1, 2)
    assert made.decisions_due == ("past", "soon")
    assert made.operations_roadmap == 5 / 16
    assert made.operations_capacity == 0


def test_operations_take_a_quarter_of_the_team_and_none_of_the_roadmap() -> None:
    plan, formulation = planned(
        Roadmap(items=(item("I-1"),), tasks=(task("A", 6, items=("I-1",)),), teams=(team(operations=0.25),))
    )
    made = headline(plan, formulation)
    assert (made.operations_roadmap, made.operations_capacity) == (0, pytest.approx(0.25))


def test_plain_order_is_priority_then_commitment_then_id_as_people_count() -> None:
    plan, formulation = planned(
        Roadmap(
            items=(
                item("I-10", priority=Priority.P1),
                item("I-2", priority=Priority.P1),
                item("I-3", priority=Priority.P1, commitment=Commitment.MUST),
                item("I-4", priority=Priority.P0, commitment=Commitment.COULD),
            ),
            tasks=(
                task("T-1"),
                task("T-2", items=("I-10",)),
                task("T-12", items=("I-2",)),
                task("T-3", items=("I-2",)),
                task("T-4", items=("I-10", "I-3")),
                task("T-5", items=("i-4",)),
            ),
            teams=(team(),),
        )
    )
    ranks = plain_priority(plan, formulation)
    names = sorted((rank, task.id) for rank, task in zip(ranks, formulation.tasks, strict=True))
    assert [name for _, name in names] == ["T-5", "T-4", "T-3", "T-12", "T-2", "T-1"]
