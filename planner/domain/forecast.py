"""What can be promised: when tasks and items land over many simulated courses of events."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Policy = Literal["list", "chain"]
"""How a simulated team works: the next task of its queue, or the fixed chain of hand-overs of the plan."""

Kind = Literal["task", "team", "hypothesis"]


@dataclass(frozen=True, slots=True)
class DateForecast:
    """When a task or an item lands: with a chance of 50, 80 and 90 % no later than these days.

    `on_target` is the chance to land by the target (None without one); `criticality` the share of the runs in which
    it is on the chain that ends last. `planned` is the day of the deterministic plan, `planned_chance` how likely
    that day is met. `built` is the share of the runs in which it is done at all, because its hypotheses hold: the
    three days are of those runs, the chances of all.
    """

    id: str
    p50: date
    p80: date
    p90: date
    on_target: float | None = None
    criticality: float = 0.0
    planned: date | None = None
    planned_chance: float = 0.0
    built: float = 1.0
    target: date | None = None


@dataclass(frozen=True, slots=True)
class Driver:
    """Something that decides when the plan ends: a task, a team (all its estimates together) or a hypothesis.

    `share` of the variance goes with it (its squared correlation over the runs); shares of a team and of its tasks
    overlap. `days` is by how many working days the end moves between its good and its bad 10 % (below 0: a failed
    hypothesis makes it earlier).
    """

    kind: Kind
    name: str
    title: str
    share: float
    days: float


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The share of the runs that end no later than a day."""

    day: date
    share: float


@dataclass(frozen=True)
class Forecast:
    """The result of `runs` simulated courses of one plan, drawn from `seed`."""

    runs: int
    seed: int
    items: tuple[DateForecast, ...] = ()
    tasks: tuple[DateForecast, ...] = ()
    finish: DateForecast | None = None
    """The whole roadmap; its id is empty."""
    title: str = ""
    plan: str = ""
    """Id of the plan.json that it is a forecast of; empty where no plan with these dates was written."""
    as_of: date = date.min
    policy: Policy = "list"
    asked: int = 0
    """Runs that were asked for; more than `runs` where it was stopped."""
    chance_error: float = 0.0
    """Standard error of a chance of one half; of every other chance it is less."""
    finish_error: float = 0.0
    """Standard error of the mean end, in working days."""
    assumed: float = 0.0
    """Share of the tasks whose range nobody stated."""
    range: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """What is assumed for those typed as one number, as multiples."""
    correlation: float = 0.0
    curve: tuple[CurvePoint, ...] = ()
    """When the whole roadmap ends, ascending."""
    drivers: tuple[Driver, ...] = ()
    """What decides when the whole ends, the largest share first."""
    late_drivers: tuple[Driver, ...] = ()
    """What decides by how many days items miss their targets, all together."""

    @property
    def interrupted(self) -> bool:
        """Whether it was stopped before all runs were done."""
        return self.runs < self.asked

    def items_by_id(self) -> dict[str, DateForecast]:
        """Forecasts of items by id."""
        return {item.id: item for item in self.items}

    def tasks_by_id(self) -> dict[str, DateForecast]:
        """Forecasts of tasks by id."""
        return {task.id: task for task in self.tasks}
