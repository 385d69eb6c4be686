"""A lower bound on the delay cost by pricing engineers per day: Lagrangian relaxation of the capacities.

With a price pi >= 0 per unit of team and day, every schedule has use <= capacity and therefore

    D >= D + sum pi (use - capacity) >= sum over items g of min over l of [cost_g(l) + the cheapest starts of its
    activities with which it is out by l] - sum pi capacity.

An activity counts for one item. Of the relations within an item each activity keeps one to a successor (the
longest way out); the rest are left to windows and tails. So the relations of an item form a forest and the cheapest
starts follow by dynamic programming from the leaves. All numbers are integers: the bound is exact. Prices rise
where the picked starts ask for too much (subgradient steps, Held and Karp 1971; the time-indexed relaxation of
RCPSP is that of Moehring, Schulz, Stork and Uetz 2003).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.domain.problem import Precedence, Problem
from planner.domain.roadmap import Link
from planner.objective.delay import delay_when
from planner.objective.variables import Integers
from planner.scheduling.budget import Meter
from planner.scheduling.windows import Windows

Numbers = NDArray[np.int64]

FINENESS = 64
"""Prices are multiples of 1/64 milli ED per tenth of an engineer-day."""
STEPS = 200
PATIENCE = 10
"""After so many steps without a better bound the steps are halved."""


SPLITS = (0, 1, 2, 3)
"""Shapes of the capacity constraint of a team: as it is, and by halves, thirds and quarters (see `_share`)."""
FAR = np.iinfo(np.int64).max // 1024
"""The price of what is not possible."""


@dataclass(frozen=True)
class _Node:
    """An activity in the forest of its item: its possible starts, the work ends and finishes that go with them.

    `children` are positions in the item's list with, for every start of this activity, the index of the child's
    last start that leaves it free (-1: none). Roots have in `out`, for every launch of the item, the index of
    their last start.
    """

    demands: tuple[tuple[int, int], ...]
    start: Numbers
    end: Numbers
    finish: Numbers
    children: tuple[tuple[int, Numbers], ...] = ()
    out: Numbers | None = None


def delay_bound(
    problem: Problem, found: Windows, tails: Sequence[Mapping[int, int]], target: int, meter: Meter
) -> int:
    """A number no schedule's D is below; steps aim at `target`, the D of a known schedule, until the meter is over.

    `tails[g][i]` is the least number of periods between the work end of i and the launch of item g.
    """
    search = _Prices(problem, found, tails)
    return search.ascend(target, meter)


class _Prices:
    def __init__(self, problem: Problem, found: Windows, tails: Sequence[Mapping[int, int]]):
        self._problem = problem
        self._rank = {i: k for k, i in enumerate(problem.order)}
        self._capacity: list[Numbers] = []
        self._need: dict[tuple[int, int], Numbers] = {}
        for r, resource in enumerate(problem.resources):
            capacity = np.asarray(resource.capacity, dtype=np.int64)
            sizes = {u for it in problem.activities for other, u in it.demands if other == r}
            for k in SPLITS:
                for u in sizes:
                    self._need[len(self._capacity), u] = _share(np.minimum(u, capacity), capacity, k, resource.peak)
                self._capacity.append(_share(capacity, capacity, k, resource.peak))
        days = range(problem.horizon + 1)
        self._costs = [
            FINENESS * np.asarray([delay_when(item, max(day, item.sunk), Integers()) for day in days], dtype=np.int64)
            for item in problem.deliverables
        ]
        self._first = [max((found.launch[i] for i in item.activities), default=0) for item in problem.deliverables]
        taken: set[int] = set()
        self._forests: list[list[_Node]] = []
        for g, item in enumerate(problem.deliverables):
            own = {i for i in item.activities if i not in taken}
            taken.update(own)
            self._forests.append(self._forest(own, found, tails[g]))

    def _forest(self, own: set[int], found: Windows, tails: Mapping[int, int]) -> list[_Node]:
        """The nodes of an item in topological order, so that children come before their parents."""
        nodes: list[_Node] = []
        position: dict[int, int] = {}
        children: dict[int, list[Precedence]] = defaultdict(list)
        for i in sorted(own, key=self._rank.__getitem__):
            node = self._node(i, found)
            if node is None:
                continue
            below = tuple(
                (
                    position[relation.predecessor],
                    _last(nodes[position[relation.predecessor]].finish, node.start - relation.lag),
                )
                for relation in children[i]
            )
            parent = self._parent(i, own, found, tails)
            out = None
            if parent is None:
                launch = [self._problem.launch(i, int(finish)) for finish in node.finish]
                out = _last(np.maximum(node.end + tails[i], launch), np.arange(self._problem.horizon + 1))
            else:
                children[parent.successor].append(parent)
            position[i] = len(nodes)
            nodes.append(replace(node, children=below, out=out))
        return nodes

    def _parent(self, i: int, own: set[int], found: Windows, tails: Mapping[int, int]) -> Precedence | None:
        """The relation to the successor within the item that lies on the longest way out."""
        kept = [
            relation
            for relation in self._problem.successors[i]
            if relation.link is Link.FS and relation.successor in own and self._node(relation.successor, found)
        ]
        return max(
            kept, key=lambda relation: (relation.lag + tails[relation.successor], -relation.successor), default=None
        )

    def _node(self, i: int, found: Windows) -> _Node | None:
        """The possible starts of an activity; None if there are none to choose from."""
        it, horizon = self._problem.activities[i], self._problem.horizon
        if not it.work:
            return None
        progress = np.asarray(self._problem.profiles[it.profile].cumulative, dtype=np.int64)
        start = np.arange(found.earliest[i], min(found.latest[i], horizon - 1) + 1)
        start = start[progress[start + 1] > progress[start]]
        end = np.searchsorted(progress, progress[start] + it.work)
        start, end = start[end <= horizon], end[end <= horizon]
        finish = np.asarray([self._problem.finish(i, int(day)) for day in start]) if it.wait else end
        demands = tuple((len(SPLITS) * r + k, u) for r, u in it.demands for k in range(len(SPLITS)))
        return _Node(demands, start, end, finish) if start.size else None

    def ascend(self, target: int, meter: Meter) -> int:
        """Subgradient steps of Polyak's length; the best bound on the way."""
        prices = [np.zeros(len(c), dtype=np.int64) for c in self._capacity]
        best, factor, stale = 0, 1.0, 0
        for _ in range(STEPS):
            value, use = self._value(prices)
            meter.charge(1 + len(self._problem.activities) / 50)
            if value > best:
                best, stale = value, 0
            else:
                stale += 1
            if stale > PATIENCE:
                factor, stale = factor / 2, 0
            slope = [u - c for u, c in zip(use, self._capacity, strict=True)]
            slope = [np.where((p == 0) & (s < 0), 0, s) for p, s in zip(prices, slope, strict=True)]
            square = sum(int((s * s).sum()) for s in slope)
            if not square or meter.over or best >= FINENESS * target:
                break
            step = factor * max(FINENESS * target - value, FINENESS) / square
            prices = [
                np.maximum(0, p + np.rint(step * s).astype(np.int64)) for p, s in zip(prices, slope, strict=True)
            ]
        return -(-best // FINENESS)

    def _value(self, prices: Sequence[Numbers]) -> tuple[int, list[Numbers]]:
        """The relaxed cost at these prices, in 1 / FINENESS milli ED, and what its picks ask of each team and day."""
        held = {(r, u): np.concatenate(([0], np.cumsum(need * prices[r]))) for (r, u), need in self._need.items()}
        use = [np.zeros(len(c) + 1, dtype=np.int64) for c in self._capacity]
        load = {demand: np.zeros(self._problem.horizon + 1, dtype=np.int64) for demand in self._need}
        value = -sum(int((p * c).sum()) for p, c in zip(prices, self._capacity, strict=True))
        for cost, first, forest in zip(self._costs, self._first, self._forests, strict=True):
            prices_of: list[Numbers] = []
            least: list[Numbers] = []
            total = cost.copy()
            for node in forest:
                price = np.zeros(len(node.start), dtype=np.int64)
                for d in node.demands:
                    price += held[d][node.end] - held[d][node.start]
                for child, index in node.children:
                    price += np.where(index >= 0, least[child][index], FAR)
                prices_of.append(price)
                least.append(np.minimum.accumulate(price))
                if node.out is not None:
                    total += np.where(node.out >= 0, least[-1][node.out], FAR)
            day = first + int(total[first:].argmin())
            value += int(total[day])
            limit = [-1 if node.out is None else int(node.out[day]) for node in forest]
            for k in reversed(range(len(forest))):
                node = forest[k]
                pick = int(prices_of[k][: limit[k] + 1].argmin())
                for child, index in node.children:
                    limit[child] = int(index[pick])
                for d in node.demands:
                    load[d][node.start[pick]] += 1
                    load[d][node.end[pick]] -= 1
        for (r, u), change in load.items():
            use[r][:-1] += np.cumsum(change)[:-1] * self._need[r, u]
        return value, [u[:-1] for u in use]


def _last(ends: Numbers, limits: Numbers) -> Numbers:
    """For every limit the index of the last of the ascending `ends` that is not beyond it; -1 if none."""
    return np.searchsorted(ends, limits, side="right") - 1


def _share(demand: Numbers, capacity: Numbers, k: int, peak: int) -> Numbers:
    """What a demand counts for in the k-th constraint of a team; the demand itself for k = 0.

    No two demands above half the capacity fit into one day, no three above a third: the dual feasible functions
    u_k (Fekete and Schepers 2001), x -> x where (k + 1) x is whole, else floor((k + 1) x) / k, keep the sum of
    what fits at most 1. In units of 1 / (k (k + 1)), scaled to about the team's size.
    """
    if not k:
        return demand
    parts, rest = np.divmod((k + 1) * demand, np.maximum(capacity, 1))
    scale = max(1, peak // (k * (k + 1)))
    return scale * np.where(capacity > 0, np.where(rest == 0, parts * k, parts * (k + 1)), 0)
