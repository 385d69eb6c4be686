"""Cells that mean "same as above": merged cells, ditto marks, and columns that are typed once per group.

Blank cells are a value, too: a task without a team is one that nobody has taken. So a blank is filled only in
three cases: it lies inside a merged cell; it says so (`"`, "same", "ditto"); or the whole column is typed once per
group. The last is believed only where all of this holds: Team or Item ID(s) of tasks, the first row filled, at
least three values, at least half of the rows blank, no value twice, and nobody typed "none". A table with many
missing owners names some team twice and is left alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planner.domain.roadmap import id_key
from planner.sheets.columns import columns_of
from planner.sheets.grid import MergedRange, as_text
from planner.sheets.table import Row, Value

DITTO_MARKS = frozenset({'"', "''", "”", "″", "〃", '-"-', "same", "same as above", "ditto", "do.", "s.o."})
"""Texts that repeat the cell above."""

_NONE_WORDS = frozenset({"none", "-", "–", "—", "n/a", "na", "no", "nobody", "unassigned", "tbd", "?"})
_GROUPED_COLUMNS = ("Team", "Item ID(s)")
_GROUPS_AT_LEAST = 3
_TALLEST_MERGE = 1000
"""Rows; a merged cell that is taller was made by a slip of the mouse."""

_SPREADING_TYPES = frozenset({"list", "ids", "text", "choice", "status", "target", "date", "country"})
"""A merged effort is one effort, a merged team is everybody's team."""


def fill_merged(
    kind: str, rows: Sequence[Row], places: Mapping[str, int], merged: Sequence[MergedRange]
) -> tuple[tuple[Row, ...], dict[tuple[int, str], int]]:
    """Rows with the values of merged cells in every row they span, and (row, column) -> the merged cell's top.

    `places` are our columns and their 1-based place in the sheet.
    """
    spreading = {
        places[column.name]: column.name
        for column in columns_of(kind)
        if column.name in places and column.type in _SPREADING_TYPES and not column.required
    }
    by_number = {row.number: row for row in rows}
    filled: dict[int, dict[str, Value]] = {}
    merged_from: dict[tuple[int, str], int] = {}
    for top, left, bottom, _ in merged:
        name = spreading.get(left)
        if name is None or top not in by_number or not 0 < bottom - top <= _TALLEST_MERGE:
            continue
        value = by_number[top].values.get(name)
        for number in range(top + 1, bottom + 1):
            if value is not None and number in by_number and name not in by_number[number].values:
                filled.setdefault(number, {})[name] = value
                merged_from[number, name] = top
    return _with_values(rows, filled), merged_from


def fill_ditto(kind: str, rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[tuple[int, str], ...]]:
    """Rows whose ditto marks are replaced by the value or blank above, and the (row, column) of each mark."""
    names = [column.name for column in columns_of(kind) if column.type != "id"]
    above: dict[str, Value] = {}
    filled: dict[int, dict[str, Value]] = {}
    for row in rows:
        for name in names:
            value = row.values.get(name)
            if isinstance(value, str) and value.casefold() in DITTO_MARKS:
                filled.setdefault(row.number, {})[name] = above.get(name)
            else:
                above[name] = value
    marks = tuple((number, name) for number, values in filled.items() for name in values)
    return _with_values(rows, filled), marks


def fill_groups(kind: str, rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[tuple[int, str], ...]]:
    """Rows with the columns filled that are typed once per group, and the (row, column) of each filled cell."""
    names = [name for name in _GROUPED_COLUMNS if kind == "Tasks" and _is_grouped(name, rows)]
    filled: dict[int, dict[str, Value]] = {}
    for name in names:
        value: Value = None
        for row in rows:
            if name in row.values:
                value = row.values[name]
            else:
                filled.setdefault(row.number, {})[name] = value
    cells = tuple((row.number, name) for name in names for row in rows if name not in row.values)
    return _with_values(rows, filled), cells


def _is_grouped(name: str, rows: Sequence[Row]) -> bool:
    typed = [id_key(as_text(row.values[name])) for row in rows if name in row.values]
    return (
        len(typed) >= _GROUPS_AT_LEAST
        and name in rows[0].values
        and len(typed) <= len(rows) / 2
        and len(set(typed)) == len(typed)
        and not _NONE_WORDS.intersection(typed)
    )


def _with_values(rows: Sequence[Row], filled: Mapping[int, Mapping[str, Value]]) -> tuple[Row, ...]:
    return tuple(_with_row_values(row, filled[row.number]) if row.number in filled else row for row in rows)


def _with_row_values(row: Row, filled: Mapping[str, Value]) -> Row:
    values = {**row.values, **filled}
    return replace(row, values={name: value for name, value in values.items() if value is not None})
