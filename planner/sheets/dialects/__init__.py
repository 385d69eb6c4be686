"""Exports of programs that everybody knows: a dialect turns such a sheet into tables, before headers are guessed.

In: a `Grid` as it stands and the settings. Out: a `Translated`, or None where the sheet is of another kind. A dialect
says every assumption in one diagnostic for all rows; the values that it leaves are read like all others.

    translated    what a dialect gives
    jira          csv exports of Jira Cloud and Server: `jira_fields` finds the columns, `jira_issues` the hierarchy,
                  `jira_links` the order, `jira_rows` the values

To add a dialect, write `<name>.py` with one function from grid and settings, and name it in `DIALECTS`.
"""

from planner.sheets.dialects.jira import read_jira
from planner.sheets.dialects.translated import Dialect, Translated

DIALECTS: tuple[Dialect, ...] = (read_jira,)

__all__ = ["DIALECTS", "Dialect", "Translated"]
