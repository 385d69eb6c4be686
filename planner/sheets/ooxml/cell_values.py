"""What a cell holds, typed; and the cell that holds a new value."""

import re
from datetime import date

from planner.domain.cells import column_letter
from planner.domain.edits import CellValue
from planner.sheets.ooxml.elements import TAG_BODY
from planner.sheets.ooxml.markup import cell_text, escape, plain_text, unescape, with_attribute
from planner.sheets.ooxml.serial import serial
from planner.sheets.ooxml.shared_strings import SharedStrings, joined_text
from planner.sheets.ooxml.spans import CellSpan

LONGEST = 32_767
"""Characters of the longest text that Excel takes, in units of UTF-16."""

_ENDLESS = 1e308

_VALUE = re.compile(rb"<((?:[\w.-]+:)?v)(?=[\s>])" + TAG_BODY + rb"(?<!/)>(.*?)</\1\s*>", re.DOTALL)
_VALUE_ELEMENT = re.compile(rb"<((?:[\w.-]+:)?v)(?=[\s/>])" + TAG_BODY + rb"(?:(?<=/)>|>.*?</\1\s*>)", re.DOTALL)
_EXTENSION = re.compile(rb"<((?:[\w.-]+:)?extLst)(?=[\s/>]).*</\1\s*>", re.DOTALL)

Stored = str | float | bool | None
"""A value as a file stores it: days are numbers."""


def stored(value: CellValue, uses_1904_dates: bool) -> Stored:
    """A value as a cell will hold it; a day that has no number becomes its ISO text, an empty text a blank."""
    if isinstance(value, date):
        number = serial(value, uses_1904_dates)
        return value.isoformat() if number is None else number
    return None if value == "" else value


def is_storable(value: Stored) -> bool:
    """Whether a cell can hold it: no endless number, no text that Excel would cut."""
    if isinstance(value, str):
        return len(value.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST
    return value is None or (abs(value) < _ENDLESS)


def held(cell: CellSpan, strings: SharedStrings) -> Stored:
    """The value of a cell, of a formula the cached one; an error is its text."""
    if cell.type == "inlineStr":
        return joined_text(cell.inner) or None
    found = _VALUE.search(cell.inner)
    if found is None:
        return None
    text = unescape(found[2])
    if cell.type == "s":
        return strings[int(text)] if text.strip().isdecimal() else None
    if cell.type == "b":
        return text.strip() == "1"
    if cell.type == "n":
        return _number(text)
    return plain_text(text)


def _number(text: str) -> Stored:
    try:
        return float(text)
    except ValueError:
        return text


def agrees(found: Stored, wanted: Stored) -> bool:
    """Whether a cell already holds a value; 5 is 5.0, and neither is True.

    >>> agrees(5.0, 5), agrees(True, 1), agrees("5", 5)
    (True, False, False)
    """
    return found == wanted and isinstance(found, bool) == isinstance(wanted, bool)


def new_cell(prefix: bytes, row: int, column: int, style: int, value: Stored) -> bytes:
    """The element of a cell that was not written before."""
    shown = b' s="%d"' % style if style else b""
    tag = b'<%sc r="%s%d"%s/>' % (prefix, column_letter(column).encode(), row, shown)
    return with_value(tag, prefix, value)


def changed_cell(cell: CellSpan, prefix: bytes, style: int, value: Stored) -> bytes:
    """A cell with another value; what says more about the old value (rich data) goes, extensions stay."""
    tag = cell.tag
    if style != cell.style:
        tag = with_attribute(tag, "s", str(style))
    for attribute in ("t", "vm", "cm"):
        tag = with_attribute(tag, attribute, None)
    extension = _EXTENSION.search(cell.inner)
    return with_value(tag, prefix, value, extension[0] if extension else b"")


def with_value(tag: bytes, prefix: bytes, value: Stored, behind: bytes = b"") -> bytes:
    """A start tag without type becomes a cell with a value; text stands in the cell itself."""
    if tag.endswith(b"/>"):
        tag = tag[:-2].rstrip() + b">"
    if value is None:
        content = b""
    elif isinstance(value, str):
        tag = with_attribute(tag, "t", "inlineStr")
        kept = b' xml:space="preserve"' if value.strip() != value or "\n" in value else b""
        content = b"<%(p)sis><%(p)st%(k)s>%(v)s</%(p)st></%(p)sis>" % {
            b"p": prefix,
            b"k": kept,
            b"v": escape(cell_text(value)),
        }
    elif isinstance(value, bool):
        tag = with_attribute(tag, "t", "b")
        content = b"<%sv>%d</%sv>" % (prefix, value, prefix)
    else:
        content = b"<%sv>%s</%sv>" % (prefix, number_text(value), prefix)
    if not content + behind:
        return tag[:-1] + b"/>"
    return tag + content + behind + b"</%sc>" % prefix


def number_text(value: float) -> bytes:
    """A number with all its digits.

    >>> number_text(5.0), number_text(0.1), number_text(10**30)
    (b'5', b'0.1', b'1e+30')
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return (repr(value) if abs(value) < 1e15 else repr(float(value))).encode()


def without_cached_value(cell: CellSpan) -> bytes:
    """A formula cell that waits to be calculated."""
    inner = _VALUE_ELEMENT.sub(b"", cell.inner, count=1)
    tag = with_attribute(cell.tag, "t", None)
    return tag + inner + closing_of(cell)


def closing_of(cell: CellSpan) -> bytes:
    """The end tag of a cell that has content."""
    name = cell.tag[1:].split(maxsplit=1)[0].rstrip(b"/>")
    return b"</" + name + b">"
