"""A small problem made of a few activities costs what the large one does, and its schedules fit into it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.problem import Problem
from planner.objective import evaluate
from planner.scheduling.budget import Budget
from planner.scheduling.cpsat import Model, run
from planner.scheduling.priorities import latest_finish
from planner.scheduling.sgs import serial
from planner.scheduling.subproblem import Subproblems
from planner.scheduling.verify import violations
from tests.scheduling.instances import problems


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(problems(most=7, priced=True), st.data())
def test_what_the_small_problem_saves_the_large_one_saves(case: Problem, data: st.DataObject) -> None:
    schedule = serial(case, latest_finish(case))
    assert schedule is not None
    free = data.draw(st.sets(st.integers(0, len(case.activities) - 1), min_size=1, max_size=3))
    part = Subproblems(case).around(schedule, free, "full")
    model = Model(part.problem, part.windows.earliest, part.windows.latest, part.used)
    found = run(model, model.full, Budget(work=500), part.schedule, "full").schedule
    assert found is not None
    whole = part.spread(found, schedule)
    assert violations(case, whole) == ()
    assert all(whole.start[i] == start for i, start in enumerate(schedule.start) if i not in free)
    saved = evaluate(part.problem, part.schedule) - evaluate(part.problem, found)
    assert evaluate(case, schedule) - evaluate(case, whole) == saved >= 0
