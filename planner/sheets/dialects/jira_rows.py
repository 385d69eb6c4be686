"""The values of issues under the names of our columns: seconds and points become ED, words of a workflow a status."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.roadmap import Extra, Status
from planner.sheets.dialects.jira_fields import Fields
from planner.sheets.dialects.jira_issues import Issue, Issues
from planner.sheets.dialects.jira_links import Links
from planner.sheets.formats import entries
from planner.sheets.grid import as_text
from planner.sheets.headers import normal
from planner.sheets.table import Row, Value
from planner.sheets.values import Conventions, parse_status
from planner.sheets.values.effort import SECONDS_PER_HOUR, SECONDS_PER_MINUTE
from planner.sheets.values.numbers import HOURS_PER_DAY, number_of, to_days

DROPPING = frozenset({"cannotreproduce", "incomplete", "notabug", "wontdo", "wontfix", "duplicate", "declined"})
"""Resolutions, in normal form, of work that nobody will do, besides the words for a dropped status."""
_ANY_DAY = Conventions(date.min)


@dataclass(frozen=True)
class Translator:
    """Turns issues into rows; `point` is the ED of a story point."""

    fields: Fields
    issues: Issues
    links: Links
    point: float
    has_teams: bool

    def item(self, issue: Issue) -> Row:
        """The row of an epic on the sheet Roadmap; it is due on its day, else with its release."""
        fields, cells = self.fields, issue.cells
        versions = map(as_text, fields.values(cells, "version"))
        values: dict[str, Value] = {
            "Item ID": issue.id,
            "Title": fields.text(cells, "summary"),
            "Description": fields.text(cells, "description"),
            "Priority": fields.text(cells, "priority"),
            "Target": self._first(issue, "due") or "; ".join(versions),
            "Status": self.status(issue),
        }
        return Row(issue.row, _typed(values), self._labels(issue))

    def task(self, issue: Issue) -> Row:
        """The row of any other issue on the sheet Tasks, its sub-tasks folded into it."""
        fields, cells = self.fields, issue.cells
        status = self.status(issue)
        begun, ended = status == Status.IN_PROGRESS, status == Status.DONE
        own = {name: cells[offset] for name, offset in fields.ours.items() if offset < len(cells)}
        links = self.links.depends_on.get(issue.id, ())
        depends = "; ".join(filter(None, (as_text(own.get("Depends on")), *links)))
        values: dict[str, Value] = {
            "Task ID": issue.id,
            "Title": fields.text(cells, "summary"),
            "Description": fields.text(cells, "description"),
            "Item ID(s)": self.issues.item_of(issue),
            "Team": fields.text(cells, "team" if self.has_teams else "project"),
            "Effort": self.effort(issue),
            "Depends on": depends,
            "Duplicate of": entries(self.links.duplicate_of.get(issue.id, ())),
            "Touches": entries([f"{as_text(name)}:read" for name in fields.values(cells, "component")]),
            "Due": self._first(issue, "due"),
            "Status": status,
            "Remaining": self.remaining(issue) if begun else None,
            "Actual start": self._first(issue, "start") if begun or ended else None,
            "Actual finish": self._first(issue, "resolved") if ended else None,
        }
        versions = tuple(("Fix Version/s", as_text(value)) for value in fields.values(cells, "version"))
        sprints = tuple(("Sprint", as_text(value)) for value in fields.values(cells, "sprint")[-1:])
        return Row(issue.row, _typed(own) | _typed(values), (*self._labels(issue), *versions, *sprints))

    def effort(self, issue: Issue) -> Value:
        """ED of an issue and its sub-tasks: their estimates; where there are none, their story points."""
        estimated = self._total(issue, "estimate")
        if estimated is not None:
            return estimated
        points = [number_of(self._first(part, "points")) for part in self._whole(issue)]
        known = [amount for amount in points if amount is not None]
        return sum(known) * self.point if known else None

    def remaining(self, issue: Issue) -> Value:
        """ED that are left of an issue and its sub-tasks."""
        return self._total(issue, "remaining")

    def has_points_only(self, issue: Issue) -> bool:
        """Whether the effort comes from story points."""
        return self._total(issue, "estimate") is None and self.effort(issue) is not None

    def status(self, issue: Issue) -> str:
        """Our word: dropped where it was given up, else what its category says, else its own word."""
        fields, cells = self.fields, issue.cells
        resolution, typed = fields.text(cells, "resolution"), fields.text(cells, "status")
        category = fields.text(cells, "category")
        is_dropped = Status.DROPPED in (_status(resolution), _status(typed)) or normal(resolution) in DROPPING
        if is_dropped:
            return Status.DROPPED
        is_resolved = bool(self._first(issue, "resolved"))
        found = _status(category) or _status(typed) or (Status.DONE if is_resolved else None)
        return found or typed

    def _whole(self, issue: Issue) -> Sequence[Issue]:
        """An issue and those of its sub-tasks that were not given up."""
        parts = self.issues.parts.get(issue.id, ())
        return (issue, *(part for part in parts if self.status(part) != Status.DROPPED))

    def _total(self, issue: Issue, field: str) -> Value:
        """The sum of a field in ED; as typed where it is no amount and stands alone."""
        values = [value for part in self._whole(issue) if (value := self._first(part, field)) is not None]
        days = [amount for value in values if (amount := days_of(value)) is not None]
        return sum(days) if days else next(iter(values), None)

    def _first(self, issue: Issue, field: str) -> Value:
        return next(iter(self.fields.values(issue.cells, field)), None)

    def _labels(self, issue: Issue) -> Extra:
        labels = entries([as_text(value) for value in self.fields.values(issue.cells, "label")])
        return (("Labels", labels),) if labels else ()


def days_of(value: Value) -> float | None:
    """An estimate in ED: seconds as Jira exports them, or an amount with a unit; None where it is neither.

    >>> days_of("57600"), days_of("1w 2d"), days_of("3"), days_of("much")
    (2.0, 7.0, 3.0, None)
    """
    number = number_of(value)
    if number is None:
        return to_days(as_text(value))
    is_seconds = number % SECONDS_PER_MINUTE == 0
    return number / SECONDS_PER_HOUR / HOURS_PER_DAY if is_seconds else number


def _status(text: str) -> Status | None:
    return parse_status(text, _ANY_DAY).value if text else None


def _typed(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value not in (None, "")}
