"""The plan for other programs: checked against a schema, read back, and hostile names left harmless."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from icalendar import Calendar
from lxml import etree

from planner.domain.outgoing import (
    Outgoing,
    OutgoingEvent,
    OutgoingItem,
    OutgoingLink,
    OutgoingShare,
    OutgoingTask,
    OutgoingTeam,
)
from planner.domain.roadmap import Link, Status
from planner.report.calendar import calendar_ics, events_of
from planner.report.gantt_mermaid import gantt_mermaid
from planner.report.msproject import NAMESPACE, msproject_xml

MONDAY = date(2026, 9, 7)
HOSTILE = "<script>&\"' | a:b;c#1 %% \n\x07 ‮ 🚀 ]]>"
HOLIDAY = (date(2026, 9, 9), date(2026, 9, 9))
PAY, LED = OutgoingTeam("Pay", "Money", 2.5, (HOLIDAY,)), OutgoingTeam(HOSTILE, "", 1, ())
DONE = OutgoingTask(
    "A",
    "Begin",
    "ASK-1",
    (OutgoingShare("Pay", 0, 0),),
    date(2026, 8, 31),
    date(2026, 9, 4),
    None,
    5,
    1.0,
    Status.DONE,
    actual_start=date(2026, 8, 31),
    actual_finish=date(2026, 9, 4),
)
UNDER_WAY = OutgoingTask(
    "B",
    HOSTILE,
    "ASK-1",
    (OutgoingShare("Pay", 2, 6.0), OutgoingShare(HOSTILE, 1, 3.0)),
    MONDAY,
    date(2026, 9, 11),
    date(2026, 9, 14),
    4,
    0.25,
    Status.IN_PROGRESS,
    is_critical=True,
    links=(OutgoingLink("A", Link.FS, 0),),
    due=date(2026, 9, 10),
    due_is_hard=True,
    actual_start=MONDAY,
    note="It waits.",
)
NEXT = OutgoingTask(
    "C",
    "Next",
    "",
    (),
    date(2026, 9, 14),
    date(2026, 9, 14),
    None,
    0,
    0.0,
    Status.PLANNED,
    is_milestone=True,
    links=(OutgoingLink("B", Link.SS, 3), OutgoingLink("A", Link.FF, -1)),
    pinned=date(2026, 9, 14),
)
OUT = Outgoing(
    "q3 <b>",
    MONDAY,
    (0, 1, 2, 3, 4),
    (PAY, LED),
    (OutgoingItem("ASK-1", "Refunds", date(2026, 9, 14), date(2026, 9, 30), "B"),),
    (UNDER_WAY, NEXT, DONE),
    (OutgoingEvent("Year end", "Year end", date(2026, 12, 20), date(2027, 1, 6), "For all."),),
    (OutgoingEvent("DEC-1", HOSTILE, date(2026, 9, 21), date(2026, 9, 21), "Driver: Ada."),),
)
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "mspdi.xsd"))


class Read:
    """A project as a program that schedules it would read it: weekdays, exceptions, durations of eight hours."""

    def __init__(self, content: bytes) -> None:
        self.root = ElementTree.fromstring(content)
        self.tasks = {self.text(task, "Name").split(" ")[0]: task for task in self.all("Tasks/Task")}

    def all(self, path: str, under: ElementTree.Element | None = None) -> list[ElementTree.Element]:
        found = self.root if under is None else under
        return found.findall("/".join(f"{{{NAMESPACE}}}{part}" for part in path.split("/")))

    def text(self, element: ElementTree.Element, name: str) -> str:
        return element.findtext(f"{{{NAMESPACE}}}{name}") or ""

    def of(self, task: str, *names: str) -> tuple[str, ...]:
        return tuple(self.text(self.tasks[task], name) for name in names)

    def works(self, calendar: str, day: date) -> bool:
        (found,) = [c for c in self.all("Calendars/Calendar") if self.text(c, "UID") == calendar]
        kinds = {self.text(d, "DayType"): self.text(d, "DayWorking") for d in self.all("WeekDays/WeekDay", found)}
        spans = [
            (self.text(p, "FromDate")[:10], self.text(p, "ToDate")[:10])
            for p in self.all("Exceptions/Exception/TimePeriod", found)
        ]
        is_off = any(first <= day.isoformat() <= last for first, last in spans)
        return kinds[str(day.isoweekday() % 7 + 1)] == "1" and not is_off

    def finish(self, task: str) -> date:
        """Start and duration on the task's calendar."""
        start, duration, calendar = self.of(task, "Start", "Duration", "CalendarUID")
        day, left = datetime.fromisoformat(start).date(), int(duration[2 : duration.index("H")]) // 8
        while True:
            left -= self.works(calendar, day)
            if left <= 0:
                return day
            day += timedelta(days=1)


def test_the_xml_keeps_the_schema_and_its_order() -> None:
    document = etree.fromstring(msproject_xml(OUT))
    assert SCHEMA.validate(document), SCHEMA.error_log
    names = document.findall(f".//{{{NAMESPACE}}}Name")
    names[0].getparent().append(names[0])
    assert not SCHEMA.validate(document)  # the check can fail


