"""Workbooks that came back: from whom, what they say, and what they said when they were sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import is_zipfile

from planner.domain.cells import Cell
from planner.domain.edits import CellValue
from planner.domain.merge_report import Clash, Returned
from planner.domain.settings import Settings
from planner.pipeline.inputs import Inputs
from planner.pipeline.sent import base_path, stored
from planner.pipeline.writing_back import WRITABLE
from planner.report.clashes_xlsx import SHEET as CLASHES_SHEET
from planner.sheets.export.stamp import exported
from planner.sheets.files import find_files, read_tables
from planner.sheets.grid import Grid
from planner.sheets.merge import wishes
from planner.sheets.merge.answers import read_answers
from planner.sheets.merge.formulas import formula_cells
from planner.sheets.merge.grid import GridRow, SheetGrid, sheet_grids
from planner.sheets.table import Table
from planner.sheets.values import Conventions
from planner.sheets.workbook import check_workbook, is_workbook, read_workbooks

BY_KEYS = "It does not say which export it is: matched by ids, nothing is taken for deleted"
BASE_GONE = "What was sent is not stored here: matched by ids, nothing is taken for deleted"


@dataclass(frozen=True)
class FileReturned:
    """A file as people see it, and as the merge takes it."""

    about: Returned
    content: wishes.Returned


def read_returned(
    inputs: Inputs,
    files: Sequence[Path],
    settings: Settings,
    conventions: Conventions,
    clashes: Sequence[Clash] = (),
) -> tuple[FileReturned, ...]:
    """The files in their order; `inputs` are the master, `clashes` those that were left to be answered.

    Raises
    ------
    UserError
        If one of them cannot be read, or holds no table of ours and no answer.
    """
    paths = find_files(files)
    sheets = _sheets(paths)
    exports = {path: exported(path.read_bytes(), label) for label, path in paths.items() if is_zipfile(path)}
    bases = {
        path: base.resolve() for path, export in exports.items() if export and (base := base_path(inputs, export.id))
    }
    with_tables = [path for label, path in paths.items() if not _holds_clashes(sheets[label])]
    theirs = _tables(with_tables, settings, conventions)
    sent = _tables(list(bases.values()), settings, conventions)
    names = {sent.id: sent.receiver.shown for sent in stored(inputs)}
    rows = {clash.id: clash.row for clash in clashes}
    found = []
    for label, path in paths.items():
        export, base = exports.get(path), bases.get(path)
        who = names.get(export.id, export.receiver.shown) if export else path.stem
        note = "" if base or path not in theirs else BASE_GONE if export else BY_KEYS
        tables, was = theirs.get(path, ()), sent[base] if base else None
        answers = [replace(answer, row=rows.get(answer.question, ())) for answer in read_answers(sheets[label])]
        content = wishes.Returned(who, tables, was, answers)
        found.append(FileReturned(Returned(label, _as_typed(path), who, export.id if export else "", note), content))
    return tuple(found)


def _as_typed(path: Path) -> str:
    """A path from the current folder where it is below it."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _sheets(paths: Mapping[str, Path]) -> Mapping[str, Sequence[Grid]]:
    """The sheets of each workbook as they stand; none of a csv file."""
    found: dict[str, list[Grid]] = {label: [] for label in paths}
    books = {label: path for label, path in paths.items() if is_workbook(path.read_bytes()[:8])}
    for grid in read_workbooks([check_workbook(path, label) for label, path in books.items()]):
        found[grid.file].append(grid)
    return found


def _holds_clashes(sheets: Sequence[Grid]) -> bool:
    return any(grid.sheet == CLASHES_SHEET for grid in sheets)


def _tables(
    paths: Sequence[Path], settings: Settings, conventions: Conventions
) -> Mapping[Path, tuple[SheetGrid, ...]]:
    """The tables of each file as the merge sees them."""
    if not paths:
        return {}
    found: dict[str, list[Table]] = {label: [] for label in find_files(paths)}
    for table in read_tables(paths, settings).tables:
        found[table.file].append(table)
    return {
        path: sheet_grids(found[label], conventions, formulas=_formulas(path, label))
        for label, path in find_files(paths).items()
    }


def _formulas(path: Path, label: str) -> frozenset[Cell]:
    """The cells of a file that hold a formula, whose value may be missing; none are known of an old format."""
    return (
        formula_cells(path.read_bytes(), label)
        if is_zipfile(path) and path.suffix.lower() in WRITABLE
        else frozenset()
    )


def taken_back(file: wishes.Returned, edits: Mapping[Cell, CellValue]) -> wishes.Returned:
    """A returned file without some of its edits: these cells say what they said when they were sent."""
    return replace(file, theirs=tuple(replace(grid, rows=_as_sent(grid, edits)) for grid in file.theirs))


def _as_sent(grid: SheetGrid, edits: Mapping[Cell, CellValue]) -> tuple[GridRow, ...]:
    rows = []
    for row in grid.rows:
        base = {key: edits[cell] for key in grid.columns if (cell := grid.cell(row, key)) in edits}
        values = {key: value for key, value in {**row.values, **base}.items() if value is not None}
        rows.append(replace(row, values=values) if base else row)
    return tuple(rows)
