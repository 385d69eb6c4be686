"""Why single edits are not made: each with what to do instead."""

from planner.domain.cells import Cell
from planner.domain.edits import Refusal, RefusalKind
from planner.sheets.ooxml.ranges import Range


class Refused(Exception):
    """Ends one edit; the others are made."""

    def __init__(self, kind: RefusalKind, message: str, cell: Cell) -> None:
        super().__init__(message)
        self.refusal = Refusal(kind, message, cell)


def no_sheet(cell: Cell) -> Refused:
    """There is no worksheet of this name."""
    return Refused(RefusalKind.NO_SHEET, f'there is no worksheet "{cell.sheet}" with cells.', cell)


def outside(cell: Cell) -> Refused:
    """The place is beyond the end of any sheet."""
    return Refused(RefusalKind.NO_ROOM, "the sheet ends before this cell.", cell)


def occupied(cell: Cell, what: str) -> Refused:
    """Something else stands where a row or column would go."""
    return Refused(RefusalKind.NO_ROOM, f"{what} stands where it would go. Move that away and try again.", cell)


def formula(cell: Cell) -> Refused:
    """A formula is never overwritten."""
    return Refused(RefusalKind.FORMULA, "holds a formula, which is never overwritten. Change its inputs.", cell)


def array(cell: Cell, where: Range) -> Refused:
    """The cell is filled by the formula of a whole range."""
    return Refused(RefusalKind.ARRAY, f"is filled by the formula of {where}, which is never overwritten.", cell)


def merged(cell: Cell, where: Range) -> Refused:
    """Only the first cell of a merged range holds its value."""
    message = f"is inside the merged cell {where}. Unmerge it, or edit its first cell."
    return Refused(RefusalKind.MERGED, message, cell)


def totals(cell: Cell) -> Refused:
    """The row sums up what stands above."""
    message = "is a totals row. Switch it off (Table Design > Total Row) or move it away, and try again."
    return Refused(RefusalKind.TOTALS, message, cell)


def foreign_sheet(cell: Cell, why: str) -> Refused:
    """A sheet that somebody else made is never replaced."""
    return Refused(RefusalKind.FOREIGN_SHEET, f"{why}. Rename that sheet and try again.", cell)


def unsupported(cell: Cell, why: str) -> Refused:
    """The workbook says something here that cannot be kept."""
    return Refused(RefusalKind.UNSUPPORTED, why, cell)
