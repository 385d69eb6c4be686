"""The template workbook: an empty roadmap with drop-downs and help, made from `columns.csv`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import groupby

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from planner.domain.roadmap import Extra, Status
from planner.sheets.columns import Column, columns_of, sheet_names
from planner.sheets.table import Value

ROWS = 300
"""Prepared rows of each sheet; Excel extends the table when more are typed."""

_BAND, _HEADER, _FIRST, _LAST = 0, 1, 2, 1 + ROWS
_DATED = {"num_format": "yyyy-mm-dd", "align": "left"}
MADE = datetime(2026, 1, 1)
"""When our workbooks were made: a fixed day, so that the bytes do not depend on the clock."""
_LONGEST = 32_767
"""Characters of the longest text that Excel takes."""
_LONGEST_HEADER = 255
"""Characters of the longest header of a table."""
_OTHER_WIDTH = 22
"""Characters of a column that we do not know."""
_OTHER_HEADER = {"bold": True, "bg_color": "#D9D9D9", "border": 1, "valign": "top"}

Place = tuple[str, int]
"""An unknown column: its header, and how many of that name stand before it in a row."""


@dataclass(frozen=True, slots=True)
class Group:
    """What a group of columns is good for, and the colour of its band."""

    adds: str
    colour: str


GROUPS: Mapping[str, Group] = {
    "core": Group("Start here", "#1F4E79"),
    "core more": Group("More words: find duplicates", "#5B7083"),
    "evidence": Group("Show the customer's voice", "#6B4C8A"),
    "cost of delay": Group("Put what is urgent first", "#9C4A1A"),
    "duration": Group("Say how long it takes", "#2F6B4F"),
    "contradictions": Group("Find contradictions between teams", "#A12B2B"),
    "experiments": Group("Wait for tests and decisions", "#6B4C8A"),
    "debt": Group("Price technical debt", "#7A5C00"),
    "launches": Group("Keep blocks free", "#5B7083"),
    "dates": Group("Hold promised days", "#2F6B4F"),
    "progress": Group("Follow what is under way", "#1B6B7A"),
    "sharing": Group("Keep it among few", "#5B7083"),
    "names": Group("Find teams again", "#5B7083"),
    "capacity": Group("Plan with the time there really is", "#2F6B4F"),
}

SHEETS: Mapping[str, str] = {
    "Roadmap": "what customers and operations ask for, with its urgency",
    "Tasks": "the engineering work; the only sheet you need",
    "Teams": "how many engineers there are, less on-call and operations",
    "Capacity": "leave, joiners and half days",
    "Asks": "what one team's item asks of another team",
    "Components": "what teams share, who owns it and who has to migrate",
    "Decisions": "what is still open, who decides and by when",
    "Hypotheses": "what is believed, and the test that will tell",
    "Calendar": "blocks that stop launches, holidays, milestones, releases",
    "Overrides": "one task that may launch in a block",
    "Dismissed": "conflicts that somebody has looked at and lets be",
}

_READ_ME = (
    "1. Go to the sheet Tasks and fill its first five columns: Task ID, Title, Team, Effort, Depends on.",
    "2. For example: PAY-7, Refund by line item, Payments, 8, LED-3 (eight engineer-days, after LED-3).",
    "3. Leave blank what you do not know: the planner assumes something and says so.",
    "4. Save, then run: roadmap plan roadmap.xlsx",
    "5. Come back for more: hover over a header to see what it means and what holds where it is blank.",
)

TEXT_TYPES = frozenset({"id", "ids", "list", "effort", "target", "dependencies", "debt", "engineers", "friction"})
"""Excel would turn `2-3-8`, `2026-11` and `1/3` in these into dates; as text they stay what was typed."""

_LISTS = {("Tasks", "Team"): "Teams", ("Tasks", "Item ID(s)"): "Roadmap", ("Components", "Owner"): "Teams"}
_LISTS |= {("Capacity", "Team"): "Teams", ("Asks", "Team"): "Teams", ("Asks", "Item ID"): "Roadmap"}
_LISTS |= {("Overrides", "Task ID"): "Tasks"}
"""(sheet, column) -> the sheet whose first column is offered; several, and other ones, may be typed."""


def template_columns(sheet: str) -> tuple[Column, ...]:
    """The columns of a sheet with the core ones first and every group together."""
    columns = columns_of(sheet)
    groups = list(dict.fromkeys(column.group for column in columns))
    return tuple(sorted(columns, key=lambda column: (column.group != "core", groups.index(column.group))))


def template_workbook() -> bytes:
    """An empty workbook with every sheet, drop-downs and help; the same bytes every time."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": "Roadmap", "created": MADE})
        _write_read_me(workbook)
        for sheet in sheet_names():
            write_sheet(workbook, sheet)
    return buffer.getvalue()


