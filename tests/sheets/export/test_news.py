"""What a receiver is told of since last time, and what not."""

from dataclasses import replace
from datetime import date

from planner.domain.cells import Source
from planner.domain.exports import PlannedSpan, Receiver, ReceiverKind, Sent
from planner.domain.plan import PlannedTask
from planner.domain.roadmap import Item, Roadmap, Task
from planner.sheets.export.news import news
from planner.sheets.export.veil import Veil
from tests.report.sample_plan import task

ADA = Receiver(ReceiverKind.PM, "Ada")
HERE = Source("q3.xlsx", "Roadmap", 2)
VEIL = Veil(
    Roadmap(items=(Item("SEC-1", HERE, audience=("Erin",)),), tasks=(Task("SEC-T1", HERE, items=("SEC-1",)),)), ADA
)
START = date(2026, 9, 7)
SPAN = PlannedSpan(START, date(2026, 9, 9))


def sent(tasks: dict[str, PlannedSpan | None]) -> Sent:
    return Sent("20260907-00000000", ADA, "2026-09-07", "plan", ("q3.xlsx",), "a.xlsx", {"SEC-1": START}, tasks, ())


def told(before: dict[str, PlannedSpan | None], now: dict[str, PlannedTask | None]) -> list[tuple[str, str]]:
    return [(line.id, line.how) for line in news(sent(before), {}, now, {}, VEIL)]


def test_days_that_moved_rows_that_came_and_went() -> None:
    same = task(2, "A", "a", "Pay", START, 2)
    assert told({"A": SPAN}, {"a": replace(same, id="a")}) == []
    later = replace(same, start=date(2026, 9, 8))
    assert told({"A": SPAN}, {"A": later}) == [("A", "starts 1 day later")]
    assert told({"A": SPAN}, {"A": replace(same, finish=date(2026, 9, 7))}) == [("A", "finishes 2 days earlier")]
    assert told({"A": SPAN}, {"A": None}) == [("A", "not planned any more")]
    assert told({"A": None}, {"A": same}) == [("A", "planned now")]
    assert told({"A": None}, {"A": None}) == []
    assert told({}, {"A": same}) == [("A", "new")]
    assert told({"A": SPAN}, {}) == [("A", "not yours any more")]


def test_what_is_reserved_now_is_not_named_again() -> None:
    assert told({"SEC-T1": SPAN}, {}) == []
