"""The scheduling problem in integers: what `scheduling.formulate` makes of a roadmap and all solvers read.

It is a resource-constrained project scheduling problem (RCPSP) with calendars, generalised precedence
relations and launches. Three things differ from the textbook:

* **A calendar slows and pauses work.** An activity that wants `u` tenths of an engineer of a team that has
  `c < u` on a day uses what there is and gets `c/u` of a day done; with `c = 0` it pauses but keeps its
  place. So the finish depends on the start, through a `Profile` of cumulated progress, and the demand of a
  running activity on day t is `min(u, capacity[t])`.
* **Waiting** (`Activity.wait`) follows the work, costs no capacity and counts the team's working days.
* **A launch is not a finish.** Blocks stop launches, not work: see `LaunchCalendar`.

All times are periods (`domain.units`), all costs milli engineer-days.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from planner.domain.roadmap import Link
from planner.domain.units import MILLI


@dataclass(frozen=True, slots=True)
class Resource:
    """A team: tenths of an engineer available in each period `0..horizon-1`, 0 on its days off."""

    name: str
    capacity: Sequence[int]

    @property
    def peak(self) -> int:
        """The most there ever is."""
        return max(self.capacity, default=0)


@dataclass(frozen=True, slots=True)
class Profile:
    """Cumulated progress in thousandths of a day: `cumulative[t]` is what periods `0..t-1` get done.

    `len(cumulative) == horizon + 1`. A period that gets nothing done is a day off for this profile.

    >>> week = Profile((0, 1000, 2000, 2500, 2500, 3500))     # half a day, then a day off
    >>> week.finish(1, 2000)                                  # periods 1, 2 (half), 3 (off), 4 (half of it)
    5
    >>> week.first_workday(3)
    4
    """

    cumulative: Sequence[int]

    @property
    def horizon(self) -> int:
        """Number of periods that the profile knows."""
        return len(self.cumulative) - 1

    def works(self, period: int) -> bool:
        """Whether anything gets done in `period`."""
        return 0 <= period < self.horizon and self.cumulative[period + 1] > self.cumulative[period]

    def first_workday(self, period: int) -> int:
        """First period from `period` on in which something gets done; `horizon` if there is none."""
        period = max(period, 0)
        if period >= self.horizon:
            return self.horizon
        return bisect_left(self.cumulative, self.cumulative[period] + 1, lo=period) - 1

    def finish(self, start: int, work: int) -> int:
        """Exclusive end of `work` thousandths of a day begun in `start`; `horizon + 1` if it does not fit."""
        if work <= 0:
            return start
        return bisect_left(self.cumulative, self.cumulative[start] + work, lo=start)


@dataclass(frozen=True, slots=True)
class LaunchCalendar:
    """When a launch may happen: `next_open[t]` is the first allowed period from t on (length horizon + 1)."""

    next_open: Sequence[int]


@dataclass(frozen=True, slots=True)
class Activity:
    """A task that is to be scheduled (done and dropped tasks are not).

    `work` is thousandths of a full-speed day, already less the rounding tolerance, 0 for a milestone;
    `demands` are (resource index, tenths of an engineer), held in `[start, work end)`; `profile` is the
    index of the progress profile under these demands; `wait` working days follow, counted on
    `wait_profile`. `release <= start`, `finish <= deadline` (exclusive end, hard), `pinned` is the exact
    start. `launch_calendar` is None where nothing is deployed. `effort` is the remaining effort in milli
    ED. `started` work runs on: its start is free from 0 on, it waits for no predecessor's finish.
    """

    id: str
    work: int
    wait: int = 0
    demands: tuple[tuple[int, int], ...] = ()
    profile: int = 0
    wait_profile: int = 0
    release: int = 0
    deadline: int | None = None
    pinned: int | None = None
    launch_calendar: int | None = None
    effort: int = 0
    team: int | None = None
    """Index of the owner's resource; None for a vendor or where nobody has taken it."""
    started: bool = False
    success: int = MILLI
    """Probability that all its hypotheses hold, in thousandths: the part of its effort that is spent anyway."""


