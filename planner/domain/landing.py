"""What lands on another day than it did in an earlier plan: what a weekly report is about."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.plan import Reason
from planner.domain.roadmap import Target


class LandingKind(StrEnum):
    """How an item, or without items a task, differs between two plans."""

    LATER = "later"
    EARLIER = "earlier"
    NEW = "new"
    """The earlier plan did not have it, or nobody had taken it."""
    DELIVERED = "delivered"
    """What was left of it is done."""
    GONE = "gone"
    """It is not planned any more."""
    PROMISED = "promised"
    """It lands on the same day against another target."""


@dataclass(frozen=True, slots=True)
class LandingChange:
    """One item, or a task of a plan without items, in two plans.

    `days` are working days (Monday to Friday) by which it lands later, negative for earlier; 0 where one of the days
    is missing. `days_late` is against its target, now.
    """

    item: str
    title: str
    customer: str
    pm: str
    """Who answers for it: of a task its team."""
    kind: LandingKind
    before: date | None
    now: date | None
    days: int
    target: Target | None
    days_late: int
    cause: str
    """A clause for people: "LED-3 is done 4 days later"."""
    reason: Reason | None = None
    """Why it lands when it does now."""
