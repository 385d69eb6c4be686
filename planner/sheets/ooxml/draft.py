"""What becomes of one worksheet: values written, caches dropped, ranges grown; rendered as splices of its bytes."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from planner.sheets.ooxml.cell_values import Stored, agrees, changed_cell, held, new_cell, without_cached_value
from planner.sheets.ooxml.elements import Element
from planner.sheets.ooxml.formula_cells import array_ranges
from planner.sheets.ooxml.markup import Splice, escape, spliced, with_attribute
from planner.sheets.ooxml.ranges import Range, parse_range, parse_ranges
from planner.sheets.ooxml.row_tags import is_hidden, new_row_tag, with_hidden, with_spans
from planner.sheets.ooxml.shared_strings import SharedStrings
from planner.sheets.ooxml.sheet import Sheet
from planner.sheets.ooxml.sheet_columns import column_splices
from planner.sheets.ooxml.spans import CellSpan

Growth = Callable[[Range], Range]
_NEAR = 25
"""Rows above and below that show how a column is formatted."""
_GROWING = frozenset({"conditionalFormatting", "dataValidation"})


@dataclass(frozen=True, slots=True)
class Write:
    """What a cell gets: its value or the formula of its table's column, and its format."""

    value: Stored
    style: int
    formula: str = ""


