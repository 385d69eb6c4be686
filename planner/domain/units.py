"""The units that numbers carry, named once.

A *period* is one working day on the planner's time axis (`domain.calendar`): period 0 is the planning
start, intervals are half-open `[start, finish)`. Costs and efforts are **milli engineer-days** wherever
the planner decides (integers, so that evaluation and solver agree to the last digit) and engineer-days
wherever people read.
"""

from typing import NewType

Period = NewType("Period", int)
"""Working-day index; 0 is the planning start, negative is the past."""

MilliED = NewType("MilliED", int)
"""Thousandths of an engineer-day (ED): the currency of the objective."""

EngineerDays = float
"""One engineer for one working day, as people read and type it."""

TENTHS_PER_ENGINEER = 10
"""Capacity and demand are counted in tenths of an engineer."""

MILLI = 1000
DAYS_PER_WEEK = 5
"""An engineer-week is five engineer-days; cost of delay per week is spread over five working days."""


def milli(engineer_days: float) -> MilliED:
    """Engineer-days as the integer currency of the objective, rounded half away from zero.

    >>> milli(0.2), milli(2.0005)
    (200, 2001)
    """
    scaled = engineer_days * MILLI
    return MilliED(int(scaled + 0.5) if scaled >= 0 else -int(-scaled + 0.5))


def engineer_days(amount: int) -> EngineerDays:
    """Milli engineer-days as engineer-days, for people and `plan.json`."""
    return amount / MILLI
