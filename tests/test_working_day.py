"""A working day with LibreOffice, for real: a PM opens his workbook, edits and sorts it, saves it, sends it back."""

from pathlib import Path

import pytest

from tests.office import OFFICE, save_again, work
from tests.round_trip import AS_OF, got, rows, run, send

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice Calc is not installed (no soffice on the path)")

ADA, BO = Path("out/Ada.xlsx"), Path("out/Bo.xlsx")

DAY = """
  items = book.Sheets.getByName("My items")
  Set_ items, "ASK-1", "Priority", "P0"
  tasks = book.Sheets.getByName("My tasks")
  row = Find(tasks, 0, "PAY-4")
  tasks.Rows.removeByIndex(row, 1)
  last = Find(tasks, 0, "PAY-5") + 1
  tasks.getCellByPosition(Column(tasks, "Title"), last).String = "Tell the auditors"
  tasks.getCellByPosition(Column(tasks, "Team"), last).String = "Pay"
  tasks.getCellByPosition(Column(tasks, "Effort"), last).Value = 1
  Dim by(0) As New com.sun.star.table.TableSortField
  by(0).Field = Column(tasks, "Title")
  by(0).IsAscending = False
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "SortFields"
  how(0).Value = by()
  how(1).Name = "ContainsHeader"
  how(1).Value = False
  tasks.getCellRangeByPosition(0, 1, Column(tasks, "Why"), last).sort(how())
End Sub

Function Column(sheet, header)
  Column = 0
  Do While sheet.getCellByPosition(Column, 0).String <> header
    Column = Column + 1
  Loop
End Function

Function Find(sheet, column, text)
  Find = 0
  Do While sheet.getCellByPosition(column, Find).String <> text
    Find = Find + 1
  Loop
End Function

Sub Set_(sheet, key, header, text)
  sheet.getCellByPosition(Column(sheet, header), Find(sheet, 0, key)).String = text
"""


@pytest.fixture(autouse=True)
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    send()


def test_what_a_pm_does_in_a_day_is_in_the_master_and_his_deletion_is_a_proposal(tmp_path: Path) -> None:
    work(ADA, tmp_path / "office", DAY)
    code, said = run("merge", "q3.xlsx", str(ADA))
    assert code == 0
    assert "IGNORED" not in said
    assert "HELD BACK" not in said
    assert got("q3.xlsx", "Roadmap", "ASK-1")["Priority"] == "P0"
    new = got("q3.xlsx", "Tasks", "Tell the auditors")
    assert (new["Team"], new["Effort"]) == ("Pay", 1)
    assert new["Task ID"]
    assert got("q3.xlsx", "Tasks", "PAY-4")["Title"] == "Receipts by mail"
    assert "PROPOSED, FOR YOU TO DO OR TO LEAVE (1)\n  Tasks PAY-4: missing row" in said
    once = Path("q3.xlsx").read_bytes()
    work(ADA, tmp_path / "office", "")
    assert run("merge", "q3.xlsx", str(ADA))[0] == 0
    assert Path("q3.xlsx").read_bytes() == once


def test_a_file_that_libreoffice_has_only_saved_again_changes_nothing(tmp_path: Path) -> None:
    before = Path("q3.xlsx").read_bytes()
    for file in (ADA, BO):
        sent = file.read_bytes()
        save_again(file, tmp_path / "office")
        assert file.read_bytes() != sent
    code, said = run("merge", "q3.xlsx", "out")
    assert (code, Path("q3.xlsx").read_bytes()) == (0, before)
    assert "Merged 2 files into q3.xlsx: nothing to change." in said
    assert "2 OF 2 FILES IN" in said


def test_libreoffice_opens_a_workbook_that_a_plan_and_a_merge_have_written_to(tmp_path: Path) -> None:
    work(ADA, tmp_path / "office", DAY)
    run("merge", "q3.xlsx", str(ADA))
    assert run("plan", "q3.xlsx", "--write-back", *AS_OF)[0] == 0
    ours = {sheet: rows("q3.xlsx", sheet) for sheet in ("Roadmap", "Tasks", "Decisions")}
    save_again(Path("q3.xlsx"), tmp_path / "office")
    assert {sheet: rows("q3.xlsx", sheet) for sheet in ours} == ours
