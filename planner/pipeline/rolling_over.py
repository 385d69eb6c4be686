"""The story of `roadmap rollover`: a period ends, its workbook goes on without what is over."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from planner.domain.cells import Cell
from planner.domain.edits import Edit, Patched
from planner.domain.errors import UserError
from planner.domain.rollover import RolledOver
from planner.pipeline.baselines import inputs_of_plan
from planner.pipeline.current import REPORTS
from planner.pipeline.files import latest_plan, read_plan, write
from planner.pipeline.inputs import Inputs, Report, planning_day, read_settings, silent, state_folder
from planner.pipeline.locks import locked
from planner.pipeline.log import Entry, LoggedCell, append, repair, replace_and_log
from planner.pipeline.replacing import BACKUP
from planner.pipeline.writing_back import Opened, open_workbooks
from planner.sheets.files import read_tables
from planner.sheets.merge.formulas import formula_cells
from planner.sheets.ooxml import patch
from planner.sheets.roadmap import build_roadmap
from planner.sheets.rollover import Plan, ids, planned, without


def rollover(
    paths: Sequence[Path] = (), out: Path | None = None, as_of: date | None = None, report: Report = silent
) -> tuple[RolledOver, ...]:
    """Roll workbooks over as of a day, in place with the old file kept as `.bak`, or one of them into a new file.

    Raises
    ------
    UserError
        If a workbook cannot be written to, or `out` is there already, elsewhere, or for several workbooks.
    """
    inputs = Inputs(tuple(paths)) if paths else inputs_of_plan(read_plan(latest_plan(REPORTS)))
    state = state_folder(inputs)
    with locked(state, "`roadmap rollover`"):
        repair(state)
        opened = open_workbooks(inputs)
        if out is not None:
            _check_out(out, opened)
        report("reading")
        settings = read_settings(inputs).settings
        day = planning_day(Inputs(inputs.paths, as_of=as_of), settings)
        tables = read_tables(inputs.paths, settings).tables
        roadmap = build_roadmap(tables, settings, day).roadmap
        done = []
        for workbook in opened:
            report(f"rolling {workbook.label} over")
            plan, patched = _patched(workbook, planned(workbook.label, tables, roadmap, day))
            done.append(_written(workbook, plan, patched, out, state))
        return tuple(done)


def _check_out(out: Path, opened: Sequence[Opened]) -> None:
    if len(opened) > 1:
        raise UserError("--out takes one workbook: roll several over in place, or one after the other")
    if out.exists():
        raise UserError(f"{out} is there already: take another name")
    if out.suffix.lower() != opened[0].path.suffix.lower():
        raise UserError(f"{out}: must end with {opened[0].path.suffix}, as the old workbook does")
    if out.resolve().parent != opened[0].path.resolve().parent:
        raise UserError(
            f"{out}: must lie beside {opened[0].label}, where its settings, dismissals, baselines and log are"
        )


def _patched(workbook: Opened, plan: Plan) -> tuple[Plan, Patched]:
    """The workbook with all edits; a row that cannot be emptied as a whole stays."""
    tried = patch(workbook.content, workbook.label, [edit for move in plan.moves for edit in move.edits])
    stuck = {(refusal.cell.sheet, refusal.cell.row): f"{refusal.cell} {refusal.message}" for refusal in tried.refused}
    for cell in sorted(formula_cells(workbook.content, workbook.label)):
        stuck.setdefault((cell.sheet, cell.row), f"{cell} holds a formula, which is never overwritten.")
    plan = without(plan, stuck)
    return plan, patch(workbook.content, workbook.label, _edits(plan))


def _edits(plan: Plan) -> list[Edit]:
    cleared = [edit for move in plan.moves for edit in move.edits]
    return [*plan.sheets(), *cleared, *plan.hidden(), *plan.edits]


def _written(workbook: Opened, plan: Plan, patched: Patched, out: Path | None, state: Path) -> RolledOver:
    sheets = list(plan.sheets())
    missing = [refusal for refusal in patched.refused if refusal.cell.sheet in {sheet.name for sheet in sheets}]
    if missing:
        raise UserError(f"{missing[0].cell}: {missing[0].message} Nothing was changed.")
    entry = Entry("rollover", workbook.label if out is None else out.name, cells=_logged(workbook, plan, patched))
    is_changed = patched.content != workbook.content
    if out is None:
        replace_and_log(state, workbook.path, patched, workbook.content, entry)
    else:
        write(out, patched.content)
        append(state, entry, workbook.content, patched.content)
    return RolledOver(
        workbook=workbook.label,
        written=str(out or workbook.path),
        backup=f"{workbook.path.name}{BACKUP}" if out is None and is_changed else "",
        tasks=ids(plan.moves, "Tasks"),
        items=ids(plan.moves, "Roadmap"),
        carried=tuple(plan.carried),
        asked=tuple(plan.asked),
        kept=tuple(plan.kept),
        refused=patched.refused,
        is_changed=is_changed,
    )


def _logged(workbook: Opened, plan: Plan, patched: Patched) -> tuple[LoggedCell, ...]:
    """What happened to which row: archived, or asked for again."""
    moved = [
        LoggedCell(move.kind, move.id, "", str(Cell(workbook.label, *move.place)), move.id, "archived")
        for move in plan.moves
    ]
    asked = [LoggedCell("Roadmap", one.item, "Target", "", one.target, None) for one in plan.asked]
    return (*moved, *asked)
