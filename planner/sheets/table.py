"""A recognised table: rows of raw cell values under the names of our columns.

The seam of intake: `sheets.files` finds the tables, `sheets.roadmap` understands their values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from planner.domain.cells import Source
from planner.domain.roadmap import Extra

Value = str | float | int | bool | datetime | date | time | timedelta | None
"""A cell as the reader returns it; csv files have text only. None is a blank cell."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: non-blank values by our column name, and the unknown columns as text."""

    number: int
    """1-based row in the sheet or line in the csv file."""
    values: Mapping[str, Value]
    extra: Extra = ()
    cells: Sequence[Value] = field(default=(), repr=False, compare=False)
    """The row as it stands, from the sheet's `Table.first_column` on: nothing joined, tidied or filled in."""


@dataclass(frozen=True)
class Table:
    """A table that was recognised as one of our sheets (`kind`, e.g. "Tasks")."""

    file: str
    """File name as people know it (no folders unless two inputs share a name)."""
    sheet: str
    """Sheet name, empty for csv."""
    kind: str
    header_row: int
    columns: Mapping[str, int]
    """Our column -> 1-based column in the sheet (the first one, where several feed it)."""
    headers: Mapping[str, str]
    """Our column -> header as typed."""
    rows: tuple[Row, ...]
    unknown: tuple[str, ...] = ()
    """Headers that are none of ours; their values are in `Row.extra`."""
    uses_1904_dates: bool = False
    merged_from: Mapping[tuple[int, str], int] = field(default_factory=dict)
    """(row, our column) -> row of the merged cell's top, where a value was taken from a merged range."""
    first_column: int = 1
    """1-based column of the first of `Row.cells`."""
    feeds: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Our column -> every 1-based column that feeds it."""
    others: tuple[tuple[int, str], ...] = ()
    """(1-based column, header or "column F") of the columns that are none of ours."""
    computed: Mapping[str, int] = field(default_factory=dict)
    """Column that a plan has written -> its 1-based column; its values are in `Row.cells` only."""

    def source(self, row: Row) -> Source:
        """Where a row stands."""
        return Source(self.file, self.sheet, row.number, self.columns)
