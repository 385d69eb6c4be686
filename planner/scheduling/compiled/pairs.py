"""Priced structures as tables, which is all that compiled code can read: the cost of a pair by the days between.

The terms of `planner.objective` are fed arrays instead of numbers (`Columns`), so that each is still written once.
An activity keeps its nominal length while it is moved: where calendars stretch it or dates cut a cost off, a table
is a guide. The search keeps what is better by the terms themselves.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

import numpy as np

from planner.domain.problem import (
    Coordination,
    Debt,
    FragileHandover,
    InterfaceRelease,
    Problem,
    Risk,
    Supersession,
)
from planner.domain.roadmap import Link
from planner.domain.units import MILLI
from planner.objective import SEARCHED, Variables
from planner.scheduling.compiled.arrays import NONE, ON_FINISH, ON_LAUNCH, ON_START, Integers, line, offsets
from planner.scheduling.compiled.jit import leaf
from planner.scheduling.compiled.timing import end_of
from planner.scheduling.local import Part, activities, only, structures
from planner.scheduling.windows import Windows


class Pairs(NamedTuple):
    """Costs of `table[offset[k] + days - low[k]]` milli ED for pair k, the first and last entry for all days beyond.

    `days` are those from one end of `first` to one end of `second` (see `arrays.ON_START`); the start of `first`
    itself where `second` is NONE.
    """

    first: Integers
    first_end: Integers
    second: Integers
    second_end: Integers
    low: Integers
    offset: Integers
    table: Integers
    first_of: Integers
    of: Integers
    """Pairs, grouped by activity."""


@leaf
def pair_cost(pairs: Pairs, k: int, starts: Integers, ends: Integers, launches: Integers) -> int:
    """What pair k costs in milli ED."""
    days = end_of(pairs.first[k], pairs.first_end[k], starts, ends, launches)
    if pairs.second[k] != NONE:
        days = end_of(pairs.second[k], pairs.second_end[k], starts, ends, launches) - days
    place = min(max(days - pairs.low[k], 0), pairs.offset[k + 1] - pairs.offset[k] - 1)
    return int(pairs.table[pairs.offset[k] + place])


class Columns:
    """The algebra of the terms over arrays: many schedules at once."""

    def linear(self, terms: Sequence[tuple[int, Integers]], constant: int = 0) -> Integers:
        """Sum of coefficient times value, plus a constant."""
        return sum((factor * value for factor, value in terms), np.array([constant]))

    def maximum(self, values: Sequence[Integers], lower: int) -> Integers:
        """The largest of the values and of `lower`."""
        return reduce(np.maximum, values, np.array([lower]))

    def minimum(self, values: Sequence[Integers], upper: int) -> Integers:
        """The smallest of the values and of `upper`."""
        return reduce(np.minimum, values, np.array([upper]))

    def positive_part(self, value: Integers) -> Integers:
        """max(0, value)."""
        return np.maximum(value, 0)

    def less(self, value: Integers, other: Integers) -> Integers:
        """1 where value < other, else 0."""
        return (value < other).astype(np.int64)

    def gated(self, gate: Integers, value: Integers) -> Integers:
        """`value` where `gate` is 1, 0 where it is 0."""
        return gate * value


@dataclass(frozen=True, slots=True)
class _Between:
    """Two ends on whose distance a structure depends; one activity alone where it depends on a start."""

    first: int
    first_end: int = ON_START
    second: int = NONE
    second_end: int = ON_START


def tabulated(problem: Problem, found: Windows) -> tuple[Pairs, frozenset[int]]:
    """The tables of all structures that have one, and the activities of the others."""
    gaps = {
        (r.predecessor, r.successor): r.lag for r in problem.precedences if r.link is Link.FS
    }  # fewer days there never are
    ends: list[_Between] = []
    lows: list[int] = []
    tables: list[Integers] = []
    others: set[int] = set()
    table = _Table(problem, found)
    for structure in (*structures(problem), *problem.anchors):
        between = _between(structure)
        if between is None:
            others.update(activities(structure))
            continue
        handed_over = isinstance(structure, FragileHandover)
        least = gaps.get((between.first, between.second), -problem.horizon) if handed_over else -problem.horizon
        low, costs = table.costs(structure, between, 0 if between.second == NONE else least)
        ends.append(between)
        lows.append(low)
        tables.append(costs)
    of: dict[int, list[int]] = defaultdict(list)
    for k, between in enumerate(ends):
        for i in {between.first, between.second} - {NONE}:
            of[i].append(k)
    count = len(problem.activities)
    made = Pairs(
        first=line([between.first for between in ends]),
        first_end=line([between.first_end for between in ends]),
        second=line([between.second for between in ends]),
        second_end=line([between.second_end for between in ends]),
        low=line(lows),
        offset=offsets([len(costs) for costs in tables]),
        table=np.concatenate(tables) if tables else line([]),
        first_of=offsets([len(of[i]) for i in range(count)]),
        of=line([k for i in range(count) for k in of[i]]),
    )
    return made, frozenset(others)


def _between(structure: Part) -> _Between | None:
    """What the cost of a structure depends on, if it is one start or the days between two ends."""
    who = sorted(set(activities(structure)))
    if len(who) == 1:
        return _Between(who[0])
    if len(who) > 2:
        return None
    match structure:
        case Supersession(early, late):
            return _Between(early, ON_FINISH, late, ON_FINISH)
        case FragileHandover(predecessor, successor):
            return _Between(predecessor, ON_FINISH, successor, ON_START)
        case Coordination(first, second):
            return _Between(first, ON_START, second, ON_START)
        case InterfaceRelease():
            return _Between(who[0], ON_LAUNCH, who[1], ON_LAUNCH)
        case Risk(activity):
            (evidence,) = set(who) - {activity}
            return _Between(evidence, ON_FINISH, activity, ON_START)
        case Debt(activity, repaid_by=repaid_by) if activity is not None and repaid_by is not None:
            return _Between(activity, ON_FINISH, repaid_by, ON_FINISH)
    return None


class _Table:
    """Evaluates structures for all days at once."""

    def __init__(self, problem: Problem, found: Windows):
        self._problem = problem
        self._nominal = found.earliest, found.finish, found.launch
        nothing = [np.zeros(1, np.int64)] * len(problem.activities)
        self._times = list(nothing), list(nothing), list(nothing)

    def costs(self, structure: Part, between: _Between, least: int) -> tuple[int, Integers]:
        """The days of the first entry, and the costs by day up to where they stay the same."""
        days = np.arange(least, self._problem.horizon + 1)
        if between.second == NONE:
            i = between.first
            ends = self._finishes(i, days)
            for times, moved in zip(self._times, (days, ends, ends), strict=True):
                times[i] = moved
        else:
            self._shift(between.first, between.first_end, np.array([self._nominal[between.first_end][between.first]]))
            self._shift(between.second, between.second_end, self._nominal[between.first_end][between.first] + days)
        start, finish, launch = self._times
        part = only(self._problem, (structure,))
        variables = Variables(start, finish, launch, Columns())
        total = np.zeros(len(days), np.int64) + sum(term.function(part, variables) for term in SEARCHED)
        change = np.flatnonzero(np.diff(total))
        begin, end = (int(change[0]), int(change[-1]) + 2) if change.size else (0, 1)
        return least + begin, total[begin:end]

    def _finishes(self, i: int, starts: Integers) -> Integers:
        """The finishes that go with these starts."""
        it, ends = self._problem.activities[i], starts
        for row, work in ((it.profile, it.work), (it.wait_profile, MILLI * it.wait)):
            if work:
                done = np.asarray(self._problem.profiles[row].cumulative)
                ends = np.searchsorted(done, done[np.minimum(ends, self._problem.horizon)] + work)
        return ends

    def _shift(self, i: int, which: int, to: Integers) -> None:
        """Put one end of activity i there; its other ends keep their distance."""
        for times, nominal in zip(self._times, self._nominal, strict=True):
            times[i] = to + (nominal[i] - self._nominal[which][i])
