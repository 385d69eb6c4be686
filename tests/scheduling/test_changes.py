"""What a resolution does to a roadmap."""

from datetime import date

import pytest

from planner.domain.cells import Source
from planner.domain.conflict import Change, ChangeKind
from planner.domain.roadmap import (
    CalendarEvent,
    Decision,
    Dependency,
    Estimate,
    EventKind,
    Link,
    Roadmap,
    Status,
    Strength,
    Task,
)
from planner.domain.settings import Settings, Weights
from planner.scheduling.changes import apply
from planner.scheduling.formulate import formulate
from tests.scheduling.roadmaps import MONDAY, NO_OPERATIONS, dates, task, team

SOFT = Strength.SOFT


def changed(
    *changes: Change, tasks: tuple[Task, ...], settings: Settings = NO_OPERATIONS, **more: object
) -> dict[str, Task]:
    """The tasks afterwards, by id."""
    roadmap = Roadmap(tasks=tasks, **more)  # type: ignore[arg-type]
    return dict(apply(roadmap, changes, settings).tasks_by_id())


@pytest.mark.parametrize("kind", [ChangeKind.AFTER, ChangeKind.LINK])
def test_after_makes_a_hard_relation_of_a_soft_one(kind):
    second = task("B", depends_on=(Dependency("A", strength=SOFT), Dependency("C", strength=SOFT)))
    found = changed(Change(kind, "B", "A"), tasks=(task("A"), second, task("C")))
    assert found["B"].depends_on == (Dependency("C", strength=SOFT), Dependency("A"))


def test_a_dropped_task_is_kept_in_the_tables():
    assert changed(Change(ChangeKind.DROP, "A"), tasks=(task("A"),))["A"].status is Status.DROPPED


def test_cut_takes_every_relation_of_the_pair_away():
    second = task("B", depends_on=(Dependency("A"), Dependency("A", Link.FF), Dependency("C")))
    assert changed(Change(ChangeKind.CUT, "B", "A"), tasks=(task("A"), second, task("C")))["B"].depends_on == (
        Dependency("C"),
    )


def test_choose_takes_the_option():
    decision = Decision("D-1", Source("plan.xlsx", "Decisions", 2), options=(("Aurora", 0.5), ("DynamoDB", 0.5)))
    made = apply(Roadmap(decisions=(decision,)), [Change(ChangeKind.CHOOSE, "d-1", value="Aurora")], NO_OPERATIONS)
    assert made.decisions[0].chosen == "Aurora"


def test_assign_gives_a_task_or_the_untaken_tasks_of_an_item_to_a_team():
    rows = (
        task("A", 4, "Pay; Led", effort_by_team=(("Pay", 3), ("Led", 1))),
        task("B", team="", items=("I",)),
        task("C", items=("I",)),
    )
    found = changed(
        Change(ChangeKind.ASSIGN, "A", value="Web"), Change(ChangeKind.ASSIGN, "i", value="Led"), tasks=rows
    )
    assert (found["A"].teams, found["A"].effort_by_team) == (("Web",), ())
    assert [found[name].teams for name in "BC"] == [("Led",), ("Pay",)]


def test_a_note_and_what_is_not_there_change_nothing():
    roadmap = Roadmap(tasks=(task("A"),))
    changes = [
        Change(ChangeKind.NOTE, "A", value="talk to Led"),
        Change(ChangeKind.MERGE, "A", "GONE", "0.8"),
        Change(ChangeKind.MERGE, "A", "A", "0.8"),
        Change(ChangeKind.AFTER, "A", "A"),
        Change(ChangeKind.DROP, "GONE"),
    ]
    assert apply(roadmap, changes, NO_OPERATIONS) == roadmap


# -- merging -----------------------------------------------------------------------------------------------------


def spent(roadmap: Roadmap) -> float:
    """Effort of everything planned, in ED."""
    return sum(a.effort for a in formulate(roadmap, NO_OPERATIONS, MONDAY).problem.activities) / 1000


