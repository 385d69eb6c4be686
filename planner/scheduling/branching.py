"""A tree over which of two activities comes first, with the bound by prices at every leaf: branch and bound.

The prices of a `relaxation` leave a gap mainly where two activities that exclude each other are mixed: half of one
before the other, half behind it. In one child the first comes first, in the other it comes second (Carlier and
Pinson 1989 branch so); each order is a pull with prices of its own. No schedule costs less than the least bound of
the leaves. Always the leaf with the least bound goes on: its prices climb until they hardly gain, then it is split.
The pair is chosen by how much dear time both would hold, later by what splitting it has gained (pseudo-costs:
Benichou et al. 1971).
"""

import heapq
from collections.abc import Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from planner.domain.problem import Problem
from planner.scheduling.budget import Meter
from planner.scheduling.compiled.climb import Cooling, climb
from planner.scheduling.compiled.jit import AVAILABLE, plain
from planner.scheduling.compiled.kept import kept
from planner.scheduling.compiled.narrow import narrow
from planner.scheduling.dual import Dual
from planner.scheduling.orders import Order, contested, exclusive, with_orders, within
from planner.scheduling.relaxation import Days, Relaxation

COOLING = Cooling(keep=0.95, shorter=0.7, patience=20, progress=1e-3)
ROOT_COOLING, ROOT_STEPS = Cooling(keep=0.98, shorter=0.7, patience=30, progress=1e-3), 300
"""All leaves inherit the prices of the root."""
LONGEST, SHORTEST, USELESS = 5.0, 1.0, 0.01
"""Factor of Polyak's step at a new leaf, where it has climbed enough to be split, and where it is given up."""
NEAR = 0.03
"""How far above a leaf's bound its prices aim at most, as a part of what the bound has above the constant."""
STEPS = 100
"""Steps at a time."""
OTHER_GAIN = 0.1
"""How much the better of two children counts in the choice of a pair, beside the worse."""
MOST_NUMBERS = 40_000_000
"""Prices that leaves may hold in all, of eight bytes each; those of split leaves count, too."""
TRUST = 0.3
"""How many splits the guess at what a pair gains is worth."""


Number = TypeVar("Number", np.float32, np.float64)


@dataclass(frozen=True)
class Sparse(Generic[Number]):
    """An array of mostly zeros."""

    shape: tuple[int, ...]
    at: NDArray[np.int32]
    values: NDArray[Number]

    def full(self, rows: int = 0) -> NDArray[Number]:
        """The array, with so many rows of zeros behind."""
        found = np.zeros((self.shape[0] + rows, *self.shape[1:]), self.values.dtype)
        found.ravel()[self.at] = self.values
        return found


def sparse(full: NDArray[Number]) -> Sparse[Number]:
    """What is not zero."""
    at = np.flatnonzero(full).astype(np.int32)
    return Sparse(full.shape, at, full.ravel()[at])


@dataclass(frozen=True, order=True)
class Leaf:
    """Schedules with these orders, none of which costs less than `bound` (or the goal), and prices that say so."""

    bound: float
    orders: tuple[Order, ...] = field(compare=False)
    low: Days = field(compare=False)
    high: Days = field(compare=False)
    pi: Sparse[np.float64] = field(compare=False)
    y: Sparse[np.float32] = field(compare=False)
    seen: Sparse[np.float64] = field(compare=False)
    """How likely each node chose each start on the last steps."""
    factor: float = field(compare=False)
    """Of the next step; 0 where nothing more is to be gained."""


@dataclass(frozen=True)
class _Split:
    """A pair was split, with these gains in its two orders; `guess` is what `contested` said."""

    pair: Order
    guess: float
    gains: tuple[float, float]


def ready() -> bool:
    """Whether the tree needs no compilation."""
    return AVAILABLE and all(kept(plain(kernel)) for kernel in (climb, narrow))


def growths(problem: Problem, root: Dual, goal: int, meter: Meter, threads: int) -> Generator[int, int | None, None]:
    """The bound after every leaf, beginning at the prices of `root`; at most the goal.

    Windows of the root's relaxation hold all schedules that cost at most the goal. A lower goal may be sent. Ends
    when the bound is the goal or cannot rise, when the meter is over, or when the leaves take too much memory.
    """
    tree = _Tree(problem, root, goal)
    running: dict[Future[tuple[list[Leaf], _Split | None]], Leaf] = {}
    with ThreadPoolExecutor(threads) as pool:
        while not meter.over and tree.size < MOST_NUMBERS and (running or tree.open):
            while tree.open and len(running) < threads:
                leaf = heapq.heappop(tree.open)
                running[pool.submit(tree.grow, leaf)] = leaf
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                del running[future]
                tree.learn(*future.result())
            bound = ceil(min([tree.goal, *(leaf.bound for leaf in (*tree.open[:1], *running.values()))]))
            lower = yield bound
            tree.goal = tree.goal if lower is None else min(tree.goal, lower)
            if bound >= tree.goal or (tree.open and not running and not tree.open[0].factor):
                return


