"""A recognised table as the merge sees it: rows by column, and where each column stands in the sheet."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from planner.domain.cells import Cell
from planner.domain.edits import CellValue
from planner.domain.merging import RESERVED
from planner.domain.roadmap import Roadmap, id_key
from planner.sheets.columns import Column, columns_of
from planner.sheets.fill import DITTO_MARKS
from planner.sheets.grid import as_text, is_blank
from planner.sheets.naming import ID_AND_NAME
from planner.sheets.rows.reader import column_conventions
from planner.sheets.table import Row, Table, Value
from planner.sheets.values import Conventions, text_of
from planner.sheets.write import NOUNS

KEYS: Mapping[str, tuple[str, ...]] = {
    "Capacity": ("Team",),
    "Asks": ("Item ID", "Team"),
    "Overrides": ("Task ID", "Block"),
    "Calendar": ("Name",),
}
"""Sheets without an id of their own: what tells their rows apart, if not alone."""

_RESERVED = re.compile(rf"{RESERVED}\W*\d*", re.IGNORECASE)

RowPlace = tuple[str, int]
"""(sheet, row) of a row in its file."""


@dataclass(frozen=True)
class GridColumn:
    """One column, as typed and as compared; `key` is the same in every file.

    `column` is that of `columns.csv`; None for a column of somebody else's, which is text. `places` are the 1-based
    columns that feed it, none where another table does.
    """

    key: str
    header: str
    places: tuple[int, ...]
    conventions: Conventions
    column: Column | None = None
    is_computed: bool = False

    @property
    def name(self) -> str:
        """What people call it."""
        return self.column.name if self.column else self.header

    @property
    def is_required(self) -> bool:
        """Whether a row must have a value in it."""
        return self.column is not None and self.column.required


@dataclass(frozen=True, eq=False)
class GridRow:
    """One row: `typed` is its id as typed, `id` the one it goes by (made up where it is blank or repeated).

    `values` by column key, without blank ones; `filled` are columns whose value was taken from a cell above, by a
    merged cell or a ditto mark. Where a column is typed once per group the cell counts as blank, and `grouped` has
    the value: people sort. `cells` are those of the columns that several feed, by their 1-based column.
    """

    number: int
    typed: str
    id: str
    values: Mapping[str, CellValue]
    filled: frozenset[str] = frozenset()
    grouped: Mapping[str, CellValue] = field(default_factory=dict)
    cells: Mapping[int, CellValue] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class SheetGrid:
    """One table of a file."""

    file: str
    sheet: str
    kind: str
    header_row: int
    columns: Mapping[str, GridColumn]
    rows: tuple[GridRow, ...]
    formulas: frozenset[tuple[int, int]] = frozenset()
    """(row, column) of the cells that hold a formula."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that tell rows apart."""
        return KEYS.get(self.kind, (columns_of(self.kind)[0].name,))

    @property
    def has_ids(self) -> bool:
        """Whether every row has an id of its own."""
        return self.kind not in KEYS

    def cell(self, row: GridRow | None, key: str = "") -> Cell:
        """Where a value stands: the first cell that feeds the column; the row, or the header's row, without one."""
        column = self.columns.get(key)
        place = column.places[0] if column and column.places else 0
        return Cell(self.file, self.sheet, row.number if row else self.header_row, place)

    def holds_formula(self, row: GridRow, key: str) -> bool:
        """Whether a formula gives the value."""
        return any((row.number, place) in self.formulas for place in self.columns[key].places)

    @cached_property
    def _rows_below(self) -> Mapping[int, GridRow]:
        """Row number -> the row under it."""
        return {upper.number: lower for upper, lower in zip(self.rows, self.rows[1:], strict=False)}

    def is_shared(self, row: GridRow, key: str) -> bool:
        """Whether the cell and the one above or below it are one value to the reader."""
        below = self._rows_below.get(row.number)
        return key in row.filled or (below is not None and key in below.filled)


@dataclass(frozen=True, eq=False)
class Located:
    """A row with the table that it stands in."""

    grid: SheetGrid
    row: GridRow

    def value(self, key: str) -> CellValue:
        """The value under a column, None where there is no such column."""
        return self.row.values.get(key)

    def meant(self, key: str) -> CellValue:
        """The value that a plan finds there, also where it is typed once for a group of rows."""
        return self.row.grouped.get(key, self.value(key))

    def cell(self, key: str = "") -> Cell:
        """Where it stands."""
        return self.grid.cell(self.row, key)

    @property
    def name(self) -> str:
        """What the row says it is: the title, else its id."""
        names = ID_AND_NAME.get(self.grid.kind, ())
        return next((text for name in names[1:] if (text := text_of(self.row.values.get(name)))), self.row.id)

    @property
    def is_reserved(self) -> bool:
        """Whether the row stands for one that its reader may not see."""
        return any(_RESERVED.fullmatch(text) for text in (self.row.typed, self.name))


def rows_of(grids: Sequence[SheetGrid]) -> list[Located]:
    """The rows of all tables, in their order."""
    return [Located(grid, row) for grid in grids for row in grid.rows]


