"""Which formulas depend on cells that change: their cached values would be stale."""

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from planner.sheets.ooxml.book import Book, SheetEntry
from planner.sheets.ooxml.formula_cells import FormulaCell, formula_of
from planner.sheets.ooxml.ranges import Range
from planner.sheets.ooxml.references import NameUse, Precedents, precedents
from planner.sheets.ooxml.tables import Table

_HAS_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_MOST_SWEEPS = 30
"""Up and down over all formulas; chains that are still moving then are taken to depend."""

Places = Mapping[int, Iterable[tuple[int, int]]]
"""Position of a sheet -> cells."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A formula with what it reads: (position of the sheet, range); `shown_in` is the range that it was written for.

    There are as many of these as formulas: their texts are not kept.
    """

    sheet: int
    row: int
    column: int
    shown_in: Range | None
    reads: tuple[tuple[int, Range], ...]
    is_opaque: bool

    def fills(self) -> Iterator[tuple[int, int]]:
        """The cells that show its values."""
        where = self.shown_in
        if where is None or (where.bottom - where.top + 1) * (where.right - where.left + 1) > _MOST_FILLED:
            yield (self.row, self.column)
            return
        for row in range(where.top, where.bottom + 1):
            yield from ((row, column) for column in range(where.left, where.right + 1))


_MOST_FILLED = 10_000


class _Marked:
    """Cells that change, looked up by range."""

    def __init__(self, places: Places) -> None:
        self._rows: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for sheet, cells in places.items():
            for row, column in cells:
                self._rows[sheet][column].append(row)
            for rows in self._rows[sheet].values():
                rows.sort()

    def add(self, sheet: int, row: int, column: int) -> None:
        insort(self._rows[sheet][column], row)

    def meets(self, sheet: int, where: Range) -> bool:
        """Whether one of them is in a range."""
        columns = self._rows.get(sheet)
        if not columns:
            return False
        if where.left == where.right:
            return where.left in columns and _any_between(columns[where.left], where.top, where.bottom)
        return any(
            where.left <= column <= where.right and _any_between(rows, where.top, where.bottom)
            for column, rows in columns.items()
        )


def _any_between(rows: list[int], top: int, bottom: int) -> bool:
    at = bisect_left(rows, top)
    return at < len(rows) and rows[at] <= bottom


def dependents(book: Book, changed: Places) -> dict[int, set[tuple[int, int]]]:
    """The cells of all formulas that depend on changed cells, directly or not; position of the sheet -> cells."""
    if not any(changed.values()):
        return {}
    marked = _Marked(changed)
    waiting = list(_Formulas(book).nodes())
    stale: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for sweep in range(_MOST_SWEEPS + 1):
        left = []
        for node in waiting:
            hit = node.is_opaque or sweep == _MOST_SWEEPS or any(marked.meets(*read) for read in node.reads)
            if not hit:
                left.append(node)
                continue
            for row, column in node.fills():
                stale[node.sheet].add((row, column))
                marked.add(node.sheet, row, column)
        if len(left) == len(waiting):
            break
        waiting = left[::-1]
    return stale


class _Formulas:
    """All formulas of a workbook, their names resolved."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._positions = {entry.name.casefold(): entry.position for entry in book.entries}
        self._names = book.names()
        self._resolved: dict[tuple[int, str], list[tuple[int, Range]] | None] = {}
        self._tables: dict[str, tuple[int, Table]] | None = None

    def nodes(self) -> Iterator[_Node]:
        for entry in self._book.entries:
            part = entry.part
            if part and (part in self._book.drafts or _HAS_FORMULA.search(self._book.package.read(part))):
                yield from self._of_sheet(entry)

    def _of_sheet(self, entry: SheetEntry) -> Iterator[_Node]:
        draft = self._book.draft(entry)
        if draft.is_cleared:
            return
        shared: dict[int, tuple[FormulaCell, Precedents]] = {}
        for cell in draft.sheet.formula_cells():
            formula = formula_of(cell)
            if formula is None:
                continue
            master = shared.get(formula.group) if formula.group is not None and not formula.text else None
            origin, found = master or (formula, precedents(formula.text))
            if formula.group is not None and formula.text:
                shared[formula.group] = (formula, found)
            rows, columns = formula.row - origin.row, formula.column - origin.column
            reads = [
                (position, moved.cells)
                for reference in found.references
                if (moved := reference.moved(rows, columns))
                for position in self._sheets(reference.sheet, entry.position)
            ]
            opaque = found.is_opaque or formula.kind == "dataTable"
            for use in found.names:
                known = self._named(use, entry.position, formula.row, 0)
                opaque |= known is None
                reads += known or ()
            shown_in = formula.fills if formula.is_array else None
            yield _Node(entry.position, formula.row, formula.column, shown_in, tuple(reads), opaque)

    def _sheets(self, name: str, own: int) -> tuple[int, ...]:
        """Positions of the sheets that a prefix names; `First:Last` is all between, another file none."""
        if not name:
            return (own,)
        if name in self._positions:
            return (self._positions[name],)
        first, colon, last = name.partition(":")
        if colon and first in self._positions and last in self._positions:
            low, high = sorted((self._positions[first], self._positions[last]))
            return tuple(range(low, high + 1))
        return ()

    def _named(self, use: NameUse, own: int, row: int, depth: int) -> list[tuple[int, Range]] | None:
        """What a name stands for; None where that cannot be told."""
        table = self._table(use.name)
        if table:
            return [(table[0], where) for where in _table_ranges(table[1], use, row)]
        key = (own, use.name)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(use, own, row, depth)
        return self._resolved[key]

    def _resolve(self, use: NameUse, own: int, row: int, depth: int) -> list[tuple[int, Range]] | None:
        """What a defined name stands for."""
        text = self._names.get((own, use.name), self._names.get((None, use.name)))
        if text is None:
            return []
        found = precedents(text)
        if found.is_opaque or depth > len(self._names) or not all(all(r.fixed) for r in found.references):
            return None
        reads = [(position, r.cells) for r in found.references for position in self._sheets(r.sheet, own)]
        for inner in found.names:
            known = self._named(inner, own, row, depth + 1)
            if known is None:
                return None
            reads += known
        return list(dict.fromkeys(reads))

    def _table(self, name: str) -> tuple[int, Table] | None:
        if self._tables is None:
            self._tables = {
                known.casefold(): (entry.position, table)
                for entry in self._book.entries
                for table in self._book.tables(entry)
                for known in table.names
            }
        return self._tables.get(name)


def _table_ranges(table: Table, use: NameUse, row: int) -> list[Range]:
    """The columns of a table that are named, all where none is; in one row where that is said."""
    top, bottom = (row, row) if use.this_row else (table.ref.top, table.ref.bottom)
    names = [name.casefold() for name in table.columns]
    columns = [table.ref.left + names.index(name) for name in use.columns if name in names]
    if len(columns) < len(use.columns) or not columns:
        return [Range(top, table.ref.left, bottom, table.ref.right)]
    return [Range(top, column, bottom, column) for column in columns]
