"""The widths of columns: a new one is as wide as its neighbour, and can be seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from planner.sheets.ooxml.markup import Splice, with_attribute
from planner.sheets.ooxml.sheet import Sheet


@dataclass(frozen=True, slots=True)
class _Entry:
    """Columns `first` to `last` have what the tag says."""

    first: int
    last: int
    tag: bytes

    def written(self) -> bytes:
        return with_attribute(with_attribute(self.tag, "min", str(self.first)), "max", str(self.last))


def column_splices(sheet: Sheet, new: Sequence[int]) -> Iterator[Splice]:
    """What makes new columns as wide as the one left of the first of them, where the sheet names widths at all."""
    columns = sheet.root.child("cols")
    if columns is None or not new:
        return
    entries = [
        _Entry(entry.number("min", 1), entry.number("max", 1), sheet.text[entry.start : entry.end])
        for entry in columns.all("col")
    ]
    left = next((entry for entry in entries if entry.first <= new[0] - 1 <= entry.last), None)
    for number in new:
        own = next((entry for entry in entries if entry.first <= number <= entry.last), None)
        if left or (own and b" hidden=" in own.tag):
            entries = [piece for entry in entries for piece in _without(entry, number)]
        if left:
            entries.append(_Entry(number, number, _shown(left.tag)))
    entries.sort(key=lambda entry: entry.first)
    yield Splice(columns.inner, columns.outer, b"".join(entry.written() for entry in entries))


def _without(entry: _Entry, number: int) -> list[_Entry]:
    pieces = [
        replace(entry, last=min(entry.last, number - 1)),
        replace(entry, first=max(entry.first, number + 1)),
    ]
    return [piece for piece in pieces if piece.first <= piece.last]


def _shown(tag: bytes) -> bytes:
    """A column like this one that is not hidden, grouped or formatted as a whole."""
    for attribute in ("hidden", "outlineLevel", "collapsed", "style"):
        tag = with_attribute(tag, attribute, None)
    return tag
