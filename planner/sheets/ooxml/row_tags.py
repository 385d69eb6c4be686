"""Start tags of rows: that of a new row, and the columns that a row says it spans."""

import re

from planner.sheets.ooxml.markup import with_attribute

_SPANS = re.compile(rb"""\sspans\s*=\s*["'](\d+):(\d+)["']""")
_LOOK = re.compile(rb"""\s(?:ht|customHeight|s|customFormat)\s*=\s*(?:"[^"]*"|'[^']*')""")


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
