"""The plan as an Excel workbook: sequence, teams, items, load, doubts, assumptions and a Gantt chart."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from xlsxwriter.workbook import Workbook

from planner.domain.conflict import Conflict
from planner.domain.plan import Plan, PlannedItem, PlannedTask
from planner.domain.units import DAYS_PER_WEEK
from planner.report.conflicts import ranked
from planner.report.diagnostics import findings
from planner.report.document import Row, document, links_text
from planner.report.wording import day, plain
from planner.report.xlsx_gantt import add_gantt
from planner.report.xlsx_table import LONGEST_TEXT, Field, Kind, Link, Styled, Value, link, styled, write, write_table

CONTENTS = (
    ("Sequence", "every task in the order in which work starts"),
    ("Per team", "the queue of each team: what next, from whom it waits, who waits for it"),
    ("Per item", "what each roadmap item lands on, against its target"),
    ("Conflicts", "what contradicts, what it costs, by when to decide, the way out"),
    ("Load", "how full each team is, week by week"),
    ("Diagnostics", "what is wrong or doubtful in the data, with its cell"),
    ("Assumptions", "values that nobody typed"),
    ("Gantt", "the plan drawn over time"),
)
COMMENT = {"width": 420, "height": 140, "author": "roadmap"}
MOST_REMARKS = 3
"""Conflicts that the comment on a task names: the dearest."""
TEXT_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def plan_xlsx(plan: Plan) -> bytes:
    """The workbook's bytes: the same plan gives the same bytes."""
    stream = io.BytesIO()
    book = Workbook(stream, TEXT_OPTIONS)
    created = datetime.combine(plan.as_of, time())
    book.set_properties({"title": plan.title, "created": created})
    style = styled(book)
    task_rows = {task.id: row for row, task in enumerate(plan.tasks, 1)}
    item_rows = {item.id: row for row, item in enumerate(plan.items, 1)}
    _read_me(style, plan)
    _sequence(style, plan, item_rows)
    _per_team(style, plan, task_rows)
    _per_item(style, plan, task_rows)
    _conflicts(style, plan, task_rows)
    _load(style, plan)
    _diagnostics(style, plan)
    _assumptions(style, plan)
    add_gantt(style, plan, task_rows)
    book.close()
    return stream.getvalue()


def _read_me(style: Styled, plan: Plan) -> None:
    """The screen in short, and where to find what."""
    sheet = style.sheet("Read me", "#1F3864")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 120)
    sheet.fit_to_pages(1, 1)
    content = document(plan)
    write(style, sheet, 0, 0, content.title, "title")
    sheet.set_row(0, 28)
    lines: list[tuple[Value, Value, str]] = [(text, None, "muted") for text in content.lead]
    lines += [(None, None, Kind.TEXT), ("Sheets", None, "heading")]
    lines += [(link(name, name, 0), what, Kind.TEXT) for name, what in CONTENTS]
    for section in content.sections:
        lines += [(None, None, Kind.TEXT), (section.title, None, "heading")]
        lines += [(text, None, Kind.TEXT) for text in section.sentences]
        lines += [_short(row) for row in section.rows if row.rank < section.screen_rows]
    for row, (first, second, name) in enumerate(lines, 1):
        write(style, sheet, row, 0, first, name)
        if name == "heading":
            write(style, sheet, row, 1, None, name)
        elif second is not None:
            write(style, sheet, row, 1, second)


def _short(row: Row) -> tuple[Value, Value, str]:
    """A row of the screen as its first cell and the rest in one."""
    return row.cells[0], "  ·  ".join(filter(None, row.cells[1:])), Kind.TEXT


def _sequence(style: Styled, plan: Plan, item_rows: Mapping[str, int]) -> None:
    fields = (
        Field("Task ID", 13),
        Field("Title", 38, Kind.WRAPPED),
        Field("Sequence", 10, Kind.COUNT),
        Field("Team", 16),
        Field("Further teams", 16),
        Field("Item", 12),
        Field("Start", 12, Kind.DATE),
        Field("Finish", 12, Kind.DATE),
        Field("Launch", 12, Kind.DATE),
        Field("Engineer-weeks", 11, Kind.NUMBER),
        Field("Assumed", 9),
        Field("Engineers", 10, Kind.NUMBER),
        Field("Total float (days)", 10, Kind.COUNT),
        Field("Critical", 9),
        Field("Days late", 8, Kind.COUNT),
        Field("Status", 12),
        Field("Why then", 40, Kind.WRAPPED),
        Field("Waits for", 18, Kind.WRAPPED),
        Field("Who waits", 18, Kind.WRAPPED),
        Field("Cells", 24),
    )
    rows = [_sequence_row(task, item_rows) for task in plan.tasks]
    sheet = style.sheet("Sequence", "#2F75B5")
    write_table(style, sheet, fields, rows, frozen=2)
    remarks = _remarks(plan)
    for row, task in enumerate(plan.tasks, 1):
        if task.id in remarks:
            sheet.write_comment(row, 0, remarks[task.id], COMMENT)


