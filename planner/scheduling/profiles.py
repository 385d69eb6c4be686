"""Progress profiles: how fast work goes under given demands, made once for all activities that share it."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from planner.domain.problem import Profile, Resource
from planner.domain.units import MILLI

FINE = 1000
"""Progress is added up in thousandths of a thousandth of a day, so that thirds of a day do not get lost."""


class Profiles:
    """A growing collection of profiles over one horizon; `made` are those asked for so far, by index.

    `calendars` are distinct rows of days (1 open, 0 off), `open_on` the row of each resource.
    """

    def __init__(
        self, calendars: Sequence[Sequence[int]], resources: Sequence[Resource], open_on: Sequence[int]
    ) -> None:
        self._calendars = calendars
        self._resources = resources
        self._least = [
            min((tenths for tenths, day in zip(resource.capacity, calendars[row], strict=True) if day), default=0)
            for resource, row in zip(resources, open_on, strict=True)
        ]
        self._asked: dict[tuple[frozenset[int], frozenset[tuple[int, int]]], int] = {}
        self._index: dict[tuple[int, ...], int] = {}

    @property
    def made(self) -> tuple[Profile, ...]:
        """All profiles, by index."""
        return tuple(map(Profile, self._index))

    def progress(self, calendars: Iterable[int], demands: Iterable[tuple[int, int]] = ()) -> int:
        """Index of the profile of work on the days that all `calendars` are open, under (resource, tenths).

        On a day with less capacity than demanded, the share that is there gets done; the scarcest team counts.
        """
        scarce = frozenset(demand for demand in demands if self._least[demand[0]] < demand[1])
        key = frozenset(calendars), scarce
        if key not in self._asked:
            self._asked[key] = self._index.setdefault(self._cumulative(*key), len(self._index))
        return self._asked[key]

    def _cumulative(self, calendars: frozenset[int], scarce: frozenset[tuple[int, int]]) -> tuple[int, ...]:
        """Cumulated progress in thousandths of a day, horizon + 1 values."""
        full = FINE * MILLI
        shares = [[full * day for day in self._calendars[row]] for row in calendars]
        shares += [
            [full * tenths // wanted for tenths in self._resources[resource].capacity] for resource, wanted in scarce
        ]
        slowest = map(min, zip(*shares, strict=True))
        return tuple(done // FINE for done in accumulate(slowest, initial=0))
