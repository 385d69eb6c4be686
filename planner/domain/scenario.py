"""What if: small changes of a roadmap, tried before anybody types them into a workbook, and what they come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from planner.domain.plan import TermValue
from planner.domain.relaxation import Relaxation

ScenarioValue = str | int | float | bool | date | datetime
"""What may stand in a cell of a scenario."""


class Act(StrEnum):
    """What a scenario does to a row."""

    ADD = "add"
    CHANGE = "change"
    DROP = "drop"


@dataclass(frozen=True)
class ScenarioRow:
    """One row of one sheet: added with these values, changed in these, or dropped.

    `key` is the value of the sheet's id column, empty where the sheet has none (Capacity, Asks). `number` counts the
    rows of the file from 1.
    """

    act: Act
    sheet: str
    key: str
    values: Mapping[str, ScenarioValue]
    number: int


@dataclass(frozen=True)
class Scenario:
    """A patch of a roadmap: its name, what it is about, the file that says it and its rows."""

    name: str
    title: str
    file: str
    rows: tuple[ScenarioRow, ...]


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """One item under one scenario: when it lands, how late that is; `moved` are working days against the base.

    `lands` None: it is not in this scenario, or nobody has taken it. `moved` None: it lands in one of both only.
    """

    lands: date | None
    days_late: int = 0
    moved: int | None = None


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """One item under every scenario, in their order."""

    id: str
    title: str
    commitment: str
    target: str
    outcomes: tuple[ItemOutcome, ...]


@dataclass(frozen=True, slots=True)
class ComparedTeam:
    """How busy a team is under every scenario: planned over capacity up to its last planned day."""

    name: str
    busy: tuple[float, ...]


@dataclass(frozen=True)
class Compared:
    """One scenario as a whole; costs in ED, `change` is J less that of the base.

    `broken` are items with a target that land in time in the base and late here; `kept` the other way round.
    `fits` says how the promises that it breaks could be kept: what has to give way, each planned again. `clash` is
    set where the scenario is impossible; `gap` is that of its plan.
    """

    name: str
    title: str
    cost: float
    change: float
    terms: tuple[TermValue, ...]
    finish: date | None
    gap: float
    broken: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    late: int = 0
    fits: tuple[Relaxation, ...] = ()
    fits_at: float | None = None
    """ED by which J rises when its broken promises are kept at the expense of everything else; None: they cannot."""
    clash: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether there is a plan."""
        return not self.clash


@dataclass(frozen=True)
class Comparison:
    """Scenarios side by side; the first is the base. Items that differ first, those that move furthest."""

    title: str
    as_of: date
    scenarios: tuple[Compared, ...]
    items: tuple[ComparedItem, ...]
    teams: tuple[ComparedTeam, ...]
    within: float = 0.0
    """ED of J that the search cannot tell apart: the gap of the base's plan times what can be avoided."""
    interrupted: bool = False
    """Somebody pressed Ctrl-C: the searches ended early, what would keep promises was not asked for all."""


@dataclass(frozen=True, slots=True)
class AdoptedCell:
    """A cell that a scenario wrote: where, what stood there and what stands there now."""

    cell: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Adopted:
    """A scenario that has become the plan of record."""

    name: str
    workbooks: tuple[str, ...]
    cells: tuple[AdoptedCell, ...]
