"""The plan: what the pipeline hands to the reporters, in dates and engineer-days, fully computed.

Reporters compute nothing: every figure that any report shows is a field here.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import date

from planner.domain.cells import Cell
from planner.domain.conflict import Conflict
from planner.domain.diagnostics import Assumption, Diagnostic
from planner.domain.forecast import Forecast
from planner.domain.relaxation import Relaxation
from planner.domain.roadmap import Roadmap, Target


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is when it is: one binding fact.

    `kind` is "predecessor", "launch", "capacity", "not before", "pinned", "calendar", "planning start",
    "started", "block", "due", "wait"; `text` is a clause for people ("waits for LED-3 of Ledger, done 12 Oct").
    """

    kind: str
    text: str
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskLink:
    """A neighbour in the dependency graph as seen from a task: its id, owner and the relation between them."""

    task: str
    team: str
    relation: str
    """As people type it: "", "SS+2d", "launch", "soft"."""
    cross_team: bool


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """One task of the plan. Dates are inclusive: `finish` is the last day worked.

    `sequence` counts from 1 over the whole plan by start, then finish, then id; `queue` counts within the
    owner's team. Done tasks have their actual dates and sequence 0. Efforts in ED; floats in working days,
    measured on the precedence relations alone.
    """

    id: str
    title: str
    teams: tuple[str, ...]
    items: tuple[str, ...]
    start: date
    finish: date
    launch: date | None
    sequence: int
    queue: int
    effort: float
    engineers: float
    working_days: int
    total_float: int
    free_float: int
    critical: bool
    status: str
    waits_for: tuple[TaskLink, ...]
    waited_by: tuple[TaskLink, ...]
    reason: Reason
    resumes: date | None = None
    """For work in progress the first day of the plan on which it is worked on."""
    due: date | None = None
    days_late: int = 0
    """Working days by which the finish misses the task's own due date."""
    estimated: bool = True
    """False where the effort is assumed."""
    is_milestone: bool = False
    in_cycle: bool = False
    on_chain: bool = False
    """On the resource-critical chain: a day's delay of it moves the end of the plan."""
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One roadmap item: when its last task launches, against its target.

    `lands` is None when it has no task that is planned. `days_late` in working days, 0 when in time or
    without a target.
    """

    id: str
    title: str
    pm: str
    customer: str
    origin: str
    priority: str
    commitment: str
    lands: date | None
    finish: date | None
    target: Target | None
    days_late: int
    delay_cost: float
    """Its share of D in ED."""
    tasks: tuple[str, ...]
    teams: tuple[str, ...]
    last_task: str
    reason: Reason | None
    effort: float
    assumed_effort: float
    """ED of it that nobody typed."""
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """A team's week: its Monday, what it has and what is planned, in ED."""

    week: date
    capacity: float
    planned: float

    @property
    def share(self) -> float:
        """Planned over capacity; 0 where there is neither, infinite never (a week without capacity counts 0)."""
        return self.planned / self.capacity if self.capacity else 0.0


