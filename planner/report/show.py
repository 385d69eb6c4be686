"""One task, team or item of a plan as a text for the terminal."""

import textwrap
from collections.abc import Mapping
from typing import TypeVar

from planner.domain.errors import UserError
from planner.domain.plan import Plan, PlannedTask
from planner.domain.roadmap import id_key
from planner.report.document import links_text, task_dates, team_sentence
from planner.report.wording import count, day, full_day, number, percent, plain, span, weeks

T = TypeVar("T")
LABEL = 13
WIDTH = 100
BAR = 30
"""Characters of a bar at 100 %."""


def show_task(plan: Plan, name: str) -> str:
    """What the task is, when and why then, from whom it waits and who waits for it."""
    task = _find(plan.tasks_by_id(), name, "task")
    launch = f", launches {full_day(task.launch)}" if task.launch else ""
    lines = [
        _heading(task.id, task.title),
        *_facts(
            ("Teams", ", ".join(task.teams) or "nobody has taken it"),
            ("Items", ", ".join(task.items)),
            ("When", f"{full_day(task.start)} – {full_day(task.finish)}{launch}"),
            ("Why then", task.reason.text),
            ("Effort", f"{weeks(task.effort)}, {number(task.engineers)} at once{_assumed(task)}"),
            ("Place", f"{task.sequence} of the plan, {task.queue} of its team" if task.sequence else task.status),
            ("Float", f"{count(task.total_float, 'working day')}{', critical' if task.critical else ''}"),
            ("Due", f"{full_day(task.due)}, {_lateness(task.days_late)}" if task.due else ""),
            ("Waits for", links_text(task.waits_for) or "nothing"),
            ("Who waits", links_text(task.waited_by) or "nobody"),
            ("Cells", ", ".join(map(str, task.cells))),
        ),
    ]
    return "\n".join(lines) + "\n"


def show_team(plan: Plan, name: str) -> str:
    """The team's size, its queue in order and its load by week."""
    team = _find(plan.teams_by_name(), name, "team")
    by_id = plan.tasks_by_id()
    lines = [_heading(team.name, team.org), team_sentence(plan, team)]
    if team.overload_first:
        when = span(team.overload_first, team.overload_last, plan.as_of)
        lines.append(f"Overloaded {when}: {percent(team.overload)} of what it has is due.")
    lines += ["", "Queue", *(_task_line(plan, by_id[task]) for task in team.queue)]
    last = max((i for i, week in enumerate(team.weeks) if week.planned), default=-1)
    busy = team.weeks[: last + 1]
    if busy:
        bars = (f"  {day(week.week, plan.as_of):>11}  {percent(week.share):>6}  {_bar(week.share)}" for week in busy)
        lines += ["", "Load by week", *bars]
    return "\n".join(lines) + "\n"


def show_item(plan: Plan, name: str) -> str:
    """The item against its target, what binds it, and its tasks in order."""
    item = _find(plan.items_by_id(), name, "item")
    by_id = plan.tasks_by_id()
    target = f"{item.target.text}, {_lateness(item.days_late)}" if item.target and item.lands else ""
    assumed = f", {weeks(item.assumed_effort)} of it assumed" if item.assumed_effort else ""
    lines = [
        _heading(item.id, item.title),
        *_facts(
            ("Asked by", ", ".join(filter(None, (item.customer, item.origin)))),
            ("PM", item.pm),
            ("Priority", f"{item.priority}, {item.commitment}"),
            ("Lands", full_day(item.lands) if item.lands else "nobody has taken it"),
            ("Target", target or (item.target.text if item.target else "")),
            ("Why then", item.reason.text if item.reason else ""),
            ("Effort", f"{weeks(item.effort)}{assumed}"),
            ("Cells", ", ".join(map(str, item.cells))),
        ),
    ]
    if item.tasks:
        lines += ["", "Tasks in order", *(_task_line(plan, by_id[task]) for task in item.tasks if task in by_id)]
    return "\n".join(lines) + "\n"


def _find(known: Mapping[str, T], name: str, kind: str) -> T:
    """By its name as people type it; raises UserError that names a few that exist."""
    by_key = {id_key(key): value for key, value in known.items()}
    found = by_key.get(id_key(name))
    if found is None:
        some = ", ".join(sorted(known)[:5]) or "none"
        raise UserError(f"no {kind} {name!r} in this plan (there are {len(known)}: {some} ...)")
    return found


def _heading(name: str, title: str) -> str:
    return plain(name) + (f"  {plain(title)}" if title else "")


def _facts(*facts: tuple[str, str]) -> list[str]:
    """Labels and values, each wrapped below itself; those without a value are left out."""
    indent = " " * LABEL
    return [
        textwrap.fill(plain(value), WIDTH, initial_indent=f"{label:<{LABEL}}", subsequent_indent=indent)
        for label, value in facts
        if value
    ]


def _task_line(plan: Plan, task: PlannedTask) -> str:
    start, finish, _ = task_dates(plan, task)
    return f"  {start:>11} – {finish:<11}  {task.id}  {plain(task.title)}: {task.reason.text}"


def _lateness(days: int) -> str:
    return f"late by {count(days, 'working day')}" if days else "in time"


def _assumed(task: PlannedTask) -> str:
    return "" if task.estimated else " (assumed: nobody typed it)"


def _bar(share: float) -> str:
    return "█" * min(2 * BAR, round(share * BAR))
