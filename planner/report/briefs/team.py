"""One page for a team: what is asked of it, by whom, in which order, for whom it waits, who waits for it."""

from collections.abc import Iterator, Mapping, Sequence

from planner.domain.paper import (
    Align,
    Block,
    Callout,
    Column,
    Figure,
    Figures,
    Paper,
    Paragraph,
    Stamp,
    Strong,
)
from planner.domain.plan import Plan, PlannedItem, PlannedTask, PlannedTeam, TaskLink
from planner.domain.roadmap import id_key
from planner.domain.units import DAYS_PER_WEEK
from planner.report.briefs.layout import Section, one_page
from planner.report.briefs.parts import HEAD, ID, NAME, clause, on, overload_cells, promised, titled
from planner.report.conflicts import ranked
from planner.report.wording import count, number, percent, short, weeks

QUEUE, LINKS, LATE, CONFLICTS = (8, 24), (3, 6), (2, 4), (1, 3)
"""Rows of each table, at least and at most."""

Handover = tuple[PlannedTask, PlannedTask, TaskLink]
"""What comes first, what waits for it, and how, as the link to the other team's."""


def team_brief(plan: Plan, team: PlannedTeam, stamp: Stamp) -> Paper:
    """The document."""
    return one_page(f"{short(team.name, HEAD)}: what the roadmap asks", stamp, tuple(_content(plan, team)))


def _content(plan: Plan, team: PlannedTeam) -> Iterator[Block | Section]:
    mine = [task for task in plan.tasks if task.sequence and team.name in task.teams]
    yield _figures(plan, team, mine)
    yield from _over(plan, team)
    if not mine:
        yield Paragraph(f"The plan asks nothing of {short(team.name, HEAD)}.")
        return
    yield _late(plan, mine)
    yield _queue(plan, mine)
    yield from _waits(plan, team, mine)
    yield from _waited_for(plan, team, mine)
    yield _contradictions(plan, team)


def _figures(plan: Plan, team: PlannedTeam, mine: Sequence[PlannedTask]) -> Figures:
    items = {item for task in mine for item in task.items}
    people = "engineer" if team.engineers == 1 else "engineers"
    size = f"{number(team.engineers)} {people}{', assumed' if team.assumed else ''}"
    return Figures(
        (
            Figure(str(len(mine)), "task" if len(mine) == 1 else "tasks", f"for {count(len(items), 'item')}"),
            Figure(
                number(team.demand / DAYS_PER_WEEK),
                "engineer-weeks of work",
                "a vendor, by its own dates" if team.is_external else size,
            ),
            Figure(percent(team.busy), "of our time has a plan", f"free from {on(team.free_from, plan)}"),
            Figure(str(team.waiting_days), "days of waiting", "for our own capacity, all tasks together"),
        )
    )


def _over(plan: Plan, team: PlannedTeam) -> Iterator[Block]:
    """Targets that ask more than there is."""
    if team.overload_first:
        when, due, share = overload_cells(plan, team)
        yield Callout((Strong("Too much: "), f"{due} for the targets of {when}, {share} of what we have."))


def _late(plan: Plan, mine: Sequence[PlannedTask]) -> Section:
    """Items that miss their target with a task of ours as the last one, and tasks that miss their own day."""
    ids = {task.id for task in mine}
    items = sorted(
        (item for item in plan.items if item.days_late and item.last_task in ids), key=lambda i: (-i.days_late, i.id)
    )
    tasks = sorted((task for task in mine if task.days_late), key=lambda t: (-t.days_late, t.id))
    rows = [(i.id, i.title, promised(i.target, plan), on(i.lands, plan), i.days_late, i.last_task) for i in items]
    rows += [(t.id, t.title, on(t.due, plan), on(t.finish, plan), t.days_late, t.id) for t in tasks]
    cells = [
        (short(name, ID), titled(title), target, lands, count(late, "day"), short(last, ID))
        for name, title, target, lands, late, last in rows
    ]
    titles = ("What", "Title", "Target", "Lands", "Late by", "Last task")
    return Section("What is late and ends with us", tuple(map(Column, titles)), tuple(cells), *LATE)


