"""Status, % done and actual dates of a task, made to agree: a typed status wins, a blank one follows the rest."""

from dataclasses import dataclass
from datetime import date

from planner.domain.roadmap import Status
from planner.sheets import rules
from planner.sheets.rows.reader import RowReader
from planner.sheets.values import (
    DateMark,
    Effort,
    parse_date,
    parse_effort,
    parse_first_date,
    parse_percent,
    parse_status,
)

FINISHED = (Status.DONE,)
BEGUN = (Status.IN_PROGRESS, Status.DONE, Status.DROPPED)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is: `done_share` 0..1, `remaining` and `actual_effort` in ED."""

    status: Status
    done_share: float | None = None
    remaining: float | None = None
    actual_start: date | None = None
    actual_finish: date | None = None
    actual_launch: date | None = None
    actual_effort: float | None = None


def read_progress(reader: RowReader, today: date) -> Progress:
    """The progress of a task; contradictions are reported with what is taken."""
    start = _actual(reader, "Actual start", today)
    finish = _actual(reader, "Actual finish", today)
    launch = _actual(reader, "Actual launch", today)
    share = reader.read("% done", parse_percent, None)
    remaining = reader.read("Remaining", parse_effort, Effort()).estimate
    spent = reader.read("Actual effort", parse_effort, Effort()).estimate
    typed = reader.read("Status", parse_status, None)
    status = typed or _implied(start, finish or launch, share)
    if typed is None and status is not Status.PLANNED:
        reader.findings.assume("Status", reader.subject, status.value, reader.cell("Status"))
    if start and finish and finish < start:
        text = f"has an Actual finish ({finish}) before its Actual start ({start}); the start is ignored."
        reader.report(rules.REVERSED_DATES, text, "Actual start", "Actual finish")
        start = None
    if finish and status not in FINISHED and status is not Status.DROPPED:
        _ignored(reader, "Actual finish", str(finish), status)
        finish = None
    if start and status not in BEGUN:
        _ignored(reader, "Actual start", str(start), status)
        start = None
    if launch and finish and launch < finish:
        text = f"has an Actual launch ({launch}) before its Actual finish ({finish}); the launch is ignored."
        reader.report(rules.REVERSED_DATES, text, "Actual launch", "Actual finish")
        launch = None
    if share is not None:
        _check_share(reader, share, status)
    if status is Status.DONE and finish is None:
        reader.findings.assume(
            "Actual finish", reader.subject, "before the planning start", reader.cell("Actual finish")
        )
    if status is Status.IN_PROGRESS and start is None:
        reader.findings.assume(
            "Actual start", reader.subject, "before the planning start", reader.cell("Actual start")
        )
    left, used = (estimate.likely if estimate else None for estimate in (remaining, spent))
    return Progress(status, share, left, start, finish, launch, used)


def _actual(reader: RowReader, column: str, today: date) -> date | None:
    """A day in the past; an actual date that is still to come is none."""
    parse = parse_first_date if column == "Actual start" else parse_date
    day = reader.read(column, parse, DateMark()).day
    if day is not None and day > today:
        text = f"{column} is after today ({today}); the date is ignored."
        example = f'"{reader.subject}" ({day})'
        reader.findings.share(rules.CONTRADICTING_PROGRESS, text, example, reader.cell(column))
        return None
    return day


def _implied(start: date | None, finish: date | None, share: float | None) -> Status:
    """The status that dates and progress tell where nobody typed one."""
    if finish is not None or share == 1:
        return Status.DONE
    return Status.IN_PROGRESS if start is not None or share else Status.PLANNED


def _ignored(reader: RowReader, column: str, value: str, status: Status) -> None:
    text = f"is {status.value} and has an {column} ({value}); the date is ignored."
    reader.report(rules.CONTRADICTING_PROGRESS, text, "Status", column)


def _check_share(reader: RowReader, share: float, status: Status) -> None:
    """Report a % done that does not fit the status; the status holds."""
    if share == 1 and status in (Status.PLANNED, Status.IN_PROGRESS):
        text = f"is 100 % done and {status.value}; planned as {status.value} with nothing left to do."
    elif share < 1 and status is Status.DONE:
        text = f"is done and {share:.0%} done; taken as done."
    elif 0 < share < 1 and status is Status.PLANNED:
        text = f"is planned and {share:.0%} done; only the rest is planned."
    else:
        return
    reader.report(rules.CONTRADICTING_PROGRESS, text, "Status", "% done")
