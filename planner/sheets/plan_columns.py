"""The edits that put a plan into the computed columns of a table of tasks: found by header, added where missing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from planner.domain.computed import COMPUTED
from planner.domain.edits import CellEdit, CellValue, NewColumn
from planner.sheets.grid import Grid, as_text, is_blank
from planner.sheets.headers import OURS, computed_columns, normal
from planner.sheets.table import Value


def plan_column_edits(
    grid: Grid, header_row: int, rows: Mapping[int, Sequence[CellValue]]
) -> tuple[CellEdit | NewColumn, ...]:
    """Edits for those cells only that do not say what they should.

    Parameters
    ----------
    header_row
        1-based row of the table's headers in the sheet.
    rows
        1-based row of each task -> what belongs under `COMPUTED`; None clears.
    """
    header = grid.rows[header_row - grid.numbers[0]]
    headers = {offset: as_text(value) for offset, value in enumerate(header) if not is_blank(value)}
    taken = {normal(text): offset for offset, text in sorted(headers.items(), reverse=True)}
    ours = computed_columns(headers)
    edits: list[CellEdit | NewColumn] = []
    for place, name in enumerate(COMPUTED):
        values = {row: cells[place] for row, cells in sorted(rows.items())}
        offset = ours.get(name, taken.get(normal(name)))
        if offset is not None and (name in ours or _is_empty(grid, header_row, offset)):
            edits += [
                CellEdit(grid.sheet, row, grid.first_column + offset, value)
                for row, value in values.items()
                if not _says(_at(grid, row, offset), value)
            ]
        else:
            title = name if offset is None else name + OURS
            filled = {row: value for row, value in values.items() if value is not None}
            edits.append(NewColumn(grid.sheet, header_row, title, filled))
    return tuple(edits)


def _is_empty(grid: Grid, header_row: int, offset: int) -> bool:
    """Whether nothing stands below a header."""
    return all(is_blank(_at(grid, row, offset)) for row in grid.numbers if row > header_row)


def _at(grid: Grid, row: int, offset: int) -> Value:
    index = row - grid.numbers[0]
    cells = grid.rows[index] if index < len(grid.rows) else ()
    return cells[offset] if offset < len(cells) else None


def _says(found: Value, wanted: CellValue) -> bool:
    """Whether a cell holds a value; a day is the midnight that it begins with, 5 is 5.0."""
    if isinstance(found, datetime) and isinstance(wanted, date) and not isinstance(wanted, datetime):
        return found == datetime.combine(wanted, datetime.min.time())
    if is_blank(found) or wanted is None:
        return is_blank(found) and wanted is None
    return found == wanted and isinstance(found, bool) == isinstance(wanted, bool)
