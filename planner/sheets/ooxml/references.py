"""What a formula refers to: ranges, names and columns of tables, read from its text.

Whatever cannot be told from the text (INDIRECT, OFFSET, ranges that are computed) makes the formula opaque: it may
depend on anything.
"""

import re
from dataclasses import dataclass, replace

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
        sheet = _sheet_name(found["sheet"])
        if found["name"] is None:
            reference = _reference(found, sheet)
            if reference:
                references.append(reference)
                opaque |= _is_computed(formula, found)
        elif found["behind"] == "(":
            opaque |= found["name"].upper().removeprefix("_XLFN.") in _OPAQUE
        elif found["behind"] == "[":
            position = _closing(formula, position - 1)
            names.append(_structured(found["name"], formula[found.end() - 1 : position]))
        else:
            names.append(NameUse(found["name"].casefold()))
    return Precedents(tuple(references), tuple(names), opaque)


def _is_computed(formula: str, found: re.Match[str]) -> bool:
    """Whether a range operator stands beside, so that the other end is computed."""
    before, behind = formula[: found.start()].rstrip(), formula[found.end() :].lstrip()
    return before.endswith(":") or behind.startswith(":")


def _sheet_name(prefix: str | None) -> str:
    if not prefix:
        return ""
    name = prefix[:-1]
    return (name[1:-1].replace("''", "'") if name.startswith("'") else name).casefold()


def _reference(found: re.Match[str], sheet: str) -> Reference | None:
    if found["cells"]:
        ends = (found["r1"], found["c1"], found["r2"] or found["r1"], found["c2"] or found["c1"])
    elif found["columns"]:
        ends = ("$1", found["c3"], f"${MAX_ROWS}", found["c4"])
    elif found["rows"]:
        ends = (found["r3"], "$A", found["r4"], "$XFD")
    else:
        return None
    top, bottom = sorted(int(end.lstrip("$")) for end in ends[::2])
    left, right = sorted(column_number(end.lstrip("$")) for end in ends[1::2])
    if bottom > MAX_ROWS or right > MAX_COLUMNS:
        return None
    fixed = tuple(end.startswith("$") for end in ends)
    return Reference(sheet, Range(top, left, bottom, right), (fixed[0], fixed[1], fixed[2], fixed[3]))


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
