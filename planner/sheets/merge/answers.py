"""The sheet "Questions for you", and `clashes.xlsx`: a question a row, answers that become edits.

Columns, found by their headers anywhere in the first rows:

    Question ID   names the question
    Kind          decision, dismissal, fact, clash, or row: one that is deleted by some and edited by others
    Sheet, Key, Column
                  the cell that the answer is for: the sheet of ours, the row's id, our column or a header as typed.
                  A decision is for Decisions.Chosen, a dismissal for the row of its conflict in Dismissed.
    Question      the words
    Your answer   blank until it is answered
    Base, Ours, Theirs
                  of a clash: its three values. The answer is one of these words, or a value of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from planner.domain.cells import Cell
from planner.domain.edits import CellValue
from planner.domain.own_sheets import QUESTION_COLUMNS
from planner.sheets.grid import Grid, as_text, is_blank
from planner.sheets.headers import HEADER_ROWS, normal
from planner.sheets.merge.grid import cell_value
from planner.sheets.table import Value

CLASH_COLUMNS = ("Base", "Ours", "Theirs")
"""Further headers where clashes are among the questions."""


class QuestionKind(StrEnum):
    """What an answer becomes."""

    DECISION = "decision"
    DISMISSAL = "dismissal"
    FACT = "fact"
    CLASH = "clash"
    ROW = "row"


class Choice(StrEnum):
    """Whose value a clash gets; any other answer is the value itself."""

    BASE = "base"
    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Answer:
    """A question that was answered; `base`, `ours` and `theirs` are a clash's values when it was asked.

    `row` is the returned row by its columns, where the master had deleted it.
    """

    question: str
    kind: QuestionKind
    sheet: str
    key: str
    column: str
    answer: CellValue
    cell: Cell
    base: CellValue = None
    ours: CellValue = None
    theirs: CellValue = None
    row: tuple[tuple[str, CellValue], ...] = ()

    @property
    def value(self) -> CellValue:
        """What is to stand in the cell."""
        chosen = as_text(self.answer).casefold() if self.kind is QuestionKind.CLASH else ""
        values = {Choice.BASE: self.base, Choice.OURS: self.ours, Choice.THEIRS: self.theirs}
        return next((value for choice, value in values.items() if choice == chosen), self.answer)


def read_answers(grids: Sequence[Grid]) -> tuple[Answer, ...]:
    """The answered questions of a workbook; rows that name no known kind are none."""
    return tuple(answer for grid in grids for answer in _answers(grid))


def _answers(grid: Grid) -> Iterator[Answer]:
    headers = ((index, _offsets(row)) for index, row in enumerate(grid.rows[:HEADER_ROWS]))
    asked = (found for found in headers if found[1].keys() >= set(QUESTION_COLUMNS))
    index, offsets = next(asked, (len(grid.rows), {}))
    for number, cells in zip(grid.numbers[index + 1 :], grid.rows[index + 1 :], strict=True):
        values = {name: cells[offset] for name, offset in offsets.items() if offset < len(cells)}
        kind = as_text(values.get("Kind")).casefold()
        if kind in list(QuestionKind) and not is_blank(values.get("Your answer")):
            place = Cell(grid.file, grid.sheet, number, grid.first_column + offsets["Your answer"])
            yield _answer(values, QuestionKind(kind), place)


def _offsets(row: Sequence[Value]) -> Mapping[str, int]:
    """Header of ours -> the first column under it."""
    found = {normal(as_text(value)): offset for offset, value in reversed(list(enumerate(row)))}
    return {name: found[normal(name)] for name in (*QUESTION_COLUMNS, *CLASH_COLUMNS) if normal(name) in found}


def _answer(values: Mapping[str, Value], kind: QuestionKind, cell: Cell) -> Answer:
    texts = {name: as_text(values.get(name)) for name in ("Question ID", "Sheet", "Key", "Column")}
    base, ours, theirs = (_value(values.get(name)) for name in CLASH_COLUMNS)
    return Answer(
        question=texts["Question ID"],
        kind=kind,
        sheet=texts["Sheet"],
        key=texts["Key"],
        column=texts["Column"],
        answer=_value(values.get("Your answer")),
        cell=cell,
        base=base,
        ours=ours,
        theirs=theirs,
    )


def _value(value: Value) -> CellValue:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if is_blank(value) else cell_value(value)
