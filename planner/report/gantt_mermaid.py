"""The plan as a Gantt chart in Mermaid, which wikis and code hosts draw: a section a team, tasks in sequence."""

import re

from planner.domain.outgoing import Outgoing, OutgoingTask
from planner.domain.roadmap import Status
from planner.report.wording import full_day, plain

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NOBODY = "Nobody has taken these"
_MEANING = re.compile(r"[:;#%`<>{}\[\]|\\\"$&]+")
"""Signs that mean something to Mermaid, or to the page around it."""


def gantt_mermaid(out: Outgoing) -> bytes:
    """The whole file; bars end with the last day worked, milestones are launches after a block."""
    off = [day for number, day in enumerate(WEEKDAYS) if number not in out.weekdays]
    lines = [
        "gantt",
        f"  title {words(out.title)}, as of {full_day(out.as_of)}",
        "  dateFormat YYYY-MM-DD",
        "  axisFormat %d %b %y",
        "  inclusiveEndDates",
        *([f"  excludes {', '.join(off)}"] if off else []),
        "  todayMarker off",
    ]
    by_team: dict[str, list[tuple[int, OutgoingTask]]] = {}
    for number, task in enumerate(out.tasks, 1):
        by_team.setdefault(task.shares[0].team if task.shares else "", []).append((number, task))
    for team in sorted(by_team, key=lambda name: (not name, name.casefold())):
        lines.append(f"  section {words(team) or NOBODY}")
        for number, task in by_team[team]:
            lines.append(_bar(number, task))
            if task.launch and task.launch > task.finish:
                name = words(f"{task.id} launches")
                lines.append(f"  {name} :milestone, l{number}, {task.launch.isoformat()}, 0d")
    return ("\n".join(lines) + "\n").encode()


def _bar(number: int, task: OutgoingTask) -> str:
    tags = {Status.DONE: ["done"], Status.IN_PROGRESS: ["active"]}.get(task.status, [])
    tags = [*tags, *(["crit"] if task.is_critical and task.status is not Status.DONE else [])]
    name = words(task.title if task.is_reserved else f"{task.id} {task.title}") or "task"
    if task.is_milestone:
        return f"  {name} :{', '.join([*tags, 'milestone', f't{number}', task.start.isoformat(), '0d'])}"
    days = [task.start.isoformat(), task.finish.isoformat()]
    return f"  {name} :{', '.join([*tags, f't{number}', *days])}"


def words(text: str) -> str:
    """A text without signs that mean something.

    >>> words("Pay: 50 % <b>now</b>; #1")
    'Pay 50 b now /b 1'
    """
    return " ".join(_MEANING.sub(" ", plain(text)).split())
