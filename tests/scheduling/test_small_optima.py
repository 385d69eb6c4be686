"""The search without exact CP-SAT, and the bound, against proven optima of random small plans with every term.

A handful runs in the suite; all 200 with `SMALL_OPTIMA=200`.
"""

import os
from random import Random
from statistics import mean

import pytest

from planner.domain.problem import Problem, SolveStatus
from planner.objective import by_term
from planner.scheduling import neighbourhoods, sgs
from planner.scheduling import solve as searching
from planner.scheduling.budget import Budget
from planner.scheduling.cpsat import solve_exactly
from planner.scheduling.solve import solve
from planner.scheduling.verify import violations
from tests.scheduling.random_plans import random_plan

COUNT = int(os.environ.get("SMALL_OPTIMA", "8"))
WORK = Budget(work=200)
PROOF = Budget(work=20_000)


@pytest.fixture(params=[sgs.COMPILED_FROM, 1], ids=["small", "large"])
def inexact(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists, prices and neighbourhoods of at most 8 of 9 activities; then with annealing, as for large plans."""
    monkeypatch.setattr(sgs, "COMPILED_FROM", request.param)
    monkeypatch.setattr(searching, "EXACT_ACTIVITIES", 0)
    monkeypatch.setattr(neighbourhoods, "FREE", 5)
    monkeypatch.setattr(neighbourhoods, "FREE_RANGE", (4.0, 8.0))


def distance(case: Problem) -> float:
    """How far the search ends above the optimum, in parts of what a plan can avoid; bound and optimum are checked."""
    best = solve_exactly(case, PROOF)
    assert best.status is SolveStatus.OPTIMAL
    found = solve(case, WORK)
    assert found.schedule is not None
    assert violations(case, found.schedule) == ()
    assert found.bound <= best.objective <= found.objective
    avoidable = best.objective - by_term(case, found.schedule)["E"]
    return (found.objective - best.objective) / avoidable if avoidable else 0.0


@pytest.mark.usefixtures("inexact")
def test_within_half_a_percent_of_the_optimum_on_average() -> None:
    assert mean(distance(random_plan(Random(seed))) for seed in range(COUNT)) <= 0.005
