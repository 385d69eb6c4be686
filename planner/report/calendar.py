"""The plan as a calendar (iCalendar, RFC 5545): launches, blocks and days by which something has to be decided.

All-day events, as nobody launches at an hour; ids that stay the same from plan to plan, so that an event that moves
is moved in the calendars that know it. The stamp is the plan's day, not the clock's.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from planner.domain.outgoing import Outgoing, OutgoingEvent, OutgoingShare
from planner.report.wording import plain

if TYPE_CHECKING:
    from icalendar import Event

DOMAIN = "roadmap.invalid"
"""A name that is nobody's (RFC 2606)."""


def calendar_ics(out: Outgoing) -> bytes:
    """The whole file; the same bytes for the same plan."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//roadmap//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", plain(out.title))
    for kind, event in events_of(out):
        calendar.add_component(_event(out, kind, event))
    return bytes(calendar.to_ical(sorted=False))


def events_of(out: Outgoing) -> tuple[tuple[str, OutgoingEvent], ...]:
    """What goes into the calendar with its kind, by day."""
    launches = [
        OutgoingEvent(task.id, f"Launch {task.id} {task.title}", task.launch, task.launch, _teams(task.shares))
        for task in out.tasks
        if task.launch and task.launch >= out.as_of and not task.is_reserved
    ]
    blocks = [OutgoingEvent(b.id, f"No launches: {b.title}", b.first, b.last, b.note) for b in out.blocks]
    decisions = [OutgoingEvent(d.id, f"Decide {d.id}: {d.title}", d.first, d.last, d.note) for d in out.decisions]
    conflicts = [OutgoingEvent(c.id, f"Decide by today: {c.title}", c.first, c.last, c.note) for c in out.conflicts]
    kinds = (("launch", launches), ("block", blocks), ("decision", decisions), ("conflict", conflicts))
    found = [(kind, event) for kind, events in kinds for event in events]
    return tuple(sorted(found, key=lambda one: (one[1].first, one[0], one[1].id, one[1].last)))


def _teams(shares: Sequence[OutgoingShare]) -> str:
    return ", ".join(share.team for share in shares)


def _event(out: Outgoing, kind: str, event: OutgoingEvent) -> "Event":
    from icalendar import Event

    made = Event()
    made.add("uid", f"{_uid(out.title, kind, event)}@{DOMAIN}")
    made.add("dtstamp", datetime.combine(out.as_of, time(), UTC))
    made.add("dtstart", event.first)
    made.add("dtend", event.last + timedelta(days=1))  # exclusive
    made.add("summary", plain(event.title))
    if event.note:
        made.add("description", plain(event.note))
    made.add("categories", [kind])
    made.add("transp", "TRANSPARENT")
    return made


def _uid(title: str, kind: str, event: OutgoingEvent) -> str:
    """Of a launch, a decision and a conflict their id, of a block its name and first day: two may bear one name."""
    parts = [title, kind, event.id, *([event.first.isoformat()] if kind == "block" else [])]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