@dataclass(frozen=True, slots=True)
class Hold:
    """So many engineers of a team are at work on every day from `first` to `last`."""

    first: date
    last: date
    engineers: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Where a team's time goes from the planning start to the last day worked of the plan, in ED.

    `gross` counts every engineer, joiners included, on every weekday of the team's calendar; `leave` holds public
    holidays, days off, what Capacity takes and what another roadmap has reserved; `operations` is what running things
    takes of the rest. `net = gross - leave - on_call - operations` is there for the roadmap, `planned` is used of it.
    """

    gross: float = 0.0
    leave: float = 0.0
    on_call: float = 0.0
    operations: float = 0.0
    net: float = 0.0
    planned: float = 0.0

    @property
    def operations_share(self) -> float:
        """Operations as a share of everything there is; 0 where there is nothing."""
        return self.operations / self.gross if self.gross else 0.0

    def __add__(self, other: "Waterfall") -> "Waterfall":
        """Both together; a hundredth of an ED is the last digit."""
        ours, theirs = astuple(self), astuple(other)
        return Waterfall(*(round(one + two, 2) for one, two in zip(ours, theirs, strict=True)))


@dataclass(frozen=True, slots=True)
class PlannedTeam:
    """One team: its queue in order, its load by week and how tight it is.

    `busy` is planned over capacity up to the team's last planned day; `demand` is how many ED are asked of it
    in all.
    Overload is measured against promises, not against the plan (a plan never asks for more than there is): it
    compares the work that must be finished by each date, so that all targets hold, with what the team has
    until then.
    """

    name: str
    org: str
    engineers: float
    queue: tuple[str, ...]
    demand: float
    busy: float
    free_from: date | None
    weeks: tuple[WeekLoad, ...]
    overload: float = 0.0
    """The largest ratio of work due to capacity until its date; above 1 the targets cannot all hold."""
    overload_first: date | None = None
    overload_last: date | None = None
    """First and last date by which more is due than the team has."""
    overload_due: float = 0.0
    overload_has: float = 0.0
    """ED due by the worst date, and ED the team has until then."""
    waiting_days: int = 0
    """Working days that this team's tasks wait for its own capacity, summed."""
    assumed: bool = False
    is_external: bool = False
    holds: tuple[Hold, ...] = ()
    """What the plan takes of the team, by day; days on which it takes nobody are left out."""
    waterfall: Waterfall = Waterfall()
    """Nothing for a vendor."""


@dataclass(frozen=True, slots=True)
class Iteration:
    """Two weeks of the program board: its first and last day, and the tasks that are done within them, by id."""

    first: date
    last: date
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """A decision that is not taken: by when, by whom, how many tasks and items hang on it."""

    id: str
    question: str
    due: date
    due_is_assumed: bool
    driver: str
    tasks: tuple[str, ...]
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class TermValue:
    """A term of J in ED."""

    letter: str
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class CycleFound:
    """A cycle of dependencies as a named path, and the arc that was cut to plan on."""

    path: tuple[str, ...]
    """Task ids, the first repeated at the end."""
    cells: tuple[Cell, ...]
    cut: tuple[str, str]
    """(predecessor, successor) of the relation that is ignored."""
    cost: float
    """ED of rework at risk by ignoring it."""


