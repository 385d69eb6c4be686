"""Which fact belongs to which cause: columns of the sheets, and settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from planner.domain.roadmap import Roadmap
from planner.domain.settings import Settings
from planner.domain.variance import Cause
from planner.sheets.columns import Column, columns_of
from planner.sheets.write import attributes_of


@dataclass(frozen=True)
class Facts:
    """What a plan rests on; the roadmap as read, before decisions are obeyed."""

    roadmap: Roadmap
    settings: Settings
    as_of: date
    is_limited: bool = True
    """Whether teams were as large as they are."""


CAUSES: Mapping[str, Mapping[Cause, tuple[str, ...]]] = {
    "Tasks": {
        Cause.ESTIMATE: ("Effort", "Engineers", "Duration"),
        Cause.DEPENDENCY: ("Depends on", "Touches", "Replaces", "Alternative to", "Duplicate of", "Debt", "Repays"),
        Cause.SCOPE: ("Item ID(s)",),
        Cause.MOVED: ("Team", "Split from"),
        Cause.DECISION: ("Sets", "Needs", "Hypothesis", "Settles", "Door", "Reversal"),
        Cause.CALENDAR: ("Launch", "Not before", "Due"),
        Cause.PROGRESS: ("Status", "% done", "Remaining", "Actual start", "Actual finish", "Actual launch"),
    },
    "Roadmap": {
        Cause.PRIORITY: ("Priority", "Cost of delay", "Target", "Commitment"),
        Cause.PROGRESS: ("Status",),
    },
    "Teams": {
        Cause.CAPACITY: ("Engineers", "On call", "Operations", "WIP limit"),
        Cause.CALENDAR: ("Calendar", "Org"),
        Cause.PRIORITY: ("Friction",),
    },
    "Capacity": {Cause.CAPACITY: ("Team", "Change", "Start", "End")},
    "Components": {Cause.DEPENDENCY: ("Component", "Owner", "Status", "Retires on", "Consumers")},
    "Decisions": {Cause.DECISION: ("Key", "Options", "Chosen", "Status", "Due", "Effort", "Door")},
    "Hypotheses": {Cause.DECISION: ("P(success)", "Tested by", "Readout date", "Ramp", "Rollback effort", "Result")},
    "Calendar": {Cause.CALENDAR: ("Name", "Kind", "Start", "End", "Scope")},
    "Overrides": {Cause.CALENDAR: ("Task ID", "Block", "Approved by", "Expires")},
}
"""Sheet -> cause -> columns. What stands on no line moves no date: names, texts, people, asks, dismissals."""

KEYED: Mapping[str, str] = {
    "Tasks": "id",
    "Roadmap": "id",
    "Teams": "name",
    "Components": "name",
    "Decisions": "id",
    "Hypotheses": "id",
}
"""Sheet -> the attribute by which a row of one plan is found in the other."""

WHOLE: Mapping[str, str] = {
    "Capacity": "capacity",
    "Calendar": "calendar",
    "Overrides": "overrides",
    "Components": "components",
    "Decisions": "decisions",
    "Hypotheses": "hypotheses",
}
"""Sheets that a cause takes from the other plan as a whole, and their field of a roadmap."""

DEFAULTS: Mapping[str, Cause] = {
    "sizes": Cause.ESTIMATE,
    "story_point": Cause.ESTIMATE,
    "effort": Cause.ESTIMATE,
    "own_estimates": Cause.ESTIMATE,
    "days_per_engineer": Cause.ESTIMATE,
    "team_engineers": Cause.CAPACITY,
    "operations": Cause.CAPACITY,
    "priority": Cause.PRIORITY,
    "commitment": Cause.PRIORITY,
    "decision_days": Cause.DECISION,
    "ramp_step_days": Cause.ESTIMATE,
    "flag_clean_up": Cause.ESTIMATE,
    "country": Cause.CALENDAR,
}
"""Field of `settings.Defaults` -> cause; all `settings.Weights` are priorities: what counts how much."""


@cache
def columns_by_cause(sheet: str) -> Mapping[Cause, tuple[Column, ...]]:
    """The columns of a sheet that move dates, by cause."""
    known = {column.name: column for column in columns_of(sheet)}
    return {cause: tuple(known[name] for name in names) for cause, names in CAUSES[sheet].items()}


@cache
def attributes_by_cause(sheet: str) -> Mapping[Cause, tuple[str, ...]]:
    """The attributes of a sheet's noun that move dates, by cause."""
    return {
        cause: tuple(attribute for column in columns for attribute in attributes_of(column))
        for cause, columns in columns_by_cause(sheet).items()
    }