def _write_read_me(workbook: Workbook) -> None:
    worksheet = workbook.add_worksheet("Read me first")
    worksheet.hide_gridlines(2)
    worksheet.set_column(0, 0, 90)
    title = workbook.add_format({"bold": True, "font_size": 16, "font_color": GROUPS["core"].colour})
    heading = workbook.add_format({"bold": True, "font_size": 12, "top": 1, "valign": "bottom"})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    link = workbook.add_format({"font_color": GROUPS["core"].colour, "underline": 1})
    worksheet.write(0, 0, "Five columns are enough", title)
    for row, line in enumerate(_READ_ME, start=1):
        worksheet.write(row, 0, line, wrapped)
    row = len(_READ_ME) + 2
    worksheet.write(row, 0, "What more columns of the sheet Tasks add", heading)
    for name, columns in groupby(template_columns("Tasks"), lambda column: column.group):
        if name != "core":
            row += 1
            names = ", ".join(column.name for column in columns)
            worksheet.write_rich_string(
                row, 0, workbook.add_format({"bold": True}), f"{GROUPS[name].adds}: ", f"add {names}", wrapped
            )
    worksheet.write(row + 2, 0, "What the other sheets add", heading)
    for place, sheet in enumerate(sheet_names(), start=row + 3):
        worksheet.write_url(place, 0, f"internal:'{sheet}'!A3", link, f"{sheet}: {SHEETS[sheet]}")


def write_sheet(
    workbook: Workbook, sheet: str, rows: Sequence[Mapping[str, Value]] = (), extras: Sequence[Extra] = ()
) -> None:
    """Add a sheet of ours with these rows (values by our column name); without any, blank ones for typing.

    `extras` are the unknown columns of each row: they go behind ours, each header as often as a row has it.
    """
    columns = template_columns(sheet)
    others = _unknown_columns(extras)
    inside = _in_table(others, columns)
    others = (*inside, *(place for place in others if place not in inside))
    styles = [_cell_format(workbook, column) for column in columns]
    last = _HEADER + (len(rows) or ROWS)
    worksheet = workbook.add_worksheet(sheet)
    headers = [{"header": column.name, "header_format": _header_format(workbook, column)} for column in columns]
    headers += [{"header": header} for header, _ in inside]
    options = {"name": f"{sheet}Table", "style": "Table Style Light 1", "columns": headers}
    worksheet.add_table(_HEADER, 0, last, len(headers) - 1, options)
    for index, column in enumerate(columns):
        worksheet.set_column(index, index, width_of(column), styles[index])
        worksheet.write_comment(_HEADER, index, help_of(column), {"x_scale": 2.2, "y_scale": 1.3, "author": ""})
        _offer_choices(worksheet, sheet, column, index)
    _write_bands(workbook, worksheet, columns)
    dated = workbook.add_format(_DATED)
    for number, row in enumerate(rows, start=_FIRST):
        for index, (column, style) in enumerate(zip(columns, styles, strict=True)):
            value = row.get(column.name)
            _write_cell(worksheet, number, index, value, dated if isinstance(value, date) else style)
    worksheet.ignore_errors({"number_stored_as_text": xl_range(_FIRST, 0, last, len(headers) - 1)})
    _write_extras(worksheet, len(columns), others, extras, workbook.add_format(_OTHER_HEADER))
    _set_up_view(worksheet, sheet)


def _unknown_columns(extras: Sequence[Extra]) -> tuple[Place, ...]:
    """The unknown columns of rows, in the order in which they come up."""
    places: dict[Place, None] = {}
    for extra in extras:
        seen: Counter[str] = Counter()
        for header, _ in extra:
            places.setdefault((header, seen[header]))
            seen[header] += 1
    return tuple(places)


def _in_table(places: Sequence[Place], columns: Sequence[Column]) -> tuple[Place, ...]:
    """Those that a table of Excel's can hold: no two of its headers are the same, whatever their case."""
    taken = {column.name.casefold() for column in columns}
    inside = []
    for header, number in places:
        if header.isprintable() and 0 < len(header) <= _LONGEST_HEADER and header.casefold() not in taken:
            taken.add(header.casefold())
            inside.append((header, number))
    return tuple(inside)


