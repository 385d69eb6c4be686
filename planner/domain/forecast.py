"""What can be promised: when tasks and items land over many simulated courses of events."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DateForecast:
    """When a task or an item lands: with a chance of 50, 80 and 90 % no later than these days.

    `on_target` is the chance to land by the target (None without one); `criticality` the share of the runs in which
    it is on the chain that ends last. `planned` is the day of the deterministic plan, `planned_chance` how likely
    that day is met.
    """

    id: str
    p50: date
    p80: date
    p90: date
    on_target: float | None = None
    criticality: float = 0.0
    planned: date | None = None
    planned_chance: float = 0.0


@dataclass(frozen=True)
class Forecast:
    """The result of `runs` simulated courses of one plan, drawn from `seed`."""

    runs: int
    seed: int
    items: tuple[DateForecast, ...] = ()
    tasks: tuple[DateForecast, ...] = ()
    finish: DateForecast | None = None
    """The whole roadmap; its id is empty."""
