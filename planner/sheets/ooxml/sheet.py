"""The XML of one worksheet: rows and cells found by a scan of its bytes, everything else by expat."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from planner.domain.cells import column_letter
from planner.sheets.guard import MAX_COLUMNS, damaged
from planner.sheets.ooxml.elements import TAG_BODY, Element, check_well_formed, parse
from planner.sheets.ooxml.markup import Splice
from planner.sheets.ooxml.ranges import column_number
from planner.sheets.ooxml.spans import CellSpan, RowSpan, format_of_row

_OPAQUE = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?=[\s/>])" + TAG_BODY + rb">")
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")


class Sheet:
    """A worksheet part in UTF-8.

    Raises
    ------
    UserError
        If it has no place for rows, or rows of another vocabulary.
    Unreadable
        If it is not well-formed.
    """

    def __init__(self, text: bytes, label: str, name: str) -> None:
        check_well_formed(text)
        self.text = text
        self._scan = _masked(text)
        data = _DATA.search(self._scan)
        if data is None:
            raise damaged(label, f'the sheet "{name}" has no rows element')
        self.prefix = data[1]
        self.data_start = data.start()
        self.rows_start = data.end()
        self.is_empty_tag = data[0].endswith(b"/>")
        closing = b"</" + self.prefix + b"sheetData"
        self.rows_end = self.rows_start if self.is_empty_tag else self._scan.rindex(closing)
        self.data_end = self.rows_end if self.is_empty_tag else text.index(b">", self.rows_end) + 1
        self._cell_tag = _start_tag(self.prefix + b"c")
        self._cell_mark = b"<" + self.prefix + b"c"
        self.value_mark = b"<" + self.prefix + b"v"
        self.inline_mark = b"<" + self.prefix + b"is"
        self.formula_mark = b"<" + self.prefix + b"f"
        self._formula_tag = _start_tag(self.prefix + b"f")
        self.numbers = array("q")
        self._starts = array("q")
        self._inners = array("q")
        self._index_rows()
        if not self.numbers and self._scan.find(b"<", self.rows_start, self.rows_end) >= 0:
            raise damaged(label, f'the rows of the sheet "{name}" are not of its namespace')
        self._cells: dict[int, dict[int, CellSpan]] = {}
        """Row -> column -> cell, of the rows that were scanned; a row may have 16,384 cells."""
        self._row_styles: dict[int, int] = {}
        self._last_row: RowSpan | None = None
        self.root = self._frame()

    def _index_rows(self) -> None:
        number = 0
        for tag in _start_tag(self.prefix + b"row").finditer(self._scan, self.rows_start, self.rows_end):
            said = _ROW_NUMBER.search(tag[0])
            number = int(said[1]) if said else number + 1
            self.numbers.append(number)
            self._starts.append(tag.start())
            self._inners.append(tag.end())
        pairs = zip(self.numbers, self.numbers[1:], strict=False)
        self.is_ordered = all(before < after for before, after in pairs)

    def _frame(self) -> Element:
        """Everything but the rows; offsets are those of the whole part."""
        cut = b"<" + self.prefix + b"sheetData/>"
        root = parse(self.text[: self.data_start] + cut + self.text[self.data_end :])
        shift = self.data_end - self.data_start - len(cut)
        behind = self.data_start + len(cut)
        for element in root.walk():
            if element.start >= behind:
                element.start += shift
                element.inner += shift
            if element.outer >= behind:
                element.outer += shift
            if element.end >= behind:
                element.end += shift
        return root

    def row_index(self, number: int) -> int | None:
        """Position of a row among those that are written."""
        at = bisect_left(self.numbers, number)
        return at if at < len(self.numbers) and self.numbers[at] == number else None

    def row_at(self, index: int) -> RowSpan:
        """A row by its position."""
        start, inner = self._starts[index], self._inners[index]
        if self.text[inner - 2 : inner] == b"/>":
            return RowSpan(self.numbers[index], start, inner, inner, inner)
        limit = self._starts[index + 1] if index + 1 < len(self._starts) else self.rows_end
        outer = self._scan.rindex(b"</" + self.prefix + b"row", inner, limit)
        return RowSpan(self.numbers[index], start, inner, outer, self.text.index(b">", outer) + 1)

    def row(self, number: int) -> RowSpan | None:
        """A row by its number; None where nothing of it is written."""
        if self._last_row is None or self._last_row.number != number:
            index = self.row_index(number)
            if index is None:
                return None
            self._last_row = self.row_at(index)
        return self._last_row

    def numbers_between(self, first: int, last: int) -> Sequence[int]:
        """The rows that are written, from `first` to `last`."""
        return self.numbers[bisect_left(self.numbers, first) : bisect_left(self.numbers, last + 1)]

    def place_of_row(self, number: int) -> int:
        """Where the element of a row that is missing goes."""
        at = bisect_left(self.numbers, number)
        return self._starts[at] if at < len(self._starts) else self.rows_end

    def cells(self, number: int) -> list[CellSpan]:
        """The cells of a row, as they are written."""
        return list(self._by_column(number).values())

    def cell(self, row: int, column: int) -> CellSpan | None:
        """One cell, if it is written."""
        if row in self._cells or not self._says_places_first:
            return self._by_column(row).get(column)
        span = self.row(row)
        if span is None:
            return None
        mark = b'%s r="%s' % (self._cell_mark, _letters(column))
        start = self._scan.find(mark, span.inner, span.outer)
        while start >= 0 and self._scan[start + len(mark)] not in b"0123456789":  # the A of AB7
            start = self._scan.find(mark, start + 1, span.outer)
        tag = self._cell_tag.match(self._scan, start) if start >= 0 else None
        return self._whole_cell(tag, row, column, span.outer) if tag else None

    def place_of_cell(self, row: RowSpan, column: int) -> int:
        """Where the element of a cell that is missing in a row goes."""
        if row.number not in self._cells and self._says_places_first:
            last = self._scan.rfind(self._cell_mark + b" ", row.inner, row.outer)
            if last < 0 or self._column_at(last) < column:
                return row.outer
        cells = self._by_column(row.number).values()
        return next((cell.start for cell in cells if cell.column > column), row.outer)

    def _column_at(self, start: int) -> int:
        """The column of a cell that says it first of all."""
        said = _PLACE.match(self._scan, start + len(self._cell_mark))
        return column_number(said[1].decode()) if said else MAX_COLUMNS

    @cached_property
    def _says_places_first(self) -> bool:
        """Whether every cell begins with its place, `<c r="B7"`, as nearly all programs write it.

        Then one cell is found without a look at the others of its row.
        """
        mark, first, end = self._cell_mark, self.rows_start, self.rows_end
        cells = sum(self._scan.count(mark + behind, first, end) for behind in (b" ", b">", b"/", b"\n", b"\r", b"\t"))
        if cells > self._scan.count(mark + b' r="', first, end):
            return False
        return re.compile(re.escape(mark) + rb' r="(?![A-Z]{1,3}\d)').search(self._scan, first, end) is None

    def _by_column(self, number: int) -> dict[int, CellSpan]:
        if number not in self._cells:
            row = self.row(number)
            self._cells[number] = {cell.column: cell for cell in self.cells_between(row)} if row else {}
        return self._cells[number]

    def cells_between(self, row: RowSpan) -> Iterator[CellSpan]:
        """The cells of a row; one without a reference stands right of the one before it."""
        column = 0
        position = row.inner
        while found := self._cell_tag.search(self._scan, position, row.outer):
            said = _PLACE.search(found[0])
            column = column_number(said[1].decode()) if said else column + 1
            cell = self._whole_cell(found, row.number, column, row.outer)
            yield cell
            position = cell.end

    def cell_from(self, start: int, limit: int) -> CellSpan | None:
        """The cell that begins here; column 0 where it does not say one, None where none begins."""
        tag = self._cell_tag.match(self._scan, start, limit)
        said = _PLACE.search(tag[0]) if tag else None
        return self._whole_cell(tag, 0, column_number(said[1].decode()) if said else 0, limit) if tag else None

    def _whole_cell(self, found: re.Match[bytes], row: int, column: int, limit: int) -> CellSpan:
        """The cell that begins with a start tag and ends before a limit."""
        inner = outer = end = found.end()
        if not found[0].endswith(b"/>"):
            outer = self._closing(inner, limit)
            end = self.text.index(b">", outer) + 1
        return CellSpan(row, column, found.start(), end, found[0], self.text[inner:outer])

    def row_style(self, number: int) -> int:
        """The format of the empty cells of a row, 0 where it has none."""
        if number not in self._row_styles:
            row = self.row(number)
            self._row_styles[number] = format_of_row(self.text[row.start : row.inner]) if row else 0
        return self._row_styles[number]

    def column_style(self, number: int) -> int:
        """The format of the empty cells of a column, 0 where it has none."""
        return next((style for first, last, style in self._column_styles if first <= number <= last), 0)

    @property
    def has_column_styles(self) -> bool:
        """Whether whole columns have a format."""
        return bool(self._column_styles)

    @cached_property
    def _column_styles(self) -> list[tuple[int, int, int]]:
        """First column, last column and format, where they have one."""
        columns = self.root.child("cols")
        entries = columns.all("col") if columns else []
        return [(at.number("min"), at.number("max"), at.number("style")) for at in entries if at.number("style")]

    def filled(self, rows: bytes) -> Splice:
        """What puts the first rows into a sheet whose rows element is an empty tag."""
        tag = self.text[self.data_start : self.rows_start]
        closed = tag[:-2].rstrip() + b">" + rows + b"</" + self.prefix + b"sheetData>"
        return Splice(self.data_start, self.rows_start, closed)

    def _closing(self, start: int, end: int) -> int:
        """Where `</c` stands and no longer name begins with it."""
        closing = b"</" + self.prefix + b"c"
        at = self._scan.index(closing, start, end)
        while self._scan[at + len(closing) : at + len(closing) + 1] not in b"> \t\r\n":
            at = self._scan.index(closing, at + 1, end)
        return at

    def formula_cells(self) -> Iterator[CellSpan]:
        """Every cell that has a formula."""
        for found in self._formula_tag.finditer(self._scan, self.rows_start, self.rows_end):
            cell = self._cell_around(found.start())
            if cell is None:  # one without a reference: its row has to be counted
                row = self.row_at(bisect_left(self._starts, found.start()) - 1)
                cell = next(c for c in self.cells_between(row) if c.start < found.start() < c.end)
            yield cell

    def _cell_around(self, position: int) -> CellSpan | None:
        """The cell that a formula stands in, by its reference."""
        start = self._scan.rindex(b"<" + self.prefix + b"c", self.rows_start, position)
        tag = self._cell_tag.match(self._scan, start)
        said = _PLACE.search(tag[0]) if tag else None
        if tag is None or said is None:
            return None
        return self._whole_cell(tag, int(said[2]), column_number(said[1].decode()), self.rows_end)

    def has_formula(self, cell: CellSpan) -> bool:
        """Whether a cell has a formula."""
        return self.formula_mark in cell.inner and self._formula_tag.search(cell.inner) is not None

    def has_value(self, cell: CellSpan) -> bool:
        """Whether somebody typed something into a cell."""
        return (self.value_mark in cell.inner or self.inline_mark in cell.inner) and not self.has_formula(cell)

    def rows_with_values_up(self, last: int) -> Iterator[int]:
        """Numbers of the rows that hold any value, from row `last` upwards."""
        at = bisect_left(self.numbers, last + 1)
        limit = self._starts[at] if at < len(self._starts) else self.rows_end
        while True:
            found = max(
                self._scan.rfind(mark, self.rows_start, limit) for mark in (self.value_mark, self.inline_mark)
            )
            if found < 0:
                return
            index = bisect_left(self._starts, found) - 1
            yield self.numbers[index]
            limit = self._starts[index]


@cache
def _letters(column: int) -> bytes:
    return column_letter(column).encode()


def _start_tag(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<" + re.escape(name) + rb"(?=[\s/>])" + TAG_BODY + rb">")


def _masked(text: bytes) -> bytes:
    """The same bytes with comments, CDATA sections and instructions blanked, so that no tag is found in them."""
    if b"<!" not in text and text.rfind(b"<?") <= 0:
        return text
    return _OPAQUE.sub(lambda match: b" " * len(match[0]), text)
