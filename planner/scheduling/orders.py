"""Which of two activities comes first, where no team has room for both at once: added to a `relaxation` as a pull."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from math import inf

import numpy as np

from planner.domain.problem import Problem
from planner.scheduling.compiled.arrays import NONE
from planner.scheduling.compiled.narrow import narrow
from planner.scheduling.relaxation import Costs, Days, Relaxation

Order = tuple[int, int]
"""The second activity begins when the work of the first has ended, or later."""


def exclusive(problem: Problem) -> list[Order]:
    """The pairs of activities that some team has room for one of at a time, whatever its capacity of the day."""
    holders: dict[int, list[tuple[int, int]]] = {}
    for i, it in enumerate(problem.activities):
        for team, units in it.demands if it.work else ():
            holders.setdefault(team, []).append((i, units))
    found = {
        (i, j)
        for team, group in holders.items()
        for (i, units), (j, others) in combinations(group, 2)
        if units + others > problem.resources[team].peak
    }
    return sorted(found)


def with_orders(relaxed: Relaxation, orders: Sequence[Order]) -> Relaxation:
    """The relaxation with a hard pull for each order, behind its other pulls."""
    nodes, ends = relaxed.nodes, relaxed.ends
    own, more = len(ends.early), len(orders)
    early, late = (np.asarray(side, dtype=np.int64) for side in zip(*orders, strict=True))
    until = nodes.use_until[nodes.first_use[early]]
    tables = np.vstack([nodes.tables, np.arange(relaxed.days + 1, dtype=nodes.tables.dtype)])
    begins = np.full(more, len(nodes.tables))
    both = np.concatenate((early, late))
    by_node = np.argsort(both, kind="stable")  # nodes without pulls share a place: theirs keep the order of the nodes
    where = nodes.first_end[both[by_node] + 1]
    curves = np.tile(np.arange(own, own + more), 2)[by_node]
    grown = np.bincount(both, minlength=len(nodes.low))
    return replace(
        relaxed,
        nodes=nodes._replace(
            tables=tables,
            first_end=nodes.first_end + np.concatenate(([0], np.cumsum(grown))),
            end_curve=np.insert(_behind(nodes.end_curve, own, more), where, curves),
            end_table=np.insert(nodes.end_table, where, np.concatenate((until, begins))[by_node]),
            is_early=np.insert(nodes.is_early, where, np.repeat([True, False], more)[by_node]),
        ),
        ends=ends._replace(
            early=np.append(ends.early, early),
            early_table=np.append(ends.early_table, until),
            late=np.append(ends.late, late),
            late_table=np.append(ends.late_table, begins),
            other=np.append(ends.other, np.full(more, NONE)),
            other_table=np.append(ends.other_table, np.full(more, NONE)),
            slope=np.append(ends.slope, np.full(more, inf)),
            total=np.append(ends.total, np.full(more, inf)),
            fade=np.append(ends.fade, np.zeros(more)),
            faded=np.append(_behind(ends.faded, own, more), np.full(more, NONE)),
        ),
    )


def _behind(curves: Days, own: int, more: int) -> Days:
    """The rows of curves when those from `own` on move back by `more`."""
    return np.where(curves >= own, curves + more, curves)


def within(relaxed: Relaxation, pairs: Sequence[Order]) -> Relaxation | None:
    """The relaxation in windows that its hard pulls and pairs leave, None where they leave none."""
    nodes = relaxed.nodes
    low, high = nodes.low.copy(), nodes.high.copy()
    hard = np.flatnonzero(relaxed.hard & (relaxed.ends.other < 0))
    if not narrow(nodes, relaxed.ends, hard, np.asarray(pairs, dtype=np.int64).reshape(-1, 2), low, high):
        return None
    return replace(relaxed, nodes=nodes._replace(low=low, high=high))


def contested(relaxed: Relaxation, pi: Costs, seen: Costs, pairs: Sequence[Order]) -> dict[Order, float]:
    """What the days are worth that both of a pair would hold, times how open it is which comes first.

    `seen` is how likely each node chooses each start: (nodes, days + 1).
    """
    nodes, days = relaxed.nodes, relaxed.days
    daily = np.diff(relaxed.held(pi), axis=1)
    busy = {i for pair in pairs for i in pair}
    worth, running, begun = {}, {}, {}
    for i in sorted(busy):
        uses = slice(nodes.first_use[i], nodes.first_use[i + 1])
        worth[i] = daily[nodes.use[uses]].sum(axis=0)
        begun[i] = np.cumsum(seen[i])
        until = nodes.tables[nodes.use_until[nodes.first_use[i]]]
        running[i] = (begun[i] - np.cumsum(np.bincount(until, seen[i], minlength=days + 1)))[:days]
    found = {}
    for i, j in pairs:
        both = np.minimum(running[i], running[j])
        if both.any():
            first = float(seen[j, 1:] @ begun[i][:-1] + 0.5 * (seen[i] @ seen[j]))
            found[i, j] = float(both @ np.minimum(worth[i], worth[j])) * min(first, 1 - first)
    return found
