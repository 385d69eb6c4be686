"""The S-curve of a forecast: how likely all is done by which day, with the plan's own day and the percentiles."""

from datetime import date, timedelta

from planner.domain.forecast import Forecast
from planner.report.pictures.sheet import FOOT, LANDSCAPE, MARGIN, TOP, Key, finished, sheet
from planner.report.svg import BLUE, GRID, INK, PALE, QUIET, TEXT, VERMILION, Drawing, text_box
from planner.report.time_axis import TimeAxis
from planner.report.wording import day, percent

HEIGHT, SIDE, AXIS = 560.0, 52.0, 34.0
"""Of the sheet; left of the plot for percentages; above it for months."""
MARKS = 0.5, 0.8, 0.9


def forecast_curve_svg(forecast: Forecast, title: str, stamp: str, as_of: date) -> str:
    """The picture; nothing but its heading where there is no end."""
    end = forecast.finish
    if end is None or end.planned is None or not forecast.curve:
        return finished(sheet(LANDSCAPE[0], TOP + FOOT, "Nothing is planned", title), title, stamp)
    says = f"All is done by {day(end.p80, as_of)} with a chance of 80 %, by the plan's {day(end.planned, as_of)} "
    says += f"with one of {percent(end.planned_chance)}"
    drawing = sheet(
        LANDSCAPE[0], HEIGHT, says, f"{title}: share of {forecast.runs:,} simulated courses that are over"
    )
    first, last = min(end.planned, forecast.curve[0].day), max(end.p90, forecast.curve[-1].day)
    margin = timedelta(days=max(2, (last - first).days // 30))
    axis = TimeAxis(first - margin, last + margin, MARGIN + SIDE, drawing.width - MARGIN)
    top, base = TOP + AXIS, HEIGHT - FOOT - 12

    def height(share: float) -> float:
        return base - share * (base - top)

    for tenth in range(0, 11, 2):
        y = height(tenth / 10)
        drawing.line(axis.left, y, axis.right, y, GRID, 0.8)
        drawing.text(axis.left - 8, y + 3, percent(tenth / 10), TEXT, anchor="end", fill=QUIET)
    axis.draw(drawing, top, base)
    _curve(drawing, forecast, axis, top, base)
    for share, when in zip(MARKS, (end.p50, end.p80, end.p90), strict=True):
        x, y = axis.after(when), height(share)
        drawing.line(x, y, x, base, INK, 0.8, "3 2")
        drawing.line(axis.left, y, x, y, INK, 0.8, "3 2")
        drawing.circle(x, y, 3.5, INK)
        label = f"P{share * 100:.0f}  {day(when, as_of)}"
        fits = text_box(x - 8, y - 6, label, TEXT, "end", bold=True).left > axis.left
        drawing.text(x - 8 if fits else x + 8, y - 6, label, TEXT, anchor="end" if fits else "start", bold=True)
    _plan(
        drawing,
        f"the plan  {day(end.planned, as_of)}",
        axis.after(end.planned),
        axis,
        top,
        base,
        end.planned_chance > 0.5,
    )
    legend = [Key("share of the courses that are over", BLUE, "line"), Key("the plan", VERMILION, "line")]
    stopped = f"Stopped after {forecast.runs:,} of {forecast.asked:,} runs." if forecast.interrupted else ""
    return finished(drawing, says, stamp, legend, stopped)


def _curve(drawing: Drawing, forecast: Forecast, axis: TimeAxis, top: float, base: float) -> None:
    """The area under the curve, and the curve."""
    points = [(axis.after(point.day), base - point.share * (base - top)) for point in forecast.curve]
    drawing.polygon([(points[0][0], base), *points, (axis.right, points[-1][1]), (axis.right, base)], PALE)
    drawing.polyline([(axis.left, base), (points[0][0], base), *points, (axis.right, points[-1][1])], BLUE, 2)


def _plan(drawing: Drawing, said: str, x: float, axis: TimeAxis, top: float, base: float, is_likely: bool) -> None:
    """The plan's own day; its name stands where the curve is not."""
    drawing.line(x, top, x, base, VERMILION, 1.6)
    y = base - 8 if is_likely else top + 14
    fits = text_box(x + 6, y, said, TEXT, bold=True).right < axis.right
    drawing.text(
        x + 6 if fits else x - 6, y, said, TEXT, anchor="start" if fits else "end", bold=True, fill=VERMILION
    )
