"""Two pictures that stay readable at half the width of a page: items by month of landing, and where the time goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.paper import Picture
from planner.domain.plan import Plan
from planner.domain.units import DAYS_PER_WEEK
from planner.report.svg import BLUE, FAINT, INK, LATE_HATCH, ORANGE, PALE, QUIET, VERMILION, YELLOW, Drawing
from planner.report.wording import MONTHS, number, percent

WIDTH, HEIGHT = 360.0, 176.0
LEFT, RIGHT, TOP, BASE = 8.0, 352.0, 40.0, 138.0
LETTERS, HEAD = 9.5, 11.0
MOST_MONTHS = 14
"""Columns; a longer plan is drawn by quarter."""
WIDEST_BAR = 34.0
AWAY = "#C9C9C9"


@dataclass(frozen=True, slots=True)
class _Column:
    """Landings of a month or quarter: in time, late, without a target."""

    name: str
    in_time: int
    late: int
    free: int

    @property
    def height(self) -> int:
        return self.in_time + self.late + self.free


def landings(plan: Plan) -> Picture:
    """How many items land in each month, or tasks where there are no items; late ones are hatched."""
    ahead = [
        (item.lands, item.days_late, item.target) for item in plan.items if item.lands and item.lands >= plan.as_of
    ]
    noun = "Items" if ahead else "Tasks"
    ends = [(t.launch or t.finish, t.days_late, t.due) for t in plan.tasks if t.sequence and not t.waited_by]
    columns = _columns(plan.as_of, [(day, late, bool(due)) for day, late, due in (ahead or ends)])
    late = sum(column.late for column in columns)
    title = f"{noun} that land, by {'quarter' if columns[0].name.startswith('Q') else 'month'}"
    drawing = Drawing(WIDTH, HEIGHT)
    drawing.text(LEFT, 14, title, HEAD, bold=True)
    _legend(drawing, [("in time", BLUE), (f"late: {late}", LATE_HATCH), ("no target", PALE)])
    most = max(column.height for column in columns) or 1
    wide = (RIGHT - LEFT) / len(columns)
    bar = min(wide * 0.72, WIDEST_BAR)
    drawing.line(LEFT, BASE, RIGHT, BASE, FAINT)
    for place, column in enumerate(columns):
        x, y = LEFT + wide * place, BASE
        for amount, fill in ((column.in_time, BLUE), (column.late, LATE_HATCH), (column.free, PALE)):
            high = (BASE - TOP - 6) * amount / most
            if amount:
                y -= high
                stroke = VERMILION if fill == LATE_HATCH else FAINT
                drawing.rect(x + (wide - bar) / 2, y, bar, high, fill, stroke=stroke, stroke_width=0.7)
        if column.height:
            drawing.text(x + wide / 2, y - 4, str(column.height), LETTERS, anchor="middle", bold=True)
        month, _, year = column.name.partition(" ")
        drawing.text(x + wide / 2, BASE + 13, month, LETTERS, anchor="middle", room=wide)
        drawing.text(x + wide / 2, BASE + 25, year, LETTERS, anchor="middle", fill=QUIET, room=wide + 8)
    said = "; ".join(f"{c.name} {c.height}, {c.late} late" for c in columns if c.height)
    return Picture("landings", drawing.svg(title), f"{title}: {said}")


def _columns(as_of: date, ends: Sequence[tuple[date, int, bool]]) -> list[_Column]:
    """By month from the planning start to the last landing, or by quarter; a year is named where it begins."""
    if not ends:
        return [_Column(MONTHS[as_of.month - 1], 0, 0, 0)]
    first, last = _month(min(as_of, *(day for day, _, _ in ends))), _month(max(day for day, _, _ in ends))
    step = 1 if last - first < MOST_MONTHS else 3
    made: list[_Column] = []
    for begin in range(first - first % step, last + 1, step):
        inside = [(late, due) for day, late, due in ends if begin <= _month(day) < begin + step]
        year, month = divmod(begin, 12)
        name = MONTHS[month] if step == 1 else f"Q{month // 3 + 1}"
        made.append(
            _Column(
                f"{name} {year}" if month == 0 or not made else name,
                sum(not late and due for late, due in inside),
                sum(late > 0 for late, _ in inside),
                sum(not late and not due for late, due in inside),
            )
        )
    return made


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _legend(drawing: Drawing, keys: Sequence[tuple[str, str]]) -> None:
    x = LEFT
    for text, fill in keys:
        drawing.rect(x, 22, 10, 9, fill, stroke=VERMILION if fill == LATE_HATCH else FAINT, stroke_width=0.7)
        x += 14 + drawing.text(x + 14, 30, text, LETTERS) + 12


def capacity(plan: Plan) -> Picture:
    """A waterfall lying down: all time, what is taken from it, what is left for the roadmap, what is planned."""
    fall = plan.waterfall
    steps = (
        ("all time", fall.gross, 0.0, INK),
        ("leave, holidays", fall.leave, fall.gross - fall.leave, AWAY),
        ("on call", fall.on_call, fall.gross - fall.leave - fall.on_call, YELLOW),
        ("operations", fall.operations, fall.net, ORANGE),
        ("for the roadmap", fall.net, 0.0, PALE),
        ("planned", fall.planned, 0.0, BLUE),
    )
    title = "Where the time goes, in engineer-weeks"
    drawing = Drawing(WIDTH, HEIGHT)
    drawing.text(LEFT, 14, title, HEAD, bold=True)
    names, sums, row = 88.0, 92.0, (HEIGHT - 30) / len(steps)
    left, wide = LEFT + names, RIGHT - LEFT - names - sums
    for place, (name, amount, begin, fill) in enumerate(steps):
        y = 26 + row * place
        x = left + (wide * begin / fall.gross if fall.gross else 0.0)
        long = wide * amount / fall.gross if fall.gross else 0.0
        drawing.text(LEFT, y + row / 2 + 3, name, LETTERS, room=names - 4)
        drawing.rect(x, y + 3, max(long, 0.8), row - 8, fill, stroke=FAINT, stroke_width=0.6)
        share = f" ({percent(amount / fall.gross)})" if fall.gross else ""
        drawing.text(RIGHT, y + row / 2 + 3, f"{number(amount / DAYS_PER_WEEK)}{share}", LETTERS, anchor="end")
    said = "; ".join(f"{name} {number(amount / DAYS_PER_WEEK)}" for name, amount, _, _ in steps)
    return Picture("capacity", drawing.svg(title), f"{title}: {said}")
