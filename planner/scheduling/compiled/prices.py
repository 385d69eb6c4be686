"""One step of the prices of a `relaxation`, a node and a pull at a time, each a few operations on whole vectors.

So it is fast enough without compilation where nodes are few. Chunks of nodes, and chunks of pulls, do not touch
each other: threads may share them.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.scheduling.compiled.kept import kept
from planner.scheduling.relaxation import Costs, Days, Ends, Nodes, Table

Prices = NDArray[np.float32]


class Kernels(NamedTuple):
    """The three functions below, as they are or compiled."""

    choose: Callable[[Nodes, Costs, Prices, float, int, int, Days, Costs], None]
    turn: Callable[[Ends, Table, Days, Costs, float, Prices, Prices, int, int, Costs], None]
    move: Callable[[Ends, Prices, float, Prices, Prices, int, int], None]


@cache
def kernels(machine_code: bool) -> Kernels:
    """The functions; numba is loaded only for machine code, which returns the same numbers to the last bit."""
    if not machine_code:
        return Kernels(choose, turn, move)
    from planner.scheduling.compiled.jit import compiled

    return Kernels(compiled(choose), compiled(turn), compiled(move))


def kept_compiled() -> bool:
    """Whether they are kept compiled on this machine."""
    return kept(choose) and kept(turn) and kept(move)


def choose(
    nodes: Nodes, held: Costs, phi: Prices, spare: float, begin: int, end: int, starts: Days, least: Costs
) -> None:
    """Fill the cheapest start of each node, the first of equals, and what it costs.

    `held[u, t]` is the price of holding use u on all days before t, `phi` has the curves of pulls: (.., days + 1).
    Starts that cost more than `spare` above the least leave the window at its ends; a negative one narrows nothing.
    """
    for i in range(begin, end):
        low, high = nodes.low[i], nodes.high[i] + 1
        cost = nodes.own_cost[nodes.own[i], low:high].copy()
        for k in range(nodes.first_use[i], nodes.first_use[i + 1]):
            row = held[nodes.use[k]]
            cost += row[nodes.tables[nodes.use_until[k], low:high]] - row[low:high]
        for k in range(nodes.first_end[i], nodes.first_end[i + 1]):
            pulled = phi[nodes.end_curve[k]][nodes.tables[nodes.end_table[k], low:high]]
            if nodes.is_early[k]:
                cost += pulled
            else:
                cost -= pulled
        best = np.argmin(cost)
        starts[i] = low + best
        least[i] = cost[best]
        if spare >= 0:
            kept = np.flatnonzero(cost <= cost[best] + spare)
            nodes.low[i], nodes.high[i] = low + kept[0], low + kept[-1]


def turn(
    ends: Ends,
    tables: Table,
    starts: Days,
    scale: Costs,
    keep: float,
    y: Prices,
    direction: Prices,
    begin: int,
    end: int,
    square: Costs,
) -> None:
    """Turn the direction of each pull to what the chosen starts ask for, and keep a part of the old one.

    On days on which late has come and early has not the price is to rise, on days on which early has come and late
    has not it is to fall, in proportion to the pull's `scale`; of two early ends the first one counts, and when both
    have come it is to fall. Fills `square`: scale times the squares of what is asked for, without days on which the
    price is 0 and cannot fall.
    """
    for e in range(begin, end):
        row = direction[e]
        row *= np.float32(keep)
        early = tables[ends.early_table[e], starts[ends.early[e]]]
        late = tables[ends.late_table[e], starts[ends.late[e]]]
        if ends.faded[e] >= 0:
            day = np.arange(y.shape[1])
            reached = np.where(day < early, 1 - ends.fade[e] * (early - day), 0.0)
            asked = reached - np.where(day < late, 1.0, ends.fade[e] * (day - late))
            row += (scale[e] * (1 - keep) * asked).astype(np.float32)
            free = np.where((y[e] > 0) | (asked > 0), asked * asked, 0.0)
            square[e] = scale[e] * np.cumsum(free)[-1]
            continue
        square[e] = 0.0
        if ends.other[e] >= 0:
            other = tables[ends.other_table[e], starts[ends.other[e]]]
            early, both = min(early, other), max(early, other)
            row[both:] -= np.float32(scale[e] * (1 - keep))
            square[e] = scale[e] * np.count_nonzero(y[e, both:])
        if late < early:
            row[late:early] += np.float32(scale[e] * (1 - keep))
            square[e] += scale[e] * (early - late)
        else:
            row[early:late] -= np.float32(scale[e] * (1 - keep))
            square[e] += scale[e] * np.count_nonzero(y[e, early:late])


def move(ends: Ends, direction: Prices, step: float, y: Prices, phi: Prices, begin: int, end: int) -> None:
    """Move the prices of the pulls along their directions, within what each may cost, and sum them up in `phi`."""
    for e in range(begin, end):
        row = np.minimum(np.maximum(y[e] + np.float32(step) * direction[e], np.float32(0)), np.float32(ends.slope[e]))
        up = np.cumsum(row)
        if up[-1] > ends.total[e]:
            shrink = np.float32(ends.total[e] / up[-1])
            row *= shrink
            up *= shrink
        y[e] = row
        phi[e, 1:] = up
        if ends.faded[e] >= 0:
            curve = phi[e].astype(np.float64)
            early = curve - ends.fade[e] * np.cumsum(curve)
            early[-1] -= ends.fade[e] * ends.beyond * curve[-1]
            rest = np.cumsum(curve[-1] - curve)
            phi[ends.faded[e]] = early.astype(np.float32)
            phi[ends.faded[e] + 1] = (curve + ends.fade[e] * (rest[-1] - rest)).astype(np.float32)
