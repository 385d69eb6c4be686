"""The price of moved starts: by hand, within the search, and never within J."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.problem import Anchor, Problem, Schedule, SolveStatus
from planner.objective import by_term, evaluate, numbers
from planner.objective.stability import anchor_cost
from planner.scheduling.bounds import lower_bound
from planner.scheduling.budget import Budget
from planner.scheduling.cpsat import solve_exactly
from planner.scheduling.local import Local
from planner.scheduling.solve import solve
from tests.scheduling.instances import all_schedules, lane, problems


def two_in_a_lane(price: int) -> Problem:
    """A (1 ED a day) was planned before B (3 ED a day): 7 ED of delay; turned round it is 5 ED and moves both."""
    return replace(lane((1, 1), (1, 3), horizon=4), anchors=(Anchor(0, 0, price), Anchor(1, 1, price)))


@pytest.mark.parametrize(("start", "cost"), [(3, 700), (4, 0), (5, 700)], ids=["earlier", "stays", "later"])
def test_a_start_costs_its_price_once_wherever_else_it_is(start: int, cost: int) -> None:
    variables = numbers(Schedule((start,), (start + 1,), (start + 1,)))
    assert anchor_cost(Anchor(0, 4, 700), variables) == cost


@pytest.mark.parametrize(
    ("price", "starts", "objective"),
    [(0, (1, 0), 5000), (500, (1, 0), 6000), (2000, (0, 1), 7000)],
    ids=["free", "turning round saves 2 ED for 1 ED", "turning round saves 2 ED for 4 ED"],
)
def test_an_order_is_turned_round_where_that_saves_more_than_it_moves(
    price: int, starts: tuple[int, ...], objective: int
) -> None:
    solution = solve(two_in_a_lane(price), Budget(work=20))
    assert solution.schedule is not None
    assert (solution.schedule.start, solution.objective, solution.status) == (starts, objective, SolveStatus.OPTIMAL)


def test_moved_starts_are_no_part_of_j() -> None:
    turned = Schedule((1, 0), (2, 1), (2, 1))
    assert sum(by_term(two_in_a_lane(2000), turned).values()) == 5000
    assert evaluate(two_in_a_lane(2000), turned) == 9000


@st.composite
def anchored(draw: st.DrawFn, horizon: int = 8) -> Problem:
    """A small problem with every structure and up to three anchors."""
    case = draw(problems(most=3, horizon=horizon, priced=True))
    places = draw(st.lists(st.integers(0, len(case.activities) - 1), max_size=3, unique=True))
    anchor = st.builds(Anchor, st.just(0), st.integers(0, horizon - 1), st.integers(0, 3000))
    return replace(case, anchors=tuple(replace(draw(anchor), activity=i) for i in places))


@settings(max_examples=40, deadline=None)
@given(anchored())
def test_the_model_finds_what_trying_every_start_finds(case: Problem) -> None:
    best = min((evaluate(case, schedule) for schedule in all_schedules(case)), default=None)
    solution = solve_exactly(case, Budget(work=5000), None)
    assert solution.status is (SolveStatus.INFEASIBLE if best is None else SolveStatus.OPTIMAL)
    if best is not None:
        assert solution.objective == solution.bound == best
        assert lower_bound(case) <= best


@settings(max_examples=40, deadline=None)
@given(anchored(), st.integers(0, 7), st.integers(0, 2))
def test_a_move_changes_what_it_says_it_changes(case: Problem, start: int, place: int) -> None:
    """Of schedules that differ in one start, by how much they differ."""
    schedules = {schedule.start: schedule for schedule in all_schedules(case)}
    i = place % len(case.activities)
    for begins, schedule in list(schedules.items())[:20]:
        moved = schedules.get((*begins[:i], start, *begins[i + 1 :]))
        if moved is not None:
            grown = Local(case).change(schedule, i, start)
            assert sum(grown.values()) == evaluate(case, moved) - evaluate(case, schedule)
