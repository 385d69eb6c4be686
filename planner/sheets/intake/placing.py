"""What an import does to a master as edits of the master's own tables: columns first, then rows and cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.domain.edits import CellEdit, CellValue, Edit, NewColumn, NewRow, OwnSheet, Patched, Refusal
from planner.sheets.headers import normal
from planner.sheets.intake.comparing import Filling, Taken, cell_value
from planner.sheets.intake.entries import Entry
from planner.sheets.ooxml import patch
from planner.sheets.table import Table, Value
from planner.sheets.template import template_columns, width_of
from planner.sheets.write import SPOKEN_BLANKS, WrittenRow

PROVENANCE = normal("Imported from")
"""A column of the master with this header gets the file and row that a new row comes from."""

Headers = Mapping[str, int]
"""Header, ours or theirs in normal form -> 1-based column."""


def written_row(entry: Entry) -> WrittenRow:
    """A row of the master: what was typed, and what blanks have to say there.

    An item that tasks only name is called by its id: with an id of words alone it would be read as a heading.
    """
    spoken = {column: text for (kind, column), text in SPOKEN_BLANKS.items() if kind == entry.kind}
    if entry.kind == "Roadmap":
        spoken["Title"] = entry.id
    return {**spoken, **entry.cells}, tuple(entry.extra.items())


@dataclass(frozen=True)
class Placed:
    """A master after an import, and the edits that its own look did not allow."""

    content: bytes
    refused: tuple[Refusal, ...]


def place(content: bytes, label: str, tables: Sequence[Table], taken: Taken) -> Placed:
    """The master with the new rows behind its own and its blanks filled; missing columns and sheets are added.

    Raises `UserError` for a workbook that cannot be edited at all.
    """
    homes = _homes(tables)
    headers: Mapping[str, Headers] = {kind: _headers(table) for kind, table in homes.items()}
    columns = _missing_columns(homes, headers, taken)
    refused: tuple[Refusal, ...] = ()
    if columns:
        patched = patch(content, label, columns)
        content, refused = patched.content, patched.refused
        headers = _with_columns(homes, headers, columns, patched)
    edits: list[Edit] = [
        *_cells(headers, homes, taken.filled),
        *_rows(headers, homes, taken.new),
        *_sheets(homes, taken.new),
    ]
    patched = patch(content, label, edits)
    return Placed(patched.content, (*refused, *patched.refused))


def _homes(tables: Sequence[Table]) -> dict[str, Table]:
    """The table of each kind that new rows go into: the longest."""
    homes: dict[str, Table] = {}
    for table in tables:
        if table.kind not in homes or len(table.rows) > len(homes[table.kind].rows):
            homes[table.kind] = table
    return homes


def _headers(table: Table) -> dict[str, int]:
    others = {normal(header): column for column, header in reversed(table.others)}
    return {**others, **{normal(name): column for name, column in table.columns.items()}}


def _missing_columns(homes: Mapping[str, Table], headers: Mapping[str, Headers], taken: Taken) -> list[NewColumn]:
    """Columns that values are for and that the master does not have, in the order in which they come."""
    wanted: dict[tuple[str, str], str] = {}
    for entry in taken.new:
        for header in (*entry.cells, *entry.extra):
            wanted.setdefault((entry.kind, normal(header)), header)
    for filling in taken.filled:
        wanted.setdefault((filling.entry.kind, normal(filling.header)), filling.header)
    return [
        NewColumn(homes[kind].sheet, homes[kind].header_row, header)
        for (kind, key), header in wanted.items()
        if kind in homes and key not in headers[kind]
    ]


def _with_columns(
    homes: Mapping[str, Table], headers: Mapping[str, Headers], columns: Sequence[NewColumn], patched: Patched
) -> Mapping[str, Headers]:
    """The headers with those that were just added."""
    extended = {kind: dict(found) for kind, found in headers.items()}
    for index, cell in patched.placed.items():
        for kind, table in homes.items():
            if (table.sheet, table.header_row) == (columns[index].sheet, columns[index].header_row):
                extended[kind][normal(columns[index].header)] = cell.column
    return extended


def _cells(headers: Mapping[str, Headers], homes: Mapping[str, Table], filled: Sequence[Filling]) -> list[CellEdit]:
    """Blanks of the master get their values; in a table that is not the longest of its kind, in its own columns."""
    edits = []
    for filling in filled:
        sheet, kind = filling.master.source.sheet, filling.entry.kind
        own = filling.master.source.columns.get(filling.header)
        column = own or (headers[kind].get(normal(filling.header)) if homes[kind].sheet == sheet else None)
        if column:
            edits.append(CellEdit(sheet, filling.master.source.row, column, cell_value(filling.value)))
    return edits


def _rows(headers: Mapping[str, Headers], homes: Mapping[str, Table], new: Sequence[Entry]) -> list[NewRow]:
    edits = []
    for entry in new:
        if entry.kind in homes:
            values = {normal(name): value for name, value in _written(entry).items()}
            values.setdefault(PROVENANCE, str(entry.cell()))
            places = headers[entry.kind]
            cells = {places[name]: cell_value(value) for name, value in values.items() if name in places}
            edits.append(NewRow(homes[entry.kind].sheet, homes[entry.kind].header_row, cells))
    return edits


def _written(entry: Entry) -> dict[str, Value]:
    values, extra = written_row(entry)
    return {**dict(extra), **values}


def _sheets(homes: Mapping[str, Table], new: Sequence[Entry]) -> list[OwnSheet]:
    """A sheet for each kind of row that the master has no table for."""
    sheets = []
    for kind in dict.fromkeys(entry.kind for entry in new if entry.kind not in homes):
        rows = [_written(entry) for entry in new if entry.kind == kind]
        used = {name for row in rows for name in row}
        ours = [column for column in template_columns(kind) if column.name in used]
        names = [column.name for column in ours]
        names += [name for name in dict.fromkeys(name for row in rows for name in row) if name not in names]
        lines: list[tuple[CellValue, ...]] = [tuple(names)]
        lines += [tuple(cell_value(row.get(name)) for name in names) for row in rows]
        sheets.append(OwnSheet(kind, tuple(lines), tuple(width_of(column) for column in ours)))
    return sheets
