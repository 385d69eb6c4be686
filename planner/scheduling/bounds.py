"""Lower bounds: what no schedule can undercut, proved without a search.

**Precedence bound.** `windows` holds the earliest launch of every activity with unlimited teams. What never falls
when something ends later (`costs.regular`) costs least at the earliest launches; the rest is never negative.

**Team bound.** Take a team r with capacity c_t on day t, and for each item g its own activities on r (an
activity of several items counts for one of them). They take at least p_g units of capacity. Any schedule
hands the c_t units of each day to items; let M_g be the mean of (t + 1/2) over the units of g. At most
c = max c_t units fit into a day, so p_g units that end by C_g have the mean M_g <= C_g - p_g / (2 c) (mean
busy date: Queyranne 1993; Goemans, Queyranne, Schulz, Skutella, Wang 2002). Hence

    sum w_g C_g >= sum w_g p_g / (2 c) + min sum w_g M_g.

The minimum, with units allowed from the item's earliest start on r, is a transport problem whose cost per unit is
w_g / p_g times the day: each day goes to the released items of largest w_g / p_g (Smith 1956, by exchange of
two units). The item is out no earlier than C_g plus the least tail behind its activities on r. The weight of
an item is spent on one team only, so the bounds of all teams and the precedence bounds of the other items add up.

**Makespan.** The latest earliest launch; and per team and day h: the first day by which there has been
capacity since h for all work that cannot start before h, plus the least tail behind that work.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import ceil

import numpy as np

from planner.domain.problem import Deliverable, Problem, Schedule
from planner.domain.roadmap import Link
from planner.domain.units import MILLI
from planner.objective import by_term, evaluate, numbers
from planner.objective.delay import delay_of
from planner.scheduling.budget import Meter
from planner.scheduling.costs import Objective, regular
from planner.scheduling.lagrange import ascents
from planner.scheduling.windows import Windows, windows


@dataclass(frozen=True)
class _Job:
    """An item on one team: capacity units it takes, first day they may fall on, cost per day of its completion."""

    units: int
    head: int
    tail: int
    weight: int
    constant: int
    alone: int
    """Its delay cost with unlimited teams."""


def lower_bound(problem: Problem, objective: Objective = "full") -> int:
    """A number that the cost of no schedule within the horizon is below; milli ED, or thousandths of a period."""
    found = windows(problem)
    if objective == "makespan":
        return MILLI * _makespan_bound(problem, found)
    early = Schedule(found.earliest, found.finish, found.launch)
    terms = by_term(regular(problem), early)
    jobs, others = _jobs(problem, found, early)
    delays = others + sum(_team_bound(problem, resource, team) for resource, team in jobs.items())
    return sum(terms.values()) - terms["D"] + max(terms["D"], delays)


def priced_bound(problem: Problem, incumbent: Schedule, meter: Meter) -> int:
    """A stronger bound on J, by prices; takes as long as the meter allows (see `lagrange`)."""
    best = 0
    for ascent in ascents(problem, incumbent, meter):
        best = ascent.bound
    return min(best, evaluate(problem, incumbent))


def _jobs(problem: Problem, found: Windows, early: Schedule) -> tuple[Mapping[int, list[_Job]], int]:
    """Each item on its busiest team, and the delay cost of the items that take no team."""
    loads: dict[int, int] = defaultdict(int)
    units = [_units(problem, i) for i in range(len(problem.activities))]
    for activity in units:
        for resource, amount in activity.items():
            loads[resource] += amount
    jobs: dict[int, list[_Job]] = defaultdict(list)
    others, counted = 0, set[int]()
    for item in problem.deliverables:
        alone = delay_of(item, numbers(early))
        own = [i for i in item.activities if i not in counted]
        counted.update(own)
        teams = {resource for i in own for resource, amount in units[i].items() if amount}
        if not teams:
            others += alone
            continue
        busiest = max(sorted(teams), key=lambda r: Fraction(loads[r], max(problem.resources[r].peak, 1)))
        tails = _tails(problem, item.activities)
        mine = [i for i in own if units[i].get(busiest)]
        weight, constant = _tangent(item, max(early.launch[i] for i in item.activities))
        jobs[busiest].append(
            _Job(
                units=sum(units[i][busiest] for i in mine),
                head=min(found.earliest[i] for i in mine),
                tail=min(tails[i] for i in mine),
                weight=weight,
                constant=constant,
                alone=alone,
            )
        )
    return jobs, others


def _tangent(item: Deliverable, earliest: int) -> tuple[int, int]:
    """Slope and constant of a line below the delay cost for every launch from `earliest` on."""
    if item.target is not None and earliest >= item.target:
        return item.delay_weight + item.late_weight, -item.late_weight * item.target
    return item.delay_weight, 0


def _units(problem: Problem, activity: int) -> dict[int, int]:
    """The least capacity that an activity takes of each of its teams, over all starts (tenths of an engineer-day)."""
    it = problem.activities[activity]
    if not it.work or not it.demands:
        return {}
    progress = np.asarray(problem.profiles[it.profile].cumulative)
    end = np.searchsorted(progress, progress[:-1] + it.work)
    start = np.flatnonzero((np.diff(progress) > 0) & (end <= problem.horizon))
    if not start.size:
        return {}
    taken = {}
    for resource, demand in it.demands:
        held = np.minimum(demand, np.asarray(problem.resources[resource].capacity))
        total = np.concatenate(([0], np.cumsum(held)))
        taken[resource] = int((total[end[start]] - total[start]).min())
    return taken


def _tails(problem: Problem, among: Sequence[int]) -> dict[int, int]:
    """Least number of periods from the work end of each activity to the last finish of those that follow it."""
    members = set(among)
    length = {i: ceil(problem.activities[i].work / MILLI) + problem.activities[i].wait for i in members}
    tails: dict[int, int] = {}
    for i in _backwards(problem, members):
        after = [
            relation.lag + length[relation.successor] + tails[relation.successor] - _wait(problem, relation.successor)
            for relation in problem.successors[i]
            if relation.link is Link.FS and relation.successor in members
        ]
        tails[i] = max([0, *after]) + _wait(problem, i)
    return tails


def _wait(problem: Problem, activity: int) -> int:
    return problem.activities[activity].wait


def _backwards(problem: Problem, members: set[int]) -> list[int]:
    """The members, successors first."""
    position = {i: k for k, i in enumerate(problem.order)} if len(members) == len(problem.order) else None
    if position is not None:
        return list(reversed(problem.order))
    done: dict[int, None] = {}

    def visit(first: int) -> None:
        stack = [(first, False)]
        while stack:
            i, ready = stack.pop()
            if ready:
                done[i] = None
            elif i not in done:
                stack.append((i, True))
                stack.extend(
                    (r.successor, False)
                    for r in problem.successors[i]
                    if r.successor in members and r.successor not in done
                )

    for i in sorted(members):
        if i not in done:
            visit(i)
    return list(done)


def _team_bound(problem: Problem, resource: int, jobs: Sequence[_Job]) -> int:
    """Least delay cost of these items on one team, at least what they cost alone."""
    capacity, peak = problem.resources[resource].capacity, problem.resources[resource].peak
    total = Fraction(0)
    for job in jobs:
        total += job.constant + job.weight * (job.tail + Fraction(job.units, 2 * peak))
    density = [Fraction(job.weight, job.units) for job in jobs]
    left = [job.units for job in jobs]
    queue = sorted(range(len(jobs)), key=lambda g: -density[g])
    for day in range(min(job.head for job in jobs), problem.horizon):
        room = capacity[day]
        for g in queue:
            if room and jobs[g].head <= day:
                used = min(room, left[g])
                left[g] -= used
                room -= used
                total += density[g] * used * Fraction(2 * day + 1, 2)
        queue = [g for g in queue if left[g]]
        if not queue:
            break
    return max(ceil(total), sum(job.alone for job in jobs))


def _makespan_bound(problem: Problem, found: Windows) -> int:
    """Least end of everything, launches included."""
    best = max((*found.finish, *found.launch), default=0)
    tails = _tails(problem, range(len(problem.activities)))
    on_team: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for i in range(len(problem.activities)):
        for resource, units in _units(problem, i).items():
            on_team[resource].append((found.earliest[i], units, tails[i]))
    for resource, work in on_team.items():
        total = list(accumulate(problem.resources[resource].capacity, initial=0))
        amount, tail = 0, problem.horizon
        for head, units, behind in sorted(work, reverse=True):
            amount, tail = amount + units, min(tail, behind)
            if head <= problem.horizon:
                best = max(best, min(bisect_left(total, total[head] + amount), problem.horizon) + tail)
    return best