@dataclass(frozen=True, slots=True)
class ClashFact:
    """One fact of the smallest set that cannot hold together."""

    text: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Dsm:
    """Design structure matrix between teams: `counts[i][j]` dependencies of tasks of team i on tasks of team j."""

    teams: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A task that starts on another day than in the plan before, and why."""

    task: str
    title: str
    teams: tuple[str, ...]
    before: date
    now: date
    days: int
    """Working days by which it starts later; negative: earlier."""
    near: bool
    """Whether it starts, or was to start, within the weeks in which people count on it."""
    why: str
    """A clause: "LED-3 is done 4 days later"."""


@dataclass(frozen=True, slots=True)
class Stability:
    """How close a plan keeps to the one before, and what that costs; in ED.

    `moves` are the nearest first. `price` is J less the J of a plan that was searched for freely, for as long; `most`
    is J less the lower bound: keeping close costs no more than that. `charged` is what the moved starts cost in the
    search; it is no part of J.
    """

    path: str
    """The plan.json of the plan before as it was asked for, or "last": the same whenever that was stored."""
    as_of: date
    moves: tuple[Move, ...]
    unchanged: int
    """Tasks that were to begin in both plans and do so on the same day."""
    added: tuple[str, ...]
    """Tasks that the plan before did not have."""
    price: float
    most: float
    charged: float


@dataclass(frozen=True, slots=True)
class Reserved:
    """The plan of another roadmap whose load on shared teams is taken as fixed."""

    path: str
    title: str
    as_of: date
    age: int
    """Days from its planning start to ours."""
    teams: tuple[str, ...]
    """The shared ones, by our names."""
    elsewhere: tuple[str, ...]
    """Its teams that have no work here and are on no sheet."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The five numbers that a director asks for; efforts in ED, shares 0..1.

    Items with a target are `on_track` or `late`; `undated` ones have no target or nobody has taken them; those that
    are done do not count. `throwaway` is T of this plan, `throwaway_plain` T of the plan in plain priority order of
    the same data (None where that order cannot keep the hard dates): what lies between them is avoided.
    `objective_plain` is J of that plan, None likewise.
    `decisions_due` are the ids of open decisions due within 14 days of as-of. Operations: `operations_roadmap` is
    their items' share of the planned effort, `operations_capacity` the share of all engineers' time until the end of
    the plan that running things takes.
    """

    on_track: int
    late: int
    undated: int
    throwaway: float
    throwaway_plain: float | None
    objective_plain: float | None
    decisions_due: tuple[str, ...]
    operations_roadmap: float
    operations_capacity: float

    @property
    def throwaway_avoided(self) -> float | None:
        """ED that the plan in plain priority order would throw away and this one does not; never negative."""
        return None if self.throwaway_plain is None else max(0.0, self.throwaway_plain - self.throwaway)


@dataclass(frozen=True)
class Plan:
    """Everything that any report shows.

    `status` is "optimal", "feasible" or "infeasible"; an infeasible plan has `clash` and no dates. Costs in ED.
    `gap` is (J - bound) / (J - effort that no plan avoids), 0 for 0/0. With the objective kind "makespan"
    `objective` and `bound` are working days to the last launch. `tasks` in sequence order, done ones last.
    """

    title: str
    as_of: date
    seed: int
    status: str
    roadmap: Roadmap
    files: tuple[str, ...]
    """The files that were read."""
    tasks: tuple[PlannedTask, ...] = ()
    items: tuple[PlannedItem, ...] = ()
    teams: tuple[PlannedTeam, ...] = ()
    decisions: tuple[OpenDecision, ...] = ()
    terms: tuple[TermValue, ...] = ()
    objective: float = 0.0
    bound: float = 0.0
    gap: float = 0.0
    objective_kind: str = "full"
    capacity_kind: str = "limited"
    method: str = ""
    verified: bool = False
    interrupted: bool = False
    finish: date | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    cycles: tuple[CycleFound, ...] = ()
    clash: tuple[ClashFact, ...] = ()
    further_clashes: tuple[tuple[ClashFact, ...], ...] = ()
    """What clashes besides, each with no date in common with those before."""
    relaxations: tuple[Relaxation, ...] = ()
    """Ways to make an impossible plan possible, the cheapest first."""
    dsm: Dsm = field(default_factory=lambda: Dsm((), ()))
    untaken: tuple[str, ...] = ()
    """Items without a task: nobody has taken them."""
    assumed_share: float = 0.0
    """Share of the planned effort that nobody typed."""
    conflicts: tuple[Conflict, ...] = ()
    """Those that waste most if left alone first; dismissed ones last."""
    next_command: str = ""
    left_out: tuple[str, ...] = ()
    """What the search could not do on this machine, a clause each; empty where nothing was missing."""
    paths: tuple[str, ...] = ()
    """Files and folders as they were typed."""
    config: str = ""
    """The roadmap.toml that was typed; else the one beside the first path counts."""
    stability: Stability | None = None
    """Set where the plan was to keep close to the one before."""

    reserved: tuple[Reserved, ...] = ()
    waterfall: Waterfall = Waterfall()
    """All teams together."""
    iterations: tuple[Iteration, ...] = ()
    """From the planning start to the end of the plan, those in which nothing is done too."""
    headline: Headline | None = None
    """None where nothing could be planned."""
    forecast: Forecast | None = None
    """Set where one was made of this plan."""

    @property
    def searched(self) -> float:
        """What the search minimised, in ED: J, and the price of moved starts."""
        return self.objective + (self.stability.charged if self.stability else 0.0)

    def tasks_by_id(self) -> Mapping[str, PlannedTask]:
        """Planned tasks by id."""
        return {task.id: task for task in self.tasks}

    def items_by_id(self) -> Mapping[str, PlannedItem]:
        """Planned items by id."""
        return {item.id: item for item in self.items}

    def teams_by_name(self) -> Mapping[str, PlannedTeam]:
        """Planned teams by name."""
        return {team.name: team for team in self.teams}
