"""What a peer is given besides the project, and what it gives back."""

from dataclasses import dataclass

from tests.benchmarks.stopwatch import Spent


class Unavailable(Exception):
    """The peer is not installed; the message says how to get it."""


@dataclass(frozen=True)
class Limits:
    """Seconds on the clock, for those that take a limit, and workers, for those that can use several."""

    seconds: float
    workers: int


@dataclass(frozen=True)
class Dates:
    """When every task starts and is done (exclusive), in days by position."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """Its dates, None where nothing was found in time, and its bound in the unit of the values, if it has one."""

    dates: Dates | None
    spent: Spent
    bound: float | None = None
