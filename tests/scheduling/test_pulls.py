"""Pulls never ask for more than a schedule pays, and for all of it where they are exact."""

from dataclasses import replace
from math import inf

from hypothesis import HealthCheck, given, settings

from planner.domain.problem import Debt, Evidence, FragileHandover, Problem, Risk, Schedule, Supersession
from planner.objective import evaluate
from planner.scheduling.compiled.arrays import ON_FINISH, ON_LAUNCH, ON_START
from planner.scheduling.pulls import End, Pull, one_after_the_other, relation_pull, term_pulls
from planner.scheduling.timing import complete
from planner.scheduling.windows import windows
from tests.scheduling.instances import all_schedules, lane, problems


def day(problem: Problem, schedule: Schedule, end: End) -> int:
    """The day of an end in a schedule."""
    if end.node is None:
        shown = 0
    else:
        shown = schedule.start[end.node]
        node = end.node if end.then is None else end.then
        if end.then is not None:
            shown = problem.work_end(end.node, shown)
        if end.of != ON_START:
            shown = problem.finish(node, shown)
        if end.of == ON_LAUNCH:
            shown = problem.launch(node, shown)
    value = max(shown + end.lag, end.least)
    return value if end.most is None else min(value, end.most)


def asked(problem: Problem, schedule: Schedule, pull: Pull) -> float:
    """What a pull asks of a schedule."""
    early = min(day(problem, schedule, end) for end in (pull.early, pull.other) if end is not None)
    beyond = early - day(problem, schedule, pull.late)
    if beyond <= 0:
        return 0
    if pull.slope == inf:
        return max(pull.total - pull.fade * beyond, 0)
    return max(pull.slope * beyond, pull.total) if pull.slope < 0 else min(pull.slope * beyond, pull.total)


def near(problem: Problem) -> Schedule:
    """Everything as early as it may begin."""
    return complete(problem, windows(problem).earliest)


def bare(problem: Problem) -> Problem:
    """Without what pulls are made of."""
    return replace(problem, supersessions=(), risks=(), handovers=(), debts=(), anchors=())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(most=3, horizon=10, priced=True))
def test_pulls_ask_for_no_more_than_is_paid(given: Problem) -> None:
    found = windows(given)
    if found.impossible:
        return
    pulls = list(term_pulls(given, found, near(given)))
    hard = [relation_pull(relation) for relation in given.precedences]
    hard.extend(one_after_the_other(given, hard))
    principal = sum(debt.principal for debt in given.debts if debt.repaid_by is None)
    for schedule in all_schedules(given):
        paid = evaluate(given, schedule) - evaluate(bare(given), schedule)
        assert sum(asked(given, schedule, pull) for pull in pulls) <= paid - principal
        assert all(asked(given, schedule, pull) == 0 for pull in hard)


def exact(given: Problem, *starts: tuple[int, ...]) -> None:
    """Each of the schedules pays exactly what the pulls ask for."""
    pulls = list(term_pulls(given, windows(given), near(given)))
    for start in starts:
        schedule = complete(given, start)
        paid = evaluate(given, schedule) - evaluate(bare(given), schedule)
        assert sum(asked(given, schedule, pull) for pull in pulls) == paid


def test_a_hand_over_is_exact() -> None:
    """7 fifths wanted: with a gap of 0, 1, 2 days 7, 2 and 0 are missing."""
    given = replace(lane((1, 1), (0, 0), [(0, 1)]), handovers=(FragileHandover(0, 1, 100, 7),))
    exact(given, (0, 1), (0, 2), (0, 3))


def test_one_piece_of_evidence_is_exact() -> None:
    """A test B with a date, and what is thrown away of a one-way door A that is passed before, begun or not begun."""
    risk = Risk(0, 1000, 2, (Evidence(300, 1, 4),), reversal=2000)
    exact(replace(lane((2, 1), (0, 0)), risks=(risk,)), (0, 2), (0, 6), (3, 2), (5, 2), (7, 1))