@pytest.mark.parametrize(("drop", "into", "saved"), [("BIG", "SMALL", 6.5), ("SMALL", "BIG", 3.3)])
def test_x9_merging_duplicates(drop, into, saved):
    """10 and 6 ED, q = 0.8, h = 1.5: 16 becomes 6 + 2 + 1.5 or 10 + 1.2 + 1.5."""
    roadmap = Roadmap(tasks=(task("BIG", 10), task("SMALL", 6)), teams=(team(),))
    settings = Settings(weights=Weights(handoff=1.5))
    merged = apply(roadmap, [Change(ChangeKind.MERGE, drop, into, "0.8")], settings)
    assert spent(roadmap) - spent(merged) == pytest.approx(saved)
    assert apply(roadmap, [Change(ChangeKind.MERGE, drop, into)], settings) == merged, "0.8 is the default"


def test_the_task_that_stays_takes_over_items_and_those_who_wait():
    rows = (
        task("KEEP", 6, after="BEFORE", items=("I",)),
        task("DUP", 10, after="FIRST", items=("I", "G")),
        task("BEFORE", 1, after="DUP"),
        task("LATER", 1, after="DUP"),
        task("FIRST", 1),
    )
    found = changed(Change(ChangeKind.MERGE, "DUP", "KEEP"), tasks=rows)
    assert found["KEEP"].items == ("I", "G")
    assert found["LATER"].depends_on == (Dependency("KEEP"),)
    assert found["BEFORE"].depends_on == (Dependency("DUP"),), "KEEP waits for it: that would be a cycle"
    assert found["KEEP"].depends_on == (Dependency("BEFORE"),)


def test_started_work_keeps_what_it_has_done():
    """5 of 10 ED are done; 0.2 x 10 + 1 more: 5 of 13 are done, 8 are left."""
    dup = task("DUP", 10)
    half = task("KEEP", 10, status=Status.IN_PROGRESS, done_share=0.5)
    kept = changed(Change(ChangeKind.MERGE, "DUP", "KEEP"), tasks=(dup, half))["KEEP"]
    assert kept.estimate == Estimate(13, 13, 13)
    assert kept.done_share == pytest.approx(5 / 13)
    rest = task("KEEP", 10, status=Status.IN_PROGRESS, remaining=4.0)
    assert changed(Change(ChangeKind.MERGE, "DUP", "KEEP"), tasks=(dup, rest))["KEEP"].remaining == 7


def test_efforts_typed_by_team_grow_at_the_owner():
    kept = task("KEEP", 8, "Pay; Led", effort_by_team=(("Pay", 5), ("Led", 3)))
    found = changed(Change(ChangeKind.MERGE, "DUP", "KEEP"), tasks=(task("DUP", 10), kept))
    assert found["KEEP"].effort_by_team == (("Pay", 8), ("Led", 3))


def test_nothing_is_merged_into_what_is_done():
    done = task("KEEP", 6, status=Status.DONE)
    found = changed(Change(ChangeKind.MERGE, "DUP", "KEEP"), tasks=(task("DUP", 10), done))
    assert (found["DUP"].status, found["KEEP"]) == (Status.DROPPED, done)


# -- what if -----------------------------------------------------------------------------------------------------


def test_a_decision_is_taken_by_another_day():
    decision = Decision("DEC-1", Source("plan.xlsx", "Decisions", 2), options=(("A", 0.5),), due=date(2026, 10, 1))
    made = apply(
        Roadmap(decisions=(decision,)), [Change(ChangeKind.DECIDE, "dec-1", value="2026-09-07")], NO_OPERATIONS
    )
    assert (made.decisions[0].due, made.decisions[0].is_open) == (date(2026, 9, 7), True)


def test_an_override_opens_a_block_for_one_task():
    """Led may not launch from Monday on for a week; A is done on Monday and goes out all the same, B waits."""
    block = CalendarEvent(
        "Freeze", EventKind.BLOCK, date(2026, 9, 7), date(2026, 9, 11), Source("plan.xlsx", "Calendar", 2)
    )
    roadmap = Roadmap(tasks=(task("A"), task("B")), teams=(team("Pay", 2),), calendar=(block,))
    opened = apply(roadmap, [Change(ChangeKind.OVERRIDE, "A", "Freeze")], NO_OPERATIONS)
    assert dates(formulate(opened, NO_OPERATIONS, MONDAY), "A")[2] == MONDAY
    assert dates(formulate(opened, NO_OPERATIONS, MONDAY), "B")[2] == date(2026, 9, 14)
