"""A problem taken apart: nodes that each choose a start alone, held together only by prices.

Nodes are the activities and, behind them, the items, whose start is the day on which they are out. Prices are

* pi[q, t] >= 0 for what is held on day t of price row q: a team's capacity in one of its shapes (`_share`), or a
  co-ordination, a row of capacity 1 whose price is at most what a day together costs;
* a non-decreasing phi[e] for each pull e (`pulls`): relations, items behind their activities, terms of J.

With any such prices every schedule costs at least

    constant + sum over nodes of min over starts of [own cost + pi over the days held + phi(early) - phi(late)]
             - sum pi capacity - sum over pulls with another early end of the last phi.

Prices are 0 and phi is flat from `days` on: no later start costs less than one on that day.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import isinf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.domain.problem import Problem, Schedule
from planner.domain.units import MILLI
from planner.objective import by_term
from planner.objective.delay import delay_when
from planner.objective.variables import Integers
from planner.scheduling.compiled.arrays import NONE, ON_FINISH, ON_LAUNCH, ON_START
from planner.scheduling.costs import makespan, regular
from planner.scheduling.pulls import End, Pull, one_after_the_other, relation_pull, term_pulls
from planner.scheduling.windows import Windows

Costs = NDArray[np.float64]
Days = NDArray[np.int64]
Table = NDArray[np.int32]

WORK_END = 3
"""An end besides those of relations: when the teams are free again."""
SPLITS = (1, 2, 3)
"""Shapes of the capacity of a team besides the plain one: by halves, thirds and quarters."""
MARGIN_DAYS = 5
"""Days with prices behind the end of the incumbent."""
PRICES_PER_WORK = 150_000
"""Prices that move in one unit of work."""
FAR = 1e15
"""The cost of what is not possible, in milli ED."""


class Nodes(NamedTuple):
    """What each node may choose from, and what that costs: flat arrays, which compiled code can read."""

    low: Days
    high: Days
    """First and last start, both included."""
    own: Days
    own_cost: Costs
    """The row of each node, and its cost by start: (rows, days + 1)."""
    tables: Table
    """Days by start, within 0..days: (tables, days + 1)."""
    first_use: Days
    use: Days
    use_until: Days
    """What a node holds from its start on, grouped by node, and the table of when it ends."""
    first_end: Days
    end_curve: Days
    end_table: Days
    is_early: NDArray[np.bool_]
    """The row of phi of each pull of a node, and which of its ends it is."""


class Ends(NamedTuple):
    """Both ends of each pull as nodes and tables, and how far its phi may rise: a day, and in all.

    A pull has one row of phi. One that fades has two more, for its early and its late end.
    """

    early: Days
    early_table: Days
    late: Days
    late_table: Days
    other: Days
    other_table: Days
    """The second early end, or -1."""
    slope: Costs
    total: Costs
    fade: Costs
    """What a day of distance takes off the penalty, in parts of the whole."""
    faded: Days
    """The first of the two more rows, or -1."""
    beyond: int
    """So many days may follow the last one with prices."""


class Rows(NamedTuple):
    """The price rows: their capacity by day, and what each use of a team takes of them, in parts of the largest."""

    capacity: Costs
    """(rows, days)."""
    most: Costs
    """The highest price, by row."""
    pair_use: Days
    pair_row: Days
    pair_need: Costs
    """Which use takes what of which row, ascending by use: (pairs, days)."""


@dataclass(frozen=True)
class Relaxation:
    """All of it; `constant` is what every schedule pays besides, in milli ED."""

    days: int
    constant: float
    nodes: Nodes
    ends: Ends
    rows: Rows

    @cached_property
    def hard(self) -> NDArray[np.bool_]:
        """Which pulls no schedule breaks; the others are penalties."""
        hard: NDArray[np.bool_] = np.isinf(self.ends.slope) & np.isinf(self.ends.total)
        return hard

    @property
    def curves(self) -> int:
        """Number of rows of phi."""
        return len(self.ends.early) + 2 * int(np.count_nonzero(self.ends.faded >= 0))

    @cached_property
    def uses(self) -> int:
        """Number of uses."""
        return int(max(self.rows.pair_use, default=-1)) + 1

    @cached_property
    def holders(self) -> Days:
        """The node of each entry of `nodes.use`."""
        return np.repeat(np.arange(len(self.nodes.low)), np.diff(self.nodes.first_use))

    def taken(self, starts: Days) -> Costs:
        """What nodes with these starts take of each row by day: (rows, days)."""
        nodes, rows, width = self.nodes, self.rows, self.days + 1
        begin = starts[self.holders]
        end = nodes.tables[nodes.use_until, begin]
        change = np.bincount(nodes.use * width + begin, minlength=self.uses * width)
        change -= np.bincount(nodes.use * width + end, minlength=self.uses * width)
        running = np.cumsum(change.reshape(self.uses, width), axis=1)[:, :-1]
        by_row = self._by_row
        return sums((rows.pair_need * running[rows.pair_use])[by_row], rows.pair_row[by_row], len(rows.capacity))

    @cached_property
    def _by_row(self) -> Days:
        return np.argsort(self.rows.pair_row, kind="stable")

    def held(self, price: Costs) -> Costs:
        """What holding each use on all days before a day costs at the prices of the rows: (uses, days + 1)."""
        rows = self.rows
        held = np.zeros((self.uses, self.days + 1))
        daily = sums(rows.pair_need * price[rows.pair_row], rows.pair_use, self.uses)
        np.cumsum(daily, axis=1, out=held[:, 1:])
        return held

    def between(self, low: Days, high: Days) -> "Relaxation":
        """The same with other windows."""
        return replace(self, nodes=self.nodes._replace(low=low, high=high))

    @property
    def work(self) -> float:
        """Units of work (`Budget`) of one step."""
        return len(self.ends.early) * self.days / PRICES_PER_WORK


def relaxation(problem: Problem, found: Windows, incumbent: Schedule) -> Relaxation:
    """The relaxation of all schedules within the windows, with prices until soon after `incumbent` ends."""
    last = max((problem.finish(i, start) for i, start in enumerate(found.latest)), default=0)
    days = max(1, min(problem.horizon, last + 1, makespan(incumbent) + MARGIN_DAYS))
    return _Builder(problem, found, incumbent, days).build()


class _Builder:
    def __init__(self, problem: Problem, found: Windows, incumbent: Schedule, days: int):
        self._problem, self._found, self._incumbent, self._days = problem, found, incumbent, days
        self._count = len(problem.activities)
        self._raw: dict[tuple[int, ...], Days] = {}
        self._cut: dict[tuple[object, ...], int] = {}
        self._tables: list[Table] = []
        self._items = [
            max([item.sunk, *(self._when(End(i, ON_LAUNCH), found.earliest[i]) for i in item.activities)])
            for item in problem.deliverables
        ]

    def build(self) -> Relaxation:
        """Pulls first: those with one end are costs of their node."""
        pulls = [pull for pull in self._pulls() if self._matters(pull)]
        between = [pull for pull in pulls if pull.early.node is not None and pull.late.node is not None]
        alone: dict[int | None, list[Pull]] = defaultdict(list)
        for pull in pulls:
            if pull.early.node is None or pull.late.node is None:
                alone[pull.late.node if pull.early.node is None else pull.early.node].append(pull)
        early = Schedule(self._found.earliest, self._found.finish, self._found.launch)
        terms = by_term(regular(self._problem), early)
        constant = (
            sum(terms.values()) - terms["D"] + sum(_pays(pull, *self._both(pull)).item() for pull in alone[None])
        )
        rows, use_of, together = self._rows()
        ends = self._ends(between)
        nodes = self._nodes(alone, ends, use_of, together)
        return Relaxation(self._days, constant, nodes, ends, rows)

    def _pulls(self) -> list[Pull]:
        """Relations, terms, and each item behind those of its activities that no other of them follows anyway."""
        problem = self._problem
        pulls = [relation_pull(relation) for relation in problem.precedences]
        pulls.extend(term_pulls(problem, self._found, self._incumbent))
        for g, item in enumerate(problem.deliverables):
            members = set(item.activities)
            for i in item.activities:
                calendar = problem.activities[i].launch_calendar
                follows = any(
                    relation.orders_launches
                    and relation.lag >= 0
                    and relation.successor in members
                    and calendar in (None, problem.activities[relation.successor].launch_calendar)
                    for relation in problem.successors[i]
                )
                if not follows:
                    pulls.append(Pull(End(i, ON_LAUNCH), End(self._count + g)))
        pulls.extend(one_after_the_other(problem, pulls))
        return pulls

    def _matters(self, pull: Pull) -> bool:
        """Whether it may cost anything within the windows."""
        if not pull.slope or not pull.total:
            return False
        if pull.early.node is None and pull.late.node is None:
            return True
        latest = min(self._when(end, self._last(end)) for end in (pull.early, pull.other) if end is not None)
        return latest > self._when(pull.late, self._first(pull.late))

    def _first(self, end: End) -> int:
        if end.node is None:
            return 0
        return self._found.earliest[end.node] if end.node < self._count else self._items[end.node - self._count]

    def _last(self, end: End) -> int:
        if end.node is None or end.node >= self._count:
            return self._problem.horizon
        return self._found.latest[end.node]

    def _both(self, pull: Pull) -> tuple[Days, Days]:
        return self._values(pull.early), self._values(pull.late)

    def _when(self, end: End, start: int) -> int:
        """The day of an end for one start."""
        return int(self._values(end)[0 if end.node is None else start])

    def _values(self, end: End) -> Days:
        """The day of an end for every start 0..horizon; not beyond the day after the horizon."""
        if end.node is None:
            days = np.zeros(1, dtype=np.int64)
        elif end.then is None:
            days = self._days_of(end.node, end.of)
        else:
            free = self._days_of(end.node, WORK_END)
            days = np.append(self._days_of(end.then, end.of), self._problem.horizon + 1)[free]
        days = np.maximum(days + end.lag, end.least)
        return days if end.most is None else np.minimum(days, end.most)

    def _key(self, node: int, of: int) -> tuple[int, ...]:
        """What the ends of a node depend on."""
        if of == ON_START or node >= self._count:
            return (ON_START,)
        it = self._problem.activities[node]
        work = (of, it.work, it.profile if it.work else 0)
        if of == WORK_END:
            return work
        wait = (it.wait, it.wait_profile if it.wait else 0)
        calendar = -1 if it.launch_calendar is None else it.launch_calendar
        return (*work, *wait) if of == ON_FINISH else (*work, *wait, calendar)

    def _days_of(self, node: int, of: int) -> Days:
        """The work end, finish or launch of a node for every start 0..horizon."""
        key = self._key(node, of)
        if key not in self._raw:
            self._raw[key] = self._computed(node, of)
        return self._raw[key]

    def _computed(self, node: int, of: int) -> Days:
        horizon = self._problem.horizon
        days = np.arange(horizon + 1)
        if of == ON_START or node >= self._count:
            return days
        it = self._problem.activities[node]
        if it.work:
            days = _after(self._problem.profiles[it.profile].cumulative, days, it.work)
        if of == WORK_END:
            return days
        if it.wait:
            progress = self._problem.profiles[it.wait_profile].cumulative
            days = np.where(days > horizon, days, _after(progress, np.minimum(days, horizon), MILLI * it.wait))
        if of == ON_FINISH or it.launch_calendar is None:
            return days
        next_open = np.asarray(self._problem.launch_calendars[it.launch_calendar].next_open)
        return np.where(days == 0, 0, np.where(days > horizon, days, next_open[np.clip(days - 1, 0, horizon)] + 1))

    def _table(self, end: End, late: bool = False) -> int:
        """The table of an end: a start on the last day of prices stands for all later ones, which end later."""
        assert end.node is not None
        of = end.of if end.then is None else WORK_END
        then = () if end.then is None else self._key(end.then, end.of)
        key = (self._key(end.node, of), then, end.lag, end.least, end.most, late)
        if key not in self._cut:
            days = np.clip(self._values(end)[: self._days + 1], 0, self._days).astype(np.int32)
            if late:
                days[-1] = self._days
            self._cut[key] = len(self._tables)
            self._tables.append(days)
        return self._cut[key]

    def _ends(self, pulls: Sequence[Pull]) -> Ends:
        fades = np.asarray([pull.fade > 0 for pull in pulls], dtype=np.bool_)
        return Ends(
            early=_line([pull.early.node or 0 for pull in pulls]),
            early_table=_line([self._table(pull.early) for pull in pulls]),
            late=_line([pull.late.node or 0 for pull in pulls]),
            late_table=_line([self._table(pull.late, late=True) for pull in pulls]),
            other=_line([NONE if pull.other is None else pull.other.node or 0 for pull in pulls]),
            other_table=_line([NONE if pull.other is None else self._table(pull.other) for pull in pulls]),
            slope=np.asarray([pull.slope for pull in pulls], dtype=np.float64),
            total=np.asarray([pull.total for pull in pulls], dtype=np.float64),
            fade=np.asarray([pull.fade / pull.total for pull in pulls], dtype=np.float64),
            faded=np.where(fades, len(pulls) + 2 * (np.cumsum(fades) - 1), NONE),
            beyond=self._problem.horizon + 2 - self._days,
        )

    def _rows(self) -> tuple[Rows, dict[tuple[int, int], int], dict[int, list[int]]]:
        """The price rows; the use of each (team, units), and the uses of each activity for its co-ordinations."""
        problem, days = self._problem, self._days
        demanded = sorted({demand for it in problem.activities if it.work for demand in it.demands})
        use_of = {demand: k for k, demand in enumerate(demanded)}
        capacity: list[Costs] = []
        most: list[float] = []
        pairs: list[tuple[int, int, Costs]] = []
        for r, resource in enumerate(problem.resources):
            units = [u for team, u in demanded if team == r]
            available = np.asarray(resource.capacity[:days], dtype=np.int64)
            if not units or not available.any():
                continue
            held = np.minimum(np.asarray(units)[:, None], available)
            plain = held / resource.peak
            shapes = [(available / resource.peak, plain)]
            for k in SPLITS:
                share = _share(held, available, k)
                if (share * available > held).any():
                    shapes.append(((available > 0).astype(np.float64), share))
            for room, needs in shapes:
                pairs.extend((use_of[r, u], len(capacity), need) for u, need in zip(units, needs, strict=True))
                capacity.append(room)
                most.append(np.inf)
        together: dict[int, list[int]] = defaultdict(list)
        for k, pair in enumerate(problem.coordinations):
            pairs.append((len(demanded) + k, len(capacity), np.ones(days)))
            capacity.append(np.ones(days))
            most.append(float(pair.cost))
            for i in (pair.first, pair.second):
                together[i].append(len(demanded) + k)
        pairs.sort(key=lambda pair: pair[:2])
        rows = Rows(
            capacity=np.asarray(capacity).reshape(-1, days),
            most=np.asarray(most, dtype=np.float64),
            pair_use=_line([use for use, _, _ in pairs]),
            pair_row=_line([row for _, row, _ in pairs]),
            pair_need=np.asarray([need for _, _, need in pairs]).reshape(-1, days),
        )
        return rows, use_of, together

    def _nodes(
        self,
        alone: dict[int | None, list[Pull]],
        ends: Ends,
        use_of: dict[tuple[int, int], int],
        together: dict[int, list[int]],
    ) -> Nodes:
        problem, found, days = self._problem, self._found, self._days
        count = self._count + len(problem.deliverables)
        costs: list[Costs] = []
        rows: dict[object, int] = {}
        own = []
        for node in range(count):
            key = self._own_key(node) if not alone[node] and node < self._count else (node,)
            if key not in rows:
                rows[key] = len(costs)
                costs.append(self._own_cost(node, alone[node]))
            own.append(rows[key])
        uses = [
            [(use_of[demand], self._table(End(i, WORK_END))) for demand in it.demands if it.work]
            + [(use, self._table(End(i, ON_FINISH))) for use in together[i]]
            for i, it in enumerate(problem.activities)
        ] + [[] for _ in problem.deliverables]
        touching: list[list[tuple[int, int, bool]]] = [[] for _ in range(count)]
        for e, faded in enumerate(ends.faded):
            touching[ends.early[e]].append((e if faded < 0 else faded, ends.early_table[e], True))
            touching[ends.late[e]].append((e if faded < 0 else faded + 1, ends.late_table[e], False))
            if ends.other[e] >= 0:
                touching[ends.other[e]].append((e, ends.other_table[e], True))
        return Nodes(
            low=np.minimum(_line([*found.earliest, *self._items]), days),
            high=np.minimum(_line([*found.latest, *[problem.horizon] * len(self._items)]), days),
            own=_line(own),
            own_cost=np.asarray(costs).reshape(-1, days + 1),
            tables=np.asarray(self._tables, dtype=np.int32).reshape(-1, days + 1),
            first_use=_offsets(uses),
            use=_line([use for group in uses for use, _ in group]),
            use_until=_line([table for group in uses for _, table in group]),
            first_end=_offsets(touching),
            end_curve=_line([curve for group in touching for curve, _, _ in group]),
            end_table=_line([table for group in touching for _, table, _ in group]),
            is_early=np.asarray([early for group in touching for _, _, early in group], dtype=np.bool_),
        )

    def _own_key(self, node: int) -> tuple[int, ...]:
        """What the days on which an activity may start depend on."""
        it = self._problem.activities[node]
        return (1, it.profile) if it.work else (2, it.wait_profile) if it.wait else (0, 0)

    def _own_cost(self, node: int, alone: Sequence[Pull]) -> Costs:
        """What a node pays for its start alone, by start; the last stands for all later ones."""
        horizon = self._problem.horizon
        if node >= self._count:
            item = self._problem.deliverables[node - self._count]
            cost = np.asarray([delay_when(item, day, Integers()) for day in range(horizon + 1)], dtype=np.float64)
        else:
            it = self._problem.activities[node]
            cost = np.zeros(horizon + 1)
            if it.work or it.wait:
                profile = self._problem.profiles[it.profile if it.work else it.wait_profile]
                cost[:-1][np.diff(profile.cumulative) <= 0] = FAR
                cost[-1] = FAR
            for pull in alone:
                cost += _pays(pull, *self._both(pull))
        return np.append(cost[: self._days], cost[self._days :].min())


def sums(parts: Costs, group: Days, count: int) -> Costs:
    """The sum of the rows of each group; groups ascend and none is empty."""
    return np.add.reduceat(parts, np.searchsorted(group, np.arange(count)), axis=0) if count else parts[:0]


def _after(progress: Sequence[int], start: Days, work: int) -> Days:
    """Exclusive end of `work` from each start; beyond the last day where it does not fit."""
    cumulative = np.asarray(progress)
    return np.searchsorted(cumulative, cumulative[start] + work)


def _pays(pull: Pull, early: Days, late: Days) -> Costs:
    """What a pull that does not fade costs exactly where one of its ends is a fixed day."""
    beyond = np.maximum(early - late, 0)
    if isinf(pull.slope):
        return np.where(beyond > 0, pull.total, 0.0)
    least, most = sorted((0.0, pull.total))
    costs: Costs = np.clip(pull.slope * beyond, least, most)
    return costs


def _share(demand: Days, capacity: Days, k: int) -> Costs:
    """What a demand counts for in the k-th shape of a team, as a part of the whole.

    No two demands above half the capacity fit into one day, no three above a third: the dual feasible functions
    u_k (Fekete and Schepers 2001), x -> x where (k + 1) x is whole, else floor((k + 1) x) / k, keep the sum of
    what fits at most 1.
    """
    parts, rest = np.divmod((k + 1) * demand, np.maximum(capacity, 1))
    return np.where(capacity > 0, np.where(rest == 0, parts / (k + 1), parts / k), 0.0)


def _line(values: Sequence[int]) -> Days:
    return np.asarray(values, dtype=np.int64)


def _offsets(groups: Sequence[Sequence[object]]) -> Days:
    return np.cumsum([0, *map(len, groups)])
