"""Csv exports of Jira Cloud and Server, also re-saved ones: epics become items, issues tasks, sub-tasks their parts.

Sub-tasks are folded into their issue: a sequence of half days would be read by nobody, and the estimate of an issue
does not hold those of its sub-tasks. People are not read at all.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.domain.cells import Cell
from planner.domain.diagnostics import Diagnostic, Rule, Severity
from planner.domain.roadmap import Status
from planner.domain.settings import Settings
from planner.sheets import rules
from planner.sheets.dialects.jira_fields import Fields, find_fields
from planner.sheets.dialects.jira_issues import Issue, Issues, Level
from planner.sheets.dialects.jira_links import read_links
from planner.sheets.dialects.jira_rows import Translator
from planner.sheets.dialects.translated import Translated
from planner.sheets.grid import Grid
from planner.sheets.headers import lookup_of
from planner.sheets.table import Row, Table

JIRA = Rule(
    "jira-export",
    Severity.NOTE,
    "an export of Jira is read under assumptions",
    "Where one does not hold, add a column of ours to the file, or say in roadmap.toml how it is read ([[table]]).",
)

ITEM_FIELDS: Mapping[str, str] = {
    "Item ID": "key",
    "Title": "summary",
    "Description": "description",
    "Priority": "priority",
    "Target": "due",
    "Status": "status",
}
TASK_FIELDS: Mapping[str, str] = {
    "Task ID": "key",
    "Title": "summary",
    "Description": "description",
    "Item ID(s)": "parent",
    "Team": "team",
    "Effort": "estimate",
    "Touches": "component",
    "Due": "due",
    "Status": "status",
    "Remaining": "remaining",
    "Actual start": "start",
    "Actual finish": "resolved",
}
"""Our column -> the field that it is read from first."""

INSTEAD: Mapping[str, str] = {
    "key": "number",
    "parent": "epic",
    "team": "project",
    "estimate": "points",
    "due": "version",
    "status": "category",
}
"""Field -> the one that stands for it where there is no such column."""


def read_jira(grid: Grid, settings: Settings) -> Translated | None:
    """The items and tasks of an export; None where the sheet is none."""
    fields = find_fields(grid, lookup_of("Tasks"))
    if fields is None:
        return None
    issues = Issues(grid, fields)
    links = read_links(issues, fields)
    has_teams = "Team" in fields.ours or any(fields.text(issue.cells, "team") for issue in issues.all)
    translator = Translator(fields, issues, links, settings.defaults.story_point, has_teams)
    epics = [issue for issue in issues.all if issue.level is Level.EPIC]
    whole = [issue for issue in issues.all if issue.level is not Level.EPIC and issues.whole(issue) is issue]
    items = _table(grid, fields, "Roadmap", ITEM_FIELDS, [translator.item(issue) for issue in epics])
    tasks = _table(grid, fields, "Tasks", TASK_FIELDS, [translator.task(issue) for issue in whole])
    remarks = _Remarks(grid, translator, whole, settings)
    tables = (items, tasks) if epics else (tasks,)
    return Translated(tables, tuple(remarks.all(len(epics))), _shown(grid, fields))


def _table(grid: Grid, fields: Fields, kind: str, names: Mapping[str, str], rows: Sequence[Row]) -> Table:
    """The rows as a table of ours, each column where its field stands."""
    places = {name: _place(fields, field) for name, field in names.items()}
    places |= {name: offset for name, offset in fields.ours.items() if kind == "Tasks"}
    for link in fields.links if kind == "Tasks" else ():
        places.setdefault("Depends on", link.offset)
    found = {name: offset for name, offset in places.items() if offset >= 0}
    return Table(
        file=grid.file,
        sheet=grid.sheet,
        kind=kind,
        header_row=grid.numbers[fields.index],
        columns={name: grid.first_column + offset for name, offset in found.items()},
        headers={name: fields.header[offset] for name, offset in found.items()},
        rows=tuple(rows),
        uses_1904_dates=grid.uses_1904_dates,
    )


def _place(fields: Fields, field: str) -> int:
    """The column of a field or of the one that stands for it; an id may be ours, which goes first."""
    wanted = (*(("external",) if field == "key" else ()), field, INSTEAD.get(field, field))
    return next((place for name in wanted if (place := fields.place(name)) >= 0), -1)


def _shown(grid: Grid, fields: Fields) -> Grid:
    """The sheet with the columns that are read; people, comments and the rest are blank."""
    kept = fields.read
    rows = [[value if offset in kept else None for offset, value in enumerate(row)] for row in grid.rows]
    return replace(grid, rows=rows)


@dataclass(frozen=True)
class _Remarks:
    """Every assumption about an export in one diagnostic, at the header of the column that it is about."""

    grid: Grid
    translator: Translator
    tasks: Sequence[Issue]
    settings: Settings

    def all(self, epics: int) -> Iterator[Diagnostic]:
        """What is assumed, in the order of the columns."""
        name = self.grid.sheet or self.grid.file
        counts = f"{_count(epics, 'epic')} as items, {_count(len(self.tasks), 'issue')} as tasks"
        yield self._remark(f'"{name}" is an export of Jira: {counts}; people and comments are not read.', "key")
        folded = sum(map(len, self.translator.issues.parts.values()))
        if folded:
            text = "folded into the issue that they are a part of, their estimates added to its own."
            yield self._remark(f"{_count(folded, 'sub-task')}: {text}", "type")
        if not self.translator.has_teams:
            yield self._remark("No issue names a team; its project is taken for one.", "project")
        yield from self._efforts()
        yield from self._links()
        yield from self._fields()

    def _efforts(self) -> Iterator[Diagnostic]:
        if self._having("estimate"):
            yield self._remark("Estimates are seconds of work, 8 hours a day.", "estimate")
        pointed = sum(map(self.translator.has_points_only, self.tasks))
        if pointed:
            point = f"{self.settings.defaults.story_point:g} ED a point (story_point under [defaults])"
            message = f"{_count(pointed, 'issue')} without an estimate: story points are planned as {point}."
            yield replace(self._remark(message, "points"), rule=rules.STORY_POINTS)

    def _links(self) -> Iterator[Diagnostic]:
        unread = self.translator.links.unread
        if unread:
            named = ", ".join(f"{count} {kind}" for kind, count in unread.items())
            text = f"Links that say nothing about an order are not read: {named}."
            yield Diagnostic(JIRA, text, (self._header(self.translator.fields.links[0].offset),))

    def _fields(self) -> Iterator[Diagnostic]:
        """Fields that say less, or other things, than a column of ours."""
        statuses = Counter(map(self.translator.status, self.tasks))
        if statuses[Status.DROPPED]:
            text = f"{_count(statuses[Status.DROPPED], 'issue')} given up, by resolution or status: not planned."
            yield self._remark(text, "resolution")
        if self._having("component"):
            text = "Components are read as Touches with the mode read: Jira does not say what is done to them."
            yield self._remark(text, "component")
        starting = [i for i in self._having("start") if self.translator.status(i) == Status.PLANNED]
        if starting:
            text = (
                f"{_count(len(starting), 'start date')} of work not begun: an earlier plan, no constraint; not read."
            )
            yield self._remark(text, "start")

    def _having(self, field: str) -> list[Issue]:
        return [issue for issue in self.tasks if self.translator.fields.text(issue.cells, field)]

    def _remark(self, message: str, field: str) -> Diagnostic:
        return Diagnostic(JIRA, message, (self._header(_place(self.translator.fields, field)),))

    def _header(self, offset: int) -> Cell:
        column = self.grid.first_column + offset if offset >= 0 else 0
        return Cell(self.grid.file, self.grid.sheet, self.grid.numbers[self.translator.fields.index], column)


def _count(amount: int, noun: str) -> str:
    return f"{amount} {noun}{'' if amount == 1 else 's'}"
