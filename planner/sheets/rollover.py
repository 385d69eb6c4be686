"""The edits that roll a workbook over: rows that are over to a sheet of ours, the rest as it goes on.

The archive is a table like the one that it comes from, so it is read like it: what waits for archived work knows that
it is done, and ids stay taken. A row in the old place is emptied and hidden; a row with a formula stays where it is.
Work under way keeps its row as typed, with % done or Remaining: an Effort cut down to what is left would change how
many engineers are assumed to be at it, and what became of the estimate could not be told at its end.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from planner.domain.edits import CellEdit, CellValue, HiddenRow, OwnSheet
from planner.domain.own_sheets import ARCHIVE_SHEETS
from planner.domain.roadmap import Item, Roadmap, Status, Task
from planner.domain.rollover import AskedAgain, Carried, Kept
from planner.sheets.columns import columns_of
from planner.sheets.grid import as_text
from planner.sheets.table import Row, Table, Value

OVER = (Status.DONE, Status.DROPPED)
WIDTHS = {"Title": 40, "Description": 40, "Task ID": 14, "Item ID": 14}
OTHER_WIDTH = 16
REPEATED = "its id stands on another row, too"

Place = tuple[str, int]
"""Sheet and row."""
Values = Mapping[str, CellValue]


@dataclass
class Move:
    """One row that is over: where it stands, its cells by header, and the edits that empty its old place."""

    kind: str
    id: str
    place: Place
    values: Values
    edits: list[CellEdit]


@dataclass
class Plan:
    """What is to be done with one workbook; archived rows that are there already come first."""

    moves: list[Move] = field(default_factory=list)
    archived: dict[str, list[Values]] = field(default_factory=dict)
    """Kind -> rows of the archive besides those that are moved now."""
    edits: list[CellEdit] = field(default_factory=list)
    carried: list[Carried] = field(default_factory=list)
    asked: list[AskedAgain] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)

    def sheets(self) -> Iterator[OwnSheet]:
        """The archive's sheets, of every kind that has rows."""
        for kind, name in ARCHIVE_SHEETS.items():
            rows = [*self.archived.get(kind, ()), *(move.values for move in self.moves if move.kind == kind)]
            if rows:
                yield _sheet(kind, name, rows)

    def hidden(self) -> Iterator[HiddenRow]:
        """The old places."""
        return (HiddenRow(*move.place) for move in self.moves)


def planned(file: str, tables: Sequence[Table], roadmap: Roadmap, as_of: date) -> Plan:
    """What rolling one workbook over takes."""
    plan = Plan()
    rows = {(table.sheet, row.number): (table, row) for table in tables if table.file == file for row in table.rows}
    for table in tables:
        if table.file == file and table.sheet == ARCHIVE_SHEETS.get(table.kind):
            plan.archived[table.kind] = [_values(table, row) for row in table.rows]
    tasks = [task for task in roadmap.tasks if task.source.file == file and not _is_archived(task)]
    items = [item for item in roadmap.items if item.source.file == file and not _is_archived(item)]
    for task in tasks:
        found = rows.get((task.source.sheet, task.source.row))
        if found is None:
            continue
        if task.status in OVER:
            _archive(plan, "Tasks", task, *found)
        elif task.status is Status.IN_PROGRESS:
            whole = task.estimate.likely if task.estimate else None
            plan.carried.append(Carried(task.id, task.title, whole, _left(task)))
    finished = _finished(roadmap)
    for item in items:
        found = rows.get((item.source.sheet, item.source.row))
        if found is None or found[0].kind != "Roadmap":
            continue
        if item.id in finished:
            _archive(plan, "Roadmap", item, *found)
        else:
            _ask(plan, item, *found, as_of)
    return plan


