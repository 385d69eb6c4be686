"""How numbers are drawn: PERT-beta multiples by table, normal numbers that depend on seed, run and name only.

A draw is a function of its key (the name of what is drawn), the run and the seed, not of the order of draws: threads,
rows of a sheet and further tasks change nothing about it, so that two plans are compared on the same luck.
"""

import hashlib
from collections.abc import Iterable
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from planner.forecast.ranges import Multiples

Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]

PERT_WEIGHT = 4.0
"""Lambda of the PERT distribution: how much the likely value counts (Malcolm et al. 1959)."""

STEPS = 64
"""Steps of a table of multiples for a normal number from -REACH to REACH."""
REACH = 4.0
FINE = 4096
"""Points of the numerical integral of a density."""

CELLS = 1024
"""Steps of the table of the normal quantile over (0, 1); its ends stand for the outer half of a step."""
CELL_BITS = 10
REST_BITS = 32

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
S30, S27, S31 = np.uint64(30), np.uint64(27), np.uint64(31)
"""The finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""


def key(name: str) -> np.uint64:
    """Sixty-four bits that stand for a name, the same on every machine."""
    return np.uint64(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little"))


def keys(names: Iterable[str]) -> Keys:
    """The keys of several names."""
    return np.array([key(name) for name in names], dtype=np.uint64)


def mixed(numbers: Keys) -> Keys:
    """Each number scattered over all 64 bits; `events.mix` is the same in machine code."""
    with np.errstate(over="ignore"):
        numbers = (numbers ^ (numbers >> S30)) * FIRST
        numbers = (numbers ^ (numbers >> S27)) * SECOND
    return numbers ^ (numbers >> S31)


def run_keys(seed: int, first: int, count: int) -> Keys:
    """One key for each of `count` runs from `first` on."""
    with np.errstate(over="ignore"):
        return mixed(np.arange(first + 1, first + count + 1, dtype=np.uint64) * GOLDEN + key(f"seed {seed}"))


def normal_table() -> Floats:
    """Quantiles of the normal distribution at 0, 1/CELLS, ..., 1."""
    normal = NormalDist()
    inner = [normal.inv_cdf(k / CELLS) for k in range(1, CELLS)]
    end = normal.inv_cdf(0.5 / CELLS / 2)
    return np.array([end, *inner, -end])


def multiple_table(points: Multiples) -> Floats:
    """Multiples at normal numbers -REACH, ..., REACH: the quantile of the PERT-beta at their probability.

    The beta distribution on [low, high] with alpha = 1 + lambda (likely - low) / (high - low) and beta likewise.
    """
    width = points.high - points.low
    if width <= 0:
        return np.full(STEPS + 1, points.likely)
    alpha = PERT_WEIGHT * (points.likely - points.low) / width
    beta = PERT_WEIGHT * (points.high - points.likely) / width
    edges = np.linspace(0.0, 1.0, FINE + 1)
    middle = (edges[1:] + edges[:-1]) / 2
    mass = middle**alpha * (1 - middle) ** beta
    below = np.concatenate(([0.0], np.cumsum(mass) / mass.sum()))
    normal = NormalDist()
    wanted = [normal.cdf(-REACH + 2 * REACH * k / STEPS) for k in range(STEPS + 1)]
    return np.asarray(points.low + width * np.interp(wanted, below, edges))
