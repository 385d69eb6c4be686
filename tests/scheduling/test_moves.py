"""Why a task moved from one plan to the next: each cause by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.calendar import Calendar
from planner.domain.plan import Plan, PlannedItem, PlannedTask, PlannedTeam, Reason, Stability, TaskLink, WeekLoad
from planner.domain.roadmap import Roadmap
from planner.scheduling.moves import comparable, moves, new_tasks, starts_kept, starts_to_keep

MONDAY = date(2026, 9, 7)
FREE = Reason("planning start", "starts at once")


def on(period: int) -> date:
    return Calendar(MONDAY).date_of(period)


def task(name: str, start: int, days: int = 5, reason: Reason = FREE, **more: object) -> PlannedTask:
    """A task of one team from the period `start` on, an engineer-day a day."""
    fields: dict[str, object] = {
        "id": name,
        "title": name.lower(),
        "teams": ("Ledger",),
        "items": (),
        "start": on(start),
        "finish": on(start + days - 1),
        "launch": None,
        "sequence": 1,
        "queue": 1,
        "effort": float(days),
        "engineers": 1.0,
        "working_days": days,
        "total_float": 0,
        "free_float": 0,
        "critical": False,
        "status": "planned",
        "waits_for": (),
        "waited_by": (),
        "reason": reason,
    }
    return PlannedTask(**{**fields, **more})  # type: ignore[arg-type]


def made(*tasks: PlannedTask, **more: object) -> Plan:
    return Plan("pay", MONDAY, 0, "feasible", Roadmap(), (), tasks=tasks, **more)  # type: ignore[arg-type]


def why(former: Plan, plan: Plan, name: str = "B") -> str:
    return next(move.why for move in moves(former, plan, Calendar(MONDAY), 2) if move.task == name)


def behind(name: str) -> Reason:
    return Reason("predecessor", f"waits for {name}", (name,))


def busy(*names: str) -> Reason:
    return Reason("capacity", "waits for Ledger", names)


LINK = (TaskLink("A", "Ledger", "", False),)
BEFORE = made(task("A", 0), task("B", 5, reason=behind("A"), waits_for=LINK))


@pytest.mark.parametrize(
    ("plan", "because"),
    [
        (
            made(task("A", 0, 8), task("B", 8, reason=behind("A"), waits_for=LINK)),
            "A has grown from 1 engineer-week to 1.6 engineer-weeks",
        ),
        (made(task("A", 3), task("B", 8, reason=behind("A"), waits_for=LINK)), "A is done 3 days later"),
        (made(task("A", 0), task("B", 8, reason=behind("N")), task("N", 5, 3)), "N is new"),
        (made(task("A", 0), task("B", 8, reason=Reason("release", "may not start"))), "it may not start"),
        (made(task("A", 0), task("B", 8, teams=("Risk",))), "it is now with Risk"),
        (made(task("A", 0), task("B", 8, reason=Reason("wait", "waits on purpose"))), "it waits on purpose"),
        (made(task("B", 0)), "A is no longer planned"),
        (made(task("A", 0, sequence=0, status="done"), task("B", 0, waits_for=LINK)), "A is done"),
        (made(task("A", 0), task("B", 0)), "it no longer waits for A"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_first_fact_that_changed_is_the_reason(plan: Plan, because: str) -> None:
    assert why(BEFORE, plan) == because


def test_a_relation_that_is_new() -> None:
    former = made(task("A", 0), task("B", 0))
    assert why(former, made(task("A", 0), task("B", 5, reason=behind("A"), waits_for=LINK))) == "it now waits for A"


def test_whoever_changes_places_in_a_queue_says_so() -> None:
    former = made(task("A", 5, reason=busy("B")), task("B", 0))
    plan = made(task("A", 0), task("B", 5, reason=busy("A")))
    assert why(former, plan, "A") == "it now goes before B"
    assert why(former, plan, "B") == "A now goes first"


def test_a_team_that_shrinks() -> None:
    def team(*capacity: float) -> PlannedTeam:
        weeks = tuple(WeekLoad(MONDAY + timedelta(7 * k), has, 5) for k, has in enumerate(capacity))
        return PlannedTeam("Ledger", "", 2, (), 0, 0, None, weeks)

    former = made(task("A", 0), task("B", 5), teams=(team(10, 10, 10, 10),))
    plan = made(task("A", 0), task("B", 10, reason=busy("A")), teams=(team(10, 5, 5, 10),))
    assert why(former, plan) == "Ledger has fewer engineers then"
    assert why(former, replace(plan, teams=former.teams)) == "it waits for Ledger"


def test_an_item_that_became_urgent() -> None:
    def item(priority: str) -> PlannedItem:
        blank = ("", "", "", "")
        return PlannedItem("ASK", *blank, priority, "must", None, None, None, 0, 0.0, (), (), "", None, 0.0, 0.0)

    former = made(task("B", 5, items=("ASK",)), items=(item("P2"),))
    plan = made(task("B", 0, items=("ASK",)), items=(item("P0"),))
    assert why(former, plan) == "ASK is P0 now, was P2"
    assert why(former, replace(plan, items=former.items)) == "its earlier start saves more than moving it costs"


def test_what_should_have_begun_and_has_not() -> None:
    former = made(task("B", -3))
    assert why(former, made(task("B", 0))) == "it has not started as planned"


def test_the_nearest_come_first_and_only_what_was_and_is_to_begin_is_compared() -> None:
    former = made(
        task("FAR", 30), task("SOON", 20), task("SAME", 4), task("BEGUN", 1), task("DONE", 0), task("GONE", 0)
    )
    plan = made(
        task("FAR", 40),
        task("SOON", 9),
        task("SAME", 4),
        task("BEGUN", 2, status="in progress"),
        task("DONE", 0, sequence=0, status="done"),
        task("NEW", 0),
    )
    found = moves(former, plan, Calendar(MONDAY), 2)
    assert [(move.task, move.days, move.near) for move in found] == [("SOON", -11, True), ("FAR", 10, False)]
    assert [now.id for _, now in comparable(former, plan)] == ["FAR", "SOON", "SAME"]
    assert new_tasks(former, plan) == ("NEW",)


def test_a_plan_remembers_what_it_kept_close_to() -> None:
    former = made(task("A", 0), task("B", 5))
    plan = made(task("A", 0), task("B", 8), task("NEW", 3))
    assert starts_kept(plan) == {}
    found = moves(former, plan, Calendar(MONDAY), 2)
    stability = Stability("plan.json", MONDAY, found, 1, ("NEW",), 0.0, 0.0, 0.0)
    assert starts_kept(replace(plan, stability=stability)) == starts_to_keep(former) == {"a": on(0), "b": on(5)}


def test_what_changed_the_other_way_is_no_reason() -> None:
    """B went behind A, which is done later now; B has left the queue all the same."""
    former = made(task("A", 0), task("B", 5, reason=busy("A")))
    assert why(former, made(task("A", 2), task("B", 2))) == "it no longer queues behind A"
    assert (
        why(BEFORE, made(task("A", 2), task("B", 4, waits_for=LINK)))
        == "its earlier start saves more than moving it costs"
    )
