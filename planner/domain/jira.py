"""Issues for Jira's importer: epics above tasks, links by number."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class JiraIssue:
    """One issue. `number` is its id within the file, by which `parent` and links name it; `id` is ours.

    `estimate` and `remaining` in ED; `start` and `due` are planned days, an epic is due on its target.
    """

    number: int
    type: str
    id: str
    summary: str
    status: str
    description: str = ""
    parent: int | None = None
    epic: str = ""
    """Name of the epic above it, or its own."""
    team: str = ""
    priority: str = ""
    resolution: str = ""
    estimate: float | None = None
    remaining: float | None = None
    start: date | None = None
    due: date | None = None
    components: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    blocks: tuple[int, ...] = ()
    duplicates: tuple[int, ...] = ()
    relates: tuple[int, ...] = ()


@dataclass(frozen=True)
class JiraExport:
    """The issues of a plan, epics first, and what they cannot say, one sentence each."""

    title: str
    path: str
    issues: tuple[JiraIssue, ...]
    notes: tuple[str, ...]