def without(plan: Plan, places: Mapping[Place, str]) -> Plan:
    """The same without moving the rows at these places, which have a reason to stay."""
    stay = [move for move in plan.moves if move.place in places]
    kept = [Kept(move.place[0], move.id, places[move.place]) for move in stay]
    return replace(plan, moves=[move for move in plan.moves if move not in stay], kept=[*plan.kept, *kept])


def _is_archived(noun: Task | Item) -> bool:
    return noun.source.sheet in ARCHIVE_SHEETS.values()


def _finished(roadmap: Roadmap) -> frozenset[str]:
    """Items that are done or dropped, by their status or by that of all their tasks."""
    open_: set[str] = set()
    over: set[str] = set()
    for task in roadmap.tasks:
        (over if task.status in OVER else open_).update(task.items)
    return frozenset(item.id for item in roadmap.items if item.status in OVER or item.id in over - open_)


def _archive(plan: Plan, kind: str, noun: Task | Item, table: Table, row: Row) -> None:
    """Move a row, unless the reader had to give it another id: then the archive would not find its way back."""
    id_column = columns_of(kind)[0].name
    if as_text(row.values.get(id_column)) not in ("", noun.id) or f"{noun.id}#2" in _ids_beside(table):
        plan.kept.append(Kept(table.sheet, noun.id, REPEATED))
        return
    values = {**_values(table, row), id_column: noun.id}
    clear = [
        CellEdit(table.sheet, row.number, table.first_column + offset, None)
        for offset, value in enumerate(row.cells)
        if value is not None and value != ""
    ]
    plan.moves.append(Move(kind, noun.id, (table.sheet, row.number), values, clear))


def _ids_beside(table: Table) -> frozenset[str]:
    """Ids with the mark of a repeated one, as the reader gives it: `PAY-7` twice makes a `PAY-7#2`."""
    id_column = columns_of(table.kind)[0].name
    typed = [as_text(row.values.get(id_column)) for row in table.rows]
    return frozenset(f"{name}#2" for name in typed if typed.count(name) > 1)


def _values(table: Table, row: Row) -> dict[str, CellValue]:
    """A row by header: ours where we know it, else as typed."""
    named = {name: _stored(value) for name, value in row.values.items()}
    return {**named, **{header: text for header, text in row.extra if header not in named}}


def _stored(value: Value) -> CellValue:
    if isinstance(value, datetime):
        return value.date() if not (value.hour or value.minute or value.second) else value
    if value is None or isinstance(value, str | int | float | bool | date):
        return value
    return as_text(value)


def _sheet(kind: str, name: str, rows: Sequence[Values]) -> OwnSheet:
    ours = [column.name for column in columns_of(kind) if any(column.name in row for row in rows)]
    known = set(ours)
    others = dict.fromkeys(header for row in rows for header in row if header not in known)
    headers = (*ours, *others)
    body = tuple(tuple(row.get(header) for header in headers) for row in rows)
    widths = tuple(WIDTHS.get(header, OTHER_WIDTH) for header in headers)
    return OwnSheet(name, (tuple(headers), *body), widths)


def _left(task: Task) -> float | None:
    """ED that are left, where somebody has typed it."""
    if task.remaining is not None:
        return task.remaining
    if task.done_share is not None and task.estimate is not None:
        return task.estimate.likely * (1 - task.done_share)
    return None


def _ask(plan: Plan, item: Item, table: Table, row: Row, as_of: date) -> None:
    """A target that has passed is no promise any more: its cell becomes blank, which is a question."""
    target = min(item.targets, key=lambda target: target.last, default=None)
    if target is None or target.last >= as_of or "Target" not in table.columns or "Target" not in row.values:
        return
    plan.edits.append(CellEdit(table.sheet, row.number, table.columns["Target"], None))
    plan.asked.append(AskedAgain(item.id, item.title, item.pm, target.text))


def ids(moves: Iterable[Move], kind: str) -> tuple[str, ...]:
    """The ids that are moved, of one kind."""
    return tuple(move.id for move in moves if move.kind == kind)
