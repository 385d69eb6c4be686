"""The plan as XML for Microsoft Project (MSPDI), which ProjectLibre and others read too.

Teams are resources with calendars of their own, items are summary tasks with a milestone where they land. A task
keeps the date of our plan by a constraint (start no earlier than), so that a program that schedules it again by its
links and calendars comes to the same dates. Elements stand in the order of the schema (mspdi_pj12.xsd), which is part
of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from planner.domain.outgoing import Outgoing, OutgoingItem, OutgoingTask, Span
from planner.domain.roadmap import Link, Status
from planner.report.wording import full_day, listing, plain

NAMESPACE = "http://schemas.microsoft.com/project"
HOURS = 8
MORNING, NOON, AFTERNOON, EVENING = "08:00:00", "12:00:00", "13:00:00", "17:00:00"
LINKS: Mapping[Link, int] = {Link.FF: 0, Link.FS: 1, Link.SF: 2, Link.SS: 3}
TENTHS_OF_MINUTES = HOURS * 60 * 10
"""In a working day: the unit of lags."""
IN_DAYS = 7
"""Format of durations and lags."""
FIXED_DURATION = 1
MUST_START_ON, START_NO_EARLIER_THAN = 2, 4
LONGEST = 512
"""Characters of a name."""
WITHOUT_ITEM = "Work for no item that is shown"


def msproject_xml(out: Outgoing) -> bytes:
    """The whole file; the same bytes for the same plan."""
    root = Element("Project", xmlns=NAMESPACE)
    first = min((task.start for task in out.tasks), default=out.as_of)
    last = max((task.finish for task in out.tasks), default=out.as_of)
    _texts(
        root,
        SaveVersion=14,
        Name=_name(out.title),
        Title=_name(out.title),
        ScheduleFromStart=1,
        StartDate=_at(min(first, out.as_of), MORNING),
        FinishDate=_at(last, EVENING),
        CurrencyCode="USD",
        CalendarUID=1,
        DefaultStartTime=MORNING,
        DefaultFinishTime=EVENING,
        MinutesPerDay=HOURS * 60,
        MinutesPerWeek=HOURS * 60 * len(out.weekdays),
        DaysPerMonth=20,
        DefaultTaskType=FIXED_DURATION,
        DurationFormat=IN_DAYS,
        StatusDate=_at(out.as_of, EVENING),
    )
    calendars = _calendars(out)
    _add_calendars(SubElement(root, "Calendars"), out, calendars)
    uids = _add_tasks(SubElement(root, "Tasks"), out, calendars)
    _add_resources(SubElement(root, "Resources"), out, calendars)
    _add_assignments(SubElement(root, "Assignments"), out, uids)
    ElementTree.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'.encode()


def _texts(parent: Element, **values: object) -> None:
    """Children with a text each, in this order; None is left out."""
    for name, value in values.items():
        if value is not None:
            SubElement(parent, name).text = str(value)


def _name(text: str) -> str:
    return plain(text)[:LONGEST]


def _at(day: date, time: str) -> str:
    return f"{day.isoformat()}T{time}"


def _hours(days: float) -> str:
    minutes = round(days * HOURS * 60)
    return f"PT{minutes // 60}H{minutes % 60}M0S"


def _calendars(out: Outgoing) -> Mapping[tuple[Span, ...], int]:
    """Days off -> UID of their calendar; that without any is the standard one."""
    kinds = dict.fromkeys([(), *(team.days_off for team in out.teams)])
    return {days_off: uid for uid, days_off in enumerate(kinds, 1)}


def _add_calendars(parent: Element, out: Outgoing, calendars: Mapping[tuple[Span, ...], int]) -> None:
    for days_off, uid in calendars.items():
        teams = [plain(team.name) for team in out.teams if team.days_off == days_off]
        calendar = SubElement(parent, "Calendar")
        name = _name(listing(teams, 2)) if days_off else "Standard"
        _texts(calendar, UID=uid, Name=name, IsBaseCalendar=1, BaseCalendarUID=-1)
        week = SubElement(calendar, "WeekDays")
        for day_type in range(1, 8):  # 1 is Sunday
            works = (day_type + 5) % 7 in out.weekdays
            day = SubElement(week, "WeekDay")
            _texts(day, DayType=day_type, DayWorking=int(works))
            if works:
                times = SubElement(day, "WorkingTimes")
                for begin, end in ((MORNING, NOON), (AFTERNOON, EVENING)):
                    _texts(SubElement(times, "WorkingTime"), FromTime=begin, ToTime=end)
        if days_off:
            exceptions = SubElement(calendar, "Exceptions")
            for first, last in days_off:
                exception = SubElement(exceptions, "Exception")
                _texts(exception, EnteredByOccurrences=0)
                period = SubElement(exception, "TimePeriod")
                _texts(period, FromDate=_at(first, "00:00:00"), ToDate=_at(last, "23:59:00"))
                _texts(exception, Occurrences=1, Name="Day off", Type=1, DayWorking=0)


def _add_tasks(parent: Element, out: Outgoing, calendars: Mapping[tuple[Span, ...], int]) -> Mapping[str, int]:
    """All tasks under their items; their UIDs by id."""
    team_calendars = {team.name: calendars[team.days_off] for team in out.teams}
    rows = list(_rows(out))
    uids = {row.id: uid for uid, row in enumerate(rows, 1) if isinstance(row, OutgoingTask)}
    for uid, row in enumerate(rows, 1):
        element = SubElement(parent, "Task")
        if isinstance(row, OutgoingTask):
            owner = row.shares[0].team if row.shares else ""
            _add_task(element, uid, row, uids, team_calendars.get(owner, 1))
        elif isinstance(row, _Group):
            _texts(element, UID=uid, ID=uid, Name=_name(row.title), Type=FIXED_DURATION, IsNull=0, OutlineLevel=1)
            _texts(element, Start=_at(row.start, MORNING), Finish=_at(row.finish, EVENING), Summary=1)
        else:
            _add_landing(element, uid, row, uids)
    return uids


class _Group:
    """A summary task: an item, or what belongs to none."""

    def __init__(self, title: str, tasks: list[OutgoingTask], lands: date | None = None) -> None:
        self.title = title
        self.start = min(task.start for task in tasks)
        self.finish = max([*(task.finish for task in tasks), *([lands] if lands else [])])


def _rows(out: Outgoing) -> Iterator["_Group | OutgoingTask | OutgoingItem"]:
    """Items as they land, each with its tasks and the milestone; then the tasks without an item that is shown."""
    by_item: dict[str, list[OutgoingTask]] = {}
    shown = {item.id for item in out.items}
    for task in out.tasks:
        by_item.setdefault(task.item if task.item in shown else "", []).append(task)
    for item in out.items:
        tasks = by_item.get(item.id, [])
        if tasks:
            yield _Group(f"{item.id} {item.title}", tasks, item.lands)
            yield from tasks
        yield item
    if by_item.get(""):
        yield _Group(WITHOUT_ITEM, by_item[""])
        yield from by_item[""]


def _add_task(element: Element, uid: int, task: OutgoingTask, uids: Mapping[str, int], calendar: int) -> None:
    percent = round(100 * task.done)
    work = sum(share.effort for share in task.shares)
    _texts(
        element,
        UID=uid,
        ID=uid,
        Name=_name(task.title if task.is_reserved else f"{task.id} {task.title}"),
        Type=FIXED_DURATION,
        IsNull=0,
        OutlineLevel=2,
        Priority=500,
        Start=_at(task.start, MORNING),
        Finish=_at(task.finish, MORNING if task.is_milestone else EVENING),
        Duration=_hours(task.days),
        DurationFormat=IN_DAYS,
        Work=_hours(work),
        EffortDriven=0,
        Milestone=int(task.is_milestone),
        Summary=0,
        Critical=int(task.is_critical),
        PercentComplete=percent,
        PercentWorkComplete=percent,
        ActualStart=_at(task.actual_start, MORNING) if task.actual_start else None,
        ActualFinish=_at(task.actual_finish, EVENING) if task.actual_finish else None,
        ActualDuration=_hours(task.days * task.done),
        RemainingDuration=_hours(task.days * (1 - task.done)),
        ConstraintType=MUST_START_ON if task.pinned else START_NO_EARLIER_THAN,
        CalendarUID=calendar,
        ConstraintDate=_at(task.start, MORNING),
        Deadline=_at(task.due, EVENING) if task.due else None,
        IgnoreResourceCalendar=1,
        Notes=_notes(task),
    )
    _add_links(element, ((uids[link.predecessor], link.link, link.lag) for link in task.links))


def _notes(task: OutgoingTask) -> str | None:
    """Why then, and the launch where it is another day."""
    said = [task.note]
    if task.launch and task.launch > task.finish:
        said.append(f"It launches on {full_day(task.launch)}.")
    if task.due_is_hard and task.due and task.status is not Status.DONE:
        said.append("Its deadline is hard.")
    return plain(" ".join(filter(None, said))) or None


def _add_links(element: Element, links: Iterable[tuple[int, Link, int]]) -> None:
    for uid, link, lag in links:
        found = SubElement(element, "PredecessorLink")
        _texts(found, PredecessorUID=uid, Type=LINKS[link], CrossProject=0)
        _texts(found, LinkLag=lag * TENTHS_OF_MINUTES, LagFormat=IN_DAYS)


def _add_landing(element: Element, uid: int, item: OutgoingItem, uids: Mapping[str, int]) -> None:
    """The milestone at the end of the day on which an item lands."""
    _texts(
        element,
        UID=uid,
        ID=uid,
        Name=_name(f"{item.id} lands"),
        Type=FIXED_DURATION,
        IsNull=0,
        OutlineLevel=2 if item.last_task in uids else 1,
        Start=_at(item.lands, EVENING),
        Finish=_at(item.lands, EVENING),
        Duration=_hours(0),
        DurationFormat=IN_DAYS,
        Milestone=1,
        Summary=0,
        PercentComplete=0,
        ActualDuration=_hours(0),
        RemainingDuration=_hours(0),
        ConstraintType=START_NO_EARLIER_THAN,
        CalendarUID=1,
        ConstraintDate=_at(item.lands, EVENING),
        Deadline=_at(item.target, EVENING) if item.target else None,
    )
    _add_links(element, [(uids[item.last_task], Link.FS, 0)] if item.last_task in uids else [])


def _add_resources(parent: Element, out: Outgoing, calendars: Mapping[tuple[Span, ...], int]) -> None:
    for uid, team in enumerate(out.teams, 1):
        _texts(
            SubElement(parent, "Resource"),
            UID=uid,
            ID=uid,
            Name=_name(team.name),
            Type=1,
            IsNull=0,
            Group=_name(team.org) or None,
            MaxUnits=f"{team.engineers:g}",
            CalendarUID=calendars[team.days_off],
        )


def _add_assignments(parent: Element, out: Outgoing, uids: Mapping[str, int]) -> None:
    resources = {team.name: uid for uid, team in enumerate(out.teams, 1)}
    number = 0
    for task in out.tasks:
        for share in task.shares:
            if share.team in resources:
                number += 1
                _texts(
                    SubElement(parent, "Assignment"),
                    UID=number,
                    TaskUID=uids[task.id],
                    ResourceUID=resources[share.team],
                    PercentWorkComplete=round(100 * task.done),
                    Finish=_at(task.finish, MORNING if task.is_milestone else EVENING),
                    Start=_at(task.start, MORNING),
                    Units=f"{share.engineers:g}",
                    Work=_hours(share.effort),
                )
