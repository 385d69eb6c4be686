"""Why an activity starts, or launches, when it does: the facts that forbid every earlier start.

In: a problem and a schedule of it. Out: data; sentences are made elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from planner.domain.problem import Precedence, Problem, Schedule
from planner.domain.units import MILLI
from planner.scheduling.local import Local
from planner.scheduling.sgs import Usage
from planner.scheduling.windows import earliest_start, ends_required

Kind = Literal[
    "predecessor",
    "launch",
    "capacity",
    "release",
    "pinned",
    "planning start",
    "started",
    "calendar",
    "wait",
    "block",
]


@dataclass(frozen=True)
class Fact:
    """What binds: `activities` are the predecessor, or those that hold the team on day `period` (and before).

    `predecessor` and `launch` name their `precedence`; `capacity` and `calendar` the `resource` that is busy or
    off up to and with day `period`; `block` is for launches only, on day `period`; `wait` means that nothing else
    forbids the start in `period`, and `changes` by how much each letter of J would grow with that start, all
    others as they are, in milli ED. A `resource` that is no team is a limit on work in progress.
    """

    kind: Kind
    activities: tuple[int, ...] = ()
    precedence: Precedence | None = None
    resource: int | None = None
    period: int | None = None
    changes: tuple[tuple[str, int], ...] = ()

    @property
    def saves(self) -> tuple[str, ...]:
        """The letters of the terms that waiting spares."""
        return tuple(letter for letter, grown in self.changes if grown > 0)


@dataclass(frozen=True)
class Binding:
    """All that forbids an earlier start: first what forbids the last one before, then what forbids those before it.

    All other starts as they are, the activity could start earlier without these facts, and could not with these
    alone. The first of `last` is the one reason that people are told everywhere.
    """

    last: tuple[Fact, ...]
    earlier: tuple[Fact, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All of them."""
        return self.last + self.earlier


def reasons(problem: Problem, schedule: Schedule) -> tuple[Fact, ...]:
    """The one fact to tell of every start, by position."""
    explainer = Explainer(problem, schedule)
    return tuple(map(explainer.reason, range(len(problem.activities))))


def launch_reason(problem: Problem, schedule: Schedule, i: int) -> Fact | None:
    """What moves a launch beyond the finish: a block, or a predecessor that is out later; None if nothing does."""
    launch, finish = schedule.launch[i], schedule.finish[i]
    if launch <= finish:
        return None
    before = [relation for relation in problem.predecessors[i] if relation.orders_launches]
    last = max(before, key=lambda relation: schedule.launch[relation.predecessor], default=None)
    if last is not None and schedule.launch[last.predecessor] == launch:
        return Fact("launch", (last.predecessor,), last, period=launch - 1)
    return Fact("block", period=launch - 1)


