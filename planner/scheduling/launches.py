"""When a task may be launched: the calendar's blocks by scope, and the overrides that open one of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.calendar import Calendar
from planner.domain.roadmap import CalendarEvent, EventKind, Override, Roadmap, Task, Team, id_key
from planner.domain.scopes import components_of, scope_key, scopes_of
from planner.scheduling.capacity import Span, span
from planner.scheduling.rules import OVERRIDE_EXPIRED, OVERRIDE_NOT_APPROVED, Notebook


@dataclass(frozen=True)
class Blocks:
    """The blocks of a roadmap: their spans, by scope, and from which period each is closed again per override."""

    spans: tuple[Span, ...]
    by_scope: Mapping[str, tuple[int, ...]]
    opened: Mapping[tuple[str, int], int]
    """(task key, block) -> period up to which an override opens the block."""

    def of(self, task: Task, teams: Iterable[Team]) -> frozenset[Span]:
        """The spans in which a task of these teams may not launch."""
        scopes = scopes_of(teams) | components_of(task)
        found = {block for scope in scopes for block in self.by_scope.get(scope, ())}
        key = id_key(task.id)
        closed = ((max(self.spans[b][0], self.opened.get((key, b), 0)), self.spans[b][1]) for b in found)
        return frozenset((first, end) for first, end in closed if max(first, 0) < end)


def read_blocks(
    events: Sequence[CalendarEvent],
    overrides: Iterable[Override],
    calendar: Calendar,
    as_of: date,
    notebook: Notebook,
) -> Blocks:
    """The blocks by scope, with what the valid overrides open."""
    blocks = [event for event in events if event.kind is EventKind.BLOCK]
    spans = tuple(span(block, calendar) for block in blocks)
    by_scope: dict[str, list[int]] = defaultdict(list)
    for b, block in enumerate(blocks):
        for scope in block.scopes:
            by_scope[scope_key(scope)].append(b)
    opened: dict[tuple[str, int], int] = {}
    for override in overrides:
        if not _holds(override, as_of, notebook):
            continue
        for b, block in enumerate(blocks):
            if id_key(block.name) == id_key(override.block):
                until = calendar.after(min(override.expires or block.end, block.end))
                key = (id_key(override.task), b)
                opened[key] = max(until, opened.get(key, 0))
    return Blocks(spans, {scope: tuple(found) for scope, found in by_scope.items()}, opened)


def blocks_between(
    roadmap: Roadmap, task: Task, calendar: Calendar, as_of: date, first: int, end: int
) -> tuple[CalendarEvent, ...]:
    """The blocks that keep a task from launching on some day of `[first, end)`."""
    named = {id_key(team.name): team for team in roadmap.teams}
    teams = [named.get(id_key(name), Team(name)) for name in task.teams]

    def applies(event: CalendarEvent) -> bool:
        closed = read_blocks([event], roadmap.overrides, calendar, as_of, Notebook()).of(task, teams)
        return any(begin < end and first < until for begin, until in closed)

    return tuple(event for event in roadmap.calendar if event.kind is EventKind.BLOCK and applies(event))


def _holds(override: Override, as_of: date, notebook: Notebook) -> bool:
    """Whether an override counts: approved by somebody and not expired."""
    what = f'The override of block "{override.block}" for "{override.task}"'
    if not override.approved_by.strip():
        notebook.report(
            OVERRIDE_NOT_APPROVED, f"{what} names no approver; ignored.", override.source.cell("Approved by")
        )
        return False
    if override.expires is not None and override.expires < as_of:
        notebook.report(
            OVERRIDE_EXPIRED, f"{what} expired on {override.expires}; ignored.", override.source.cell("Expires")
        )
        return False
    return True


def next_open(open_days: Sequence[int], blocked: Iterable[Span]) -> tuple[int, ...]:
    """For each period 0..horizon the first one from it on that is worked and not blocked; horizon if none is.

    >>> next_open((1, 1, 0, 1, 1), [(1, 4)])
    (0, 4, 4, 4, 4, 5)
    """
    horizon = len(open_days)
    may_launch = list(open_days)
    for first, end in blocked:
        for period in range(max(first, 0), min(end, horizon)):
            may_launch[period] = 0
    found, result = horizon, [horizon]
    for period in range(horizon - 1, -1, -1):
        if may_launch[period]:
            found = period
        result.append(found)
    return tuple(reversed(result))
