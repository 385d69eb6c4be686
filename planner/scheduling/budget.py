"""How long and how a search may work: seconds on a clock, or a fixed amount of work that any machine repeats."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

UNLIMITED_PART = 600.0
"""Seconds for a part of a budget that has no limit."""


def never() -> bool:
    """Nobody has asked to stop."""
    return False


@dataclass(frozen=True)
class Budget:
    """Limits of one search; `stop` is polled and ends it with the best schedule so far.

    With `work` set the clock does not count: one worker, deterministic limits, the same bytes on every
    machine. One unit of work is about a millisecond of a 2020s core: one list schedule of a small plan, or
    a thousandth of a deterministic second of CP-SAT. `workers` 0 means all cores; `time_limit` is seconds,
    None for no limit.
    """

    time_limit: float | None = 20.0
    work: int | None = None
    seed: int = 0
    workers: int = 0
    stop: Callable[[], bool] = never

    @property
    def deterministic(self) -> bool:
        """Whether the result may depend on the input alone."""
        return self.work is not None

    @property
    def threads(self) -> int:
        """Number of workers for CP-SAT; 0 means all cores."""
        return 1 if self.deterministic else self.workers


def no_charge(work: float) -> None:
    """Nobody counts."""


class Meter:
    """What is left of a budget while a search runs: by the clock, or by the work that the search `charge`s."""

    def __init__(self, budget: Budget):
        self._budget = budget
        self._began = time.monotonic()
        self.charged = 0.0

    @property
    def threads(self) -> int:
        """Number of workers that may run at once; 0 means all cores."""
        return self._budget.threads

    def charge(self, work: float) -> None:
        """Count units of work as used."""
        self.charged += work

    @property
    def seconds(self) -> float:
        """Seconds of the clock since the search began."""
        return time.monotonic() - self._began

    @property
    def left(self) -> float:
        """Seconds that are left, under a work limit thousands of units; infinite without a limit."""
        if self._budget.work is not None:
            return max(0.0, (self._budget.work - self.charged) / 1000)
        if self._budget.time_limit is None:
            return float("inf")
        return max(0.0, self._budget.time_limit - self.seconds)

    @property
    def over(self) -> bool:
        """Whether to come to an end: nothing left, or somebody asked."""
        return self.left <= 0 or self._budget.stop()

    def part(self, share: float, at_most: float = UNLIMITED_PART) -> Budget:
        """A budget for a share of what is left, at most so many seconds."""
        seconds = min(share * self.left, at_most)
        if self._budget.work is not None:
            return replace(self._budget, work=int(1000 * seconds))
        return replace(self._budget, time_limit=seconds)


@dataclass(frozen=True)
class Progress:
    """A step of a search: best cost so far (None before the first schedule), bound, seconds since it began."""

    stage: str
    objective: int | None
    bound: int
    seconds: float


def ignore(progress: Progress) -> None:
    """Nobody is watching."""