def _remarks(plan: Plan) -> Mapping[str, str]:
    """What contradicts each task, as a comment on its row."""
    found: dict[str, list[str]] = {}
    for conflict in ranked(plan.conflicts):
        for task in conflict.tasks:
            text = plain(f"{conflict.message} {conflict.recommendation} ({conflict.id})")
            found.setdefault(task, []).append(text)
    return {task: "\n\n".join(texts[:MOST_REMARKS])[:LONGEST_TEXT] for task, texts in found.items()}


def _sequence_row(task: PlannedTask, item_rows: Mapping[str, int]) -> tuple[Value, ...]:
    return (
        task.id,
        task.title,
        task.sequence or None,
        task.teams[0] if task.teams else "",
        ", ".join(task.teams[1:]),
        _linked(task.items, "Per item", item_rows),
        task.start,
        task.finish,
        task.launch,
        task.effort / DAYS_PER_WEEK,
        None if task.estimated else "assumed",
        task.engineers,
        task.total_float,
        "critical" if task.critical else None,
        task.days_late or None,
        task.status,
        task.reason.text,
        links_text(task.waits_for),
        links_text(task.waited_by),
        ", ".join(map(str, task.cells)),
    )


def _linked(names: Sequence[str], sheet: str, rows: Mapping[str, int]) -> str | Link:
    """All names in one cell that leads to the row of the first."""
    text = ", ".join(names)
    return link(text, sheet, rows[names[0]]) if names and names[0] in rows else text


def _per_team(style: Styled, plan: Plan, task_rows: Mapping[str, int]) -> None:
    by_id = plan.tasks_by_id()
    fields = (
        Field("Team", 16),
        Field("Queue", 8, Kind.COUNT),
        Field("Task", 13),
        Field("Title", 38, Kind.WRAPPED),
        Field("Start", 12, Kind.DATE),
        Field("Finish", 12, Kind.DATE),
        Field("Launch", 12, Kind.DATE),
        Field("Engineer-weeks", 11, Kind.NUMBER),
        Field("Waits for", 18, Kind.WRAPPED),
        Field("Who waits", 18, Kind.WRAPPED),
        Field("Why then", 40, Kind.WRAPPED),
    )
    rows = [
        (
            team.name,
            task.queue,
            link(task.id, "Sequence", task_rows[task.id]),
            task.title,
            task.start,
            task.finish,
            task.launch,
            task.effort / DAYS_PER_WEEK,
            links_text(task.waits_for),
            links_text(task.waited_by),
            task.reason.text,
        )
        for team in plan.teams
        for task in (by_id[name] for name in team.queue)
    ]
    write_table(style, style.sheet("Per team", "#2F75B5"), fields, rows, frozen=4)


def _per_item(style: Styled, plan: Plan, task_rows: Mapping[str, int]) -> None:
    fields = (
        Field("Item ID", 12),
        Field("Title", 38, Kind.WRAPPED),
        Field("Customer", 16),
        Field("PM", 14),
        Field("Priority", 9),
        Field("Commitment", 12),
        Field("Lands", 12, Kind.DATE),
        Field("Target", 14),
        Field("Days late", 8, Kind.COUNT),
        Field("Engineer-weeks", 11, Kind.NUMBER),
        Field("of it assumed", 11, Kind.NUMBER),
        Field("Last task", 13),
        Field("Teams", 22, Kind.WRAPPED),
        Field("Tasks", 26, Kind.WRAPPED),
        Field("Why then", 40, Kind.WRAPPED),
    )
    rows = [_item_row(item, task_rows) for item in plan.items]
    write_table(style, style.sheet("Per item", "#2F75B5"), fields, rows, frozen=2)


def _item_row(item: PlannedItem, task_rows: Mapping[str, int]) -> tuple[Value, ...]:
    return (
        item.id,
        item.title,
        item.customer,
        item.pm,
        item.priority,
        item.commitment,
        item.lands,
        item.target.text if item.target else "",
        item.days_late or None,
        item.effort / DAYS_PER_WEEK,
        item.assumed_effort / DAYS_PER_WEEK,
        _linked([item.last_task], "Sequence", task_rows),
        ", ".join(item.teams),
        ", ".join(item.tasks),
        item.reason.text if item.reason else "nobody has taken it",
    )


