"""Ranges of cells in A1 notation."""

import re
from dataclasses import dataclass

from planner.domain.cells import column_letter
from planner.sheets.guard import MAX_COLUMNS, MAX_ROWS

_RANGE = re.compile(r"\$?([A-Za-z]{0,3})\$?(\d{0,7})(?::\$?([A-Za-z]{0,3})\$?(\d{0,7}))?")


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """A rectangle of cells; 1-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """`B2:C9`, or `B2` for one cell."""
        first = f"{column_letter(self.left)}{self.top}"
        last = f"{column_letter(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"

    def __contains__(self, place: tuple[int, int]) -> bool:
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right

    def absolute(self) -> str:
        """`$B$2:$C$9`."""
        return f"${column_letter(self.left)}${self.top}:${column_letter(self.right)}${self.bottom}"

    def meets(self, other: "Range") -> bool:
        """Whether they share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


def column_number(letters: str) -> int:
    """1-based column of its letters.

    >>> column_number("A"), column_number("xfd")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def parse_range(text: str) -> Range | None:
    """A range as written, with or without `$`; whole rows and columns reach to the end of the sheet.

    >>> parse_range("$B$2:C9"), str(parse_range("B:B"))
    (Range(top=2, left=2, bottom=9, right=3), 'B1:B1048576')
    """
    match = _RANGE.fullmatch(text.strip())
    if match is None or not (match[1] or match[2]):
        return None
    left, top, right, bottom = match[1], match[2], match[3], match[4]
    if right is None:
        if not (left and top):
            return None
        right, bottom = left, top
    columns = sorted((column_number(left) if left else 1, column_number(right) if right else MAX_COLUMNS))
    rows = sorted((int(top) if top else 1, int(bottom) if bottom else MAX_ROWS))
    return Range(rows[0], columns[0], rows[1], columns[1])


def parse_ranges(text: str | None) -> list[Range]:
    """The ranges of a list with blanks between them (ST_Sqref)."""
    return [found for word in (text or "").split() if (found := parse_range(word))]
