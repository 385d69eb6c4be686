"""What a formula refers to: ranges, names and columns of tables, read from its text.

Whatever cannot be told from the text (INDIRECT, OFFSET, ranges that are computed) makes the formula opaque: it may
depend on anything.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from planner.sheets.guard import MAX_COLUMNS, MAX_ROWS
from planner.sheets.ooxml.ranges import Range, column_number

_OPAQUE = frozenset({"INDIRECT", "OFFSET", "GETPIVOTDATA", "CELL", "EVALUATE"})
_END = r"(?![\w.(!\[])"
_TOKEN = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*")
    | (?P<sheet>(?:'(?:[^']|'')+'|[\w.\[\]]+(?::[\w.]+)?)!)?
      (?: (?P<cells>(?P<c1>\$?[A-Za-z]{1,3})(?P<r1>\$?\d{1,7})
             (?::(?P<c2>\$?[A-Za-z]{1,3})(?P<r2>\$?\d{1,7}))?END)
        | (?P<columns>(?P<c3>\$?[A-Za-z]{1,3}):(?P<c4>\$?[A-Za-z]{1,3})END)
        | (?P<rows>(?P<r3>\$?\d{1,7}):(?P<r4>\$?\d{1,7})END)
        | (?P<name>[^\W\d][\w.?]*|\\[\w.?]*)(?P<behind>\(|\[)?
      )
    | \d+(?:\.\d+)?(?:[eE][+-]?\d+)?
    """.replace("END", _END),
    re.VERBOSE,
)
_BLANKS = 9
"""Characters around a range operator that are looked at."""
_ENDS = {"cells": ("r1", "c1", "r2", "c2"), "columns": ("c3", "c4"), "rows": ("r3", "r4")}
_BRACKETED = re.compile(r"\[((?:'.|[^\[\]'])*)\]")


@dataclass(frozen=True, slots=True)
class Reference:
    """A range of a sheet ("" is the formula's own); a coordinate without `$` moves with the formula."""

    sheet: str
    cells: Range
    fixed: tuple[bool, bool, bool, bool]
    """Of top, left, bottom, right."""

    def moved(self, rows: int, columns: int) -> "Reference":
        """As a copy of the formula has it that stands so much further down and right."""
        if not rows and not columns:
            return self
        shifts = (rows, columns, rows, columns)
        ends = (self.cells.top, self.cells.left, self.cells.bottom, self.cells.right)
        top, left, bottom, right = (
            end if fixed else end + shift for end, fixed, shift in zip(ends, self.fixed, shifts, strict=True)
        )
        return replace(self, cells=Range(min(top, bottom), min(left, right), max(top, bottom), max(left, right)))


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name of the workbook or of a table; of a table with the columns that are named, if any."""

    name: str
    columns: tuple[str, ...] = ()
    this_row: bool = False


@dataclass(frozen=True, slots=True)
class Precedents:
    """What a formula refers to."""

    references: tuple[Reference, ...]
    names: tuple[NameUse, ...]
    is_opaque: bool


def precedents(formula: str) -> Precedents:
    """All that a formula names.

    >>> [str(found.cells) for found in precedents("SUM($A$1:B9, 'My sheet'!C3)").references]
    ['A1:B9', 'C3']
    """
    references: list[Reference] = []
    names: list[NameUse] = []
    opaque = False
    position = 0
    while found := _TOKEN.search(formula, position):
        position = found.end()
        kind = found.lastgroup
        if kind in _ENDS:
            reference = _reference(found, kind)
            if reference:
                references.append(reference)
                opaque |= ":" in formula and _is_computed(formula, found)
        elif kind == "name":
            names.append(NameUse(found["name"].casefold()))
        elif kind == "behind" and found["behind"] == "(":
            opaque |= found["name"].upper().removeprefix("_XLFN.") in _OPAQUE
        elif kind == "behind":
            position = _closing(formula, position - 1)
            names.append(_structured(found["name"], formula[found.end() - 1 : position]))
    return Precedents(tuple(references), tuple(names), opaque)


def _is_computed(formula: str, found: re.Match[str]) -> bool:
    """Whether a range operator stands beside, so that the other end is computed."""
    before = formula[max(0, found.start() - _BLANKS) : found.start()].rstrip()
    behind = formula[found.end() : found.end() + _BLANKS].lstrip()
    return before.endswith(":") or behind.startswith(":")


def _sheet_name(prefix: str) -> str:
    name = prefix[:-1]
    return (name[1:-1].replace("''", "'") if name.startswith("'") else name).casefold()


def _reference(found: re.Match[str], kind: str) -> Reference | None:
    """Rows and columns as written; whole columns have all rows, whole rows all columns."""
    first_row, first_column, last_row, last_column = (
        found.group(*_ENDS[kind]) if kind == "cells" else _whole(found, kind)
    )
    ends = (first_row, first_column, last_row or first_row, last_column or first_column)
    (top, a), (left, b), (bottom, c), (right, d) = _row(ends[0]), _column(ends[1]), _row(ends[2]), _column(ends[3])
    if top > bottom:
        top, bottom = bottom, top
    if left > right:
        left, right = right, left
    if bottom > MAX_ROWS or right > MAX_COLUMNS:
        return None
    sheet = found["sheet"]
    return Reference(_sheet_name(sheet) if sheet else "", Range(top, left, bottom, right), (a, b, c, d))


def _whole(found: re.Match[str], kind: str) -> tuple[str, str, str, str]:
    first, last = found.group(*_ENDS[kind])
    if kind == "columns":
        return "$1", first, f"${MAX_ROWS}", last
    return first, "$A", last, "$XFD"


def _row(end: str) -> tuple[int, bool]:
    """A row, and whether it is fixed."""
    return (int(end[1:]), True) if end[0] == "$" else (int(end), False)


@cache
def _column(end: str) -> tuple[int, bool]:
    """A column, and whether it is fixed."""
    return column_number(end.lstrip("$")), end[0] == "$"


def _closing(formula: str, start: int) -> int:
    """Behind the bracket that closes the one at `start`; an apostrophe escapes."""
    depth = 0
    at = start
    while at < len(formula):
        letter = formula[at]
        if letter == "'":
            at += 1
        elif letter == "[":
            depth += 1
        elif letter == "]":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return len(formula)


def _structured(table: str, brackets: str) -> NameUse:
    """`[Effort]`, `[[#This Row],[Effort]]`, `[[A]:[C]]`, `[#All]`; a span of columns names none, which means all."""
    words = _BRACKETED.findall(brackets[1:-1]) or [brackets[1:-1]]
    columns = tuple(re.sub(r"'(.)", r"\1", word).strip().casefold() for word in words if word and word[0] != "#")
    this_row = "#This Row" in words
    return NameUse(table.casefold(), () if "]:[" in brackets else columns, this_row)
