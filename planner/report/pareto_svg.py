"""A Pareto front as SVG: its plans over two axes in engineer-weeks, knee and least cost marked, every mark named."""

from dataclasses import dataclass
from itertools import pairwise

from planner.domain.pareto import FrontPlan, ParetoFront
from planner.domain.units import DAYS_PER_WEEK
from planner.report.pareto import certainty, plans, role
from planner.report.scale import Scale, scale
from planner.report.svg import BLUE, GRID, INK, QUIET, SMALL, Box, Drawing, free_place, text_box
from planner.report.wording import full_day, number, plain

WIDTH, HEIGHT = 760, 480
LEFT, RIGHT, TOP, BOTTOM = 80, 40, 84, 64
"""Pixels of the drawing and of the margins around the plot."""
SIZE = 11
GAP, NEAR = 9, 12
"""Distance of a label from its mark, and the least from the centre of another."""


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


def pareto_svg(front: ParetoFront) -> str:
    """The drawing: x to the right, y upwards, so that better is further down to the left."""
    shown = plans(front)
    across = _Axis(scale([plan.x / DAYS_PER_WEEK for plan in shown]), LEFT, WIDTH - RIGHT)
    upward = _Axis(scale([plan.y / DAYS_PER_WEEK for plan in shown]), HEIGHT - BOTTOM, TOP)
    places = {plan.name: (across.at(plan.x / DAYS_PER_WEEK), upward.at(plan.y / DAYS_PER_WEEK)) for plan in shown}
    title = f"{front.title}: what less {front.y} costs in {front.x}"
    drawing = Drawing(WIDTH, HEIGHT)
    drawing.text(20, 28, title, 14, bold=True, room=WIDTH - 40)
    drawing.text(20, 48, certainty(front), SIZE, fill=QUIET, room=WIDTH - 40)
    _axes(drawing, front, across, upward)
    _steps(drawing, front, places)
    for plan in shown:
        _mark(drawing, front, plan, *places[plan.name])
    _labels(drawing, front, shown, places)
    drawing.text(WIDTH - 20, HEIGHT - 8, f"as of {full_day(front.as_of)}", SMALL, anchor="end", fill=QUIET)
    return drawing.svg(title)


def _axes(drawing: Drawing, front: ParetoFront, across: _Axis, upward: _Axis) -> None:
    """Grid, ticks and what the axes are."""
    base = HEIGHT - BOTTOM
    for x, text in across.ticks:
        drawing.line(x, TOP, x, base, GRID)
        drawing.text(x, base + 18, text, SIZE, anchor="middle")
    for y, text in upward.ticks:
        drawing.line(LEFT, y, WIDTH - RIGHT, y, GRID)
        drawing.text(LEFT - 8, y + 4, text, SIZE, anchor="end")
    middle = (LEFT + WIDTH - RIGHT) / 2
    drawing.text(middle, base + 44, f"{front.x}, engineer-weeks", SIZE, anchor="middle")
    middle = (TOP + HEIGHT - BOTTOM) / 2
    drawing.text(22, middle, f"{front.y}, engineer-weeks", SIZE, anchor="middle", upward=True)


def _steps(drawing: Drawing, front: ParetoFront, places: dict[str, tuple[float, float]]) -> None:
    """The front as the stairs that it is: between two plans nothing better was found than the lower one's x."""
    corners = [places[point.name] for point in front.points]
    path = corners[:1]
    for (_, above), (right, below) in pairwise(corners):
        path += [(right, above), (right, below)]
    drawing.polyline(path, BLUE)


def _mark(drawing: Drawing, front: ParetoFront, plan: FrontPlan, x: float, y: float) -> None:
    """A dot, full where it is proven; the knee in a square, the least cost in all in a ring."""
    drawing.circle(x, y, 4.5, BLUE if plan.proven else "#FFFFFF", BLUE, 2)
    if plan.name == front.knee:
        drawing.rect(x - 8, y - 8, 16, 16, "none", stroke=INK, stroke_width=1.5)
    if plan.name == front.best.name:
        drawing.circle(x, y, 11, "none", INK, 1.5)


def _labels(
    drawing: Drawing, front: ParetoFront, shown: tuple[FrontPlan, ...], places: dict[str, tuple[float, float]]
) -> None:
    """A name beside each mark where there is room, those with a role first; a name without room is left out."""
    marks = {name: Box(x - NEAR, y - NEAR, x + NEAR, y + NEAR) for name, (x, y) in places.items()}
    inside = Box(LEFT, TOP - NEAR, WIDTH, HEIGHT - BOTTOM)
    taken: list[Box] = []
    for plan in sorted(shown, key=lambda plan: not role(front, plan)):
        said = role(front, plan)
        text = ": ".join(filter(None, (plan.name, said)))
        if said:
            text += f" ({number(plan.y / DAYS_PER_WEEK)} / {number(plan.x / DAYS_PER_WEEK)})"
        others = [mark for name, mark in marks.items() if name != plan.name]
        beside = _beside(plain(text), *places[plan.name], bold=bool(said))
        free = free_place([box for box, _ in beside], [*taken, *others], inside)
        if free is not None:
            taken.append(free)
            drawing.text(free.left, dict(beside)[free], text, SIZE, bold=bool(said))


def _beside(text: str, x: float, y: float, bold: bool) -> list[tuple[Box, float]]:
    """What a label would cover right above, right below, left above, left below of a mark, with its base lines."""
    return [
        (text_box(x + side * GAP, base, text, SIZE, anchor, bold), base)
        for side, anchor in ((1, "start"), (-1, "end"))
        for base in (y - GAP, y + GAP + SIZE * 0.8)
    ]
