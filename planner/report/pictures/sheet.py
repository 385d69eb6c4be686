"""The A4 sheet of a picture: a title that states the message, legend and what is left out below, the stamp."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from planner.domain.plan import PlannedTeam
from planner.domain.roadmap import CalendarEvent, EventKind, Roadmap, Team
from planner.domain.scopes import covers, scopes_of
from planner.report.svg import FAINT, HATCH, INK, QUIET, SMALL, TEXT, Drawing
from planner.report.text_width import text_width
from planner.report.time_axis import TimeAxis

LANDSCAPE, PORTRAIT = (1123.0, 794.0), (794.0, 1123.0)
"""A4 in units of 1/96 inch: width, and the most height; a sheet with less on it is less high."""
MARGIN = 28.0
TOP = 66.0
"""Below title and subtitle."""
FOOT = 54.0
"""Kept below for legend, notes and stamp."""
TITLE, SMALL_TITLE, SUBTITLE = 17.0, 13.0, 10.0


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend: a swatch (bar, frame, line, dash, arrow, diamond or tick) and what it means."""

    text: str
    fill: str
    swatch: Literal["bar", "frame", "line", "dash", "arrow", "diamond", "tick"] = "bar"


def sheet(width: float, height: float, title: str, subtitle: str) -> Drawing:
    """An empty sheet with its heading."""
    drawing = Drawing(width, height)
    room = width - 2 * MARGIN
    size = TITLE if text_width(title, TITLE, bold=True) <= room else SMALL_TITLE
    drawing.text(MARGIN, 33, title, size, bold=True, room=room)
    drawing.text(MARGIN, 50, subtitle, SUBTITLE, fill=QUIET, room=room)
    return drawing


def finished(drawing: Drawing, title: str, stamp: str, legend: Sequence[Key] = (), note: str = "") -> str:
    """The sheet as SVG: the legend in a row, below it the note and, in the corner, the stamp."""
    x, y = MARGIN, drawing.height - 32
    for key in legend:
        _swatch(drawing, key, x, y)
        x += 22 + drawing.text(x + 18, y, key.text, TEXT, room=drawing.width - MARGIN - x - 18) + 14
    right, y = drawing.width - MARGIN, drawing.height - 13
    taken = drawing.text(right, y, stamp, SMALL, anchor="end", fill=QUIET, room=(right - MARGIN) * 0.6)
    drawing.text(MARGIN, y, note, SMALL, fill=QUIET, room=right - MARGIN - taken - 12)
    return drawing.svg(title)


def _swatch(drawing: Drawing, key: Key, x: float, y: float) -> None:
    """A sample 13 wide and as high as the text."""
    middle = y - 3.5
    if key.swatch == "line":
        drawing.line(x, middle, x + 13, middle, key.fill, 2)
    elif key.swatch == "dash":
        drawing.line(x, middle, x + 14, middle, key.fill, 1.4, "4 2")
    elif key.swatch == "arrow":
        drawing.arrow((x, middle), (x + 14, middle), key.fill)
    elif key.swatch == "diamond":
        diamond(drawing, x + 6, middle, key.fill)
    elif key.swatch == "tick":
        target(drawing, x + 6, middle - 5, middle + 5)
    elif key.swatch == "frame":
        drawing.rect(x, y - 8, 13, 9, "#FFFFFF", stroke=key.fill, stroke_width=2)
    else:
        drawing.rect(x, y - 8, 13, 9, key.fill, stroke=FAINT, stroke_width=0.6)


def diamond(drawing: Drawing, x: float, y: float, fill: str, tip: str = "") -> None:
    """A launch or a milestone."""
    drawing.polygon([(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)], fill, "#FFFFFF", tip)


def target(drawing: Drawing, x: float, top: float, bottom: float) -> None:
    """A target: a line with a foot and a head."""
    drawing.line(x, top, x, bottom, INK, 1.6)
    for y in (top, bottom):
        drawing.line(x - 3, y, x + 3, y, INK, 1.6)


def everybodys_blocks(roadmap: Roadmap) -> tuple[CalendarEvent, ...]:
    """The blocks in which nobody launches."""
    everybody = frozenset({"all"})
    return tuple(event for event in roadmap.calendar if event.kind is EventKind.BLOCK and covers(event, everybody))


def blocks_of(roadmap: Roadmap, team: PlannedTeam) -> tuple[CalendarEvent, ...]:
    """The blocks in which a team may not launch."""
    scopes = scopes_of([Team(team.name, org=team.org)])
    return tuple(event for event in roadmap.calendar if event.kind is EventKind.BLOCK and covers(event, scopes))


def hatch(drawing: Drawing, axis: TimeAxis, event: CalendarEvent, top: float, height: float) -> None:
    """A block as a hatched band; nothing where it lies beside the axis."""
    x, end = axis.at(event.start), axis.after(event.end)
    if end > x and event.end >= axis.first and event.start <= axis.last:
        drawing.rect(x, top, end - x, height, HATCH, tip=f"{event.name}: no launches")


def today_line(drawing: Drawing, axis: TimeAxis, as_of: date, top: float, bottom: float) -> None:
    """The day from which is planned."""
    x = axis.at(as_of)
    drawing.line(x, top, x, bottom, INK, 1.4, "4 2")
