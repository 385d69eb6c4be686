"""The story of `roadmap merge`: workbooks that came back go into the master, each on what was sent."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from planner.domain.edits import NewColumn, NewRow, OwnSheet, Patched
from planner.domain.errors import UserError
from planner.domain.merge_report import MergeReport, Outstanding, Returned
from planner.domain.merging import AddedRow, Difference, Matter, Merged, OnConflict, Verdict
from planner.domain.settings import Settings
from planner.pipeline.clashes import Ask, Place, asked, clash_of, keep_clashes, left, open_clashes
from planner.pipeline.files import write
from planner.pipeline.inputs import Inputs, Report, planning_day, read_settings, silent, state_folder
from planner.pipeline.locks import locked, user
from planner.pipeline.log import Entry, LoggedCell, entries, repair, replace_and_log
from planner.pipeline.replacing import BACKUP, refuse_open
from planner.pipeline.returned import read_returned, taken_back
from planner.pipeline.waiting import unanswered
from planner.pipeline.writing_back import Opened, open_workbooks
from planner.report.clashes_xlsx import clashes_xlsx
from planner.report.merge import merge_command
from planner.sheets.files import read_tables
from planner.sheets.merge.answers import Answer, QuestionKind
from planner.sheets.merge.formulas import formula_cells
from planner.sheets.merge.grid import SheetGrid, ids_of, sheet_grids
from planner.sheets.merge.merging import merge as merge_tables
from planner.sheets.merge.wishes import Returned as FileReturned
from planner.sheets.ooxml import patch
from planner.sheets.roadmap import build_roadmap
from planner.sheets.values import Conventions

CLASHES_FILE = "clashes.xlsx"
MOST_PASSES = 3
"""A column or sheet that is added takes part in the merge when it is there: in the next pass."""

DECIDED = "It clashed before, and somebody has decided what the master says."


@dataclass(frozen=True)
class _Master:
    """The workbook that is merged into, and how its cells are read."""

    book: Opened
    settings: Settings
    conventions: Conventions
    minted: Mapping[str, str]
    on_conflict: OnConflict


@dataclass
class _Run:
    """What the passes have come to: the master, and what became of each edit."""

    content: bytes
    tables: tuple[SheetGrid, ...]
    """Those of `content`."""
    differences: list[Difference] = field(default_factory=list)
    added: list[AddedRow] = field(default_factory=list)
    decided: dict[Place, str] = field(default_factory=dict)
    """Cell that somebody has decided about -> id of the clash that was answered."""


def merge(
    master: Path,
    files: Sequence[Path],
    on_conflict: OnConflict = OnConflict.ASK,
    ask: Ask | None = None,
    is_dry: bool = False,
    report: Report = silent,
) -> MergeReport:
    """Merge returned files, `clashes.xlsx` among them, into the master; `is_dry` only says what would be done.

    Raises
    ------
    UserError
        If a file cannot be read, or the master cannot be written to: then nothing was.
    """
    inputs = Inputs((master,))
    if master.is_dir():
        raise UserError(f"{master} is a folder: name the one workbook in it that the others are merged into")
    files = [path for path in files if path.resolve() != master.resolve()]
    if not files:
        raise UserError(f"there is nothing to merge into {master}: name the workbooks that came back")
    if is_dry:
        return _merged(inputs, files, on_conflict, ask, report)[0]
    state = state_folder(inputs)
    with locked(state, "`roadmap merge`"):
        repair(state)
        refuse_open(master.parent / CLASHES_FILE)
        made, run, book = _merged(inputs, files, on_conflict, ask, report)
        return _written(made, run, book, state)


def _merged(
    inputs: Inputs, files: Sequence[Path], on_conflict: OnConflict, ask: Ask | None, report: Report
) -> tuple[MergeReport, _Run, Opened]:
    """Everything but the writing."""
    (book,) = open_workbooks(inputs)
    state = state_folder(inputs)
    log = [entry for entry in entries(state) if entry.workbook == book.label]
    settings = read_settings(inputs).settings
    day = planning_day(inputs, settings)
    conventions = Conventions(day, settings.day_first, sizes=settings.defaults.sizes)
    minted = {row.content: row.id for entry in log for row in entry.added}
    master = _Master(book, settings, conventions, minted, on_conflict)
    report("reading what came back")
    found = read_returned(inputs, files, settings, conventions, open_clashes(state, book.path))
    returned = tuple(file.about for file in found)
    report(f"merging into {book.label}")
    run = _Run(book.content, _tables(master, book.content))
    decided = {clash for entry in log for clash in entry.settled}
    _pass(master, run, _undecided(run, [file.content for file in found], decided))
    if ask:
        answers = tuple(asked(run.differences, ask))
        _pass(master, run, [FileReturned(user(), (), None, answers)] if answers else [])
    differences = tuple(_unless_decided(difference, run, decided) for difference in run.differences)
    sent, outstanding = _outstanding(inputs, book.label, returned)
    made = MergeReport(
        master=str(inputs.paths[0]),
        returned=returned,
        differences=differences,
        added=tuple(run.added),
        clashes=left(open_clashes(state, book.path), differences, run.tables, run.decided, {f.who for f in returned}),
        sent=sent,
        outstanding=outstanding,
        is_changed=run.content != book.content,
        is_dry=True,
    )
    return made, run, book


def _pass(master: _Master, run: _Run, returned: Sequence[FileReturned]) -> None:
    """Merge files into the bytes that the run has come to; again while columns or sheets are added."""
    answers = {answer.cell: answer for file in returned for answer in file.answers}
    for number in range(MOST_PASSES if returned else 0):
        minted = {**master.minted, **{row.content: row.id for row in run.added}}
        merged = merge_tables(run.tables, returned, master.on_conflict, minted)
        patched = patch(run.content, master.book.label, merged.edits)
        lost = _lost(merged, patched)
        found = [_as_patched(difference, patched, lost) for difference in merged.differences]
        run.differences += found if number == 0 else filter(_is_done, found)
        run.added += [row for row in merged.added if row.id not in lost]
        if patched.content != run.content:
            run.content, run.tables = patched.content, _tables(master, patched.content)
        for difference in found:
            answer = answers.get(difference.theirs_cell) if difference.theirs_cell else None
            if answer and _decides(answer, difference):
                run.decided[difference.sheet, difference.key, difference.column] = answer.question
        if not any(isinstance(edit, NewColumn | OwnSheet) for edit in merged.edits):
            break


def _decides(answer: Answer, difference: Difference) -> bool:
    """Whether an answer settles what clashed; that a row is to go is left to be done by hand."""
    if answer.kind is QuestionKind.ROW:
        return difference.verdict in (Verdict.MERGED, Verdict.PROPOSED)
    return answer.kind is QuestionKind.CLASH and difference.verdict is Verdict.MERGED


def _undecided(run: _Run, returned: Sequence[FileReturned], decided: set[str]) -> list[FileReturned]:
    """Files without those edits that clashed before and about which somebody has decided; these are ignored."""
    if not decided:
        return list(returned)
    again = [
        difference
        for difference in merge_tables(run.tables, returned).differences
        if difference.matter is Matter.CELL and not difference.already and clash_of(difference).id in decided
    ]
    run.differences += [replace(difference, verdict=Verdict.IGNORED, reason=DECIDED) for difference in again]
    edits = {difference.theirs_cell: difference.base for difference in again if difference.theirs_cell}
    return [taken_back(file, edits) for file in returned]


def _tables(master: _Master, content: bytes) -> tuple[SheetGrid, ...]:
    """The tables of the master as these bytes have them, with the ids that its rows go by."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / master.book.label
        path.write_bytes(content)
        tables = read_tables([path], master.settings).tables
    roadmap = build_roadmap(tables, master.settings, master.conventions.today).roadmap
    formulas = formula_cells(content, master.book.label)
    return sheet_grids(tables, master.conventions, ids_of(roadmap), formulas)


