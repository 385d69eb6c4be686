"""Read a result again and compare it with what came in: only what was meant to change has changed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from planner.domain.cells import column_letter
from planner.domain.errors import UserError
from planner.sheets.ooxml.book import Book
from planner.sheets.ooxml.cell_values import Stored, agrees
from planner.sheets.ooxml.draft import Draft, Write
from planner.sheets.ooxml.elements import Unreadable, check_well_formed
from planner.sheets.ooxml.markup import plain_text
from planner.sheets.ooxml.package import Package
from planner.sheets.ooxml.ranges import column_number
from planner.sheets.ooxml.sheet import Sheet

_ROWS_AT_ONCE = 500
"""Rows that are held as elements at a time."""


def check(content: bytes, result: bytes, book: Book) -> None:
    """Compare a workbook before and after.

    Raises
    ------
    UserError
        If anything differs that should not: the result is not to be used.
    """
    try:
        _compare(Package(content, book.label), Package(result, book.label), book)
    except Unreadable as error:
        raise _failed(book.label, str(error)) from error


def _compare(before: Package, after: Package, book: Book) -> None:
    touched = set(book.package.touched)
    if before.untouched(touched) != after.untouched(touched):
        raise _failed(book.label, "parts that were not edited differ")
    for part, draft in book.drafts.items():
        if part in touched:
            _check_sheet(Sheet(after.read(part), book.label, part), draft, part, book)
    for name in touched - book.drafts.keys():
        if after.find(name):
            check_well_formed(after.read(name))


def _failed(label: str, what: str) -> UserError:
    return UserError(
        f"{label}: the edited file failed its check ({what}), so it is not used. The original is as it was."
    )


def _check_sheet(after: Sheet, draft: Draft, part: str, book: Book) -> None:
    """Rows that were not edited have equal bytes, the others equal cells but for the intended ones."""
    before = draft.sheet
    numbers = sorted({*draft.writes, *(row for row, _ in draft.stale), *(after.numbers if draft.is_cleared else ())})
    if not draft.is_cleared and _between(before, numbers) != _between(after, numbers):
        raise _failed(book.label, f"rows of {part} that were not edited differ")
    for start in range(0, len(numbers), _ROWS_AT_ONCE):
        some = numbers[start : start + _ROWS_AT_ONCE]
        old = {} if draft.is_cleared else _rows(before, some)
        new = _rows(after, some)
        for number in some:
            fault = _row_fault(old.get(number, _NO_ROW), new.get(number, _NO_ROW), number, draft, book)
            if fault:
                raise _failed(book.label, f"{part}, {fault}")
    lost = Counter(element.name for element in before.root.walk()) - Counter(e.name for e in after.root.walk())
    if lost:
        raise _failed(book.label, f"{part} has lost {', '.join(lost)}")


def _between(sheet: Sheet, numbers: Sequence[int]) -> list[memoryview]:
    """What stands between some rows, before the first and behind the last of them."""
    pieces = []
    position = sheet.rows_start
    view = memoryview(sheet.text)
    for number in numbers:
        row = sheet.row(number)
        start, end = (row.start, row.end) if row else (sheet.place_of_row(number),) * 2
        pieces.append(view[position:start])
        position = end
    return [*pieces, view[position : sheet.rows_end]]


def _raw(sheet: Sheet, number: int) -> bytes:
    row = sheet.row(number)
    return sheet.text[row.start : row.end] if row else b""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as ElementTree reads it: its attributes, its cells by column."""

    attributes: Mapping[str, str]
    cells: Mapping[int, ElementTree.Element]


_NO_ROW = _Row({}, {})


def _rows(sheet: Sheet, numbers: Sequence[int]) -> dict[int, _Row]:
    """Rows by their numbers, in the namespaces of their sheet."""
    opening = [sheet.text[sheet.root.start : sheet.root.inner]]
    closing = [b"</%s%s>" % (sheet.prefix, name) for name in (b"sheetData", b"worksheet")]
    data = sheet.text[sheet.data_start : sheet.rows_start]
    opening.append(data[:-2] + b">" if data.endswith(b"/>") else data)
    present = [number for number in numbers if sheet.row(number)]
    rows = [_raw(sheet, number) for number in present]
    root = ElementTree.fromstring(b"".join([*opening, *rows, *closing]))
    return {number: _row(element) for number, element in zip(present, root[0], strict=True)}


def _row(element: ElementTree.Element) -> _Row:
    cells = {}
    column = 0
    for cell in element:
        letters = cell.get("r", "").rstrip("0123456789")
        column = column_number(letters) if letters else column + 1
        cells[column] = cell
    return _Row({name: value for name, value in element.items() if name != "spans"}, cells)


def _row_fault(old: _Row, new: _Row, number: int, draft: Draft, book: Book) -> str:
    """What is wrong with a row after the edits; empty if nothing is."""
    if old is not _NO_ROW and old.attributes != new.attributes:
        return f"row {number} has changed"
    wanted = draft.writes.get(number, {})
    for column in {*old.cells, *new.cells, *wanted}:
        before, after = old.cells.get(column), new.cells.get(column)
        if column in wanted:
            good = _is_written(after, wanted[column], book)
        elif (number, column) in draft.stale:
            good = _is_dropped(before, after)
        else:
            good = _same(before, after)
        if not good:
            return f"{column_letter(column)}{number} is not as it should be"
    return ""


def _is_dropped(before: ElementTree.Element | None, after: ElementTree.Element | None) -> bool:
    """Whether a formula is what it was, without its value."""
    if before is None or after is None or _child(after, "v") is not None:
        return False
    return _same(_child(before, "f"), _child(after, "f"))


def _child(cell: ElementTree.Element, name: str) -> ElementTree.Element | None:
    return next((child for child in cell if child.tag.rpartition("}")[2] == name), None)


def _same(one: ElementTree.Element | None, other: ElementTree.Element | None) -> bool:
    """Whether two elements say the same, with all that is in them."""
    if one is None or other is None:
        return one is other
    if (one.tag, one.text, len(one)) != (other.tag, other.text, len(other)) or one.attrib != other.attrib:
        return False
    return all(_same(*pair) for pair in zip(one, other, strict=True))


def _is_written(cell: ElementTree.Element | None, write: Write, book: Book) -> bool:
    if write.formula:
        formula = None if cell is None else _child(cell, "f")
        return formula is not None and formula.text == write.formula
    if cell is None:
        return write.value is None
    if int(cell.get("s") or 0) != write.style or _child(cell, "f") is not None:
        return False
    return agrees(_value(cell), write.value)


def _value(cell: ElementTree.Element) -> Stored:
    inline, value = _child(cell, "is"), _child(cell, "v")
    if inline is not None:
        return plain_text("".join(inline.itertext()))
    if value is None or value.text is None:
        return None
    return value.text == "1" if cell.get("t") == "b" else float(value.text)
