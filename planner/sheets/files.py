"""From files to recognised tables: find, guard, read, recognise, map, extend."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.domain.cells import Cell
from planner.domain.diagnostics import Diagnostic, Rule
from planner.domain.errors import UserError
from planner.domain.own_sheets import FIRST_CELLS
from planner.domain.settings import Settings, TableMap
from planner.sheets import file_rules as rules
from planner.sheets.body import read_table
from planner.sheets.csv_text import read_csv
from planner.sheets.dialects import DIALECTS
from planner.sheets.extend import extend_tables
from planner.sheets.grid import Grid, as_text, is_blank
from planner.sheets.headers import HeaderMatch, Lookup, find_header, normal
from planner.sheets.maps import PLAIN, HeaderMaps, header_maps
from planner.sheets.propose import guess_tasks, propose, toml_map
from planner.sheets.table import Table, Value
from planner.sheets.workbook import check_workbook, is_workbook, read_workbooks

_WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_CSV_SUFFIXES = (".csv", ".tsv", ".txt")
_FOLDER_SUFFIXES = (*_WORKBOOK_SUFFIXES, ".csv", ".tsv")

PROSE_COLUMNS = 2
"""A sheet with no more filled cells in a row is a Read me, not a table: it is skipped without a word."""


@dataclass(frozen=True)
class TablesRead:
    """Every table that was recognised, what was noticed on the way, and the files with tables as people call them."""

    tables: tuple[Table, ...]
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[str, ...]
    proposed_map: str
    """`[[table]]` entries for roadmap.toml where headers were foreign, else empty."""
    grids: tuple[Grid, ...]
    """The sheets with tables as they stand, without what a dialect may not show."""


@dataclass(frozen=True)
class _SheetRead:
    """What one sheet gave: tables of rows, tables that extend others, remarks, a proposed map; how it is shown."""

    shown: Grid
    tables: tuple[Table, ...] = ()
    extensions: tuple[Table, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    proposed_map: str = ""


def _silent(_: str) -> None:
    """Nobody watches."""


def read_tables(paths: Sequence[Path], settings: Settings, progress: Callable[[str], None] = _silent) -> TablesRead:
    """The tables of all workbooks and csv files among the paths; a folder stands for the files in it, by name.

    Raises
    ------
    UserError
        If a file is missing, cannot be read or is unsafe to read, or if no table is recognised in any of them.
    """
    inputs = find_files(paths)
    maps = header_maps(settings)
    grids = _read_grids(inputs, progress)
    sheets = [_read_sheet(grid, maps, settings) for grid in grids if not _is_nothing(grid)]
    tables = [table for sheet in sheets for table in sheet.tables]
    if not tables:
        raise _nothing_recognised(inputs, grids, [d for sheet in sheets for d in sheet.diagnostics])
    read = {table.file for sheet in sheets for table in (*sheet.tables, *sheet.extensions)}
    extended, lost = extend_tables(tables, [table for sheet in sheets for table in sheet.extensions])
    return TablesRead(
        tables=extended,
        diagnostics=(
            *maps.diagnostics,
            *(d for sheet in sheets for d in sheet.diagnostics),
            *lost,
            *_empty(extended),
        ),
        files=tuple(label for label in inputs if label in read),
        proposed_map="\n".join(sheet.proposed_map for sheet in sheets if sheet.proposed_map),
        grids=tuple(sheet.shown for sheet in sheets if sheet.tables or sheet.extensions),
    )


def _is_nothing(grid: Grid) -> bool:
    """Whether a sheet is empty, or one that we have written for people to read."""
    first = FIRST_CELLS.get(grid.sheet)
    if first and grid.rows and as_text(grid.rows[0][0]) == first:
        return True
    return all(is_blank(value) for row in grid.rows for value in row)


def find_files(paths: Sequence[Path]) -> dict[str, Path]:
    """Label -> file, each file once; the label is the name, with its folder where two files share it."""
    found = dict.fromkeys(file.resolve() for path in paths for file in _files_of(path))
    names = [file.name for file in found]
    labels = {
        (file.name if names.count(file.name) == 1 else f"{file.parent.name}/{file.name}"): file for file in found
    }
    if len(labels) == len(found):
        return labels
    return {str(file): file for file in found}


def _files_of(path: Path) -> list[Path]:
    if path.is_dir():
        # "~$" files are Excel's locks, hidden ones are no inputs
        files = [
            file
            for file in sorted(path.iterdir(), key=lambda file: file.name)
            if file.is_file() and file.suffix.lower() in _FOLDER_SUFFIXES and not file.name.startswith((".", "~$"))
        ]
        if not files:
            raise UserError(f"{path}: the folder holds no .xlsx, .xlsm or .csv file. Put the workbooks into it.")
        return files
    if not path.exists():
        raise UserError(f"{path}: there is no such file or folder. Check the name, or begin with `roadmap init`.")
    return [path]


def _read_grids(inputs: Mapping[str, Path], progress: Callable[[str], None]) -> list[Grid]:
    """The sheets of all files, in the order of the files."""
    workbooks = []
    texts = {}
    for label, path in inputs.items():
        progress(f"reading {label}")
        try:
            with path.open("rb") as stream:
                is_book = is_workbook(stream.read(8)) or path.suffix.lower() in _WORKBOOK_SUFFIXES
            if is_book:
                workbooks.append(check_workbook(path, label))
            elif path.suffix.lower() in _CSV_SUFFIXES:
                texts[label] = read_csv(path.read_bytes(), label)
            else:
                raise UserError(
                    f"{label}: is no file that can be read. Give a .xlsx, .xlsm or .csv file, or a folder."
                )
        except OSError as error:
            raise UserError(f"{path}: cannot be read ({error.strerror}).") from error
    grids = (*read_workbooks(workbooks), *texts.values())
    order = {label: index for index, label in enumerate(inputs)}
    return sorted(grids, key=lambda grid: order[grid.file])


def _read_sheet(grid: Grid, maps: HeaderMaps, settings: Settings) -> _SheetRead:
    entries = maps.for_sheet(grid)
    if entries == [PLAIN]:
        for dialect in DIALECTS:
            found = dialect(grid, settings)
            if found is not None:
                return _SheetRead(found.shown, found.tables, diagnostics=found.diagnostics)
    parts = [_read_as(grid, entry, maps.lookups(entry)) for entry in entries]
    return _SheetRead(
        shown=grid,
        tables=tuple(table for part in parts for table in part.tables),
        extensions=tuple(table for part in parts for table in part.extensions),
        diagnostics=tuple(dict.fromkeys(d for part in parts for d in part.diagnostics)),
        proposed_map="".join(part.proposed_map for part in parts),
    )


def _read_as(grid: Grid, entry: TableMap, lookups: Mapping[str, Lookup]) -> _SheetRead:
    match = find_header(grid, lookups, _name_of(grid), entry.sheet)
    if match is None:
        return _unrecognised(grid, lookups["Tasks"])
    body = read_table(grid, match, entry.where)
    remarks = _SheetRead(grid) if entry.columns else _proposal(grid, match)  # a map that was written is complete
    return _SheetRead(
        grid,
        tables=() if entry.extend else (body.table,),
        extensions=(body.table,) if entry.extend else (),
        diagnostics=(
            *_missing_headers(body.table, grid.rows[match.index], entry),
            *remarks.diagnostics,
            *body.diagnostics,
        ),
        proposed_map=remarks.proposed_map,
    )


def _name_of(grid: Grid) -> str:
    """What a sheet is called: for a csv file, the file's name without folder and ending."""
    return grid.sheet or Path(grid.file).stem


