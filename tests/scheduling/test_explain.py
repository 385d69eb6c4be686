"""The fact that binds a start, by hand and by the law that it forbids the day before."""

from dataclasses import replace

from hypothesis import given, settings

from planner.domain.problem import Activity, Evidence, FragileHandover, Precedence, Problem, Risk
from planner.domain.roadmap import Link
from planner.scheduling.explain import Fact, launch_reason, reasons
from planner.scheduling.priorities import latest_finish
from planner.scheduling.sgs import parallel, serial
from planner.scheduling.timing import complete
from tests.scheduling.instances import problem, problems

DAY = 1000
LANE = ((0, 10),)


def test_each_kind_of_reason() -> None:
    """A and B share an engineer who is off on days 5 and 6; C follows B; D may not start before day 9; E waits."""
    given = problem(
        [
            Activity("A", 2 * DAY, demands=LANE),
            Activity("B", 3 * DAY, demands=LANE),
            Activity("C", 1 * DAY, demands=LANE),
            Activity("D", 1 * DAY, demands=LANE, release=9),
            Activity("E", 1 * DAY),
            Activity("F", 1 * DAY, pinned=3),
            Activity("G", 1 * DAY, started=True),
        ],
        [[10] * 5 + [0] * 2 + [10] * 10],
        [Precedence(1, 2)],
    )
    assert reasons(given, complete(given, (0, 2, 7, 9, 4, 3, 0))) == (
        Fact("planning start"),
        Fact("capacity", (0,), resource=0, period=1),
        Fact("predecessor", (1,), Precedence(1, 2)),  # B forbids day 4; that 5 and 6 are off only adds to it
        Fact("release"),
        Fact("wait", period=0),
        Fact("pinned"),
        Fact("started"),
    )


def test_the_calendar_binds_only_what_could_not_start_before_it() -> None:
    given = problem([Activity("A", DAY, demands=LANE)], [[0, 0, *[10] * 10]])
    assert reasons(given, complete(given, (2,))) == (Fact("calendar", resource=0, period=1),)


def test_predecessors_by_start_by_finish_and_by_launch() -> None:
    """A works 2 days and is out on day 5, after a block; B starts a day after A, C may finish only with A."""
    relations = [Precedence(0, 1, Link.SS, 1), Precedence(0, 2, Link.FF), Precedence(0, 3, launch=True)]
    given = problem(
        [
            Activity("A", 2 * DAY, launch_calendar=0),
            Activity("B", DAY),
            Activity("C", DAY),
            Activity("D", DAY, launch_calendar=0),
            Activity("E", DAY),
        ],
        [[10] * 20],
        [*relations, Precedence(3, 4)],
        open_days=[day not in (1, 2, 3, 4) for day in range(20)],
    )
    schedule = complete(given, (0, 1, 1, 6, 7))
    assert reasons(given, schedule) == (
        Fact("planning start"),
        Fact("predecessor", (0,), relations[0]),
        Fact("predecessor", (0,), relations[1]),
        Fact("launch", (0,), relations[2]),
        Fact("predecessor", (3,), Precedence(3, 4)),
    )
    assert launch_reason(given, schedule, 0) == Fact("block", period=5)
    assert launch_reason(given, schedule, 3) is None


def test_a_launch_behind_a_predecessors_launch() -> None:
    """B waits for A's work less two days only, so B is finished before A is out, and launches with it."""
    given = problem(
        [Activity("A", 3 * DAY), Activity("B", DAY, launch_calendar=0)], [[10] * 20], [Precedence(0, 1, lag=-2)]
    )
    schedule = complete(given, (0, 1))
    assert schedule.launch == (3, 3)
    assert launch_reason(given, schedule, 1) == Fact("launch", (0,), given.precedences[0], period=2)


def test_a_wait_names_the_terms_that_it_spares() -> None:
    """A is at risk until day 2, B is a hand-over of 5 days' work that wants a day of slack, C waits for nothing."""
    given = replace(
        problem([Activity("A", 4 * DAY), Activity("B", DAY), Activity("C", DAY)], [[10] * 20], [Precedence(0, 1)]),
        risks=(Risk(0, 1000, 4, (Evidence(500, period=2),)),),
        handovers=(FragileHandover(0, 1, cost=60, duration=5),),
    )
    facts = reasons(given, complete(given, (2, 7, 3)))
    assert [fact.kind for fact in facts] == ["wait"] * 3
    assert [fact.saves for fact in facts] == [("T",), ("R",), ()]


def test_a_limit_on_work_in_progress_binds_like_a_team() -> None:
    """Three engineers, off on days 2 and 3, but two tasks at a time: C waits for A, and D for its team."""
    limit = 1
    given = problem(
        [Activity(name, 2 * DAY, demands=((0, 10), (limit, 10)), team=0) for name in "ABC"]
        + [Activity("D", DAY, demands=((0, 10), (limit, 10)), team=0, release=2)],
        [[30, 30, 0, 0, *[30] * 10], [20] * 14],
    )
    facts = reasons(given, complete(given, (0, 0, 4, 4)))
    assert facts[2] == Fact("capacity", (0, 1), resource=limit, period=1)
    assert facts[3] == facts[2]


@settings(max_examples=60, deadline=None)
@given(problems())
def test_nothing_waits_on_purpose_in_a_list_schedule(given: Problem) -> None:
    for scheme in (serial, parallel):
        schedule = scheme(given, latest_finish(given))
        assert schedule is not None
        for fact in reasons(given, schedule):
            assert fact.kind != "wait"
            assert fact.activities or fact.kind not in ("predecessor", "launch", "capacity")
