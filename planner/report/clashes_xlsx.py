"""`clashes.xlsx`: what clashed, a row each, with a column to choose in; the file can itself be merged."""

import io
from collections.abc import Sequence
from datetime import date, datetime

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from planner.domain.edits import CellValue
from planner.domain.merge_report import Clash
from planner.report.xlsx import TEXT_OPTIONS
from planner.report.xlsx_table import LONGEST_TEXT, Field, Kind, Styled, styled, write_table

SHEET = "Clashes"
FIELDS = (
    Field("Sheet", 11),
    Field("Key", 14),
    Field("Column", 16),
    Field("Base", 26, Kind.WRAPPED),
    Field("Ours", 26, Kind.WRAPPED),
    Field("Theirs", 26, Kind.WRAPPED),
    Field("Who", 14),
    Field("Your answer", 22, Kind.WRAPPED),
    Field("Question", 52, Kind.WRAPPED),
    Field("Kind", 8),
    Field("Question ID", 16),
)
TITLES = [field.title for field in FIELDS]
BASE, ANSWER = TITLES.index("Base"), TITLES.index("Your answer")
CHOICES = ["ours", "theirs", "base"]
ROW_CHOICES = ["ours", "theirs"]
MADE = datetime(2026, 1, 1)
"""A fixed day, so that the bytes do not depend on the clock."""
HELP = (
    "Base is what was sent, Ours what the master has, Theirs what came back.",
    "Under Your answer choose ours, theirs or base, or type another value; leave blank what is not decided yet.",
    "A whole row (without Column) was deleted by one side and edited by the other: ours keeps it, theirs has it go.",
    "A cell of a row that the master has deleted (Ours is blank): ours leaves the row away, theirs brings it back.",
    "Save, close, then run: {command}",
)


def clashes_xlsx(clashes: Sequence[Clash], command: str) -> bytes:
    """The workbook's bytes: the same clashes give the same bytes; `command` merges it."""
    stream = io.BytesIO()
    book = Workbook(stream, TEXT_OPTIONS)
    book.set_properties({"title": "Clashes", "created": MADE})
    style = styled(book)
    sheet = style.sheet(SHEET, "#C00000")
    write_table(style, sheet, FIELDS, [_row(clash) for clash in clashes], frozen=3)
    sheet.set_column(TITLES.index("Kind"), len(FIELDS) - 1, None, None, {"hidden": True})
    dates = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
    texts = book.add_format({"align": "left", "valign": "top", "text_wrap": True})
    answer = book.add_format({"bg_color": "#FFF2CC", "border": 1, "border_color": "#BF8F00", "valign": "top"})
    for number, clash in enumerate(clashes, 1):
        for offset, value in enumerate((clash.base, clash.ours, clash.theirs)):
            _write_as_is(sheet, number, BASE + offset, value, dates, texts)
        sheet.write_blank(number, ANSWER, None, answer)
        choices = CHOICES if clash.column else ROW_CHOICES
        rule = {"validate": "list", "source": choices, "error_type": "information"}
        sheet.data_validation(number, ANSWER, number, ANSWER, rule)
    _read_me(style, command)
    book.close()
    return stream.getvalue()


def _row(clash: Clash) -> tuple[str | None, ...]:
    """The texts of a row; its values are written as they are."""
    kind = "clash" if clash.column else "row"
    return clash.sheet, clash.key, clash.column, "", "", "", clash.who, None, clash.reason, kind, clash.id


def _write_as_is(sheet: Worksheet, row: int, column: int, value: CellValue, dates: Format, texts: Format) -> None:
    """A value with its type and its blanks: it may be taken into the master."""
    if isinstance(value, str):
        sheet.write_string(row, column, value[:LONGEST_TEXT], texts)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, texts)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, dates)
    elif value is None:
        sheet.write_blank(row, column, None, texts)
    else:
        sheet.write_number(row, column, value, texts)


def _read_me(style: Styled, command: str) -> None:
    sheet = style.sheet("Read me", "#1F3864")
    sheet.set_column(0, 0, 110)
    for number, line in enumerate(HELP):
        sheet.write_string(number, 0, line.format(command=command), style.formats[Kind.WRAPPED])
