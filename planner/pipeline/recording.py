"""What people decide with a command goes into their own workbook: one row of a sheet, patched in place and logged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.domain.cells import Source
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
    """Write one record; see `record_all`."""
    return record_all(inputs, settings, [row], command)[0]


def record_all(inputs: Inputs, settings: Settings, rows: Sequence[Record], command: str) -> tuple[Recorded, ...]:
    """Write records into the workbooks that have their sheets, else into that with the tasks; call it under the lock.

    A sheet or a column that no workbook has yet is added. All edits are made before the first workbook is replaced.
    The log gets an entry under the `command` for each of them.

    Raises
    ------
    UserError
        If a sheet stands in a file that cannot be written to, is open elsewhere, or a cell cannot be edited.
    """
    tables = read_tables(inputs.paths, settings).tables
    opened = {workbook.label: workbook for workbook in open_workbooks(inputs)}
    goals = [(row, table := _table_of(tables, row), _label(table, tables, opened)) for row in rows]
    made = [
        _edited(workbook, [(row, table) for row, table, label in goals if label == workbook.label])
        for workbook in opened.values()
        if any(label == workbook.label for _, _, label in goals)
    ]
    state, done = state_folder(inputs), {}
    for workbook, patched, recorded in made:
        cells = tuple(cell for one in recorded for cell in one.cells)
        replace_and_log(state, workbook.path, patched, workbook.content, Entry(command, workbook.label, cells=cells))
        done[workbook.label] = list(recorded)
    return tuple(done[label].pop(0) for _, _, label in goals)


Goal = tuple[Record, Table | None]
"""A record and the table that it goes into; None: its sheet has to be added."""


def _edited(workbook: Opened, goals: Sequence[Goal]) -> tuple[Opened, Patched, tuple[Recorded, ...]]:
    """A workbook with all records that go into it."""
    content, columns = _with_columns(workbook, goals)
    edits: list[Edit] = []
    first: list[int] = []
    for row, table in goals:
        first.append(len(edits))
        found = None if table is None or row.always_new else _row_of(table, row)
        if table is None:
            continue
        of = columns[table.sheet, table.header_row]
        if found is None:
            edits.append(NewRow(table.sheet, table.header_row, {of[n]: v for n, v in row.values.items()}))
        else:
            edits += [CellEdit(table.sheet, found.number, of[n], v) for n, v in row.values.items()]
    added = _new_sheets([row for row, table in goals if table is None])
    patched = _patch(content, workbook.label, [*edits, *added])
    recorded, lines = [], dict.fromkeys((row.sheet for row, _ in goals), 2)
    for (row, table), place in zip(goals, first, strict=True):
        found = None if table is None or row.always_new else _row_of(table, row)
        if table is None:
            sheet, line, of = row.sheet, lines[row.sheet], _places(row.sheet)
            lines[row.sheet] += 1
        else:
            sheet, line, of = table.sheet, patched.placed[place].row, columns[table.sheet, table.header_row]
        recorded.append(Recorded(workbook.label, _logged(row, found, Source(workbook.label, sheet, line, of))))
    return workbook, patched, tuple(recorded)


def _logged(row: Record, found: Row | None, source: Source) -> tuple[LoggedCell, ...]:
    before = {name: as_text(found.values.get(name)) or None for name in row.values} if found else {}
    return tuple(
        LoggedCell(row.sheet, row.key, name, str(source.cell(name)), before.get(name), value, row.by)
        for name, value in row.values.items()
    )


def _table_of(tables: Sequence[Table], row: Record) -> Table | None:
    """The table that holds the record's row, else the first of its sheet that can be written to."""
    own = [table for table in tables if table.kind == row.sheet]
    holding = None if row.always_new else next((table for table in own if _row_of(table, row)), None)
    writable = (table for table in own if table.file.lower().endswith(WRITABLE))
    return holding or next(writable, None) or next(iter(own), None)


def _row_of(table: Table, row: Record) -> Row | None:
    key = id_key(row.key)
    return next((one for one in table.rows if id_key(as_text(one.values.get(row.key_column))) == key), None)


def _label(table: Table | None, tables: Sequence[Table], opened: Mapping[str, Opened]) -> str:
    """The workbook that is written to."""
    if table is not None:
        if table.file not in opened:
            raise UserError(f"{table.file} holds the {table.kind} and is no .xlsx or .xlsm file: type it there")
        return table.file
    with_tasks = (one.file for one in tables if one.kind == "Tasks" and one.file in opened)
    return next(with_tasks, next(iter(opened)))


def _with_columns(
    workbook: Opened, goals: Sequence[Goal]
) -> tuple[bytes, Mapping[tuple[str, int], Mapping[str, int]]]:
    """The workbook with the headers that its records need, and for each table where our columns stand."""
    tables = {(table.sheet, table.header_row): table for _, table in goals if table is not None}
    wanted: dict[tuple[str, int], dict[str, None]] = {place: {} for place in tables}
    for row, table in goals:
        if table is not None:
            missing = (name for name in row.values if name not in table.columns)
            wanted[table.sheet, table.header_row].update(dict.fromkeys(missing))
    new = [(place, name) for place, names in wanted.items() for name in names]
    columns = {place: dict(table.columns) for place, table in tables.items()}
    if not new:
        return workbook.content, columns
    patched = _patch(workbook.content, workbook.label, [NewColumn(*place, name) for place, name in new])
    for i, (place, name) in enumerate(new):
        columns[place][name] = patched.placed[i].column
    return patched.content, columns


def _new_sheets(rows: Sequence[Record]) -> list[OwnSheet]:
    """The sheets that have to be added, each with every header that we know and its records."""
    sheets = []
    for sheet in dict.fromkeys(row.sheet for row in rows):
        names: tuple[str, ...] = tuple(_places(sheet))
        lines = (tuple(row.values.get(name) for name in names) for row in rows if row.sheet == sheet)
        sheets.append(OwnSheet(sheet, (names, *lines), (WIDTH,) * len(names)))
    return sheets


def _places(sheet: str) -> Mapping[str, int]:
    """The columns of a sheet that is added."""
    return {column.name: i for i, column in enumerate(columns_of(sheet), 1)}


def _patch(content: bytes, label: str, edits: Sequence[Edit]) -> Patched:
    patched = patch(content, label, edits)
    if patched.refused:
        refusal = patched.refused[0]
        raise UserError(f"{refusal.cell}: {refusal.message}; nothing was written")
    return patched
