"""The sequence as csv: one row for each task, dates ISO, nothing that a spreadsheet would run as a formula."""

import csv
import io
from datetime import date

from planner.domain.plan import Plan, PlannedTask
from planner.report.wording import plain

HEADERS = (
    "Sequence",
    "Queue",
    "Task ID",
    "Title",
    "Team",
    "Further teams",
    "Item ID(s)",
    "Status",
    "Start",
    "Finish",
    "Launch",
    "Effort (ED)",
    "Engineers",
    "Total float (days)",
    "Free float (days)",
    "Critical",
    "Days late",
    "Why then",
    "Waits for",
    "Waited for by",
    "Cells",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sequence_csv(plan: Plan) -> str:
    """All tasks in sequence, done ones last; a text that begins like a formula gets a leading apostrophe."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADERS)
    writer.writerows([_field(value) for value in _values(task)] for task in plan.tasks)
    return stream.getvalue()


def _values(task: PlannedTask) -> tuple[str | float | date | None, ...]:
    return (
        task.sequence or None,
        task.queue or None,
        task.id,
        task.title,
        task.teams[0] if task.teams else "",
        "; ".join(task.teams[1:]),
        "; ".join(task.items),
        task.status,
        task.start,
        task.finish,
        task.launch,
        task.effort,
        task.engineers,
        task.total_float,
        task.free_float,
        "yes" if task.critical else "",
        task.days_late or None,
        task.reason.text,
        "; ".join(link.task for link in task.waits_for),
        "; ".join(link.task for link in task.waited_by),
        "; ".join(map(str, task.cells)),
    )


def _field(value: str | float | date | None) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return neutral(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula.

    >>> neutral("=1+1"), neutral("PAY-7")
    ("'=1+1", 'PAY-7')
    """
    return f"'{plain(text)}" if text.startswith(FORMULA) or plain(text).startswith(FORMULA) else plain(text)
