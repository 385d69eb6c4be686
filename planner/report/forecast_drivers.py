"""The tornado of a forecast: what decides when all is done, and how late the targets are missed."""

from collections.abc import Sequence

from planner.domain.forecast import Driver, Forecast
from planner.report.forecast import driver_name
from planner.report.pictures.sheet import FOOT, LANDSCAPE, MARGIN, TOP, Key, finished, sheet
from planner.report.svg import BLUE, GRID, INK, ORANGE, QUIET, SUBHEAD, TEXT, Drawing
from planner.report.wording import percent

MOST, ROW, HEAD = 14, 21.0, 30.0
"""Bars of a panel, the height of one, and above them for what they are."""
NAMES, GAP, FIGURES = 236.0, 34.0, 48.0
"""Left of the bars, between the panels, and at both ends of the bars for their figures."""


def forecast_drivers_svg(forecast: Forecast, title: str, stamp: str) -> str:
    """The picture: one panel for the end of everything, one for the targets; the longest bar at the top."""
    panels: list[tuple[str, Sequence[Driver]]] = [
        ("When all is done", forecast.drivers[:MOST]),
        ("How late targets are missed, all items together", forecast.late_drivers[:MOST]),
    ]
    panels = [(name, sorted(own, key=lambda one: -abs(one.days))) for name, own in panels if own]
    says = _title(forecast.drivers)
    rows = max((len(own) for _, own in panels), default=0)
    drawing = sheet(LANDSCAPE[0], TOP + HEAD + ROW * rows + 16 + FOOT, says, f"{title}: {_subtitle(forecast)}")
    wide = (drawing.width - 2 * MARGIN - GAP * (len(panels) - 1)) / max(len(panels), 1)
    for place, (name, own) in enumerate(panels):
        _panel(drawing, name, own, MARGIN + place * (wide + GAP), wide)
    legend = [
        Key("days later where it goes badly", ORANGE),
        Key("days earlier where it goes well", BLUE),
        Key("percentages: share of the variance; those of a team and its tasks overlap", QUIET, "line"),
    ]
    return finished(drawing, says, stamp, legend)


def _title(drivers: Sequence[Driver]) -> str:
    if not drivers:
        return "No single task, team or hypothesis decides when all is done"
    first = drivers[0]
    return f"{driver_name(first)}: {percent(first.share)} of what is uncertain about the end"


def _subtitle(forecast: Forecast) -> str:
    return f"from its mean to its good and its bad tenth, in working days, over {forecast.runs:,} simulated courses"


def _panel(drawing: Drawing, name: str, drivers: Sequence[Driver], left: float, wide: float) -> None:
    drawing.text(left, TOP + 10, name, SUBHEAD, bold=True)
    zero = left + NAMES + (wide - NAMES) / 2
    half = (wide - NAMES) / 2 - FIGURES
    most = max(abs(driver.days) / 2 for driver in drivers)
    top = TOP + HEAD
    for place, driver in enumerate(drivers):
        y = top + ROW * place
        drawing.line(left, y + ROW, left + wide, y + ROW, GRID, 0.6)
        drawing.text(left, y + 14, driver_name(driver), TEXT, room=NAMES - 52)
        drawing.text(left + NAMES - 10, y + 14, percent(driver.share), TEXT, anchor="end", fill=QUIET)
        length = abs(driver.days) / 2 / most * half if most else 0.0
        drawing.rect(zero, y + 4, length, ROW - 8, ORANGE, tip=f"{driver_name(driver)}: {driver.days / 2:+.1f} days")
        drawing.rect(zero - length, y + 4, length, ROW - 8, BLUE)
        drawing.text(zero + length + 5, y + 14, f"{abs(driver.days) / 2:+.1f}", TEXT)
        drawing.text(zero - length - 5, y + 14, f"−{abs(driver.days) / 2:.1f}", TEXT, anchor="end")
    drawing.line(zero, top - 4, zero, top + ROW * len(drivers) + 4, INK, 1.0)
