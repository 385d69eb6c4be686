"""Counts become dates: percentiles, chances to meet targets, what is critical and what drives the end."""

from math import sqrt

import numpy as np

from planner.domain.forecast import CurvePoint, DateForecast, Driver, Forecast, Policy
from planner.domain.problem import Schedule
from planner.domain.settings import Uncertainty
from planner.forecast.building import Built
from planner.forecast.model import Floats
from planner.forecast.tally import QUANTILES, Distribution, Tally, distribution
from planner.scheduling.formulate import Formulation

LEAST_SHARE = 0.005
"""Drivers that explain less of the variance are left out, as is what chance alone makes of so few runs."""
LIKELY_NOISE = 9.0
"""... which is this over the number of runs: the square of three standard errors of a correlation of 0."""
MOST_DRIVERS = 20
TENTH = 1.2816
"""Standard deviations from the mean to the outer tenth of a normal distribution."""
CURVE_POINTS, CURVE_END = 60, 0.002


def summary(
    formulation: Formulation,
    schedule: Schedule,
    built: Built,
    tally: Tally,
    uncertainty: Uncertainty,
    policy: Policy,
    seed: int,
    asked: int,
) -> Forecast:
    """The forecast of a plan from what was counted."""
    dates = _Dates(formulation, schedule, built, tally)
    ends = tally.end[: tally.runs].astype(np.float64)
    late = tally.late[: tally.runs].astype(np.float64)
    moved = ends - built.model.planned_end
    return Forecast(
        runs=tally.runs,
        seed=seed,
        items=dates.items(),
        tasks=dates.tasks(),
        finish=dates.finish(),
        policy=policy,
        asked=asked,
        chance_error=0.5 / sqrt(tally.runs),
        finish_error=float(ends.std()) / sqrt(tally.runs),
        assumed=_assumed(built),
        range=uncertainty.range,
        correlation=uncertainty.correlation,
        curve=dates.curve(),
        drivers=_drivers(built, tally, moved, 2),
        late_drivers=_drivers(built, tally, late, 3) if late.any() else (),
    )


class _Dates:
    """Periods of the tally as days of the roadmap."""

    def __init__(self, formulation: Formulation, schedule: Schedule, built: Built, tally: Tally) -> None:
        self._formulation = formulation
        self._schedule = schedule
        self._built = built
        self._tally = tally

    def tasks(self) -> tuple[DateForecast, ...]:
        """Every open task, in the plan's sequence."""
        f, at, tally = self._formulation, self._schedule, self._tally
        due = [None if task.due is None else f.calendar.after(task.due) for task in f.tasks]
        return tuple(
            self._forecast(
                f.tasks[i].id,
                distribution(tally.finish[k], tally.runs),
                at.finish[i],
                due[i],
                tally.critical[k] / tally.runs,
                at.finish[i] == at.start[i],
            )
            for k, i in enumerate(self._built.order)
        )

    def items(self) -> tuple[DateForecast, ...]:
        """Every item with open work, the first to land first; it lands with the launch of its last task."""
        tally, launch = self._tally, self._schedule.launch
        found = [
            self._forecast(
                item.id,
                distribution(tally.lands[g], tally.runs),
                max(launch[i] for i in item.activities),
                item.target,
                tally.critical_items[g] / tally.runs,
            )
            for g, item in enumerate(self._formulation.problem.deliverables)
            if item.activities
        ]
        return tuple(sorted(found, key=lambda item: (item.p80, item.p50, item.id)))

    def finish(self) -> DateForecast:
        """The end of everything."""
        ends = self._ends()
        return self._forecast("", ends, max(self._schedule.finish, default=0), None, 1.0)

    def curve(self) -> tuple[CurvePoint, ...]:
        """Share of the runs that are over, by day, at most `CURVE_POINTS` days; the outermost runs are left out."""
        ends = self._ends()
        first, last = ends.quantile(CURVE_END), ends.quantile(1 - CURVE_END)
        step = max(1, -(-(last - first + 1) // CURVE_POINTS))
        periods = [max(0, first - 1), *range(first, last, step), last]
        day = self._formulation.calendar.date_of
        return tuple(CurvePoint(day(p - 1), ends.chance(p)) for p in dict.fromkeys(periods))

    def _ends(self) -> Distribution:
        counts = np.bincount(self._tally.end[: self._tally.runs], minlength=self._built.model.axis + 1)
        return distribution(counts.astype(np.uint32), self._tally.runs)

    def _forecast(
        self,
        name: str,
        found: Distribution,
        planned: int,
        target: int | None,
        criticality: float,
        is_milestone: bool = False,
    ) -> DateForecast:
        """`planned` and `target` are exclusive ends; a milestone stands on the day from which it holds."""
        day = self._formulation.calendar.date_of
        shift = 0 if is_milestone else 1
        p50, p80, p90 = (day(max(found.quantile(share) - shift, 0)) for share in QUANTILES)
        return DateForecast(
            name,
            p50,
            p80,
            p90,
            on_target=None if target is None else found.chance(target),
            criticality=float(criticality),
            planned=day(max(planned - shift, 0)),
            planned_chance=found.chance(planned),
            built=found.built,
            target=None if target is None else day(target - 1),
        )


def _assumed(built: Built) -> float:
    """Share of the tasks with a range that nobody stated; what cannot vary does not count."""
    varying = [multiples for multiples in built.ranges if multiples.high > multiples.low]
    return sum(not multiples.stated for multiples in varying) / len(varying) if varying else 0.0


def _drivers(built: Built, tally: Tally, moved: Floats, column: int) -> tuple[Driver, ...]:
    """Those that explain most of the variance of `moved`; a column of sums has its products with the drivers."""
    runs = tally.runs
    spread = float(moved.std())
    value, square, product = tally.sums[:, 0] / runs, tally.sums[:, 1] / runs, tally.sums[:, column] / runs
    deviation = np.sqrt(np.maximum(square - value * value, 0.0))
    varies = deviation > 1e-6 * np.maximum(np.abs(value), 1e-6)
    if spread == 0:
        return ()
    correlation = np.zeros(len(value))
    np.divide(product - value * moved.mean(), deviation * spread, out=correlation, where=varies)
    share = correlation**2
    largest = np.argsort(-share, kind="stable")
    shown = [k for k in largest if share[k] >= max(LEAST_SHARE, LIKELY_NOISE / runs)][:MOST_DRIVERS]
    found = []
    for k in shown:
        kind, name, title = built.drivers[k]
        width = spread / deviation[k] if kind == "hypothesis" else 2 * TENTH * spread
        found.append(Driver(kind, name, title, float(share[k]), float(correlation[k] * width)))
    return tuple(found)
