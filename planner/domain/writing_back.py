"""What became of a plan that was written into the workbooks that it was made of."""

from dataclasses import dataclass

from planner.domain.cells import Cell
from planner.domain.edits import Refusal


@dataclass(frozen=True)
class WrittenBack:
    """One workbook: the columns that were added, the cells that now say something else, what could not be written.

    `path` is what people call it; `tasks` is how many tasks of the plan stand in it.
    """

    path: str
    tasks: int
    added: tuple[str, ...] = ()
    changed: tuple[Cell, ...] = ()
    refused: tuple[Refusal, ...] = ()
    is_changed: bool = False
    """Whether the file has other bytes than before."""
    is_writable: bool = True
    """False for an input that is no .xlsx or .xlsm file: nothing of the plan is in it."""
    backup: str = ""
    """Where the old file is kept, if it was replaced."""
