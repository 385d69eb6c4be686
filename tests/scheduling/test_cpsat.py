"""The CP-SAT model says what evaluation and verification say."""

import pytest
from hypothesis import HealthCheck, given, settings

from planner.domain.problem import Activity, Problem, SolveStatus
from planner.objective import evaluate
from planner.scheduling.budget import Budget, Progress
from planner.scheduling.cpsat import Model, run, solve_exactly
from planner.scheduling.priorities import latest_finish
from planner.scheduling.sgs import serial
from planner.scheduling.verify import violations
from tests.scheduling.instances import lane, problem, problems

WORK = Budget(work=2000)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_any_list_schedule_is_a_solution_of_the_model_at_its_own_cost(given: Problem) -> None:
    """All starts fixed to a schedule, calendars, launches and terms of the model must give its very cost."""
    schedule = serial(given, latest_finish(given))
    assert schedule is not None
    loose = [min(start + 3, given.horizon - 1) for start in schedule.start]
    model = Model(given, schedule.start, loose)
    for variable, start in zip(model.start, schedule.start, strict=True):
        model.model.add(variable == start)
    solution = run(model, model.full, WORK, None, "full")
    assert solution.status is SolveStatus.OPTIMAL
    assert solution.schedule == schedule
    assert solution.objective == solution.bound == evaluate(given, schedule)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_never_worse_than_its_hint(given: Problem) -> None:
    hint = serial(given, latest_finish(given))
    assert hint is not None
    solution = solve_exactly(given, WORK, hint)
    assert solution.schedule is not None
    assert violations(given, solution.schedule) == ()
    assert solution.bound <= solution.objective == evaluate(given, solution.schedule) <= evaluate(given, hint)


@pytest.mark.parametrize(("demands", "days"), [((10, 10), 4), ((20, 10), 5), ((20, 20), 5)])
def test_a_day_with_half_the_team_takes_what_is_there(demands: tuple[int, int], days: int) -> None:
    """Two tasks of 2 days; the team has 20, but 10 on days 1 and 2.

    One engineer each: on day 1 there is one engineer only, so the second task runs on days 2 and 3. Two
    engineers get 1 + 1/2 + 1/2 done by day 3 and hold whoever is there, so the other task follows on 3 and 4.
    """
    given = problem(
        [Activity(f"T{i}", 2000, demands=((0, demand),)) for i, demand in enumerate(demands)],
        [[20, 10, 10, 20, 20, 20, 20, 20]],
    )
    solution = solve_exactly(given, WORK, objective="makespan")
    assert solution.schedule is not None
    assert violations(given, solution.schedule) == ()
    assert solution.objective == days * 1000


def test_steps_are_told_and_infeasibility_is_proved() -> None:
    steps: list[Progress] = []
    solve_exactly(lane((3, 1, 2), (3, 2, 1)), WORK, progress=steps.append)
    assert steps[-1].objective == 20_000
    assert solve_exactly(lane((5, 5, 5), (1, 1, 1)), WORK).status is SolveStatus.INFEASIBLE
