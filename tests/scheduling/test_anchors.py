"""Keeping close to the plan before: what gets an anchor, what stays, what that costs."""

from dataclasses import replace
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.domain.problem import Anchor, Problem, Schedule, Solution, SolveStatus
from planner.domain.roadmap import Status
from planner.domain.settings import MovePrices
from planner.objective import by_term
from planner.scheduling.anchors import Close, anchored, keep_close, settled, without_anchors
from planner.scheduling.budget import Budget
from planner.scheduling.formulate import Formulation
from planner.scheduling.solve import solve
from planner.scheduling.verify import violations
from tests.scheduling.instances import lane, problems
from tests.scheduling.roadmaps import MONDAY, formulated, task, team

WORK = Budget(work=200)
HUGE = 10**6
PRICES = MovePrices(start=1.0, near_start=5.0, near_weeks=2)


def freely(problem: Problem) -> Solution:
    """The plan without anchors; a random problem without any plan is left aside."""
    solution = solve(replace(problem, anchors=()), WORK)
    assume(solution.schedule is not None)
    return solution


def kept(problem: Problem) -> Close:
    return keep_close(problem, solve(replace(problem, anchors=()), WORK), WORK)


def j(problem: Problem, schedule: Schedule) -> int:
    return sum(by_term(problem, schedule).values())


def test_oracle_what_keeping_the_order_costs() -> None:
    """A (1 ED a day) was planned before B (3 ED a day): 7 ED of delay; turned round 5 ED, which moves both."""
    for price, starts, cost, charged in ((500, (1, 0), 0, 1000), (2000, (0, 1), 2000, 0)):
        close = kept(replace(lane((1, 1), (1, 3), horizon=4), anchors=(Anchor(0, 0, price), Anchor(1, 1, price))))
        assert close.solution.schedule is not None
        assert close.solution.schedule.start == starts
        assert (close.price, close.most, close.charged) == (cost, cost, charged)


def test_only_the_plan_that_costs_no_more_than_the_free_one_is_proven_best() -> None:
    dear = replace(lane((1, 1), (1, 3), horizon=4), anchors=(Anchor(0, 0, 2000), Anchor(1, 1, 2000)))
    close = kept(dear)
    assert (close.solution.status, close.solution.objective, close.solution.bound) == (
        SolveStatus.FEASIBLE,
        7000,
        5000,
    )
    assert kept(replace(dear, anchors=(Anchor(0, 0, 500),))).solution.status is SolveStatus.OPTIMAL


@settings(max_examples=30, deadline=None)
@given(problems(most=4, horizon=30, priced=True), st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_at_no_price_the_plan_is_as_good_as_the_free_one(case: Problem, former: list[int]) -> None:
    free = freely(case)
    anchors = tuple(Anchor(i, former[i], 0) for i in range(len(case.activities)))
    close = keep_close(replace(case, anchors=anchors), free, WORK)
    assert close.solution.objective <= free.objective
    assert (close.price, close.charged) == (0, 0)


@settings(max_examples=30, deadline=None)
@given(problems(most=4, horizon=30, priced=True))
def test_at_a_huge_price_nothing_moves_from_a_plan_that_still_holds(case: Problem) -> None:
    """The plan before is the earliest list schedule, whatever the objective thinks of it."""
    former = settled(case)
    anchors = tuple(Anchor(i, start, HUGE) for i, start in enumerate(former))
    close = keep_close(replace(case, anchors=anchors), freely(case), WORK)
    assert close.solution.schedule is not None
    assert close.solution.schedule.start == tuple(former)
    assert close.charged == 0
    assert close.price <= close.most


@settings(max_examples=30, deadline=None)
@given(problems(most=5, horizon=40), st.lists(st.integers(0, 12), min_size=5, max_size=5))
def test_the_plan_close_to_any_other_is_valid_and_its_price_honest(case: Problem, former: list[int]) -> None:
    held = replace(case, anchors=tuple(Anchor(i, former[i], 700) for i in range(len(case.activities))))
    free = freely(case)
    close = keep_close(held, free, WORK)
    schedule = close.solution.schedule
    assert schedule is not None
    assert violations(held, schedule) == ()
    assert close.solution.objective == j(case, schedule)
    assert 0 <= close.price <= close.most == close.solution.objective - free.bound
    assert close.charged == 700 * sum(start != was for start, was in zip(schedule.start, former, strict=False))


def test_what_grows_pushes_nobody_who_can_stay() -> None:
    """A takes 3 days instead of 2, so that B behind it has no room; C stays where it is, and B goes behind it."""
    held = replace(
        lane((3, 2, 2), (0.1, 0.1, 0.1)), anchors=(Anchor(0, 0, 1000), Anchor(1, 2, 1000), Anchor(2, 4, 1000))
    )
    assert list(settled(held)) == [0, 6, 4]


def test_what_is_new_fills_a_gap() -> None:
    held = replace(lane((2, 2, 2), (1, 1, 9)), anchors=(Anchor(0, 0, 1000), Anchor(1, 4, 1000)))
    assert list(settled(held)) == [0, 4, 2]


def anchors_of(formulation: Formulation, **days: date) -> dict[str, tuple[int, int]]:
    """Period and price by task id."""
    held = anchored(formulation, {name.casefold(): day for name, day in days.items()}, PRICES)
    return {formulation.tasks[a.activity].id: (a.period, a.cost) for a in held.problem.anchors}


def test_near_starts_are_dearer_and_what_cannot_move_or_stay_has_no_price() -> None:
    formulation = formulated(
        task("NEAR"),
        task("FAR"),
        task("LATE"),
        task("RUNS", status=Status.IN_PROGRESS, actual_start=date(2026, 9, 1)),
        task("NEW"),
        teams=(team(engineers=3),),
    )
    found = anchors_of(
        formulation,
        NEAR=date(2026, 9, 18),
        FAR=date(2026, 9, 21),
        LATE=date(2026, 9, 4),
        RUNS=date(2026, 9, 1),
        GONE=MONDAY,
    )
    assert found == {"NEAR": (9, 5000), "FAR": (10, 1000)}


def test_without_anchors_the_problem_is_as_it_was() -> None:
    formulation = formulated(task("A"))
    held = anchored(formulation, {"a": MONDAY}, PRICES)
    assert held.problem.anchors == (Anchor(0, 0, 5000),)
    assert without_anchors(held) == formulation == anchored(formulation, {}, PRICES)
