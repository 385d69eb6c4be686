"""The log of decisions: those that are open, by due date, and those that are taken, with who, when and what."""

from dataclasses import dataclass
from datetime import date

from planner.domain.cells import Cell


@dataclass(frozen=True, slots=True)
class OpenQuestionCost:
    """An open decision and what it costs to leave it open; efforts in ED, None without a plan.

    `at_risk` is the work at risk now, `later` what even the best answer throws away `weeks` weeks from now.
    `decide_by` is the last day on which the recommended answer is still the cheapest.
    """

    id: str
    question: str
    options: tuple[str, ...]
    driver: str
    due: date
    due_is_assumed: bool
    cell: Cell
    at_risk: float | None = None
    later: float | None = None
    weeks: int = 0
    decide_by: date | None = None


@dataclass(frozen=True, slots=True)
class TakenDecision:
    """A decision that is taken. `when` (ISO, UTC) and `account` are empty where it was typed into the workbook."""

    id: str
    question: str
    chosen: str
    driver: str
    approver: str
    cell: Cell
    when: str = ""
    account: str = ""


@dataclass(frozen=True)
class DecisionLog:
    """All decisions of a roadmap: open ones the next due first, taken ones the latest first."""

    title: str
    as_of: date
    open: tuple[OpenQuestionCost, ...]
    taken: tuple[TakenDecision, ...]
