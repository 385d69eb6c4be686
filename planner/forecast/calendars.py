"""The calendars of a problem, stretched: a course of events may take longer than any plan."""

from collections.abc import Sequence

import numpy as np

from planner.domain.problem import Problem
from planner.domain.units import MILLI
from planner.forecast.model import Days, Integers, line


def days(problem: Problem, axis: int) -> Days:
    """Progress and launch days up to `axis`; behind the horizon every day is a full day."""
    cumulative = _rows([profile.cumulative for profile in problem.profiles], axis, MILLI)
    workday = np.where(np.diff(cumulative, axis=1) > 0, np.arange(axis), axis)
    return Days(
        cumulative=cumulative,
        reach=_reach(cumulative),
        next_workday=_running_least(np.pad(workday, ((0, 0), (0, 1)), constant_values=axis)),
        next_open=_rows([calendar.next_open[:-1] for calendar in problem.launch_calendars], axis, 1, opened=True),
    )


def levels(capacities: Sequence[Sequence[int]], axis: int) -> Integers:
    """What each team has on the next day on which it has anybody, up to `axis`; then what it had last."""
    found = np.zeros((len(capacities), axis + 1), np.int32)
    for row, capacity in zip(found, capacities, strict=True):
        has = np.asarray(capacity, dtype=np.int32)
        worked = np.flatnonzero(has)
        if len(worked):
            following = worked[np.minimum(np.searchsorted(worked, np.arange(axis + 1)), len(worked) - 1)]
            row[:] = has[following]
    return found


def _rows(rows: Sequence[Sequence[int]], axis: int, step: int, opened: bool = False) -> Integers:
    """Rows that go on by `step` a period behind their ends; where `opened`, all days behind them are open."""
    found = np.zeros((len(rows), axis + 1), np.int32)
    for row, values in zip(found, rows, strict=True):
        known = min(len(values), axis + 1)
        row[:known] = values[:known]
        more = np.arange(1, axis + 2 - known, dtype=np.int32) * step
        row[known:] = more + (len(values) - 1 if opened else row[known - 1])
    return found


def _reach(cumulative: Integers) -> Integers:
    """For every profile and number of full days the first period by which they are done."""
    full = MILLI * np.arange(cumulative.shape[1] + 1)
    return line(np.array([np.searchsorted(row, full) for row in cumulative])).reshape(len(cumulative), -1)


def _running_least(values: Integers) -> Integers:
    return line(np.minimum.accumulate(values[:, ::-1], axis=1)[:, ::-1])
