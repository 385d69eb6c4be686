"""What was read from the workbooks: items, tasks, teams and everything around them, as people typed it.

Ids are shown as typed and matched by `id_key`. Dates are local days of the team's calendar; written ranges
include both ends. Efforts are engineer-days (ED). A field that was left blank is `None` or empty here: what
is assumed in its place is an `Assumption`, made where the value is needed.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.domain.cells import Cell, Source

Extra = tuple[tuple[str, str], ...]
"""Unknown columns and their values, as they stood: (header, text) pairs that travel along."""

EXTERNAL = "external:"
"""Prefix of a vendor's team name: no capacity, only a duration or a promised date."""


def id_key(text: str) -> str:
    """How ids and names are matched: NFC, trimmed, inner blanks folded, case-folded.

    >>> id_key("  Pay-7 ") == id_key("PAY-7")
    True
    """
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


NaturalKey = tuple[tuple[tuple[bool, int, str], ...], str]
"""(is no number, number, text) of each part of an id, and the id as shown."""


def natural_key(text: str) -> NaturalKey:
    """Sorts ids as people do: PAY-2 before PAY-10.

    >>> sorted(["PAY-10", "pay-2", "7"], key=natural_key)
    ['7', 'pay-2', 'PAY-10']
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", id_key(text))
    numbers = (int(part) if part[0] in "0123456789" else None for part in parts)
    return tuple((n is None, n or 0, part) for n, part in zip(numbers, parts, strict=True)), text


class Priority(StrEnum):
    """P0 is the most urgent; a blank priority is P2."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


class Commitment(StrEnum):
    """How firmly an item's target was promised; weighs its lateness."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"


class Status(StrEnum):
    """Where a task or item stands. Dropped work is kept in the tables and not planned."""

    PLANNED = "planned"
    IN_PROGRESS = "in progress"
    DONE = "done"
    DROPPED = "dropped"


class Origin(StrEnum):
    """Who asks for an item."""

    CUSTOMER = "customer"
    OPERATIONS = "operations"
    INTERNAL = "internal"


class Link(StrEnum):
    """Precedence relation: the predecessor's end that counts, then the successor's (start or finish)."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


class Strength(StrEnum):
    """Hard relations hold always, soft ones are a risk when violated, launch ones wait for a deployment."""

    HARD = "hard"
    SOFT = "soft"
    LAUNCH = "launch"


class TouchMode(StrEnum):
    """What a task does to a component."""

    READ = "read"
    CREATE = "create"
    EXTEND = "extend"
    CHANGE = "change"
    REPLACE = "replace"
    REMOVE = "remove"
    FREEZE = "freeze"


class Door(StrEnum):
    """Whether a step can be undone."""

    ONE_WAY = "one-way"
    TWO_WAY = "two-way"


class EventKind(StrEnum):
    """Calendar entries. Blocks stop launches; holidays stop work; the rest is shown."""

    BLOCK = "block"
    HOLIDAY = "holiday"
    MILESTONE = "milestone"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Estimate:
    """Three points of effort in ED; a single number has all three equal."""

    optimistic: float
    likely: float
    pessimistic: float
    certain: bool = False
    """All three were typed, and are equal (`5-5-5`): nobody expects anything else, which one number does not say."""

    @property
    def is_range(self) -> bool:
        """Whether a person gave a range rather than one number."""
        return not self.optimistic == self.likely == self.pessimistic


@dataclass(frozen=True, slots=True)
class Target:
    """A date as precise as it was typed: `first..last` is the day, month, quarter, half or year meant."""

    first: date
    last: date
    precision: str
    text: str


@dataclass(frozen=True, slots=True)
class Dependency:
    """`predecessor` (id as resolved) must reach its end before this task's.

    `lag` in working days, may be negative.
    """

    predecessor: str
    link: Link = Link.FS
    lag: int = 0
    strength: Strength = Strength.HARD
    cell: Cell | None = None
    reason: str = field(default="", compare=False)
    """Why it holds though nobody typed it; empty for what was typed."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A task works on a component."""

    component: str
    mode: TouchMode


