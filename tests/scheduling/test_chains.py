"""Annealings of a small plan: on as many threads as asked for, never worse than where they begin."""

from random import Random

import pytest

from planner.scheduling import chains
from planner.scheduling.budget import Budget, Meter
from planner.scheduling.chains import Chains
from planner.scheduling.compiled.jit import AVAILABLE
from planner.scheduling.costs import cost
from planner.scheduling.priorities import latest_finish
from planner.scheduling.sgs import serial
from planner.scheduling.solve import solve
from planner.scheduling.verify import violations
from planner.scheduling.windows import windows
from tests.scheduling.random_plans import random_plan

pytestmark = pytest.mark.skipif(not AVAILABLE, reason="numba is not installed")


@pytest.mark.parametrize("seed", range(5))
def test_what_comes_out_holds_and_costs_no_more(seed: int) -> None:
    case = random_plan(Random(seed))
    first = serial(case, latest_finish(case))
    assert first is not None
    annealing = Chains(case, windows(case), threads=2)
    found = list(annealing.annealed(first, Meter(Budget(work=100)), Random(seed)))
    with annealing.beside(first, Budget(work=100), Random(seed)) as best:
        found.append(best())
    found.append(best())
    assert len(found) >= 2
    for schedule in found:
        assert violations(case, schedule) == ()
        assert cost(case, schedule, "full") <= cost(case, first, "full")


def test_under_a_limit_of_work_it_does_not_matter_what_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    case = random_plan(Random(1), count=60)
    found = []
    for compiled in (True, False):
        monkeypatch.setattr(chains, "ready", lambda compiled=compiled: compiled)
        found.append(solve(case, Budget(work=300)))
    assert found[0] == found[1]
