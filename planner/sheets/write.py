"""A roadmap becomes a workbook that we own: every sheet and column of `columns.csv`, unknown columns behind them.

Reading it gives the same roadmap again. What it does not keep: where things stood, how a target was spelt, and
the evidence of a dismissal, for which there is no column.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO

from xlsxwriter import Workbook

from planner.domain.roadmap import Extra, Roadmap
from planner.sheets.columns import Column, columns_of, sheet_names
from planner.sheets.formats import FORMATS
from planner.sheets.table import Value
from planner.sheets.template import MADE, write_sheet

WrittenRow = tuple[Mapping[str, Value], Extra]
"""The cells of a row by our columns, and its unknown columns."""

NOUNS: Mapping[str, str] = {
    "Roadmap": "items",
    "Tasks": "tasks",
    "Teams": "teams",
    "Capacity": "capacity",
    "Asks": "asks",
    "Components": "components",
    "Decisions": "decisions",
    "Hypotheses": "hypotheses",
    "Calendar": "calendar",
    "Overrides": "overrides",
    "Dismissed": "dismissals",
}
"""Sheet -> the field of a roadmap that fills it."""

ATTRIBUTES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("Roadmap", "Item ID"): ("id",),
    ("Roadmap", "Source"): ("origin",),
    ("Roadmap", "Target"): ("targets",),
    ("Tasks", "Task ID"): ("id",),
    ("Tasks", "Item ID(s)"): ("items",),
    ("Tasks", "Team"): ("teams",),
    ("Tasks", "Effort"): ("estimate", "effort_by_team"),
    ("Tasks", "Engineers"): ("engineers", "engineers_by_team"),
    ("Tasks", "Hypothesis"): ("hypotheses",),
    ("Tasks", "Launch"): ("launches",),
    ("Tasks", "Not before"): ("not_before", "pinned"),
    ("Tasks", "Due"): ("due", "due_is_hard"),
    ("Tasks", "% done"): ("done_share",),
    ("Teams", "Team"): ("name",),
    ("Teams", "Calendar"): ("country",),
    ("Teams", "Friction"): ("friction", "friction_by_team"),
    ("Asks", "Item ID"): ("item",),
    ("Components", "Component"): ("name",),
    ("Decisions", "Decision ID"): ("id",),
    ("Hypotheses", "Hypothesis ID"): ("id",),
    ("Hypotheses", "P(success)"): ("probability",),
    ("Hypotheses", "Readout date"): ("readout",),
    ("Hypotheses", "Rollback effort"): ("rollback",),
    ("Calendar", "Scope"): ("scopes",),
    ("Overrides", "Task ID"): ("task",),
    ("Overrides", "Date"): ("requested_on",),
    ("Dismissed", "Conflict ID"): ("conflict",),
}
"""(sheet, column) -> attributes of the noun, where it is not simply the column's name."""

SPOKEN_BLANKS: Mapping[tuple[str, str], str] = {("Tasks", "Team"): "none", ("Tasks", "Item ID(s)"): "none"}
"""Blanks that are said: in these columns a reader might take a blank for "same as above"."""


def roadmap_workbook(roadmap: Roadmap) -> bytes:
    """The workbook (.xlsx) of a roadmap; the same bytes every time."""
    return rows_workbook({sheet: [row_of(sheet, noun) for noun in getattr(roadmap, NOUNS[sheet])] for sheet in NOUNS})


def rows_workbook(rows: Mapping[str, Sequence[WrittenRow]]) -> bytes:
    """The workbook (.xlsx) of rows by sheet of ours; a sheet without any has blank ones for typing."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": "Roadmap", "created": MADE})
        for sheet in sheet_names():
            written = rows.get(sheet, ())
            write_sheet(workbook, sheet, [values for values, _ in written], [extra for _, extra in written])
    return buffer.getvalue()


def attributes_of(column: Column) -> tuple[str, ...]:
    """The attributes of the noun that fill a column."""
    return ATTRIBUTES.get((column.sheet, column.name), (column.name.lower().replace(" ", "_"),))


def row_of(sheet: str, noun: object) -> WrittenRow:
    """The cells of a noun by our columns, and its unknown columns; one that bears our column's name fills it."""
    values = {column.name: _cell(column, noun) for column in columns_of(sheet)}
    extra: Extra = getattr(noun, "extra", ())
    unread = {header: text for header, text in extra if header in values and values[header] is None}
    return values | unread, tuple(pair for pair in extra if pair[0] not in unread)


def _cell(column: Column, noun: object) -> Value:
    """One cell of a noun."""
    value = FORMATS[column.type](*(getattr(noun, attribute) for attribute in attributes_of(column)))
    return SPOKEN_BLANKS.get((column.sheet, column.name)) if value is None else value
