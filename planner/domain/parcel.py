"""What a workbook for one PM or team shows, fully computed: `report.export_xlsx` draws it and computes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from planner.domain.edits import CellValue
from planner.domain.exports import Export, Sent
from planner.domain.plan import Plan

RawValue = CellValue | time | timedelta
"""A cell as a person typed it, in whichever type the spreadsheet program gave it."""


class Shape(StrEnum):
    """How the cells of a column are formatted."""

    TEXT = "text"
    WRAPPED = "wrapped"
    VERBATIM = "verbatim"
    """Stays as typed: the spreadsheet program must not make a date of `2-3-8`."""
    DATE = "date"
    NUMBER = "number"


class Choice(StrEnum):
    """A list in the workbook itself that a drop-down offers."""

    TEAMS = "teams"
    ITEMS = "items"


@dataclass(frozen=True)
class ParcelColumn:
    """A column of "My items" or "My tasks"; `folded`: nobody has filled it, so it is folded away until wanted."""

    header: str
    help: str
    shape: Shape
    width: float
    choices: tuple[str, ...] | Choice = ()
    computed: bool = False
    folded: bool = False


@dataclass(frozen=True)
class ParcelRow:
    """A row as typed, with what is computed behind it; `remarks` are comments by 0-based column."""

    id: str
    cells: tuple[RawValue, ...]
    remarks: Mapping[int, str] = field(default_factory=dict)
    reserved: bool = False


@dataclass(frozen=True)
class ParcelTable:
    """The sheet "My items" (of kind Roadmap) or "My tasks" (of kind Tasks)."""

    kind: str
    columns: tuple[ParcelColumn, ...]
    rows: tuple[ParcelRow, ...]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A row of "Questions for you": `sheet`, `key` and `column` name the cell of the master that the answer fills.

    `kind` says what an answer becomes: "decision", "dismissal" or "fact".
    """

    id: str
    kind: str
    sheet: str
    key: str
    column: str
    wording: str
    why: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is not as the receiver was told last; `before` and `now` are days or words."""

    what: str
    id: str
    title: str
    before: date | str | None
    now: date | str | None
    how: str


@dataclass(frozen=True)
class Parcel:
    """Everything that one receiver gets; `plan` holds only what he may see."""

    export: Export
    plan: Plan
    items: ParcelTable
    tasks: ParcelTable
    questions: tuple[AskedQuestion, ...]
    news: tuple[News, ...]
    last: Sent | None
    """What he was sent last."""
    teams: tuple[str, ...]
    """All teams, for the drop-downs."""
    base: tuple[str, ...]
    """The rows as they go out, one JSON text each, for the very-hidden sheet."""
    fingerprint: str
    """Of the base."""

    @property
    def reserved(self) -> int:
        """Rows of which only team and load are told."""
        return sum(row.reserved for table in (self.items, self.tasks) for row in table.rows)
