"""Everything a `roadmap.toml` can say, with the defaults that hold without one.

Every default here is an **assumption** and is shown as one. `planner.config` reads the file into these.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from planner.domain.governance import Gatekeeping


@dataclass(frozen=True)
class TableMap:
    """How one foreign table is read (`[[table]]`).

    `file` and `table_sheet` are glob patterns; `sheet` is the sheet of ours; `columns` maps our column
    name to one or several headers of theirs (several: joined, efforts into a three-point effort); `where`
    keeps only the rows whose column has the value (case-insensitive); `ignore` skips the table; `extend`
    makes its rows add to the rows of the same id (list columns are appended) instead of being new ones.
    """

    file: str = "*"
    table_sheet: str = "*"
    sheet: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)
    ignore: bool = False
    extend: bool = False


@dataclass(frozen=True)
class Weights:
    """Parameters of the objective (design, section 4); ED, ED/day or shares as noted."""

    priority: Mapping[str, float] = field(default_factory=lambda: {"P0": 2.0, "P1": 1.0, "P2": 0.5, "P3": 0.2})
    """Cost of delay in ED per working day where none was typed."""
    lateness: Mapping[str, float] = field(default_factory=lambda: {"must": 3.0, "should": 1.0, "could": 0.0})
    """Extra cost of delay after the target, as a multiple of the item's own."""
    money_per_engineer_day: float | None = None
    """Turns a cost of delay in money into ED; without it such a cell is not usable and P0..P3 hold."""
    handoff: float = 1.0
    """h: ED per cross-team dependency, times (1 + friction)."""
    friction: float = 0.0
    """Friction between two teams where none was typed, 0..1."""
    supersede: Mapping[str, float] = field(
        default_factory=lambda: {
            "create>replace": 1.0,
            "extend>replace": 0.8,
            "change>replace": 0.8,
            "any>remove": 1.0,
            "extend>change": 0.09,
            "change>change": 0.15,
        }
    )
    """theta: share of the earlier work on a component that the later one throws away."""
    rework_probability: float = 0.3
    rework_impact: float = 0.3
    """RP and RI: work done before a soft predecessor is finished is discarded to this share."""
    debt_touch: float = 0.23
    """delta: how much more later work on a component with unpaid debt takes."""
    coordination: float = 0.1
    """gamma: ED for each day on which two teams work on one component, times (1 + friction)."""
    fragile: float = 0.3
    """phi: price of a hand-over between teams without slack, as a share of the waiting task's burn."""
    horizon_days: int = 260
    """H: working days after which work has paid for itself and debt is no longer counted."""
    release_window: int = 5
    """Breaking releases of an interface so many working days apart count once."""
    duplicate_share: float = 0.8
    """q: share of a duplicate's effort that merging it into the other task saves."""


@dataclass(frozen=True)
class Defaults:
    """What is assumed where a cell is blank."""

    sizes: Mapping[str, float] = field(
        default_factory=lambda: {"XS": 1.0, "S": 2.0, "M": 10.0, "L": 25.0, "XL": 50.0}
    )
    """T-shirt sizes in ED."""
    story_point: float = 1.0
    """ED of a story point, where an issue of Jira has no other estimate."""
    effort: tuple[float, float, float] = (2.0, 5.0, 15.0)
    """Where a team has fewer than `own_estimates` estimates of its own; else its median and spread."""
    own_estimates: int = 5
    team_engineers: float = 5.0
    operations: float = 0.10
    days_per_engineer: float = 10.0
    """Engineers at once: one per so many ED, at most half the team."""
    priority: str = "P2"
    commitment: str = "should"
    decision_days: int = 10
    """A decision without a due date is due so many working days after the planning start."""
    ramp_step_days: int = 5
    """Working days that each step of a ramp (`1%/10%/100%`) but the last is watched."""
    flag_clean_up: float = 1.0
    """ED that it takes to remove the flag of an experiment after its ramp."""
    country: str = ""
    """Calendar of teams that name none; empty: Monday to Friday without public holidays."""


@dataclass(frozen=True)
class MovePrices:
    """What a start on another day than in the plan before is worth in ED, where a plan keeps close to it."""

    start: float = 1.0
    near_start: float = 5.0
    """For starts within `near_weeks` of the planning start: people count on them."""
    near_weeks: int = 4


@dataclass(frozen=True)
class Uncertainty:
    """How far estimates are off, where nobody says it."""

    range: tuple[float, float, float] = (0.75, 1.0, 3.0)
    """Multiples of an effort or duration typed as one number: optimistic, likely, pessimistic.

    Their PERT-beta has a mean of 1.29, and three of four tasks overrun: what surveys of software projects found
    (30 to 40 % more effort on average, 60 to 80 % of projects overrun; Moloekken and Joergensen 2003).
    """
    correlation: float = 0.2
    """Between the estimates of one team, which errs on all of them alike; 0.2 where nothing is known (Book 1999)."""


@dataclass(frozen=True)
class Settings:
    """A parsed `roadmap.toml`; `path` names the file it came from."""

    planning_start: date | None = None
    assume_recommended: bool = False
    """Plan as if every open question had been answered as recommended."""
    stable: str = ""
    """Keep close to this plan.json, or to the "last" plan; empty: plan freely."""
    reserve: tuple[str, ...] = ()
    """Plans of other roadmaps, beside the file: shared teams are left what those take."""
    day_first: bool = True
    """How `03/04/2026` is read where nothing else tells: 3 April."""
    tables: tuple[TableMap, ...] = ()
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Sheet -> their header -> our column (`[columns.Tasks]`), for all files."""
    weights: Weights = field(default_factory=Weights)
    defaults: Defaults = field(default_factory=Defaults)
    moves: MovePrices = field(default_factory=MovePrices)
    gatekeeping: Gatekeeping = field(default_factory=Gatekeeping)
    uncertainty: Uncertainty = field(default_factory=Uncertainty)
    path: str = ""
