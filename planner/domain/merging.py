"""What became of each edit in workbooks that came back: merged, clashing, ignored, held back, or only proposed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.cells import Cell
from planner.domain.edits import CellValue, Edit

RESERVED = "Reserved"
"""Id or title of a row that stands for one its reader may not see; such rows never merge back."""


class Verdict(StrEnum):
    """What was done with a difference; the word is what programs read."""

    MERGED = "merged"
    CLASH = "clash"
    IGNORED = "ignored"
    HELD_BACK = "held back"
    PROPOSED = "proposed"


class Matter(StrEnum):
    """What differs."""

    CELL = "cell"
    NEW_ROW = "new row"
    MISSING_ROW = "missing row"
    RENAME = "rename"
    NEW_COLUMN = "new column"


class OnConflict(StrEnum):
    """Whose value a clash between the master and one returned file gets; `ask` leaves it to people."""

    OURS = "ours"
    THEIRS = "theirs"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell, row or column of a returned file that differs from its base, and what became of it.

    `base`, `ours` (the master) and `theirs` are the values as typed; of a whole row they are its title, of a rename
    the ids. `who` sent the file. `reason` is one sentence. Cells are None where a side has no such row or column.
    """

    sheet: str
    """The sheet of ours that it is, such as "Tasks"."""
    key: str
    """Id of the row as shown; empty for a column."""
    column: str
    """Our column or the header as typed; empty for a whole row."""
    base: CellValue
    ours: CellValue
    theirs: CellValue
    verdict: Verdict
    reason: str
    who: str
    ours_cell: Cell | None = None
    theirs_cell: Cell | None = None
    matter: Matter = Matter.CELL
    already: bool = False
    """Merged, and nothing to do: the master says the same."""
    row: tuple[tuple[str, CellValue], ...] = ()
    """Of a cell whose row the master has deleted: the whole returned row by its columns, so that it can come back."""


@dataclass(frozen=True, slots=True)
class AddedRow:
    """A row that a returned file adds to the master; `content` recognises it when the same file comes again.

    `content` -> `id` goes into the log, from where the next merge takes it as `minted`.
    """

    sheet: str
    id: str
    who: str
    content: str


@dataclass(frozen=True)
class Merged:
    """Every difference once, in a stable order, and the edits that bring the master up to date."""

    differences: tuple[Difference, ...] = ()
    edits: tuple[Edit, ...] = ()
    added: tuple[AddedRow, ...] = ()

    def of(self, verdict: Verdict) -> tuple[Difference, ...]:
        """The differences with one verdict."""
        return tuple(difference for difference in self.differences if difference.verdict is verdict)

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many differences have each verdict; all verdicts, in their order."""
        counted = Counter(difference.verdict for difference in self.differences)
        return {verdict: counted[verdict] for verdict in Verdict}
