"""The verifier names every fault that is put into a correct schedule, and accepts what is correct."""

from dataclasses import replace

import pytest

from planner.domain.problem import Activity, LaunchCalendar, Precedence, Problem, Profile, Resource, Schedule
from planner.domain.roadmap import Link
from planner.scheduling.verify import violations

HORIZON = 30
EVERY_DAY = Profile(tuple(range(0, 31_000, 1000)))
OFF_3_AND_4 = Profile((0, 1000, 2000, 3000, 3000, *range(3000, 29_000, 1000)))
"""Days 3 and 4 off."""
TEAM = Resource("Pay", (10, 10, 10, 0, 0, *[10] * 25))
CLOSED_7_TO_9 = LaunchCalendar((*range(7), 10, 10, 10, *range(10, 31)))
OPEN = LaunchCalendar(tuple(range(31)))

A = Activity("A", 1750, demands=((0, 10),), profile=1, wait_profile=1, launch_calendar=0)
B = Activity("B", 2750, wait=1, demands=((0, 10),), profile=1, wait_profile=1, launch_calendar=1)
GOOD = Schedule((0, 2), (2, 8), (2, 11))
"""A works days 0, 1; B days 2, 5, 6 and waits on day 7; its launch is on day 10."""


def problem(a: Activity = A, b: Activity = B, relation: Precedence | None = Precedence(0, 1)) -> Problem:  # noqa: B008
    return Problem(
        HORIZON,
        (a, b),
        (TEAM,),
        (EVERY_DAY, OFF_3_AND_4),
        (OPEN, CLOSED_7_TO_9),
        (relation,) if relation else (),
    )


def test_a_correct_schedule_is_verified():
    assert violations(problem(), GOOD) == ()


@pytest.mark.parametrize(
    ("schedule", "fault"),
    [
        (replace(GOOD, finish=(2, 7)), '"B" is said to finish by day 7, but its work ends by day 8'),
        (replace(GOOD, launch=(2, 8)), '"B" is said to launch by day 8; it can and must by day 11'),
        (replace(GOOD, launch=(2, 12)), '"B" is said to launch by day 12; it can and must by day 11'),
        (replace(GOOD, launch=(3, 11)), '"A" is said to launch by day 3; it can and must by day 2'),
        (Schedule((0, 3), (2, 9), (2, 11)), '"B" starts on day 3, on which nobody works on it'),
        (Schedule((-1, 2), (1, 8), (1, 11)), '"A" starts on day -1, before the planning start'),
        (Schedule((0, 28), (2, 31), (2, 31)), '"B" starts on day 28 and does not end within the 30 known days'),
        (Schedule((0, 1), (2, 7), (2, 7)), '"B" does not wait for "A" (FS+0): day 1, not before 2'),
        (
            Schedule((0, 1), (2, 7), (2, 7)),
            'team "Pay" is asked for 20 tenths of an engineer on day 1 and has 10 (1 such days): "A", "B"',
        ),
        (Schedule((0,), (2,), (2,)), "the schedule has [1] entries for 2 activities"),
    ],
)
def test_a_wrong_schedule_is_named(schedule, fault):
    assert fault in violations(problem(), schedule)


@pytest.mark.parametrize(
    ("a", "fault"),
    [
        (replace(A, release=1), '"A" starts on day 0, not before day 1 as it must'),
        (replace(A, pinned=5), '"A" starts on day 0 and is pinned to day 5'),
        (replace(A, deadline=1), '"A" finishes by day 2, after its deadline, day 1'),
        (replace(A, demands=((0, 20),)), '"A" progresses on day 1 faster than its team\'s capacity allows'),
    ],
)
def test_what_an_activity_asks_for_is_checked(a, fault):
    assert fault in violations(problem(a), GOOD)


@pytest.mark.parametrize(
    ("relation", "broken"),
    [
        (Precedence(0, 1, Link.FS, 0), False),
        (Precedence(0, 1, Link.FS, 1), True),
        (Precedence(0, 1, Link.FS, -1), False),
        (Precedence(0, 1, Link.SS, 2), False),
        (Precedence(0, 1, Link.SS, 3), True),
        (Precedence(0, 1, Link.FF, 6), False),
        (Precedence(0, 1, Link.FF, 7), True),
        (Precedence(0, 1, Link.SF, 8), False),
        (Precedence(0, 1, Link.SF, 9), True),
        (Precedence(0, 1, Link.FS, 0, launch=True), False),
        (Precedence(0, 1, Link.FF, 7, launch=True), True),
    ],
)
def test_every_kind_of_relation_is_checked_to_the_day(relation, broken):
    assert bool(violations(problem(relation=relation), GOOD)) == broken


def test_a_launch_before_a_predecessors_launch_is_found():
    """B, unblocked, could be out by day 8; A is held up until day 11."""
    a, b = replace(A, launch_calendar=1, wait=4), replace(B, launch_calendar=0)
    schedule = Schedule((0, 5), (8, 9), (11, 9))
    assert violations(problem(a, b, None), schedule) == ()
    behind = Precedence(0, 1, Link.FS, -9)
    assert '"B" is said to launch by day 9; it can and must by day 11' in violations(problem(a, b, behind), schedule)


def test_a_running_activity_takes_no_more_than_there_is():
    """Two engineers wanted, one there: half speed, the whole team; nothing else fits beside it."""
    half = Profile(tuple(range(0, 15_500, 500)))
    slow = Activity("A", 1750, demands=((0, 20),))
    other = Activity("B", 750, demands=((0, 10),), profile=1)
    slowed = Problem(HORIZON, (slow, other), (Resource("Pay", (10,) * HORIZON),), (half, EVERY_DAY))
    assert violations(slowed, Schedule((0, 4), (4, 5), (4, 5))) == ()
    assert "asked for 20 tenths" in violations(slowed, Schedule((0, 3), (4, 4), (4, 4)))[0]


def test_ten_thousand_activities():
    count, length = 10_000, 20
    teams = tuple(Resource(f"Team {k}", (10,) * 1000) for k in range(300))
    days = Profile(tuple(range(0, 1_001_000, 1000)))
    activities = tuple(
        Activity(f"T-{n}", 1000 * length - 250, demands=((n % 300, 10),), launch_calendar=0) for n in range(count)
    )
    chains = tuple(Precedence(n - 300, n) for n in range(300, count))
    start = tuple(n // 300 * length for n in range(count))
    finish = tuple(s + length for s in start)
    big = Problem(1000, activities, teams, (days,), (LaunchCalendar(tuple(range(1001))),), chains)
    assert violations(big, Schedule(start, finish, finish)) == ()
