"""What many courses of events have in common: how often something ended on which day, and sums of drivers."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.forecast.model import NONE, Courses, Floats, Integers, Model

Counts = NDArray[np.uint32]

QUANTILES = 0.5, 0.8, 0.9


@dataclass
class Tally:
    """Grows by chunks of runs. Histograms by activity or item and period; what was not built is in none of them."""

    runs: int
    finish: Counts
    lands: Counts
    end: Integers
    """By run."""
    late: Integers
    """By run."""
    critical: NDArray[np.int64]
    critical_items: NDArray[np.int64]
    sums: Floats

    def add(self, found: Courses, machine_code: bool) -> None:
        """Count the courses of one chunk."""
        runs = len(found.end)
        count = _counted(machine_code)
        count(found.finish, self.finish)
        count(found.lands, self.lands)
        self.end[self.runs : self.runs + runs] = found.end
        self.late[self.runs : self.runs + runs] = found.late
        self.critical += found.critical
        self.critical_items += found.critical_items
        self.sums += found.sums
        self.runs += runs


def empty(model: Model, runs: int) -> Tally:
    """A tally with room for so many runs."""
    count, items = len(model.activities.work), len(model.items.sunk)
    drivers = count + len(model.luck.factor_key) + len(model.bets.chance)
    return Tally(
        runs=0,
        finish=np.zeros((count, model.axis + 1), np.uint32),
        lands=np.zeros((items, model.axis + 1), np.uint32),
        end=np.zeros(runs, np.int32),
        late=np.zeros(runs, np.int32),
        critical=np.zeros(count, np.int64),
        critical_items=np.zeros(items, np.int64),
        sums=np.zeros((drivers, 4)),
    )


def _counted(machine_code: bool) -> Callable[[Integers, Counts], None]:
    if machine_code:
        from planner.forecast.events import count

        return count
    return count_plainly


def count_plainly(days: Integers, into: Counts) -> None:
    """Add to the histogram of each column of `days` (runs, columns)."""
    last = into.shape[1] - 1
    for row, column in zip(into, days.T, strict=True):
        row += np.bincount(np.minimum(column[column != NONE], last), minlength=last + 1).astype(np.uint32)


@dataclass(frozen=True)
class Distribution:
    """On which period something ended in how many of `runs`; cumulated, and so a function of the period."""

    below: NDArray[np.int64]
    runs: int

    @property
    def built(self) -> float:
        """Share of the runs in which it ended at all."""
        return float(self.below[-1]) / self.runs

    def quantile(self, share: float) -> int:
        """The first period by which so large a share of the runs in which it was built had it ended."""
        return int(np.searchsorted(self.below, share * self.below[-1] - 1e-9))

    def chance(self, period: int) -> float:
        """Share of all runs in which it ended no later than that."""
        return float(self.below[min(max(period, -1), len(self.below) - 1)]) / self.runs if period >= 0 else 0.0


def distribution(counts: Counts, runs: int) -> Distribution:
    """One row of a tally."""
    return Distribution(np.cumsum(counts, dtype=np.int64), runs)
