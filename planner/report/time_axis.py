"""Days on a drawing: where they lie, and the months and weeks that are written above them."""

from dataclasses import dataclass
from datetime import date, timedelta

from planner.report.svg import FAINT, GRID, INK, QUIET, SMALL, TEXT, Drawing
from planner.report.text_width import text_width
from planner.report.wording import MONTHS

LEAST_MONTH, LEAST_WEEK, LEAST_DAY = 26.0, 5.0, 15.0
"""Widths of a step between labelled months, of a week that has a line, and of one whose Monday has its number."""


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Days from `first` to `last`, both included, between `left` and `right`."""

    first: date
    last: date
    left: float
    right: float

    @property
    def per_day(self) -> float:
        """Width of a day."""
        return (self.right - self.left) / ((self.last - self.first).days + 1)

    def at(self, day: date) -> float:
        """Where a day begins, within the ends of the axis."""
        return min(max(self.left + (day - self.first).days * self.per_day, self.left), self.right)

    def after(self, day: date) -> float:
        """Where a day ends."""
        return self.at(day + timedelta(days=1))

    def draw(self, drawing: Drawing, top: float, bottom: float) -> None:
        """Lines from `top` down to `bottom`, months above them and the Mondays' numbers between the two."""
        week = 7 * self.per_day
        monday = self.first + timedelta(days=-self.first.weekday() % 7)
        while week >= LEAST_WEEK and monday <= self.last:
            x = self.at(monday)
            drawing.line(x, top, x, bottom, GRID, 0.6)
            if week >= LEAST_DAY and x + text_width(str(monday.day), SMALL) / 2 < self.right:
                drawing.text(x, top - 4, str(monday.day), SMALL, anchor="middle", fill=QUIET)
            monday += timedelta(weeks=1)
        self._months(drawing, top, bottom, 13.0 if week >= LEAST_DAY else 4.0)

    def _months(self, drawing: Drawing, top: float, bottom: float, above: float) -> None:
        """Months, or quarters, halves and years where they are narrow; the year where it begins."""
        step = next((step for step in (1, 3, 6, 12) if step * 28 * self.per_day >= LEAST_MONTH), 12)
        begins = [self.first, *self._firsts(step)]
        shows_year = True
        for place, begin in enumerate(begins):
            x = self.at(begin)
            end = self.at(begins[place + 1]) if place + 1 < len(begins) else self.right
            if place:
                drawing.line(x, top - above - 8, x, bottom, FAINT, 0.8)
            shows_year = shows_year or begin.month == 1
            for text in self._names(begin, shows_year, step):
                if text_width(text, TEXT, bold=True) <= end - x - 4:
                    drawing.text(x + 3, top - above, text, TEXT, fill=INK, bold=True)
                    shows_year = shows_year and str(begin.year) not in text
                    break
        drawing.line(self.left, top, self.right, top, FAINT)

    def _names(self, begin: date, shows_year: bool, step: int) -> tuple[str, ...]:
        """What may stand at the beginning of a month, the fullest first."""
        month, year = MONTHS[begin.month - 1], str(begin.year)
        if step == 12:
            return (year,)
        return (f"{month} {year}", month) if shows_year else (month,)

    def _firsts(self, step: int) -> list[date]:
        """The firsts of every so many months after the beginning."""
        months = range(self.first.year * 12 + self.first.month, self.last.year * 12 + self.last.month)
        return [date(month // 12, month % 12 + 1, 1) for month in months if month % 12 % step == 0]
