"""The rows of a receiver: what people typed, what is computed beside it, remarks on the cells that are in doubt."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.domain.computed import COMPUTED
from planner.domain.diagnostics import Assumption, Diagnostic
from planner.domain.edits import CellValue
from planner.domain.merging import RESERVED
from planner.domain.parcel import Choice, ParcelColumn, ParcelRow, ParcelTable, RawValue, Shape
from planner.domain.roadmap import Item, Task
from planner.sheets.columns import Column, columns_of
from planner.sheets.export.veil import Veil
from planner.sheets.grid import as_text
from planner.sheets.headers import normal
from planner.sheets.table import Row, Table
from planner.sheets.template import TEXT_TYPES, choices_of, help_of, template_columns, width_of
from planner.sheets.values import recounted

Place = tuple[str, str, int]
"""File, sheet and row of the master."""

MENTIONING = frozenset({"text", "ids", "dependencies"})
"""Types of columns in which people name other rows."""
DAYS = frozenset({"date", "target"})
"""Types of columns in which a number is a day."""
ALWAYS_OPEN = frozenset({"core", "cost of delay"})
"""Groups of columns that are shown although nobody has filled them, but for long texts: these take room on paper."""
LONG_TEXTS = frozenset({"Description"})
LISTS: Mapping[tuple[str, str], Choice] = {("Tasks", "Team"): Choice.TEAMS, ("Tasks", "Item ID(s)"): Choice.ITEMS}
SHAPES = {"date": Shape.DATE, "text": Shape.WRAPPED, "number": Shape.NUMBER, "percent": Shape.NUMBER}
COMPUTED_LOOKS: Mapping[str, tuple[Shape, float, str]] = {
    "Planned start": (Shape.DATE, 13, "First day worked, by the plan."),
    "Planned finish": (Shape.DATE, 13, "Last day worked, by the plan."),
    "Planned launch": (Shape.DATE, 13, "First day on which it is live, by the plan."),
    "Sequence": (Shape.NUMBER, 10, "Place in the order in which all work starts."),
    "Float": (Shape.NUMBER, 8, "Working days by which it may slip before others do."),
    "Conflicts": (Shape.WRAPPED, 34, "What contradicts this row; the comment of the cell says more."),
    "Why": (Shape.WRAPPED, 40, "What holds it where it is."),
}
LONGEST_HEADER = 255
"""Characters of a header that a table of Excel takes."""
_NAMELESS = re.compile(r"column [A-Z]+")
"""How a column without a header is called."""


@dataclass(frozen=True)
class Beside:
    """What the plan says of a row: the cells under `COMPUTED`, a comment on its conflicts, its teams and load."""

    cells: tuple[CellValue, ...] = (None,) * len(COMPUTED)
    conflicts: str = ""
    teams: tuple[str, ...] = ()
    effort: float = 0.0
    """ED."""


class MasterRows:
    """The rows of the master by where they stand, and what is doubtful in their cells."""

    def __init__(
        self, tables: Sequence[Table], diagnostics: Iterable[Diagnostic], assumptions: Iterable[Assumption]
    ) -> None:
        self._rows = {(table.file, table.sheet, row.number): (table, row) for table in tables for row in table.rows}
        self._remarks: dict[Place, list[tuple[int, str]]] = defaultdict(list)
        for diagnostic in diagnostics:
            text = f"{diagnostic.severity.word}: {diagnostic.message} {diagnostic.suggestion}".rstrip()
            for cell in diagnostic.cells:
                self._remarks[cell.file, cell.sheet, cell.row].append((cell.column, text))
        for assumption in assumptions:
            if place := assumption.cell:
                text = f"assumed, as nobody typed it: {assumption.value}"
                self._remarks[place.file, place.sheet, place.row].append((place.column, text))

    def find(self, noun: Item | Task, kind: str) -> tuple[Table, Row] | None:
        """The row that an item or task was read from; None where a reader made it up."""
        found = self._rows.get((noun.source.file, noun.source.sheet, noun.source.row))
        return found if found and found[0].kind == kind else None

    def remarks(self, table: Table, row: Row) -> Mapping[str, str]:
        """Remarks on a row by our column; those on the whole row stand on its first column."""
        first = columns_of(table.kind)[0].name
        names = {place: name for name, places in table.feeds.items() for place in places}
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for place, text in self._remarks.get((table.file, table.sheet, row.number), ()):
            found[names.get(place, first)][text] = None
        return {name: "\n".join(texts) for name, texts in found.items()}


def parcel_table(
    kind: str, nouns: Sequence[Item] | Sequence[Task], master: MasterRows, beside: Mapping[str, Beside], veil: Veil
) -> ParcelTable:
    """The rows of items (kind Roadmap) or tasks, in order, as the receiver of the veil may see them."""
    found = [(noun, *place) for noun in nouns if (place := master.find(noun, kind))]
    rows = [(noun, table, row) for noun, table, row in found if not veil.hides(noun)]
    headers = _unknown_headers(kind, [row for _, _, row in rows])
    ours = template_columns(kind)
    made = [
        _row(noun, table, row, ours, headers, master, beside.get(noun.id, Beside()), veil)
        for noun, table, row in rows
    ]
    hidden = [noun for noun, _, _ in found if veil.hides(noun)]
    made += [
        _reserved(number, kind, ours, headers, beside.get(noun.id, Beside())) for number, noun in enumerate(hidden, 1)
    ]
    columns = [
        *(_column(column, all(row.cells[place] is None for row in made)) for place, column in enumerate(ours)),
        *(ParcelColumn(header, "A column of yours.", Shape.WRAPPED, 18) for header in headers),
        *(
            _computed_column(name, all(row.cells[place - len(COMPUTED)] is None for row in made))
            for place, name in enumerate(COMPUTED)
        ),
    ]
    folded = {place for place, column in enumerate(columns) if column.folded}
    kept = [_without_remarks(row, folded) for row in made]
    return ParcelTable(kind, tuple(columns), tuple(kept))


def _unknown_headers(kind: str, rows: Iterable[Row]) -> tuple[str, ...]:
    """Headers of people's own columns, once each; a table cannot have two columns of one name."""
    taken = {normal(name) for name in (*(column.name for column in columns_of(kind)), *COMPUTED)}
    found: dict[str, str] = {}
    for row in rows:
        for header, _ in row.extra:
            is_usable = len(header) <= LONGEST_HEADER and not _NAMELESS.fullmatch(header)
            if is_usable and normal(header) not in taken:
                found.setdefault(normal(header), header)
    return tuple(found.values())


