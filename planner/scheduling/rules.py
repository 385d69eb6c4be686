"""The kinds of trouble that formulating names, and the notebook in which it writes down what it finds."""

from dataclasses import dataclass, field

from planner.domain.cells import Cell, Source
from planner.domain.diagnostics import Assumption, Diagnostic, Rule, Severity

# teams
UNKNOWN_CALENDAR = Rule(
    "unknown-calendar",
    Severity.WARNING,
    "a team's calendar is no country code",
    "Type an ISO country code such as DE, or with a region such as US-CA.",
)
ON_CALL_TAKES_ALL = Rule(
    "on-call-takes-all",
    Severity.WARNING,
    "the on-call rotation takes the whole team",
    "Correct On call, or Engineers.",
)
OPERATIONS_TAKE_ALL = Rule(
    "operations-take-all",
    Severity.WARNING,
    "operations leave a team no time for anything else",
    "Correct Operations; it is a share of the time that on call leaves.",
)
NOBODY_LEFT = Rule(
    "nobody-left",
    Severity.WARNING,
    "a team with planned work has nobody from some day on",
    "Give the leave an end, add a joiner, or give the work to another team.",
)
FAR_DATE = Rule(
    "far-date",
    Severity.WARNING,
    "a date is many years away",
    "Correct the year.",
)

IMPLAUSIBLE_AMOUNT = Rule(
    "implausible-amount",
    Severity.ERROR,
    "an amount of work or time is larger than can be meant",
    "Effort is in engineer-days, Duration and lags in working days; split what really is that large.",
)

# tasks
TOO_MANY_ENGINEERS = Rule(
    "too-many-engineers",
    Severity.WARNING,
    "a task wants more engineers than its team ever has",
    "Lower Engineers, or add the engineers to the sheet Capacity.",
)
PINNED_DAY_OFF = Rule(
    "pinned-day-off",
    Severity.WARNING,
    "a start is pinned to a day on which nobody works on it",
    "Pin it to a day that the team works, on or after the planning start.",
)
DUE_IN_THE_PAST = Rule(
    "due-in-the-past",
    Severity.ERROR,
    "a hard due date is already over",
    "Mark the task as done, or agree on a new date.",
)
PROMISE_IN_THE_PAST = Rule(
    "promise-in-the-past",
    Severity.WARNING,
    "a vendor's promised date is already over",
    "Mark it as done, or ask for a new date.",
)
RELATION_TO_DROPPED = Rule(
    "relation-to-dropped",
    Severity.NOTE,
    "a task waits for a dropped one",
    "Remove the dependency, or plan the task that was dropped.",
)

# items and overrides
MONEY_WITHOUT_RATE = Rule(
    "money-without-rate",
    Severity.WARNING,
    "a cost of delay in money cannot be compared with work",
    "Set money_per_engineer_day in roadmap.toml, or type engineer-days per week.",
)
OVERRIDE_NOT_APPROVED = Rule(
    "override-not-approved",
    Severity.WARNING,
    "an override has no approver",
    "Type who approved it; without a name it does not count.",
)
OVERRIDE_EXPIRED = Rule(
    "override-expired", Severity.NOTE, "an override has expired", "Remove the row, or have it approved again."
)


# choices and prices
DECIDED_OTHERWISE = Rule(
    "decided-otherwise",
    Severity.NOTE,
    "a task builds what was decided against",
    "Set its Status to dropped, or correct Chosen of the decision.",
)
DUPLICATE_MERGED = Rule(
    "duplicate-merged",
    Severity.NOTE,
    "a dropped duplicate leaves some work to the task that stays",
    "Clear Duplicate of where nothing is left to do, or raise the effort of the task that stays.",
)
FAILED_HYPOTHESIS = Rule(
    "failed-hypothesis",
    Severity.NOTE,
    "work relies on a hypothesis that has failed, and stops",
    "Set the Status of this work to dropped, or take the hypothesis out of its column Hypothesis.",
)
PRICED_IN_PART = Rule(
    "priced-in-part",
    Severity.NOTE,
    "more pairs of tasks work on one component than a search can weigh",
    "Split the component in Touches into the parts that tasks really share.",
)


@dataclass(frozen=True)
class Notebook:
    """Doubts and assumptions in the order in which formulating meets them."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    assumptions: list[Assumption] = field(default_factory=list)

    def report(self, rule: Rule, message: str, *cells: Cell | None, suggestion: str = "") -> None:
        """Write down a defect; unknown cells (None) are left out."""
        known = tuple(cell for cell in cells if cell is not None)
        self.diagnostics.append(Diagnostic(rule, message, known, suggestion))

    def assume(self, column: str, subject: str, value: str, source: Source | None = None, cell: str = "") -> None:
        """Write down a value that nobody typed; `cell` is the column in the sheet where it differs from `column`."""
        place = source.cell(cell or column) if source else None
        self.assumptions.append(Assumption(column, subject, value, place))
