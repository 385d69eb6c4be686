"""Every column has a cause, or is known to move no date."""

from planner.domain.settings import Defaults
from planner.sheets.columns import all_columns
from planner.variance.facts import CAUSES, DEFAULTS

NO_DATE = {
    "Tasks": {"Task ID", "Title", "Description", "Actual effort"},
    "Roadmap": {"Item ID", "Title", "Description", "Source", "Customer", "Evidence", "PM", "Audience"},
    "Teams": {"Team", "Formerly", "Manager"},
    "Capacity": {"Note"},
    "Asks": {"Item ID", "Team", "Size", "Note"},
    "Decisions": {"Decision ID", "Question", "Driver", "Approver"},
    "Hypotheses": {"Hypothesis ID", "Statement", "Treatment group", "Metric"},
    "Overrides": {"Reason", "Requested by", "Date"},
    "Dismissed": {"Conflict ID", "Reason", "By", "Until"},
}


def test_every_column_has_its_place() -> None:
    for column in all_columns():
        causes = [cause for cause, names in CAUSES.get(column.sheet, {}).items() if column.name in names]
        assert len(causes) + (column.name in NO_DATE.get(column.sheet, set())) == 1, (column.sheet, column.name)


def test_every_default_has_its_cause() -> None:
    assert DEFAULTS.keys() == Defaults.__dataclass_fields__.keys()
