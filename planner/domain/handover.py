"""What moves when a PM leaves: items, open decisions, and files that were sent out and not answered."""

from dataclasses import dataclass

from planner.domain.cells import Cell
from planner.domain.edits import Refusal


@dataclass(frozen=True, slots=True)
class Moved:
    """A cell that names the PM: of which row, what it said and what it says now."""

    sheet: str
    key: str
    column: str
    before: str
    after: str
    cell: Cell


@dataclass(frozen=True)
class Handover:
    """What `roadmap reassign` did; `exports` are the ids of the files that the new PM is to answer now."""

    old: str
    new: str
    files: tuple[str, ...]
    moved: tuple[Moved, ...]
    exports: tuple[str, ...]
    refused: tuple[Refusal, ...] = ()
