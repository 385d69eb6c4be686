"""What all sheets of plan.xlsx share: cell formats, typed cells, tables with filter, banding and print set-up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from planner.report.wording import plain

LONGEST_TEXT = 32_767
"""Characters that Excel takes in a cell."""
LINE_HEIGHT, MOST_LINES = 15, 6
"""Points of a line of text, and lines that a row shows at most."""
STYLE = "Table Style Light 9"


class Kind(StrEnum):
    """How the values of a column are shown."""

    TEXT = "text"
    WRAPPED = "wrapped"
    DATE = "date"
    NUMBER = "number"
    COUNT = "count"
    SHARE = "share"


FORMATS: Mapping[str, Mapping[str, object]] = {
    Kind.TEXT: {},
    Kind.WRAPPED: {"text_wrap": True},
    Kind.DATE: {"num_format": "d mmm yyyy", "align": "left"},
    Kind.NUMBER: {"num_format": "#,##0.0", "align": "right", "indent": 1},
    Kind.COUNT: {"num_format": "#,##0", "align": "right", "indent": 1},
    Kind.SHARE: {"num_format": "0%", "align": "center"},
    "short date": {"num_format": "d mmm yy", "align": "left"},
    "mark": {"align": "center", "bold": True},
    "link": {"font_color": "#0B5394", "underline": 1},
    "title": {"bold": True, "font_size": 18},
    "heading": {"bold": True, "font_size": 12, "font_color": "#1F3864", "bottom": 1, "bottom_color": "#8EA9DB"},
    "header": {"bold": True, "font_color": "white", "bg_color": "#1F3864", "text_wrap": True, "valign": "vcenter"},
    "group": {"bold": True, "bg_color": "#D9E1F2"},
    "muted": {"font_color": "#7F7F7F"},
}


@dataclass(frozen=True)
class Link:
    """Text that leads to a cell of another sheet."""

    text: str
    target: str
    """As `internal:'Sequence'!A2`."""


Value = str | float | int | date | Link | None


@dataclass(frozen=True)
class Field:
    """A column of a table: its header, width in characters and kind."""

    title: str
    width: float
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Styled:
    """A workbook and its formats by name."""

    book: Workbook
    formats: Mapping[str, Format]

    def sheet(self, name: str, colour: str) -> Worksheet:
        """A new sheet, ready to print: landscape, one page wide, numbered."""
        sheet = self.book.add_worksheet(name)
        sheet.set_tab_color(colour)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RPage &P of &N")
        sheet.hide_gridlines(2)
        return sheet


def styled(book: Workbook) -> Styled:
    """The formats of a workbook, made once; all cells stand at the top of their rows."""
    return Styled(book, {name: book.add_format({"valign": "top", **style}) for name, style in FORMATS.items()})


def link(text: str, sheet: str, row: int) -> Link:
    """A link to the first cell of a 0-based row."""
    return Link(text, f"internal:'{sheet}'!A{row + 1}")


def write(styled: Styled, sheet: Worksheet, row: int, column: int, value: Value, style: str = Kind.TEXT) -> None:
    """One cell by the type of its value; text is always text, never a formula, a number or a link."""
    if value is None:
        sheet.write_blank(row, column, None, styled.formats[style])
    elif isinstance(value, Link):
        sheet.write_url(row, column, value.target, styled.formats["link"], _text(value.text))
    elif isinstance(value, str):
        sheet.write_string(row, column, _text(value), styled.formats[style])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, styled.formats[style])
    else:
        sheet.write_number(row, column, value, styled.formats[style])


def _text(value: str) -> str:
    return plain(value)[:LONGEST_TEXT]


def _lines(fields: Sequence[Field], row: Sequence[Value]) -> int:
    """Lines that the longest wrapped cell takes: set, because not every program fits rows by itself."""
    lengths = [
        ceil(len(value) / field.width)
        for field, value in zip(fields, row, strict=True)
        if field.kind is Kind.WRAPPED and isinstance(value, str)
    ]
    return min(MOST_LINES, max(lengths, default=1) or 1)


def write_table(
    styled: Styled, sheet: Worksheet, fields: Sequence[Field], rows: Sequence[Sequence[Value]], frozen: int = 1
) -> None:
    """A table from A1 with filter and banding; its header and `frozen` columns stay while scrolling."""
    for column, field in enumerate(fields):
        sheet.set_column(column, column, field.width)
    for number, row in enumerate(rows, 1):
        for column, (field, value) in enumerate(zip(fields, row, strict=True)):
            write(styled, sheet, number, column, value, field.kind)
        sheet.set_row(number, LINE_HEIGHT * _lines(fields, row))
    headers = [{"header": field.title, "header_format": styled.formats["header"]} for field in fields]
    last = max(1, len(rows))  # a table has at least one row
    sheet.add_table(0, 0, last, len(fields) - 1, {"columns": headers, "style": STYLE})
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, frozen)
    sheet.repeat_rows(0)
