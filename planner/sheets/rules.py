"""The kinds of trouble that intake names, each with its severity and the way out.

ERROR is what loses something (a row that is not planned) or contradicts itself; WARNING is what is planned
under a stated assumption; NOTE is what was read in one of several ways and is probably right.
"""

from planner.domain.diagnostics import Rule, Severity

# tables and rows
NOTHING_TO_PLAN = Rule(
    "nothing-to-plan",
    Severity.ERROR,
    "there is nothing to plan",
    "Type at least one row with a Task ID, Title, Team, Effort and Depends on below the headers.",
)
ROW_SET_ASIDE = Rule(
    "row-set-aside",
    Severity.ERROR,
    "a row cannot be understood",
    "Fill the required columns of the row, or delete it.",
)
SKIPPED_ROW = Rule(
    "skipped-row",
    Severity.NOTE,
    "a row is no entry but a heading or a total",
    "Give it an id and a title if it is meant as an entry.",
)

# ids and references
DUPLICATE_ID = Rule(
    "duplicate-id",
    Severity.WARNING,
    "the same id is used more than once",
    "Give every row an id of its own; references then need no guessing.",
)
MISSING_ID = Rule("missing-id", Severity.WARNING, "a row has no id", "Type an id: a made-up one may change.")
MISSING_TITLE = Rule(
    "missing-title", Severity.WARNING, "a task has no title", "Say in a few words what is to be done."
)
DANGLING_REFERENCE = Rule(
    "dangling-reference",
    Severity.WARNING,
    "an id is referred to that is on no sheet",
    "Correct the id, or add the row that it stands for.",
)
AMBIGUOUS_REFERENCE = Rule(
    "ambiguous-reference",
    Severity.WARNING,
    "a reference fits rows of several sources",
    "Write the id with the prefix of the source that is meant.",
)
SELF_REFERENCE = Rule("self-reference", Severity.WARNING, "a task refers to itself", "Remove the reference.")
ITEM_DEPENDENCY = Rule(
    "item-dependency",
    Severity.NOTE,
    "a task depends on a whole item",
    "Name the task that is waited for, and fewer tasks will wait.",
)
TITLE_REFERENCE = Rule(
    "title-reference",
    Severity.NOTE,
    "a dependency is written as a title",
    "Write the id of the task: titles change, ids stay.",
)
PROSE_DEPENDENCY = Rule(
    "prose-dependency",
    Severity.WARNING,
    "a dependency is written as a sentence",
    "Write only ids in Depends on, separated by semicolons; the sentence fits into Description.",
)
UNKNOWN_ITEM = Rule(
    "unknown-item",
    Severity.WARNING,
    "an item is referred to that is not on the roadmap",
    "Correct the Item ID, or add the item to the roadmap.",
)
UNKNOWN_BLOCK = Rule(
    "unknown-block",
    Severity.WARNING,
    "an override names no entry of the calendar",
    "Write the entry's name as it stands in the sheet Calendar.",
)
UNKNOWN_SCOPE = Rule(
    "unknown-scope",
    Severity.WARNING,
    "a calendar entry applies to something unknown",
    "Write all, org:X, team:Y or component:Z.",
)

# teams
UNKNOWN_TEAM = Rule(
    "unknown-team",
    Severity.WARNING,
    "a team is not on the sheet Teams",
    "Correct the name, add the team with its number of engineers, or list the name under Formerly.",
)
FORMER_TEAM = Rule(
    "former-team-name",
    Severity.NOTE,
    "a team is called by a former name",
    "Use the present name.",
)
NO_TEAM = Rule(
    "no-team",
    Severity.WARNING,
    "nobody has taken a task",
    "Type the team that does it; until then its dates promise nothing.",
)

# values
UNREADABLE_VALUE = Rule(
    "unreadable-value",
    Severity.WARNING,
    "a value cannot be read",
    "`roadmap columns` lists what each column takes.",
)
UNDECIDED_VALUE = Rule(
    "undecided-value",
    Severity.WARNING,
    "a value is still to be decided",
    "Type the value when it is known; until then the stated assumption holds.",
)
OUT_OF_RANGE = Rule(
    "out-of-range",
    Severity.WARNING,
    "a number is outside the allowed values",
    "Correct the number.",
)
EXCEL_DATE = Rule(
    "excel-date",
    Severity.WARNING,
    "Excel turned a value into a date",
    "Format the column as text and type the value again; two dots (2..3..8) are never taken for a date.",
)
UNSORTED_RANGE = Rule(
    "unsorted-range",
    Severity.WARNING,
    "a three-point effort is out of order",
    "Write optimistic, likely, pessimistic: 2-3-8.",
)
STORY_POINTS = Rule(
    "story-points",
    Severity.WARNING,
    "effort is given in points",
    "Type engineer-days: points of two teams cannot be compared.",
)
UNKNOWN_CHOICE = Rule(
    "unknown-choice",
    Severity.WARNING,
    "a word is none of the allowed ones",
    "Use one of the listed words; the template has drop-downs.",
)
OPTIONS_SUM = Rule(
    "options-sum",
    Severity.WARNING,
    "the options of a decision do not add up to 1",
    "Correct the probabilities.",
)
UNKNOWN_OPTION = Rule(
    "unknown-option",
    Severity.WARNING,
    "the chosen option is none of the options",
    "Correct Chosen, or add it to Options.",
)

# dates
AMBIGUOUS_DATE = Rule(
    "ambiguous-date",
    Severity.WARNING,
    "day and month could be swapped",
    "Write 2026-04-03, or set day_first in roadmap.toml.",
)
UNCERTAIN_DATE = Rule(
    "uncertain-date",
    Severity.WARNING,
    "a date is not certain or has no year",
    "Write the year; leave the cell blank while nothing is promised.",
)
SEVERAL_TARGETS = Rule(
    "several-targets",
    Severity.WARNING,
    "a cell holds more than one target",
    "Split the item, or leave the date that was promised.",
)
UNKNOWN_RELEASE = Rule(
    "unknown-release",
    Severity.WARNING,
    "a target is neither a date nor a known release",
    "Add the release with its date to the sheet Calendar (Kind: release), or type a date.",
)
REVERSED_DATES = Rule(
    "reversed-dates",
    Severity.ERROR,
    "an end lies before its start",
    "Correct one of the two dates.",
)
CONTRADICTING_PROGRESS = Rule(
    "contradicting-progress",
    Severity.WARNING,
    "status, progress and dates contradict each other",
    "Correct Status, % done or the actual dates.",
)
