"""The cost curve of a conflict for the terminal and as SVG: what the cheapest way out costs, by when it is taken."""

from collections.abc import Sequence
from datetime import date, timedelta

from planner.domain.conflict import Conflict, CostPoint
from planner.domain.units import DAYS_PER_WEEK
from planner.report.svg import FAINT, INK, QUIET, SMALL, TEXT, VERMILION, Box, Drawing
from planner.report.wording import day, number, weeks

BAR = 30
"""Characters of the longest bar."""
WIDTH, HEIGHT = 640, 320
BESIDE, ABOVE = 24, 20
"""Half of the room that a figure takes at its point, and how far above the point it ends."""
MARGIN = 26
"""Left and right of the first and the last point, for half of their labels."""


def curve_text(points: Sequence[CostPoint]) -> list[str]:
    """What is thrown away at each point in words; a curve that stays at nothing has no words."""
    rising = any(point.cost for point in points)
    return [f"{_ahead(point)} {weeks(point.cost)}" for point in points if rising]


def curve_bars(points: Sequence[CostPoint], as_of: date) -> list[str]:
    """A bar for each point: when one decides, and what is thrown away by then."""
    most = max((point.cost for point in points), default=0.0)
    labels = [f"{_ahead(point)} ({day(_when(point, as_of), as_of)})" for point in points]
    wide = max(map(len, labels), default=0)
    return [
        f"{label:<{wide}}  {'█' * _length(point.cost, most)}{' ' if point.cost else ''}{weeks(point.cost)}"
        for label, point in zip(labels, points, strict=True)
    ]


def _length(cost: float, most: float) -> int:
    """Characters of a bar: at least one for anything that costs."""
    return max(1, round(BAR * cost / most)) if cost else 0


def curve_svg(conflict: Conflict, as_of: date) -> str:
    """A line over time with its figures written at the points; nothing rests on colour alone."""
    drawing = Drawing(WIDTH, HEIGHT)
    title = f"{conflict.id}: engineer-weeks thrown away, by when it is decided"
    drawing.text(20, 26, title, 13, bold=True, room=WIDTH - 40)
    until = f"decide by {day(conflict.decide_by, as_of)}" if conflict.decide_by else conflict.type.title
    drawing.text(20, 44, until, 11, fill=QUIET, room=WIDTH - 40)
    most = max((point.cost for point in conflict.cost_curve), default=0.0)
    draw_curve(drawing, conflict, as_of, Box(20, 50, WIDTH - 20, HEIGHT - 10), most)
    return drawing.svg(title)


def draw_curve(drawing: Drawing, conflict: Conflict, as_of: date, place: Box, most: float) -> None:
    """The curve in its place: figures at the points, weeks and dates below, a dashed line on the day to decide by.

    The height of the place is `most` ED.
    """
    points = conflict.cost_curve
    last = max((point.weeks for point in points), default=0) or 1
    left, right, top, base = place.left + MARGIN, place.right - MARGIN, place.top + 24, place.bottom - 34
    across, upward = (right - left) / last, (base - top) / (most or 1.0)
    drawing.line(place.left, base, place.right, base, FAINT)
    places = [(left + across * point.weeks, base - upward * point.cost) for point in points]
    ahead = (conflict.decide_by - as_of).days / 7 if conflict.decide_by else -1.0
    if 0 <= ahead <= last:
        due = left + across * ahead
        near = [y - ABOVE for x, y in places if abs(x - due) < BESIDE]  # the line ends above a figure in its way
        drawing.line(due, top - 18, due, max(top, min(near, default=base)), INK, 1.0, "4 2")
    drawing.polyline(places, VERMILION, 2)
    for k, ((x, y), point) in enumerate(zip(places, points, strict=True)):
        drawing.circle(x, y, 3.5, VERMILION)
        rises = k + 1 < len(points) and points[k + 1].cost > point.cost
        anchor = "end" if rises else "middle"  # beside a line that goes up, above any other
        drawing.text(x + 2 * rises, y - 8, number(point.cost / DAYS_PER_WEEK), TEXT, anchor=anchor, bold=True)
        drawing.text(x, base + 14, _ahead(point), SMALL, anchor="middle")
        drawing.text(x, base + 25, day(_when(point, as_of), as_of), SMALL, anchor="middle", fill=QUIET)


def _when(point: CostPoint, as_of: date) -> date:
    return as_of + timedelta(weeks=point.weeks)


def _ahead(point: CostPoint) -> str:
    return f"in {point.weeks} weeks" if point.weeks else "today"
