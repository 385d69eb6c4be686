"""Annealing by destroy and repair: what comes out is a schedule, and its cost is what the terms say."""

from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.problem import Problem
from planner.objective import by_term
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.compiled.arrays import arrays
from planner.scheduling.compiled.pairs import tabulated
from planner.scheduling.compiled.repair import anneal, settle, state
from planner.scheduling.machine import Machine
from planner.scheduling.priorities import latest_finish
from planner.scheduling.sgs import serial
from planner.scheduling.timing import complete
from planner.scheduling.verify import violations
from planner.scheduling.windows import windows
from tests.scheduling.instances import problems

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(problems(most=7, priced=True), st.integers(0, 99))
def test_every_round_ends_with_a_schedule(case: Problem, seed: int) -> None:
    schedule = serial(case, latest_finish(case))
    assert schedule is not None
    for found in Machine(case, windows(case)).annealed(schedule, Meter(Budget(work=60)), Random(seed)):
        assert violations(case, found) == ()


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(problems(most=7, priced=True), st.integers(0, 99))
def test_supersessions_and_handovers_cost_what_their_terms_say(case: Problem, seed: int) -> None:
    """These depend on the days between two ends alone, so that their tables are exact."""
    case = replace(case, risks=(), releases=(), coordinations=(), debts=())
    schedule = serial(case, latest_finish(case))
    assert schedule is not None
    found = windows(case)
    a, (pairs, _) = arrays(case, found), tabulated(case, found)
    count = len(case.activities)
    s = state(a, pairs, np.array(schedule.start), np.zeros(count, np.int64), np.ones(count, np.int64))
    anneal(a, pairs, s, 500.0, 200, seed)
    kept = s.item_cost.sum() + s.pair_cost.sum()
    terms = by_term(case, complete(case, s.starts.tolist()))
    hand_offs = by_term(replace(case, handovers=()), schedule)["R"]
    assert kept == settle(a, pairs, s) == terms["D"] + terms["T"] + terms["R"] - hand_offs
