"""A problem and its variants searched alike: luck of one search is no effect of its variant."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings

from planner.domain.problem import Evidence, Problem, Risk, Solution, SolveStatus
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.costs import cost
from planner.scheduling.priorities import latest_finish
from planner.scheduling.sgs import serial
from planner.scheduling.timing import complete
from planner.scheduling.variants import better, close_to, searched_alike
from planner.scheduling.verify import violations
from tests.scheduling.instances import lane, problems


def listed(problem: Problem) -> Solution:
    """The serial list schedule as a solution that nothing is known of."""
    schedule = serial(problem, latest_finish(problem))
    assert schedule is not None
    return Solution(SolveStatus.FEASIBLE, schedule, cost(problem, schedule, "full"))


def test_the_cheaper_solution_with_the_better_bound():
    schedule = listed(lane([1], [1])).schedule
    cheap = Solution(SolveStatus.FEASIBLE, schedule, 10, 3)
    dear = Solution(SolveStatus.FEASIBLE, schedule, 12, 11)
    none = Solution(SolveStatus.UNKNOWN)
    assert better(dear, cheap) == replace(cheap, bound=10)
    assert better(none, dear) == dear
    assert better(cheap, none) == cheap
    assert better(none, none) == none


def test_without_a_schedule_there_is_nothing_to_start_from():
    with pytest.raises(ValueError, match="no schedule"):
        searched_alike(lane([1], [1]), Solution(SolveStatus.UNKNOWN), [], 0, Meter(Budget(work=10)), "full")


def test_a_variant_that_changes_nothing_makes_no_difference():
    """Even without work the best of all that is known is tried on both."""
    problem = lane([3, 1, 2], [3, 2, 1])
    for work in (0, 40):
        base, (same,) = searched_alike(problem, listed(problem), [problem], 1, Meter(Budget(work=work)), "full")
        assert base.objective == same.objective
    assert base.objective == 20_000, "X1: B before C would cost more"


def test_where_the_clock_is_over_the_first_variant_alone_is_searched():
    """The variants are made one by one, so none is made for nothing."""
    problem, made = lane([3, 1, 2], [3, 2, 1]), []

    def variants() -> Iterator[Problem]:
        for number in range(3):
            made.append(number)
            yield problem

    base, found = searched_alike(problem, listed(problem), variants(), 3, Meter(Budget(time_limit=0.0)), "full")
    assert [solution.objective for solution in found] == [base.objective]
    assert made == [0]
    meter = Meter(Budget(time_limit=0.0))
    _, found = searched_alike(problem, listed(problem), variants(), 3, meter, "full", at_least=3)
    assert len(found) == 3


def placed(problem: Problem, *start: int) -> Solution:
    schedule = complete(problem, start)
    assert not violations(problem, schedule)
    return Solution(SolveStatus.FEASIBLE, schedule, cost(problem, schedule, "full"))


def test_what_may_keep_its_start_keeps_it():
    """C is worth 2 a day and stays; A and B are worth nothing and go back to the earlier days that they had."""
    problem = lane([1, 1, 1], [0, 0, 2], before=[(0, 1)])
    found = close_to(problem, placed(problem, 4, 6, 2), [0, 1, 3], "full", 9)
    assert found.schedule is not None
    assert (found.schedule.start, found.objective) == ((0, 1, 2), 6000)


def test_no_more_are_moved_back_than_asked_for():
    """B's day before is tried first, and it is not free before A has gone."""
    problem = lane([1, 1, 1], [0, 0, 2], before=[(0, 1)])
    found = close_to(problem, placed(problem, 4, 6, 2), [0, 1, 3], "full", 1)
    assert found.schedule is not None
    assert found.schedule.start == (4, 6, 2)


def test_later_starts_come_back_only_where_that_is_cheaper():
    """B is at risk until day 3: at its start before nothing of it is lost; A, which is worth nothing, stays early."""
    problem = replace(lane([1, 1], [0, 0]), risks=(Risk(1, 1000, 1, (Evidence(500, period=3),)),))
    found = close_to(problem, placed(problem, 0, 1), [4, 3], "full", 9)
    assert found.schedule is not None
    assert (found.schedule.start, found.objective) == ((0, 3), 0)


def test_starts_that_a_shorter_problem_does_not_know_are_left_alone():
    problem = lane([1, 1], [1, 1])
    solution = placed(problem, 0, 1)
    assert close_to(problem, solution, [0, problem.horizon + 1], "full", 9) is solution


@settings(max_examples=15, deadline=None)
@given(problems(priced=True))
def test_more_freedom_never_costs_more(given: Problem):
    """Without its releases a problem allows everything that it allowed."""
    free = replace(given, activities=tuple(replace(it, release=0) for it in given.activities))
    base, (freed,) = searched_alike(given, listed(given), [free], 1, Meter(Budget(work=20)), "full")
    assert freed.objective <= base.objective <= listed(given).objective
    assert base.bound <= base.objective
    for problem, solution in ((given, base), (free, freed)):
        assert solution.schedule is not None
        assert not violations(problem, solution.schedule)