@dataclass(frozen=True, slots=True)
class Precedence:
    """`end(predecessor) + lag <= end(successor)` for the ends that `link` names; hard relations only.

    With `launch` it is the predecessor's launch that counts (FS or FF). `cross_team` relations cost a hand-off.
    `friction` is that of the pair of teams, in thousandths.
    """

    predecessor: int
    successor: int
    link: Link = Link.FS
    lag: int = 0
    launch: bool = False
    cross_team: bool = False
    friction: int = 0

    @property
    def orders_launches(self) -> bool:
        """Whether the successor may not launch before the predecessor: it builds on its result."""
        return self.launch or self.link is Link.FS


@dataclass(frozen=True, slots=True)
class Deliverable:
    """A roadmap item as the objective sees it: it is delivered when the last of its activities has launched.

    `delay_weight` and `late_weight` in milli ED per period; `target` is the exclusive end up to which the
    launch is in time; `sunk` is the launch end of what is already out (0 when nothing is).
    """

    id: str
    activities: tuple[int, ...]
    delay_weight: int
    late_weight: int = 0
    target: int | None = None
    sunk: int = 0


@dataclass(frozen=True, slots=True)
class Supersession:
    """`early`'s work is thrown away when it finishes before `late` (equal finishes: the lower position first).

    It costs `cost` milli ED at once, `slope` less for each period that it was of use: theta e_a (1 - gap/H)+.
    """

    early: int
    late: int
    cost: int
    slope: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """When it shows whether work was worth doing: at the finish of `activity`, not before `period`.

    `loss` is the probability, in thousandths, that the work is then discarded. `name` is for messages only: the id
    of the decision, the hypothesis or the task.
    """

    loss: int
    activity: int | None = None
    period: int = 0
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Risk:
    """Work of `activity` done before its evidence is at risk: a soft precedence.

    `burn` milli ED per period for at most `duration` periods from its start; `reversal` milli ED more where a
    one-way door is passed (the activity finishes) before the evidence.
    """

    activity: int
    burn: int
    duration: int
    evidence: tuple[Evidence, ...]
    reversal: int = 0


@dataclass(frozen=True, slots=True)
class InterfaceRelease:
    """Breaking releases of one component: each costs its consumers `cost` milli ED of migration.

    Launches at most `window` periods after another one count with it.
    """

    component: str
    activities: tuple[int, ...]
    cost: int
    window: int = 5


@dataclass(frozen=True, slots=True)
class Coordination:
    """Two teams' activities on one component: `cost` milli ED for each period on which both run."""

    first: int
    second: int
    cost: int


@dataclass(frozen=True, slots=True)
class FragileHandover:
    """A hand-over between teams without slack: `cost` milli ED for each fifth of a period that is missing.

    Missing is what 5 (S_successor - F_predecessor) falls short of `duration`, the predecessor's days.
    """

    predecessor: int
    successor: int
    cost: int
    duration: int


@dataclass(frozen=True, slots=True)
class Debt:
    """Technical debt that `activity` leaves (None: it is there already) until `repaid_by` finishes.

    `interest` milli ED per period up to `horizon`; `touches` are (activity, milli ED) that later work on the
    component costs more when it starts while unpaid; `principal` milli ED only where nobody repays it.
    """

    activity: int | None
    interest: int
    principal: int
    horizon: int
    repaid_by: int | None = None
    touches: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """The start that `activity` had in the plan before: every other start costs `cost` milli ED."""

    activity: int
    period: int
    cost: int


