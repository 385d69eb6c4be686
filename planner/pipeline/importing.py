"""The story of `roadmap import`: the files of many become rows of one master; nothing in it is overwritten."""

import shlex
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from planner.conflicts import price
from planner.conflicts.context import Context
from planner.conflicts.probable_duplicate import candidates
from planner.domain.conflict import Conflict
from planner.domain.diagnostics import sort_key
from planner.domain.edits import Patched
from planner.domain.errors import UserError
from planner.domain.intake import Brought, Intake, NamedAfter, Outcome, SourceSheet
from planner.domain.roadmap import Roadmap
from planner.pipeline.files import write
from planner.pipeline.inputs import Inputs, Report, planning_day, read_settings, silent
from planner.pipeline.locks import locked
from planner.pipeline.log import Entry, LoggedCell, repair, replace_and_log
from planner.pipeline.replacing import refuse_open
from planner.report.intake import intake_markdown
from planner.report.intake_xlsx import TITLE, intake_xlsx
from planner.sheets.columns import columns_of
from planner.sheets.files import TablesRead, find_files, read_tables
from planner.sheets.grid import Grid
from planner.sheets.intake.comparing import Filling, Taken, cell_value, compare
from planner.sheets.intake.placing import Placed, place, written_row
from planner.sheets.intake.understanding import Understood, understand
from planner.sheets.table import Table
from planner.sheets.write import rows_workbook

WRITABLE = (".xlsx", ".xlsm")
REPORT = "intake.xlsx"
PROPERTIES = "docProps/core.xml"
LONGEST_PROPERTIES = 4096
"""Bytes that are looked at."""


@dataclass(frozen=True)
class Import:
    """An import that is ready: what it does (`intake`), and the master before (None: there is none) and after."""

    intake: Intake
    into: Path
    before: bytes | None
    after: bytes
    filled: tuple[Filling, ...]


def bring_in(
    inputs: Inputs, into: Path, report: Report = silent, named_after: NamedAfter = NamedAfter.AUTO
) -> Import:
    """Read the sources beside the master and say what of them is new, known, clashing or doubtful; write nothing.

    `named_after` says where PMs are taken from that no column names.

    Raises
    ------
    UserError
        If a file cannot be read, or the master cannot be edited.
    """
    if into.suffix.lower() not in WRITABLE:
        raise UserError(f"{into}: rows are written into .xlsx and .xlsm files only; name one with --into")
    paths = [path for path in find_files(inputs.paths).values() if path != into.resolve() and not _is_report(path)]
    if not paths:
        raise UserError(f"{into}: there is nothing to import but the master itself; name the files of the PMs")
    settings = read_settings(replace(inputs, paths=(*inputs.paths, into)))
    today = planning_day(inputs, settings.settings)
    report("reading")
    found = read_tables(paths, settings.settings, report)
    before = into.read_bytes() if into.exists() else None
    master = read_tables([into], settings.settings, report).tables if before is not None else ()
    label = into.name if into.name not in {table.file for table in found.tables} else str(into.resolve())
    report("comparing")
    understood = understand(found.tables, master, label, settings.settings, today, named_after)
    taken = compare(understood.entries, understood.matches)
    placed = _placed(before, into.name, master, taken)
    report("looking for duplicates")
    context = Context(Roadmap(tasks=understood.tasks), today, settings.settings, {})
    intake = Intake(
        master=str(into),
        is_new=before is None,
        files=found.files,
        sheets=_sheets(found),
        rows=_rows(understood, taken),
        filled=len(taken.filled),
        clashes=taken.clashes,
        refused=placed.refused,
        duplicates=_duplicates(context, {table.file for table in found.tables}),
        diagnostics=tuple(
            replace(d, strict=inputs.strict)
            for d in sorted((*settings.diagnostics, *found.diagnostics, *understood.diagnostics), key=sort_key)
        ),
        assumptions=understood.assumptions,
        next_command=f"roadmap plan {shlex.quote(str(into))}",
    )
    return Import(intake, into, before, placed.content, taken.filled)