def _unrecognised(grid: Grid, lookup: Lookup) -> _SheetRead:
    """A sheet without a header of ours: skipped, with a proposal where it looks like a table of tasks."""
    guess = guess_tasks(grid, lookup)
    if guess is not None:
        proposal = _proposal(grid, guess)
        if proposal.proposed_map:
            return proposal
    if max(sum(not is_blank(value) for value in row) for row in grid.rows) <= PROSE_COLUMNS:
        return _SheetRead(grid)
    message = f'"{_name_of(grid)}" has no header row that is known and was skipped.'
    return _SheetRead(
        grid, diagnostics=(Diagnostic(rules.TABLE_NOT_RECOGNISED, message, (Cell(grid.file, grid.sheet),)),)
    )


def _proposal(grid: Grid, match: HeaderMatch) -> _SheetRead:
    """What the unknown headers of a table may mean; they are kept as they are until somebody accepts it."""
    header = {offset: as_text(value) for offset, value in enumerate(grid.rows[match.index]) if not is_blank(value)}
    proposal = propose(match, header)
    diagnostics = tuple(
        Diagnostic(
            rules.FOREIGN_HEADER,
            f'the header "{header[offset]}" is not known and its column is not read.',
            (Cell(grid.file, grid.sheet, grid.numbers[match.index], grid.first_column + offset),),
            f'Is it "{name}"?',
        )
        for name, offset in proposal.items()
    )
    text = toml_map(grid, match.kind, {name: header[offset] for name, offset in proposal.items()}) if proposal else ""
    return _SheetRead(grid, diagnostics=diagnostics, proposed_map=text)


