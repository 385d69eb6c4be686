"""The dual of a `relaxation`: its prices, the bound at these prices, and steps along what the chosen starts break."""

from collections.abc import Callable
from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np

from planner.scheduling.compiled.prices import Prices, kernels
from planner.scheduling.relaxation import Costs, Days, Relaxation

ROUNDING = 1e-7
"""What rounding may add to a sum of 32-bit prices, as a part of it, for each that is added."""
TEAM_WEIGHT = 5.0
"""How much faster the prices of teams move than those of pulls."""
SCALES = (0.02, 50.0)
"""How far the pace of one pull may differ from the mean, squared."""


class Slope(NamedTuple):
    """Prices, their directions, and what was chosen at them; kernels change all of it."""

    pi: Costs
    y: Prices
    phi: Prices
    row_direction: Costs
    direction: Prices
    starts: Days
    seen: Costs
    """How often each node chose each start, later choices for more: (nodes, days + 1)."""


class Dual:
    """Prices that move, in milli ED: pi by row and day, y by pull and day with its sums phi."""

    def __init__(
        self,
        relaxed: Relaxation,
        pi: Costs,
        y: Prices,
        scale: Costs,
        machine_code: bool,
        pool: Executor | None = None,
    ):
        """At given prices; `scale` is the pace of each pull, `pool` gets half the work."""
        self.relaxed, self._pool, self._kernels = relaxed, pool, kernels(machine_code)
        self.pi, self.y, self.scale = pi, y, scale
        self._phi = np.zeros((relaxed.curves, relaxed.days + 1), np.float32)
        self._row_direction, self._direction = np.zeros_like(pi), np.zeros_like(y)
        self._kernels.move(relaxed.ends, self._direction, 0.0, y, self._phi, 0, len(y))
        nodes = relaxed.nodes
        self._square = np.zeros(len(y))
        self._least = np.zeros(len(nodes.low))
        self.starts = np.zeros(len(nodes.low), np.int64)
        """The cheapest start of each node at the prices."""

    def slope(self, seen: Costs) -> Slope:
        """What `climb` works on: the arrays of this dual; `seen` is filled."""
        return Slope(self.pi, self.y, self._phi, self._row_direction, self._direction, self.starts, seen)

    def value(self, spare: float = -1.0) -> float:
        """The bound at the prices, rounded down; chooses the starts.

        With `spare`, starts that raise the bound by more leave the windows of the relaxation.
        """
        relaxed = self.relaxed
        held = relaxed.held(self.pi)
        self._chunks(
            len(self.starts),
            lambda a, b: self._kernels.choose(relaxed.nodes, held, self._phi, spare, a, b, self.starts, self._least),
        )
        paid, least = float((self.pi * relaxed.rows.capacity).sum()), float(self._least.sum())
        most = self._phi[: len(self.y), -1]
        rounding = ROUNDING * relaxed.days * float(most[~relaxed.hard].sum())
        paid += float(most[relaxed.ends.other >= 0].sum(dtype=np.float64))
        return relaxed.constant + least - paid - rounding - 1e-12 * (paid + float(np.abs(self._least).sum()))

    def step(self, keep: float, excess: float) -> None:
        """Move along the directions, turned to what the starts break, by `excess` over its square (Polyak 1969)."""
        relaxed = self.relaxed
        slope = relaxed.taken(self.starts) - relaxed.rows.capacity
        self._row_direction *= keep
        self._row_direction += (1 - keep) * slope
        free = slope[(self.pi > 0) | (slope > 0)]
        self._chunks(
            len(self._square),
            lambda a, b: self._kernels.turn(
                relaxed.ends,
                relaxed.nodes.tables,
                self.starts,
                self.scale,
                keep,
                self.y,
                self._direction,
                a,
                b,
                self._square,
            ),
        )
        square = float(self._square.sum()) + TEAM_WEIGHT * float((free * free).sum())
        length = excess / square if square else 0.0
        self.pi += TEAM_WEIGHT * length * self._row_direction
        np.clip(self.pi, 0, relaxed.rows.most[:, None], out=self.pi)
        self._chunks(
            len(self._square),
            lambda a, b: self._kernels.move(relaxed.ends, self._direction, length, self.y, self._phi, a, b),
        )

    def _chunks(self, count: int, run: Callable[[int, int], None]) -> None:
        """Run over 0..count, in two halves at a time where there is a pool."""
        if self._pool is None:
            run(0, count)
            return
        half = count // 2
        other = self._pool.submit(run, half, count)
        run(0, half)
        other.result()


def at_first(
    relaxed: Relaxation, pull_price: Costs, row_price: Costs, machine_code: bool, pool: Executor | None = None
) -> Dual:
    """Pulls begin at their price a day, from the first day of their later end on."""
    nodes, ends = relaxed.nodes, relaxed.ends
    y = np.zeros((len(ends.early), relaxed.days), np.float32)
    for e in np.flatnonzero(pull_price):
        y[e, nodes.tables[ends.late_table[e], nodes.low[ends.late[e]]] :] = pull_price[e]
    return Dual(relaxed, row_price, y, _scale(relaxed, pull_price), machine_code, pool)


def _scale(relaxed: Relaxation, pull_price: Costs) -> Costs:
    """The pace of each pull, 1 on average: dear ones move faster, by the root of what a day of them may cost."""
    ends = relaxed.ends
    mean = float(pull_price[pull_price > 0].mean()) if pull_price.any() else 1.0
    price = np.where(relaxed.hard, pull_price, np.minimum(ends.slope, ends.total))
    price[ends.other >= 0] = mean
    scale: Costs = np.sqrt(np.clip(price / mean, *SCALES))
    return scale
