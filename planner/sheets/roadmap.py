"""Tables become a roadmap: ids are given, references resolved, every doubt is said; nothing stops at bad data.

Only rows without any id and title (or without what makes them usable at all) are set aside; nothing can refer
to such a row, so nothing else falls with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from planner.domain.cells import Source
from planner.domain.diagnostics import Assumption, Diagnostic
from planner.domain.roadmap import CalendarEvent, EventKind, Item, Roadmap, TableRead, Team, id_key
from planner.domain.settings import Settings
from planner.sheets import rules
from planner.sheets.identifiers import Place
from planner.sheets.naming import Sheets, name_items_of_tasks, name_rows, name_teams
from planner.sheets.rows.context import Context
from planner.sheets.rows.decisions import read_decision, read_hypothesis
from planner.sheets.rows.events import ScopeNames, read_dismissal, read_event, read_override
from planner.sheets.rows.items import read_asks, read_item
from planner.sheets.rows.reader import Findings, RowReader
from planner.sheets.rows.tasks import read_task
from planner.sheets.rows.teams import read_capacity, read_component, read_team
from planner.sheets.table import Table
from planner.sheets.values import Conventions

T = TypeVar("T")


@dataclass(frozen=True)
class Reading:
    """The roadmap that was understood, what is doubtful about it, and what was assumed while reading."""

    roadmap: Roadmap
    diagnostics: tuple[Diagnostic, ...]
    assumptions: tuple[Assumption, ...]


def build_roadmap(tables: Sequence[Table], settings: Settings, today: date) -> Reading:
    """The roadmap of recognised tables; `today` is the as-of day that dates without a year are counted from."""
    findings = Findings()
    base = Conventions(today, settings.day_first, sizes=settings.defaults.sizes)
    sheets = Sheets(tables, base, findings)
    context = _name_everything(sheets, findings)
    items_of = _items_of_tasks(sheets, context)
    teams = _unique("Team", sheets.rows("Teams"), findings)
    components = _unique("Component", sheets.rows("Components"), findings)
    listed_teams = tuple(read_team(row, context) for row in teams)
    listed_components = tuple(read_component(row, context) for row in components)
    scopes = ScopeNames(context, [team.org for team in listed_teams if team.org], [c.name for c in listed_components])
    events = _kept(read_event(row, scopes) for row in sheets.rows("Calendar"))
    tasks = tuple(
        read_task(row, items, context, today) for row, items in zip(sheets.rows("Tasks"), items_of, strict=True)
    )
    capacity = tuple(change for row in sheets.rows("Capacity") for change in read_capacity(row, context))
    asks = tuple(ask for row in sheets.rows("Asks") for ask in read_asks(row, context))
    event_names = {id_key(event.name): event.name for event in events}
    roadmap = Roadmap(
        items=_items(sheets, context, events),
        tasks=tasks,
        teams=listed_teams + _other_teams(context, listed_teams),
        capacity=capacity,
        asks=asks,
        components=listed_components,
        decisions=tuple(map(read_decision, sheets.rows("Decisions"))),
        hypotheses=tuple(read_hypothesis(row, context) for row in sheets.rows("Hypotheses")),
        calendar=events,
        overrides=_kept(read_override(row, context, event_names) for row in sheets.rows("Overrides")),
        dismissals=_kept(map(read_dismissal, sheets.rows("Dismissed"))),
        tables=tuple(map(_table_read, tables)),
        set_aside=tuple(findings.set_aside),
    )
    context.report_misses()
    findings.report_shared()
    if not tasks:
        _report_nothing(tables, findings)
    return Reading(roadmap, tuple(findings.diagnostics), tuple(findings.assumptions))


def _name_everything(sheets: Sheets, findings: Findings) -> Context:
    """All ids and team names."""
    teams = name_teams(sheets, findings)
    return Context(
        findings,
        teams,
        tasks=name_rows(sheets.rows("Tasks"), "Task ID", "Title", findings, teams),
        items=(
            name_rows(sheets.rows("Roadmap"), "Item ID", "Title", findings)
            if sheets.has("Roadmap")
            else name_items_of_tasks(sheets, findings)
        ),
        decisions=name_rows(sheets.rows("Decisions"), "Decision ID", "Question", findings),
        hypotheses=name_rows(sheets.rows("Hypotheses"), "Hypothesis ID", "Statement", findings),
        titles=_titles(sheets.rows("Tasks")),
    )


def _titles(rows: Sequence[RowReader]) -> Mapping[str, Sequence[tuple[Place, str]]]:
    """Folded title -> (source, id) of the tasks that bear it."""
    titles: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for row in rows:
        titles[id_key(row.text("Title"))].append((row.place, row.subject))
    return titles


def _items_of_tasks(sheets: Sheets, context: Context) -> list[tuple[str, ...]]:
    """The items of each task; the context learns the tasks of each item."""
    rows = sheets.rows("Tasks")
    items_of = [context.references(context.items, row, "Item ID(s)", rules.UNKNOWN_ITEM) for row in rows]
    tasks_of: dict[str, list[str]] = defaultdict(list)
    for row, items in zip(rows, items_of, strict=True):
        for item in items:
            tasks_of[item].append(row.subject)
    context.tasks_of_item = {item: sorted(tasks) for item, tasks in tasks_of.items()}
    return items_of


def _unique(column: str, rows: Sequence[RowReader], findings: Findings) -> list[RowReader]:
    """The first row of each name; a later one is the same thing again and ignored."""
    first: dict[str, RowReader] = {}
    for row in rows:
        key = id_key(row.text(column))
        if key in first:
            text = f'"{row.text(column)}" stands here again; the row is ignored.'
            findings.report(rules.DUPLICATE_ID, text, row.cell(column), first[key].cell(column))
        else:
            first[key] = row
    return list(first.values())


def _kept(entries: Iterable[T | None]) -> tuple[T, ...]:
    """What was not set aside."""
    return tuple(entry for entry in entries if entry is not None)


def _items(sheets: Sheets, context: Context, events: Sequence[CalendarEvent]) -> tuple[Item, ...]:
    """The items of the sheet Roadmap, or those that tasks and asks name where there is none."""
    if sheets.has("Roadmap"):
        releases = {id_key(e.name): (e.start, e.end) for e in events if e.kind is EventKind.RELEASE}
        return tuple(read_item(row, releases) for row in sheets.rows("Roadmap"))
    sources: dict[str, Source] = {}
    for kind, column in (("Tasks", "Item ID(s)"), ("Asks", "Item ID")):
        for row in sheets.rows(kind):
            for item in context.references(context.items, row, column) if row.has(column) else ():
                sources.setdefault(item, row.source)
    return tuple(Item(item, sources[item]) for item in context.items.ids)


def _other_teams(context: Context, listed: Sequence[Team]) -> tuple[Team, ...]:
    """Teams that are on no sheet Teams, by name."""
    known = {team.name for team in listed}
    return tuple(Team(name) for name in sorted(context.named_teams - known))


def _table_read(table: Table) -> TableRead:
    """How a table was read, for the record."""
    return TableRead(
        file=table.file,
        sheet=table.sheet,
        kind=table.kind,
        header_row=table.header_row,
        rows=len(table.rows),
        mapped=tuple((header, column) for column, header in table.headers.items()),
        unknown=table.unknown,
    )


def _report_nothing(tables: Sequence[Table], findings: Findings) -> None:
    """Say that there are only headers, and where."""
    places = [Source(table.file, table.sheet, table.header_row).cell() for table in tables if table.kind == "Tasks"]
    text = (
        "There is no task below the headers; nothing is planned."
        if places
        else "There is no table of tasks; nothing is planned."
    )
    findings.report(rules.NOTHING_TO_PLAN, text, *places)
