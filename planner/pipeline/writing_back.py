"""The story of `roadmap plan --write-back`: a plan goes into the workbooks that it was made of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.domain.computed import COMPUTED, computed_cells
from planner.domain.conflict import Conflict
from planner.domain.edits import CellEdit, CellValue, Edit, NewColumn
from planner.domain.errors import UserError
from planner.domain.plan import Plan
from planner.domain.writing_back import WrittenBack
from planner.pipeline.inputs import Inputs, Report, silent, state_folder
from planner.pipeline.locks import locked
from planner.pipeline.log import Entry, repair, replace_and_log
from planner.pipeline.replacing import BACKUP, refuse_open
from planner.pipeline.waiting import unanswered
from planner.report.plan_json import plan_id
from planner.report.write_back import plan_sheet
from planner.sheets.files import find_files
from planner.sheets.ooxml import patch
from planner.sheets.plan_columns import plan_column_edits
from planner.sheets.workbook import check_workbook, read_workbooks

WRITABLE = (".xlsx", ".xlsm")

Place = tuple[str, int]
"""Sheet and header row of a table."""


@dataclass(frozen=True)
class Opened:
    """A workbook as it was before it was planned."""

    label: str
    path: Path
    content: bytes


def open_workbooks(inputs: Inputs) -> tuple[Opened, ...]:
    """The workbooks that a plan of these inputs will be written into, as they are now.

    Inputs of other kinds are left out; `write_back` says so.

    Raises
    ------
    UserError
        If none of the inputs can be written to, or one is open in a spreadsheet program; before any time is spent.
    """
    files = find_files(inputs.paths)
    writable = {label: path for label, path in files.items() if path.suffix.lower() in WRITABLE}
    if not writable:
        raise UserError(
            f"{next(iter(files))}: only .xlsx and .xlsm files are written to. "
            "Save it as .xlsx and name that; reports/ has every plan."
        )
    for path in writable.values():
        refuse_open(path)
    return tuple(Opened(label, path, path.read_bytes()) for label, path in writable.items())


def write_back(
    made: Plan, inputs: Inputs, opened: Sequence[Opened], report: Report = silent
) -> tuple[WrittenBack, ...]:
    """Put the plan into computed columns of every table of tasks, and into a sheet of its own in each workbook.

    Raises
    ------
    UserError
        If a workbook was saved or opened while it was planned: it stays as it is.
    """
    state = state_folder(inputs)
    cells = _cells_by_task(made)
    with locked(state, "`roadmap plan --write-back`"):
        repair(state)
        written = [_written_back(made, workbook, inputs, cells, report) for workbook in opened]
    others = (label for label in find_files(inputs.paths) if label not in {workbook.label for workbook in opened})
    return (*written, *(WrittenBack(label, 0, is_writable=False) for label in others))


def _cells_by_task(made: Plan) -> Mapping[str, tuple[CellValue, ...]]:
    """Task id -> what belongs under the computed headers."""
    conflicts: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in made.conflicts:
        for task in conflict.tasks:
            conflicts[task].append(conflict)
    return {task.id: computed_cells(task, conflicts[task.id]) for task in made.tasks}


def _written_back(
    made: Plan, workbook: Opened, inputs: Inputs, cells: Mapping[str, tuple[CellValue, ...]], report: Report
) -> WrittenBack:
    report(f"writing back into {workbook.label}")
    tables = _rows_by_table(made, workbook.label, cells)
    own = plan_sheet(made, plan_id(made), workbook.label, *unanswered(inputs, workbook.label))
    edits: list[Edit] = [*_column_edits(workbook, tables), own]
    patched = patch(workbook.content, workbook.label, edits)
    entry = Entry("plan --write-back", workbook.label)
    is_changed = replace_and_log(state_folder(inputs), workbook.path, patched, workbook.content, entry)
    return WrittenBack(
        path=workbook.label,
        tasks=sum(any(cell is not None for cell in row) for rows in tables.values() for row in rows.values()),
        added=tuple(
            edit.header for i, edit in enumerate(edits) if isinstance(edit, NewColumn) and i in patched.placed
        ),
        changed=tuple(
            patched.placed[i] for i, edit in enumerate(edits) if isinstance(edit, CellEdit) and i in patched.placed
        ),
        refused=patched.refused,
        is_changed=is_changed,
        backup=f"{workbook.path.name}{BACKUP}" if is_changed else "",
    )


def _rows_by_table(
    made: Plan, label: str, cells: Mapping[str, tuple[CellValue, ...]]
) -> Mapping[Place, Mapping[int, tuple[CellValue, ...]]]:
    """For each table of tasks in a file its rows: what is planned, and blanks for what is not."""
    blank = (None,) * len(COMPUTED)
    tables = (table for table in made.roadmap.tables if table.file == label and table.kind == "Tasks")
    headers = {table.sheet: table.header_row for table in tables}
    rows: dict[Place, dict[int, tuple[CellValue, ...]]] = {place: {} for place in headers.items()}
    for cell in made.roadmap.set_aside:
        if cell.file == label and cell.sheet in headers:
            rows[cell.sheet, headers[cell.sheet]][cell.row] = blank
    for task in made.roadmap.tasks:
        source = task.source
        if source.file == label and source.sheet in headers:
            rows[source.sheet, headers[source.sheet]][source.row] = cells.get(task.id, blank)
    return rows


def _column_edits(
    workbook: Opened, tables: Mapping[Place, Mapping[int, tuple[CellValue, ...]]]
) -> tuple[CellEdit | NewColumn, ...]:
    """The edits of all tables of a workbook, on what its cells say."""
    grids = {grid.sheet: grid for grid in read_workbooks([check_workbook(workbook.path, workbook.label)])}
    return tuple(
        edit
        for (sheet, header_row), rows in tables.items()
        for edit in plan_column_edits(grids[sheet], header_row, rows)
    )
