"""What became of a baseline: promises against what happened, estimates against what it took, work that was wasted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a promised date; the word is what people and programs read."""

    KEPT = "kept"
    LATE = "late"
    OVERDUE = "overdue"
    """Its day has passed and it is not done."""
    OPEN = "not due yet"
    DROPPED = "dropped"
    UNDATED = "done, nobody says when"


@dataclass(frozen=True, slots=True)
class Promise:
    """An item or a task: the day of the baseline's plan against the day on which it was out, in working days.

    `days` are those by which it was later (negative: earlier); of overdue work those that have passed so far.
    """

    id: str
    title: str
    teams: tuple[str, ...]
    promised: date
    actual: date | None
    outcome: Outcome
    days: int | None = None
    pm: str = ""
    target: str = ""
    """As typed in the baseline; empty without one."""
    missed_target: bool = False
    """Whether it was out after the target, or is not out and the target has passed."""


@dataclass(frozen=True, slots=True)
class TeamRecord:
    """How a team's tasks whose day has come turned out; `median_days` late over those that are done with a date."""

    team: str
    outcomes: Mapping[Outcome, int]
    median_days: float | None

    @property
    def due(self) -> int:
        """Tasks whose day has come, and those that were done before it."""
        return sum(number for outcome, number in self.outcomes.items() if outcome is not Outcome.OPEN)


@dataclass(frozen=True, slots=True)
class Calibration:
    """What things took over what was estimated: geometric means, and the geometric standard deviation.

    `effort` compares the spent effort with the median of the estimate, where somebody typed both; `duration` the
    working days from start to finish with those of the baseline's plan. None without a task to compare.
    """

    team: str
    """Empty for all teams together."""
    effort: float | None
    effort_tasks: int
    effort_spread: float | None
    duration: float | None
    duration_tasks: int
    duration_spread: float | None


@dataclass(frozen=True, slots=True)
class Waste:
    """Work that happened and was thrown away: `effort` in ED, None where nobody says how much it was."""

    task: str
    title: str
    effort: float | None
    why: str


@dataclass(frozen=True, slots=True)
class CarriedDebt:
    """Technical debt that done work has left and nobody has repaid; ED, and ED per working day."""

    task: str
    principal: float
    interest: float
    repaid_by: tuple[str, ...]
    """Tasks that are still planned and will repay it."""


@dataclass(frozen=True)
class Closing:
    """A baseline against the workbooks as they are."""

    name: str
    promised_as_of: date
    as_of: date
    items: tuple[Promise, ...]
    tasks: tuple[Promise, ...]
    teams: tuple[TeamRecord, ...]
    calibration: tuple[Calibration, ...]
    """All teams together first, then each that has something to compare."""
    throwaway_expected: float
    """T of the baseline's plan in ED."""
    waste: tuple[Waste, ...]
    debt: tuple[CarriedDebt, ...]
    debt_before: float
    """ED of principal that was owed at the baseline's day."""

    @property
    def throwaway_real(self) -> float:
        """ED of work that was thrown away, as far as it is known."""
        return sum(waste.effort or 0.0 for waste in self.waste)

    @property
    def debt_now(self) -> float:
        """ED of principal that is owed."""
        return sum(debt.principal for debt in self.debt)

    def items_with(self, outcome: Outcome) -> tuple[Promise, ...]:
        """The items with one outcome."""
        return tuple(item for item in self.items if item.outcome is outcome)