@dataclass(frozen=True, slots=True)
class Setting:
    """`key=value` of the columns Sets and Needs, e.g. ledger.storage=Aurora."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Debt:
    """Technical debt a task leaves: principal in ED, interest in ED per working day."""

    principal: float
    interest: float


@dataclass(frozen=True, slots=True)
class CostOfDelay:
    """Per week of delay: ED, or money when `currency` is set."""

    amount: float
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A product roadmap item: what a customer or operations asks for."""

    id: str
    source: Source
    title: str = ""
    description: str = ""
    origin: Origin | None = None
    customer: str = ""
    evidence: str = ""
    pm: str = ""
    priority: Priority | None = None
    cost_of_delay: CostOfDelay | None = None
    targets: tuple[Target, ...] = ()
    commitment: Commitment | None = None
    status: Status = Status.PLANNED
    audience: tuple[str, ...] = ()
    extra: Extra = ()


@dataclass(frozen=True, slots=True)
class Task:
    """Engineering work of one or several teams (owner first).

    `estimate` is the total over all teams; `effort_by_team` (team, ED) only where it was typed
    (`PAY=5; LED=3`), else the total is split equally. `engineers_by_team` likewise; `engineers` is the
    bare number. `duration` is waiting in working days that is not effort.
    """

    id: str
    source: Source
    title: str = ""
    description: str = ""
    items: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    estimate: Estimate | None = None
    effort_by_team: tuple[tuple[str, float], ...] = ()
    engineers: float | None = None
    engineers_by_team: tuple[tuple[str, float], ...] = ()
    duration: int | None = None
    depends_on: tuple[Dependency, ...] = ()
    touches: tuple[Touch, ...] = ()
    sets: tuple[Setting, ...] = ()
    needs: tuple[Setting, ...] = ()
    replaces: tuple[str, ...] = ()
    alternative_to: tuple[str, ...] = ()
    duplicate_of: tuple[str, ...] = ()
    split_from: tuple[str, ...] = ()
    hypotheses: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    door: Door | None = None
    reversal: float | None = None
    debt: Debt | None = None
    repays: tuple[str, ...] = ()
    launches: bool = True
    not_before: date | None = None
    not_before_reason: str = ""
    """Why `not_before` holds though nobody typed it."""
    pinned: bool = False
    """The task starts on `not_before` exactly (typed with `!`)."""
    due: date | None = None
    due_is_hard: bool = False
    status: Status = Status.PLANNED
    done_share: float | None = None
    remaining: float | None = None
    actual_start: date | None = None
    actual_finish: date | None = None
    actual_launch: date | None = None
    actual_effort: float | None = None
    """ED really spent."""
    extra: Extra = ()

    @property
    def waits_for_evidence(self) -> bool:
        """A one-way door that the plan holds back until it is proven: not begun, and not pinned by a person."""
        return self.door is Door.ONE_WAY and self.status is Status.PLANNED and not self.pinned

    @property
    def owner(self) -> str:
        """The first team, or empty where nobody has taken the task."""
        return self.teams[0] if self.teams else ""


@dataclass(frozen=True, slots=True)
class Team:
    """A renewable resource: engineers, less those on call, less operations. Fractions are allowed."""

    name: str
    source: Source | None = None
    formerly: tuple[str, ...] = ()
    org: str = ""
    manager: str = ""
    engineers: float | None = None
    on_call: float | None = None
    operations: float | None = None
    """Share of the remaining capacity, 0..1."""
    country: str = ""
    wip_limit: int | None = None
    friction: float | None = None
    friction_by_team: tuple[tuple[str, float], ...] = ()
    extra: Extra = ()

    @property
    def is_external(self) -> bool:
        """A vendor: plans itself, has no capacity of ours."""
        return id_key(self.name).startswith(EXTERNAL)