def _column(column: Column, is_blank: bool) -> ParcelColumn:
    shape = Shape.VERBATIM if column.type in TEXT_TYPES else SHAPES.get(column.type, Shape.TEXT)
    choices = LISTS.get((column.sheet, column.name), choices_of(column))
    is_asked = column.type == "status" or (column.group in ALWAYS_OPEN and column.name not in LONG_TEXTS)
    folded = is_blank and not is_asked
    return ParcelColumn(column.name, help_of(column), shape, min(38, width_of(column)), choices, False, folded)


def _computed_column(name: str, is_blank: bool) -> ParcelColumn:
    """Items have no place in the sequence and no float; that nothing contradicts is worth a column."""
    shape, width, words = COMPUTED_LOOKS[name]
    words = f"{words} Computed: what is typed here is ignored."
    return ParcelColumn(name, words, shape, width, computed=True, folded=is_blank and shape is Shape.NUMBER)


def _row(
    noun: Item | Task,
    table: Table,
    row: Row,
    ours: Sequence[Column],
    headers: Sequence[str],
    master: MasterRows,
    beside: Beside,
    veil: Veil,
) -> ParcelRow:
    extra = {normal(header): text for header, text in reversed(row.extra)}
    typed = [_seen(_counted(row.values.get(column.name), column, table), column, veil) for column in ours]
    own = [_seen(extra.get(normal(header)), None, veil) for header in headers]
    cells = (*typed, *own, *beside.cells)
    places = {column.name: place for place, column in enumerate(ours)}
    remarks = {
        places[name]: text
        for name, text in master.remarks(table, row).items()
        if name in places and not veil.mentions(text)
    }
    if beside.conflicts:
        remarks[len(typed) + len(own) + COMPUTED.index("Conflicts")] = beside.conflicts
    return ParcelRow(noun.id, cells, remarks)


def _counted(value: RawValue, column: Column, table: Table) -> RawValue:
    """A value as typed; a bare number that is a day in the way our workbooks count days."""
    return recounted(value, table.uses_1904_dates, to_1904=False) if column.type in DAYS else value


def _seen(value: RawValue, column: Column | None, veil: Veil) -> RawValue:
    """A value as typed, but for the names of what is reserved; columns that are none of ours may have any."""
    may_mention = column is None or column.type in MENTIONING
    text = as_text(value) if may_mention and value is not None else ""
    return veil.covered(text) if text and veil.mentions(text) else value


def _reserved(number: int, kind: str, ours: Sequence[Column], headers: Sequence[str], beside: Beside) -> ParcelRow:
    """Nothing but who works on it, and how much: as it is planned, since what was typed may say more."""
    told: dict[str, RawValue] = {ours[0].name: f"{RESERVED} {number}", "Title": RESERVED}
    computed: list[CellValue] = [None] * len(COMPUTED)
    if kind == "Tasks":
        told |= {"Team": "; ".join(beside.teams) or None, "Effort": beside.effort or None}
    else:
        computed[COMPUTED.index("Why")] = f"{', '.join(beside.teams) or 'no team'}: {beside.effort:g} engineer-days"
    cells = (*(told.get(column.name) for column in ours), *(None for _ in headers), *computed)
    return ParcelRow(f"{RESERVED} {number}", cells, reserved=True)


def _without_remarks(row: ParcelRow, folded: set[int]) -> ParcelRow:
    """What is folded away is not remarked upon."""
    remarks = {place: text for place, text in row.remarks.items() if place not in folded}
    return ParcelRow(row.id, row.cells, remarks, row.reserved)