def _write_extras(
    worksheet: Worksheet, first: int, places: Sequence[Place], extras: Sequence[Extra], header: Format
) -> None:
    """The values of unknown columns, and the headers of those that stand beside the table."""
    columns = {place: first + offset for offset, place in enumerate(places)}
    for number, extra in enumerate(extras, start=_FIRST):
        seen: Counter[str] = Counter()
        for name, text in extra:
            _write_cell(worksheet, number, columns[name, seen[name]], text, None)
            seen[name] += 1
    for (name, _), column in columns.items():
        worksheet.set_column(column, column, max(_OTHER_WIDTH, len(name) + 4))
        _write_cell(worksheet, _HEADER, column, name, header)


def _write_bands(workbook: Workbook, worksheet: Worksheet, columns: Sequence[Column]) -> None:
    """Above the headers: what each group of columns adds, at its first column."""
    index = 0
    for name, members in groupby(columns, lambda column: column.group):
        style = {"italic": True, "font_color": GROUPS[name].colour, "font_size": 9}
        worksheet.write(_BAND, index, GROUPS[name].adds, workbook.add_format(style))
        index += len(tuple(members))


def _set_up_view(worksheet: Worksheet, sheet: str) -> None:
    """Headers and names stay in sight; printed, a sheet is one page wide."""
    worksheet.freeze_panes(_FIRST, 2 if sheet in ("Roadmap", "Tasks") else 1)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(_BAND, _HEADER)
    worksheet.set_tab_color(GROUPS["core"].colour if sheet == "Tasks" else "#BFBFBF")


def _write_cell(worksheet: Worksheet, row: int, index: int, value: Value, style: Format | None) -> None:
    """One value; text stays text, also where it begins with `=`."""
    if isinstance(value, str):
        worksheet.write_string(row, index, value[:_LONGEST], style)
    elif isinstance(value, date):
        worksheet.write_datetime(row, index, value, style)
    elif value is not None:
        worksheet.write(row, index, value, style)


def _header_format(workbook: Workbook, column: Column) -> Format:
    """Required columns are marked by weight and underline, not by colour alone."""
    style = {
        "bold": True,
        "font_color": "white",
        "bg_color": GROUPS[column.group].colour,
        "border": 1,
        "valign": "top",
    }
    return workbook.add_format({**style, "underline": 1 if column.required else 0})


def _cell_format(workbook: Workbook, column: Column) -> Format | None:
    if column.type == "date":
        return workbook.add_format(_DATED)
    if column.type in TEXT_TYPES:
        return workbook.add_format({"num_format": "@"})
    return workbook.add_format({"text_wrap": True, "valign": "top"}) if column.type == "text" else None


def width_of(column: Column) -> int:
    """Characters: room for what is typed, and for the header with its filter button."""
    wide = {"Title": 58, "Description": 40, "Question": 44, "Statement": 44, "Depends on": 28, "Touches": 30}
    usual = {"text": 22, "list": 20, "settings": 28, "options": 32, "shares": 28, "date": 13}
    return max(wide.get(column.name, usual.get(column.type, 11)), len(column.name) + 4)


def help_of(column: Column) -> str:
    """What a column means, its unit, and what holds where it is blank."""
    lines = [column.help]
    if column.unit:
        lines.append(f"Unit: {column.unit}.")
    lines.append("Required." if column.required else f"Blank: {column.default or 'nothing is assumed'}.")
    return "\n".join(lines)


def choices_of(column: Column) -> tuple[str, ...]:
    """The words that a column takes; empty where anything may be typed."""
    fixed = {"yesno": ("yes", "no"), "status": tuple(status.value for status in Status), "choice": column.choices}
    return fixed.get(column.type, ())


def _offer_choices(worksheet: Worksheet, sheet: str, column: Column, index: int) -> None:
    """A drop-down where there is something to choose from; other values are let in, the reader speaks up."""
    source: list[str] | str = list(choices_of(column))
    if listed := _LISTS.get((sheet, column.name)):
        source = f"={listed}!{xl_range_abs(_FIRST, 0, _LAST, 0)}"
    if source:
        rule = {"validate": "list", "source": source, "show_error": False}
        worksheet.data_validation(_FIRST, index, _LAST, index, rule)