def _queue(plan: Plan, mine: Sequence[PlannedTask]) -> Section:
    """Our tasks in their order, and who asks for each."""
    items = {id_key(item.id): item for item in plan.items}
    rows = [
        (
            str(place),
            short(task.id, ID),
            titled(task.title),
            _asked_by(task, items),
            on(task.start, plan),
            on(task.finish, plan),
            "milestone" if task.is_milestone else _effort(task),
        )
        for place, task in enumerate(mine, 1)
    ]
    titles = map(Column, ("#", "Task", "Title", "For", "Start", "Finish"))
    columns = (*titles, Column("Engineer-weeks", align=Align.RIGHT))
    return Section("What others ask of us, in this order", columns, tuple(rows), *QUEUE)


def _effort(task: PlannedTask) -> str:
    return f"{number(task.effort / DAYS_PER_WEEK)}{'' if task.estimated else ', assumed'}"


def _asked_by(task: PlannedTask, items: Mapping[str, PlannedItem]) -> str:
    """The first item a task is for with the customer and the PM who ask, and how many more there are."""
    asked = [items[id_key(name)] for name in task.items if id_key(name) in items]
    if not asked:
        return "no item"
    first = asked[0]
    asker = first.customer or first.origin
    who = f"{short(first.id, ID)}{f', {short(asker, NAME)}' if asker else ''}"
    pm = f" ({short(first.pm, NAME)})" if first.pm else ""
    return f"{who}{pm}{f' and {len(asked) - 1} more' if len(asked) > 1 else ''}"


def _waits(plan: Plan, team: PlannedTeam, mine: Sequence[PlannedTask]) -> Iterator[Block | Section]:
    """What other teams do before us, the nearest first."""
    pairs = [(before, task, link) for task in mine for before, link in _others(plan, team, task.waits_for)]
    rows = [
        (first, short(link.team, NAME), *_named(before), short(task.id, ID), then)
        for before, task, link in sorted(pairs, key=_nearest)
        for first, then in (_days(plan, before, task, link),)
    ]
    titles = ("Done on", "Team", "Their task", "Title", "Our task", "Our start")
    yield Section("For whom we wait", tuple(map(Column, titles)), tuple(rows), *LINKS)
    if not rows:
        yield Paragraph("We wait for no other team.")


def _waited_for(plan: Plan, team: PlannedTeam, mine: Sequence[PlannedTask]) -> Iterator[Block | Section]:
    """What other teams do after us, the nearest first."""
    pairs = [(task, after, link) for task in mine for after, link in _others(plan, team, task.waited_by)]
    rows = [
        (first, short(link.team, NAME), *_named(after), short(task.id, ID), then)
        for task, after, link in sorted(pairs, key=_nearest)
        for first, then in (_days(plan, task, after, link),)
    ]
    titles = ("Our finish", "Team", "Their task", "Title", "Our task", "Their start")
    yield Section("Who waits for us", tuple(map(Column, titles)), tuple(rows), *LINKS)
    if not rows:
        yield Paragraph("No other team waits for us.")


def _days(plan: Plan, first: PlannedTask, then: PlannedTask, link: TaskLink) -> tuple[str, str]:
    """The day that is waited for and the day that waits: a finish and a start, where the link says nothing else."""
    kind = link.relation[:2]
    awaited = f"starts {on(first.start, plan)}" if kind in ("SS", "SF") else on(first.finish, plan)
    waiting = f"ends {on(then.finish, plan)}" if kind in ("FF", "SF") else on(then.start, plan)
    return awaited, waiting


def _others(plan: Plan, team: PlannedTeam, links: Sequence[TaskLink]) -> Iterator[tuple[PlannedTask, TaskLink]]:
    """Neighbours of other teams that are not done."""
    tasks = plan.tasks_by_id()
    for link in links:
        if link.team != team.name and link.task in tasks and tasks[link.task].sequence:
            yield tasks[link.task], link


def _named(task: PlannedTask) -> tuple[str, str]:
    return short(task.id, ID), titled(task.title)


def _nearest(pair: Handover) -> tuple[int, str, str]:
    first, then, _ = pair
    return first.finish.toordinal(), first.id, then.id


def _contradictions(plan: Plan, team: PlannedTeam) -> Section:
    """What contradicts our work, the dearest first."""
    ours = (conflict for conflict in ranked(plan.conflicts) if team.name in conflict.teams)
    rows = [(weeks(c.cost), on(c.decide_by, plan), clause(c.message)) for c in ours]
    columns = tuple(map(Column, ("At risk", "Decide by", "What")))
    return Section("What contradicts our work", columns, tuple(rows), *CONFLICTS)
