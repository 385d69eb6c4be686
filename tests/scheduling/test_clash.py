"""What cannot be planned is named, and nothing that is named is superfluous."""

from collections.abc import Collection
from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings

from planner.domain.problem import Activity, Clash, Precedence, Problem, SolveStatus
from planner.scheduling.budget import Budget
from planner.scheduling.clash import smallest_clash
from planner.scheduling.solve import solve
from tests.scheduling.instances import problem, problems

WORK = Budget(work=5000)
DAY = 1000


def only(given: Problem, facts: Collection[Clash]) -> Problem:
    """The problem with nothing but these facts (teams are needed only by those who are named)."""
    kept = {(fact.kind, i, fact.resource) for fact in facts for i in fact.activities}
    relations = {fact.precedence for fact in facts}
    return replace(
        given,
        activities=tuple(
            replace(
                it,
                release=it.release if ("release", i, None) in kept else 0,
                deadline=it.deadline if ("deadline", i, None) in kept else None,
                demands=tuple(demand for demand in it.demands if ("capacity", i, demand[0]) in kept),
            )
            for i, it in enumerate(given.activities)
        ),
        precedences=tuple(r for r in given.precedences if r in relations),
        predecessors=tuple(tuple(r for r in rs if r in relations) for rs in given.predecessors),
        successors=tuple(tuple(r for r in rs if r in relations) for rs in given.successors),
    )


def test_a_chain_that_is_too_long_for_its_deadline() -> None:
    """A takes 3 days and B 2 behind it: B cannot be done in 4; C has nothing to do with it."""
    chain = problem(
        [Activity("A", 3 * DAY), Activity("B", 2 * DAY, deadline=4), Activity("C", DAY, deadline=9)],
        [[10] * 20],
        [Precedence(0, 1), Precedence(0, 2)],
    )
    assert smallest_clash(chain, WORK) == (
        Clash("deadline", (1,)),
        Clash("precedence", (0, 1), chain.precedences[0]),
    )


def test_two_deadlines_that_one_engineer_cannot_both_keep() -> None:
    """Three tasks of 3 days each; A and C are due in 5."""
    lane = ((0, 10),)
    due = problem(
        [
            Activity("A", 3 * DAY, demands=lane, deadline=5),
            Activity("B", 3 * DAY, demands=lane),
            Activity("C", 3 * DAY, demands=lane, deadline=5),
        ],
        [[10] * 20],
    )
    assert solve(due, WORK).status is SolveStatus.INFEASIBLE
    assert smallest_clash(due, WORK) == (
        Clash("deadline", (0,)),
        Clash("deadline", (2,)),
        Clash("capacity", (0, 2), resource=0),
    )


def test_a_horizon_that_is_too_short_is_no_clash() -> None:
    long = problem([Activity("A", 30 * DAY, demands=((0, 10),))], [[10] * 20])
    assert solve(long, WORK).status is SolveStatus.INFEASIBLE
    assert smallest_clash(long, WORK) == ()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(problems(most=5, strict=True))
def test_the_facts_clash_and_none_is_superfluous(given: Problem) -> None:
    assume(solve(given, WORK).status is SolveStatus.INFEASIBLE)
    facts = smallest_clash(given, WORK)
    assert solve(only(given, facts), WORK).status is SolveStatus.INFEASIBLE
    for fact in facts:
        rest = [other for other in facts if other != fact]
        assert solve(only(given, rest), WORK).schedule is not None
