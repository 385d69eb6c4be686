"""Read a result again and compare it with what came in: only what was meant to change has changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from planner.domain.cells import column_letter
from planner.domain.errors import UserError
from planner.sheets.ooxml.book import Book
from planner.sheets.ooxml.cell_values import Stored, agrees
from planner.sheets.ooxml.draft import Draft, Write
from planner.sheets.ooxml.elements import Unreadable, check_well_formed
from planner.sheets.ooxml.markup import plain_text, with_attribute
from planner.sheets.ooxml.package import Package
from planner.sheets.ooxml.row_tags import with_hidden
from planner.sheets.ooxml.sheet import Sheet
from planner.sheets.ooxml.spans import RowSpan

_CELLS_AT_ONCE = 5_000
"""Cells that are held as elements at a time."""


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
    """All bytes of the rows are equal but for the intended cells, and those hold what was meant."""
    before = draft.sheet
    numbers = sorted(draft.writes.keys() | draft.stale.keys() | draft.hidden.keys())
    if draft.is_cleared:
        fits = list(after.numbers) == numbers
    else:
        fits = _between(before, numbers) == _between(after, numbers)
    if not fits:
        raise _failed(book.label, f"rows of {part} that were not edited differ")
    found: list[_Found] = []
    for number in numbers:
        cells = _row_cells(None if draft.is_cleared else before, after, number, draft)
        if cells is None:
            raise _failed(book.label, f"{part}, row {number} differs where it was not edited")
        found += cells
        if len(found) > _CELLS_AT_ONCE or number == numbers[-1]:
            _check_cells(after, draft, found, part, book)
            found.clear()
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


@dataclass(frozen=True, slots=True)
class _Found:
    """A cell that was meant to change, as bytes before and after; empty where there is none."""

    row: int
    column: int
    before: bytes
    after: bytes


def _check_cells(after: Sheet, draft: Draft, found: Sequence[_Found], part: str, book: Book) -> None:
    """The cells that were meant to change are what they should be."""
    elements = iter(_parsed(after, [text for cell in found for text in (cell.before, cell.after) if text]))
    for cell in found:
        before = next(elements) if cell.before else None
        new = next(elements) if cell.after else None
        write = draft.writes.get(cell.row, {}).get(cell.column)
        if not (_is_written(new, write, book) if write else _is_dropped(before, new)):
            raise _failed(book.label, f"{part}, {column_letter(cell.column)}{cell.row} is not as it should be")


def _parsed(sheet: Sheet, cells: Sequence[bytes]) -> Sequence[ElementTree.Element]:
    """Cells as ElementTree reads them, in the namespaces of their sheet."""
    opening = [sheet.text[sheet.root.start : sheet.root.inner]]
    closing = [b"</%s%s>" % (sheet.prefix, name) for name in (b"sheetData", b"worksheet")]
    data = sheet.text[sheet.data_start : sheet.rows_start]
    opening.append(data[:-2] + b">" if data.endswith(b"/>") else data)
    return list(ElementTree.fromstring(b"".join([*opening, *cells, *closing]))[0])


def _row_cells(before: Sheet | None, after: Sheet, number: int, draft: Draft) -> list[_Found] | None:
    """The cells of a row that were meant to change; None where any other byte of the row has changed."""
    old = before.row(number) if before else None
    new = after.row(number)
    if new is None:
        return None
    given = before.text if before and old else b""
    if old:
        tag = given[old.start : old.inner]
        wanted = with_hidden(tag, draft.hidden[number]) if number in draft.hidden else tag
        if _facts(wanted) != _facts(after.text[new.start : new.inner]):
            return None
    found = []
    read, place = old.inner if old else 0, new.inner
    for start, end, column in _slots(before, old, number, draft):
        if not after.text.startswith(given[read:start], place):
            return None
        place += start - read
        cell = after.cell_from(place, new.outer)
        is_it = cell is not None and (cell.column == column if cell.column else end > start)
        text = after.text[cell.start : cell.end] if cell and is_it else b""
        found.append(_Found(number, column, given[start:end], text))
        read, place = end, place + len(text)
    rest = given[read : old.outer] if old else b""
    return found if after.text[place : new.outer] == rest else None


def _slots(before: Sheet | None, old: RowSpan | None, number: int, draft: Draft) -> list[tuple[int, int, int]]:
    """Where the cells of a row stand that were meant to change: start, end (the same for a new one), column."""
    columns = draft.writes.get(number, {}).keys() | draft.stale.get(number, set())
    if before is None or old is None:
        return [(0, 0, column) for column in sorted(columns)]
    slots = []
    for column in columns:
        cell = before.cell(number, column)
        place = before.place_of_cell(old, column)
        slots.append((cell.start, cell.end, column) if cell else (place, place, column))
    return sorted(slots, key=lambda slot: (slot[0], slot[2]))


def _facts(tag: bytes) -> bytes:
    """What a row says of itself, but for the columns that it spans and for being empty."""
    return with_attribute(tag, "spans", None).rstrip(b"/>").rstrip()


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
