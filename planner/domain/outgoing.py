"""A plan for other programs: project planners, calendars, wikis. What not everybody may see is veiled already."""

from dataclasses import dataclass
from datetime import date

from planner.domain.roadmap import Link, Status

Span = tuple[date, date]
"""From the first day to the last, both included."""


@dataclass(frozen=True, slots=True)
class OutgoingTeam:
    """A team as a resource; `days_off` are those of its calendar's weekdays on which it does not work."""

    name: str
    org: str
    engineers: float
    days_off: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class OutgoingLink:
    """A hard dependency; `lag` in working days."""

    predecessor: str
    link: Link
    lag: int


@dataclass(frozen=True, slots=True)
class OutgoingShare:
    """What a team does of a task: engineers at once, and ED."""

    team: str
    engineers: float
    effort: float


@dataclass(frozen=True, slots=True)
class OutgoingTask:
    """A task with its dates, both worked on; `days` are its owner's working days from start to finish."""

    id: str
    title: str
    item: str
    """Id of its first item; empty without one."""
    shares: tuple[OutgoingShare, ...]
    start: date
    finish: date
    launch: date | None
    days: int
    done: float
    """Share of the work that is done, 0..1."""
    status: Status
    is_milestone: bool = False
    is_critical: bool = False
    links: tuple[OutgoingLink, ...] = ()
    pinned: date | None = None
    due: date | None = None
    due_is_hard: bool = False
    actual_start: date | None = None
    actual_finish: date | None = None
    note: str = ""
    """Why it starts when it does."""
    is_reserved: bool = False


@dataclass(frozen=True, slots=True)
class OutgoingItem:
    """An item that lands; `target` is the last day of it."""

    id: str
    title: str
    lands: date
    target: date | None
    last_task: str


@dataclass(frozen=True, slots=True)
class OutgoingEvent:
    """A block, a decision that is due, or a conflict to decide on: its id, what people read, its days."""

    id: str
    title: str
    first: date
    last: date
    note: str = ""


@dataclass(frozen=True)
class Outgoing:
    """The plan; tasks in sequence, done ones last."""

    title: str
    as_of: date
    weekdays: tuple[int, ...]
    """Days worked by anybody; Monday is 0."""
    teams: tuple[OutgoingTeam, ...] = ()
    items: tuple[OutgoingItem, ...] = ()
    tasks: tuple[OutgoingTask, ...] = ()
    blocks: tuple[OutgoingEvent, ...] = ()
    decisions: tuple[OutgoingEvent, ...] = ()
    conflicts: tuple[OutgoingEvent, ...] = ()
    """The last day on which the cheapest way out of a conflict still is."""
    notes: tuple[str, ...] = ()
    """What other programs cannot be told, a clause each."""


@dataclass(frozen=True, slots=True)
class SentOut:
    """What was written, where, and how much is in it."""

    title: str
    path: str
    tasks: int
    items: int
    events: int
    notes: tuple[str, ...]
    unchanged: bool
    """Whether these are the dates of the plan that was written last."""
