"""A Pareto front as SVG: its plans over two axes in engineer-weeks, knee and least cost marked, every mark named."""

from dataclasses import dataclass
from html import escape
from itertools import pairwise

from planner.domain.pareto import FrontPlan, ParetoFront
from planner.domain.units import DAYS_PER_WEEK
from planner.report.pareto import certainty, plans, role
from planner.report.scale import Scale, scale
from planner.report.wording import number, plain

WIDTH, HEIGHT = 760, 480
LEFT, RIGHT, TOP, BOTTOM = 80, 40, 84, 64
"""Pixels of the drawing and of the margins around the plot."""
INK, QUIET, GRID, LINE = "#222222", "#595959", "#E3E3E3", "#0072B2"
LABEL, LETTER, GAP, NEAR = 13, 7, 9, 12
"""Pixels: height of a label, width of a letter, distance from its mark, and the least from the centre of another."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """A scale on pixels from `first` to `last`."""

    scale: Scale
    first: float
    last: float

    def at(self, value: float) -> float:
        """The pixel of a value."""
        low, high = self.scale.low, self.scale.high
        return self.first + (self.last - self.first) * (value - low) / (high - low)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Pixel and text of each tick."""
        return [(self.at(value), f"{value + 0.0:,.{self.scale.digits}f}") for value in self.scale.ticks]


@dataclass(frozen=True, slots=True)
class _Rectangle:
    """What a label or a mark covers, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Rectangle") -> bool:
        """Whether both cover a pixel in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def pareto_svg(front: ParetoFront) -> str:
    """The drawing: x to the right, y upwards, so that better is further down to the left."""
    shown = plans(front)
    across = _Axis(scale([plan.x / DAYS_PER_WEEK for plan in shown]), LEFT, WIDTH - RIGHT)
    upward = _Axis(scale([plan.y / DAYS_PER_WEEK for plan in shown]), HEIGHT - BOTTOM, TOP)
    places = {plan.name: (across.at(plan.x / DAYS_PER_WEEK), upward.at(plan.y / DAYS_PER_WEEK)) for plan in shown}
    title = escape(f"{plain(front.title)}: what less {front.y} costs in {front.x}")
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
            f' viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Helvetica,Arial,sans-serif" font-size="12" fill="{INK}">',
            f"<title>{title}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            f'<text x="20" y="28" font-size="15" font-weight="bold">{title}</text>',
            f'<text x="20" y="48" fill="{QUIET}">{escape(certainty(front))}</text>',
            *_axes(front, across, upward),
            *_steps(front, places),
            *(_mark(front, plan, *places[plan.name]) for plan in shown),
            *_labels(front, shown, places),
            "</svg>\n",
        ]
    )


def _axes(front: ParetoFront, across: _Axis, upward: _Axis) -> list[str]:
    """Grid, ticks and what the axes are."""
    base, middle = HEIGHT - BOTTOM, (TOP + HEIGHT - BOTTOM) / 2
    columns = [
        f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{base}" stroke="{GRID}"/>'
        f'<text x="{x:.1f}" y="{base + 18}" text-anchor="middle">{text}</text>'
        for x, text in across.ticks
    ]
    rows = [
        f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="{GRID}"/>'
        f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{text}</text>'
        for y, text in upward.ticks
    ]
    return [
        *columns,
        *rows,
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.1f}" y="{base + 44}" text-anchor="middle">'
        f"{escape(front.x)}, engineer-weeks</text>",
        f'<text x="22" y="{middle:.1f}" text-anchor="middle" transform="rotate(-90 22 {middle:.1f})">'
        f"{escape(front.y)}, engineer-weeks</text>",
    ]


def _steps(front: ParetoFront, places: dict[str, tuple[float, float]]) -> list[str]:
    """The front as the stairs that it is: between two plans nothing better was found than the lower one's x."""
    corners = [places[point.name] for point in front.points]
    path = [f"{corners[0][0]:.1f},{corners[0][1]:.1f}"]
    for (_, above), (right, below) in pairwise(corners):
        path += [f"{right:.1f},{above:.1f}", f"{right:.1f},{below:.1f}"]
    return [f'<polyline points="{" ".join(path)}" fill="none" stroke="{LINE}" stroke-width="1.5"/>']


def _mark(front: ParetoFront, plan: FrontPlan, x: float, y: float) -> str:
    """A dot, full where it is proven; the knee in a square, the least cost in all in a ring."""
    parts = [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{LINE if plan.proven else "white"}"'
        f' stroke="{LINE}" stroke-width="2"/>'
    ]
    if plan.name == front.knee:
        parts.append(
            f'<rect x="{x - 8:.1f}" y="{y - 8:.1f}" width="16" height="16" fill="none" stroke="{INK}"'
            ' stroke-width="1.5"/>'
        )
    if plan.name == front.best.name:
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="11" fill="none" stroke="{INK}" stroke-width="1.5"/>')
    return "".join(parts)


def _labels(front: ParetoFront, shown: tuple[FrontPlan, ...], places: dict[str, tuple[float, float]]) -> list[str]:
    """A name beside each mark where there is room, those with a role first; a name without room is left out."""
    marks = {name: _Rectangle(x - NEAR, y - NEAR, x + NEAR, y + NEAR) for name, (x, y) in places.items()}
    taken: list[_Rectangle] = []
    drawn = []
    for plan in sorted(shown, key=lambda plan: not role(front, plan)):
        said = role(front, plan)
        text = ": ".join(filter(None, (plan.name, said)))
        if said:
            text += f" ({number(plan.y / DAYS_PER_WEEK)} / {number(plan.x / DAYS_PER_WEEK)})"
        others = [mark for name, mark in marks.items() if name != plan.name]
        place = _room(text, *places[plan.name], [*taken, *others])
        if place is not None:
            taken.append(place)
            weight = ' font-weight="bold"' if said else ""
            drawn.append(f'<text x="{place.left:.1f}" y="{place.bottom - 3:.1f}"{weight}>{escape(text)}</text>')
    return drawn


def _room(text: str, x: float, y: float, taken: list[_Rectangle]) -> _Rectangle | None:
    """The first free place for a label: right above, right below, left above, left below."""
    wide = LETTER * len(text)
    for left in (x + GAP, x - GAP - wide):
        for top in (y - GAP - LABEL, y + GAP):
            place = _Rectangle(left, top, left + wide, top + LABEL)
            inside = left >= LEFT and place.right <= WIDTH and top >= TOP - LABEL and place.bottom <= HEIGHT - BOTTOM
            if inside and not any(place.meets(other) for other in taken):
                return place
    return None
