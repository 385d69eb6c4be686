"""Which items changed from one plan to the next, by hand."""

from dataclasses import replace
from datetime import date

from planner.domain.landing import LandingKind
from planner.domain.plan import Plan, Reason
from planner.domain.roadmap import Target
from planner.scheduling.landings import landing_changes
from tests.report.sample_plan import sample_plan


def with_item(plan: Plan, name: str, **changes: object) -> Plan:
    items = tuple(replace(item, **changes) if item.id == name else item for item in plan.items)  # type: ignore[arg-type]
    return replace(plan, items=items)


def with_task(plan: Plan, name: str, **changes: object) -> Plan:
    tasks = tuple(replace(task, **changes) if task.id == name else task for task in plan.tasks)  # type: ignore[arg-type]
    return replace(plan, tasks=tasks)


def test_nothing_changes_in_the_same_plan() -> None:
    assert landing_changes(sample_plan(), sample_plan()) == ()


def test_a_later_landing_counts_working_days_and_says_why_the_last_task_moved() -> None:
    """PAY-2 starts on 12 Oct instead of 5 Oct and is done on Fri 30 Oct instead of 23 Oct: 5 working days."""
    before = sample_plan()
    now = with_item(before, "ASK-3", lands=date(2026, 10, 30))
    now = with_task(
        with_task(now, "PAY-2", start=date(2026, 10, 12), finish=date(2026, 10, 30)),
        "PAY-1",
        finish=date(2026, 10, 9),
    )
    (change,) = landing_changes(before, now)
    assert (change.item, change.kind, change.days) == ("ASK-3", LandingKind.LATER, 5)
    assert (change.before, change.now) == (date(2026, 10, 23), date(2026, 10, 30))
    assert change.cause == "PAY-2: PAY-1 is done 5 days later"


def test_known_causes_go_first_and_without_any_the_reason_stands() -> None:
    before = sample_plan()
    now = with_item(before, "ASK-3", lands=date(2026, 10, 16), reason=Reason("capacity", "Payments is free earlier"))
    (change,) = landing_changes(before, now)
    assert (change.kind, change.days, change.cause) == (LandingKind.EARLIER, -5, "Payments is free earlier")
    assert landing_changes(before, now, {"ASK-3": "an estimate fell"})[0].cause == "an estimate fell"


def test_new_taken_delivered_gone_and_promised_again() -> None:
    before = sample_plan()
    new = replace(before.items[0], id="ASK-9")
    november = Target(date(2026, 11, 1), date(2026, 11, 30), "month", "2026-11")
    now = with_item(before, "ASK-5", lands=date(2026, 12, 1), tasks=("WEB-2",))
    now = with_item(now, "ASK-1", target=november, days_late=0)
    now = with_item(now, "ASK-3", lands=None)
    now = with_item(now, "ASK-2", lands=None)
    now = with_task(with_task(now, "WEB-1", sequence=0), "WEB-2", sequence=0)
    now = replace(now, items=(*(item for item in now.items if item.id != "ASK-4"), new))
    found = {change.item: (change.kind, change.cause) for change in landing_changes(before, now)}
    assert found == {
        "ASK-1": (LandingKind.PROMISED, "its target was 2026-10-01"),
        "ASK-2": (LandingKind.DELIVERED, "its tasks are done"),
        "ASK-3": (LandingKind.GONE, "no task of it is planned any more"),
        "ASK-4": (LandingKind.GONE, "no sheet has it any more"),
        "ASK-5": (LandingKind.NEW, "a team has taken it"),
        "ASK-9": (LandingKind.NEW, "it is new"),
    }


def test_what_is_late_comes_first_then_the_firmest_promise_then_the_farthest() -> None:
    before = sample_plan()
    now = before
    for name, day, late, commitment in (
        ("ASK-1", date(2026, 10, 5), 0, "must"),
        ("ASK-2", date(2026, 9, 21), 2, "could"),
        ("ASK-3", date(2026, 10, 26), 0, "should"),
        ("ASK-4", date(2027, 1, 29), 0, "should"),
    ):
        now = with_item(now, name, lands=day, days_late=late, commitment=commitment)
    assert [change.item for change in landing_changes(before, now)] == ["ASK-2", "ASK-1", "ASK-4", "ASK-3"]
