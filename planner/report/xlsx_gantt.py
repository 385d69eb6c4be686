"""The Gantt sheet of plan.xlsx: bars drawn by conditional formats over day or week columns, grouped by team."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from planner.domain.own_sheets import GANTT_SHEET
from planner.domain.plan import Plan, PlannedTask
from planner.domain.roadmap import CalendarEvent, EventKind
from planner.report.wording import MONTHS
from planner.report.xlsx_table import Field, Kind, Link, Styled, link, write

MOST_DAY_COLUMNS = 90
"""A longer plan is drawn in weeks."""
WEEK = timedelta(weeks=1)
FIELDS = (
    Field("Task", 14),
    Field("Title", 34),
    Field("Start", 11, Kind.DATE),
    Field("Finish", 11, Kind.DATE),
    Field("Critical", 8),
)
LEGEND, BLOCKS, MONTH, HEADER, BODY = range(5)
"""Rows of the sheet; the tasks begin at `BODY`."""
NO_TEAM = "Nobody has taken"
LAUNCH = "▲"

Look = Mapping[str, object]
BAR: Look = {"bg_color": "#5B9BD5", "font_color": "#FFFFFF"}
CRITICAL_BAR: Look = {"bg_color": "#C00000", "font_color": "#FFFFFF", "bold": True}
BLOCKED: Look = {"bg_color": "#D9D9D9"}
TODAY: Look = {"bg_color": "#FFF2CC"}


@dataclass(frozen=True)
class Axis:
    """The first days of the columns; each column covers `step`."""

    days: tuple[date, ...]
    step: timedelta

    def covers(self, column: int, first: date, last: date) -> bool:
        """Whether a column holds a day of first..last."""
        return self.days[column] <= last and first < self.days[column] + self.step

    def column_of(self, day: date) -> int | None:
        """The column that holds a day."""
        return next((i for i in range(len(self.days)) if self.covers(i, day, day)), None)


def time_axis(plan: Plan) -> Axis:
    """Working days while they fit, else weeks, from the week of the first start to the last launch."""
    planned = [task for task in plan.tasks if task.sequence]
    first = min((task.start for task in planned), default=plan.as_of)
    last = max((task.launch or task.finish for task in planned), default=plan.as_of)
    monday = first - timedelta(days=first.weekday())
    span = [monday + timedelta(days=k) for k in range((last - monday).days + 1)]
    workdays = [day for day in span if day.weekday() < 5 or any(day in (t.start, t.finish) for t in planned)]
    if len(workdays) <= MOST_DAY_COLUMNS:
        return Axis(tuple(workdays), timedelta(days=1))
    return Axis(tuple(span[::7]), WEEK)


def add_gantt(styled: Styled, plan: Plan, rows: Mapping[str, int], target: str = "Sequence") -> None:
    """Add the sheet; a task's id leads to its row in the sheet `target`."""
    sheet = styled.sheet(GANTT_SHEET, "#C00000")
    axis = time_axis(plan)
    _header(styled, sheet, plan, axis)
    row = BODY
    for team, tasks in _by_team(plan):
        for column in range(len(FIELDS)):
            write(styled, sheet, row, column, f"{team} ({len(tasks)})" if column == 0 else None, "group")
        for k, task in enumerate(tasks, 1):
            _task(styled, sheet, row + k, task, axis, link(task.id, target, rows[task.id]))
        row += 1 + len(tasks)
    if row > BODY:
        _draw(styled, sheet, plan, axis, row - 1)
    sheet.freeze_panes(BODY, 2)
    sheet.repeat_rows(MONTH, HEADER)
    sheet.outline_settings(symbols_below=False)


def _by_team(plan: Plan) -> list[tuple[str, list[PlannedTask]]]:
    """Teams in the plan's order, each with its queue; tasks without a team last."""
    by_id = plan.tasks_by_id()
    groups = [(team.name, [by_id[task] for task in team.queue]) for team in plan.teams if team.queue]
    queued = {task.id for _, tasks in groups for task in tasks}
    rest = [task for task in plan.tasks if task.sequence and task.id not in queued]
    return [*groups, (NO_TEAM, rest)] if rest else groups