def write_import(ready: Import, folder: Path) -> tuple[Path, ...]:
    """Put the rows into the master, then the report into its folder; returns the files that were written.

    Raises
    ------
    UserError
        If the master is open in a spreadsheet program, or was saved since it was read.
    """
    into = ready.into
    state = into.parent / ".roadmap"
    into.parent.mkdir(parents=True, exist_ok=True)
    refuse_open(into)
    written = []
    with locked(state, "`roadmap import`"):
        repair(state)
        if ready.before is None:
            if into.exists():
                raise UserError(f"{into}: was made since this began, and was left as it is. Run this again.")
            written.append(write(into, ready.after))
        elif replace_and_log(state, into, Patched(ready.after, (), {}), ready.before, _logged(ready)):
            written.append(into)
    folder.mkdir(parents=True, exist_ok=True)
    written.append(write(folder / REPORT, intake_xlsx(ready.intake)))
    written.append(write(folder / "intake.md", intake_markdown(ready.intake).encode()))
    return tuple(written)


def _is_report(path: Path) -> bool:
    """Whether a file is the report of an import before, which may stand among its sources."""
    if path.name != REPORT or not is_zipfile(path):
        return False
    with ZipFile(path) as archive, suppress(KeyError, BadZipFile), archive.open(PROPERTIES) as stream:
        return f"<dc:title>{TITLE}</dc:title>".encode() in stream.read(LONGEST_PROPERTIES)
    return False


def _placed(before: bytes | None, label: str, master: Sequence[Table], taken: Taken) -> Placed:
    """The master with what was taken; untouched where there is nothing to add."""
    if before is None:
        kinds = dict.fromkeys(entry.kind for entry in taken.new)
        rows = {kind: [written_row(entry) for entry in taken.new if entry.kind == kind] for kind in kinds}
        return Placed(rows_workbook(rows), ())
    return place(before, label, master, taken) if taken.new or taken.filled else Placed(before, ())


def _rows(understood: Understood, taken: Taken) -> tuple[Brought, ...]:
    """Every row of the sources with what became of it."""
    filled = {filling.entry.cell() for filling in taken.filled}
    clashing = {replace(clash.theirs_cell, column=0) for clash in taken.clashes}
    rows = []
    for position, entry in enumerate(understood.entries):
        cell = entry.cell()
        outcome = Outcome.NEW
        if position in understood.matches:
            outcome = Outcome.CLASH if cell in clashing else Outcome.UPDATED if cell in filled else Outcome.KNOWN
        first = columns_of(entry.kind)[0].name
        shown = entry.id or str(entry.cells.get(first, ""))
        typed = entry.typed if entry.id else shown
        rows.append(Brought(entry.kind, shown, typed, entry.title, cell, outcome))
    return tuple(rows)


def _duplicates(context: Context, files: set[str]) -> tuple[Conflict, ...]:
    """Pairs that read alike, of which at least one came in now."""
    found = candidates(context, "all")
    return price.identified([pair for pair in found if any(cell.file in files for cell in pair.cells)])


def _sheets(found: TablesRead) -> tuple[SourceSheet, ...]:
    """The sources' sheets as they stand."""
    headers: Mapping[tuple[str, str], int] = {
        (table.file, table.sheet): table.header_row for table in reversed(found.tables)
    }
    return tuple(_sheet(grid, headers.get((grid.file, grid.sheet), 0)) for grid in found.grids)


def _sheet(grid: Grid, header_row: int) -> SourceSheet:
    rows = {number: tuple(map(cell_value, cells)) for number, cells in zip(grid.numbers, grid.rows, strict=True)}
    return SourceSheet(grid.file, grid.sheet, grid.first_column, header_row, rows)


def _logged(ready: Import) -> Entry:
    """What the log says: the cells that were filled, and on whose word; new rows by their ids."""
    cells = tuple(
        LoggedCell(
            sheet=filling.entry.kind,
            key=filling.entry.id,
            column=filling.header,
            cell=str(filling.master.cell(filling.header)),
            before=None,
            after=cell_value(filling.value),
            by=str(filling.entry.cell(filling.header)),
        )
        for filling in ready.filled
    )
    new = tuple(
        LoggedCell(row.kind, row.id, "", "", None, row.title, str(row.cell))
        for row in ready.intake.rows
        if row.outcome is Outcome.NEW
    )
    return Entry("roadmap import", ready.into.name, cells=(*cells, *new))
