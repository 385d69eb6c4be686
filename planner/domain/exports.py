"""Workbooks that were sent out: to whom, when, of which plan, and what they said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.roadmap import id_key


class ReceiverKind(StrEnum):
    """Who gets a workbook of his own."""

    PM = "pm"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Receiver:
    """A PM or a team; without a name the one workbook for everything that has no PM, or no team."""

    kind: ReceiverKind
    name: str

    @property
    def key(self) -> tuple[ReceiverKind, str]:
        """Two receivers with the same key are one, however they are spelt."""
        return self.kind, id_key(self.name)

    @property
    def shown(self) -> str:
        """The name, also where there is none."""
        return self.name or "nobody"


@dataclass(frozen=True, slots=True)
class Export:
    """What a workbook that came back says of itself."""

    id: str
    receiver: Receiver


@dataclass(frozen=True, slots=True)
class PlannedSpan:
    """First and last day worked."""

    start: date
    finish: date


@dataclass(frozen=True)
class Sent:
    """A workbook as it was sent: the record beside its copy in `.roadmap/exports/ID/`.

    The rest is what it said, for the next one to tell what has changed; nothing that its receiver may not see.
    """

    id: str
    receiver: Receiver
    made: str
    """When, in ISO form with time zone."""
    plan: str
    """Id of the plan, as in `.roadmap/history`."""
    files: tuple[str, ...]
    """The workbooks that it was made of, as they were typed."""
    path: str
    """Where it was written for sending."""
    items: Mapping[str, date | None]
    """Item id -> the day on which it lands."""
    tasks: Mapping[str, PlannedSpan | None]
    """Task id -> its days; None where it is not planned."""
    conflicts: tuple[str, ...]
    """Ids of the conflicts that it named."""


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One workbook that was written, and how much is in it."""

    path: str
    id: str
    receiver: Receiver
    items: int
    tasks: int
    questions: int
    news: int
    reserved_items: int
    reserved_tasks: int


@dataclass(frozen=True)
class ExportRun:
    """What `roadmap export` did. `unchanged`: the plan that went out is the one that was written last."""

    kind: ReceiverKind
    title: str
    master: str
    """The first of the files that it was made of, as it was typed."""
    folder: str
    files: tuple[ExportedFile, ...]
    unchanged: bool
