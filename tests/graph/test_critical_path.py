from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.problem import Problem, Resource, Schedule
from planner.domain.roadmap import Link
from planner.graph.critical_path import float_times, resource_critical_chain

from .tables import problem


def test_the_textbook_network() -> None:
    """A3 -> B2 -> D4 and A3 -> C5 -> D4: C is on the critical path, B may slip 3 days."""
    floats = float_times(problem([3, 2, 5, 4], (0, 1), (0, 2), (1, 3), (2, 3)))
    assert floats.early_start == (0, 3, 3, 8)
    assert floats.early_finish == (3, 5, 8, 12)
    assert floats.late_start == (0, 6, 3, 8)
    assert floats.late_finish == (3, 8, 8, 12)
    assert floats.total_float == (0, 3, 0, 0)
    assert floats.critical == (True, False, True, True)


def test_free_float_is_what_delays_nobody_else() -> None:
    """A1 -> B1 -> D1 beside C5 -> D1: A and B share 3 days, only B can use them without moving another."""
    floats = float_times(problem([1, 1, 5, 1], (0, 1), (1, 3), (2, 3)))
    assert floats.total_float == (3, 3, 0, 0)
    assert floats.free_float == (0, 3, 0, 0)


def test_a_later_target_is_float_for_everybody_and_an_earlier_one_is_missed() -> None:
    chain = problem([2, 3], (0, 1))
    assert float_times(chain, 9).total_float == (4, 4)
    assert float_times(chain, 5).total_float == (0, 0)
    assert all(slack < 0 for slack in float_times(chain, 3).total_float)


@pytest.mark.parametrize(
    ("link", "lag", "early", "late"),
    [
        (Link.FS, 2, (0, 5), (0, 5)),
        (Link.SS, 1, (0, 1), (4, 5)),  # the target is day 9
        (Link.FF, 2, (0, 1), (4, 5)),
        (Link.SF, 6, (0, 2), (3, 5)),  # A starts at least 6 days before B's end
        (Link.FS, -2, (0, 1), (4, 5)),
    ],
)
def test_links_and_lags(link: Link, lag: int, early: tuple[int, int], late: tuple[int, int]) -> None:
    """A takes 3 days, B 4; the end is on day 9."""
    floats = float_times(problem([3, 4], (0, 1, link, lag)), 9)
    assert (floats.early_start, floats.late_start) == (early, late)


def test_a_slip_into_a_day_off_is_counted_in_days_of_the_axis() -> None:
    """B starts on day 3 after the days off 1 and 2; A, one day, has no other day before it."""
    floats = float_times(problem([1, 2], (0, 1), off=frozenset({1, 2})))
    assert floats.early_start == (0, 3)
    assert floats.total_float == (0, 0)


def test_a_blocked_launch_is_float_of_what_waits_for_it() -> None:
    """A1 may launch from day 5 on, B1 waits for that launch, C7 sets the end."""
    floats = float_times(
        problem([1, 1, 7], (0, 1), closed=frozenset(range(5)), launch=frozenset({(0, 1)})),
    )
    assert floats.early_start == (0, 6, 0)
    assert floats.early_finish == (1, 7, 7)
    assert floats.late_start == (5, 6, 0)
    assert floats.critical == (False, True, True)


def test_a_launch_waits_for_the_launches_before_it() -> None:
    """B1 may be built while A3 is (lag -3) but not launched before it; C1 waits for B's launch."""
    floats = float_times(problem([3, 1, 1], (0, 1, Link.FS, -3), (1, 2), launch=frozenset({(1, 2)})))
    assert floats.early_start == (0, 0, 3)
    assert floats.late_start == (0, 2, 3)
    assert floats.critical == (True, False, True)


@st.composite
def networks(draw: st.DrawFn) -> Problem:
    durations = draw(st.lists(st.integers(0, 4), min_size=2, max_size=6))
    pairs = [(i, j) for j in range(len(durations)) for i in range(j)]
    relations = draw(st.lists(st.tuples(st.sampled_from(pairs), st.sampled_from(list(Link)), st.integers(-2, 3))))
    return problem(
        durations,
        *((*pair, link, lag) for pair, link, lag in relations),
        off=draw(st.frozensets(st.integers(0, 15), max_size=6)),
        closed=draw(st.frozensets(st.integers(0, 15), max_size=6)),
        launch=frozenset(p for p, link, _ in relations if link in (Link.FS, Link.FF) and draw(st.booleans())),
        horizon=80,
    )


@given(networks(), st.data())
def test_total_float_is_the_latest_release_that_keeps_the_end(network: Problem, data: st.DataObject) -> None:
    floats = float_times(network)
    end = max(floats.early_finish)
    i = data.draw(st.integers(0, len(network.activities) - 1))

    def end_if_not_before(release: int) -> int:
        delayed = replace(network.activities[i], release=release)
        activities = (*network.activities[:i], delayed, *network.activities[i + 1 :])
        return max(float_times(replace(network, activities=activities)).early_finish)

    assert floats.total_float[i] >= floats.free_float[i] >= 0
    assert end_if_not_before(floats.late_start[i]) == end
    assert end_if_not_before(floats.late_start[i] + 1) > end


def with_one_team(network: Problem, lanes: int, off: frozenset[int] = frozenset()) -> Problem:
    """All activities want one engineer of a team that has so many."""
    capacity = tuple(0 if day in off else 10 * lanes for day in range(network.horizon))
    activities = tuple(replace(activity, demands=((0, 10),)) for activity in network.activities)
    return replace(network, activities=activities, resources=(Resource("PAY", capacity),))


def test_the_chain_follows_capacity_from_hand_to_hand() -> None:
    """One lane, no relations: A, B, C in turn; D of nobody beside them."""
    network = with_one_team(problem([2, 3, 1, 1]), lanes=1)
    free = replace(network.activities[3], demands=())
    network = replace(network, activities=(*network.activities[:3], free))
    assert resource_critical_chain(network, Schedule((0, 2, 5, 0), (2, 5, 6, 1), (2, 5, 6, 1))) == {0, 1, 2}


def test_the_chain_crosses_days_off_and_leaves_out_what_has_slack() -> None:
    """Two lanes, days 2 and 3 off. A2 hands over to C2, which wants both lanes, after the days off; B1 has a day."""
    off = frozenset({2, 3})
    network = with_one_team(problem([2, 1, 2], off=off), lanes=2, off=off)
    both = replace(network.activities[2], demands=((0, 20),))
    network = replace(network, activities=(*network.activities[:2], both))
    assert resource_critical_chain(network, Schedule((0, 0, 4), (2, 1, 6), (2, 1, 6))) == {0, 2}


@pytest.mark.parametrize(
    ("start", "chain"),
    [
        (0, {1}),  # a day later A launches on day 3 all the same
        (1, {0, 1}),
    ],
)
def test_the_chain_follows_tight_relations_and_launches(start: int, chain: set[int]) -> None:
    """A's launch, not on day 2, starts B on day 4; C ends in time for B with two days to spare."""
    network = problem([3, 2, 2], (0, 1), (2, 1), closed=frozenset({2}), launch=frozenset({(0, 1)}))
    assert resource_critical_chain(network, Schedule((start, 4, 0), (start + 3, 6, 2), (4, 6, 2))) == chain
