"""Issues as a csv that Jira's importer takes: a column per value, seconds, one date format; and how to import it."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date

from planner.domain.jira import JiraExport, JiraIssue
from planner.report.sequence_csv import FORMULA
from planner.report.wording import MONTHS, count, plain

DATE_FORMAT = "dd/MMM/yy h:mm a"
"""What Jira exports, and offers when it imports."""
MINUTES_PER_DAY, SECONDS_PER_MINUTE = 480, 60

SINGLE: tuple[tuple[str, Callable[[JiraIssue], str]], ...] = (
    ("Summary", lambda issue: _guarded(issue.summary)),
    ("Issue Type", lambda issue: issue.type),
    ("Issue ID", lambda issue: str(issue.number)),
    ("Parent", lambda issue: "" if issue.parent is None else str(issue.parent)),
    ("External ID", lambda issue: _guarded(issue.id)),
    ("Epic Name", lambda issue: _guarded(issue.epic) if issue.parent is None else ""),
    ("Epic Link", lambda issue: _guarded(issue.epic) if issue.parent is not None else ""),
    ("Status", lambda issue: issue.status),
    ("Resolution", lambda issue: issue.resolution),
    ("Priority", lambda issue: issue.priority),
    ("Team", lambda issue: _guarded(issue.team)),
    ("Original estimate", lambda issue: _seconds(issue.estimate)),
    ("Remaining Estimate", lambda issue: _seconds(issue.remaining)),
    ("Start date", lambda issue: _day(issue.start)),
    ("Due date", lambda issue: _day(issue.due)),
    ("Description", lambda issue: _guarded(issue.description)),
)
"""Header -> its value. Cloud reads Parent; Server reads Epic Name and Epic Link."""

REPEATED: tuple[tuple[str, Callable[[JiraIssue], Sequence[object]]], ...] = (
    ("Component", lambda issue: issue.components),
    ("Labels", lambda issue: issue.labels),
    ('Link "blocks"', lambda issue: issue.blocks),
    ('Link "duplicates"', lambda issue: issue.duplicates),
    ('Link "relates"', lambda issue: issue.relates),
)
"""Header -> its values: the header stands as often as the longest list needs it. Links are to Issue IDs, under the
names that the importer gives to them, so that it maps them by itself."""


def jira_csv(issues: Sequence[JiraIssue]) -> str:
    """The file's text, epics first as the importer wants parents before children; no mark of byte order."""
    widths = [max((len(values(issue)) for issue in issues), default=0) for _, values in REPEATED]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    headers = [header for header, _ in SINGLE]
    headers += [header for (header, _), width in zip(REPEATED, widths, strict=True) for _ in range(width)]
    writer.writerow(headers)
    for issue in issues:
        cells = [value(issue) for _, value in SINGLE]
        for (_, values), width in zip(REPEATED, widths, strict=True):
            texts = [_guarded(str(value)) for value in values(issue)]
            cells += texts + [""] * (width - len(texts))
        writer.writerow(cells)
    return stream.getvalue()


def jira_text(made: JiraExport) -> str:
    """Where the file is, how to import it, and what it cannot say; ends with a newline."""
    epics = sum(issue.type == "Epic" for issue in made.issues)
    lines = [
        f"{plain(made.title)}: {count(epics, 'epic')} and {count(len(made.issues) - epics, 'task')} in {made.path}",
        f'In Jira choose: encoding UTF-8, delimiter ",", date format {DATE_FORMAT}; Parent by Issue ID.',
        *made.notes,
    ]
    return "\n".join(lines) + "\n"


def jira_json(made: JiraExport) -> str:
    """Everything for programs; ends with a newline."""
    return json.dumps(asdict(made), ensure_ascii=False, indent=1, default=str) + "\n"


def _guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula, its lines kept."""
    lines = "\n".join(map(plain, text.splitlines())).strip()
    return f"'{lines}" if lines.startswith(FORMULA) else lines


def _seconds(days: float | None) -> str:
    """ED as seconds of work, in whole minutes."""
    return "" if days is None else str(round(days * MINUTES_PER_DAY) * SECONDS_PER_MINUTE)


def _day(day: date | None) -> str:
    """A day in Jira's format, whatever the language of this machine.

    >>> _day(date(2026, 10, 2))
    '02/Oct/26 12:00 AM'
    """
    return f"{day.day:02}/{MONTHS[day.month - 1]}/{day.year % 100:02} 12:00 AM" if day else ""
