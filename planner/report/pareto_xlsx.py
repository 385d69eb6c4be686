"""A Pareto front as an Excel workbook: its plans as a table and a chart, and when every item lands in each."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, time

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook

from planner.domain.pareto import ParetoFront
from planner.domain.roadmap import natural_key
from planner.domain.units import DAYS_PER_WEEK
from planner.report.pareto import certainty, certainty_of, columns, costs, plans, role, sentence
from planner.report.scale import scale
from planner.report.wording import full_day
from planner.report.xlsx import TEXT_OPTIONS
from planner.report.xlsx_table import Field, Kind, Styled, Value, styled, write, write_table

FRONT, ITEMS = "Front", "Items"
CHART = {"x_scale": 1.6, "y_scale": 1.5, "object_position": 3}
Y_COLUMN, X_COLUMN = 1, 2
"""Columns of the table, counted from 0."""
LINE, INK = "#0072B2", "#222222"


def pareto_xlsx(front: ParetoFront) -> bytes:
    """The workbook's bytes: the same front gives the same bytes."""
    stream = io.BytesIO()
    book = Workbook(stream, TEXT_OPTIONS)
    book.set_properties({"title": front.title, "created": datetime.combine(front.as_of, time())})
    style = styled(book)
    _front(style, front)
    _items(style, front)
    book.close()
    return stream.getvalue()


def _front(style: Styled, front: ParetoFront) -> None:
    """The plans, what each costs and gains, and the chart below."""
    sheet = style.sheet(FRONT, "#1F3864")
    named = columns(front)
    fields = (
        Field("Plan", 8),
        *(Field(f"{name.capitalize()} (engineer-weeks)", 19, Kind.NUMBER) for name in (*named, "in all")),
        Field("Finished", 13, Kind.DATE),
        Field("Mark", 18, Kind.WRAPPED),
        Field("Certainty", 22, Kind.WRAPPED),
        Field("What it costs and gains", 70, Kind.WRAPPED),
    )
    rows: list[tuple[Value, ...]] = [
        (
            plan.name,
            *costs(front, plan),
            plan.finish,
            role(front, plan),
            certainty_of(front, plan),
            sentence(front, plan),
        )
        for plan in plans(front)
    ]
    write_table(style, sheet, fields, rows)
    below = len(rows) + 2
    write(style, sheet, below, 0, f"{front.title}, as of {full_day(front.as_of)}. {certainty(front)}", "muted")
    sheet.insert_chart(below + 2, 0, _chart(style, front), CHART)


def _chart(style: Styled, front: ParetoFront) -> Chart:
    """The front as a native scatter chart: x in the third column, y in the second; knee and least cost on top."""
    chart = style.book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    shown = plans(front)
    marker = {"type": "circle", "size": 8, "fill": {"color": LINE}, "border": {"color": LINE}}
    chart.add_series(_series("Plans that nothing dominates", 1, len(front.points), marker, line=True))
    for row, plan in enumerate(shown, 1):
        if role(front, plan):
            kind = "square" if plan.name == front.knee else "diamond"
            mark = {"type": kind, "size": 13, "fill": {"none": True}, "border": {"color": INK, "width": 1.5}}
            chart.add_series(_series(f"{plan.name}: {role(front, plan)}", row, row, mark))
    chart.set_title({"name": f"What less {front.y} costs in {front.x}", "name_font": {"size": 13, "color": INK}})
    chart.set_x_axis(_axis(front.x, [plan.x for plan in shown]))
    chart.set_y_axis(_axis(front.y, [plan.y for plan in shown]))
    chart.set_legend({"position": "bottom"})
    return chart


def _series(name: str, first: int, last: int, marker: Mapping[str, object], line: bool = False) -> dict[str, object]:
    """Rows of the table as x and y of the chart."""
    return {
        "name": name,
        "categories": [FRONT, first, X_COLUMN, last, X_COLUMN],
        "values": [FRONT, first, Y_COLUMN, last, Y_COLUMN],
        "marker": marker,
        "line": {"color": LINE, "width": 1.25} if line else {"none": True},
    }


def _axis(name: str, values: Sequence[float]) -> dict[str, object]:
    """An axis in engineer-weeks on a round scale."""
    found = scale([value / DAYS_PER_WEEK for value in values])
    return {
        "name": f"{name}, engineer-weeks",
        "min": found.low,
        "max": found.high,
        "major_unit": found.step,
        "num_format": f"#,##0{'.' + '0' * found.digits if found.digits else ''}",
        "major_gridlines": {"visible": True, "line": {"color": "#E3E3E3"}},
    }


def _items(style: Styled, front: ParetoFront) -> None:
    """One row an item, one column a plan: the day on which it lands."""
    shown = plans(front)
    fields = (Field("Item", 16), *(Field(f"Plan {plan.name}", 13, Kind.DATE) for plan in shown))
    landings = [{item.item: item.lands for item in plan.items} for plan in shown]
    rows: list[tuple[Value, ...]] = [
        (item, *(landing[item] for landing in landings)) for item in sorted(landings[0], key=natural_key)
    ]
    write_table(style, style.sheet(ITEMS, "#2F75B5"), fields, rows)
