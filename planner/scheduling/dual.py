"""The dual of a `relaxation`: its prices, the bound at these prices, and steps along what the chosen starts break."""

from collections.abc import Callable
from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray

from planner.scheduling.compiled.prices import kernels
from planner.scheduling.relaxation import Costs, Relaxation

ROUNDING = 1e-7
"""What rounding may add to a sum of 32-bit prices, as a part of it, for each that is added."""
TEAM_WEIGHT = 5.0
"""How much faster the prices of teams move than those of pulls."""


class Dual:
    """Prices that move; all costs in milli ED."""

    def __init__(self, relaxed: Relaxation, price: Costs, machine_code: bool, pool: Executor | None):
        """Pulls begin at `price` a day, from the first day of their later end on; half the work goes to `pool`."""
        self._relaxed, self._pool = relaxed, pool
        self._kernels = kernels(machine_code)
        nodes, ends, rows = relaxed.nodes, relaxed.ends, relaxed.rows
        self._y = np.zeros((len(ends.early), relaxed.days), np.float32)
        self._phi = np.zeros((len(ends.early), relaxed.days + 1), np.float32)
        for e in np.flatnonzero(price):
            self._y[e, nodes.tables[ends.late_table[e], nodes.low[ends.late[e]]] :] = price[e]
        np.cumsum(self._y, axis=1, out=self._phi[:, 1:])
        self._penalties = np.isfinite(ends.slope) | np.isfinite(ends.total)
        self._direction = np.zeros_like(self._y)
        self._square = np.zeros(len(ends.early))
        self._pi = np.zeros_like(rows.capacity)
        self._team_direction = np.zeros_like(rows.capacity)
        self._uses = int(max(rows.pair_use, default=-1)) + 1
        self._holder = np.repeat(np.arange(len(nodes.low)), np.diff(nodes.first_use))
        self._by_row = np.argsort(rows.pair_row, kind="stable")
        self.starts = np.zeros(len(nodes.low), np.int64)
        """The cheapest start of each node at the prices."""
        self._least = np.zeros(len(nodes.low))

    def value(self) -> float:
        """The bound at the prices, rounded down; chooses the starts."""
        rows, days = self._relaxed.rows, self._relaxed.days
        held = np.zeros((self._uses, days + 1))
        np.cumsum(_sums(rows.pair_need * self._pi[rows.pair_row], rows.pair_use, self._uses), axis=1, out=held[:, 1:])
        self._chunks(
            len(self.starts),
            lambda a, b: self._kernels.choose(self._relaxed.nodes, held, self._phi, a, b, self.starts, self._least),
        )
        paid = float((self._pi * rows.capacity).sum())
        rounding = ROUNDING * days * float(self._phi[self._penalties, -1].sum())
        rounding += 1e-12 * (paid + float(np.abs(self._least).sum()))
        return self._relaxed.constant + float(self._least.sum()) - paid - rounding

    def step(self, keep: float, excess: float) -> None:
        """Move along the directions, turned to what the starts break, by `excess` over its square (Polyak 1969)."""
        relaxed, rows = self._relaxed, self._relaxed.rows
        slope = self._slope()
        self._team_direction *= keep
        self._team_direction += (1 - keep) * slope
        free = slope[(self._pi > 0) | (slope > 0)]
        tables = relaxed.nodes.tables
        self._chunks(
            len(self._square),
            lambda a, b: self._kernels.turn(
                relaxed.ends, tables, self.starts, keep, self._y, self._direction, a, b, self._square
            ),
        )
        square = float(self._square.sum()) + TEAM_WEIGHT * float((free * free).sum())
        length = excess / square if square else 0.0
        self._pi += TEAM_WEIGHT * length * self._team_direction
        np.clip(self._pi, 0, rows.most[:, None], out=self._pi)
        self._chunks(
            len(self._square),
            lambda a, b: self._kernels.move(relaxed.ends, self._direction, length, self._y, self._phi, a, b),
        )

    def _slope(self) -> Costs:
        """What the chosen starts hold of each row and day beyond its capacity."""
        nodes, rows, width = self._relaxed.nodes, self._relaxed.rows, self._relaxed.days + 1
        start = self.starts[self._holder]
        begun = np.bincount(nodes.use * width + start, minlength=self._uses * width)
        ended = np.bincount(nodes.use * width + nodes.tables[nodes.use_until, start], minlength=self._uses * width)
        running = np.cumsum((begun - ended).reshape(self._uses, width), axis=1)[:, :-1]
        asked = (rows.pair_need * running[rows.pair_use])[self._by_row]
        return _sums(asked, rows.pair_row[self._by_row], len(rows.capacity)) - rows.capacity

    def _chunks(self, count: int, run: Callable[[int, int], None]) -> None:
        """Run over 0..count, in two halves at a time where there is a pool."""
        if self._pool is None:
            run(0, count)
            return
        half = count // 2
        other = self._pool.submit(run, half, count)
        run(0, half)
        other.result()


def _sums(parts: Costs, group: NDArray[np.int64], count: int) -> Costs:
    """The sum of the rows of each group; groups ascend and none is empty."""
    return np.add.reduceat(parts, np.searchsorted(group, np.arange(count)), axis=0) if count else parts[:0]
