"""The story of `roadmap reassign`: what one PM answered for is another's from now on."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from planner.domain.edits import CellEdit, Refusal
from planner.domain.errors import UserError
from planner.domain.exports import Receiver, ReceiverKind, Sent
from planner.domain.handover import Handover, Moved
from planner.pipeline.current import or_written
from planner.pipeline.inputs import Inputs, Report, read_settings, silent, state_folder
from planner.pipeline.locks import locked
from planner.pipeline.log import Entry, LoggedCell, entries, repair, replace_and_log
from planner.pipeline.sent import base_of, keep, stored
from planner.pipeline.writing_back import WRITABLE, open_workbooks
from planner.sheets.files import find_files, read_tables
from planner.sheets.handover import handed_over, people
from planner.sheets.ooxml import patch
from planner.sheets.table import Table


def reassign(old: str, new: str, paths: Sequence[Path], report: Report = silent) -> Handover:
    """Move items, open decisions and unanswered exports; without paths in the workbooks of the plan written last.

    Raises
    ------
    UserError
        If nothing is the old PM's, or a workbook that names him cannot be written to.
    """
    inputs = or_written(Inputs(tuple(paths)))
    state = state_folder(inputs)
    with locked(state, "`roadmap reassign`"):
        repair(state)
        report("reading")
        tables = read_tables(inputs.paths, read_settings(inputs).settings).tables
        moved = tuple(handed_over(tables, old, new))
        exports = _outstanding(inputs, old)
        if not moved and not exports:
            raise _nobody(old, tables)
        return _hand_over(old, new, moved, exports, inputs)


def _outstanding(inputs: Inputs, old: str) -> tuple[Sent, ...]:
    """What the old PM was sent and has not answered."""
    answered = {export for entry in entries(state_folder(inputs)) for export in entry.exports}
    key = Receiver(ReceiverKind.PM, old).key
    return tuple(sent for sent in stored(inputs) if sent.receiver.key == key and sent.id not in answered)


def _hand_over(old: str, new: str, moved: Sequence[Moved], exports: Sequence[Sent], inputs: Inputs) -> Handover:
    """Patch every workbook that names the old PM, then let the new one answer what is out."""
    named = {one.cell.file for one in moved}
    files = tuple(path for label, path in find_files(inputs.paths).items() if label in named)
    for path in files:
        if path.suffix.lower() not in WRITABLE:
            raise UserError(
                f"{path.name} names {old!r} and is no .xlsx or .xlsm file: change it there, or save it as one"
            )
    refused: list[Refusal] = []
    for workbook in open_workbooks(Inputs(files)) if files else ():
        own = [one for one in moved if one.cell.file == workbook.label]
        edits = [CellEdit(one.cell.sheet, one.cell.row, one.cell.column, one.after) for one in own]
        patched = patch(workbook.content, workbook.label, edits)
        cells = tuple(
            LoggedCell(one.sheet, one.key, one.column, str(one.cell), one.before, one.after)
            for i, one in enumerate(own)
            if i in patched.placed
        )
        entry = Entry("reassign", workbook.label, cells=cells)
        replace_and_log(state_folder(inputs), workbook.path, patched, workbook.content, entry)
        refused += patched.refused
    for sent in exports:
        content = base_of(inputs, sent.id)
        if content is not None:
            keep(inputs, replace(sent, receiver=Receiver(ReceiverKind.PM, new)), content)
    kept = {refusal.cell for refusal in refused}
    return Handover(
        old=old,
        new=new,
        files=tuple(path.name for path in files),
        moved=tuple(one for one in moved if one.cell not in kept),
        exports=tuple(sent.id for sent in exports),
        refused=tuple(refused),
    )


def _nobody(old: str, tables: Sequence[Table]) -> UserError:
    known = people(tables)
    close = get_close_matches(old, known, n=1)
    hint = f"Did you mean {close[0]!r}?" if close else f"There are: {', '.join(known) or 'none'}."
    return UserError(f"nothing in these workbooks is {old!r}'s. {hint}")