@dataclass(frozen=True)
class Problem:
    """All that a solver needs, and nothing else. Tuples are indexed by position; ids are for messages only.

    `horizon` is the number of periods known; a schedule that does not fit needs a longer one.
    `predecessors[i]` and `successors[i]` list the relations of activity i; `order` is a topological order
    of the activities under all relations.
    """

    horizon: int
    activities: tuple[Activity, ...]
    resources: tuple[Resource, ...] = ()
    profiles: tuple[Profile, ...] = ()
    launch_calendars: tuple[LaunchCalendar, ...] = ()
    precedences: tuple[Precedence, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    handoff: int = MILLI
    """h in milli ED."""
    supersessions: tuple[Supersession, ...] = ()
    risks: tuple[Risk, ...] = ()
    releases: tuple[InterfaceRelease, ...] = ()
    coordinations: tuple[Coordination, ...] = ()
    handovers: tuple[FragileHandover, ...] = ()
    debts: tuple[Debt, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    """At most one for an activity. They are no part of J: see `objective.stability`."""
    order: tuple[int, ...] = ()
    predecessors: tuple[tuple[Precedence, ...], ...] = field(default=(), repr=False)
    successors: tuple[tuple[Precedence, ...], ...] = field(default=(), repr=False)

    def work_end(self, activity: int, start: int) -> int:
        """Exclusive end of the work, when capacity is released; beyond the horizon if it does not fit."""
        it = self.activities[activity]
        return self.profiles[it.profile].finish(start, it.work)

    def finish(self, activity: int, start: int) -> int:
        """Exclusive end of work and waiting; beyond the horizon if it does not fit."""
        it = self.activities[activity]
        end = self.profiles[it.profile].finish(start, it.work)
        if it.wait and end <= self.horizon:
            end = self.profiles[it.wait_profile].finish(end, it.wait * MILLI)
        return end

    def first_start(self, activity: int, period: int) -> int:
        """First period from `period` on that is a day worked; milestones start anywhere."""
        it = self.activities[activity]
        if it.work:
            return self.profiles[it.profile].first_workday(period)
        if it.wait:
            return self.profiles[it.wait_profile].first_workday(period)
        return max(period, 0)

    def launch(self, activity: int, finish: int, predecessors_launch: int = 0) -> int:
        """Exclusive launch end L: the launch day + 1, not before the last day worked nor the predecessors' launches.

        Without a deployment of its own an activity is out when it is finished and its predecessors are out.
        """
        it = self.activities[activity]
        if it.launch_calendar is None or (finish == 0 and predecessors_launch <= 0):
            return max(finish, predecessors_launch)
        day = max(finish - 1, predecessors_launch - 1, 0)
        if day > self.horizon:
            return self.horizon + 1
        return self.launch_calendars[it.launch_calendar].next_open[day] + 1


@dataclass(frozen=True, slots=True)
class Schedule:
    """Starts, finishes (exclusive) and launches (exclusive) of all activities, by position."""

    start: tuple[int, ...]
    finish: tuple[int, ...]
    launch: tuple[int, ...]


class SolveStatus(StrEnum):
    """How a search ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"
    """No schedule was found within the budget, and no proof that there is none."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One fact of the smallest set that cannot hold together: what it is about and a sentence.

    `kind` is "deadline", "pinned", "release", "precedence", "capacity", "cycle"; `activities` are positions;
    `precedence` the relation meant, if it is one; `resource` the team meant, if it is one.
    """

    kind: str
    activities: tuple[int, ...] = ()
    precedence: Precedence | None = None
    resource: int | None = None


@dataclass(frozen=True)
class Solution:
    """What a search returns. Costs in milli ED; `bound` is valid for the objective that was solved.

    `schedule` is None only when `status` is infeasible (then `clash` says why) or unknown. `method` names where the
    schedule came from, `log` the anytime steps (name, objective, bound).
    """

    status: SolveStatus
    schedule: Schedule | None = None
    objective: int = 0
    bound: int = 0
    method: str = ""
    clash: tuple[Clash, ...] = ()
    log: tuple[tuple[str, int, int], ...] = ()
    interrupted: bool = False
    left_out: tuple[str, ...] = ()
    """What the search could not do on this machine, and why."""
