"""The kinds of trouble with files, tables and headers, each with its severity and the way out."""

from dataclasses import replace

from planner.domain.diagnostics import Rule, Severity

TABLE_NOT_RECOGNISED = Rule(
    "table-not-recognised",
    Severity.NOTE,
    "a sheet is no table of the planner",
    "Nothing to do for notes and lists; for a table, rename its headers or map them in roadmap.toml.",
)
EMPTY_TABLE = Rule(
    "empty-table",
    Severity.NOTE,
    "a table has headers and no rows",
    "Nothing to do where the sheet is not needed; else type at least one row below the headers.",
)
NO_TASK_ROWS = replace(EMPTY_TABLE, severity=Severity.ERROR)
"""The same where it is the only table of tasks: nothing can be planned."""
FOREIGN_HEADER = Rule(
    "foreign-header",
    Severity.WARNING,
    "a header looks like one of ours under another name",
    "Rename the header, or accept the proposed map in roadmap.toml.",
)
COLUMN_SHADOWED = Rule(
    "column-shadowed",
    Severity.NOTE,
    "several headers stand for one column",
    "Rename the header that is meant to the column's own name; the others travel along unread.",
)
MAP_WITHOUT_HEADER = Rule(
    "map-without-header",
    Severity.WARNING,
    "roadmap.toml names a header that the table does not have",
    "Correct the header under [[table]] in roadmap.toml.",
)
MAP_UNKNOWN_NAME = Rule(
    "map-unknown-name",
    Severity.WARNING,
    "roadmap.toml maps to a sheet or column that does not exist",
    "Correct the name in roadmap.toml; `roadmap columns` lists the sheets and columns.",
)
FILLED_DOWN = Rule(
    "filled-down",
    Severity.WARNING,
    "blank cells were read as the value above",
    'Repeat the value in every row, or type "none" where there is none.',
)
SAME_AS_ABOVE = Rule(
    "same-as-above",
    Severity.NOTE,
    "cells say that they repeat the value above",
    "Repeat the value itself: sorting the sheet would break the reference.",
)
TOTAL_ROW = Rule(
    "total-row",
    Severity.NOTE,
    "a row holds totals",
    "Nothing to do; totals are not read.",
)
EXTEND_UNMATCHED = Rule(
    "extend-unmatched",
    Severity.WARNING,
    "rows extend an id that is on no sheet",
    "Correct the id, or remove `extend = true` for this table in roadmap.toml.",
)
