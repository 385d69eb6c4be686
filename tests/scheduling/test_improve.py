"""Orders turned round and waiting on purpose: the oracles of the design, by lists alone and by the whole search."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from planner.domain.problem import (
    Activity,
    Coordination,
    Debt,
    Deliverable,
    Evidence,
    FragileHandover,
    InterfaceRelease,
    Problem,
    Risk,
    SolveStatus,
    Supersession,
)
from planner.objective import by_term, evaluate
from planner.scheduling.bounds import lower_bound, priced_bound
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.improve import shuffled_lists
from planner.scheduling.local import Local, structures
from planner.scheduling.neighbourhoods import Neighbourhoods
from planner.scheduling.priorities import PRIORITY_RULES, latest_finish
from planner.scheduling.sgs import Generator, Orders
from planner.scheduling.solve import solve
from planner.scheduling.timing import complete
from planner.scheduling.verify import violations
from tests.scheduling.instances import all_schedules, lane, problem, problems

WORK = Budget(work=1000)
DAY = 1000
WHOLE = 1000


def _extend_before_replace(weight: float) -> Problem:
    """X3: a extends (4 days), b replaces (5 days); what a did first is thrown away."""
    return replace(lane((4, 5), (weight, 1), horizon=20), supersessions=(Supersession(0, 1, cost=4 * WHOLE),))


def _test_before_work(probability: float, burn: float) -> Problem:
    """X4: the result of a test shows on day 2; 6 days of work, worth 1 a day if it succeeds."""
    return replace(
        problem(
            [Activity("i", 6 * DAY)],
            [[10] * 20],
            deliverables=[Deliverable("i", (0,), round(probability * WHOLE))],
        ),
        risks=(Risk(0, round(burn * WHOLE), 6, (Evidence(round((1 - probability) * WHOLE), period=2),)),),
    )


def _two_releases(weight: float) -> Problem:
    """X7: a is ready on day 3, b on day 10; releases up to 5 days apart cost the consumers 8 once."""
    return replace(
        problem(
            [Activity("a", 3 * DAY), Activity("b", 10 * DAY)],
            [[10] * 20],
            deliverables=[Deliverable("a", (0,), round(weight * WHOLE))],
        ),
        releases=(InterfaceRelease("api", (0, 1), 8 * WHOLE, window=5),),
    )


def _quick_fix(delta: float) -> Problem:
    """X8: a fix of 2 days, its repayment of 4, three touches of 4, which take `delta` more while it is unpaid."""
    given = lane((2, 4, 4, 4, 4), (0, 0, 0.2, 0.2, 0.2), before=[(0, i) for i in (1, 2, 3, 4)], horizon=30)
    touches = tuple((i, round(delta * 4 * WHOLE)) for i in (2, 3, 4))
    return replace(given, debts=(Debt(0, 0, 0, 260, repaid_by=1, touches=touches),))


def _decision() -> Problem:
    """X10: a decision on day 3; a is right with 0.7, b with 0.3."""
    return replace(
        problem(
            [Activity("a", 4 * DAY), Activity("b", 6 * DAY)],
            [[10] * 20],
            deliverables=[Deliverable("a", (0,), 500), Deliverable("b", (1,), 200)],
        ),
        risks=(
            Risk(0, WHOLE, 4, (Evidence(300, period=3),)),
            Risk(1, WHOLE, 6, (Evidence(700, period=3),)),
        ),
    )


def _two_supersessions() -> Problem:
    """X11: a1 then b1, a2 then b2 and c on one lane."""
    return replace(
        lane((2, 3, 4, 2, 1), (2, 0.5, 3, 1, 1), horizon=20),
        supersessions=(Supersession(0, 1, cost=2 * WHOLE), Supersession(2, 3, cost=4 * WHOLE)),
    )


def _softly_before() -> Problem:
    """X12: j (5 days) softly before i (4 days): RP RI = 0.2 of what i did by then is rework."""
    return replace(
        problem(
            [Activity("j", 5 * DAY), Activity("i", 4 * DAY)],
            [[10] * 20],
            deliverables=[Deliverable("i", (1,), WHOLE)],
        ),
        risks=(Risk(1, WHOLE, 4, (Evidence(200, activity=0),)),),
    )


ORACLES = [
    pytest.param(_extend_before_replace(3), 25_000, id="X3, w=3: a first"),
    pytest.param(_extend_before_replace(1.5), 18_500, id="X3, w=1.5: b first"),
    pytest.param(_extend_before_replace(1.6), 19_400, id="X3, w=1.6: a tie"),
    pytest.param(_test_before_work(0.3, 1), 2_400, id="X4, p=.3: wait"),
    pytest.param(_test_before_work(0.8, 1), 5_200, id="X4, p=.8: start"),
    pytest.param(_test_before_work(0.8, 5), 6_400, id="X4, p=.8, burn 5: wait"),
    pytest.param(_two_releases(0.8), 12_000, id="X7, w=.8: on day 5"),
    pytest.param(_two_releases(5), 31_000, id="X7, w=5: on day 3"),
    pytest.param(_quick_fix(0.25), 8_400, id="X8, delta=.25: repay first"),
    pytest.param(_quick_fix(0.1), 7_200, id="X8, delta=.1: repay last"),
    pytest.param(_decision(), 4_700, id="X10: a starts, b waits"),
    pytest.param(_two_supersessions(), 47_000, id="X11"),
    pytest.param(_softly_before(), 4_800, id="X12: start at 0"),
]


@pytest.mark.parametrize(("case", "best"), ORACLES)
def test_the_search_reaches_the_oracle(case: Problem, best: int) -> None:
    solution = solve(case, WORK)
    assert solution.status is SolveStatus.OPTIMAL
    assert solution.schedule is not None
    assert solution.objective == evaluate(case, solution.schedule) == best


@pytest.mark.parametrize(("case", "best"), ORACLES)
def test_lists_with_orders_reach_it_alone(case: Problem, best: int) -> None:
    generator = Generator(case)
    first = generator.generate(latest_finish(case))
    assert first is not None
    for found in shuffled_lists(generator, first, "full", Meter(Budget(work=100)), Random(0)):
        assert violations(case, found) == ()
    assert evaluate(case, found) == best


@pytest.mark.parametrize(("case", "best"), ORACLES)
def test_neighbourhoods_reach_it_alone(case: Problem, best: int) -> None:
    generator = Generator(case)
    first = generator.generate(latest_finish(case))
    assert first is not None
    for found in Neighbourhoods(generator, "full", Random(0)).search(first, Meter(Budget(work=30))):
        assert violations(case, found) == ()
    assert evaluate(case, found) == best


SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


@st.composite
def priced(draw: st.DrawFn, most: int = 3, horizon: int = 12) -> Problem:
    """Random tiny problems with up to two structures of each kind."""
    plain = draw(problems(most=most, horizon=horizon))
    pairs = [(i, j) for i in range(len(plain.activities)) for j in range(len(plain.activities)) if i != j]
    costs = st.sampled_from([500, 2000, 6000])
    some = st.lists(st.sampled_from(pairs), max_size=2, unique=True)
    return replace(
        plain,
        supersessions=tuple(Supersession(i, j, draw(costs), draw(st.sampled_from([0, 300]))) for i, j in draw(some)),
        risks=tuple(
            Risk(
                i,
                draw(costs),
                draw(st.integers(1, 4)),
                (Evidence(300, activity=j), Evidence(500, period=draw(st.integers(0, 6)))),
                reversal=draw(st.sampled_from([0, 3000])),
            )
            for i, j in draw(some)
        ),
        releases=tuple(
            InterfaceRelease("api", tuple(sorted(pair)), draw(costs), window=draw(st.integers(0, 3)))
            for pair in draw(some)
        ),
        coordinations=tuple(Coordination(i, j, draw(costs)) for i, j in draw(some)),
        handovers=tuple(FragileHandover(i, j, draw(costs) // 5, draw(st.integers(1, 15))) for i, j in draw(some)),
        debts=tuple(
            Debt(
                i,
                draw(st.sampled_from([0, 100])),
                2000,
                horizon,
                repaid_by=draw(st.sampled_from([None, j])),
                touches=tuple((k, 1000) for k in range(len(plain.activities)) if k not in (i, j)),
            )
            for i, j in draw(some)
        ),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(priced())
def test_the_optimum_is_that_of_brute_force(case: Problem) -> None:
    costs = [evaluate(case, schedule) for schedule in all_schedules(case)]
    assume(costs)
    solution = solve(case, WORK)
    assert solution.status is SolveStatus.OPTIMAL
    assert solution.objective == solution.bound == min(costs)


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(priced())
def test_no_schedule_is_below_the_bounds(case: Problem) -> None:
    costs = {schedule: evaluate(case, schedule) for schedule in all_schedules(case)}
    assume(costs)
    best = min(costs, key=lambda schedule: costs[schedule])
    assert max(lower_bound(case), priced_bound(case, best, Meter(Budget(work=30)))) <= costs[best]


@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
@given(priced(most=6, horizon=40))
def test_never_worse_than_a_list_schedule(case: Problem) -> None:
    solution = solve(case, Budget(work=300))
    assert solution.schedule is not None
    assert violations(case, solution.schedule) == ()
    assert solution.bound <= solution.objective == evaluate(case, solution.schedule)
    generator = Generator(case)
    for rule in PRIORITY_RULES:
        listed = generator.generate(rule.function(case))
        assert listed is not None
        assert solution.objective <= evaluate(case, listed)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(priced(most=6, horizon=40), st.data())
def test_shifting_left_never_costs(case: Problem, data: st.DataObject) -> None:
    """Some activities wait at first; what is shifted keeps all relations and costs no more."""
    generator = Generator(case)
    held = data.draw(st.dictionaries(st.integers(0, len(case.activities) - 1), st.integers(0, 15)))
    late = generator.generate(latest_finish(case), orders=Orders(not_before=tuple(held.items())))
    if late is None:
        return
    assert all(late.start[i] >= period for i, period in held.items())
    shifted = generator.left_shift(late)
    assert violations(case, shifted) == ()
    assert evaluate(case, shifted) <= evaluate(case, late)


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(priced(most=6, horizon=40), st.data())
def test_a_local_change_is_the_change_of_the_whole(case: Problem, data: st.DataObject) -> None:
    schedule = Generator(case).generate(latest_finish(case))
    assert schedule is not None
    i = data.draw(st.integers(0, len(case.activities) - 1))
    start = case.first_start(i, data.draw(st.integers(0, 20)))
    moved = complete(case, [start if k == i else s for k, s in enumerate(schedule.start)])
    before, after = by_term(case, schedule), by_term(case, moved)
    grown = {letter: after[letter] - before[letter] for letter in before}
    assert Local(case).change(schedule, i, start) == {**grown, "S": 0}


def test_the_same_work_gives_the_same_schedule_with_structures() -> None:
    case = _two_supersessions()
    assert structures(case) == case.supersessions
    assert solve(case, WORK) == solve(case, WORK)