def _lost(merged: Merged, patched: Patched) -> set[str]:
    """Ids of new rows that the patcher has refused."""
    refused = [edit for i, edit in enumerate(merged.edits) if isinstance(edit, NewRow) and i not in patched.placed]
    values = {str(value) for edit in refused for value in edit.values.values()}
    return {row.id for row in merged.added if row.id in values}


def _as_patched(difference: Difference, patched: Patched, lost: set[str]) -> Difference:
    """What was to be merged and could not be written is held back."""
    if not _is_done(difference):
        return difference
    reasons = [refusal.message for refusal in patched.refused if refusal.cell == difference.ours_cell]
    if difference.matter is Matter.NEW_ROW and difference.key in lost:
        reasons = ["there is no room for the row in the master's table."]
    if not reasons:
        return difference
    return replace(difference, verdict=Verdict.HELD_BACK, reason=f"Not written: {reasons[0]}")


def _is_done(difference: Difference) -> bool:
    return difference.verdict is Verdict.MERGED and not difference.already


def _unless_decided(difference: Difference, run: _Run, decided: set[str]) -> Difference:
    """What clashed is no clash any more where somebody has decided, in this run or before."""
    is_decided = (difference.sheet, difference.key, difference.column) in run.decided
    if difference.verdict is not Verdict.CLASH or not (is_decided or clash_of(difference).id in decided):
        return difference
    return replace(difference, verdict=Verdict.IGNORED, reason=DECIDED)


def _outstanding(inputs: Inputs, label: str, returned: Sequence[Returned]) -> tuple[int, tuple[Outstanding, ...]]:
    """How many people were sent a file of this master, and who of them has not answered the last one."""
    sent, waiting = unanswered(inputs, label, {file.export for file in returned})
    now = datetime.now(UTC)
    return sent, tuple(
        Outstanding(
            who=one.receiver.shown,
            export=one.id,
            items=len(one.items),
            tasks=len(one.tasks),
            days=(now - datetime.fromisoformat(one.made)).days,
        )
        for one in waiting
    )


def _written(made: MergeReport, run: _Run, book: Opened, state: Path) -> MergeReport:
    """The master first, with its log; then what is left to choose, which the next merge would find again."""
    cells = tuple(
        LoggedCell(d.sheet, d.key, d.column, str(d.ours_cell), d.ours, d.theirs, d.who)
        for d in made.differences
        if _is_done(d) and d.matter is Matter.CELL
    )
    decided = {clash.id for clash in open_clashes(state, book.path) if clash.place in run.decided}
    entry = Entry(
        command="merge",
        workbook=book.label,
        exports=tuple(dict.fromkeys(file.export for file in made.returned if file.export)),
        cells=cells,
        added=made.added,
        settled=tuple(sorted(decided | set(run.decided.values()))),
    )
    replace_and_log(state, book.path, Patched(run.content, (), {}), book.content, entry)
    path = Path(made.master).parent / CLASHES_FILE
    was_open = bool(open_clashes(state, book.path))
    keep_clashes(state, book.path, made.clashes)
    made = replace(made, is_dry=False, backup=f"{book.path.name}{BACKUP}")
    if not made.clashes:
        return replace(made, settled_file=str(path)) if was_open and path.exists() else made
    write(path, clashes_xlsx(made.clashes, merge_command(made.master, str(path))))
    return replace(made, clashes_file=str(path))
