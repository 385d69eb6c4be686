"""Cell formats: which of them show a day, and variants of one with another number format."""

import re

from planner.sheets.ooxml.elements import Element, parse
from planner.sheets.ooxml.markup import Splice, escape, last_child, spliced, with_attribute

GENERAL = 0
"""The built-in number format (ECMA-376, 18.8.30) that shows a number as it is."""
DAY = "yyyy-mm-dd"
MOMENT = "yyyy-mm-dd hh:mm"
"""Codes for a day, and for a day with its time, where a sheet shows none: no country reads them otherwise."""
_FIRST_OWN = 164
"""The least id that a workbook may give to a code of its own."""
_BUILT_IN_DATES = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
_BUILT_IN_MOMENT = 22
_DAYS = (14, 15)
"""Those of them that show day, month and year."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')

EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="%s"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    b'<cellXfs count="1"><xf xfId="0"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
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
        self._code_list = self._root.child("numFmts")
        codes = self._code_list.all("numFmt") if self._code_list else []
        self._codes = {code.number("numFmtId"): code.get("formatCode") or "" for code in codes}
        self._given_codes = len(self._codes)
        self._fonts = self._root.child("fonts")
        self._new_font = b""

    def number_format(self, style: int) -> int:
        """The id of a format's number format."""
        return self._number_formats[style] if style < len(self._number_formats) else GENERAL

    def is_date(self, style: int) -> bool:
        """Whether numbers are shown as days."""
        letters = self._letters(style)
        if letters is None:
            return self.number_format(style) in _BUILT_IN_DATES
        return bool(letters & set("dy"))

    def is_like(self, style: int, has_time: bool) -> bool:
        """Whether a format shows a whole day, with its time or without it."""
        letters = self._letters(style)
        if letters is None:
            return self.number_format(style) == _BUILT_IN_MOMENT if has_time else self.number_format(style) in _DAYS
        return letters >= set("dmy") and (("h" in letters) is has_time)

    def _letters(self, style: int) -> set[str] | None:
        """The letters of a code that the workbook brings itself."""
        code = self._codes.get(self.number_format(style))
        return None if code is None else set(_LITERAL.sub("", code).casefold())

    def coded(self, code: str) -> int:
        """The id of the number format of a code, which is added where it is missing."""
        known = next((number for number, given in self._codes.items() if given == code), None)
        if known is None:
            known = max(_FIRST_OWN, *(number + 1 for number in self._codes)) if self._codes else _FIRST_OWN
            self._codes[known] = code
        return known

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
        return spliced(self._text, [*self._new_codes(), *splices])

    def _new_codes(self) -> list[Splice]:
        """The number formats that were added; the list of them comes first of all."""
        added = list(self._codes.items())[self._given_codes :]
        prefix = self._root.prefix
        entries = b"".join(b'<%snumFmt numFmtId="%d" formatCode="%s"/>' % (prefix, n, escape(c)) for n, c in added)
        if not added:
            return []
        if self._code_list is not None:
            return _appended(self._text, self._code_list, entries, len(self._codes))
        place = self._root.inner
        return [Splice(place, place, b'<%snumFmts count="%d">%s</%snumFmts>' % (prefix, len(added), entries, prefix))]


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