class Explainer:
    """One schedule, prepared to be asked about its activities."""

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self._problem, self._schedule = problem, schedule
        self._usage, self._local = Usage(problem), Local(problem)
        self._users: dict[int, list[int]] = defaultdict(list)
        for i, it in enumerate(problem.activities):
            self._usage.take(i, schedule.start[i])
            for resource, _ in it.demands:
                self._users[resource].append(i)

    def reason(self, i: int) -> Fact:
        """The latest of the lower bounds that forbid the last start before; the calendar, where there is none."""
        it, start = self._problem.activities[i], self._schedule.start[i]
        if it.started:
            return Fact("started")
        if it.pinned is not None:
            return Fact("pinned")
        if start == 0:
            return Fact("planning start")
        with self._without(i):
            return self._last(i)[0]

    def binding(self, i: int) -> Binding:
        """Everything that forbids an earlier start of activity i; its reason comes first."""
        reason = self.reason(i)
        if self._schedule.start[i] == 0:
            return Binding((reason,))
        with self._without(i):
            last = self._last(i)
            last = (*last, *self._also_held(i, last))
            if reason.kind in ("started", "pinned"):
                last = (reason, *(fact for fact in last if fact.kind != "wait"))
            return Binding(last, self._earlier(i, last))

    def earliest(self, i: int) -> int:
        """The first possible start of an activity while all others keep theirs."""
        with self._without(i):
            return self._first_fit(i)

    @contextmanager
    def _without(self, i: int) -> Iterator[None]:
        """The teams as all others take them."""
        self._usage.take(i, self._schedule.start[i], sign=-1)
        yield
        self._usage.take(i, self._schedule.start[i])

    def _first_fit(self, i: int) -> int:
        at = self._schedule
        ends = ends_required(self._problem.predecessors[i], at.start, at.finish, at.launch)
        return self._usage.first_fit(i, earliest_start(self._problem, i, *ends))

    def _last(self, i: int) -> tuple[Fact, ...]:
        """What forbids the last possible start before this one, the latest bound first; of the teams the last taken.

        Where nobody could start before at all, that is the day before, which the calendar forbids besides.
        """
        day = self._day_before(i)
        bounds = sorted(self._bounds(i, day), key=lambda pair: -pair[0])
        facts = tuple(fact for _, fact in bounds)
        if self._problem.first_start(i, day) != day:
            return (*facts, self._off(i, day))
        return facts or (self._wait(i),)

    def _day_before(self, i: int) -> int:
        """The last possible start before this one; without any, the day before."""
        start = self._schedule.start[i]
        days = range(start - 1, -1, -1)
        return next((day for day in days if self._problem.first_start(i, day) == day), start - 1)

    def _bounds(self, i: int, day: int) -> Iterator[tuple[int, Fact]]:
        """Lower bounds that forbid a start on `day` and their facts: relations, the team taken last, the release."""
        it = self._problem.activities[i]
        yield from self._relations(i, day)
        taken = self._usage.last_taken(it.demands, day, self._problem.work_end(i, day))
        if taken is not None:
            period, resource = taken
            yield period + 1, Fact("capacity", self._holders(resource, period), resource=resource, period=period)
        if it.release > day:
            yield it.release, Fact("release")

    def _relations(self, i: int, day: int) -> Iterator[tuple[int, Fact]]:
        """The relations that forbid a start on `day`: from when on they allow it, if their lag binds the start."""
        at = self._schedule
        for relation in self._problem.predecessors[i]:
            least_start, least_finish = ends_required((relation,), at.start, at.finish, at.launch)
            fact = Fact("launch" if relation.launch else "predecessor", (relation.predecessor,), relation)
            if least_start > day:
                yield least_start, fact
            elif self._problem.finish(i, day) < least_finish:
                yield at.start[i], fact

    def _off(self, i: int, day: int) -> Fact:
        """The team does not work on `day`."""
        it = self._problem.activities[i]
        off = (resource for resource, _ in it.demands if not self._problem.resources[resource].capacity[day])
        return Fact("calendar", resource=next(off, it.team), period=day)

    def _wait(self, i: int) -> Fact:
        """Nothing forbids the first possible start: what the terms of J would be with it."""
        earliest = self._first_fit(i)
        grown = self._local.change(self._schedule, i, earliest)
        return Fact("wait", period=earliest, changes=tuple((letter, more) for letter, more in grown.items() if more))

    def _holders(self, resource: int, period: int) -> tuple[int, ...]:
        """Who holds a team on a day, but for the activity that is asked about: it starts later."""
        at = self._schedule
        return tuple(
            j for j in self._users[resource] if at.start[j] <= period < self._problem.work_end(j, at.start[j])
        )

    def _short(self, i: int, day: int) -> Iterator[tuple[int, int]]:
        """Every (period, resource) with too few people for a start on `day`."""
        for demand in self._problem.activities[i].demands:
            end = self._problem.work_end(i, day)
            while (taken := self._usage.last_taken((demand,), day, end)) is not None:
                yield taken
                end = taken[0]

    def _also_held(self, i: int, last: Iterable[Fact]) -> tuple[Fact, ...]:
        """Those who take, besides the holders in `last`, what a start on the day before would need; by team."""
        day = self._day_before(i)
        held = (
            Fact("capacity", self._holders(resource, period), resource=resource, period=period)
            for period, resource in self._short(i, day)
        )
        return _by_team(held, last)

    def _earlier(self, i: int, last: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """As few facts as possible that forbid, with those of `last`, all earlier starts; the latest day first."""
        found: list[Fact] = []
        for day in range(self._schedule.start[i] - 1, -1, -1):
            if not any(self._forbids(i, fact, day) for fact in (*last, *found)):
                found.append(self._widest(i, day))
        found += self._off_within(i, (*last, *found))
        return (*_by_team(found, last), *(fact for fact in found if fact.kind != "capacity"))

    def _off_within(self, i: int, known: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """The days off without which the work would be done before a team is taken, where no other fact forbids that.

        It is one more fact at most, and only where the calendar is not yet known to bind.
        """
        if any(fact.kind == "calendar" for fact in known):
            return ()
        profile = self._problem.profiles[self._problem.activities[i].profile]
        for day in range(self._schedule.start[i] - 1, -1, -1):
            end = self._problem.work_end(i, day)
            off = [period for period in range(day, end) if not profile.works(period)]
            if not off:
                continue
            end = self._end_without_days_off(i, day)
            holds = (fact for fact in known if self._forbids(i, fact, day))
            if not any(fact.kind != "capacity" or (fact.period or 0) < end for fact in holds):
                return (self._off(i, off[-1]),)
        return ()

    def _end_without_days_off(self, i: int, day: int) -> int:
        """Exclusive end of the work begun on `day` if the days off before the scheduled start were full days."""
        it, start = self._problem.activities[i], self._schedule.start[i]
        done = self._problem.profiles[it.profile].cumulative
        left, period = it.work, day
        while left > 0 and period < len(done) - 1:
            left -= done[period + 1] - done[period] or (MILLI if period < start else 0)
            period += 1
        return period

    def _widest(self, i: int, day: int) -> Fact:
        """Of the facts that forbid a start on `day` the one that reaches back furthest."""
        relations = [fact for _, fact in self._relations(i, day)]
        if relations:
            return relations[0]
        if self._problem.activities[i].release > day:
            return Fact("release")
        short = min(self._short(i, day), default=None)
        if short is not None:
            period, resource = short
            return Fact("capacity", self._holders(resource, period), resource=resource, period=period)
        if self._problem.first_start(i, day) != day:
            return self._off(i, day)
        return self._wait(i)

    def _forbids(self, i: int, fact: Fact, day: int) -> bool:
        """Whether a fact alone forbids a start on a day before the one in the schedule."""
        match fact.kind:
            case "predecessor" | "launch":
                return any(known.precedence == fact.precedence for _, known in self._relations(i, day))
            case "release":
                return day < self._problem.activities[i].release
            case "capacity":
                return fact.period is not None and day <= fact.period < self._problem.work_end(i, day)
            case "calendar":
                return self._problem.first_start(i, day) != day
            case _:
                return fact.kind in ("wait", "pinned")


def _by_team(found: Iterable[Fact], known: Iterable[Fact]) -> tuple[Fact, ...]:
    """One fact for each team that is held: by whom besides those in the facts `known`, and until when."""
    named = {(fact.resource, j) for fact in known for j in fact.activities}
    holders: dict[int | None, set[int]] = defaultdict(set)
    until: dict[int | None, int] = {}
    for fact in found:
        others = {j for j in fact.activities if (fact.resource, j) not in named}
        if fact.kind == "capacity" and others and fact.period is not None:
            holders[fact.resource] |= others
            until[fact.resource] = max(fact.period, until.get(fact.resource, fact.period))
    return tuple(
        Fact("capacity", tuple(sorted(others)), resource=resource, period=until[resource])
        for resource, others in holders.items()
    )
