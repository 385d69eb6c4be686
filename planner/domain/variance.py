"""What moved between two plans, by how much, and which changes of the facts it is owed to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Cause(StrEnum):
    """A group of facts that can differ between two plans; the word is what people and programs read."""

    ESTIMATE = "estimate"
    DEPENDENCY = "dependency"
    CAPACITY = "capacity or leave"
    SCOPE = "scope"
    """Tasks and items that were added or dropped, tasks that now belong to other items."""
    MOVED = "moved or split task"
    DECISION = "decision or experiment"
    CALENDAR = "calendar and blocks"
    """Blocks, holidays and overrides, and the fixed dates of tasks."""
    PRIORITY = "priorities and targets"
    PROGRESS = "progress"
    """Actual dates, what is done and left, and the planning start itself."""


SOLVER = "re-sequencing"
"""What no fact explains: the search found another sequence for the same facts."""
RESIDUAL = "unexplained"
"""What the replay of the first plan does not reproduce; all of it where the facts behind a plan are not known."""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that differs: a clause for people such as "LED-3 Effort 10 → 18 ED"."""

    cause: Cause
    text: str


@dataclass(frozen=True, slots=True)
class Slip:
    """How far one thing moved and why, in working days (Monday to Friday unless a team's week differs); later is > 0.

    `parts` are by cause, then `SOLVER` and `RESIDUAL`; they add up to `days`. Those that are zero are left out.
    """

    id: str
    """Of the item or task; empty for the whole."""
    title: str
    before: date
    now: date
    days: int
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Variance:
    """Two plans compared.

    `items` and `tasks` are those in both that moved, the farthest first; of a task its last day worked, of an item
    the launch of its last task. `standard_error` is the largest of any part, in days; 0 where the parts are exact.
    """

    before: str
    """The first plan as people call it."""
    now: str
    before_as_of: date
    now_as_of: date
    whole: Slip | None
    """The end of the plan; None where one of them has no end."""
    items: tuple[Slip, ...] = ()
    tasks: tuple[Slip, ...] = ()
    unmoved: int = 0
    """Items that land on the same day in both."""
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    """Items that only one of the plans has."""
    changes: tuple[Change, ...] = ()
    orders: int = 0
    """Orders in which the causes were taken; all there are where the parts are exact."""
    standard_error: float = 0.0
    is_planned: bool = True
    """False where the second plan was not searched for: the first one's sequence on the facts of the second."""
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing moved, came or went."""
        moved = self.whole is not None and self.whole.days != 0
        return not (moved or self.items or self.tasks or self.added or self.dropped or self.changes)

    def changes_by_cause(self) -> Mapping[Cause, tuple[str, ...]]:
        """What differs, for each cause that has something, in the order of the causes."""
        found = {cause: tuple(c.text for c in self.changes if c.cause is cause) for cause in Cause}
        return {cause: texts for cause, texts in found.items() if texts}
