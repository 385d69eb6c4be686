"""Shares by hand, and what holds for all of them."""

from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.variance.shapley import PAIRS, shapley

PLAYERS = "abcdefgh"


def game(numbers: dict[str, float]):
    """Worth of a coalition by its players in order; 0 where it is not named."""
    return lambda coalition: np.array([numbers.get("".join(sorted(coalition)), 0.0)])


def test_a_left_glove_and_two_right_ones() -> None:
    """A pair is worth 1: the left glove gets 2/3, each right one 1/6 (Shapley 1953)."""
    shares = shapley("abc", game({"ab": 1, "ac": 1, "abc": 1}))
    assert [float(shares.of[p][0]) for p in "abc"] == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert (shares.orders, shares.standard_error) == (6, 0.0)


def test_two_causes_that_hide_each_other_share_what_both_do() -> None:
    """Each alone moves 5 days, both together 6: 3 each."""
    shares = shapley("ab", game({"a": 5, "b": 5, "ab": 6}))
    assert [float(shares.of[p][0]) for p in "ab"] == [3.0, 3.0]


def test_every_coalition_is_asked_for_once() -> None:
    asked = []

    def value(coalition: frozenset[str]) -> np.ndarray:
        asked.append(coalition)
        return np.zeros(1)

    shapley(PLAYERS[:5], value)
    assert len(asked) == len(set(asked)) == 32


@given(st.dictionaries(st.frozensets(st.sampled_from(PLAYERS), min_size=1), st.integers(-50, 50)), st.booleans())
def test_drawn_shares_add_up_and_give_nothing_to_who_does_nothing(worth: dict, is_exact: bool) -> None:
    """`h` is a player whose presence changes nothing."""
    whole = frozenset(PLAYERS)

    def value(coalition: frozenset[str]) -> np.ndarray:
        known = coalition - {"h"}
        return np.array([float(sum(v for key, v in worth.items() if key - {"h"} <= known and key - {"h"}))])

    shares = shapley(PLAYERS, value, exact_up_to=8 if is_exact else 2)
    assert sum(float(share[0]) for share in shares.of.values()) == pytest.approx(float(value(whole)[0]), abs=1e-9)
    assert float(shares.of["h"][0]) == pytest.approx(0.0, abs=1e-9)
    assert shares.orders == (factorial(8) if is_exact else 2 * PAIRS)


def test_drawn_shares_are_within_four_standard_errors_of_the_exact_ones() -> None:
    rng = np.random.default_rng(7)
    worth = {frozenset(p for k, p in enumerate(PLAYERS) if mask >> k & 1): rng.normal(size=3) for mask in range(256)}
    drawn, exact = shapley(PLAYERS, worth.__getitem__), shapley(PLAYERS, worth.__getitem__, exact_up_to=8)
    assert 0 < drawn.standard_error < 1
    for player in PLAYERS:
        assert np.abs(drawn.of[player] - exact.of[player]).max() <= 4 * drawn.standard_error
