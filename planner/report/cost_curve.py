"""The cost curve of a conflict for the terminal and as SVG: what the cheapest way out costs, by when it is taken."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from planner.domain.conflict import Conflict, CostPoint
from planner.domain.units import DAYS_PER_WEEK
from planner.report.wording import day, number, plain, weeks

BAR = 30
"""Characters of the longest bar."""
WIDTH, HEIGHT = 640, 320
LEFT, RIGHT, TOP, BOTTOM = 60, 40, 70, 60
"""Pixels of the drawing and of the margins around the plot."""
INK, QUIET, LINE = "#333333", "#767676", "#D55E00"


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
    points = conflict.cost_curve
    last = max((point.weeks for point in points), default=0) or 1
    most = max((point.cost for point in points), default=0.0) or 1.0
    places = [
        (
            LEFT + (WIDTH - LEFT - RIGHT) * point.weeks / last,
            HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * point.cost / most,
        )
        for point in points
    ]
    base = HEIGHT - BOTTOM
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    marks = [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{LINE}"/>'
        f'<text x="{x:.1f}" y="{y - 10:.1f}" text-anchor="middle">{number(point.cost / DAYS_PER_WEEK)}</text>'
        f'<text x="{x:.1f}" y="{base + 18}" text-anchor="middle">{_ahead(point)}</text>'
        f'<text x="{x:.1f}" y="{base + 34}" text-anchor="middle" fill="{QUIET}">'
        f"{day(_when(point, as_of), as_of)}</text>"
        for (x, y), point in zip(places, points, strict=True)
    ]
    title = escape(f"{conflict.id}: engineer-weeks thrown away, by when it is decided")
    until = escape(
        f"decide by {day(conflict.decide_by, as_of)}" if conflict.decide_by else plain(conflict.type.title)
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
            f' viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Helvetica,Arial,sans-serif" font-size="12" fill="{INK}">',
            f"<title>{title}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            f'<text x="20" y="26" font-size="14" font-weight="bold">{title}</text>',
            f'<text x="20" y="46" fill="{QUIET}">{until}</text>',
            f'<line x1="{LEFT}" y1="{base}" x2="{WIDTH - RIGHT}" y2="{base}" stroke="{QUIET}"/>',
            f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="2"/>',
            *marks,
            "</svg>\n",
        ]
    )


def _when(point: CostPoint, as_of: date) -> date:
    return as_of + timedelta(weeks=point.weeks)


def _ahead(point: CostPoint) -> str:
    return f"in {point.weeks} weeks" if point.weeks else "today"
