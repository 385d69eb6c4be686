"""Formulas of a sheet as its cells hold them: text, kind, and the range that one of them fills."""

import re
from dataclasses import dataclass

from planner.sheets.ooxml.elements import TAG_BODY
from planner.sheets.ooxml.markup import unescape
from planner.sheets.ooxml.ranges import Range, parse_range
from planner.sheets.ooxml.sheet import Sheet
from planner.sheets.ooxml.spans import CellSpan

_FORMULA = re.compile(rb"<((?:[\w.-]+:)?f)(?=[\s/>])(" + TAG_BODY + rb")(?:(?<=/)>|>(.*?)</\1\s*>)", re.DOTALL)
_KIND = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
_GROUP = re.compile(rb"""\ssi\s*=\s*["'](\d{1,9})["']""")
_FILLS = re.compile(rb"""\sref\s*=\s*["']([^"']*)["']""")
_FILLERS = frozenset({"array", "dataTable"})


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A formula: `group` is the number of a shared one, `fills` the range that it was written for, if any."""

    row: int
    column: int
    text: str
    kind: str
    group: int | None
    fills: Range | None

    @property
    def is_array(self) -> bool:
        """Whether it gives the values of a whole range."""
        return self.kind in _FILLERS and self.fills is not None


def formula_of(cell: CellSpan) -> FormulaCell | None:
    """The formula of a cell."""
    found = _FORMULA.search(cell.inner)
    if found is None:
        return None
    tag = found[2]
    kind, group, fills = (_KIND.search(tag), _GROUP.search(tag), _FILLS.search(tag)) if tag else (None, None, None)
    return FormulaCell(
        row=cell.row,
        column=cell.column,
        text=unescape(found[3] or b""),
        kind=kind[1].decode() if kind else "normal",
        group=int(group[1]) if group else None,
        fills=parse_range(fills[1].decode()) if fills else None,
    )


def array_ranges(sheet: Sheet) -> list[Range]:
    """The ranges that array formulas, spills and data tables fill."""
    if not any(kind.encode() in sheet.text for kind in _FILLERS):
        return []
    formulas = (formula_of(cell) for cell in sheet.formula_cells())
    return [formula.fills for formula in formulas if formula and formula.is_array and formula.fills]
