"""The kit of our own drawings: elements of SVG with their text escaped, and the boxes that keep labels apart.

Colours are Okabe and Ito's (2008), distinct for colour-blind readers; nothing rests on colour alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from planner.report.text_width import shortened, text_width
from planner.report.wording import plain

FONT = "DejaVu Sans, Verdana, sans-serif"
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
INK, QUIET, FAINT, GRID, GROUND = "#222222", "#595959", "#A6A6A6", "#E3E3E3", "#F6F6F2"
PALE = "#CFE6F5"
"""A light blue that ink can be read on."""

HATCH, LATE_HATCH = "url(#block)", "url(#late)"
"""Fills for what is closed, and for what is past its date."""
PATTERNS = (
    '<defs><pattern id="block" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<line x1="0" y1="0" x2="0" y2="5" stroke="{FAINT}" stroke-width="1.4"/></pattern>'
    '<pattern id="late" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<line x1="0" y1="0" x2="0" y2="4" stroke="{VERMILION}" stroke-width="2"/></pattern></defs>'
)

TEXT = 9.0
"""Size of a label; on A4 paper, where a unit is 1/96 inch, 6.75 points."""
SMALL, SUBHEAD = 8.0, 11.0
BEND = 14.0
"""How far an arrow swings out at least."""
ABOVE, BELOW = 0.78, 0.24
"""How far a line of text reaches above and below its base line, in parts of its size."""

NOT_IN_XML = {0xFFFE: None, 0xFFFF: None}
"""The two characters that are no control characters and that no SVG may hold."""


@dataclass(frozen=True, slots=True)
class Box:
    """What a label or a mark covers."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether both cover a place in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def text_box(x: float, y: float, text: str, size: float, anchor: str = "start", bold: bool = False) -> Box:
    """What a line of text covers whose base line begins, has its middle or ends at (x, y)."""
    wide = text_width(text, size, bold)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return Box(left, y - ABOVE * size, left + wide, y + BELOW * size)


def shown(text: str) -> str:
    """Text of a person as the content of an element: one line, no markup, nothing that XML forbids."""
    return escape(plain(text).translate(NOT_IN_XML))


class Drawing:
    """A drawing of `width` by `height` in the making: elements in the order in which they are painted."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._parts: list[str] = []

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = TEXT,
        *,
        anchor: str = "start",
        fill: str = INK,
        bold: bool = False,
        room: float | None = None,
        upward: bool = False,
    ) -> float:
        """A line of text with its base line at (x, y), cut to `room`; `upward` from below. Returns its width."""
        line = plain(text) if room is None else shortened(text, room, size, bold)
        if not line:
            return 0.0
        looks = f' text-anchor="{anchor}"' if anchor != "start" else ""
        looks += ' font-weight="bold"' if bold else ""
        looks += f' transform="rotate(-90 {x:.1f} {y:.1f})"' if upward else ""
        self._parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{looks}>{shown(line)}</text>'
        )
        return text_width(line, size, bold)

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        stroke: str = "none",
        stroke_width: float = 1.0,
        radius: float = 0.0,
        tip: str = "",
    ) -> None:
        """A rectangle; `tip` is what a mouse over it and a screen reader say."""
        border = f' stroke="{stroke}" stroke-width="{stroke_width:g}"' if stroke != "none" else ""
        border += f' rx="{radius:g}"' if radius else ""
        place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
        self._parts.append(_element("rect", f'{place} fill="{fill}"{border}', tip))

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str = INK, width: float = 1.0, dash: str = ""
    ) -> None:
        """A straight line."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}"'
            f' stroke-width="{width:g}"{dashes}/>'
        )

    def polyline(self, points: Iterable[tuple[float, float]], stroke: str, width: float = 1.5) -> None:
        """Lines from point to point."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._parts.append(f'<polyline points="{path}" fill="none" stroke="{stroke}" stroke-width="{width:g}"/>')

    def polygon(self, points: Iterable[tuple[float, float]], fill: str, stroke: str = "none", tip: str = "") -> None:
        """A filled shape."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._parts.append(_element("polygon", f'points="{path}" fill="{fill}" stroke="{stroke}"', tip))

    def circle(
        self, x: float, y: float, radius: float, fill: str, stroke: str = "none", width: float = 1.0, tip: str = ""
    ) -> None:
        """A circle around (x, y)."""
        looks = f'fill="{fill}" stroke="{stroke}" stroke-width="{width:g}"'
        self._parts.append(_element("circle", f'cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" {looks}', tip))

    def arrow(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        stroke: str,
        width: float = 1.2,
        leaves: Literal[1, -1] = 1,
    ) -> None:
        """A curve that leaves `start` to the right (1) or left (-1) and reaches `end` from the left, with a head."""
        (x1, y1), (x2, y2) = start, end
        bend = max(BEND, abs(x2 - x1) / 2)
        path = f"M{x1:.1f},{y1:.1f} C{x1 + leaves * bend:.1f},{y1:.1f} {x2 - bend:.1f},{y2:.1f} {x2 - 4:.1f},{y2:.1f}"
        self._parts.append(f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{width:g}"/>')
        self.polygon([(x2, y2), (x2 - 6, y2 - 3), (x2 - 6, y2 + 3)], stroke)

    def svg(self, title: str) -> str:
        """The whole as text; `title` is what a screen reader says first."""
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:g}" height="{self.height:g}"'
                f' viewBox="0 0 {self.width:g} {self.height:g}" font-family="{FONT}" role="img">',
                f"<title>{shown(title)}</title>",
                PATTERNS,
                f'<rect width="{self.width:g}" height="{self.height:g}" fill="#FFFFFF"/>',
                *self._parts,
                "</svg>\n",
            ]
        )


def _element(name: str, attributes: str, tip: str) -> str:
    return f"<{name} {attributes}><title>{shown(tip)}</title></{name}>" if tip else f"<{name} {attributes}/>"


def free_place(places: Sequence[Box], taken: Iterable[Box], inside: Box) -> Box | None:
    """The first place that lies inside and covers nothing that is taken; None where there is none."""
    blocked = tuple(taken)
    for place in places:
        fits = (
            place.left >= inside.left
            and place.right <= inside.right
            and place.top >= inside.top
            and place.bottom <= inside.bottom
        )
        if fits and not any(place.meets(other) for other in blocked):
            return place
    return None