class _Tree:
    def __init__(self, problem: Problem, root: Dual, goal: int):
        self.goal = goal
        self._pairs = exclusive(problem)
        self._relaxed, self._scale = root.relaxed, root.scale
        self._gains: dict[Order, tuple[float, int]] = {}
        self._guessed = self._gained = 1.0
        nodes = self._relaxed.nodes
        empty = sparse(np.zeros((len(nodes.low), self._relaxed.days + 1)))
        first = Leaf(root.value(), (), nodes.low, nodes.high, sparse(root.pi), sparse(root.y), empty, LONGEST)
        self.open = [self._climbed(self._relaxed, first)]
        self.size = 0

    def grow(self, leaf: Leaf) -> tuple[list[Leaf], _Split | None]:
        """The leaf after more steps, or its children, where they may cost less than the goal."""
        relaxed = self._at(leaf)
        if leaf.factor > SHORTEST:
            return [self._climbed(relaxed, leaf)], None
        for pair, guess in self._ranked(relaxed, leaf):
            one, two = (self._child(relaxed, leaf, order) for order in (pair, pair[::-1]))
            if one is not None and two is not None:
                grown = [self._climbed(*one), self._climbed(*two)]
                return grown, _Split(pair, guess, (grown[0].bound - leaf.bound, grown[1].bound - leaf.bound))
            only = one or two
            if only is None:
                return [], None
            relaxed, leaf = only
        more = leaf.factor > USELESS
        return [self._climbed(relaxed, leaf) if more else replace(leaf, factor=0.0)], None

    def learn(self, leaves: Sequence[Leaf], split: _Split | None) -> None:
        """Keep new leaves, and what a split has gained."""
        for leaf in leaves:
            heapq.heappush(self.open, leaf)
            self.size += len(leaf.y.at)
        if split is not None:
            gain = min(split.gains) + OTHER_GAIN * max(split.gains)
            total, times = self._gains.get(split.pair, (0.0, 0))
            self._gains[split.pair] = total + gain, times + 1
            self._gained += gain
            self._guessed += split.guess

    def _at(self, leaf: Leaf) -> Relaxation:
        """The relaxation of a leaf."""
        relaxed = with_orders(self._relaxed, leaf.orders) if leaf.orders else self._relaxed
        return relaxed.between(leaf.low, leaf.high)

    def _ranked(self, relaxed: Relaxation, leaf: Leaf) -> list[tuple[Order, float]]:
        """The pairs by what splitting them may gain, each with the guess at it."""
        decided = {*leaf.orders, *(order[::-1] for order in leaf.orders)}
        pairs = [pair for pair in self._pairs if pair not in decided]
        guesses = contested(relaxed, leaf.pi.full(), leaf.seen.full(), pairs)
        rate = self._gained / self._guessed

        def expected(pair: Order) -> float:
            total, times = self._gains.get(pair, (0.0, 0))
            return (total + TRUST * rate * guesses[pair]) / (times + TRUST)

        return [(pair, guesses[pair]) for pair in sorted(guesses, key=lambda pair: (-expected(pair), pair))]

    def _child(self, relaxed: Relaxation, leaf: Leaf, order: Order) -> tuple[Relaxation, Leaf] | None:
        """The leaf with one more order, None where no start is left to some activity."""
        narrowed = within(with_orders(relaxed, [order]), self._pairs)
        if narrowed is None:
            return None
        nodes, orders, y = narrowed.nodes, (*leaf.orders, order), sparse(leaf.y.full(1))
        return narrowed, Leaf(leaf.bound, orders, nodes.low, nodes.high, leaf.pi, y, leaf.seen, LONGEST)

    def _climbed(self, relaxed: Relaxation, leaf: Leaf) -> Leaf:
        """The leaf after more steps of its prices; starts that lift its bound above the goal are gone."""
        relaxed = relaxed.between(leaf.low.copy(), leaf.high.copy())
        y, seen = leaf.y.full(), np.zeros((len(leaf.low), relaxed.days + 1))
        dual = Dual(relaxed, leaf.pi.full(), y, np.append(self._scale, np.ones(len(y) - len(self._scale))), True)
        factor = climb(
            relaxed.nodes,
            relaxed.ends,
            relaxed.rows,
            float(relaxed.constant),
            dual.scale,
            dual.slope(seen),
            float(self.goal),
            NEAR * (leaf.bound - self._relaxed.constant),
            leaf.factor,
            COOLING if leaf.orders else ROOT_COOLING,
            STEPS if leaf.orders else ROOT_STEPS,
        )
        value = dual.value()
        dual.value(spare=max(self.goal - value, 0.0))
        often = seen / np.maximum(seen.sum(axis=1, keepdims=True), 1.0)
        return Leaf(
            bound=max(leaf.bound, value),
            orders=leaf.orders,
            low=relaxed.nodes.low,
            high=relaxed.nodes.high,
            pi=sparse(dual.pi),
            y=sparse(dual.y),
            seen=sparse(often),
            factor=factor,
        )
