"""Start tags of rows: that of a new row, and the columns that a row says it spans."""

import re

from planner.sheets.ooxml.markup import with_attribute

_SPANS = re.compile(rb"""\sspans\s*=\s*["'](\d+):(\d+)["']""")
_LOOK = re.compile(rb"""\s(?:ht|customHeight|s|customFormat)\s*=\s*(?:"[^"]*"|'[^']*')""")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")


def is_hidden(tag: bytes) -> bool:
    """Whether a row is not shown.

    >>> is_hidden(b'<row r="2" hidden="1">'), is_hidden(b'<row r="2" hidden="0"/>')
    (True, False)
    """
    return _HIDDEN.search(tag) is not None


def with_hidden(tag: bytes, hidden: bool) -> bytes:
    """The tag of a row that is hidden, or shown.

    >>> with_hidden(b'<row r="2"/>', True), with_hidden(b'<row r="2" hidden="true">', False)
    (b'<row r="2" hidden="1"/>', b'<row r="2">')
    """
    return with_attribute(tag, "hidden", "1" if hidden else None)


def new_row_tag(prefix: bytes, number: int, like: bytes) -> bytes:
    """The start tag of a row that looks like another one, without being hidden or grouped like it."""
    return b'<%srow r="%d"%s>' % (prefix, number, b"".join(_LOOK.findall(like)))


def with_spans(tag: bytes, columns: list[int]) -> bytes:
    """The tag of a row that also reaches these columns, where it says what it spans."""
    found = _SPANS.search(tag)
    if not found or not columns:
        return tag
    first, last = min(int(found[1]), *columns), max(int(found[2]), *columns)
    return with_attribute(tag, "spans", f"{first}:{last}")
