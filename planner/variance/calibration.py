"""What things took over what was estimated, by team.

Actual over estimate is log-normally distributed (Little 2006, "Schedule estimation and uncertainty surrounding the
cone of uncertainty"), so ratios are averaged by their logarithms. The estimate that actuals are compared with is its
median: of three points that of the PERT beta distribution, (alpha - 1/3) / (alpha + beta - 2/3) of its range (Kerman
2011).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from math import exp, log
from statistics import mean, stdev

from planner.domain.calendar import Calendar
from planner.domain.closing import Calibration
from planner.domain.roadmap import Estimate, Task, id_key
from planner.variance.facts import Facts
from planner.variance.replay import Dates


def median_of(estimate: Estimate) -> float:
    """P50 of an estimate in ED.

    >>> median_of(Estimate(4, 4, 4)), round(median_of(Estimate(2, 5, 14)), 2)
    (4, 5.75)
    """
    low, likely, high = estimate.optimistic, estimate.likely, estimate.pessimistic
    if high <= low:
        return likely
    alpha = 1 + 4 * (likely - low) / (high - low)
    return low + (high - low) * (alpha - 1 / 3) / (6 - 2 / 3)


def calibrations(
    before: Facts, now: Facts, dates: Dates, done: Mapping[str, Task], axis: Calendar
) -> tuple[Calibration, ...]:
    """Of all teams together, then of each owner; over the tasks that the baseline planned and that are done."""
    old = before.roadmap.tasks_by_id()
    efforts: dict[str, list[float]] = {}
    durations: dict[str, list[float]] = {}
    for name in dates.start:
        task, was = done.get(name), old.get(name)  # what was added for experiments is nobody's estimate
        if task is None or was is None:
            continue
        if task.actual_effort and was.estimate and median_of(was.estimate) > 0:
            efforts.setdefault(task.owner, []).append(task.actual_effort / median_of(was.estimate))
        if task.actual_start and task.actual_finish:
            planned = _days(axis, was.actual_start or dates.start[name], dates.finish[name])
            durations.setdefault(task.owner, []).append(_days(axis, task.actual_start, task.actual_finish) / planned)
    teams = sorted({*efforts, *durations}, key=id_key)
    together = _calibration("", [*chain(*efforts.values())], [*chain(*durations.values())])
    return (together, *(_calibration(team, efforts.get(team, []), durations.get(team, [])) for team in teams if team))


def _days(axis: Calendar, first: date, last: date) -> int:
    """Working days from the first to the last, both included; at least one."""
    return max(1, axis.after(last) - axis.on_or_after(first))


def _calibration(team: str, efforts: Sequence[float], durations: Sequence[float]) -> Calibration:
    effort, effort_spread = _mean(efforts)
    duration, duration_spread = _mean(durations)
    return Calibration(team, effort, len(efforts), effort_spread, duration, len(durations), duration_spread)


def _mean(ratios: Sequence[float]) -> tuple[float | None, float | None]:
    """Geometric mean and geometric standard deviation."""
    logs = [log(ratio) for ratio in ratios]
    return exp(mean(logs)) if logs else None, exp(stdev(logs)) if len(logs) > 1 else None
