"""Many steps of the prices of a `relaxation` in one go, number by number, for trees that restart from known prices.

The steps are those of `dual`. Besides, the price of a pull is kept at 0 on days that cannot matter: before its later
end can come and from the day on by which its earlier ends must have. There any price only lowers the bound.
"""

from typing import NamedTuple

import numpy as np

from planner.scheduling.compiled.jit import compiled, leaf
from planner.scheduling.compiled.prices import Prices
from planner.scheduling.dual import TEAM_WEIGHT, Slope
from planner.scheduling.relaxation import Costs, Ends, Nodes, Rows

LATER = 1.03
"""How much more a step's choice counts than that of the step before."""


class Cooling(NamedTuple):
    """Each step keeps this part (`keep`) of the direction; after `patience` steps without progress, which is so much

    of what is left to the goal, the factor of Polyak's step is multiplied by `shorter`.
    """

    keep: float
    shorter: float
    patience: int
    progress: float


@leaf
def _uses(nodes: Nodes) -> int:
    """Number of uses."""
    most = -1
    for use in nodes.use:
        most = max(most, use)
    return most + 1


@compiled
def climb(
    nodes: Nodes,
    ends: Ends,
    rows: Rows,
    constant: float,
    scale: Costs,
    at: Slope,
    goal: float,
    near: float,
    factor: float,
    cooling: Cooling,
    steps: int,
) -> float:
    """Up to `steps` steps towards the goal, then back to the best prices on the way; the factor of the next step.

    A step aims at the goal, but at most at `near` above the best value: a goal far above makes steps too long.
    """
    value = least_cost(nodes, ends, rows, constant, at)
    best, stale, weight, kept = value, 0, 1.0, 1.0
    best_pi, best_y = at.pi.copy(), at.y.copy()
    for _ in range(steps):
        if best >= goal:
            break
        kept = step(
            nodes, ends, rows, scale, at, cooling.keep, kept, factor * max(min(goal, best + near) - value, 1.0)
        )
        value = least_cost(nodes, ends, rows, constant, at)
        weight *= LATER
        for i in range(len(at.starts)):
            at.seen[i, at.starts[i]] += weight
        stale = 0 if value > best + cooling.progress * min(goal - best, near) else stale + 1
        if value > best:
            best = value
            best_pi[:] = at.pi
            best_y[:] = at.y
        if stale >= cooling.patience:
            factor, stale = factor * cooling.shorter, 0
    at.pi[:] = best_pi
    at.y[:] = best_y
    for e in range(len(ends.early)):
        move(nodes, ends, at, 0.0, e)
    return factor


@compiled
def least_cost(nodes: Nodes, ends: Ends, rows: Rows, constant: float, at: Slope) -> float:
    """The bound at the prices, but for rounding; chooses the starts."""
    days = at.pi.shape[1]
    held = holding(nodes, rows, at.pi)
    total = constant
    cost = np.empty(days + 1)
    for i in range(len(nodes.low)):
        at.starts[i] = price(nodes, held, at.phi, i, cost)
        total += cost[at.starts[i]]
    for row in range(len(at.pi)):
        for t in range(days):
            total -= at.pi[row, t] * rows.capacity[row, t]
    for e in range(len(ends.early)):
        if ends.other[e] >= 0:
            total -= at.phi[e, days]
    return total


@compiled
def holding(nodes: Nodes, rows: Rows, pi: Costs) -> Costs:
    """What holding each use on all days before a day costs: (uses, days + 1)."""
    days = pi.shape[1]
    held = np.zeros((_uses(nodes), days + 1))
    for k in range(len(rows.pair_use)):
        u, row = rows.pair_use[k], rows.pair_row[k]
        for t in range(days):
            held[u, t + 1] += rows.pair_need[k, t] * pi[row, t]
    for u in range(len(held)):
        for t in range(days):
            held[u, t + 1] += held[u, t]
    return held


@leaf
def price(nodes: Nodes, held: Costs, phi: Prices, i: int, cost: Costs) -> int:
    """Fill what each start in the window of a node costs; the cheapest, the first of equals."""
    low, high = nodes.low[i], nodes.high[i] + 1
    own = nodes.own_cost[nodes.own[i]]
    for s in range(low, high):
        cost[s] = own[s]
    for k in range(nodes.first_use[i], nodes.first_use[i + 1]):
        row, until = held[nodes.use[k]], nodes.tables[nodes.use_until[k]]
        for s in range(low, high):
            cost[s] += row[until[s]] - row[s]
    for k in range(nodes.first_end[i], nodes.first_end[i + 1]):
        curve, table = phi[nodes.end_curve[k]], nodes.tables[nodes.end_table[k]]
        if nodes.is_early[k]:
            for s in range(low, high):
                cost[s] += curve[table[s]]
        else:
            for s in range(low, high):
                cost[s] -= curve[table[s]]
    best = int(low)
    for s in range(low + 1, high):
        if cost[s] < cost[best]:
            best = s
    return best


