"""What people decide with a command goes into their own workbook: one row of a sheet, patched in place and logged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.domain.cells import Cell
from planner.domain.edits import CellEdit, CellValue, Edit, NewColumn, NewRow, OwnSheet, Patched
from planner.domain.errors import UserError
from planner.domain.roadmap import id_key
from planner.domain.settings import Settings
from planner.pipeline.inputs import Inputs, state_folder
from planner.pipeline.log import Entry, LoggedCell, replace_and_log
from planner.pipeline.writing_back import WRITABLE, Opened, open_workbooks
from planner.sheets.columns import columns_of
from planner.sheets.files import read_tables
from planner.sheets.grid import as_text
from planner.sheets.ooxml import patch
from planner.sheets.table import Row, Table

WIDTH = 18
"""Characters of a column of a sheet that had to be added."""


@dataclass(frozen=True)
class Record:
    """Values for one row of a sheet of ours, by our column names.

    The row whose `key_column` holds `key` is edited; where there is none, or `always_new`, one is added. `by` is the
    person on whose word it is done, for the log.
    """

    sheet: str
    key_column: str
    key: str
    values: Mapping[str, CellValue]
    by: str = ""
    always_new: bool = False


@dataclass(frozen=True)
class Recorded:
    """Where a record went: the workbook, its cells as they were and are."""

    workbook: str
    cells: tuple[LoggedCell, ...]

    @property
    def where(self) -> str:
        """The first cell, as people see it."""
        return self.cells[0].cell if self.cells else self.workbook


def record(inputs: Inputs, settings: Settings, row: Record, command: str) -> Recorded:
    """Write a record into the workbook that has its sheet, else into the one with the tasks; call it under the lock.

    A sheet or a column that no workbook has yet is added. The log gets an entry under the `command`.

    Raises
    ------
    UserError
        If the sheet stands in a file that cannot be written to, is open elsewhere, or a cell cannot be edited.
    """
    tables = read_tables(inputs.paths, settings).tables
    table = _table_of(tables, row)
    workbook = _workbook(inputs, table, tables)
    content, columns = _with_columns(workbook, table, row)
    found = None if table is None or row.always_new else _row_of(table, row)
    edits: list[Edit]
    if table is None:
        edits = [OwnSheet(row.sheet, _sheet_with(row), (WIDTH,) * len(columns))]
    elif found is None:
        edits = [NewRow(table.sheet, table.header_row, {columns[name]: row.values[name] for name in row.values})]
    else:
        edits = [CellEdit(table.sheet, found.number, columns[name], value) for name, value in row.values.items()]
    patched = _patch(content, workbook.label, edits)
    place = patched.placed[0]
    sheet, line = (place.sheet, place.row) if table else (row.sheet, 2)
    before = {name: as_text(found.values.get(name)) or None for name in row.values} if found else {}
    cells = tuple(
        LoggedCell(
            row.sheet,
            row.key,
            name,
            str(Cell(workbook.label, sheet, line, columns[name])),
            before.get(name),
            value,
            row.by,
        )
        for name, value in row.values.items()
    )
    entry = Entry(command, workbook.label, cells=cells)
    replace_and_log(state_folder(inputs), workbook.path, patched, workbook.content, entry)
    return Recorded(workbook.label, cells)


def _table_of(tables: Sequence[Table], row: Record) -> Table | None:
    """The table that holds the record's row, else the first of its sheet that can be written to."""
    own = [table for table in tables if table.kind == row.sheet]
    holding = None if row.always_new else next((table for table in own if _row_of(table, row)), None)
    writable = (table for table in own if table.file.lower().endswith(WRITABLE))
    return holding or next(writable, None) or next(iter(own), None)


def _row_of(table: Table, row: Record) -> Row | None:
    key = id_key(row.key)
    return next((one for one in table.rows if id_key(as_text(one.values.get(row.key_column))) == key), None)


def _workbook(inputs: Inputs, table: Table | None, tables: Sequence[Table]) -> Opened:
    """The workbook that is written to."""
    opened = {workbook.label: workbook for workbook in open_workbooks(inputs)}
    if table is not None:
        if table.file not in opened:
            raise UserError(f"{table.file} holds the {table.kind} and is no .xlsx or .xlsm file: type it there")
        return opened[table.file]
    with_tasks = next((one.file for one in tables if one.kind == "Tasks" and one.file in opened), None)
    return opened[with_tasks] if with_tasks else next(iter(opened.values()))


def _with_columns(workbook: Opened, table: Table | None, row: Record) -> tuple[bytes, Mapping[str, int]]:
    """The workbook with the headers that the record needs, and in which column each of our columns stands."""
    if table is None:
        return workbook.content, {column.name: i for i, column in enumerate(columns_of(row.sheet), 1)}
    missing = [name for name in row.values if name not in table.columns]
    if not missing:
        return workbook.content, table.columns
    patched = _patch(
        workbook.content,
        workbook.label,
        [NewColumn(table.sheet, table.header_row, name) for name in missing],
    )
    return patched.content, {
        **table.columns,
        **{name: patched.placed[i].column for i, name in enumerate(missing)},
    }


def _sheet_with(row: Record) -> tuple[tuple[CellValue, ...], ...]:
    """The rows of a sheet that has to be added: every header that we know, and the record."""
    names: tuple[str, ...] = tuple(column.name for column in columns_of(row.sheet))
    return names, tuple(row.values.get(name) for name in names)


def _patch(content: bytes, label: str, edits: Sequence[Edit]) -> Patched:
    patched = patch(content, label, edits)
    if patched.refused:
        refusal = patched.refused[0]
        raise UserError(f"{refusal.cell}: {refusal.message}; nothing was written")
    return patched
