"""Edits of a workbook that somebody else made, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from planner.domain.cells import Cell

CellValue = str | int | float | bool | date | datetime | None
"""What a cell holds; None clears it."""


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One cell gets a value and keeps its look; rows and columns count from 1."""

    sheet: str
    row: int
    column: int
    value: CellValue


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row behind the last one of the table whose headers stand in `header_row`, dressed like the row before it.

    `values` by 1-based column.
    """

    sheet: str
    header_row: int
    values: Mapping[int, CellValue]


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column right of the table whose headers stand in `header_row`, dressed like its neighbour.

    `values` by 1-based row.
    """

    sheet: str
    header_row: int
    header: str
    values: Mapping[int, CellValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A sheet of ours at the end of the workbook: added where it is missing, replaced as a whole where it is ours.

    `rows` from the first row on, the first of them the header; `widths` in characters by column. A `hidden` one is
    not even offered by Excel ("very hidden").
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    widths: tuple[int, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class HiddenRow:
    """A row that is there is not shown any more; what stands in it stays."""

    sheet: str
    row: int


Edit = CellEdit | NewRow | NewColumn | OwnSheet | HiddenRow


class RefusalKind(StrEnum):
    """Why an edit is not made; the word is what programs read."""

    FORMULA = "formula"
    ARRAY = "array formula"
    MERGED = "inside a merged cell"
    TOTALS = "totals row"
    NO_SHEET = "no such sheet"
    NO_ROOM = "no room"
    FOREIGN_SHEET = "a sheet of this name is not ours"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An edit that was not made: which, and what to do instead."""

    kind: RefusalKind
    message: str
    cell: Cell


@dataclass(frozen=True)
class Patched:
    """A workbook after its edits.

    `touched` are the parts whose bytes changed; every other part is as it was. `placed` says for each edit, by its
    position, the cell (of a new row or column the first) where it went; refused edits are missing.
    """

    content: bytes
    touched: tuple[str, ...]
    placed: Mapping[int, Cell]
    refused: tuple[Refusal, ...] = ()
