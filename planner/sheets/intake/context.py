"""The master as the sources see it: rows that are none of theirs, so that their ids, teams and releases are known."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from planner.domain.roadmap import Roadmap, id_key
from planner.sheets.columns import columns_of
from planner.sheets.table import Row, Table

NAMING = frozenset({"Task ID", "Item ID", "Decision ID", "Hypothesis ID", "Title", "Question", "Statement", "Team"})
"""Columns by which a row can be referred to."""

WHOLE = frozenset({"Teams", "Components", "Calendar"})
"""Sheets that say what names mean: every column of theirs counts."""

REFERRED = (*WHOLE, "Roadmap", "Tasks", "Decisions", "Hypotheses")


def context_tables(master: Sequence[Table], label: str, claimed: Collection[tuple[str, int]]) -> tuple[Table, ...]:
    """Tables of the master under a label, without the rows (sheet, number) that the sources have themselves."""
    return tuple(
        replace(table, file=label, rows=tuple(_rows(table, claimed))) for table in master if table.kind in REFERRED
    )


def _rows(table: Table, claimed: Collection[tuple[str, int]]) -> Iterator[Row]:
    for row in table.rows:
        if (table.sheet, row.number) not in claimed:
            names = row.values.keys() if table.kind in WHOLE else row.values.keys() & NAMING
            yield replace(row, values={name: row.values[name] for name in row.values if name in names}, extra=())


def named_items(sources: Roadmap, master: Roadmap) -> tuple[Table, ...]:
    """Items that the sources' tasks name and that are on no sheet: a table for them, one a sheet that names them.

    Their ids stand for titles: a row with an id of words and nothing else would be a heading.
    """
    known = {id_key(item.id) for item in master.items}
    first = columns_of("Roadmap")[0].name
    rows: dict[tuple[str, str], list[Row]] = {}
    for item in sources.items:
        if id_key(item.id) not in known:
            place = item.source.file, item.source.sheet
            rows.setdefault(place, []).append(Row(item.source.row, {first: item.id, "Title": item.id}))
    return tuple(Table(file, sheet, "Roadmap", 0, {}, {}, tuple(found)) for (file, sheet), found in rows.items())
