"""Prices to begin with: the weights of the items, shared out among all that the items wait for."""

from dataclasses import dataclass

import numpy as np

from planner.domain.problem import Problem, Schedule
from planner.domain.units import MILLI
from planner.scheduling.relaxation import Costs, Relaxation

CAUTION = 0.8
"""Part of the prices that a team's queue has: some of it would wait for other teams anyway."""


@dataclass(frozen=True)
class Worth:
    """Milli ED a day: what the later end of each pull pays to the earlier, and what each node keeps for itself."""

    paid: Costs
    kept: Costs


def shared_out(problem: Problem, relaxed: Relaxation) -> Worth:
    """Each activity gets its part of the weight of the items that wait for it.

    A node keeps of what it is paid a day as much as it has of all the work up to it, and pays the rest to those it
    waits for, in proportion to the work up to them: what is kept per unit of work is the rule of Smith (1956).
    Penalties are paid nothing.
    """
    ends, count = relaxed.ends, len(problem.activities)
    waits_for: list[list[int]] = [[] for _ in relaxed.nodes.low]
    for e in np.flatnonzero(relaxed.hard & (ends.other < 0)):
        waits_for[ends.late[e]].append(int(e))
    work = [max(it.work, 1) / MILLI * sum(units for _, units in it.demands) for it in problem.activities]
    upstream = [0.0] * count
    for i in problem.order:
        upstream[i] = work[i] + sum(upstream[ends.early[e]] for e in waits_for[i])
    kept = np.zeros(len(waits_for))
    kept[count:] = [item.delay_weight for item in problem.deliverables]
    paid = np.zeros(len(ends.early))
    for node in (*range(count, len(waits_for)), *reversed(problem.order)):
        before = {e: upstream[ends.early[e]] for e in waits_for[node]}
        total = sum(before.values()) + (work[node] if node < count else 0.0)
        worth = kept[node]
        for e, amount in before.items():
            if total:
                paid[e] = worth * amount / total
                kept[ends.early[e]] += paid[e]
                kept[node] -= paid[e]
    return Worth(paid, kept)


def queue_prices(relaxed: Relaxation, worth: Worth, incumbent: Schedule) -> Costs:
    """Prices of the rows by day from the queues of a schedule: who takes a day keeps all later ones waiting.

    A day costs what those keep that are still to run on it or after it, each as far as it is not done by then: then
    nobody in the queue gains by another place. Of the rows of a team the one that is asked for most gets it all.
    """
    nodes, rows = relaxed.nodes, relaxed.rows
    holder = relaxed.holders
    starts = np.minimum(np.asarray(incumbent.start, dtype=np.int64), relaxed.days)
    begin = starts[holder]
    end = nodes.tables[nodes.use_until, begin].astype(np.int64)
    asked = relaxed.taken(starts).sum(axis=1)
    asked[np.isfinite(rows.most)] = -1
    row_of = np.full(relaxed.uses, -1)
    for use, row in zip(rows.pair_use, rows.pair_row, strict=True):
        if asked[row] >= 0 and (row_of[use] < 0 or asked[row] > asked[row_of[use]]):
            row_of[use] = row
    price = np.zeros_like(rows.capacity)
    day = np.arange(relaxed.days)
    shares = np.bincount(holder, minlength=len(nodes.low))
    for k in np.flatnonzero((row_of[nodes.use] >= 0) & (end > begin)):
        left = np.clip((end[k] - day) / (end[k] - begin[k]), 0, 1)
        price[row_of[nodes.use[k]]] += CAUTION * worth.kept[holder[k]] / shares[holder[k]] * left
    return price
