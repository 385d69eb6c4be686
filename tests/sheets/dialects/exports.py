"""Exports of Jira as it writes them: the headers are the real ones, the issues are invented."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

CLOUD = (
    "Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Project type,Project lead,Project lead id,"
    "Project description,Priority,Resolution,Assignee,Assignee Id,Reporter,Reporter Id,Creator,Creator Id,Created,"
    "Updated,Last Viewed,Resolved,Due date,Votes,Description,Environment,Watchers,Watchers,Watchers,Watchers Id,"
    "Watchers Id,Watchers Id,Original estimate,Remaining Estimate,Time Spent,Work Ratio,Σ Original Estimate,"
    "Σ Remaining Estimate,Σ Time Spent,Security Level,Inward issue link (Blocks),Inward issue link (Blocks),"
    "Outward issue link (Blocks),Inward issue link (Cloners),Outward issue link (Duplicate),"
    "Inward issue link (Relates),Attachment,Custom field (Development),Custom field (Issue color),"
    "Custom field (Rank),Sprint,Sprint,Custom field (Start date),Custom field (Story Points),"
    "Custom field (Story point estimate),"
    "Custom field (Team),Custom field (Vulnerability),Comment,Comment,Comment,Parent,Status Category,"
    "Status Category Changed"
)
SERVER = (
    "Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Project type,Project lead,"
    "Project description,Project url,Priority,Resolution,Assignee,Reporter,Creator,Created,Updated,Last Viewed,"
    "Resolved,Fix Version/s,Due Date,Votes,Labels,Labels,Description,Environment,Watchers,Original Estimate,"
    "Remaining Estimate,Time Spent,Work Ratio,Σ Original Estimate,Σ Remaining Estimate,Σ Time Spent,Security Level,"
    "Component/s,Attachment,Custom field (Development),Custom field (Epic Color),Custom field (Epic Link),"
    "Custom field (Epic Name),Custom field (Epic Status),Custom field (External issue ID),"
    "Custom field (Raised during),Custom field (Rank),Sprint,Sprint,Sprint,Custom field (Story Points),"
    "Custom field (Test sessions),Custom field (Testing status),Custom field ([CHART] Date of First Response),"
    "Comment,Comment"
)
CURRENT = (
    "Issue Type,Issue key,Issue id,Summary,Assignee,Assignee Id,Reporter,Reporter Id,Priority,Status,Resolution,"
    "Created,Updated,Due date"
)
PICKED = "Issue Type,Issue key,Issue id,Parent id,Summary,Status,Resolution"

Issue = Mapping[str, str | Sequence[str]]
"""Header -> value, several where the header stands several times."""


def export(headers: str, *issues: Issue, delimiter: str = ",", mark: str = "") -> bytes:
    """The bytes of an export."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    names = headers.split(",")
    writer.writerow(names)
    for issue in issues:
        assert issue.keys() <= set(names), issue.keys() - set(names)
        left = {name: [value] if isinstance(value, str) else list(value) for name, value in issue.items()}
        writer.writerow([left[name].pop(0) if left.get(name) else "" for name in names])
    return (mark + stream.getvalue()).encode()


def write_export(path: Path, headers: str, *issues: Issue, delimiter: str = ",", mark: str = "") -> Path:
    """The export as a file."""
    path.write_bytes(export(headers, *issues, delimiter=delimiter, mark=mark))
    return path
