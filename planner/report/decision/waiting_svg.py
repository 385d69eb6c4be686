"""What waiting costs as a picture: for each option the work thrown away if it is taken on a day."""

from collections.abc import Sequence
from datetime import date
from html import escape

from planner.domain.decision_draft import Draft, Lost
from planner.domain.units import DAYS_PER_WEEK
from planner.report.picture import FONT
from planner.report.scale import Scale, scale
from planner.report.wording import day, number

WIDTH, HEIGHT = 900, 250
LEFT, RIGHT, TOP, BOTTOM = 56, 76, 34, 36
INK, QUIET, GRID = "#222222", "#5f6b76", "#dfe5ea"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
DASHES = ("", "8 4", "2 3", "10 3 2 3", "4 2", "12 4")
"""Lines differ by dash, letter and colour: nothing rests on colour alone."""
LABELS = 6
"""Dates below the axis, about."""
APART = 15
"""Pixels between the letters at the lines' ends."""


def waiting_svg(draft: Draft) -> str:
    """A line an option, its letter at the end, with the day by which to decide; the options need losses."""
    lines = [(chr(ord("A") + k), option.lost) for k, option in enumerate(draft.options) if option.lost]
    days = [point.day for point in lines[0][1]]
    axis = scale([0.0, *(point.effort / DAYS_PER_WEEK for _, lost in lines for point in lost)])
    body = [*_grid(axis), *_dates(days, draft.plan.as_of)]
    ends = _ends([_y(lost[-1], axis) for _, lost in lines])
    for k, (name, lost) in enumerate(lines):
        path = " ".join(f"{_x(point.day, days):.1f},{_y(point, axis):.1f}" for point in lost)
        dash = f' stroke-dasharray="{DASHES[k % len(DASHES)]}"' if DASHES[k % len(DASHES)] else ""
        colour = COLOURS[k % len(COLOURS)]
        body.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"{dash}/>')
        body.append(
            f'<text x="{WIDTH - RIGHT + 8}" y="{ends[k] + 4:.1f}" font-weight="bold" fill="{colour}">'
            f"{name} {number(lost[-1].effort / DAYS_PER_WEEK)}</text>"
        )
    body += _marker(draft.decide_by, days, draft.plan.as_of)
    title = "Engineer-weeks thrown away, by the day of the decision"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
            f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{FONT}, Verdana, sans-serif" font-size="13" fill="{INK}">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            f'<text x="{LEFT - 40}" y="18" font-weight="bold">{escape(title)}</text>',
            *body,
            "</svg>\n",
        ]
    )


def _x(when: date, days: Sequence[date]) -> float:
    whole = max(1, (days[-1] - days[0]).days)
    return LEFT + (WIDTH - LEFT - RIGHT) * (when - days[0]).days / whole


def _y(point: Lost, axis: Scale) -> float:
    return _height(point.effort / DAYS_PER_WEEK, axis)


def _height(value: float, axis: Scale) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - axis.low) / (axis.high - axis.low)


def _grid(axis: Scale) -> list[str]:
    rows = []
    for tick in axis.ticks:
        y = _height(tick, axis)
        rows.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="{GRID}"/>')
        rows.append(
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="{QUIET}">{tick:.{axis.digits}f}</text>'
        )
    return rows


def _dates(days: Sequence[date], today: date) -> list[str]:
    step = max(1, round(len(days) / LABELS))
    return [
        f'<text x="{_x(when, days):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle" fill="{QUIET}">'
        f"{day(when, today)}</text>"
        for when in days[::step]
        if _x(when, days) < WIDTH - RIGHT - 30 or when == days[-1]
    ]


def _marker(until: date | None, days: Sequence[date], today: date) -> list[str]:
    if until is None or not days[0] <= until <= days[-1]:
        return []
    x = _x(until, days)
    anchor, shift = ("end", -6) if x > WIDTH * 0.7 else ("start", 6)
    return [
        f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}" stroke="{INK}" stroke-dasharray="3 3"/>',
        f'<text x="{x + shift:.1f}" y="{TOP + 12}" text-anchor="{anchor}">decide by {day(until, today)}</text>',
    ]


def _ends(heights: Sequence[float]) -> list[float]:
    """Where the letters stand: at their lines' ends, moved up so that none covers another."""
    placed: dict[int, float] = {}
    above = float("inf")
    for k in sorted(range(len(heights)), key=lambda k: (-heights[k], k)):
        above = min(heights[k], above - APART)
        placed[k] = above
    return [placed[k] for k in range(len(heights))]
