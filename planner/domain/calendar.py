"""The time axis: dates become periods here and nowhere else.

The axis holds the weekdays on which any team works (Monday to Friday unless a country's week differs).
What a single team does not work (public holidays, leave) is capacity, not calendar: see `domain.problem`.

Intervals are half-open: work in `[start, finish)` is printed from `date_of(start)` to
`date_of(finish - 1)`, the last day worked.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.units import Period

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)


@dataclass(frozen=True)
class Calendar:
    """Maps local days to periods; `origin` is any day, period 0 is the first axis day on or after it.

    >>> calendar = Calendar(date(2026, 9, 5))           # a Saturday
    >>> calendar.date_of(Period(0)).isoformat()
    '2026-09-07'
    >>> calendar.on_or_after(date(2026, 9, 13)), calendar.after(date(2026, 9, 11))
    (5, 5)
    >>> calendar.date_of(Period(-1)).isoformat()
    '2026-09-04'
    """

    origin: date
    weekdays: tuple[int, ...] = MONDAY_TO_FRIDAY

    def _count_before(self, day: date) -> int:
        """Axis days before `day`, counted from a fixed Monday long ago."""
        weeks, weekday = divmod(day.toordinal() - 1, 7)  # ordinal 1 is a Monday
        return weeks * len(self.weekdays) + sum(1 for w in self.weekdays if w < weekday)

    def on_or_after(self, day: date) -> Period:
        """First period whose day is `day` or later."""
        return Period(self._count_before(day) - self._count_before(self.origin))

    def after(self, day: date) -> Period:
        """First period strictly after `day`: the exclusive end of an interval whose last day is `day`."""
        return self.on_or_after(day + timedelta(days=1))

    def date_of(self, period: int) -> date:
        """The day of a period; any integer, negative for the past."""
        weeks, index = divmod(period + self._count_before(self.origin), len(self.weekdays))
        return date.fromordinal(weeks * 7 + self.weekdays[index] + 1)

    @property
    def per_week(self) -> int:
        """Periods in a calendar week."""
        return len(self.weekdays)