@dataclass
class Draft:
    """A sheet and its changes."""

    sheet: Sheet
    writes: dict[int, dict[int, Write]] = field(default_factory=dict)
    stale: dict[int, set[int]] = field(default_factory=dict)
    """Row -> columns of the formulas whose cached values are dropped."""
    dressed: dict[int, int] = field(default_factory=dict)
    """New row -> the row whose height and look it takes."""
    growths: list[Growth] = field(default_factory=list)
    """What becomes of the ranges of conditional formats and validations, in this order."""
    new_columns: list[int] = field(default_factory=list)
    """Columns that become visible, as wide as the one before."""

    hidden: dict[int, bool] = field(default_factory=dict)
    """Rows that are hidden from now on, or shown again."""

    is_cleared: bool = False
    """Whether the rows that came in are forgotten."""
    _valued: dict[int, list[int]] = field(default_factory=dict)
    """Column -> rows, in order, that get a value."""
    _given_ends: dict[Range, int] = field(default_factory=dict)
    _header_ends: dict[int, tuple[int, int] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.merged = [
            found
            for element in _children(self.sheet.root, "mergeCells", "mergeCell")
            if (found := parse_range(element.get("ref") or ""))
        ]
        self.arrays = array_ranges(self.sheet)
        self._filter = self.sheet.root.child("autoFilter")
        self.given_filter = parse_range((self._filter.get("ref") if self._filter else None) or "")
        self.filter = self.given_filter

    def write(self, row: int, column: int, write: Write) -> None:
        """Set a cell; the last write counts."""
        self.writes.setdefault(row, {})[column] = write
        self._header_ends.pop(row, None)
        rows = self._valued.setdefault(column, [])
        at = bisect_left(rows, row)
        is_there = at < len(rows) and rows[at] == row
        if write.value is not None and not is_there:
            rows.insert(at, row)
        elif write.value is None and is_there:
            del rows[at]

    def hide(self, row: int, hidden: bool = True) -> None:
        """Hide a row that came in, or show it again."""
        element = None if self.is_cleared else self.sheet.row(row)
        if element and is_hidden(self.sheet.text[element.start : element.inner]) is not hidden:
            self.hidden[row] = hidden

    def clear(self) -> None:
        """Forget all rows."""
        self.is_cleared = True
        self.writes.clear()
        self._valued.clear()
        self._given_ends.clear()
        self._header_ends.clear()
        self.arrays.clear()

    def cells(self, row: int) -> list[CellSpan]:
        """The cells of a row that came in."""
        return [] if self.is_cleared else self.sheet.cells(row)

    def cell(self, row: int, column: int) -> CellSpan | None:
        """One cell that came in."""
        return None if self.is_cleared else self.sheet.cell(row, column)

    def last_typed_row(self, body: Range) -> int:
        """The last row of a range in which somebody typed a value or will, else the one above it."""
        last = max(body.top - 1, self._last_given(body))
        for column, rows in self._valued.items():
            at = bisect_left(rows, body.bottom + 1)
            if body.left <= column <= body.right and at:
                last = max(last, rows[at - 1])
        return last

    def _last_given(self, body: Range) -> int:
        """The last row of a range that came in with a typed value, 0 where none did; asked for again and again."""
        if self.is_cleared:
            return 0
        if body not in self._given_ends:
            self._given_ends[body] = next(self._given_rows(body), 0)
        return self._given_ends[body]

    def _given_rows(self, body: Range) -> Iterator[int]:
        """The rows of a range that came in with typed values, from the last one up."""
        for row in self.sheet.rows_with_values_up(body.bottom):
            if row < body.top:
                return
            cells = self.sheet.cells(row)
            if any(body.left <= cell.column <= body.right and self.sheet.has_value(cell) for cell in cells):
                yield row

    def header_ends(self, row: int) -> tuple[int, int] | None:
        """The first and the last column of a row that hold anything or will; None where none does."""
        if row not in self._header_ends:
            columns = {cell.column for cell in self.cells(row)} | self.writes.get(row, {}).keys()
            taken = [column for column in columns if self.is_taken(row, column)]
            self._header_ends[row] = (min(taken), max(taken)) if taken else None
        return self._header_ends[row]

    def drop_cached(self, places: Iterable[tuple[int, int]]) -> None:
        """Formulas at these places lose their cached values; programs fill the rest of an array from its first."""
        for row, column in places:
            cell = self.sheet.cell(row, column)
            if cell and self.sheet.value_mark in cell.inner and self.sheet.has_formula(cell):
                self.stale.setdefault(row, set()).add(column)

    def is_taken(self, row: int, column: int) -> bool:
        """Whether a cell holds anything or will."""
        written = self.writes.get(row, {}).get(column)
        if written:
            return written.value is not None or bool(written.formula)
        cell = self.cell(row, column)
        return cell is not None and (self.sheet.has_value(cell) or self.sheet.has_formula(cell))

    def is_taken_between(self, where: Range) -> bool:
        """Whether any cell of a range holds anything or will."""
        rows = {*self.sheet.numbers_between(where.top, where.bottom), *self.writes}
        return any(
            self.is_taken(row, column)
            for row in rows
            if where.top <= row <= where.bottom
            for column in range(where.left, where.right + 1)
        )

    def changed_places(self, strings: SharedStrings) -> list[tuple[int, int]]:
        """The cells that will hold another value than they do."""
        written = {(row, column): write for row, cells in self.writes.items() for column, write in cells.items()}
        if self.is_cleared:
            gone = ((n, cell.column) for n in self.sheet.numbers for cell in self.sheet.cells(n))
            written = dict.fromkeys(gone, Write(None, 0)) | written
        return [place for place, write in written.items() if not self._holds(place, write, strings)]

    def _holds(self, place: tuple[int, int], write: Write, strings: SharedStrings) -> bool:
        cell = self.sheet.cell(*place)
        return not write.formula and agrees(held(cell, strings) if cell else None, write.value)

    def style_at(self, row: int, column: int) -> int:
        """The format that a cell has, or would have: its own, its row's, its column's."""
        written = self.writes.get(row, {}).get(column)
        if written:
            return written.style
        cell = self.cell(row, column)
        if cell:
            return cell.style
        return self.sheet.row_style(row) or self.sheet.column_style(column)

    def columns_with_style(self, row: int, where: Range) -> Sequence[int]:
        """The columns of a range in which a row may have a format, in order."""
        if self.sheet.row_style(row) or self.sheet.has_column_styles:
            return range(where.left, where.right + 1)
        columns = {cell.column for cell in self.cells(row)} | self.writes.get(row, {}).keys()
        return sorted(column for column in columns if where.left <= column <= where.right)

    def styles_near(self, row: int, column: int) -> Iterator[int]:
        """The formats of cells above and below, the nearest first."""
        at = bisect_left(self.sheet.numbers, row)
        above = self.sheet.numbers[max(0, at - _NEAR) : at]
        below = self.sheet.numbers[at : at + _NEAR]
        for number in (*reversed(above), *below):
            written = self.writes.get(number, {}).get(column)
            cell = self.cell(number, column)
            if written:
                yield written.style
            elif cell:
                yield cell.style

    def first_styles(self) -> Iterator[int]:
        """The formats of the first rows, which show how the sheet is written."""
        for number in self.sheet.numbers[: 2 * _NEAR]:
            yield from (cell.style for cell in self.cells(number))

    def grow(self, growth: Growth) -> None:
        """Let ranges grow, the filter of the sheet with them."""
        self.growths.append(growth)
        if self.filter:
            self.filter = growth(self.filter)

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to render."""
        rows = self.writes or self.stale or self.hidden
        return bool(self.is_cleared or rows or self.growths or self.new_columns)

    def text(self) -> bytes:
        """The part with its changes."""
        rows = [self._all_rows()] if self.is_cleared else self._rows()
        return spliced(self.sheet.text, [*self._frame(), *rows])

    def _all_rows(self) -> Splice:
        """Nothing but the rows that were written."""
        rows = b"".join(self._new_row(number) for number in sorted(self.writes))
        if self.sheet.is_empty_tag:
            return self.sheet.filled(rows)
        return Splice(self.sheet.rows_start, self.sheet.rows_end, rows)

    def _frame(self) -> Iterator[Splice]:
        """Changes outside of the rows."""
        if self._filter and self.filter != self.given_filter:
            yield self._attribute(self._filter, "ref", str(self.filter))
        yield from self._ranges()
        yield from self._dimension()
        yield from column_splices(self.sheet, self.new_columns)

    def _ranges(self) -> Iterator[Splice]:
        for element in self.sheet.root.walk():
            if element.name not in _GROWING:
                continue
            place = element.child("sqref")
            before = parse_ranges(place.text if place else element.get("sqref"))
            after = [self._grown(found) for found in before]
            if after == before:
                continue
            ranges = " ".join(map(str, after))
            if place:
                yield Splice(place.inner, place.outer, escape(ranges))
            else:
                yield self._attribute(element, "sqref", ranges)

    def _grown(self, found: Range) -> Range:
        for growth in self.growths:
            found = growth(found)
        return found

    def _dimension(self) -> Iterator[Splice]:
        """The used range, where it is named, covers what was added; else readers that trust it would miss that."""
        element = self.sheet.root.child("dimension")
        given = parse_range((element.get("ref") if element else None) or "")
        if element is None or given is None or not self.writes:
            return
        columns = [column for row in self.writes.values() for column in row]
        used = Range(
            min(given.top, *self.writes),
            min(given.left, *columns),
            max(given.bottom, *self.writes),
            max(given.right, *columns),
        )
        if used != given:
            yield self._attribute(element, "ref", str(used))

    def _attribute(self, element: Element, name: str, value: str) -> Splice:
        tag = self.sheet.text[element.start : element.inner]
        return Splice(element.start, element.inner, with_attribute(tag, name, value))

    def _rows(self) -> Iterator[Splice]:
        fresh = b""
        for number in sorted(self.writes.keys() | self.stale.keys() | self.hidden.keys()):
            row = self.sheet.row(number)
            if row is not None:
                yield from self._changed_row(number)
                continue
            element = self._new_row(number)
            if self.sheet.is_empty_tag:
                fresh += element
            else:
                place = self.sheet.place_of_row(number)
                yield Splice(place, place, element)
        if fresh:
            yield self.sheet.filled(fresh)

    def _new_row(self, number: int) -> bytes:
        cells = self.writes[number]
        like = self.sheet.row(self.dressed[number]) if number in self.dressed else None
        tag = new_row_tag(self.sheet.prefix, number, self.sheet.text[like.start : like.inner] if like else b"")
        return b"%s%s</%srow>" % (tag, self._new_cells(number, sorted(cells)), self.sheet.prefix)

    def _new_cells(self, row: int, columns: list[int]) -> bytes:
        return b"".join(self._new_cell(row, column) for column in columns)

    def _new_cell(self, row: int, column: int) -> bytes:
        write = self.writes[row][column]
        if write.value is None and not write.formula and not write.style:
            return b""
        cell = new_cell(self.sheet.prefix, row, column, write.style, write.value)
        if not write.formula:
            return cell
        p = self.sheet.prefix
        return b"%s><%sf>%s</%sf></%sc>" % (cell[:-2], p, escape(write.formula), p, p)

    def _changed_row(self, number: int) -> Iterator[Splice]:
        row = self.sheet.row(number)
        if row is None:
            return
        writes = self.writes.get(number, {})
        there = {column: cell for column in writes if (cell := self.sheet.cell(number, column))}
        added = sorted(writes.keys() - there.keys())
        given = self.sheet.text[row.start : row.inner]
        tag = with_hidden(given, self.hidden[number]) if number in self.hidden else given
        if row.inner == row.end and not added:
            yield Splice(row.start, row.end, tag)
            return
        if row.inner == row.end:
            name = self.sheet.prefix + b"row"
            new = self._new_cells(number, added)
            opened = with_spans(tag, added)[:-2].rstrip() + b">"
            yield Splice(row.start, row.end, opened + new + b"</" + name + b">")
            return
        if with_spans(tag, added) != given:
            yield Splice(row.start, row.inner, with_spans(tag, added))
        for column in added:
            place = self.sheet.place_of_cell(row, column)
            yield Splice(place, place, self._new_cell(number, column))
        for column, cell in there.items():
            yield Splice(cell.start, cell.end, self._written(cell, writes[column]))
        for column in self.stale.get(number, set()) - writes.keys():
            if cell := self.sheet.cell(number, column):
                yield Splice(cell.start, cell.end, without_cached_value(cell))

    def _written(self, cell: CellSpan, write: Write) -> bytes:
        return changed_cell(cell, self.sheet.prefix, write.style, write.value)


def _children(root: Element, parent: str, name: str) -> list[Element]:
    element = root.child(parent)
    return element.all(name) if element else []