@dataclass(frozen=True, slots=True)
class CapacityChange:
    """`change` engineers (negative: leave) from `start` to `end`, both included; no `end`: for good."""

    team: str
    change: float
    source: Source
    start: date | None = None
    end: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One team's item asks another team for something; `size` in ED."""

    item: str
    team: str
    source: Source
    size: Estimate | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """Something teams share: its owner, whether it is frozen or retiring, and who has to migrate (ED)."""

    name: str
    source: Source
    owner: str = ""
    status: str = "active"
    retires_on: date | None = None
    consumers: tuple[tuple[str, float], ...] = ()
    extra: Extra = ()


DECIDED = frozenset({"decided", "done", "closed", "taken", "approved"})
"""What people write as a decision's status when it is no longer open."""


@dataclass(frozen=True, slots=True)
class Decision:
    """An open or taken decision; `options` are (name, probability or None)."""

    id: str
    source: Source
    question: str = ""
    key: str = ""
    options: tuple[tuple[str, float | None], ...] = ()
    chosen: str = ""
    driver: str = ""
    approver: str = ""
    status: str = ""
    due: date | None = None
    effort: float | None = None
    door: Door | None = None
    extra: Extra = ()

    @property
    def is_open(self) -> bool:
        """Whether nobody has taken it yet."""
        return not self.chosen and id_key(self.status) not in DECIDED


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Something that is believed until its readout; `probability` of success, None where nobody said."""

    id: str
    source: Source
    statement: str = ""
    treatment_group: str = ""
    metric: str = ""
    probability: float | None = None
    tested_by: tuple[str, ...] = ()
    readout: date | None = None
    ramp: str = ""
    rollback: float | None = None
    result: str = ""
    extra: Extra = ()


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A block, holiday, milestone or release from `start` to `end`, both included, for a scope.

    `scopes` are `all`, `org:X`, `team:Y` or `component:Z`, several for several.
    """

    name: str
    kind: EventKind
    start: date
    end: date
    source: Source
    scopes: tuple[str, ...] = ("all",)


@dataclass(frozen=True, slots=True)
class Override:
    """Break-glass: opens one block for one task."""

    task: str
    block: str
    source: Source
    reason: str = ""
    requested_by: str = ""
    approved_by: str = ""
    requested_on: date | None = None
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Dismissal:
    """Somebody has looked at a conflict and let it be, until a date."""

    conflict: str
    source: Source
    reason: str = ""
    by: str = ""
    until: date | None = None
    evidence: str = ""
    """Hash of the facts that it depends on; empty where a person typed it."""


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table that was found: where, as which sheet of ours, and what was made of its headers."""

    file: str
    sheet: str
    kind: str
    header_row: int
    rows: int
    mapped: tuple[tuple[str, str], ...] = ()
    """(header as typed, column of ours)"""
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roadmap:
    """Everything that was read, in the order of the sheets; ids are unique after intake."""

    items: tuple[Item, ...] = ()
    tasks: tuple[Task, ...] = ()
    teams: tuple[Team, ...] = ()
    capacity: tuple[CapacityChange, ...] = ()
    asks: tuple[Ask, ...] = ()
    components: tuple[Component, ...] = ()
    decisions: tuple[Decision, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    calendar: tuple[CalendarEvent, ...] = ()
    overrides: tuple[Override, ...] = ()
    dismissals: tuple[Dismissal, ...] = ()
    tables: tuple[TableRead, ...] = ()
    set_aside: tuple[Cell, ...] = field(default=())
    """Rows that could not be understood and are not planned."""

    def tasks_by_id(self) -> Mapping[str, Task]:
        """Tasks by their id as shown."""
        return {task.id: task for task in self.tasks}

    def items_by_id(self) -> Mapping[str, Item]:
        """Items by their id as shown."""
        return {item.id: item for item in self.items}

    def teams_by_name(self) -> Mapping[str, Team]:
        """Teams by their name as shown."""
        return {team.name: team for team in self.teams}
