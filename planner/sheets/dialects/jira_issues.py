"""The issues of an export and their hierarchy: epics above, sub-tasks below; parents are numbers or keys."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from planner.domain.roadmap import id_key
from planner.sheets.dialects.jira_fields import Fields
from planner.sheets.grid import Grid, as_text, is_blank
from planner.sheets.headers import repeats_header
from planner.sheets.table import Value

_EPIC = re.compile(r"epic|initiative|theme|saga|legend", re.IGNORECASE)
_SUBTASK = re.compile(r"sub[ _-]?task|technical task", re.IGNORECASE)


class Level(Enum):
    """Where an issue stands: what is asked for, the work, a part of the work."""

    EPIC = "epic"
    ISSUE = "issue"
    SUBTASK = "sub-task"


@dataclass(frozen=True, slots=True)
class Issue:
    """One row; `parent` and `epic` are what is typed, an issue's id or number."""

    row: int
    cells: Sequence[Value]
    id: str
    level: Level
    parent: str
    epic: str


class Issues:
    """All issues of an export, by key and by number."""

    def __init__(self, grid: Grid, fields: Fields):
        self.all = tuple(_read(grid, fields))
        self._by_name: dict[str, Issue] = {}
        for field in ("number", "key", "external"):  # links and parents that are mere numbers mean these
            for issue in self.all:
                if name := id_key(fields.text(issue.cells, field)):
                    self._by_name.setdefault(name, issue)
        self.parts = self._parts()

    def named(self, text: str) -> Issue | None:
        """The issue of a key or number."""
        return self._by_name.get(id_key(text))

    def whole(self, issue: Issue) -> Issue:
        """The issue that a sub-task is a part of, any other issue itself."""
        seen = {issue.id}
        while issue.level is Level.SUBTASK:
            parent = self.named(issue.parent)
            if parent is None or parent.level is Level.EPIC or parent.id in seen:
                return issue
            seen.add(parent.id)
            issue = parent
        return issue

    def item_of(self, issue: Issue) -> str:
        """The epic that an issue serves: the nearest above it, else what its Epic Link says."""
        seen: set[str] = set()
        while issue.id not in seen:
            seen.add(issue.id)
            above = self.named(issue.parent) or self.named(issue.epic)
            if above is None:
                return issue.epic
            if above.level is Level.EPIC:
                return above.id
            issue = above
        return ""

    def _parts(self) -> Mapping[str, tuple[Issue, ...]]:
        """Id of an issue -> its sub-tasks."""
        parts: dict[str, tuple[Issue, ...]] = {}
        for issue in self.all:
            whole = self.whole(issue)
            if whole is not issue:
                parts[whole.id] = (*parts.get(whole.id, ()), issue)
        return parts


def _read(grid: Grid, fields: Fields) -> Iterator[Issue]:
    first = fields.index + 1
    for number, cells in zip(grid.numbers[first:], grid.rows[first:], strict=True):
        if not all(map(is_blank, cells)) and not repeats_header(cells, grid.rows[fields.index]):
            yield _issue(number, cells, fields)


def _issue(row: int, cells: Sequence[Value], fields: Fields) -> Issue:
    names = (fields.text(cells, field) for field in ("external", "key", "number"))
    kind = fields.text(cells, "type")
    level = Level.EPIC if _EPIC.search(kind) else Level.SUBTASK if _SUBTASK.search(kind) else Level.ISSUE
    parents = [as_text(value) for value in fields.values(cells, "parent")]
    return Issue(
        row=row,
        cells=cells,
        id=next(filter(None, names), ""),
        level=level,
        parent=parents[0] if parents else "",
        epic=fields.text(cells, "epic"),
    )
