"""Rows that add to rows of the same id elsewhere: further teams, further dependencies from a table of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planner.domain.diagnostics import Diagnostic
from planner.domain.roadmap import id_key
from planner.sheets import file_rules as rules
from planner.sheets.columns import columns_of
from planner.sheets.grid import as_text
from planner.sheets.headers import JOINED_TYPES
from planner.sheets.table import Row, Table

_NAMED = 3


def extend_tables(
    tables: Sequence[Table], extensions: Sequence[Table]
) -> tuple[tuple[Table, ...], tuple[Diagnostic, ...]]:
    """Tables whose list columns have the values of the extensions' rows appended, and the ids that nobody has."""
    extended = tuple(
        _extended(table, [other for other in extensions if other.kind == table.kind]) for table in tables
    )
    diagnostics = [
        diagnostic
        for extension in extensions
        for diagnostic in _unmatched(extension, [table for table in tables if table.kind == extension.kind])
    ]
    return extended, tuple(diagnostics)


def _extended(table: Table, extensions: Sequence[Table]) -> Table:
    if not extensions:
        return table
    additions: dict[str, dict[str, list[str]]] = {}
    for extension in extensions:
        for row in extension.rows:
            lists = additions.setdefault(_key(extension.kind, row), {})
            for column in columns_of(extension.kind):
                if column.type in JOINED_TYPES and column.name in row.values:
                    lists.setdefault(column.name, []).append(as_text(row.values[column.name]))
    added = {name: 0 for lists in additions.values() for name in lists}  # 0: they stand in another table
    return replace(
        table,
        rows=tuple(_extended_row(row, additions.get(_key(table.kind, row), {})) for row in table.rows),
        columns={**added, **table.columns},
    )


def _extended_row(row: Row, lists: Mapping[str, Sequence[str]]) -> Row:
    if not lists:
        return row
    values = dict(row.values)
    for name, texts in lists.items():
        distinct: dict[str, str] = {}
        for part in ";".join((as_text(values.get(name)), *texts)).split(";"):
            distinct.setdefault(id_key(part), part.strip())
        values[name] = "; ".join(filter(None, distinct.values()))
    return replace(row, values=values)


def _unmatched(extension: Table, tables: Sequence[Table]) -> list[Diagnostic]:
    known = {_key(table.kind, row) for table in tables for row in table.rows}
    lost = [row for row in extension.rows if _key(extension.kind, row) not in known]
    if not lost:
        return []
    name = _id_column(extension.kind)
    ids = ", ".join(f'"{as_text(row.values.get(name))}"' for row in lost[:_NAMED])
    more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
    cells = tuple(extension.source(row).cell(name) for row in lost)
    rows = "1 row extends" if len(lost) == 1 else f"{len(lost)} rows extend"
    return [Diagnostic(rules.EXTEND_UNMATCHED, f"{rows} an id that is on no sheet, ignored: {ids}{more}.", cells)]


def _key(kind: str, row: Row) -> str:
    return id_key(as_text(row.values.get(_id_column(kind))))


def _id_column(kind: str) -> str:
    return columns_of(kind)[0].name
