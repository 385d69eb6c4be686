"""Cells and rows where they stand in the bytes of a worksheet."""

import re
from dataclasses import dataclass

_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d{1,7})["']""")
_CUSTOM_FORMAT = re.compile(rb"""\scustomFormat\s*=\s*["'](?:1|true)["']""")
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")


@dataclass(frozen=True, slots=True)
class CellSpan:
    """A cell where it stands: `start` and `end` of the element, its start tag, what is inside."""

    row: int
    column: int
    start: int
    end: int
    tag: bytes
    inner: bytes

    @property
    def style(self) -> int:
        """Index of its format."""
        found = _STYLE.search(self.tag)
        return int(found[1]) if found else 0

    @property
    def type(self) -> str:
        """`n`, `s`, `str`, `inlineStr`, `b`, `e` or `d`."""
        found = _TYPE.search(self.tag)
        return found[1].decode() if found else "n"


@dataclass(frozen=True, slots=True)
class RowSpan:
    """A row where it stands: its start tag ends at `inner`, its end tag begins at `outer`."""

    number: int
    start: int
    inner: int
    outer: int
    end: int


def format_of_row(tag: bytes) -> int:
    """The format of the empty cells of a row by its start tag, 0 where it has none."""
    style = _STYLE.search(tag)
    return int(style[1]) if style and _CUSTOM_FORMAT.search(tag) else 0
