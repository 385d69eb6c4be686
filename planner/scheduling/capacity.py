"""Who works when: engineers, on call, leave and joiners, weekends and public holidays become tenths per period."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, pairwise

import holidays

from planner.domain.calendar import MONDAY_TO_FRIDAY, Calendar
from planner.domain.roadmap import CalendarEvent, CapacityChange, EventKind, Team
from planner.domain.scopes import scope_key
from planner.domain.settings import Defaults
from planner.domain.units import TENTHS_PER_ENGINEER
from planner.scheduling.rules import (
    NOBODY_LEFT,
    ON_CALL_TAKES_ALL,
    OPERATIONS_TAKE_ALL,
    UNKNOWN_CALENDAR,
    Notebook,
)

LEAST_LEFT = 1.0
"""What on call leaves at least, and what is assumed where nobody is left."""

MOST_OPERATIONS = 0.9
"""A team that only runs things would never finish anything."""

Span = tuple[int, int]
"""Half-open range of periods."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """How many a team has: `levels` are (first period, tenths of an engineer), ascending, the first at 0.

    `engineers` is the headcount, `operations` the share of a working day that running things takes.
    """

    team: Team
    engineers: float
    operations: float
    levels: tuple[tuple[int, int], ...]

    @property
    def peak(self) -> float:
        """The most engineers there ever are."""
        return max(tenths for _, tenths in self.levels) / TENTHS_PER_ENGINEER

    @property
    def final(self) -> float:
        """Engineers after the last change."""
        return self.levels[-1][1] / TENTHS_PER_ENGINEER


def staffing(
    team: Team, changes: Iterable[CapacityChange], calendar: Calendar, defaults: Defaults, notebook: Notebook
) -> Staffing:
    """Engineers, less those on call, with all changes by day; blanks by the defaults, which are noted."""
    engineers, base = _engineers(team, defaults, notebook)
    operations = _operations(team, defaults, notebook)
    if team.is_external:
        operations = 0.0
    return Staffing(team, engineers, operations, _levels(base, changes, calendar))


def _engineers(team: Team, defaults: Defaults, notebook: Notebook) -> tuple[float, float]:
    """Headcount, and what on call leaves of it."""
    engineers = team.engineers
    if engineers is None:
        engineers = defaults.team_engineers
        if not team.is_external:
            notebook.assume("Team size", team.name, f"{engineers:g} engineers", team.source, "Engineers")
    base = engineers - (team.on_call or 0.0)
    if engineers > 0 >= base:
        base = min(engineers, LEAST_LEFT)
        notebook.report(
            ON_CALL_TAKES_ALL,
            f'On call takes {team.on_call:g} of the {engineers:g} engineers of "{team.name}"; '
            f"planned with {base:g} left for tasks.",
            team.source.cell("On call") if team.source else None,
        )
    return engineers, base


def _operations(team: Team, defaults: Defaults, notebook: Notebook) -> float:
    """Share of the time that operations take, 0 up to `MOST_OPERATIONS`."""
    if team.operations is None:
        if not team.is_external:
            notebook.assume("Operations", team.name, f"{defaults.operations:.0%}", team.source)
    elif team.operations > MOST_OPERATIONS:
        notebook.report(
            OPERATIONS_TAKE_ALL,
            f'Operations take {team.operations:.0%} of "{team.name}"; planned as {MOST_OPERATIONS:.0%}.',
            team.source.cell("Operations") if team.source else None,
        )
    return operations_share(team, defaults)


def _levels(base: float, changes: Iterable[CapacityChange], calendar: Calendar) -> tuple[tuple[int, int], ...]:
    """Step function of tenths of an engineer from period 0 on; never below 0."""
    steps: dict[int, float] = defaultdict(float)
    for change in changes:
        first, end = change_span(change, calendar)
        if end is None or end > first:
            steps[first] += change.change
            if end is not None:
                steps[end] -= change.change
    levels, engineers = [], base
    for period in sorted({0, *steps}):
        engineers += steps[period]
        levels.append((period, max(0, round(engineers * TENTHS_PER_ENGINEER))))
    return tuple(levels)


def change_span(change: CapacityChange, calendar: Calendar) -> tuple[int, int | None]:
    """The periods of a change from the planning start on, half-open; no end: for good."""
    first = 0 if change.start is None else max(0, calendar.on_or_after(change.start))
    return first, None if change.end is None else calendar.after(change.end)


def operations_share(team: Team, defaults: Defaults) -> float:
    """Share of a team's working days that running things takes, 0 up to `MOST_OPERATIONS`."""
    if team.operations is None:
        return defaults.operations
    return min(max(team.operations, 0.0), MOST_OPERATIONS)


