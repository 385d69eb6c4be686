"""Terms by hand; that the solver sees the same is tested with its model."""

from planner.domain.problem import Activity, Deliverable, Precedence, Problem, Schedule
from planner.objective import TERMS, by_term, evaluate


def given() -> Problem:
    """A of 2 ED, then B of 3 ED by another team with friction 0.4; together the item, due by day 4."""
    return Problem(
        horizon=10,
        activities=(Activity("A", 2000, effort=2000), Activity("B", 3000, effort=3000)),
        precedences=(Precedence(0, 1, cross_team=True, friction=400),),
        deliverables=(Deliverable("item", (0, 1), delay_weight=500, late_weight=1000, target=4),),
        order=(0, 1),
    )


def test_by_hand() -> None:
    """E 5; D 0.5 x 6 + 1 x (6 - 4); R 1 x 1.4: 11.4 ED."""
    schedule = Schedule((0, 2), (2, 5), (2, 6))
    assert by_term(given(), schedule) == {"E": 5000, "D": 5000, "T": 0, "R": 1400, "B": 0}
    assert evaluate(given(), schedule) == 11_400


def test_in_time_nothing_is_late() -> None:
    assert by_term(given(), Schedule((0, 0), (2, 3), (2, 4)))["D"] == 2000


def test_what_is_out_already_counts_from_its_launch() -> None:
    item = Deliverable("item", (0,), delay_weight=500, sunk=7)
    problem = Problem(horizon=10, activities=(Activity("A", 1000),), deliverables=(item,))
    assert by_term(problem, Schedule((0,), (1,), (1,)))["D"] == 3500


def test_only_what_succeeds_is_spent_for_certain() -> None:
    """3 ED of a bet at 0.25, 1 ED without one."""
    problem = Problem(10, (Activity("A", 1000, effort=3000, success=250), Activity("B", 1000, effort=1000)))
    assert by_term(problem, Schedule((0, 0), (1, 1), (1, 1)))["E"] == 1750


def test_a_letter_is_the_sum_of_its_terms() -> None:
    assert [term.letter for term in TERMS] == ["E", "D", "T", "T", "T", "R", "R", "R", "B"]
    assert list(by_term(given(), Schedule((0, 2), (2, 5), (2, 6)))) == ["E", "D", "T", "R", "B"]
