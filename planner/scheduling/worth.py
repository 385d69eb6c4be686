"""What a day costs each activity: the weights of the items, shared out among all that the items wait for."""

import numpy as np

from planner.domain.problem import Problem
from planner.domain.units import MILLI
from planner.scheduling.relaxation import Costs, Relaxation


def shared_out(problem: Problem, relaxed: Relaxation) -> Costs:
    """The price of a day by pull, in milli ED, at which to begin: the later end pays it to the earlier.

    A node keeps of what it is paid a day as much as it has of all the work up to it, and pays the rest to those it
    waits for, in proportion to the work up to them: each activity is then worth its item's weight per unit of work,
    which is the rule of Smith (1956). Penalties begin without a price.
    """
    ends = relaxed.ends
    count = len(problem.activities)
    waits_for: list[list[int]] = [[] for _ in range(len(relaxed.nodes.low))]
    for e in np.flatnonzero(np.isinf(ends.slope) & np.isinf(ends.total)):
        waits_for[ends.late[e]].append(int(e))
    own = [max(it.work, 1) / MILLI * sum(units for _, units in it.demands) for it in problem.activities]
    upstream = [0.0] * count
    for i in problem.order:
        upstream[i] = own[i] + sum(upstream[ends.early[e]] for e in waits_for[i])
    worth = np.zeros(len(waits_for))
    worth[count:] = [item.delay_weight for item in problem.deliverables]
    price = np.zeros(len(ends.early))
    for node in (*range(count, len(waits_for)), *reversed(problem.order)):
        before = {e: upstream[ends.early[e]] for e in waits_for[node]}
        total = sum(before.values()) + (own[node] if node < count else 0.0)
        for e, amount in before.items():
            if total:
                price[e] = worth[node] * amount / total
                worth[ends.early[e]] += price[e]
    return price
