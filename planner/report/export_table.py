"""The tables that a receiver types into: cells as they were typed, white for input, grey for what is computed."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from math import ceil

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from planner.domain.computed import LATE
from planner.domain.merging import RESERVED
from planner.domain.own_sheets import ITEMS_SHEET
from planner.domain.parcel import Choice, Parcel, ParcelColumn, ParcelRow, ParcelTable, RawValue, Shape
from planner.report.export_lists import Lists
from planner.report.xlsx_table import LINE_HEIGHT, LONGEST_TEXT, MOST_LINES, STYLE, Styled

A3 = 8
"""Paper: these tables are wide."""
READABLE = 260
"""Characters that go side by side on such a page, lying, at some 7 points."""
NAMING = 2
"""The first columns, id and title, which stay in sight and stand on every page."""
ROOM = 300
"""Rows below the last one for which drop-downs and colours are prepared."""
COMMENT = {"x_scale": 2.4, "y_scale": 1.6, "author": "roadmap"}
INPUT: Mapping[str, object] = {"valign": "top", "bottom": 1, "bottom_color": "#D9D9D9"}
COMPUTED: Mapping[str, object] = {**INPUT, "bg_color": "#EDEDED", "font_color": "#404040"}
SHAPES: Mapping[Shape, Mapping[str, object]] = {
    Shape.TEXT: {"align": "left"},
    Shape.WRAPPED: {"text_wrap": True},
    Shape.VERBATIM: {"num_format": "@"},
    Shape.DATE: {"num_format": "d mmm yyyy", "align": "left"},
    Shape.NUMBER: {"align": "right", "indent": 1},
}
DATED = {"align": "left", "num_format": "d mmm yyyy"}
TIMED = {"align": "left", "num_format": "d mmm yyyy hh:mm"}
LASTED = {"align": "left", "num_format": "[h]:mm:ss"}
GENERAL = {"num_format": "General"}
LATE_LOOK = {"font_color": "#C00000", "bold": True}
CONFLICT_LOOK = {"bg_color": "#FCE4D6", "font_color": "#843C0C"}
RESERVED_LOOK = {"italic": True, "font_color": "#7F7F7F"}


def write_parcel_table(style: Styled, sheet: Worksheet, parcel: Parcel, table: ParcelTable, lists: Lists) -> None:
    """A table from A1: filter, banding, header and first columns in sight; what nobody has filled is folded away."""
    header = {False: style.formats["header"], True: style.book.add_format(_computed_header())}
    formats, text = _Formats(style), style.book.add_format(SHAPES[Shape.VERBATIM])
    was_folded = False
    for place, column in enumerate(table.columns):
        options = {"level": 1, "hidden": True} if column.folded else {"collapsed": was_folded}
        look = text if column.shape is Shape.VERBATIM else None  # holds for the rows to come
        sheet.set_column(place, place, column.width, look, options)
        was_folded = column.folded
    for number, row in enumerate(table.rows, 1):
        _write_row(sheet, number, row, table, formats)
    headers = [{"header": column.header, "header_format": header[column.computed]} for column in table.columns]
    last = max(1, len(table.rows))
    sheet.add_table(0, 0, last, len(table.columns) - 1, {"columns": headers, "style": STYLE})
    sheet.set_row(0, 30)
    for place, column in enumerate(table.columns):
        sheet.write_comment(0, place, column.help, COMMENT)
        _offer(sheet, place, column, last, parcel, lists)
    _colour(style, sheet, table, last)
    sheet.ignore_errors({"number_stored_as_text": xl_range(1, 0, last + ROOM, len(table.columns) - 1)})
    sheet.freeze_panes(1, NAMING)
    sheet.repeat_rows(0)
    _prepare_print(sheet, table)


def _prepare_print(sheet: Worksheet, table: ParcelTable) -> None:
    """One page wide where that can be read, else two, with ids and titles on both; what is folded is not printed."""
    sheet.set_paper(A3)
    if sum(column.width for column in table.columns if not column.folded) > READABLE:
        sheet.repeat_columns(0, NAMING - 1)
        sheet.fit_to_pages(2, 0)


def _computed_header() -> Mapping[str, object]:
    return {"bold": True, "font_color": "white", "bg_color": "#7F7F7F", "text_wrap": True, "valign": "vcenter"}


class _Formats:
    """The format of a cell by its column and by the type of what stands in it, each made once."""

    def __init__(self, style: Styled) -> None:
        self._style = style
        self._made: dict[tuple[bool, Shape, str], Format] = {}

    def of(self, column: ParcelColumn, value: RawValue) -> Format:
        """A day looks like a day in every column, and a number in a column of days like a number."""
        own: Mapping[str, object] = {}
        if isinstance(value, datetime) and value.time() != time():
            own = TIMED
        elif isinstance(value, date):
            own = DATED
        elif isinstance(value, time | timedelta):
            own = LASTED
        elif value is not None and column.shape is Shape.DATE:
            own = GENERAL
        key = (column.computed, column.shape, str(own.get("num_format", "")))
        if key not in self._made:
            ground = COMPUTED if column.computed else INPUT
            self._made[key] = self._style.book.add_format({**ground, **SHAPES[column.shape], **own})
        return self._made[key]


def _write_row(sheet: Worksheet, number: int, row: ParcelRow, table: ParcelTable, formats: _Formats) -> None:
    lines = 1
    for place, (column, value) in enumerate(zip(table.columns, row.cells, strict=True)):
        _write_raw(sheet, number, place, value, formats.of(column, value))
        if isinstance(value, str) and column.shape is Shape.WRAPPED and not column.folded:
            lines = max(lines, sum(ceil(len(line) / column.width) or 1 for line in value.split("\n")))
    for place, text in row.remarks.items():
        sheet.write_comment(number, place, text[:LONGEST_TEXT], COMMENT)
    sheet.set_row(number, LINE_HEIGHT * min(MOST_LINES, lines))


def _write_raw(sheet: Worksheet, row: int, place: int, value: RawValue, look: Format) -> None:
    """A value in its own type: text stays text, also where it begins with `=`; a blank only has its look."""
    if value is None:
        sheet.write_blank(row, place, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, place, value[:LONGEST_TEXT], look)
    elif isinstance(value, bool):
        sheet.write_boolean(row, place, value, look)
    elif isinstance(value, date | time | timedelta):
        sheet.write_datetime(row, place, value, look)
    else:
        sheet.write_number(row, place, value, look)


def _offer(sheet: Worksheet, place: int, column: ParcelColumn, last: int, parcel: Parcel, lists: Lists) -> None:
    """A drop-down where there is something to choose; other values are let in, and looked at on their way back."""
    open_items = [row.id for row in parcel.items.rows if not row.reserved]
    if column.choices is Choice.ITEMS:
        source = f"='{ITEMS_SHEET}'!{xl_range_abs(1, 0, len(open_items), 0)}" if open_items else ""
    elif column.choices is Choice.TEAMS:
        source = lists.place(parcel.teams) if parcel.teams else ""
    else:
        source = lists.place(column.choices) if column.choices else ""
    if source:
        rule = {"validate": "list", "source": source, "show_error": False}
        sheet.data_validation(1, place, last + ROOM, place, rule)


def _colour(style: Styled, sheet: Worksheet, table: ParcelTable, last: int) -> None:
    """Late work in red, conflicts in orange, reserved rows pale; the rules follow what is typed."""
    at = {column.header: place for place, column in enumerate(table.columns)}
    title, conflicts, why = (f"${xl_col_to_name(at[name])}2" for name in ("Title", "Conflicts", "Why"))
    late = f'ISNUMBER(SEARCH("{LATE} ",{why}))'
    rules = (
        (0, len(at) - 1, f'={title}="{RESERVED}"', RESERVED_LOOK),
        (at["Planned finish"], at["Planned launch"], f"={late}", LATE_LOOK),
        (at["Conflicts"], at["Conflicts"], f'={conflicts}<>""', CONFLICT_LOOK),
        (0, 0, f'={conflicts}<>""', CONFLICT_LOOK),
    )
    for first, end, formula, look in rules:
        rule = {"type": "formula", "criteria": formula, "format": style.book.add_format(look)}
        sheet.conditional_format(1, first, last + ROOM, end, rule)
