"""The whole way: a plan, its ranges, the courses of events, what they have in common."""

from collections.abc import Callable

from planner.domain.forecast import Forecast, Policy
from planner.domain.problem import Schedule
from planner.domain.roadmap import Roadmap
from planner.domain.settings import Settings
from planner.forecast.building import build
from planner.forecast.simulate import simulated
from planner.forecast.summary import summary
from planner.scheduling.formulate import Formulation


def forecast(
    roadmap: Roadmap,
    formulation: Formulation,
    schedule: Schedule,
    settings: Settings,
    runs: int,
    seed: int,
    policy: Policy = "list",
    threads: int = 1,
    is_stopped: Callable[[], bool] = lambda: False,
    report: Callable[[int], None] = lambda done: None,
) -> Forecast:
    """What `runs` simulated courses of a plan come to; of fewer where it is stopped. `report` hears of their number.

    The same plan, seed and runs give the same forecast, on however many threads. Raises ValueError without a run.
    """
    if runs < 1:
        raise ValueError("a forecast needs at least one run")
    built = build(roadmap, formulation, schedule, settings, policy)
    tally = simulated(built.model, runs, seed, threads, is_stopped, report)
    return summary(formulation, schedule, built, tally, settings.uncertainty, policy, seed, runs)
