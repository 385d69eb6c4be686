"""Answers on their way to the master: a decision, a fact or a clash is a wish for a cell, a dismissal a new row."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from planner.domain.edits import CellValue
from planner.domain.merging import Difference, Matter, Verdict
from planner.domain.roadmap import id_key
from planner.sheets.columns import columns_of
from planner.sheets.grid import as_text
from planner.sheets.headers import normal
from planner.sheets.merge.answers import Answer, Choice, QuestionKind
from planner.sheets.merge.comparing import refused_by_master
from planner.sheets.merge.forms import Typed
from planner.sheets.merge.grid import GridColumn, GridRow, Located, SheetGrid, our_column, rows_of
from planner.sheets.merge.wishes import Compared, RowWish, Wish
from planner.sheets.values.numbers import NO
from planner.sheets.values.parsed import fold

DECISIONS, CHOSEN = "Decisions", "Chosen"
DISMISSED, CONFLICT, REASON, BY = "Dismissed", "Conflict ID", "Reason", "By"


def answered(who: str, answers: Sequence[Answer], ours: Sequence[SheetGrid]) -> Compared:
    """What the answers of one file want of the master."""
    found = Compared()
    gone = _of_deleted_rows(answers, ours)
    for same_row in gone.values():
        _bring_back(who, same_row, ours, found)
    for answer in (answer for answer in answers if _row_of(answer) not in gone):
        if answer.kind is QuestionKind.DISMISSAL:
            _dismiss(who, answer, ours, found)
        elif answer.kind is QuestionKind.ROW:
            found.differences.append(_row(who, answer))
        else:
            _fill(who, answer, ours, found)
    return found


def _row_of(answer: Answer) -> tuple[str, str]:
    return answer.sheet, answer.key


def _of_deleted_rows(
    answers: Sequence[Answer], ours: Sequence[SheetGrid]
) -> Mapping[tuple[str, str], Sequence[Answer]]:
    """What is decided about cells of rows that the master has deleted, by row, where any of it is to come back."""
    there = {(row.grid.kind, id_key(row.row.id)) for row in rows_of(ours)}
    found: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        if answer.kind is QuestionKind.CLASH and answer.row and (answer.sheet, id_key(answer.key)) not in there:
            found[_row_of(answer)].append(answer)
    return {row: said for row, said in found.items() if any(_choice(answer) is not Choice.OURS for answer in said)}


def _bring_back(who: str, answers: Sequence[Answer], ours: Sequence[SheetGrid], found: Compared) -> None:
    """A new row as it was returned, but for cells about which something else is decided."""
    first = answers[0]
    home = next((grid for grid in ours if grid.kind == first.sheet), None)
    if home is None:
        found.differences.extend(_lost(who, answer, answer.sheet) for answer in answers)
        return
    columns = {key: column for key, _ in first.row if (column := home.columns.get(key) or our_column(home, key))}
    values = dict(first.row)
    for answer in answers:
        column = _column(home, answer.column)
        if column:
            values[column.key] = answer.base if _choice(answer) is Choice.OURS else answer.value
    row = GridRow(first.cell.row, first.key, first.key, {k: v for k, v in values.items() if v is not None})
    grid = SheetGrid(first.cell.file, first.cell.sheet, home.kind, 1, {**home.columns, **columns}, (row,))
    found.newcomers.append(RowWish(who, Matter.NEW_ROW, None, None, Located(grid, row), comes_back=True))
    text = f'"{first.key}" comes back, as decided.'
    found.differences.extend(
        _of_answer(who, answer, answer.sheet, Verdict.MERGED, text, already=True) for answer in answers
    )


def _fill(who: str, answer: Answer, ours: Sequence[SheetGrid], found: Compared) -> None:
    """A wish for the cell that a question names; it was `answer.ours` when it was asked."""
    is_decision = answer.kind is QuestionKind.DECISION
    kind = DECISIONS if is_decision else answer.sheet
    tables = [grid for grid in ours if id_key(kind) in (id_key(grid.kind), id_key(grid.sheet))]
    rows = [row for row in rows_of(tables) if id_key(answer.key) in (id_key(row.row.id), id_key(row.row.typed))]
    column = _column(rows[0].grid, CHOSEN if is_decision else answer.column) if rows else None
    if not rows and answer.kind is QuestionKind.CLASH and _choice(answer) is Choice.OURS:
        text = f'"{answer.key}" stays deleted, as decided.'
        found.differences.append(_of_answer(who, answer, kind, Verdict.MERGED, text, already=True))
        return
    if column is None:
        found.differences.append(_lost(who, answer, kind))
        return
    wish = Wish(
        who=who,
        sheet=rows[0].grid.kind,
        id=rows[0].row.id,
        key=column.key,
        column=column.name,
        base=Typed(answer.ours, column),
        theirs=Typed(answer.value, column),
        ours=rows[0],
        theirs_cell=answer.cell,
    )
    refusal = refused_by_master(wish)
    if refusal:
        found.differences.append(wish.difference(*refusal))
    else:
        found.wishes.append(wish)


def _column(grid: SheetGrid, name: str) -> GridColumn | None:
    """The column of a table, or one of ours that it could have; None where it is neither."""
    for column in grid.columns.values():
        if normal(name) in (normal(column.name), normal(column.header)):
            return column
    ours = (column.name for column in columns_of(grid.kind) if normal(column.name) == normal(name))
    return next((our_column(grid, key) for key in ours), None)


def _dismiss(who: str, answer: Answer, ours: Sequence[SheetGrid], found: Compared) -> None:
    """A row in Dismissed with the answer as its reason; "no" leaves the conflict open."""
    row = _dismissal(who, answer, ours)
    dismissed = rows_of([grid for grid in ours if grid.kind == DISMISSED])
    there = next((other for other in dismissed if id_key(other.row.id) == id_key(row.row.id)), None)
    wish = RowWish(who, Matter.NEW_ROW, None, there, row)
    if fold(as_text(answer.answer)) in NO:
        text = f'The answer is "{as_text(answer.answer)}": the conflict stays open.'
        found.differences.append(wish.difference(Verdict.IGNORED, text))
    elif there:
        found.differences.append(wish.difference(Verdict.MERGED, "It is dismissed already.", already=True))
    else:
        found.newcomers.append(wish)


def _dismissal(who: str, answer: Answer, ours: Sequence[SheetGrid]) -> Located:
    """The row as somebody would have typed it."""
    conventions = next(column.conventions for grid in ours for column in grid.columns.values())
    values: dict[str, CellValue] = {CONFLICT: answer.key, REASON: as_text(answer.answer), BY: who}
    columns = {
        column.name: GridColumn(column.name, column.name, (), conventions, column)
        for column in columns_of(DISMISSED)
        if column.name in values
    }
    row = GridRow(answer.cell.row, answer.key, answer.key, values)
    return Located(SheetGrid(answer.cell.file, answer.cell.sheet, DISMISSED, 1, columns, (row,)), row)


def _row(who: str, answer: Answer) -> Difference:
    """What is decided about a row that one has deleted and another edited: no row is deleted but by hand."""
    if _choice(answer) is Choice.OURS:
        return _of_answer(who, answer, answer.sheet, Verdict.MERGED, "The row stays, as decided.", already=True)
    if _choice(answer) is Choice.THEIRS:
        text = f'"{answer.key}" is to go, as decided: delete its row in the master.'
        return _of_answer(who, answer, answer.sheet, Verdict.PROPOSED, text)
    text = "Of a row only ours (it stays) or theirs (it goes) can be chosen."
    return _of_answer(who, answer, answer.sheet, Verdict.IGNORED, text)


def _choice(answer: Answer) -> Choice | None:
    """Whose word was chosen; None where it is a value of its own."""
    said = fold(as_text(answer.answer))
    return Choice(said) if said in list(Choice) else None


def _lost(who: str, answer: Answer, sheet: str) -> Difference:
    """An answer that fits nowhere."""
    column = CHOSEN if answer.kind is QuestionKind.DECISION else answer.column
    text = f'The master has no cell "{column}" of "{answer.key}" in "{sheet}", so the answer has no place.'
    return _of_answer(who, replace(answer, column=column), sheet, Verdict.IGNORED, text)


def _of_answer(
    who: str, answer: Answer, sheet: str, verdict: Verdict, reason: str, already: bool = False
) -> Difference:
    """What became of an answer that is no wish for a cell."""
    return Difference(
        sheet=sheet,
        key=answer.key,
        column=answer.column,
        base=answer.base,
        ours=answer.ours,
        theirs=answer.value,
        verdict=verdict,
        reason=reason,
        who=who,
        theirs_cell=answer.cell,
        matter=Matter.MISSING_ROW if answer.kind is QuestionKind.ROW else Matter.CELL,
        already=already,
    )
