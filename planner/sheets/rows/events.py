"""Rows of the sheets Calendar, Overrides and Dismissed."""

from collections.abc import Collection, Mapping
from datetime import date

from planner.domain.roadmap import CalendarEvent, Dismissal, EventKind, Override, id_key
from planner.sheets import rules
from planner.sheets.rows.context import Context
from planner.sheets.rows.reader import RowReader
from planner.sheets.values import DateMark, did_you_mean, parse_choice, parse_date, parse_first_date, parse_list

_parse_kind = parse_choice(EventKind)

EVERYBODY = "all"
SCOPE_KINDS = ("org", "team", "component")


class ScopeNames:
    """What calendar entries may apply to."""

    def __init__(self, context: Context, orgs: Collection[str], components: Collection[str]):
        self._context = context
        self._orgs = {id_key(org): org for org in orgs}
        self._components = {id_key(component): component for component in components}

    def read(self, reader: RowReader) -> tuple[str, ...]:
        """The scopes of a row; a bare name is looked up, an unknown one reported and left out."""
        typed = reader.read("Scope", parse_list, ())
        found = [scope for entry in typed if (scope := self._scope(entry, reader))]
        return tuple(dict.fromkeys(found)) or (EVERYBODY,)

    def _scope(self, entry: str, reader: RowReader) -> str:
        """One scope in its standard form, empty where it is unknown."""
        kind, colon, name = (part.strip() for part in entry.partition(":"))
        if id_key(entry) in (EVERYBODY, "everyone", "everybody", "global", "company"):
            return EVERYBODY
        if not colon:
            kind, name = self._kind_of(entry), entry
        kind = kind.casefold()
        if kind == "team":
            return f"team:{self._context.team(name, reader.cell('Scope'))}"
        if kind in SCOPE_KINDS:
            known: Mapping[str, str] = self._orgs if kind == "org" else self._components
            return f"{kind}:{known.get(id_key(name), name)}"
        names = (*sorted(self._orgs.values()), *sorted(self._components.values()))
        text = f'applies to "{entry}", which is no team, org or component; all, unless it names others.'
        reader.report(rules.UNKNOWN_SCOPE, text, "Scope", suggestion=did_you_mean(entry, names))
        return ""

    def _kind_of(self, name: str) -> str:
        """What a bare name is: a team, an org or a component; empty for none of these."""
        if self._context.teams.is_listed(name):
            return "team"
        if id_key(name) in self._orgs:
            return "org"
        return "component" if id_key(name) in self._components else ""


def read_event(reader: RowReader, scopes: ScopeNames) -> CalendarEvent | None:
    """The calendar entry of a row; None, set aside, without a usable start."""
    reader.subject = reader.text("Name") or reader.subject
    start = reader.read("Start", parse_first_date, DateMark()).day
    if start is None:
        reader.set_aside("has no usable Start", "Start")
        return None
    end = reader.read("End", parse_date, DateMark()).day or _last_of_start(reader, start)
    if end < start:
        reader.report(
            rules.REVERSED_DATES, f"has an End ({end}) before its Start ({start}); swapped.", "Start", "End"
        )
        start, end = end, start
    kind = reader.read("Kind", _parse_kind, None)
    return CalendarEvent(
        name=reader.subject,
        kind=kind or EventKind.BLOCK,
        start=start,
        end=end,
        source=reader.source,
        scopes=scopes.read(reader),
    )


def _last_of_start(reader: RowReader, start: date) -> date:
    """Without an End the entry lasts as long as its Start says: one day, or the whole month or quarter."""
    value = reader.row.values["Start"]
    return parse_date(value, reader.conventions("Start")).value.day or start


def read_override(reader: RowReader, context: Context, events: Mapping[str, str]) -> Override | None:
    """The override of a row; None without a known task and block. `events`: folded name -> name."""
    reader.subject = reader.text("Task ID") or reader.subject
    missing = [column for column in ("Task ID", "Block") if not reader.has(column)]
    if missing:
        reader.set_aside(f"has no {' and no '.join(missing)}", *missing)
        return None
    task = context.reference(context.tasks, reader.text("Task ID"), reader, "Task ID", rules.DANGLING_REFERENCE)
    block = events.get(id_key(reader.text("Block")))
    if block is None:
        text = f'has an override of "{reader.text("Block")}", which is not in the calendar; ignored.'
        suggestion = did_you_mean(reader.text("Block"), tuple(sorted(events.values())))
        reader.report(rules.UNKNOWN_BLOCK, text, "Block", suggestion=suggestion)
    if task is None or block is None:
        return None
    return Override(
        task=task,
        block=block,
        source=reader.source,
        reason=reader.text("Reason"),
        requested_by=reader.text("Requested by"),
        approved_by=reader.text("Approved by"),
        requested_on=reader.read("Date", parse_date, DateMark()).day,
        expires=reader.read("Expires", parse_date, DateMark()).day,
    )


def read_dismissal(reader: RowReader) -> Dismissal | None:
    """The dismissal of a row; None, set aside, without a conflict."""
    reader.subject = reader.text("Conflict ID") or reader.subject
    if not reader.has("Conflict ID"):
        reader.set_aside("has no Conflict ID", "Conflict ID")
        return None
    until = reader.read("Until", parse_date, DateMark()).day
    return Dismissal(reader.subject, reader.source, reader.text("Reason"), reader.text("By"), until)
