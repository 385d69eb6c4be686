"""Gantt by item: the most urgent items, when they are worked on, when they land and what was promised."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from planner.domain.forecast import DateForecast
from planner.domain.plan import Plan, PlannedItem, PlannedTask
from planner.report.document import urgency
from planner.report.pictures.sheet import (
    FOOT,
    LANDSCAPE,
    MARGIN,
    TOP,
    Key,
    diamond,
    everybodys_blocks,
    finished,
    hatch,
    sheet,
    target,
    today_line,
)
from planner.report.svg import (
    BLUE,
    GRID,
    HATCH,
    INK,
    LATE_HATCH,
    PALE,
    QUIET,
    SMALL,
    TEXT,
    VERMILION,
    Drawing,
)
from planner.report.text_width import text_width
from planner.report.time_axis import TimeAxis
from planner.report.wording import count, day, plain

MOST_ROWS = 30
ROW = 20.5
NAMES = 268.0
"""Width of the column of names."""
WORDS = 110.0
"""Kept right of the last day for what is said of a row."""
FURTHER = 0.8
"""The axis goes on to targets that lie behind the last landing by this part of the time until then."""
FOR = " · "
"""Between when something lands and for whom."""
HEAD = 26.0
"""Height of the months."""


@dataclass(frozen=True, slots=True)
class _Row:
    """An item, or a task where there are no items; `pieces` are the days on which it is worked on."""

    id: str
    title: str
    pieces: tuple[tuple[date, date], ...]
    lands: date
    due: date | None
    days_late: int
    said: str
    critical: bool
    forecast: DateForecast | None = field(default=None)

    @property
    def first(self) -> date:
        """The first day worked."""
        return min((start for start, _ in self.pieces), default=self.lands)


def gantt_items(plan: Plan, stamp: str) -> str:
    """The picture; without items the tasks stand in their place."""
    rows, rest, noun = _rows(plan)
    title, subtitle = _heading(plan, noun)
    height = TOP + HEAD + ROW * max(len(rows), 1) + FOOT
    drawing = sheet(LANDSCAPE[0], height, title, subtitle)
    if rows:
        _chart(drawing, plan, rows)
    legend = [Key("worked on", BLUE), Key("waits", PALE), Key("lands", INK, "diamond")]
    legend += [Key("planned from here", INK, "dash")]
    legend += [Key("target", INK, "tick")] if any(row.due for row in rows) else []
    legend += [Key("late", LATE_HATCH)] if any(row.days_late for row in rows) else []
    legend += [Key("nobody launches", HATCH)] if everybodys_blocks(plan.roadmap) else []
    legend += [Key("lands with a chance of 50 to 90 %", INK, "line")] if any(row.forecast for row in rows) else []
    return finished(drawing, title, stamp, legend, rest)


def _heading(plan: Plan, noun: str) -> tuple[str, str]:
    """What the picture says, and of what it is."""
    landing = [item for item in plan.items if item.lands]
    late = sorted((item for item in landing if item.days_late), key=lambda item: (-item.days_late, item.id))
    promised = [item for item in landing if item.target]
    if late:
        worst = f"{late[0].id} by {count(late[0].days_late, 'working day')}"
        miss = "misses" if len(late) == 1 else "miss"
        title = f"{len(late)} of {count(len(promised), 'item')} with a target {miss} it, {worst}"
    elif promised:
        title = f"All {count(len(promised), 'item')} with a target land in time"
    else:
        title = f"The last {noun} is done on {day(plan.finish, plan.as_of)}"
    return title, f"{plan.title}: when the most urgent {noun}s are worked on and when they land"


def _rows(plan: Plan) -> tuple[list[_Row], str, str]:
    """What is drawn in the order in which it lands, a word about the rest, and what it is."""
    landing = [item for item in plan.items if item.lands and item.lands >= plan.as_of]
    if landing:
        chosen = sorted(landing, key=lambda item: (not item.days_late, urgency(item)))[:MOST_ROWS]
        tasks = plan.tasks_by_id()
        forecasts = {one.id: one for one in plan.forecast.items} if plan.forecast else {}
        rows = [_item_row(item, tasks, forecasts, plan.as_of) for item in chosen]
        missing = len(landing) - len(rows)
        noun = "item"
    else:
        planned = [task for task in plan.tasks if task.sequence]
        urgent = sorted(
            planned, key=lambda task: (-task.days_late, not task.on_chain, task.total_float, task.sequence)
        )
        rows = [_task_row(task, plan.as_of) for task in urgent[:MOST_ROWS]]
        missing = len(planned) - len(rows)
        noun = "task"
    rows.sort(key=lambda row: (row.lands, row.first, row.id))
    rest = f"{count(missing, f'less urgent {noun}')} not drawn: see sequence.md." if missing else ""
    if plan.untaken and landing:
        rest = f"{rest} {count(len(plan.untaken), 'item')} without a task.".strip()
    return rows, rest, noun


def _item_row(
    item: PlannedItem, tasks: Mapping[str, PlannedTask], forecasts: Mapping[str, DateForecast], as_of: date
) -> _Row:
    mine = [tasks[name] for name in item.tasks if name in tasks]
    assert item.lands is not None
    who = item.customer or item.pm
    late = f", {count(item.days_late, 'day')} late" if item.days_late else ""
    return _Row(
        item.id,
        item.title,
        tuple((task.start, task.finish) for task in mine if task.working_days),
        item.lands,
        item.target.last if item.target else None,
        item.days_late,
        f"{day(item.lands, as_of)}{late}{f'{FOR}{who}' if who else ''}",
        any(task.on_chain for task in mine),
        forecasts.get(item.id),
    )


def _task_row(task: PlannedTask, as_of: date) -> _Row:
    late = f", {count(task.days_late, 'day')} late" if task.days_late else ""
    said = f"{day(task.finish, as_of)}{late}{f'{FOR}{task.teams[0]}' if task.teams else ''}"
    lands = task.launch or task.finish
    pieces = ((task.start, task.finish),)
    return _Row(task.id, task.title, pieces, lands, task.due, task.days_late, said, task.on_chain)


def _chart(drawing: Drawing, plan: Plan, rows: list[_Row]) -> None:
    first = min(plan.as_of, *(row.first for row in rows))
    end = max([row.lands for row in rows] + [row.forecast.p90 for row in rows if row.forecast])
    far = end + (end - first) * FURTHER
    last = max([end, *(row.due for row in rows if row.due and row.due <= far)])
    axis = TimeAxis(first, last, MARGIN + NAMES, drawing.width - MARGIN - WORDS)
    top, bottom = TOP + HEAD, TOP + HEAD + ROW * len(rows)
    for event in everybodys_blocks(plan.roadmap):
        hatch(drawing, axis, event, top, bottom - top)
    axis.draw(drawing, top, bottom)
    today_line(drawing, axis, plan.as_of, top, bottom)
    for place, row in enumerate(rows):
        _draw_row(drawing, axis, row, top + ROW * place)


def _draw_row(drawing: Drawing, axis: TimeAxis, row: _Row, top: float) -> None:
    """One line: its name, its bar, where it lands against its target, and in words when and for whom."""
    base, middle = top + ROW / 2 + 3, top + ROW / 2
    drawing.line(MARGIN, top + ROW, drawing.width - MARGIN, top + ROW, GRID, 0.6)
    name = drawing.text(MARGIN, base, row.id, TEXT, bold=True, room=NAMES * 0.35)
    drawing.text(MARGIN + name + 6, base, row.title, TEXT, room=NAMES - name - 14)
    start, lands = axis.at(row.first), axis.after(row.lands)
    tip = f"{row.id} {row.title}: {row.said}"
    drawing.rect(start, middle - 4, max(lands - start, 1), 8, PALE, tip=tip)
    if row.days_late and row.due:
        begin = max(axis.after(row.due), start)
        drawing.rect(begin, middle - 4, max(lands - begin, 0), 8, LATE_HATCH)
    for first, last in row.pieces:
        x = axis.at(first)
        drawing.rect(x, middle - 2.5, max(axis.after(last) - x, 1), 5, BLUE)
    end = lands + 5
    if row.forecast:
        early, late = axis.after(row.forecast.p50), axis.after(row.forecast.p90)
        drawing.line(early, middle, late, middle, INK, 1.2)
        for x in (early, late):
            drawing.line(x, middle - 3, x, middle + 3, INK, 1.2)
        end = max(end, late + 2)
    goal = axis.after(row.due) if row.due and axis.first <= row.due <= axis.last else None
    if goal is not None:
        target(drawing, goal, middle - 6, middle + 6)
    diamond(drawing, lands, middle, VERMILION if row.days_late else INK)
    _said(drawing, row, (start, end, goal), base)


def _said(drawing: Drawing, row: _Row, marks: tuple[float, float, float | None], base: float) -> None:
    """The words between the bar and its target, else right of both, else left of both; cut where all is too narrow.

    `marks` are where the bar begins and ends, and the target.
    """
    start, end, goal = marks
    fill = VERMILION if row.days_late else QUIET
    wide = text_width(plain(row.said), SMALL)
    edge = drawing.width - MARGIN
    if goal is not None and goal > end and wide <= goal - end - 8:
        drawing.text(end + 3, base, row.said, SMALL, fill=fill)
        return
    far = goal is not None and goal > end
    words = f"lands {row.said}" if far else row.said  # else the date would seem to be the target's
    after = max(end, goal + 4 if goal is not None else 0.0) + 3
    before = min(start, goal - 4 if goal is not None else start) - 3
    if text_width(plain(words), SMALL) <= edge - after or edge - after >= before - MARGIN - NAMES:
        if text_width(plain(words), SMALL) > edge - after:
            words = words.rsplit(FOR, 1)[0]  # a date without the name rather than half of a name
        drawing.text(after, base, words, SMALL, fill=fill, room=edge - after)
    else:
        drawing.text(before, base, row.said, SMALL, fill=fill, anchor="end", room=before - MARGIN - NAMES - 4)