def _header(styled: Styled, sheet: Worksheet, plan: Plan, axis: Axis) -> None:
    """Legend, blocks by name, months, then the heading of one column for each day or week."""
    _legend(styled, sheet, columns_each=4 if axis.step == WEEK else 7)
    for column, field in enumerate(FIELDS):
        sheet.set_column(column, column, field.width)
        write(styled, sheet, HEADER, column, field.title, "header")
    weekly = axis.step == WEEK
    sheet.set_column(len(FIELDS), len(FIELDS) + len(axis.days) - 1, 4.3 if weekly else 3)
    centred = styled.book.add_format({"bold": True, "align": "center", "num_format": "d", "bottom": 1})
    month = ""
    for k, day in enumerate(axis.days):
        column = len(FIELDS) + k
        sheet.write_datetime(HEADER, column, day, centred)
        name = f"{MONTHS[day.month - 1]} {day.year}"
        if name != month:
            write(styled, sheet, MONTH, column, name, "muted")
        month = name
    write(styled, sheet, MONTH, 0, "Columns are weeks (their Monday)" if weekly else "Columns are days", "muted")
    _blocks(styled, sheet, plan, axis)


def _legend(styled: Styled, sheet: Worksheet, columns_each: int) -> None:
    sheet.write_string(LEGEND, 0, GANTT_SHEET, styled.formats["title"])
    sheet.set_row(LEGEND, 24)
    marks = (
        ("work", BAR),
        ("critical work", CRITICAL_BAR),
        ("launches blocked", BLOCKED),
        ("as of", TODAY),
    )
    column = len(FIELDS)
    for text, style in marks:
        sheet.merge_range(
            LEGEND,
            column,
            LEGEND,
            column + columns_each - 1,
            text,
            styled.book.add_format({"align": "center", **style}),
        )
        column += columns_each + 1
    sheet.write_string(LEGEND, column, f"{LAUNCH} launch", styled.formats[Kind.TEXT])


def _blocks(styled: Styled, sheet: Worksheet, plan: Plan, axis: Axis) -> None:
    """The names of the launch blocks above the first columns that they touch."""
    names: dict[int, list[str]] = {}
    for event in _launch_blocks(plan):
        touched = (k for k in range(len(axis.days)) if axis.covers(k, event.start, event.end))
        column = next(touched, None)
        if column is not None:
            names.setdefault(column, []).append(event.name)
    write(styled, sheet, BLOCKS, 0, "Launch blocks", "muted")
    for column, events in names.items():
        write(styled, sheet, BLOCKS, len(FIELDS) + column, "; ".join(events), "muted")


def _launch_blocks(plan: Plan) -> list[CalendarEvent]:
    return [event for event in plan.roadmap.calendar if event.kind is EventKind.BLOCK]


def _task(styled: Styled, sheet: Worksheet, row: int, task: PlannedTask, axis: Axis, name: Link) -> None:
    values = (
        name,
        task.title,
        task.start,
        task.finish,
        "critical" if task.critical else None,
    )
    for column, (field, value) in enumerate(zip(FIELDS, values, strict=True)):
        write(styled, sheet, row, column, value, "short date" if field.kind is Kind.DATE else field.kind)
    launched = axis.column_of(task.launch) if task.launch else None
    if launched is not None:
        write(styled, sheet, row, len(FIELDS) + launched, LAUNCH, "mark")
    sheet.set_row(row, None, None, {"level": 1})


def _draw(styled: Styled, sheet: Worksheet, plan: Plan, axis: Axis, last_row: int) -> None:
    """Bars over the dates of columns C and D, then blocked columns, then the column of the planning start."""
    head, row = f"{xl_col_to_name(len(FIELDS))}${HEADER + 1}", BODY + 1
    tail = f"{head}+{axis.step.days - 1}"
    bar = f'AND($C{row}<>"",$C{row}<={tail},$D{row}>={head})'
    rules = [(f'=AND({bar},$E{row}="critical")', CRITICAL_BAR), (f"={bar}", BAR)]
    rules += [(_overlap(head, tail, event.start, event.end), BLOCKED) for event in _launch_blocks(plan)]
    rules.append((_overlap(head, tail, plan.as_of, plan.as_of), TODAY))
    area = (BODY, len(FIELDS), last_row, len(FIELDS) + len(axis.days) - 1)
    for formula, look in rules:
        style = styled.book.add_format(look)
        sheet.conditional_format(
            *area, {"type": "formula", "criteria": formula, "format": style, "stop_if_true": True}
        )


def _overlap(head: str, tail: str, first: date, last: date) -> str:
    """Formula: the column's days head..tail meet first..last."""
    return f"=AND({head}<={_serial(last)},{tail}>={_serial(first)})"


def _serial(day: date) -> int:
    """A day as Excel counts it."""
    return (day - date(1899, 12, 30)).days