def our_column(grid: SheetGrid, name: str) -> GridColumn | None:
    """A column of ours in a table, also one that it could have: without a place; None where there is none such."""
    if name in grid.columns:
        return grid.columns[name]
    conventions = next(iter(grid.columns.values())).conventions
    found = (column for column in columns_of(grid.kind) if column.name == name)
    return next((GridColumn(name, name, (), conventions, column) for column in found), None)


def sheet_grids(
    tables: Sequence[Table],
    conventions: Conventions,
    ids: Mapping[RowPlace, str] | None = None,
    formulas: frozenset[Cell] = frozenset(),
) -> tuple[SheetGrid, ...]:
    """The tables of one file for the merge.

    Parameters
    ----------
    tables
        What `sheets.files.read_tables` found in the file.
    conventions
        How cells are read where they alone do not tell.
    ids
        The ids under which rows were sent out, where they may differ from what was typed: `ids_of` the roadmap.
    formulas
        The cells that hold a formula; the reader of values does not say.
    """
    found = {cell.sheet: set[tuple[int, int]]() for cell in formulas}
    for cell in formulas:
        found[cell.sheet].add((cell.row, cell.column))
    return tuple(_grid(table, conventions, ids or {}, frozenset(found.get(table.sheet, ()))) for table in tables)


def ids_of(roadmap: Roadmap) -> Mapping[RowPlace, str]:
    """(sheet, row) -> the id that the row goes by in a plan and in what is sent out."""
    nouns = (noun for kind in ID_AND_NAME for noun in getattr(roadmap, NOUNS[kind]))
    return {
        (noun.source.sheet, noun.source.row): getattr(noun, "id", "") or noun.name for noun in nouns if noun.source
    }


def _grid(
    table: Table, base: Conventions, ids: Mapping[RowPlace, str], formulas: frozenset[tuple[int, int]]
) -> SheetGrid:
    columns = {column.key: column for column in _columns(table, column_conventions(table, base))}
    return SheetGrid(
        file=table.file,
        sheet=table.sheet,
        kind=table.kind,
        header_row=table.header_row,
        columns=columns,
        rows=tuple(_row(table, row, columns, ids) for row in table.rows),
        formulas=formulas,
    )


def _columns(table: Table, conventions: Mapping[str, Conventions]) -> Iterator[GridColumn]:
    for column in columns_of(table.kind):
        if column.name in table.columns:
            own = conventions.get(column.name) or conventions[""]
            header = table.headers.get(column.name, column.name)
            yield GridColumn(column.name, header, table.feeds.get(column.name, ()), own, column)
    met: Counter[str] = Counter()
    for place, header in table.others:
        key = id_key(header)
        met[key] += 1
        yield GridColumn(_other_key(header, met[key]), header, (place,), conventions[""])
    for name, place in table.computed.items():
        yield GridColumn(f"={name}", name, (place,), conventions[""], is_computed=True)


def _other_key(header: str, number: int) -> str:
    """How a column that is none of ours is found in every file; no column of ours begins like it."""
    return f"?{id_key(header)}" if number == 1 else f"?{id_key(header)}#{number}"


def _row(table: Table, row: Row, columns: Mapping[str, GridColumn], ids: Mapping[RowPlace, str]) -> GridRow:
    values: dict[str, CellValue] = {}
    grouped: dict[str, CellValue] = {}
    filled: list[str] = []
    for key, column in columns.items():
        raw = _raw(table, row, column.places[0]) if len(column.places) == 1 else None
        value = row.values.get(key) if column.column else raw
        is_filled = column.column is not None and len(column.places) == 1 and _is_filled(raw, value)
        is_grouped = is_filled and is_blank(raw) and (row.number, key) not in table.merged_from
        if is_filled and not is_grouped:
            filled.append(key)
        if not is_blank(value):
            (grouped if is_grouped else values)[key] = cell_value(value)
    keys = KEYS.get(table.kind, (columns_of(table.kind)[0].name,))
    typed = " / ".join(text_of(row.values.get(key)) for key in keys).strip(" /")
    several = [place for column in columns.values() if len(column.places) > 1 for place in column.places]
    cells = {place: cell_value(_raw(table, row, place)) for place in several}
    id = ids.get((table.sheet, row.number), typed)
    return GridRow(row.number, typed, id, values, frozenset(filled), grouped, cells)


def _raw(table: Table, row: Row, place: int) -> Value:
    offset = place - table.first_column
    return row.cells[offset] if 0 <= offset < len(row.cells) else None


def _is_filled(raw: Value, value: Value) -> bool:
    """Whether a value is not what stands in its cell: nothing, or a sign for the same as above."""
    return is_blank(raw) != is_blank(value) or (isinstance(raw, str) and raw.strip().casefold() in DITTO_MARKS)


def cell_value(value: Value) -> CellValue:
    """A value that can be written; a time of day is text."""
    if value is None or isinstance(value, str | int | float | bool | datetime | date):
        return value
    return as_text(value)
