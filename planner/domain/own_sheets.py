"""Sheets of ours that are no tables of input: how they are called, and told from a person's of the same name."""

PLAN_SHEET = "Roadmap plan"
PLAN_SHEET_TITLE = "Roadmap plan: written by roadmap, replaced as a whole by the next plan"
"""Its first cell; a sheet of this name that begins otherwise is a person's and is read."""

ITEMS_SHEET, TASKS_SHEET = "My items", "My tasks"
"""The tables of a workbook that was sent to a PM or a team: these are read."""
NEWS_SHEET, QUESTIONS_SHEET, GANTT_SHEET = "What changed", "Questions for you", "Gantt"
"""Its other sheets."""
QUESTION_COLUMNS = ("Question ID", "Kind", "Sheet", "Key", "Column", "Question", "Your answer")
"""Headers of every sheet of questions; the last one is where people type."""

ARCHIVE_SHEETS = {"Tasks": "Archived tasks", "Roadmap": "Archived items"}
"""Where `roadmap rollover` moves what is over, by kind of table; read like the tables that it comes from."""

FIRST_CELLS = {
    PLAN_SHEET: PLAN_SHEET_TITLE,
    NEWS_SHEET: NEWS_SHEET,
    QUESTIONS_SHEET: QUESTION_COLUMNS[0],
    GANTT_SHEET: GANTT_SHEET,
}
"""What stands first on each sheet of ours that is not read as a table."""
