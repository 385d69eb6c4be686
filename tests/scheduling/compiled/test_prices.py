"""Machine code and plain Python choose the same starts and move the same prices."""

import numpy as np
import pytest
from hypothesis import given, settings

from planner.domain.problem import Problem
from planner.scheduling.compiled.jit import AVAILABLE
from planner.scheduling.dual import at_first
from planner.scheduling.relaxation import relaxation
from planner.scheduling.sgs import serial
from planner.scheduling.windows import windows, windows_under
from planner.scheduling.worth import CAUTION, queue_prices, shared_out
from tests.scheduling.instances import lane, problems


def ascent(given: Problem, machine_code: bool, steps: int = 8) -> list[tuple[float, list[int]]]:
    """The bound and the starts of each step from the same beginning; empty without a list schedule."""
    incumbent = serial(given, list(range(len(given.activities))))
    if incumbent is None:
        return []
    relaxed = relaxation(given, windows_under(given, incumbent, "full"), incumbent)
    worth = shared_out(given, relaxed)
    dual = at_first(relaxed, worth.paid, queue_prices(relaxed, worth, incumbent), machine_code, None)
    found = []
    for _ in range(steps):
        found.append((dual.value(), dual.starts.tolist()))
        dual.step(0.5, 1000.0)
    return found


@pytest.mark.skipif(not AVAILABLE, reason="numba is not installed")
@settings(max_examples=30, deadline=None)
@given(problems(most=5, priced=True))
def test_machine_code_does_the_same(given: Problem) -> None:
    plain, compiled = ascent(given, machine_code=False), ascent(given, machine_code=True)
    assert [value for value, _ in compiled] == pytest.approx([value for value, _ in plain], rel=1e-6, abs=1)


def test_a_price_makes_the_cheaper_task_wait() -> None:
    """A (1 ED a day) and B (3 ED a day) of 2 days each want the same engineer; days 0 and 1 cost 1.5 ED each.

    There A costs 3 ED, two days later 2 ED, as its item waits; B pays the 3 ED. With B before A the items cost
    6 + 4 ED, and so much is proven: 2 + 3 by the tasks, 2 + 6 by the items on their first days, less the team's 3.
    """
    given = lane((2, 2), (1, 3))
    incumbent = serial(given, [1, 0])
    assert incumbent is not None
    relaxed = relaxation(given, windows(given), incumbent)
    worth = shared_out(given, relaxed)
    assert (worth.paid.tolist(), worth.kept.tolist()) == ([1000, 3000], [1000, 3000, 0, 0])
    price = np.zeros_like(relaxed.rows.capacity)
    price[0, :2] = 1500
    dual = at_first(relaxed, worth.paid, price, False, None)
    value = dual.value()
    assert dual.starts[:2].tolist() == [2, 0]
    assert value == pytest.approx(10_000)


def test_queues_cost_what_waits() -> None:
    """Day 0 keeps B and A waiting, day 1 half of B and A, and so on until nobody is left."""
    given = lane((2, 2), (1, 3))
    incumbent = serial(given, [1, 0])
    assert incumbent is not None
    relaxed = relaxation(given, windows(given), incumbent)
    price = queue_prices(relaxed, shared_out(given, relaxed), incumbent)
    assert price[0, :5].tolist() == [CAUTION * day for day in (4000, 2500, 1000, 500, 0)]


def test_starts_that_cost_more_than_can_be_spared_leave_the_window() -> None:
    """As above with 2 ED to spare: A may wait for two days more, B, which has to pay less on day 1, for one."""
    given = lane((2, 2), (1, 3))
    incumbent = serial(given, [1, 0])
    assert incumbent is not None
    relaxed = relaxation(given, windows(given), incumbent)
    price = np.zeros_like(relaxed.rows.capacity)
    price[0, :2] = 1500
    dual = at_first(relaxed, shared_out(given, relaxed).paid, price, False, None)
    dual.value(spare=2_000)
    assert relaxed.nodes.low[:2].tolist() == [0, 0]
    assert relaxed.nodes.high[:2].tolist() == [4, 1]
