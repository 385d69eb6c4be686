"""Who works when, by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.cells import Source
from planner.domain.roadmap import CalendarEvent, EventKind
from planner.scheduling.verify import violations
from tests.scheduling.roadmaps import MONDAY, assumed, change, dates, earliest, formulated, rules, task, team

SOURCE = Source("plan.xlsx", "Calendar", 2)


def tenths(found, name: str = "Pay") -> list[int]:
    """Capacity of the first ten working days."""
    (resource,) = [r for r in found.problem.resources if r.name == name]
    return list(resource.capacity[:10])


def test_a_task_over_a_weekend_ends_on_a_day_worked():
    assert dates(formulated(task("A", 6)), "A") == (MONDAY, date(2026, 9, 14), date(2026, 9, 14))


def test_planning_starts_on_the_first_working_day_after_a_weekend():
    assert dates(formulated(task("A", 1), as_of=date(2026, 9, 5)), "A")[0] == MONDAY


@given(first=st.integers(0, 8), days=st.integers(1, 30))
def test_leave_in_a_team_of_one_moves_the_end_by_exactly_its_working_days(first, days):
    start = MONDAY + timedelta(days=first)
    end = start + timedelta(days=days - 1)
    worked_days = sum((start + timedelta(days=n)).weekday() < 5 for n in range(days))
    work = task("A", 15)
    on_leave = formulated(work, capacity=(change(-1, start, end),))
    plain = earliest(formulated(work).problem).finish[0]
    schedule = earliest(on_leave.problem)
    assert schedule.finish[0] == plain + worked_days
    assert violations(on_leave.problem, schedule) == ()


def test_half_days_do_half_the_work():
    """4 ED at full speed take 4 days; with Tuesday and Wednesday halved one day is missing."""
    halves = change(-0.5, date(2026, 9, 8), date(2026, 9, 9))
    found = formulated(task("A", 4), capacity=(halves,))
    assert tenths(found)[:4] == [10, 5, 5, 10]
    assert dates(found, "A")[1] == date(2026, 9, 11)


def test_a_joiner_adds_from_the_first_day_for_good():
    found = formulated(task("A", 3), capacity=(change(1, date(2026, 9, 9), None),))
    assert tenths(found) == [10, 10] + [20] * 8


def test_a_change_that_ended_before_the_planning_start_is_over():
    found = formulated(task("A", 3), capacity=(change(-1, date(2026, 8, 3), date(2026, 9, 4)),))
    assert tenths(found) == [10] * 10


def test_capacity_is_never_negative():
    found = formulated(task("A", 3), capacity=(change(-4, date(2026, 9, 8), date(2026, 9, 8)),))
    assert tenths(found)[:3] == [10, 0, 10]


def test_on_call_is_taken_off():
    assert tenths(formulated(task("A"), teams=(team(engineers=5, on_call=1.5),))) == [35] * 10


def test_on_call_that_leaves_nothing_leaves_one():
    found = formulated(task("A"), teams=(team(engineers=2, on_call=2),))
    assert tenths(found) == [10] * 10
    assert rules(found) == ["on-call-takes-all"]


def test_a_team_that_everybody_leaves_is_planned_with_one_engineer():
    found = formulated(task("A", 9), capacity=(change(-1, date(2026, 9, 9), None),))
    assert tenths(found) == [10] * 10
    assert rules(found) == ["nobody-left"]
    assert "2026-09-09" in found.diagnostics[0].message


def test_an_unknown_team_has_five_engineers():
    found = formulated(task("A", team="New"), teams=())
    assert tenths(found, "New") == [50] * 10
    assert assumed(found, "Team size") == {"New": "5 engineers"}
    assert assumed(found, "Operations") == {"New": "0%"}
    assert assumed(found, "Calendar") == {"New": "Monday to Friday"}


def test_a_team_without_work_is_not_spoken_of():
    assert formulated(task("A"), teams=(team(), team("Idle", None))).diagnostics == ()
    assert assumed(formulated(task("A"), teams=(team(), team("Idle", None))), "Team size") == {}


def test_public_holidays_of_a_country_and_of_a_part_of_one():
    """Labor Day 2026 is Monday 7 September; Cesar Chavez Day, 31 March, is Californian only."""
    assert dates(formulated(task("A"), teams=(team(country="US"),)), "A")[0] == date(2026, 9, 8)
    march = date(2027, 3, 31)
    assert dates(formulated(task("A"), teams=(team(country="US"),), as_of=march), "A")[0] == march
    assert dates(formulated(task("A"), teams=(team(country="us-ca"),), as_of=march), "A")[0] == date(2027, 4, 1)


def test_german_unity_day_pauses_the_work():
    """3 October 2025 is a Friday: two days from Thursday end on Monday."""
    found = formulated(task("A", 2), teams=(team(country="DE"),), as_of=date(2025, 10, 2))
    assert dates(found, "A")[:2] == (date(2025, 10, 2), date(2025, 10, 6))


def test_a_week_from_sunday_to_thursday_shares_the_axis_with_one_from_monday_to_friday():
    teams = (team("Haifa", country="IL"), team("Pay"))
    found = formulated(task("H", 6, "Haifa"), task("P", 6, "Pay"), teams=teams, as_of=date(2026, 11, 1))
    assert found.calendar.per_week == 6
    assert dates(found, "H")[:2] == (date(2026, 11, 1), date(2026, 11, 8)), "Sunday to the next Sunday"
    assert dates(found, "P")[:2] == (date(2026, 11, 2), date(2026, 11, 9)), "Monday to the next Monday"


@pytest.mark.parametrize(("code", "hint"), [("XQ", ""), ("US-ZZ", 'Did you mean "US"?')])
def test_an_unknown_country_is_monday_to_friday_with_a_word(code, hint):
    found = formulated(task("A", 6), teams=(team(country=code),))
    assert rules(found) == ["unknown-calendar"]
    assert hint in found.diagnostics[0].suggestion
    assert dates(found, "A")[0] == MONDAY


@pytest.mark.parametrize(
    ("scope", "stops"),
    [("all", True), ("org: core", True), ("team:PAY", True), ("org:Web", False), ("team:L", False)],
)
def test_a_holiday_stops_work_in_its_scope(scope, stops):
    off = CalendarEvent("Offsite", EventKind.HOLIDAY, MONDAY, date(2026, 9, 8), SOURCE, (scope,))
    found = formulated(task("A"), teams=(team(org="Core"),), calendar=(off,))
    assert dates(found, "A")[0] == (date(2026, 9, 9) if stops else MONDAY)
