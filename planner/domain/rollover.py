"""What `roadmap rollover` did: what is over is archived, the rest goes on, passed targets are asked for again."""

from dataclasses import dataclass

from planner.domain.edits import Refusal


@dataclass(frozen=True, slots=True)
class Carried:
    """Work under way, which goes on as it is: ED as estimated and as left; None where nobody has typed it."""

    task: str
    title: str
    effort: float | None
    left: float | None


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """An item that is not out although its target has passed: the cell is blank now."""

    item: str
    title: str
    pm: str
    target: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that is over and stays where it is, with the reason."""

    sheet: str
    id: str
    why: str


@dataclass(frozen=True)
class RolledOver:
    """One workbook after its roll-over; `written` is where it lies."""

    workbook: str
    written: str
    backup: str
    """The old file's name, empty where it was not touched."""
    tasks: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    """Ids that went to the archive."""
    carried: tuple[Carried, ...] = ()
    asked: tuple[AskedAgain, ...] = ()
    kept: tuple[Kept, ...] = ()
    refused: tuple[Refusal, ...] = ()
    """Cells that could not be written."""
    is_changed: bool = False
