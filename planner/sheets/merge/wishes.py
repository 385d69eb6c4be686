"""What a returned file wants of the master, before all files are weighed together."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from planner.domain.cells import Cell
from planner.domain.edits import CellValue
from planner.domain.merging import Difference, Matter, Verdict
from planner.sheets.merge.answers import Answer
from planner.sheets.merge.forms import Typed
from planner.sheets.merge.grid import Located, SheetGrid


@dataclass(frozen=True)
class Returned:
    """A file that came back: from whom, its tables, and those of the file as it was sent.

    Without a base (None) nothing is known of what was sent: blanks say nothing, no row is missing. `answers` are
    those of its sheet of questions.
    """

    who: str
    theirs: Sequence[SheetGrid]
    base: Sequence[SheetGrid] | None
    answers: Sequence[Answer] = ()


@dataclass(frozen=True, eq=False)
class Wish:
    """A cell of the master is to hold another value.

    `ours` is the master's row, None where it is gone; `key` and `column` say which cell of it, `id` what the row is
    called. `row` is the returned row, which an answer has none of.
    """

    who: str
    sheet: str
    id: str
    key: str
    column: str
    base: Typed
    theirs: Typed
    ours: Located | None
    theirs_cell: Cell
    row: Located | None = None

    @property
    def present(self) -> Typed:
        """What the master has."""
        column = self.ours.grid.columns.get(self.key) if self.ours else None
        return Typed(self.ours.meant(self.key) if self.ours else None, column)

    def difference(self, verdict: Verdict, reason: str, already: bool = False) -> Difference:
        """What became of it."""
        return Difference(
            sheet=self.sheet,
            key=self.id,
            column=self.column,
            base=self.base.value,
            ours=self.present.value,
            theirs=self.theirs.value,
            verdict=verdict,
            reason=reason,
            who=self.who,
            ours_cell=self.ours.cell(self.key) if self.ours else None,
            theirs_cell=self.theirs_cell,
            already=already,
            row=said_by(self.row) if self.row and not self.ours else (),
        )


def said_by(row: Located) -> tuple[tuple[str, CellValue], ...]:
    """What a row says, by its columns; computed ones say nothing."""
    typed = (key for key, column in row.grid.columns.items() if not column.is_computed)
    return tuple((key, value) for key in typed if (value := row.meant(key)) is not None)


@dataclass(frozen=True, eq=False)
class RowWish:
    """A row of a returned file as a whole: a new one, one that is gone, one with another id; None where it is not.

    `is_edited` where the master has changed it since it was sent; `comes_back` where the master had deleted it.
    """

    who: str
    matter: Matter
    base: Located | None
    ours: Located | None
    theirs: Located | None
    is_edited: bool = False
    comes_back: bool = False

    def difference(self, verdict: Verdict, reason: str, already: bool = False, id: str = "") -> Difference:
        """What became of it; `id` where the row is called otherwise than in any of the files."""
        rows = [row for row in (self.ours, self.base, self.theirs) if row]
        is_rename = self.matter is Matter.RENAME
        return Difference(
            sheet=rows[0].grid.kind,
            key=id or next((row.row.id for row in rows if row.row.id), ""),
            column=rows[0].grid.keys[0] if is_rename else "",
            base=_shown(self.base, is_rename),
            ours=_shown(self.ours, is_rename),
            theirs=_shown(self.theirs, is_rename),
            verdict=verdict,
            reason=reason,
            who=self.who,
            ours_cell=self.ours.cell() if self.ours else None,
            theirs_cell=self.theirs.cell() if self.theirs else None,
            matter=self.matter,
            already=already,
        )


def _shown(row: Located | None, is_rename: bool) -> CellValue:
    if row is None:
        return None
    return (row.row.typed if is_rename else row.name) or None


@dataclass(frozen=True)
class Compared:
    """One returned sheet against its base and the master: what is settled already, and what is not.

    `missing` are rows of the base that did not come back and that the master has.
    """

    differences: list[Difference] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    newcomers: list[RowWish] = field(default_factory=list)
    missing: list[RowWish] = field(default_factory=list)
