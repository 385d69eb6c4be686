"""A value on its way into cells of the master: as what it is stored, and which of several columns hold it."""

import re
from collections.abc import Mapping
from datetime import date

from planner.domain.edits import CellEdit, CellValue
from planner.domain.roadmap import id_key
from planner.sheets.grid import as_text
from planner.sheets.headers import JOINED_TYPES
from planner.sheets.merge.forms import Typed, same
from planner.sheets.merge.grid import GridColumn, Located, SheetGrid, cell_value
from planner.sheets.values import recounted

_PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d{0,8})(\.\d{0,8}[1-9])?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAYS = frozenset({"date", "target"})
_NUMERIC = frozenset({"number", "integer", "duration", "effort", "engineers"})


def cell_edits(ours: Located, key: str, value: Typed) -> list[CellEdit]:
    """The edits that make a cell of the master say a value; its column is there."""
    column = ours.grid.columns[key]
    places = _spread(column, value, {place: ours.row.cells.get(place) for place in column.places})
    return [CellEdit(ours.grid.sheet, ours.row.number, place, content) for place, content in places.items()]


def row_values(grid: SheetGrid, row: Located, id: str) -> Mapping[int, CellValue]:
    """The cells of a new row by 1-based column of the master: what stands in the returned row, and its id."""
    values: dict[int, CellValue] = {}
    for key, column in grid.columns.items():
        theirs = row.grid.columns.get(key)
        if column.is_computed or not column.places:
            continue
        if grid.has_ids and key in grid.keys:
            values[column.places[0]] = id
        elif theirs and row.meant(key) is not None:
            spread = _spread(column, Typed(row.meant(key), theirs), dict.fromkeys(column.places))
            values |= {place: content for place, content in spread.items() if content is not None}
    return values


def stored(value: CellValue, column: GridColumn) -> CellValue:
    """A plain number or day that came as text (a csv file) as what it is; everything else as typed.

    Text stays text in columns of text: "00123" is no number.
    """
    if not isinstance(value, str) or column.column is None:
        return value
    text = value.strip()
    if column.column.type in _NUMERIC and _PLAIN_NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    if column.column.type in _DAYS and _ISO_DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:  # 31 February stays what it is
            return value
    return value


def _spread(column: GridColumn, value: Typed, present: Mapping[int, CellValue]) -> dict[int, CellValue]:
    """1-based column -> what is to stand in it, only where that is not `present`."""
    value = _counted(column, value)
    if len(column.places) == 1:
        return {column.places[0]: stored(value.value, column)}
    kept = _kept(column, value, present) if _is_list(column) else {}
    wanted = kept if kept and same(Typed(_joined(kept), column), value) else _in_order(column, value)
    return {place: content for place, content in wanted.items() if content != present[place]}


def _counted(column: GridColumn, value: Typed) -> Typed:
    """A bare number that is a day, in the way in which the column's workbook counts days."""
    if value.column is None or column.column is None or column.column.type not in _DAYS:
        return value
    ways = value.column.conventions.uses_1904_dates, column.conventions.uses_1904_dates
    return Typed(cell_value(recounted(value.value, *ways)), column)


def _is_list(column: GridColumn) -> bool:
    """Whether several columns that feed it are the entries of a list."""
    return column.column is not None and column.column.type in JOINED_TYPES


def _joined(cells: Mapping[int, CellValue]) -> CellValue:
    """What a reader takes several cells of a list for."""
    return "; ".join(text for content in cells.values() if (text := as_text(content))) or None


def _kept(column: GridColumn, value: Typed, present: Mapping[int, CellValue]) -> dict[int, CellValue]:
    """Entries of a list where they stand already, new ones in free cells, the rest behind the last."""
    entries = {id_key(entry): entry.strip() for entry in as_text(value.value).split(";") if entry.strip()}
    wanted: dict[int, CellValue] = {}
    for place, content in present.items():
        own = [entries.pop(id_key(e)) for e in as_text(content).split(";") if id_key(e) in entries]
        wanted[place] = (content if len(own) == len(as_text(content).split(";")) else "; ".join(own)) or None
    for place in column.places:
        if wanted[place] is None and entries:
            wanted[place] = entries.pop(next(iter(entries)))
    last = column.places[-1]
    wanted[last] = "; ".join(filter(None, (as_text(wanted[last]), *entries.values()))) if entries else wanted[last]
    return wanted


def _in_order(column: GridColumn, value: Typed) -> dict[int, CellValue]:
    """Entries from the first column on; of an effort the three points, a single one in the middle."""
    text = as_text(value.value)
    parts = [part.strip() for part in text.split(";" if _is_list(column) else "..") if part.strip()]
    count = len(column.places)
    if not _is_list(column) and len(parts) != count:
        return {place: value.value if place == column.places[count // 2] else None for place in column.places}
    head, tail = parts[: count - 1], parts[count - 1 :]
    cells = [*head, *([""] * (count - 1 - len(head))), "; ".join(tail)]
    return {
        place: stored(content, column) if content else None
        for place, content in zip(column.places, cells, strict=True)
    }
