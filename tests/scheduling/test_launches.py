"""Building and launching differ: blocks, overrides, predecessors' launches, by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.cells import Source
from planner.domain.roadmap import CalendarEvent, Dependency, EventKind, Override, Strength, Touch, TouchMode
from planner.scheduling.verify import violations
from tests.scheduling.roadmaps import MONDAY, dates, earliest, formulated, rules, task, team

SOURCE = Source("plan.xlsx", "Calendar", 2)
FRIDAY, NEXT_MONDAY, NEXT_FRIDAY = date(2026, 9, 11), date(2026, 9, 14), date(2026, 9, 18)


def block(scope: str = "all", start: date = FRIDAY, end: date = NEXT_FRIDAY, name: str = "Freeze") -> CalendarEvent:
    return CalendarEvent(name, EventKind.BLOCK, start, end, SOURCE, (scope,))


def override(**more: object) -> Override:
    return Override("A", "freeze", SOURCE, **{"approved_by": "Kim", **more})  # type: ignore[arg-type]


def launch(*events: CalendarEvent, **more: object) -> date:
    """Launch day of five days of work from Monday to Friday of a team of the org Core."""
    work = task("A", 5, touches=(Touch("ledger", TouchMode.CHANGE), Touch("web", TouchMode.READ)))
    return dates(formulated(work, teams=(team(org="Core"),), calendar=events, **more), "A")[2]


def test_without_blocks_a_launch_is_the_last_day_worked():
    found = formulated(task("A", 5), task("B", 3, after="A"))
    schedule = earliest(found.problem)
    assert schedule.launch == schedule.finish == (5, 8)


def test_with_a_block_it_is_the_first_free_working_day():
    """The block ends on a Friday: the launch is on the Monday after."""
    assert launch(block()) == date(2026, 9, 21)


def test_both_ends_of_a_block_are_blocked():
    assert launch(block(start=FRIDAY, end=FRIDAY)) == NEXT_MONDAY
    assert launch(block(start=NEXT_MONDAY)) == FRIDAY, "a block that begins later stops nothing"
    assert launch(block(start=MONDAY, end=date(2026, 9, 10))) == FRIDAY, "nor one that ended before"


def test_a_block_that_ends_on_a_day_off_waits_for_a_working_day():
    offsite = CalendarEvent("Offsite", EventKind.HOLIDAY, date(2026, 9, 21), date(2026, 9, 22), SOURCE)
    assert launch(block(), offsite) == date(2026, 9, 23)


@pytest.mark.parametrize(
    ("scope", "stops"),
    [
        ("all", True),
        ("org:core", True),
        ("team:Pay", True),
        ("component:Ledger", True),
        ("component:web", False),
        ("org:Other", False),
        ("team:Other", False),
    ],
)
def test_a_block_stops_launches_in_its_scope_only(scope, stops):
    assert (launch(block(scope)) > FRIDAY) == stops


@given(st.integers(1, 25), st.integers(0, 20), st.integers(0, 20))
def test_a_block_moves_the_launch_not_the_build_and_idles_nobody(effort, first, length):
    closed = block(
        start=date.fromordinal(MONDAY.toordinal() + first), end=date.fromordinal(MONDAY.toordinal() + first + length)
    )
    chain = (task("A", effort), task("B", 3, after="A"))
    plain, blocked = formulated(*chain), formulated(*chain, calendar=(closed,))
    before, after = earliest(plain.problem), earliest(blocked.problem)
    assert (before.start, before.finish) == (after.start, after.finish)
    assert all(a >= b for a, b in zip(after.launch, before.launch, strict=True))
    assert violations(blocked.problem, after) == ()


def test_a_launch_waits_for_the_predecessors_launch():
    """Only A is blocked, B is built meanwhile and out on the same day as A."""
    chain = (task("A", 5, touches=(Touch("ledger", TouchMode.CHANGE),)), task("B", 1, after="A"))
    found = formulated(*chain, calendar=(block("component:ledger"),))
    assert dates(found, "B") == (NEXT_MONDAY, NEXT_MONDAY, date(2026, 9, 21))


def test_a_launch_dependency_waits_with_the_build():
    waits = task("B", 1, depends_on=(Dependency("A", strength=Strength.LAUNCH),))
    found = formulated(task("A", 5), waits, calendar=(block(),))
    relation = found.problem.precedences[0]
    assert relation.launch
    schedule = earliest(found.problem)
    assert violations(found.problem, schedule) == (
        '"B" does not wait for "A" (launch FS+0): day 5, not before 11',
    ), "the helper looks at finishes only; the verifier at launches"


def test_what_does_not_deploy_is_out_when_it_is_finished():
    found = formulated(task("A", 5, launches=False), calendar=(block(),))
    assert found.problem.activities[0].launch_calendar is None
    assert dates(found, "A")[2] == FRIDAY


def test_an_override_opens_one_block_for_one_task():
    assert launch(block(), overrides=(override(),)) == FRIDAY
    assert launch(block(), block(name="Audit"), overrides=(override(),)) == date(2026, 9, 21), "not the other block"
    other = override()
    assert launch(block(), overrides=(Override("B", other.block, SOURCE, approved_by="Kim"),)) > FRIDAY


def test_an_override_holds_up_to_its_last_day():
    assert launch(block(), overrides=(override(expires=FRIDAY),)) == FRIDAY
    assert launch(block(), overrides=(override(expires=date(2026, 9, 10)),)) == date(2026, 9, 21)


@pytest.mark.parametrize(
    ("invalid", "rule"),
    [({"approved_by": " "}, "override-not-approved"), ({"expires": date(2026, 9, 1)}, "override-expired")],
)
def test_an_invalid_override_does_not_count_and_is_named(invalid, rule):
    found = formulated(task("A", 5), calendar=(block(),), overrides=(override(**invalid),))
    assert dates(found, "A")[2] == date(2026, 9, 21)
    assert rules(found) == [rule]


def test_equal_launch_days_are_made_once():
    found = formulated(*(task(f"T-{n}", 1) for n in range(9)), calendar=(block(), block("team:Other")))
    assert len(found.problem.launch_calendars) == 1
