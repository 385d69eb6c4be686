"""A sheet as it stands: a block of raw cells, before anything is recognised in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from planner.sheets.table import Value

MergedRange = tuple[int, int, int, int]
"""Top, left, bottom, right of a merged cell; 1-based, both ends included."""


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet or csv file; a blank cell is "" or None, a short row has blanks behind it.

    `numbers[i]` is the 1-based row (csv: line) of `rows[i]`; `first_column` the 1-based column of `rows[i][0]`.
    """

    file: str
    sheet: str
    rows: Sequence[Sequence[Value]]
    numbers: Sequence[int]
    first_column: int = 1
    merged: Sequence[MergedRange] = ()
    uses_1904_dates: bool = False


def is_blank(value: Value) -> bool:
    """Nothing in the cell, or blanks only."""
    return value is None or (isinstance(value, str) and not value.strip())


def as_text(value: Value) -> str:
    """A cell as people would type it: 7.0 is "7", a date is ISO.

    >>> as_text(7.0), as_text(2.5), as_text(True), as_text(None)
    ('7', '2.5', 'TRUE', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value).strip()
