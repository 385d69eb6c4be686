"""The sample `commerce-platform.xlsx`: the story in the sheets of our template, with its dirt."""

from datetime import date, datetime
from io import BytesIO

from quillon import Row, Story
from xlsxwriter import Workbook

from planner.sheets.columns import columns_of, sheet_names
from planner.sheets.table import Value
from planner.sheets.template import write_sheet

MADE = datetime(2026, 9, 7)  # a fixed day, so that the bytes do not depend on the clock


def commerce_workbook(story: Story) -> bytes:
    """The workbook; the same bytes every time."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": "Commerce platform", "created": MADE})
        worksheet = workbook.add_worksheet("Story")
        worksheet.hide_gridlines(2)
        worksheet.set_column(0, 0, 100, workbook.add_format({"text_wrap": True, "valign": "top"}))
        for row, paragraph in enumerate(story.prose):
            worksheet.write_string(row, 0, paragraph)
        for sheet in sheet_names():
            if rows := story.sheets.get(sheet):
                write_sheet(workbook, sheet, [_values(sheet, row) for row in rows])
    return buffer.getvalue()


def _values(sheet: str, row: Row) -> dict[str, Value]:
    types = {column.name: column.type for column in columns_of(sheet)}
    return {name: _value(text, types[name]) for name, text in row.items()}


def _value(text: str, kind: str) -> Value:
    """What a spreadsheet makes of typed text; an apostrophe in front keeps it text, as in Excel."""
    if text.startswith("'"):
        return text[1:]
    if kind in ("date", "effort", "target") and len(text) == 10 and text.count("-") == 2 and text[:4].isdigit():
        return date.fromisoformat(text)
    if kind in ("number", "percent", "integer", "effort", "cost", "duration", "probability", "engineers", "friction"):
        return float(text) if text.lstrip("+-").replace(".", "", 1).isdigit() else text
    return text
