"""A plan that was put aside under a name, to be compared with what became of it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that a plan was made of: as people call it, where its copy lies in the folder, its SHA-256."""

    label: str
    copy: str
    sha256: str


@dataclass(frozen=True)
class Baseline:
    """What a baseline is of, without the plan itself. `reserved` are the plan.json files of other roadmaps."""

    name: str
    title: str
    as_of: date
    saved: str
    """When, ISO, UTC."""
    who: str
    plan: str
    """`plan_id` of the plan."""
    files: tuple[StoredFile, ...] = ()
    config: StoredFile | None = None
    reserved: tuple[StoredFile, ...] = ()
    search: str = ""
    """How it was searched for, where the same search on the same facts gives the same plan; else empty."""
    finish: date | None = None
    items: int = 0
    tasks: int = 0