def test_two_dates_are_exact() -> None:
    """Evidence on days 3 and 5 needs no test: a cost of the start alone."""
    risk = Risk(0, 1000, 4, (Evidence(300, None, 3), Evidence(500, None, 5)), reversal=700)
    exact(replace(lane((4,), (0,)), risks=(risk,)), (0,), (2,), (4,), (6,))


def test_of_two_tests_one_counts() -> None:
    """A relies on tests B and C. Where both fail B counts, but C might come after a day: 1.25 of 1.5 ED are seen."""
    risk = Risk(0, 1000, 2, (Evidence(500, 1), Evidence(500, 2)))
    given = replace(lane((2, 1, 1), (0, 0, 0)), risks=(risk,))
    schedule = complete(given, (0, 5, 4))
    pulls = term_pulls(given, windows(given), near(given))
    assert sum(asked(given, schedule, pull) for pull in pulls) == 500 + 500 + 250 < 1500


def test_interest_runs_to_the_horizon_of_the_debt() -> None:
    """A leaves a debt of 0.1 ED a day until day 6 or until B has repaid it."""
    given = replace(lane((2, 2), (0, 0)), debts=(Debt(0, 100, 5000, 6, repaid_by=1),))
    exact(given, (0, 2), (0, 8), (4, 0))


def test_dearer_work_counts_where_one_order_is_certain() -> None:
    """C on top of A's debt, which B repays: with A on day 0 C comes later, else nobody knows and C is not counted."""
    given = replace(lane((1, 1, 1), (0, 0, 0), [(0, 2)]), debts=(Debt(0, 0, 0, 9, repaid_by=1, touches=((2, 900),)),))
    certain = replace(given, activities=(replace(given.activities[0], pinned=0), *given.activities[1:]))
    exact(certain, (0, 2, 1), (0, 1, 2))
    assert not list(term_pulls(given, windows(given), near(given)))[1:]


def test_a_superseded_task_is_exact() -> None:
    """A before B: 3 ED less 1 a day; finished together the one with the lower position counts as the first."""
    given = replace(lane((1, 2), (0, 0)), supersessions=(Supersession(0, 1, 3000, 1000),))
    exact(given, (0, 1), (0, 2), (0, 5), (3, 0), (3, 2))
    exact(replace(given, supersessions=(Supersession(1, 0, 3000, 1000),)), (2, 0), (9, 0), (0, 1), (3, 2))


def test_of_two_that_supersede_each_other_one_is_paid() -> None:
    """A before B: 3 ED less 0.5 a day, B before A: 2 ED; exact for finishes on both sides of day 2, that of A.

    With A on day 1 and B on day 3 the bound is exact, with both later day 2 spares nothing but their distance does.
    """
    pairs = (Supersession(0, 1, 3000, 500), Supersession(1, 0, 2000))
    given = replace(lane((2, 2), (0, 0)), supersessions=pairs)
    exact(given, (0, 1), (0, 4), (3, 0), (0, 0))
    assert evaluate(given, complete(given, (4, 6))) == 2000
    pulls = list(term_pulls(given, windows(given), near(given)))
    assert sum(asked(given, complete(given, (4, 6)), pull) for pull in pulls) == 3000 - 500 * 6


def test_what_follows_two_tasks_of_one_engineer_follows_one_behind_the_other() -> None:
    """C follows A (2 days) and B (3 days): one of them ends at least as much later as it takes."""
    given = lane((2, 3, 1), (0, 0, 0), [(0, 2), (1, 2)])
    (pull,) = one_after_the_other(given, [relation_pull(relation) for relation in given.precedences])
    assert pull == Pull(End(0, ON_FINISH, then=1), End(2), other=End(1, ON_FINISH, then=0))
    assert asked(given, complete(given, (0, 2, 5)), pull) == 0
    assert asked(given, complete(given, (0, 1, 4)), pull) == inf


def test_teams_with_room_for_both_say_nothing_about_their_order() -> None:
    given = lane((2, 3, 1), (0, 0, 0), [(0, 2), (1, 2)])
    roomy = replace(given, resources=(replace(given.resources[0], capacity=(20,) * 12),))
    assert not list(one_after_the_other(roomy, [relation_pull(relation) for relation in roomy.precedences]))
