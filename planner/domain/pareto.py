"""The Pareto front as reports show it: plans that trade one letter of J for another, fully computed."""

from dataclasses import dataclass
from datetime import date

from planner.domain.plan import TermValue


@dataclass(frozen=True, slots=True)
class ItemDate:
    """When an item lands in one plan."""

    item: str
    lands: date


@dataclass(frozen=True, slots=True)
class ItemMove:
    """By how many working days an item lands later than in the other plan; below 0 earlier."""

    item: str
    days: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a plan has more (below 0: less) than another one, in ED, and which items move."""

    other: str
    """Name of that plan."""
    x: float
    y: float
    later: tuple[ItemMove, ...]
    """Items that land later, the farthest first."""
    earlier: tuple[ItemMove, ...]
    """Items that land earlier, the farthest first."""


@dataclass(frozen=True, slots=True)
class FrontPlan:
    """One verified plan. Costs in ED; `bound` is what no plan with this y or less undercuts in x.

    `proven` says that nothing dominates it for certain. `exchange` compares it with the point before it, which has
    more y; None for the first.
    """

    name: str
    """"1", "2" ... along the front; "J" where the plan with the least J is not on it."""
    x: float
    y: float
    terms: tuple[TermValue, ...]
    objective: float
    bound: float
    proven: bool
    finish: date
    items: tuple[ItemDate, ...]
    exchange: Exchange | None = None


@dataclass(frozen=True)
class ParetoFront:
    """Everything that reports show of a front.

    `points` go by falling y. `best` is the plan with the least J: a point, or a plan that some point dominates in the
    two letters because it is better in the others. `knee` is the name of the point farthest below the chord between
    the ends (Das 1999), None where there is none. `complete` says that no point is missing for certain.
    """

    title: str
    as_of: date
    x: str
    y: str
    """Names of the two letters."""
    points: tuple[FrontPlan, ...]
    best: FrontPlan
    knee: str | None
    complete: bool
    interrupted: bool
    next_command: str