def _conflicts(style: Styled, plan: Plan, task_rows: Mapping[str, int]) -> None:
    fields = (
        Field("Conflict ID", 28, Kind.WRAPPED),
        Field("Family", 13, Kind.WRAPPED),
        Field("Type", 18, Kind.WRAPPED),
        Field("Severity", 9),
        Field("Teams", 14, Kind.WRAPPED),
        Field("Tasks", 13, Kind.WRAPPED),
        Field("What contradicts", 44, Kind.WRAPPED),
        Field("Engineer-weeks at risk", 14, Kind.NUMBER),
        Field("Engineer-weeks avoidable", 14, Kind.NUMBER),
        Field("Decide by", 12, Kind.DATE),
        Field("Recommended", 34, Kind.WRAPPED),
        Field("Ways out", 44, Kind.WRAPPED),
        Field("Dismissed", 10),
        Field("Cells", 20, Kind.WRAPPED),
    )
    rows = [_conflict_row(conflict, task_rows) for conflict in plan.conflicts]
    write_table(style, style.sheet("Conflicts", "#7030A0"), fields, rows)


def _conflict_row(conflict: Conflict, task_rows: Mapping[str, int]) -> tuple[Value, ...]:
    return (
        conflict.id,
        conflict.type.family.value,
        conflict.type.title,
        conflict.type.severity.word,
        ", ".join(conflict.teams),
        _linked(conflict.tasks, "Sequence", task_rows),
        conflict.message,
        conflict.cost / DAYS_PER_WEEK,
        conflict.avoidable / DAYS_PER_WEEK,
        conflict.decide_by,
        conflict.recommendation,
        "; ".join(way.text for way in conflict.resolutions),
        "dismissed" if conflict.dismissed else None,
        ", ".join(map(str, conflict.cells)),
    )


def _load(style: Styled, plan: Plan) -> None:
    """Teams by weeks as a heat map: planned over what there is; blank where a team has nobody."""
    teams = [team for team in plan.teams if team.weeks]
    weeks = sorted({week.week for team in teams for week in team.weeks})
    fields = (
        Field("Team", 18),
        Field("Engineers", 10, Kind.NUMBER),
        Field("Busy", 8, Kind.SHARE),
        *(Field(day(week, date.min), 7, Kind.SHARE) for week in weeks),  # with its year: headers are unique
    )
    rows = []
    for team in teams:
        shares = {week.week: week.share for week in team.weeks if week.capacity}
        rows.append((team.name, team.engineers, team.busy, *(shares.get(week) for week in weeks)))
    sheet = style.sheet("Load", "#548235")
    write_table(style, sheet, fields, rows, frozen=3)
    if rows and weeks:
        scale = {
            "type": "3_color_scale",
            "min_type": "num",
            "mid_type": "num",
            "max_type": "num",
            "min_value": 0,
            "mid_value": 0.8,
            "max_value": 1,
            "min_color": "#FFFFFF",
            "mid_color": "#FFE699",
            "max_color": "#F4833D",
        }
        sheet.conditional_format(1, 3, len(rows), len(fields) - 1, scale)


def _diagnostics(style: Styled, plan: Plan) -> None:
    fields = (
        Field("Severity", 10),
        Field("Kind", 26, Kind.WRAPPED),
        Field("Where", 28, Kind.WRAPPED),
        Field("What", 60, Kind.WRAPPED),
        Field("Suggestion", 32, Kind.WRAPPED),
        Field("Way out", 44, Kind.WRAPPED),
    )
    rows = [
        (
            diagnostic.severity.word,
            finding.rule.title,
            ", ".join(map(str, diagnostic.cells)),
            diagnostic.message,
            diagnostic.suggestion,
            finding.rule.advice,
        )
        for finding in findings(plan.diagnostics)
        for diagnostic in finding.diagnostics
    ]
    write_table(style, style.sheet("Diagnostics", "#BF8F00"), fields, rows)


def _assumptions(style: Styled, plan: Plan) -> None:
    fields = (
        Field("Column", 18),
        Field("Of what", 32),
        Field("Assumed", 32, Kind.WRAPPED),
        Field("Type it here", 30),
    )
    rows = [(a.column, a.subject, a.value, str(a.cell) if a.cell else "") for a in plan.assumptions]
    write_table(style, style.sheet("Assumptions", "#BF8F00"), fields, rows)
