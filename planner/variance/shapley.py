"""Shares of a total that causes have together: what each adds, averaged over all orders in which they could come.

The Shapley value (Shapley 1953) is the only way to share that adds up, gives nothing to a cause that changes nothing,
the same to causes that do the same, and does not depend on the order of the causes; Shorrocks (2013) shares out
differences of any quantity with it. With few causes all coalitions are valued; with many, orders are sampled (Castro,
Gomez, Tejada 2009) in antithetic pairs, an order and its reverse (Mitchell, Cooper, Frank, Holmes 2022).
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Player = TypeVar("Player")
Vector = NDArray[np.float64]

EXACT_UP_TO = 6
"""Causes, 64 coalitions."""
PAIRS = 24
"""Orders that are drawn with their reverses, where there are more causes."""


@dataclass(frozen=True)
class Shares(Generic[Player]):
    """For each player what it adds to each of the quantities; they add up to the value of all less that of none.

    `orders` is how many orders stand behind them, all or those drawn; `standard_error` the largest of any share.
    """

    of: dict[Player, Vector]
    orders: int
    standard_error: float


def shapley(
    players: Sequence[Player], value: Callable[[frozenset[Player]], Vector], exact_up_to: int = EXACT_UP_TO
) -> Shares[Player]:
    """The shares of players in a vector of quantities; `value` is asked once for each coalition."""
    known: dict[frozenset[Player], Vector] = {}

    def valued(coalition: frozenset[Player]) -> Vector:
        if coalition not in known:
            known[coalition] = value(coalition)
        return known[coalition]

    if len(players) <= exact_up_to:
        return Shares({player: _exact(player, players, valued) for player in players}, factorial(len(players)), 0.0)
    return _sampled(players, valued)


def _exact(player: Player, players: Sequence[Player], value: Callable[[frozenset[Player]], Vector]) -> Vector:
    """Sum over coalitions S without the player of |S|! (n - |S| - 1)! / n! (v(S + player) - v(S))."""
    n, others = len(players), [other for other in players if other != player]
    total = np.zeros_like(value(frozenset()))
    for size in range(n):
        weight = factorial(size) * factorial(n - size - 1) / factorial(n)
        for chosen in combinations(others, size):
            coalition = frozenset(chosen)
            total = total + weight * (value(coalition | {player}) - value(coalition))
    return total


def _sampled(players: Sequence[Player], value: Callable[[frozenset[Player]], Vector]) -> Shares[Player]:
    """Means over pairs of orders; the standard error is that of the pairs' means, which are independent."""
    rng = random.Random(0)
    drawn: dict[Player, list[Vector]] = {player: [] for player in players}
    for _ in range(PAIRS):
        order = rng.sample(players, len(players))
        forth, back = _along(order, value), _along(order[::-1], value)
        for player in players:
            drawn[player].append((forth[player] + back[player]) / 2)
    errors = (np.std(vectors, axis=0, ddof=1).max(initial=0.0) / PAIRS**0.5 for vectors in drawn.values())
    means = {player: np.mean(vectors, axis=0) for player, vectors in drawn.items()}
    return Shares(means, 2 * PAIRS, float(max(errors)))


def _along(order: Sequence[Player], value: Callable[[frozenset[Player]], Vector]) -> dict[Player, Vector]:
    """What each player adds when they come in this order."""
    coalition: frozenset[Player] = frozenset()
    added = {}
    for player in order:
        with_player = coalition | {player}
        added[player] = value(with_player) - value(coalition)
        coalition = with_player
    return added
