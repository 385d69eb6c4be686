"""A plan and its uncertainty as flat arrays: all that a simulated course of events reads.

What belongs to activity i lies at `first[i] : first[i + 1]`, as in `scheduling.compiled.arrays`. Times are periods up
to `axis`, work and waiting thousandths of a day, capacity tenths of an engineer.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Integers = NDArray[np.int32]
Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]

NONE = -1
"""No calendar, no target, no team, no activity; as a day: never."""
TOLERANCE = 250
"""Thousandths of a day by which work may overrun a day without taking another one, as in the plan."""


class Activities(NamedTuple):
    """Those of the plan, in a topological order of all relations."""

    work: Integers
    wait: Integers
    profile: Integers
    wait_profile: Integers
    planned: Integers
    """Start in the plan."""
    ready: Integers
    """Not before: releases, pins, and waits that the plan chooses."""
    launch_calendar: Integers
    """Row of `Days.next_open` or NONE."""
    effort: Floats
    """Planned effort in ED."""
    missing: Integers
    """What has to be met before it may begin: relations, for a roll-back the failure ..."""
    missing_end: Integers
    """... and before it may end."""


class Luck(NamedTuple):
    """What is drawn: for an activity the multiple at a normal number, part its team's and part its own."""

    key: Keys
    table: Integers
    """Row of `multiples`."""
    multiples: Floats
    """Multiples at normal numbers from -REACH to REACH: (tables, STEPS + 1)."""
    factor: Integers
    """Index of the team whose common factor it has, or NONE."""
    factor_key: Keys
    common: float
    """Weight of the common factor, and of what is an estimate's own: their squares add up to 1."""
    own: float


class Relations(NamedTuple):
    """Who waits for whom, grouped by the activity `by` that is waited for, or for `builds` by the one that waits."""

    first: Integers
    to: Integers
    lag: Integers
    counts_end: Integers
    """1: from the end of the predecessor, 0: from its start."""
    counts_launch: Integers
    binds_end: Integers
    """1: the end of the successor waits, 0: its start."""


class Teams(NamedTuple):
    """Resources, and who takes them."""

    first_demand: Integers
    resource: Integers
    units: Integers
    """Tenths of an engineer, at most the peak of the team."""
    user: Integers
    """Activity of each demand."""
    rank: Integers
    """Place in the plan's sequence, by activity."""
    first_queue: Integers
    queue: Integers
    """Activities in the plan's sequence, grouped by resource."""
    peak: Integers
    level: Integers
    """Tenths of an engineer, on days off those of the next day worked: (resources, axis + 1)."""
    varies: Integers
    """1 where the level changes."""
    change_period: Integers
    change_resource: Integers
    """When which level changes, ascending."""


class Days(NamedTuple):
    """Calendars, stretched to the axis."""

    cumulative: Integers
    """Progress by profile: (profiles, axis + 1)."""
    reach: Integers
    """First period with k full days done: (profiles, axis + 2)."""
    next_workday: Integers
    """(profiles, axis + 1)."""
    next_open: Integers
    """(calendars, axis + 1)."""


class Bets(NamedTuple):
    """Hypotheses that may fail."""

    chance: Floats
    key: Keys
    readout: Integers
    """No result before this period."""
    tests: Integers
    """Number of activities that test it."""
    first_proves: Integers
    proves: Integers
    """Hypotheses, grouped by the activity that tests them."""
    first_relying: Integers
    relying: Integers
    """Activities, grouped by the hypothesis that they rely on."""
    rollback: Integers
    """Activity or NONE."""


class Items(NamedTuple):
    """What is delivered."""

    first: Integers
    member: Integers
    """Activities, grouped by item."""
    sunk: Integers
    """Launch of what is already out."""
    target: Integers
    """Exclusive end or NONE."""


class Model(NamedTuple):
    """One plan."""

    axis: int
    planned_end: int
    """The last finish of the plan."""
    overlaps: bool
    """Whether somebody may be done before those that it may not launch before: then launches are known at the end."""
    activities: Activities
    luck: Luck
    on_begin: Relations
    """Relations that are met when the predecessor begins ..."""
    on_done: Relations
    """... and those that are met when it is done."""
    builds: Relations
    """By successor those that it may not launch before; `to` is the predecessor."""
    teams: Teams
    days: Days
    bets: Bets
    items: Items


class Courses(NamedTuple):
    """What several runs came to: by run, then by activity or item; NONE where something was not built."""

    finish: Integers
    lands: Integers
    end: Integers
    """When all ended, by run."""
    late: Integers
    """Working days by which items miss their targets, all together, by run."""
    critical: NDArray[np.int64]
    """Runs in which an activity is on the chain that ends last."""
    critical_items: NDArray[np.int64]
    sums: Floats
    """By driver (activities, teams, hypotheses) over the runs: value, its square, times end, times late.

    The value of an activity is its multiple, of a team its effort in ED, of a hypothesis 1 if it holds; the end is
    counted from the planned one.
    """


def courses(model: Model, runs: int) -> Courses:
    """Room for so many runs."""
    count, items = len(model.activities.work), len(model.items.sunk)
    drivers = count + len(model.luck.factor_key) + len(model.bets.chance)
    return Courses(
        np.full((runs, count), NONE, np.int32),
        np.full((runs, items), NONE, np.int32),
        np.zeros(runs, np.int32),
        np.zeros(runs, np.int32),
        np.zeros(count, np.int64),
        np.zeros(items, np.int64),
        np.zeros((drivers, 4)),
    )


def line(values: ArrayLike) -> Integers:
    """A row of numbers as an array."""
    return np.asarray(values, dtype=np.int32)


def offsets(lengths: Sequence[int]) -> Integers:
    """Where each of the groups of these lengths begins, and where the last one ends."""
    return line(np.concatenate(([0], np.cumsum(np.asarray(lengths, dtype=np.int32)))))
