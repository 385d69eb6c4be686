"""Schedule generation schemes: small schedules by hand, laws on random ones."""

import pytest
from hypothesis import given, settings

from planner.domain.problem import Activity, Precedence, Problem
from planner.domain.roadmap import Link
from planner.scheduling.priorities import PRIORITY_RULES
from planner.scheduling.sgs import Generator, parallel, serial
from planner.scheduling.verify import violations
from tests.scheduling.instances import lane, problem, problems

DAY = 1000
LANE = ((0, 10),)


def test_serial_follows_the_priority() -> None:
    schedule = serial(lane((3, 1, 2), (1, 1, 1)), [3, 1, 2])
    assert schedule is not None
    assert schedule.start == (3, 0, 1)


def test_parallel_does_not_keep_a_team_waiting_for_a_better_task() -> None:
    """B has priority but cannot start before day 1: serial leaves day 0 idle, parallel starts A at once."""
    given = problem(
        [Activity("A", 3 * DAY, demands=LANE), Activity("B", 2 * DAY, demands=LANE, release=1)], [[10] * 12]
    )
    first, second = serial(given, [2, 1]), parallel(given, [2, 1])
    assert first is not None
    assert second is not None
    assert first.start == (3, 1)
    assert second.start == (0, 3)


def test_leave_stretches_work_and_a_day_off_pauses_it() -> None:
    """Two engineers for 3 days of work: full on day 0, half on 1 and 2, off on 3, full on 4."""
    given = problem([Activity("A", 3 * DAY, demands=((0, 20),))], [[20, 10, 10, 0, 20, 20]])
    schedule = serial(given, [0])
    assert schedule is not None
    assert schedule.finish == (5,)


@pytest.mark.parametrize(
    ("relation", "start"),
    [
        (Precedence(0, 1, Link.FS, 1), 4),
        (Precedence(0, 1, Link.FS, -2), 1),
        (Precedence(0, 1, Link.SS, 2), 2),
        (Precedence(0, 1, Link.FF, 1), 2),
        (Precedence(0, 1, Link.SF, 5), 3),
        (Precedence(0, 1, Link.FS, launch=True), 6),
    ],
)
def test_relations(relation: Precedence, start: int) -> None:
    """A takes 3 days and may launch on day 5 again; B takes 2."""
    given = problem(
        [Activity("A", 3 * DAY, launch_calendar=0), Activity("B", 2 * DAY)],
        [[10] * 20],
        [relation],
        open_days=[day not in (2, 3, 4) for day in range(20)],
    )
    schedule = serial(given, [0, 0])
    assert schedule is not None
    assert schedule.start == (0, start)


def test_a_pinned_start_is_kept_free() -> None:
    """B is pinned to day 2, so A, three days of the same engineer, goes behind it."""
    given = problem([Activity("A", 3 * DAY, demands=LANE), Activity("B", DAY, demands=LANE, pinned=2)], [[10] * 12])
    schedule = serial(given, [0, 1])
    assert schedule is not None
    assert schedule.start == (3, 2)


def test_a_deadline_is_repaired_by_moving_its_chain_to_the_front() -> None:
    """C is due on day 3 behind B, but the priority asks for A first."""
    given = problem(
        [
            Activity("A", 4 * DAY, demands=LANE),
            Activity("B", 2 * DAY, demands=LANE),
            Activity("C", DAY, demands=LANE, deadline=3),
        ],
        [[10] * 12],
        [Precedence(1, 2)],
    )
    schedule = serial(given, [0, 1, 2])
    assert schedule is not None
    assert schedule.start == (3, 0, 2)


LATE = problem([Activity("A", 4 * DAY, demands=LANE, deadline=3)], [[10] * 12])
TWICE = problem([Activity(name, DAY, demands=LANE, pinned=1) for name in "AB"], [[10] * 12])
TOO_LONG = lane((5, 5, 5), (1, 1, 1), horizon=12)


@pytest.mark.parametrize("impossible", [LATE, TWICE, TOO_LONG])
def test_none_where_nothing_fits(impossible: Problem) -> None:
    priority = [0.0] * len(impossible.activities)
    assert serial(impossible, priority) is None
    assert parallel(impossible, priority) is None


@settings(max_examples=60, deadline=None)
@given(problems())
def test_every_schedule_verifies_and_shifting_left_never_delays(given: Problem) -> None:
    generator = Generator(given)
    for rule in PRIORITY_RULES:
        priority = rule.function(given)
        for non_delay in (False, True):
            schedule = generator.generate(priority, non_delay)
            assert schedule is not None
            assert violations(given, schedule) == ()
            shifted = generator.left_shift(schedule)
            assert violations(given, shifted) == ()
            assert all(a <= b for a, b in zip(shifted.launch, schedule.launch, strict=True))


@settings(max_examples=60, deadline=None)
@given(problems(strict=True))
def test_with_deadlines_a_schedule_verifies_or_there_is_none(given: Problem) -> None:
    for scheme in (serial, parallel):
        schedule = scheme(given, [0.0] * len(given.activities))
        assert schedule is None or violations(given, schedule) == ()
