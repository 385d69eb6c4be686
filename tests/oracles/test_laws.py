"""What holds for all problems with priced structures: model, evaluation, brute force and bounds agree."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.problem import Activity, Deliverable, Problem, SolveStatus
from planner.objective import by_term, evaluate
from planner.scheduling.bounds import lower_bound, priced_bound
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.cpsat import Model, run, solve_exactly
from planner.scheduling.priorities import latest_finish
from planner.scheduling.sgs import serial
from planner.scheduling.timing import complete
from tests.scheduling.instances import all_schedules, problem, problems

WORK = Budget(work=2000)
STRUCTURES = ("supersessions", "risks", "releases", "coordinations", "handovers", "debts")
laws = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@laws
@given(problems(priced=True))
def test_the_model_gives_a_schedule_its_very_cost(case: Problem) -> None:
    """Starts fixed to a schedule with room to move: the terms as a model cost what they cost in numbers."""
    schedule = serial(case, latest_finish(case))
    assert schedule is not None
    model = Model(case, schedule.start, [min(start + 3, case.horizon - 1) for start in schedule.start])
    for variable, start in zip(model.start, schedule.start, strict=True):
        model.model.add(variable == start)
    solution = run(model, model.full, WORK, None, "full")
    assert solution.objective == solution.bound == evaluate(case, schedule)


@laws
@given(problems(most=3, horizon=10, priced=True))
def test_exact_search_finds_what_brute_force_finds_and_no_bound_is_above(case: Problem) -> None:
    solution = solve_exactly(case, WORK)
    schedules = list(all_schedules(case))
    if not schedules:
        assert solution.status is SolveStatus.INFEASIBLE
        return
    best = min(evaluate(case, schedule) for schedule in schedules)
    assert solution.status is SolveStatus.OPTIMAL
    assert solution.schedule is not None
    assert evaluate(case, solution.schedule) == solution.objective == solution.bound == best
    assert lower_bound(case) <= best
    assert priced_bound(case, schedules[0], Meter(Budget(work=30))) <= best


@laws
@given(problems(priced=True))
def test_no_structure_lowers_throwaway_resistance_or_debt(case: Problem) -> None:
    schedule = serial(case, latest_finish(case))
    assert schedule is not None
    terms = by_term(case, schedule)
    for kind in STRUCTURES:
        without = by_term(replace(case, **{kind: ()}), schedule)
        assert all(without[letter] <= terms[letter] for letter in "TRB")
        assert (without["E"], without["D"]) == (terms["E"], terms["D"])


@laws
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3000)), min_size=1, max_size=6))
def test_delay_alone_is_weighted_completion(tasks: list[tuple[int, int]]) -> None:
    """One task per item, no blocks: J - E is the sum of weight times completion."""
    case = problem(
        [Activity(str(i), 1000 * days, demands=((0, 10),), effort=1000 * days) for i, (days, _) in enumerate(tasks)],
        [[10] * 24],
        deliverables=[Deliverable(str(i), (i,), weight) for i, (_, weight) in enumerate(tasks)],
    )
    ends = [sum(days for days, _ in tasks[: i + 1]) for i in range(len(tasks))]
    schedule = complete(case, [end - days for end, (days, _) in zip(ends, tasks, strict=True)])
    weighted = sum(weight * end for end, (_, weight) in zip(ends, tasks, strict=True))
    assert evaluate(case, schedule) - by_term(case, schedule)["E"] == weighted
