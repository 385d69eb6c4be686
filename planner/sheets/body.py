"""Turn the rows below a recognised header into a table: raw values by column, without totals and repeated headers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.domain.cells import Cell, column_letter
from planner.domain.diagnostics import Diagnostic, Rule
from planner.domain.own_sheets import ARCHIVE_SHEETS, ITEMS_SHEET, TASKS_SHEET
from planner.domain.roadmap import id_key
from planner.sheets import file_rules as rules
from planner.sheets.columns import columns_of
from planner.sheets.fill import fill_ditto, fill_groups, fill_merged
from planner.sheets.grid import Grid, as_text, is_blank
from planner.sheets.headers import HeaderMatch, normal, repeats_header
from planner.sheets.table import Row, Table, Value

SENT_SHEETS = (ITEMS_SHEET, TASKS_SHEET)

_TOTALS = frozenset({"total", "totals", "sum", "subtotal", "grandtotal", "summe", "gesamt", "overall"})


@dataclass(frozen=True)
class TableBody:
    """A table and what was noticed while its rows were read."""

    table: Table
    diagnostics: tuple[Diagnostic, ...]


def read_table(grid: Grid, match: HeaderMatch, where: Mapping[str, str]) -> TableBody:
    """All rows below the header whose columns have the values of `where` (their header or our column -> value)."""
    header = _header(grid, match)
    places = {name: grid.first_column + offsets[0] for name, offsets in match.columns.items()}
    rows, totals = _rows(grid, match, header, _conditions(match, header, where))
    rows, merged_from = fill_merged(match.kind, rows, places, grid.merged)
    rows, marks = fill_ditto(match.kind, rows)
    is_ours = grid.sheet in ARCHIVE_SHEETS.values() or (bool(match.computed) and grid.sheet in SENT_SHEETS)
    rows, grouped = (rows, ()) if is_ours else fill_groups(match.kind, rows)  # on ours a blank is a blank
    table = Table(
        file=grid.file,
        sheet=grid.sheet,
        kind=match.kind,
        header_row=grid.numbers[match.index],
        columns=places,
        headers={name: " + ".join(header[offset] for offset in offsets) for name, offsets in match.columns.items()},
        rows=rows,
        unknown=tuple(header[offset] for offset in match.unknown),
        uses_1904_dates=grid.uses_1904_dates,
        merged_from=merged_from,
        first_column=grid.first_column,
        feeds={
            name: tuple(grid.first_column + offset for offset in offsets) for name, offsets in match.columns.items()
        },
        others=_others(grid, match, header),
        computed={name: grid.first_column + offset for name, offset in match.computed.items()},
    )
    diagnostics = (
        *_shadowed(table, grid, match, header),
        *_totals_skipped(table, totals),
        *_filled(table, rules.SAME_AS_ABOVE, marks, "repeats the value above", "repeat the value above"),
        *_filled(table, rules.FILLED_DOWN, grouped, "is blank in a column", "are blank in a column"),
    )
    return TableBody(table, diagnostics)


def _others(grid: Grid, match: HeaderMatch, header: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """(1-based column, header) of the columns that are none of ours."""
    used = {offset for offsets in match.columns.values() for offset in offsets} | {*match.computed.values()}
    return tuple((grid.first_column + offset, name) for offset, name in enumerate(header) if offset not in used)


def _header(grid: Grid, match: HeaderMatch) -> list[str]:
    """The headers, one for every column that any row reaches; a column without one is called by its letter."""
    texts = [as_text(value) for value in grid.rows[match.index]]
    texts += [""] * (max(map(len, grid.rows)) - len(texts))
    return [text or f"column {column_letter(grid.first_column + offset)}" for offset, text in enumerate(texts)]


def _conditions(match: HeaderMatch, header: Sequence[str], where: Mapping[str, str]) -> list[tuple[int, str]]:
    """(offset, value to have) for each condition; a column that the table does not have selects nothing (-1)."""
    offsets = {normal(text): offset for offset, text in reversed(list(enumerate(header)))}
    offsets |= {normal(name): places[0] for name, places in match.columns.items() if normal(name) not in offsets}
    return [(offsets.get(normal(name), -1), id_key(value)) for name, value in where.items()]


def _rows(
    grid: Grid, match: HeaderMatch, header: Sequence[str], conditions: Sequence[tuple[int, str]]
) -> tuple[tuple[Row, ...], list[int]]:
    """The rows of data, and the numbers of those that hold totals."""
    used = {offset for offsets in match.columns.values() for offset in offsets} | {*match.computed.values()}
    unused = [(offset, name) for offset, name in enumerate(header) if offset not in used]
    titles = grid.rows[match.index]
    first = match.index + 1
    rows: list[Row] = []
    totals: list[int] = []
    for number, cells in zip(grid.numbers[first:], grid.rows[first:], strict=True):
        if all(map(is_blank, cells)) or repeats_header(cells, titles):
            continue
        if not all(id_key(as_text(_at(cells, offset))) == wanted for offset, wanted in conditions):
            continue
        values = _values(cells, match.columns)
        if _is_total(match.kind, cells, values):
            totals.append(number)
        else:
            extra = tuple(
                (name, as_text(cells[offset])) for offset, name in unused if not is_blank(_at(cells, offset))
            )
            if values or extra:  # else only what a plan has written
                rows.append(Row(number, values, extra, cells))
    return tuple(rows), totals


def _at(cells: Sequence[Value], offset: int) -> Value:
    return cells[offset] if 0 <= offset < len(cells) else None


def _values(cells: Sequence[Value], columns: Mapping[str, tuple[int, ...]]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, offsets in columns.items():
        value = _tidy(_at(cells, offsets[0])) if len(offsets) == 1 else _joined(name, cells, offsets)
        if value is not None:
            values[name] = value
    return values


def _tidy(value: Value) -> Value:
    """A text without outer blanks, a whole number as int, a blank as None."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _joined(name: str, cells: Sequence[Value], offsets: Sequence[int]) -> Value:
    """Several cells as one: a list `a; b`, an effort `low..likely..high`; a single value stays what it is."""
    found = [value for offset in offsets if (value := _tidy(_at(cells, offset))) is not None]
    if len(found) < 2:
        return found[0] if found else None
    return (".." if name == "Effort" else "; ").join(map(as_text, found))


