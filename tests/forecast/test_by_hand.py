"""Small plans whose distribution can be worked out with a pencil: the forecast agrees within three standard errors.

The beta distribution is integrated here on a grid of its own. With one engineer and no operations a task of x days
of work ends on day ceil(x - 0.25): a quarter of a day is the plan's tolerance.
"""

from math import ceil, sqrt

import numpy as np
import pytest

from planner.domain.forecast import DateForecast
from planner.domain.roadmap import Roadmap
from planner.forecast import forecast
from tests.forecast.plans import MONDAY, planned, ranged, team, uncertain

RUNS = 4000
POINTS = (4.0, 8.0, 24.0)
GRID = 200_000


def pmf(points: tuple[float, float, float]) -> np.ndarray:
    """P(the task takes k days), by k."""
    low, likely, high = points
    x = (np.arange(GRID) + 0.5) / GRID
    a, b = 4 * (likely - low) / (high - low), 4 * (high - likely) / (high - low)
    weight = x**a * (1 - x) ** b
    days = np.ceil(low + (high - low) * x - 0.25).astype(int)
    return np.bincount(days, weight / weight.sum())


def simulated(roadmap: Roadmap, correlation: float = 0.0) -> DateForecast:
    settings = uncertain(correlation)
    formulation, schedule = planned(roadmap, settings)
    found = forecast(roadmap, formulation, schedule, settings, RUNS, 3)
    assert found.finish is not None
    return found.finish


def agrees(found: DateForecast, wanted: np.ndarray, planned_days: int) -> None:
    """The chance of the planned day, and the days of the percentiles, are those of the distribution."""
    below = np.cumsum(wanted)
    p = below[planned_days]
    assert found.planned_chance == pytest.approx(p, abs=3 * sqrt(p * (1 - p) / RUNS))
    for share, day in ((0.5, found.p50), (0.8, found.p80), (0.9, found.p90)):
        periods = int(np.busday_count(MONDAY, day)) + 1
        error = 3 * sqrt(share * (1 - share) / RUNS)
        assert below[periods] >= share - error
        assert below[periods - 1] <= share + error


def test_one_task() -> None:
    agrees(simulated(Roadmap(tasks=(ranged("A", POINTS),), teams=(team(),))), pmf(POINTS), 8)


def test_two_in_series_add_up() -> None:
    """The plan's 16 days have hardly a chance."""
    two = Roadmap(tasks=(ranged("A", POINTS), ranged("B", POINTS, "Led", "A")), teams=(team(), team("Led")))
    agrees(simulated(two), np.convolve(pmf(POINTS), pmf(POINTS)), 16)


def test_two_in_parallel_have_a_merge_bias() -> None:
    """Both have to be done: the chance of the planned day is the square of one task's."""
    two = Roadmap(tasks=(ranged("A", POINTS), ranged("B", POINTS, "Led")), teams=(team(), team("Led")))
    both = np.cumsum(pmf(POINTS)) ** 2
    agrees(simulated(two), np.diff(both, prepend=0), 8)


def test_one_team_does_two_tasks_one_after_the_other() -> None:
    two = Roadmap(tasks=(ranged("A", POINTS), ranged("B", POINTS)), teams=(team(),))
    agrees(simulated(two), np.convolve(pmf(POINTS), pmf(POINTS)), 16)


def test_a_team_that_errs_alike_errs_more() -> None:
    """With correlation 1 two tasks of one team are one task of twice the size, but for rounding up twice."""
    two = Roadmap(tasks=(ranged("A", POINTS), ranged("B", POINTS)), teams=(team(),))
    found = simulated(two, correlation=1.0)
    low, likely, high = POINTS
    x = (np.arange(GRID) + 0.5) / GRID
    a, b = 4 * (likely - low) / (high - low), 4 * (high - likely) / (high - low)
    weight = x**a * (1 - x) ** b
    days = 2 * np.ceil(low + (high - low) * x - 0.25).astype(int)
    agrees(found, np.bincount(days, weight / weight.sum()), 16)


def test_a_mean_of_a_sum_is_the_sum_of_the_means() -> None:
    """Ten tasks in series: mean and standard error by the PERT formula, (o + 4 m + p) / 6 and half a day for days."""
    tasks = [ranged(f"T{n}", POINTS, after=f"T{n - 1}" if n else "") for n in range(10)]
    roadmap, settings = Roadmap(tasks=tuple(tasks), teams=(team(),)), uncertain()
    formulation, schedule = planned(roadmap, settings)
    found = forecast(roadmap, formulation, schedule, settings, RUNS, 5)
    one = pmf(POINTS)
    days = np.arange(len(one))
    mean = (one * days).sum()
    deviation = sqrt(10 * ((one * days**2).sum() - mean**2))
    assert found.finish_error == pytest.approx(deviation / sqrt(RUNS), rel=0.05)
    assert found.finish is not None
    middle = int(np.busday_count(MONDAY, found.finish.p50)) + 1
    assert middle == pytest.approx(10 * mean, abs=3)
    assert ceil(mean) == 11