def never_empty(staff: Staffing, calendar: Calendar, notebook: Notebook) -> Staffing:
    """The same with one engineer where a team would have nobody for good, so that its tasks can be placed."""
    period, tenths = staff.levels[-1]
    if tenths:
        return staff
    since = "has no engineers" if period == 0 else f"has nobody from {calendar.date_of(period)} on"
    notebook.report(
        NOBODY_LEFT,
        f'"{staff.team.name}" {since} and still has work; planned with {LEAST_LEFT:g} engineer from then on.',
        staff.team.source.cell("Engineers") if staff.team.source else None,
    )
    return replace(staff, levels=(*staff.levels[:-1], (period, int(LEAST_LEFT * TENTHS_PER_ENGINEER))))


def tenths_per_day(staff: Staffing, open_days: Sequence[int]) -> tuple[int, ...]:
    """Tenths of an engineer per period: the level of the day, 0 on days off."""
    horizon = len(open_days)
    ends = [min(period, horizon) for period, _ in staff.levels[1:]]
    starts = [0, *ends]
    spans = zip(pairwise([*starts, horizon]), staff.levels, strict=True)
    return tuple(chain.from_iterable(tuple(tenths * day for day in open_days[a:b]) for (a, b), (_, tenths) in spans))


@lru_cache
def public_holidays(code: str) -> holidays.HolidayBase | None:
    """Public holidays and weekend of a country (`DE`) or a part of one (`US-CA`); None where the code is unknown."""
    country, _, part = code.strip().upper().partition("-")
    try:
        return holidays.country_holidays(country, subdiv=part or None)
    except NotImplementedError:
        return None


def country_code(team: Team, defaults: Defaults, notebook: Notebook) -> str:
    """The team's calendar as a code that `public_holidays` knows, or empty for Monday to Friday."""
    code = team.country or defaults.country
    if not team.country and not team.is_external:
        notebook.assume("Calendar", team.name, code or "Monday to Friday", team.source)
    if not code or public_holidays(code) is not None:
        return code.strip().upper()
    notebook.report(
        UNKNOWN_CALENDAR,
        f'"{code}", the calendar of "{team.name}", is no country code; '
        "planned from Monday to Friday without public holidays.",
        team.source.cell("Calendar") if team.source else None,
        suggestion=_similar_country(code),
    )
    return ""


def _similar_country(code: str) -> str:
    """A hint for a code that is not known: the same country without its part, or one that is written alike."""
    country = code.strip().upper().partition("-")[0]
    if public_holidays(country) is not None:
        return f'Did you mean "{country}"?'
    near = difflib.get_close_matches(country, holidays.list_supported_countries(), n=1, cutoff=0.5)
    return f'Did you mean "{near[0]}"?' if near else ""


def working_weekdays(code: str, near: date) -> frozenset[int]:
    """Weekdays (Monday is 0) that a calendar code works in the week of `near`."""
    country = public_holidays(code) if code else None
    if country is None:
        return frozenset(MONDAY_TO_FRIDAY)
    week = (near + timedelta(days=n) for n in range(7))
    return frozenset(day.weekday() for day in week if not country.is_weekend(day))


def open_days(code: str, calendar: Calendar, horizon: int, off: Iterable[Span]) -> tuple[int, ...]:
    """1 for every period on which a calendar code works, 0 on weekends, public holidays and the spans `off`."""
    weekdays = working_weekdays(code, calendar.origin)
    country = public_holidays(code) if code else None
    days = [calendar.date_of(period) for period in range(horizon)]
    is_open = [int(day.weekday() in weekdays and (country is None or day not in country)) for day in days]
    for first, end in off:
        for period in range(max(first, 0), min(end, horizon)):
            is_open[period] = 0
    return tuple(is_open)


def span(event: CalendarEvent, calendar: Calendar) -> Span:
    """The periods of a calendar entry; both written dates are included."""
    return calendar.on_or_after(event.start), calendar.after(event.end)


def holidays_by_scope(events: Iterable[CalendarEvent], calendar: Calendar) -> Mapping[str, tuple[Span, ...]]:
    """The calendar entries that stop work, by `scope_key`."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for event in events:
        if event.kind is EventKind.HOLIDAY:
            for scope in event.scopes:
                spans[scope_key(scope)].append(span(event, calendar))
    return {scope: tuple(sorted(found)) for scope, found in spans.items()}
