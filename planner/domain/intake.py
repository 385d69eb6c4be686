"""What became of the files of many on their way into one master: of each row, of each cell, of each id."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.cells import Cell
from planner.domain.conflict import Conflict
from planner.domain.diagnostics import Assumption, Diagnostic, Severity
from planner.domain.edits import CellValue, Refusal


class Outcome(StrEnum):
    """What was done with a row; the word is what programs read."""

    NEW = "new"
    UPDATED = "updated"
    KNOWN = "known"
    CLASH = "clash"


class NamedAfter(StrEnum):
    """What says whose rows they are where no column names a PM; `AUTO`: what looks like a person's name."""

    AUTO = "auto"
    FILE = "file"
    SHEET = "sheet"
    NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Brought:
    """One row of a source: which row of the master it is now, by id, and what was done with it."""

    kind: str
    """The sheet of ours, such as "Tasks"."""
    id: str
    typed: str
    """The id as the source has it; empty where it has none."""
    title: str
    cell: Cell
    """The source's row."""
    outcome: Outcome

    @property
    def is_renamed(self) -> bool:
        """Whether the master calls it by another id than its source."""
        return self.id != self.typed


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell of a known row that says something else than the master: the master's value stays."""

    kind: str
    id: str
    column: str
    ours: CellValue
    theirs: CellValue
    ours_cell: Cell
    theirs_cell: Cell


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """A sheet of a source as it stands: rows of texts by row number, from `first_column` on."""

    file: str
    sheet: str
    first_column: int
    header_row: int
    rows: Mapping[int, tuple[CellValue, ...]]

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.file}!{self.sheet}" if self.sheet else self.file


@dataclass(frozen=True)
class Intake:
    """An import: what came in, what became of it, what is wrong with it, and what somebody has to look at.

    `filled` counts blank cells of the master that got a value; `duplicates` are pairs that read alike.
    """

    master: str
    is_new: bool
    files: tuple[str, ...]
    sheets: tuple[SourceSheet, ...]
    rows: tuple[Brought, ...]
    filled: int
    clashes: tuple[Clash, ...]
    refused: tuple[Refusal, ...]
    duplicates: tuple[Conflict, ...]
    diagnostics: tuple[Diagnostic, ...]
    assumptions: tuple[Assumption, ...]
    next_command: str = ""

    def count(self, outcome: Outcome) -> int:
        """How many rows came to this."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def renamed(self) -> tuple[Brought, ...]:
        """Rows that the master calls by another id."""
        return tuple(row for row in self.rows if row.is_renamed)

    @property
    def is_open(self) -> bool:
        """Whether something is left that only a person can settle."""
        return bool(self.clashes or self.refused)

    @property
    def has_errors(self) -> bool:
        """Whether the data has errors."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)
