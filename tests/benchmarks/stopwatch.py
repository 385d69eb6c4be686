"""Seconds on the clock and of processor time, children included: the second does not mind who else is at work."""

import resource
import sys
import time
from dataclasses import dataclass

MEBIBYTE = 2**20
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""What `ru_maxrss` counts in, bytes."""


@dataclass(frozen=True)
class Spent:
    """Seconds on the clock, and of all processors."""

    seconds: float
    cpu: float

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.seconds - other.seconds, self.cpu - other.cpu)


class Stopwatch:
    """Runs from its making on."""

    def __init__(self) -> None:
        self._began = _now()

    def spent(self) -> Spent:
        """What has passed since; processes that were waited for count."""
        return _now() - self._began


def _now() -> Spent:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return Spent(time.perf_counter(), sum(one.ru_utime + one.ru_stime for one in used))


def peak_memory(who: int = resource.RUSAGE_SELF) -> float:
    """The most memory that this process, or the largest of its children, has held so far; MiB."""
    return resource.getrusage(who).ru_maxrss * MAXRSS_UNIT / MEBIBYTE
