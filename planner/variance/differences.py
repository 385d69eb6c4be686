"""What differs between the facts of two plans, as clauses by cause; the order of rows and in cells is none of it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from datetime import date

from planner.domain.roadmap import CalendarEvent, CapacityChange, Override, Status, Task, id_key
from planner.domain.variance import Cause, Change
from planner.report.wording import day, number, span
from planner.sheets.columns import Column
from planner.sheets.write import NOUNS, attributes_of, row_of
from planner.variance.facts import DEFAULTS, KEYED, Facts, columns_by_cause
from planner.variance.mixing import Split, links

BLANK = "blank"
EVEN = 0.01
"""ED; what differs by less is the same."""
_IN_ORDER = frozenset({"teams"})
"""Lists whose order says something: the owner stands first."""


def differences(before: Facts, now: Facts, split: Split) -> tuple[Change, ...]:
    """Every fact that differs and can move a date; names are those of the second plan in both."""
    told = _Differences(before, now, split)
    return tuple(told.all())


class _Differences:
    def __init__(self, before: Facts, now: Facts, split: Split) -> None:
        self._before, self._now, self._split = before, now, split
        self._today = now.as_of

    def all(self) -> Iterator[Change]:
        if self._before.as_of != self._now.as_of:
            days = (self._say(self._before.as_of), self._say(self._now.as_of))
            yield Change(Cause.PROGRESS, f"planned from {days[0]} → {days[1]}")
        for sheet in NOUNS:
            if sheet in KEYED:
                yield from self._keyed(sheet)
        yield from self._rows("capacity", Cause.CAPACITY, self._capacity)
        yield from self._rows("calendar", Cause.CALENDAR, self._event)
        yield from self._rows("overrides", Cause.CALENDAR, _override)
        yield from self._settings()

    def _keyed(self, sheet: str) -> Iterator[Change]:
        """Rows that are found again by their name."""
        old, new = (
            {id_key(getattr(n, KEYED[sheet])): n for n in _nouns(f, sheet)} for f in (self._before, self._now)
        )
        for key, noun in new.items():
            if key in old:
                yield from self._cells(sheet, getattr(noun, KEYED[sheet]), old[key], noun)
            else:
                yield from self._come_or_gone(sheet, noun, "is new")
        for key, noun in old.items():
            if key not in new:
                yield from self._come_or_gone(sheet, noun, "is gone")

    def _come_or_gone(self, sheet: str, noun: object, what: str) -> Iterator[Change]:
        name = getattr(noun, KEYED[sheet])
        if sheet == "Tasks" and isinstance(noun, Task):
            origin = self._split.origin.get(noun.id)
            if origin:
                yield Change(Cause.MOVED, f"{name} was split from {origin}")
            elif noun.id in self._split.parts:
                yield from self._grown(noun)
            elif noun.status is not Status.DROPPED:
                yield Change(Cause.SCOPE, f"{name} {what}")
        elif sheet == "Roadmap":
            yield Change(Cause.SCOPE, f"{name} {what}")
        elif sheet in ("Decisions", "Hypotheses"):
            yield Change(Cause.DECISION, f"{name} {what}")

    def _cells(self, sheet: str, name: str, old: object, new: object) -> Iterator[Change]:
        if isinstance(old, Task) and isinstance(new, Task):
            yield from self._task(old, new)
        differing = [
            (cause, column)
            for cause, columns in columns_by_cause(sheet).items()
            if not (isinstance(new, Task) and isinstance(old, Task)) or self._is_plain(cause, old, new)
            for column in columns
            if column.name != "Depends on" and not _same(column, old, new)
        ]
        if not differing:
            return
        shown_old, shown_new = row_of(sheet, old)[0], row_of(sheet, new)[0]
        for cause, column in differing:
            why = Cause.SCOPE if sheet == "Roadmap" and _is_dropped(old, new) else cause
            yield self._cell(why, name, column, shown_old[column.name], shown_new[column.name])

    def _is_plain(self, cause: Cause, old: Task, new: Task) -> bool:
        """Whether the cells of a task say what its cause is; those of a dropped or a split one do not."""
        if cause is Cause.PROGRESS:
            return not _is_dropped(old, new)
        return not (cause is Cause.ESTIMATE and new.id in self._split.parts)

    def _grown(self, old: Task) -> Iterator[Change]:
        """What the parts of a split task are more or less than it was."""
        after = self._split.estimate_of(self._now, old.id)
        if old.estimate and after and abs(after.likely - old.estimate.likely) > EVEN:
            was, is_ = number(old.estimate.likely), number(after.likely)
            yield Change(Cause.ESTIMATE, f"{old.id} with what was split from it {was} ED → {is_} ED")

    def _task(self, old: Task, new: Task) -> Iterator[Change]:
        if new.id in self._split.parts:
            yield from self._grown(old)
        elif old.status is not new.status and _is_dropped(old, new):
            yield Change(Cause.SCOPE, f"{new.id} is {'dropped' if new.status is Status.DROPPED else 'planned again'}")
        if links(old, self._split) != links(new, self._split):
            was, is_ = row_of("Tasks", old)[0]["Depends on"], row_of("Tasks", new)[0]["Depends on"]
            yield Change(Cause.DEPENDENCY, f"{new.id} Depends on {self._say(was)} → {self._say(is_)}")

    def _cell(self, cause: Cause, name: str, column: Column, old: object, new: object) -> Change:
        return Change(cause, f"{name} {column.name} {self._say(old, column.type)} → {self._say(new, column.type)}")

    def _say(self, value: object, kind: str = "") -> str:
        if value is None or value == "":
            return BLANK
        if isinstance(value, date):
            return day(value, self._today)
        if isinstance(value, int | float):
            amount = f"{value:.0%}" if kind == "percent" else number(float(value))
            return f"{amount} ED" if kind == "effort" else amount
        return str(value)

    def _rows(self, field: str, cause: Cause, say: Callable[..., str]) -> Iterator[Change]:
        """Rows without a name of their own: those that only one of the plans has, as often as it has them."""
        old, new = (Counter(map(say, getattr(facts.roadmap, field))) for facts in (self._before, self._now))
        for text in sorted((old - new).elements()):
            yield Change(cause, f"no longer: {text}")
        for text in sorted((new - old).elements()):
            yield Change(cause, f"new: {text}")

    def _capacity(self, change: CapacityChange) -> str:
        if change.start is None and change.end is None:
            when = "for good"
        elif change.end is None:
            when = f"from {self._say(change.start)}"
        elif change.start is None:
            when = f"until {self._say(change.end)}"
        else:
            when = span(change.start, change.end, self._today)
        return f"{change.team} {change.change:+g} engineers {when}"

    def _event(self, event: CalendarEvent) -> str:
        whom = ", ".join(sorted(event.scopes))
        return f"{event.kind} {event.name} {span(event.start, event.end, self._today)} for {whom}"

    def _settings(self) -> Iterator[Change]:
        old, new = self._before.settings, self._now.settings
        for name, cause in DEFAULTS.items():
            if getattr(old.defaults, name) != getattr(new.defaults, name):
                yield Change(cause, f"roadmap.toml: {name} is another")
        for field in fields(old.weights):
            if getattr(old.weights, field.name) != getattr(new.weights, field.name):
                yield Change(Cause.PRIORITY, f"roadmap.toml: {field.name} is another")


def _nouns(facts: Facts, sheet: str) -> Sequence[object]:
    found: Sequence[object] = getattr(facts.roadmap, NOUNS[sheet])
    return found


def _is_dropped(old: object, new: object) -> bool:
    return Status.DROPPED in (getattr(old, "status", None), getattr(new, "status", None))


def _override(override: Override) -> str:
    approved = f", approved by {override.approved_by}" if override.approved_by else ", not approved"
    expires = f" until {override.expires}" if override.expires else ""
    return f"override of {override.block} for {override.task}{approved}{expires}"


def _same(column: Column, old: object, new: object) -> bool:
    return all(_comparable(a, getattr(old, a)) == _comparable(a, getattr(new, a)) for a in attributes_of(column))


def _comparable(attribute: str, value: object) -> object:
    """A value without its order, unless that says something."""
    if isinstance(value, tuple) and attribute not in _IN_ORDER:
        return sorted(map(repr, value))
    return value


def causes_of(changes: Sequence[Change]) -> tuple[Cause, ...]:
    """The causes that differ, in their order."""
    found = {change.cause for change in changes}
    return tuple(cause for cause in Cause if cause in found)
