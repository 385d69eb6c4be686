"""The cost of each priced structure by hand, and that two ways to write the work at risk are one."""

from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.problem import (
    Coordination,
    Debt,
    Evidence,
    FragileHandover,
    InterfaceRelease,
    Risk,
    Schedule,
    Supersession,
)
from planner.objective import Variables, numbers
from planner.objective.at_risk import MOST_EVIDENCE, risk_cost
from planner.objective.coordination import coordination_cost
from planner.objective.debt import debt_cost
from planner.objective.fragile_handover import handover_cost
from planner.objective.interface_release import release_cost
from planner.objective.supersession import supersession_cost


def spans(*pairs: tuple[int, int]) -> Variables[int]:
    """Activities by start and finish; each launches with its finish."""
    starts, ends = zip(*pairs, strict=True)
    return numbers(Schedule(starts, ends, ends))


@pytest.mark.parametrize(
    ("late_finish", "cost"),
    [(4, 0), (5, 4000), (6, 3900), (15, 3000), (45, 0), (60, 0)],
    ids=["the other first", "tie: the lower position first", "a day of use", "ten days", "paid off", "long paid off"],
)
def test_superseded_work_is_lost_less_the_longer_it_was_of_use(late_finish: int, cost: int) -> None:
    assert supersession_cost(Supersession(0, 1, 4000, 100), spans((0, 5), (0, late_finish))) == cost


def test_of_equal_finishes_the_higher_position_is_never_first() -> None:
    assert supersession_cost(Supersession(1, 0, 4000), spans((0, 5), (0, 5))) == 0


@pytest.mark.parametrize(
    ("start", "cost"),
    [(0, 2000), (1, 2000), (3, 1000), (5, 0), (9, 0)],
    ids=["all 4 days", "4", "2", "none", "after"],
)
def test_work_before_its_evidence_is_at_risk(start: int, cost: int) -> None:
    """The test ends on day 5; half of what is done by then, of 4 days of 1 ED, is lost."""
    risk = Risk(0, 1000, 4, (Evidence(500, activity=1),))
    assert risk_cost(risk, spans((start, start + 4), (0, 5))) == cost


def test_evidence_comes_not_before_its_period() -> None:
    risk = Risk(0, 1000, 4, (Evidence(500, activity=1, period=3),))
    assert risk_cost(risk, spans((0, 4), (0, 1))) == 1500


@pytest.mark.parametrize(("finish", "cost"), [(4, 5000), (5, 2000)], ids=["before", "with the evidence"])
def test_a_one_way_door_before_its_evidence_costs_the_reversal(finish: int, cost: int) -> None:
    """Half of 4 ED of work and half of 6 ED to undo it."""
    risk = Risk(0, 1000, 4, (Evidence(500, period=5),), reversal=6000)
    assert risk_cost(risk, spans((0, finish))) == cost


losses = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 12)), min_size=1, max_size=MOST_EVIDENCE)


@given(losses, st.integers(0, 5))
def test_sum_over_sets_is_the_sum_in_the_order_of_results(evidence: list[tuple[int, int]], start: int) -> None:
    """The design: sum over k of (product of the earlier p) (1 - p_k) x work done by then."""
    risk = Risk(0, 10**9, 6, tuple(Evidence(loss, period=period) for loss, period in evidence))
    in_order = sorted(evidence, key=lambda known: known[1])
    expected = sum(
        prod(1 - earlier / 1000 for earlier, _ in in_order[:k]) * loss / 1000 * min(6, max(0, period - start))
        for k, (loss, period) in enumerate(in_order)
    )
    assert risk_cost(risk, spans((start, start + 6))) / 10**9 == pytest.approx(expected, abs=1e-6)


def test_of_very_much_evidence_the_likeliest_to_discard_counts() -> None:
    """Six that are certain to, on day 2, and one that seldom is, on day 1."""
    certain = (Evidence(1000, period=2),) * MOST_EVIDENCE
    assert risk_cost(Risk(0, 1000, 4, (Evidence(1, period=1), *certain)), spans((0, 4))) == 2000


@pytest.mark.parametrize(
    ("launches", "migrations"),
    [((3, 10), 2), ((5, 10), 1), ((10, 5), 1), ((7, 7), 1), ((3, 8, 13), 1), ((3, 8, 14), 2), ((1, 20, 40), 3)],
    ids=["apart", "just close", "the other way", "one day", "a chain", "a broken chain", "all apart"],
)
def test_releases_close_together_count_once(launches: tuple[int, ...], migrations: int) -> None:
    release = InterfaceRelease("api", tuple(range(len(launches))), cost=8000, window=5)
    assert release_cost(release, spans(*((0, launch) for launch in launches))) == 8000 * migrations


@pytest.mark.parametrize(
    ("other", "days"),
    [((2, 6), 4), ((0, 3), 1), ((7, 12), 1), ((0, 12), 6), ((8, 9), 0), ((0, 2), 0)],
    ids=["within", "first day", "last day", "around", "after", "before"],
)
def test_coordination_counts_common_days(other: tuple[int, int], days: int) -> None:
    assert coordination_cost(Coordination(0, 1, 140), spans((2, 8), other)) == 140 * days


@pytest.mark.parametrize(("start", "fifths"), [(10, 7), (11, 2), (12, 0), (9, 12)])
def test_a_hand_over_without_slack_is_fragile(start: int, fifths: int) -> None:
    """7 days of work ask for 1.4 days of slack: 7 fifths."""
    assert handover_cost(FragileHandover(0, 1, 60, 7), spans((3, 10), (start, 20))) == 60 * fifths


@pytest.mark.parametrize(
    ("repaid", "cost"),
    [(6, 4 * 200), (11, 9 * 200 + 1000), (40, 18 * 200 + 1000), (2, 0)],
    ids=["before the touch", "after it", "beyond the horizon", "at once"],
)
def test_debt_costs_interest_and_dearer_work_until_it_is_repaid(repaid: int, cost: int) -> None:
    """Taken on day 2, looked at up to day 20; a touch starts on day 8 and one on day 1, before there was debt."""
    owed = Debt(0, 200, 9000, 20, repaid_by=1, touches=((2, 1000), (3, 500)))
    assert debt_cost(owed, spans((0, 2), (0, repaid), (8, 9), (1, 3))) == cost


def test_debt_that_is_never_repaid_costs_its_principal_too() -> None:
    """18 days of interest, the touch, the principal."""
    owed = Debt(0, 200, 9000, 20, touches=((1, 1000),))
    assert debt_cost(owed, spans((0, 2), (2, 3))) == 18 * 200 + 1000 + 9000


def test_old_debt_is_there_from_the_start() -> None:
    owed = Debt(None, 200, 9000, 20, repaid_by=0, touches=((1, 1000),))
    assert debt_cost(owed, spans((0, 5), (0, 3))) == 5 * 200 + 1000