def test_the_xml_read_back() -> None:
    found = Read(msproject_xml(OUT))
    rows = [(found.text(t, "UID"), found.text(t, "OutlineLevel")) for t in found.all("Tasks/Task")]
    assert rows == [("1", "1"), ("2", "2"), ("3", "2"), ("4", "2"), ("5", "1"), ("6", "2")]
    assert found.of("B", "Start", "Finish", "Duration", "Work", "PercentComplete") == (
        "2026-09-07T08:00:00",
        "2026-09-11T17:00:00",
        "PT32H0M0S",
        "PT72H0M0S",
        "25",
    )
    assert found.finish("B") == UNDER_WAY.finish  # Monday to Friday without the holiday on Wednesday
    assert found.of("B", "ActualStart", "Deadline", "ConstraintType", "ConstraintDate") == (
        "2026-09-07T08:00:00",
        "2026-09-10T17:00:00",
        "4",
        "2026-09-07T08:00:00",
    )
    assert found.of("B", "Notes") == ("It waits. It launches on Mon 14 Sep 2026. Its deadline is hard.",)
    assert found.of("A", "PercentComplete", "ActualFinish", "RemainingDuration") == (
        "100",
        "2026-09-04T17:00:00",
        "PT0H0M0S",
    )
    assert found.of("C", "Milestone", "Duration", "ConstraintType", "CalendarUID") == ("1", "PT0H0M0S", "2", "1")
    links = [
        tuple(found.text(link, name) for name in ("PredecessorUID", "Type", "LinkLag"))
        for link in found.all("PredecessorLink", found.tasks["C"])
    ]
    assert links == [("2", "3", "14400"), ("3", "0", "-4800")]  # SS + 3 days, FF - 1 day, in tenths of a minute
    landing = found.all("Tasks/Task")[3]
    assert [found.text(landing, name) for name in ("Name", "Finish", "Deadline")] == [
        "ASK-1 lands",
        "2026-09-14T17:00:00",
        "2026-09-30T17:00:00",
    ]
    resources = [(found.text(r, "Name"), found.text(r, "MaxUnits")) for r in found.all("Resources/Resource")]
    assert resources[0] == ("Pay", "2.5")
    assert resources[1][0].startswith("<script>&")
    work = [(found.text(a, "TaskUID"), found.text(a, "Work")) for a in found.all("Assignments/Assignment")]
    assert work == [("2", "PT48H0M0S"), ("2", "PT24H0M0S"), ("3", "PT0H0M0S")]


def test_nothing_of_the_clock_is_in_any_of_them() -> None:
    for render in (msproject_xml, gantt_mermaid, calendar_ics):
        assert render(OUT) == render(OUT)
        assert str(date.today().year + 7).encode() not in render(OUT)


def test_the_calendar_read_back() -> None:
    events = {str(e["summary"]): e for e in Calendar.from_ical(calendar_ics(OUT)).walk("VEVENT")}
    launch, decision, block = (
        next(e for name, e in events.items() if name.startswith(w)) for w in ("La", "De", "No")
    )
    assert (launch.decoded("dtstart"), launch.decoded("dtend")) == (date(2026, 9, 14), date(2026, 9, 15))
    assert (block.decoded("dtstart"), block.decoded("dtend")) == (date(2026, 12, 20), date(2027, 1, 7))
    assert str(decision["description"]) == "Driver: Ada."
    assert {e.decoded("dtstamp").date() for e in events.values()} == {MONDAY}
    assert all(len(line) <= 75 for line in calendar_ics(OUT).split(b"\r\n"))


def test_an_event_that_moves_is_the_same_event() -> None:
    def uids(out: Outgoing) -> set[str]:
        return {str(event["uid"]) for event in Calendar.from_ical(calendar_ics(out)).walk("VEVENT")}

    later = replace(UNDER_WAY, launch=date(2026, 10, 1), title="Renamed")
    assert uids(replace(OUT, tasks=(later, NEXT, DONE), as_of=date(2026, 9, 8))) == uids(OUT)
    assert len(uids(OUT)) == 3


def test_what_is_launched_or_reserved_is_no_event() -> None:
    past = replace(UNDER_WAY, launch=date(2026, 9, 1))
    reserved = replace(UNDER_WAY, is_reserved=True)
    kinds = [kind for kind, _ in events_of(replace(OUT, tasks=(past, reserved)))]
    assert kinds == ["decision", "block"]


def test_mermaid_has_a_line_for_each_bar_and_no_sign_that_means_something_else() -> None:
    text = gantt_mermaid(OUT).decode()
    assert text.splitlines() == [
        "gantt",
        "  title q3 b, as of Mon 7 Sep 2026",
        "  dateFormat YYYY-MM-DD",
        "  axisFormat %d %b %y",
        "  inclusiveEndDates",
        "  excludes saturday, sunday",
        "  todayMarker off",
        "  section Pay",
        "  B script ' a b c 1 🚀 :active, crit, t1, 2026-09-07, 2026-09-11",
        "  B launches :milestone, l1, 2026-09-14, 0d",
        "  A Begin :done, t3, 2026-08-31, 2026-09-04",
        "  section Nobody has taken these",
        "  C Next :milestone, t2, 2026-09-14, 0d",
    ]


@pytest.mark.parametrize("render", [msproject_xml, gantt_mermaid, calendar_ics])
def test_a_plan_of_nothing_is_a_file_too(render) -> None:
    assert render(Outgoing("empty", MONDAY, (0, 1, 2, 3, 4)))
