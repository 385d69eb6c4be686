"""What a command records goes into one row of the person's own workbook: edited, added, or on a sheet that is new."""

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.domain.edits import CellValue
from planner.domain.errors import UserError
from planner.domain.settings import Settings
from planner.pipeline.inputs import Inputs, state_folder
from planner.pipeline.recording import Record, Recorded, record
from tests.round_trip import SHEETS
from tests.sheets.workbooks import workbook


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    path = tmp_path / "q3.xlsx"
    workbook(path, SHEETS)
    state_folder(Inputs((path,))).mkdir()
    return Inputs((path,))


def decide(inputs: Inputs, key: str, **values: CellValue) -> Recorded:
    return record(inputs, Settings(), Record("Decisions", "Decision ID", key, values, by="Ada"), "decide approve")


def rows(inputs: Inputs, sheet: str) -> list[tuple[object, ...]]:
    return list(load_workbook(inputs.paths[0])[sheet].iter_rows(values_only=True))


def test_the_row_of_the_id_is_edited_and_logged(inputs: Inputs) -> None:
    done = decide(inputs, "dec-1", Chosen="South", Driver="Cleo")
    assert rows(inputs, "Decisions")[1] == ("DEC-1", "Which bank?", "North=0.5; South=0.5", "Cleo", "South")
    assert done.where == "q3.xlsx!Decisions!E2"
    (entry,) = map(json.loads, (state_folder(inputs) / "log.jsonl").read_text().splitlines())
    assert [(c["column"], c["before"], c["after"], c["by"]) for c in entry["cells"]] == [
        ("Chosen", None, "South", "Ada"),
        ("Driver", "Ada", "Cleo", "Ada"),
    ]


def test_a_column_that_is_missing_is_added_for_an_old_row_and_for_a_new_one(inputs: Inputs) -> None:
    decide(inputs, "DEC-2", Approver="Hana")
    decide(inputs, "DEC-9", **{"Decision ID": "DEC-9", "Due": date(2026, 10, 1)})
    header, *_, second, added = rows(inputs, "Decisions")
    assert header[5:] == ("Approver", "Due")
    assert second[5:] == ("Hana", None)
    assert added[0] == "DEC-9"
    assert str(added[6]).startswith("2026-10-01")


def test_a_sheet_that_no_workbook_has_is_added_and_then_grows(inputs: Inputs) -> None:
    for task in ("PAY-1", "PAY-2"):
        values = {"Task ID": task, "Block": "Freeze", "Approved by": "Hana"}
        wanted = Record("Overrides", "Task ID", task, values, always_new=True)
        where = record(inputs, Settings(), wanted, "breakglass approve").where
    assert where == "q3.xlsx!Overrides!A3"
    header, *added = rows(inputs, "Overrides")
    assert header[:2] == ("Task ID", "Block")
    assert [row[0] for row in added] == ["PAY-1", "PAY-2"]


def test_a_sheet_in_a_csv_file_is_named_and_nothing_is_written(inputs: Inputs, tmp_path: Path) -> None:
    (tmp_path / "hypotheses.csv").write_text("Hypothesis ID,Statement,Result\nH-1,It sells,\n", encoding="utf-8")
    before = inputs.paths[0].read_bytes()
    both = Inputs((*inputs.paths, tmp_path / "hypotheses.csv"))
    with pytest.raises(UserError, match=r"hypotheses\.csv holds the Hypotheses"):
        record(both, Settings(), Record("Hypotheses", "Hypothesis ID", "H-1", {"Result": "pass"}), "experiment")
    assert inputs.paths[0].read_bytes() == before