def _is_total(kind: str, cells: Sequence[Value], values: Mapping[str, Value]) -> bool:
    """Whether the row's first text is a word for a total and stands where the id would, with no title beside it."""
    first = next(value for value in cells if not is_blank(value))
    if not isinstance(first, str) or normal(first) not in _TOTALS:
        return False
    ids = [column.name for column in columns_of(kind) if column.type == "id"]
    texts = [value for name in (*ids, "Title") if (value := values.get(name)) is not None]
    return texts in ([], [first.strip()])


def _shadowed(table: Table, grid: Grid, match: HeaderMatch, header: Sequence[str]) -> list[Diagnostic]:
    if not match.shadowed:
        return []
    pairs = [f'"{header[offset]}" ({name} is read from "{table.headers[name]}")' for offset, name in match.shadowed]
    cells = tuple(
        Cell(table.file, table.sheet, table.header_row, grid.first_column + offset) for offset, _ in match.shadowed
    )
    return [Diagnostic(rules.COLUMN_SHADOWED, f"not read, but kept: {', '.join(pairs)}.", cells)]


def _totals_skipped(table: Table, numbers: Sequence[int]) -> list[Diagnostic]:
    cells = tuple(Cell(table.file, table.sheet, number) for number in numbers)
    word = "a row of totals was" if len(cells) == 1 else f"{len(cells)} rows of totals were"
    return [Diagnostic(rules.TOTAL_ROW, f"{word} skipped.", cells)] if cells else []


def _filled(table: Table, rule: Rule, places: Sequence[tuple[int, str]], one: str, many: str) -> list[Diagnostic]:
    """One diagnostic for every column that was filled."""
    diagnostics = []
    for name in dict.fromkeys(name for _, name in places):
        cells = tuple(
            Cell(table.file, table.sheet, number, table.columns[name]) for number, place in places if place == name
        )
        what = f"1 cell of {name} {one}" if len(cells) == 1 else f"{len(cells)} cells of {name} {many}"
        how = " that is typed once per group" if rule is rules.FILLED_DOWN else ""
        diagnostics.append(Diagnostic(rule, f"{what}{how}; read as the value above.", cells))
    return diagnostics
