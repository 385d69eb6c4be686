"""Cell formats: which of them show a day, and variants of one with another number format."""

import re

from planner.sheets.ooxml.elements import Element, parse
from planner.sheets.ooxml.markup import Splice, last_child, spliced, with_attribute

GENERAL = 0
DAY = 14
MOMENT = 22
"""Built-in number formats (ECMA-376, 18.8.30): General, a day, a day with its time."""
_BUILT_IN_DATES = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')

EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="%s"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    b'<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    b'<cellXfs count="1"><xf/></cellXfs></styleSheet>'
)
"""What a workbook without formats gets before the first one is added."""


class Styles:
    """The part in UTF-8; new formats are appended, none is changed."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._root = parse(text)
        self._formats = self._root.child("cellXfs")
        entries = self._formats.all("xf") if self._formats else []
        self._xfs = [text[entry.start : entry.end] for entry in entries]
        self._number_formats = [entry.number("numFmtId") for entry in entries]
        self._given = len(self._xfs)
        codes = self._root.child("numFmts")
        self._codes = {
            code.number("numFmtId"): code.get("formatCode") or "" for code in (codes.all("numFmt") if codes else [])
        }
        self._fonts = self._root.child("fonts")
        self._new_font = b""

    def number_format(self, style: int) -> int:
        """The id of a format's number format."""
        return self._number_formats[style] if style < len(self._number_formats) else GENERAL

    def is_date(self, style: int) -> bool:
        """Whether numbers are shown as days."""
        number_format = self.number_format(style)
        code = self._codes.get(number_format)
        if code is None:
            return number_format in _BUILT_IN_DATES
        return bool(set(_LITERAL.sub("", code).casefold()) & set("dy"))

    def with_number_format(self, style: int, number_format: int) -> int:
        """The format that looks like another one but for its numbers."""
        if not self._xfs:
            return 0
        base = self._xfs[style if style < len(self._xfs) else 0]
        if self.number_format(style) == number_format:
            return style
        tag_end = base.index(b">") + 1
        tag = with_attribute(base[:tag_end], "numFmtId", str(number_format))
        return self._add(with_attribute(tag, "applyNumberFormat", "1") + base[tag_end:], number_format)

    def header(self) -> int:
        """A bold format for the header of a sheet of ours."""
        if not self._xfs or self._fonts is None:
            return 0
        fonts = self._fonts.all("font")
        bold = next((at for at, font in enumerate(fonts) if _is_plainly_bold(font)), None)
        if bold is None:
            bold = len(fonts)
            prefix = self._fonts.prefix
            self._new_font = b'<%(p)sfont><%(p)sb/><%(p)ssz val="11"/><%(p)sname val="Calibri"/></%(p)sfont>' % {
                b"p": prefix
            }
        prefix = self._formats.prefix if self._formats else b""
        entry = b'<%sxf numFmtId="0" fontId="%d" fillId="0" borderId="0" xfId="0" applyFont="1"/>' % (prefix, bold)
        return self._add(entry, GENERAL)

    def _add(self, entry: bytes, number_format: int) -> int:
        if entry in self._xfs:
            return self._xfs.index(entry)
        self._xfs.append(entry)
        self._number_formats.append(number_format)
        return len(self._xfs) - 1

    @property
    def is_changed(self) -> bool:
        """Whether formats were added."""
        return len(self._xfs) > self._given

    def text(self) -> bytes:
        """The part with the formats that were added."""
        added = self._xfs[self._given :]
        if self._formats is None or not added:
            return self._text
        splices = _appended(self._text, self._formats, b"".join(added), len(self._xfs))
        if self._fonts is not None and self._new_font:
            splices += _appended(self._text, self._fonts, self._new_font, len(self._fonts.all("font")) + 1)
        return spliced(self._text, splices)


def _is_plainly_bold(font: Element) -> bool:
    """The bold font that `header` adds."""
    return [(part.name, part.get("val")) for part in font.children] == [
        ("b", None),
        ("sz", "11"),
        ("name", "Calibri"),
    ]


def _appended(text: bytes, parent: Element, children: bytes, count: int) -> list[Splice]:
    """New last children, and their number in the tag."""
    tag = with_attribute(text[parent.start : parent.inner], "count", str(count))
    return [Splice(parent.start, parent.inner, tag), last_child(text, parent, children)]
