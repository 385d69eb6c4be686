"""X3 to X13: the numbers of the design by evaluation, brute force and exact search. X6 is in `tests/graph`."""

import pytest

from planner.domain.problem import Precedence, Problem, SolveStatus
from planner.objective import by_term, evaluate
from planner.objective.effort import merge_saving
from planner.scheduling.budget import Budget
from planner.scheduling.cpsat import solve_exactly
from planner.scheduling.timing import complete
from tests.oracles.problems import (
    evidence_before_work,
    extend_before_replace,
    in_order,
    open_decision,
    orders,
    quick_fix,
    softly_before,
    three_tests,
    two_releases,
    two_replacements,
    with_precedences,
)
from tests.scheduling.instances import all_schedules

FORCED = with_precedences(extend_before_replace(1.5), (Precedence(0, 1),))

IN_ORDER = [
    ("X3, w_a=3", extend_before_replace(3), {"a b": 25, "b a": 32}),
    ("X3, w_a=1.5", extend_before_replace(1.5), {"b a": 18.5, "a b": 19}),
    ("X3, tie at 1.6", extend_before_replace(1.6), {"a b": 19.4, "b a": 19.4}),
    ("X5", three_tests(), {"C B A": 3.68, "A B C": 6.34}),
    ("X8, delta .25", quick_fix(0.25), {"fix repay x y z": 8.4, "fix x y z repay": 9}),
    ("X8, delta .1", quick_fix(0.1), {"fix x y z repay": 7.2, "fix repay x y z": 8.4}),
    ("X8, delta .2 ties", quick_fix(0.2), {"fix repay x y z": 8.4, "fix x y z repay": 8.4}),
    ("X11", two_replacements(), {"a1 c b2 a2 b1": 47, "a1 c a2 b2 b1": 49, "c b2 a2 b1 a1": 54}),
    ("X13: +0.5 against X3", FORCED, {"a b": 19}),
]

BY_STARTS = [
    ("X4, p=.3", evidence_before_work(0.3), {(0, 2): 2.4, (0, 0): 3.2}),
    ("X4, p=.8", evidence_before_work(0.8), {(0, 0): 5.2, (0, 2): 6.4}),
    ("X4, p=.8, burn 5", evidence_before_work(0.8, burn=5), {(0, 2): 6.4, (0, 0): 6.8}),
    ("X7, w_a=.8: on day 5", two_releases(0.8), {(2, 0): 12, (0, 0): 18.4}),
    ("X7, w_a=5: on day 3", two_releases(5), {(0, 0): 31, (2, 0): 33}),
    ("X7, tie at 4", two_releases(4), {(0, 0): 28, (2, 0): 28}),
    ("X10: a starts, b waits", open_decision(), {(0, 3): 4.7, (0, 0): 6.2, (3, 3): 5.3}),
    ("X12", softly_before(), {(0, 0): 4.8, (0, 5): 9}),
]
"""The best first, then the alternatives in brackets; in ED."""


def _allowed(given: Problem, order: str) -> bool:
    """Whether the order keeps the relations."""
    positions = [[it.id for it in given.activities].index(name) for name in order.split()]
    return all(positions.index(r.predecessor) < positions.index(r.successor) for r in given.precedences)


@pytest.mark.parametrize(("given", "figures"), [case[1:] for case in IN_ORDER], ids=[case[0] for case in IN_ORDER])
def test_on_one_lane(given: Problem, figures: dict[str, float]) -> None:
    costs = {order: evaluate(given, in_order(given, order)) for order in orders(given) if _allowed(given, order)}
    assert {order: costs[order] / 1000 for order in figures} == figures
    assert min(costs.values()) / 1000 == next(iter(figures.values()))


@pytest.mark.parametrize(("given", "figures"), [case[1:] for case in BY_STARTS], ids=[case[0] for case in BY_STARTS])
def test_on_teams_of_their_own(given: Problem, figures: dict[tuple[int, ...], float]) -> None:
    assert {start: evaluate(given, complete(given, start)) / 1000 for start in figures} == figures
    assert min(evaluate(given, schedule) for schedule in all_schedules(given)) / 1000 == next(iter(figures.values()))


@pytest.mark.parametrize(("name", "given", "figures"), [*IN_ORDER, *BY_STARTS], ids=lambda value: str(value)[:20])
def test_exact_search_proves_the_same(name: str, given: Problem, figures: dict[object, float]) -> None:
    solution = solve_exactly(given, Budget(work=5000))
    assert solution.status is SolveStatus.OPTIMAL, name
    assert solution.objective == solution.bound == round(1000 * next(iter(figures.values())))


def test_what_throwaway_buys_in_delay() -> None:
    """X11: no order of the five tasks is better in T and no worse in D, or the other way round, than these."""
    given = two_replacements()
    terms = [by_term(given, in_order(given, order)) for order in orders(given)]
    points = {(term["T"], term["D"]) for term in terms}
    front = {p for p in points if not any(q != p and q[0] <= p[0] and q[1] <= p[1] for q in points)}
    assert front == {(0, 54_000), (2_000, 45_000), (6_000, 43_000)}


def test_merging_saves_more_where_the_larger_duplicate_goes() -> None:
    """X9: 10 or 6 ED, of which 0.8 are saved, less a hand-off of 1.5."""
    assert merge_saving(10, 0.8, 1.5) == 6.5
    assert merge_saving(6, 0.8, 1.5) == pytest.approx(3.3)
