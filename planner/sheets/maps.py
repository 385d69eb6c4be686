"""What roadmap.toml says about foreign tables, in our own names: which entry holds for which sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from planner.domain.cells import Cell
from planner.domain.diagnostics import Diagnostic
from planner.domain.settings import Settings, TableMap
from planner.sheets import file_rules as rules
from planner.sheets.columns import columns_of, sheet_names
from planner.sheets.grid import Grid
from planner.sheets.headers import Lookup, lookup_of, normal

PLAIN = TableMap()
"""No entry: headers are guessed."""


@dataclass(frozen=True)
class HeaderMaps:
    """The entries whose names of sheets and columns are ours, and what was wrong with the others."""

    tables: tuple[TableMap, ...]
    aliases: Mapping[str, Mapping[str, str]]
    """Sheet of ours -> their header -> our column."""
    diagnostics: tuple[Diagnostic, ...]

    def for_sheet(self, grid: Grid) -> list[TableMap]:
        """How a sheet is read: by the first entry that fits it, or by every one that selects rows (`where`).

        Empty where an entry says that it is ignored.
        """
        fitting = [entry for entry in self.tables if _fits(grid, entry)]
        if any(entry.ignore for entry in fitting):
            return []
        return [entry for entry in fitting if entry.where] or fitting[:1] or [PLAIN]

    def lookups(self, entry: TableMap) -> dict[str, Lookup]:
        """How headers are understood under an entry, for every sheet of ours."""
        return {kind: lookup_of(kind, self.aliases.get(kind), entry.columns) for kind in sheet_names()}


def header_maps(settings: Settings) -> HeaderMaps:
    """The maps of a roadmap.toml; an unknown sheet or column is reported and left out."""
    checker = _Checker(Path(settings.path).name)
    tables = tuple(
        replace(
            entry,
            sheet=checker.name(entry.sheet, sheet_names()) if entry.sheet else "",
            columns=checker.keys(entry.columns, entry.sheet),
        )
        for entry in settings.tables
    )
    aliases: dict[str, dict[str, str]] = {}
    for typed, headers in settings.aliases.items():
        if sheet := checker.name(typed, sheet_names()):
            known = {header: checker.name(column, _column_names(sheet)) for header, column in headers.items()}
            aliases[sheet] = {header: column for header, column in known.items() if column}
    return HeaderMaps(tables, aliases, tuple(checker.diagnostics))


def _fits(grid: Grid, entry: TableMap) -> bool:
    file, sheet = grid.file.casefold(), grid.sheet.casefold()
    return fnmatchcase(file, entry.file.casefold()) and fnmatchcase(sheet, entry.table_sheet.casefold())


def _column_names(sheet: str) -> list[str]:
    """Names of the columns of one sheet, of all sheets where none is named."""
    sheets = [name for name in sheet_names() if normal(name) == normal(sheet)] or sheet_names()
    return [column.name for name in sheets for column in columns_of(name)]


class _Checker:
    """Turns names as typed into ours and notes those that are not."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.diagnostics: list[Diagnostic] = []

    def name(self, typed: str, names: Sequence[str]) -> str:
        """Our name, empty where there is none."""
        ours = {normal(name): name for name in names}
        if normal(typed) in ours:
            return ours[normal(typed)]
        close = get_close_matches(normal(typed), ours, n=1)
        self.diagnostics.append(
            Diagnostic(
                rules.MAP_UNKNOWN_NAME,
                f'"{typed}" is no sheet or column of ours; the entry is ignored.',
                (Cell(self._file),),
                f'Did you mean "{ours[close[0]]}"?' if close else "`roadmap columns` lists them.",
            )
        )
        return ""

    def keys(self, columns: Mapping[str, tuple[str, ...]], sheet: str) -> dict[str, tuple[str, ...]]:
        """The entries under our column names."""
        named = {self.name(typed, _column_names(sheet)): headers for typed, headers in columns.items()}
        return {name: headers for name, headers in named.items() if name}
