"""The cells of tables that name a PM, and what they say when somebody else takes over."""

import re
from collections.abc import Iterator, Sequence

from planner.domain.cells import Cell
from planner.domain.handover import Moved
from planner.domain.roadmap import id_key
from planner.sheets.columns import columns_of
from planner.sheets.grid import as_text
from planner.sheets.table import Row, Table

OWNED = (("Roadmap", "PM"), ("Decisions", "Driver"), ("Decisions", "Approver"))
"""(sheet, column) that name who answers for a row; of decisions only while they are open."""

_SEPARATORS = re.compile(r"(\s*[;,/&]\s*)")


def handed_over(tables: Sequence[Table], old: str, new: str) -> Iterator[Moved]:
    """The cells that name `old`, alone or among others, with `new` in the place."""
    for table, row, column, text in _owners(tables):
        parts = _SEPARATORS.split(text)
        moved = [new if id_key(part) == id_key(old) else part for part in parts]
        if moved != parts:
            key = as_text(row.values.get(columns_of(table.kind)[0].name))
            cell = Cell(table.file, table.sheet, row.number, table.columns[column])
            yield Moved(table.kind, key, column, text, "".join(moved), cell)


def people(tables: Sequence[Table]) -> tuple[str, ...]:
    """Everybody who answers for something, in the order of the sheets, each once."""
    names = {
        id_key(part): part
        for _, _, _, text in _owners(tables)
        for part in _SEPARATORS.split(text)[::2]
        if part.strip()
    }
    return tuple(names.values())


def _owners(tables: Sequence[Table]) -> Iterator[tuple[Table, Row, str, str]]:
    """The cells that name somebody, as they stand: what was filled in from above is not typed there."""
    for table in tables:
        for column in (column for kind, column in OWNED if kind == table.kind and column in table.columns):
            for row in table.rows:
                offset = table.columns[column] - table.first_column
                text = as_text(row.cells[offset]) if 0 <= offset < len(row.cells) else ""
                if text and not _is_decided(table, row):
                    yield table, row, column, text


def _is_decided(table: Table, row: Row) -> bool:
    return table.kind == "Decisions" and (
        "Chosen" in row.values or id_key(as_text(row.values.get("Status"))) == "decided"
    )