def _missing_headers(table: Table, header: Sequence[Value], entry: TableMap) -> list[Diagnostic]:
    """Headers that roadmap.toml names for this very file or sheet and that are not there."""
    if entry.file == "*" and entry.table_sheet == "*":
        return []
    wanted = [*(header for headers in entry.columns.values() for header in headers), *entry.where]
    there = {*map(normal, map(as_text, header)), *map(normal, table.columns)}
    return [
        Diagnostic(
            rules.MAP_WITHOUT_HEADER,
            f'roadmap.toml maps the header "{header}", which this table does not have.',
            (Cell(table.file, table.sheet, table.header_row),),
        )
        for header in wanted
        if normal(header) not in there
    ]


def _empty(tables: Sequence[Table]) -> list[Diagnostic]:
    """Tables without rows, one remark a file; an error where no task is left to plan."""
    has_tasks = any(table.kind == "Tasks" and table.rows for table in tables)
    empty = [table for table in tables if not table.rows]
    fatal = [table for table in empty if table.kind == "Tasks" and not has_tasks]
    harmless = [table for table in empty if table not in fatal]
    groups = [(rules.NO_TASK_ROWS, fatal)]
    groups += [
        (rules.EMPTY_TABLE, [t for t in harmless if t.file == file])
        for file in dict.fromkeys(t.file for t in harmless)
    ]
    return [_empty_remark(rule, group) for rule, group in groups if group]


def _empty_remark(rule: Rule, tables: Sequence[Table]) -> Diagnostic:
    names = ", ".join(f'"{table.sheet or table.file}"' for table in tables)
    verb = "has" if len(tables) == 1 else "have"
    cells = tuple(Cell(table.file, table.sheet, table.header_row) for table in tables)
    return Diagnostic(rule, f"{names} {verb} headers and no rows.", cells)


def _nothing_recognised(
    inputs: Mapping[str, Path], grids: Sequence[Grid], remarks: Sequence[Diagnostic]
) -> UserError:
    names = ", ".join(list(inputs)[:3]) + (" ..." if len(inputs) > 3 else "")
    has_cells = any(not is_blank(value) for grid in grids for row in grid.rows for value in row)
    what = "no row with known headers" if has_cells else "no cell with a value, only blanks or pictures"
    guesses = " ".join(str(remark) for remark in remarks if remark.rule is rules.FOREIGN_HEADER)
    return UserError(
        f"{names}: {what}. A table of tasks needs headers such as Task ID, Title, Team, Effort, Depends on; "
        f"`roadmap init` writes a template, and [[table]] in roadmap.toml maps other names. {guesses}".rstrip()
    )
