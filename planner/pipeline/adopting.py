"""The story of `roadmap whatif adopt`: a scenario goes into the workbooks, in place, with an entry in the log."""

from collections.abc import Sequence

from planner.domain.edits import CellValue
from planner.domain.errors import UserError
from planner.domain.scenario import Act, Adopted, AdoptedCell, Scenario, ScenarioRow
from planner.pipeline.current import or_written
from planner.pipeline.inputs import Inputs, Report, read_settings, silent, state_folder
from planner.pipeline.locks import locked
from planner.pipeline.log import repair
from planner.pipeline.recording import Record, record_all
from planner.pipeline.supposing import read_scenarios, supposed
from planner.sheets.files import read_tables
from planner.sheets.scenario import DROPPED, KEYS, WITH_STATUS, placed
from planner.sheets.table import Table


def adopt_scenario(name: str, inputs: Inputs, report: Report = silent) -> Adopted:
    """Write every row of a scenario into the workbooks; nothing is written unless all of it can be.

    A dropped task or item is marked as dropped, any other dropped row is emptied: no row ever disappears.

    Raises
    ------
    UserError
        If the scenario is none, does not fit the workbooks, or a cell cannot be edited.
    """
    inputs = or_written(inputs)
    state = state_folder(inputs)
    with locked(state, "`roadmap whatif adopt`"):
        repair(state)
        report("reading")
        scenarios = read_scenarios(name, inputs)
        settings = read_settings(inputs).settings
        supposed(inputs, scenarios)  # whether all of it fits
        tables = read_tables(inputs.paths, settings).tables
        rows = [_record(row, tables, scenario) for scenario in scenarios for row in scenario.rows]
        if not rows:
            raise UserError(f"{name}: there is nothing in it to adopt")
        report("writing")
        done = record_all(inputs, settings, rows, f"whatif adopt {name}")
    cells = tuple(
        AdoptedCell(cell.cell, cell.column, _text(cell.before), _text(cell.after))
        for one in done
        for cell in one.cells
    )
    return Adopted(name, tuple(dict.fromkeys(one.workbook for one in done)), cells)


def _record(row: ScenarioRow, tables: Sequence[Table], scenario: Scenario) -> Record:
    """A row of a scenario as an edit of its sheet."""
    key_column = KEYS.get(row.sheet, "")
    if row.act is Act.ADD:
        return Record(row.sheet, key_column, row.key, row.values, by=scenario.file, always_new=True)
    values: dict[str, CellValue] = {name: value for name, value in row.values.items() if name != key_column}
    if row.act is Act.DROP:
        columns = tables[placed(tables, row, scenario.file)[0]].columns
        values = {"Status": DROPPED} if row.sheet in WITH_STATUS else dict.fromkeys(columns)
    return Record(row.sheet, key_column, row.key, values, by=scenario.file)


def _text(value: CellValue) -> str:
    return "" if value is None else str(value)
