"""The bound by prices: below every schedule for the whole objective, exact where the relaxation is."""

from hypothesis import HealthCheck, given, settings

from planner.domain.problem import Problem, Schedule
from planner.objective import evaluate
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.lagrange import Ascent, ascents
from planner.scheduling.sgs import serial
from tests.scheduling.instances import all_schedules, lane, problems


def last(problem: Problem, incumbent: Schedule, work: int = 50) -> Ascent | None:
    """The end of the ascent, None where there is no schedule to search for."""
    found = None
    for ascent in ascents(problem, incumbent, Meter(Budget(work=work))):
        found = ascent
    return found


def test_one_team_without_relations_is_exact() -> None:
    """X1: the order B, A, C costs 20; one team without releases is a transport problem, whose relaxation is exact."""
    given = lane((3, 1, 2), (3, 2, 1))
    incumbent = serial(given, [1, 0, 2])
    assert incumbent is not None
    found = last(given, incumbent)
    assert found is not None
    assert 19_500 <= found.bound <= 20_000


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(most=3, horizon=12, priced=True))
def test_no_schedule_of_the_whole_objective_is_below(given: Problem) -> None:
    """Nor does any schedule leave the windows, unless it costs more than the incumbent."""
    costs = {schedule: evaluate(given, schedule) for schedule in all_schedules(given)}
    if not costs:
        return
    incumbent, target = next(iter(costs.items()))
    found = last(given, incumbent, work=10)
    if found is None:
        return
    assert min(found.bound, target) <= min(costs.values())
    frame = list(zip(found.windows.earliest, found.windows.latest, strict=True))
    for schedule, price in costs.items():
        within = all(a <= start <= b for start, (a, b) in zip(schedule.start, frame, strict=True))
        assert within or price > target


def test_a_better_incumbent_narrows_the_windows() -> None:
    """X1 from its worst order, then from its best, B, A, C, which the bound all but proves: B has to be first."""
    given = lane((3, 1, 2), (3, 2, 1))
    worst, best = serial(given, [2, 0, 1]), serial(given, [1, 0, 2])
    assert worst is not None
    search = ascents(given, worst, Meter(Budget(work=500)))
    before = next(search)
    after = before
    while True:
        try:
            after = search.send(best)
        except StopIteration:
            break
    assert before.windows.latest[1] > after.windows.latest[1] == 0
    assert after.bound <= 20_000


@settings(max_examples=30, deadline=None)
@given(problems(most=3, horizon=12, priced=True))
def test_the_same_work_gives_the_same_ascent(given: Problem) -> None:
    incumbent = serial(given, list(range(len(given.activities))))
    if incumbent is None:
        return
    one, other = last(given, incumbent, 5), last(given, incumbent, 5)
    assert (one and (one.bound, one.starts.tolist())) == (other and (other.bound, other.starts.tolist()))