@compiled
def step(
    nodes: Nodes, ends: Ends, rows: Rows, scale: Costs, at: Slope, keep: float, kept: float, excess: float
) -> float:
    """Turn the directions to what the chosen starts break, and move along them by `excess` over its square.

    Directions are `kept` times their arrays, so that to keep a part of them takes no time; returns the next `kept`.
    """
    days = at.pi.shape[1]
    grown = kept * keep
    fresh = (1 - keep) / grown
    taken = -rows.capacity
    first = np.searchsorted(rows.pair_use, np.arange(_uses(nodes) + 1))
    for i in range(len(nodes.low)):
        begin = at.starts[i]
        for k in range(nodes.first_use[i], nodes.first_use[i + 1]):
            end = nodes.tables[nodes.use_until[k], begin]
            for pair in range(first[nodes.use[k]], first[nodes.use[k] + 1]):
                row = rows.pair_row[pair]
                for t in range(begin, end):
                    taken[row, t] += rows.pair_need[pair, t]
    square = 0.0
    for row in range(len(taken)):
        for t in range(days):
            asked = taken[row, t]
            at.row_direction[row, t] += fresh * asked
            if at.pi[row, t] > 0 or asked > 0:
                square += TEAM_WEIGHT * asked * asked
    for e in range(len(ends.early)):
        square += turn(nodes, ends, scale, at, fresh, e)
    if square <= 0:
        return grown
    length = excess * grown / square
    for row in range(len(taken)):
        for t in range(days):
            price = at.pi[row, t] + TEAM_WEIGHT * length * at.row_direction[row, t]
            at.pi[row, t] = min(max(price, 0.0), rows.most[row])
    for e in range(len(ends.early)):
        move(nodes, ends, at, length, e)
    return grown


@leaf
def mattering(nodes: Nodes, ends: Ends, e: int, days: int) -> tuple[int, int]:
    """The days on which a price of a pull may matter: from the first to before the second."""
    if ends.faded[e] >= 0:
        return 0, days
    first = nodes.tables[ends.late_table[e], nodes.low[ends.late[e]]]
    last = nodes.tables[ends.early_table[e], nodes.high[ends.early[e]]]
    if ends.other[e] >= 0:
        last = min(last, nodes.tables[ends.other_table[e], nodes.high[ends.other[e]]])
    return int(min(first, days)), int(max(min(first, days), last))


@leaf
def turn(nodes: Nodes, ends: Ends, scale: Costs, at: Slope, fresh: float, e: int) -> float:
    """Add what is asked for to the direction of a pull, `fresh` times; its square, times the scale."""
    days = at.pi.shape[1]
    first, last = mattering(nodes, ends, e, days)
    direction, y = at.direction[e], at.y[e]
    push = np.float32(scale[e] * fresh)
    early = nodes.tables[ends.early_table[e], at.starts[ends.early[e]]]
    late = nodes.tables[ends.late_table[e], at.starts[ends.late[e]]]
    square = 0.0
    if ends.faded[e] >= 0:
        fade = ends.fade[e]
        for t in range(days):
            asked = (1.0 - fade * (early - t) if t < early else 0.0) - (1.0 if t < late else fade * (t - late))
            direction[t] += push * np.float32(asked)
            if y[t] > 0 or asked > 0:
                square += asked * asked
        return float(scale[e] * square)
    if ends.other[e] >= 0:
        other = nodes.tables[ends.other_table[e], at.starts[ends.other[e]]]
        early, both = min(early, other), max(early, other)
        for t in range(max(both, first), last):
            direction[t] -= push
            if y[t] > 0:
                square += 1.0
    if late < early:
        for t in range(max(late, first), min(early, last)):
            direction[t] += push
            square += 1.0
    else:
        for t in range(max(early, first), min(late, last)):
            direction[t] -= push
            if y[t] > 0:
                square += 1.0
    return float(scale[e] * square)


@leaf
def move(nodes: Nodes, ends: Ends, at: Slope, length: float, e: int) -> None:
    """Move the prices of a pull along their direction, within what it may cost, and sum them up."""
    days = at.pi.shape[1]
    first, last = mattering(nodes, ends, e, days)
    direction, y, phi = at.direction[e], at.y[e], at.phi[e]
    slope, total, far = np.float32(ends.slope[e]), ends.total[e], np.float32(length)
    up = np.float32(0)
    for t in range(first):
        y[t] = 0
        phi[t + 1] = 0
    for t in range(first, last):
        price = y[t] + far * direction[t]
        price = min(max(price, np.float32(0)), slope)
        y[t] = price
        up += price
        phi[t + 1] = up
    if up > total:
        shrink = np.float32(total / up)
        for t in range(first, last):
            y[t] *= shrink
            phi[t + 1] *= shrink
        up *= shrink
    for t in range(last, days):
        y[t] = 0
        phi[t + 1] = up
    if ends.faded[e] >= 0:
        fade, k = ends.fade[e], ends.faded[e]
        area = left = rest = 0.0
        for t in range(days + 1):
            rest += phi[days] - phi[t]
        for t in range(days + 1):
            area += phi[t]
            left += phi[days] - phi[t]
            at.phi[k, t] = phi[t] - fade * area
            at.phi[k + 1, t] = phi[t] + fade * (rest - left)
        at.phi[k, days] -= fade * ends.beyond * phi[days]
