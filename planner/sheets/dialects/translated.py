"""What a dialect makes of a sheet."""

from collections.abc import Callable
from dataclasses import dataclass

from planner.domain.diagnostics import Diagnostic
from planner.domain.settings import Settings
from planner.sheets.grid import Grid
from planner.sheets.table import Table


@dataclass(frozen=True)
class Translated:
    """Tables of ours, what was assumed on the way, and the sheet without what may not be shown (people, comments)."""

    tables: tuple[Table, ...]
    diagnostics: tuple[Diagnostic, ...]
    shown: Grid


Dialect = Callable[[Grid, Settings], Translated | None]
