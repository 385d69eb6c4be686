"""The chain back to the planning start: by hand, and that its days add up on every task of the sample."""

from dataclasses import replace

from hypothesis import given, settings

from planner.domain.problem import Activity, Evidence, Precedence, Problem, Risk
from planner.domain.roadmap import Link
from planner.scheduling.chain import Chain, Step, chain
from planner.scheduling.explain import Fact
from planner.scheduling.priorities import latest_finish
from planner.scheduling.sgs import serial
from planner.scheduling.timing import complete
from tests.scheduling.instances import problem, problems
from tests.scheduling.sample import sample

DAY = 1000
LANE = ((0, 10),)


def named(given: Problem, found: Chain) -> list[tuple[str, int, int, int, int, int, int]]:
    """Each step as (id, ready, waited, days, held, lag, gap)."""
    return [(given.activities[s.activity].id, s.ready, s.waited, s.days, s.held, s.lag, s.gap) for s in found.steps]


def test_team_predecessor_launch_and_days_off() -> None:
    """A may start on day 1, B queues behind it, is out two days late; C comes a day after, off on day 9, then D."""
    relations = [Precedence(1, 2, lag=1, launch=True), Precedence(2, 3, Link.SS, 2)]
    given = problem(
        [
            Activity("A", 2 * DAY, demands=LANE, release=1),
            Activity("B", 3 * DAY, demands=LANE, launch_calendar=0),
            Activity("C", 4 * DAY, demands=((1, 10),)),
            Activity("D", DAY),
        ],
        [[10] * 20, [10] * 9 + [0] + [10] * 10],
        relations,
        open_days=[day not in (5, 6) for day in range(20)],
    )
    schedule = complete(given, (1, 3, 10, 12))
    assert schedule.launch[1] == 8
    found = chain(given, schedule, 3)
    assert named(given, found) == [
        ("A", 1, 0, 2, 0, 0, 0),
        ("B", 3, 0, 3, 2, 1, 1),
        ("C", 10, 0, 0, 0, 2, 0),
        ("D", 12, 0, 0, 0, 0, 0),
    ]
    assert (found.origin, found.total) == (1, 12)
    assert [step.fact.kind for step in found.steps] == ["release", "capacity", "launch", "predecessor"]


def test_ends_bound_to_ends_overlap() -> None:
    """B may finish only two days after A's three, so it starts two days after day 3 less its own four."""
    given = problem([Activity("A", 3 * DAY), Activity("B", 4 * DAY)], [[10] * 20], [Precedence(0, 1, Link.FF, 2)])
    found = chain(given, complete(given, (0, 1)), 1)
    assert named(given, found) == [("A", 0, 0, 3, 0, 2, -4), ("B", 1, 0, 0, 0, 0, 0)]


def test_a_wait_is_a_part_of_its_own_step() -> None:
    """B is ready behind A on day 2, and waits for its evidence on day 6."""
    given = replace(
        problem([Activity("A", 2 * DAY), Activity("B", 4 * DAY)], [[10] * 20], [Precedence(0, 1)]),
        risks=(Risk(1, 1000, 4, (Evidence(500, period=6),)),),
    )
    found = chain(given, complete(given, (0, 6)), 1)
    assert named(given, found) == [("A", 0, 0, 2, 0, 0, 0), ("B", 2, 4, 0, 0, 0, 0)]
    assert found.total == 6


def test_of_those_that_hold_a_team_the_one_that_let_go_last_leads() -> None:
    given = problem(
        [
            Activity("A", 2 * DAY, demands=LANE),
            Activity("B", 9 * DAY, demands=LANE),
            Activity("C", DAY, demands=LANE),
        ],
        [[20] * 20],
    )
    found = chain(given, complete(given, (0, 0, 2)), 2)
    assert found.steps[0] == Step(0, Fact("planning start"), 0, days=2)


def test_activities_that_hold_each_other_end_the_chain() -> None:
    """B may begin three days before A is finished, and A wants the engineer whom B has: neither is first."""
    given = problem(
        [Activity("A", 2 * DAY, demands=LANE), Activity("B", 2 * DAY, demands=LANE)],
        [[10] * 20],
        [Precedence(0, 1, lag=-4)],
    )
    found = chain(given, complete(given, (3, 1)), 0)
    assert (found.total, [step.activity for step in found.steps]) == (3, [1, 0])


def test_the_chain_of_every_task_of_the_sample_adds_up() -> None:
    given, schedule = sample()
    for i, start in enumerate(schedule.start):
        found = chain(given, schedule, i)
        assert found.total == start, given.activities[i].id
        first = found.steps[0]
        assert first.ready == 0 or first.fact.kind in ("release", "pinned", "calendar", "wait")


@settings(max_examples=60, deadline=None)
@given(problems())
def test_chains_add_up_in_list_schedules(given: Problem) -> None:
    schedule = serial(given, latest_finish(given))
    assert schedule is not None
    for i, start in enumerate(schedule.start):
        found = chain(given, schedule, i)
        assert found.total == start
        assert len({step.activity for step in found.steps}) == len(found.steps)
