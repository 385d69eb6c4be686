"""LibreOffice opens every result and shows what was meant; it also makes foreign workbooks to edit."""

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from planner.domain.edits import CellEdit, Edit, NewColumn, NewRow, OwnSheet
from planner.sheets.ooxml import patch
from tests.sheets.ooxml.books import calamine_values, rich

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice Calc is not installed")

EDITS: list[Edit] = [
    CellEdit("Plain", 4, 3, 100.5),
    NewRow("Tasks", 2, {1: "T-4", 3: 2, 4: date(2026, 4, 1)}),
    NewColumn("Tasks", 2, "Planned", {3: date(2026, 4, 2)}),
    OwnSheet("Roadmap plan", (("Task", "Day"), ("T-1 < & \x07", date(2026, 4, 1)))),
]


def resaved(content: bytes, folder: Path, suffix: str = "xlsx") -> bytes:
    """The workbook after LibreOffice opened and saved it."""
    source, target = folder / "in" / "book.xlsx", folder / "out"
    source.parent.mkdir(exist_ok=True)
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", suffix, "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (target / f"book.{suffix}").read_bytes()


def test_it_opens_a_patched_workbook_and_calculates_what_was_stale(tmp_path: Path) -> None:
    patched = patch(rich(), "b.xlsx", EDITS)
    shown = resaved(patched.content, tmp_path)
    assert calamine_values(shown, "Sums")[0][0] == 100.5 + 2.5 + 3.5 + 4.5
    assert calamine_values(shown, "Sums")[1][0] == 222
    assert calamine_values(shown, "Sums")[2][0] == 3 + 5 + 8 + 2
    assert calamine_values(shown, "Tasks")[5][:7] == ["T-4", "", 2, date(2026, 4, 1), "", 4, ""]
    assert calamine_values(shown, "Tasks")[1][6] == "Planned"
    assert openpyxl.load_workbook(BytesIO(shown))["Tasks"].tables["TaskTable"].ref == "A2:G6"


def test_a_workbook_that_it_saved_is_edited_and_opened_again(tmp_path: Path) -> None:
    """Also its sheet of ours, which it has saved in its own way, is known and replaced."""
    saved = resaved(patch(rich(), "b.xlsx", EDITS).content, tmp_path)
    again = patch(
        saved, "b.xlsx", [CellEdit("Plain", 4, 3, 1.5), *EDITS[1:2], OwnSheet("Roadmap plan", (("Task",),))]
    )
    assert again.refused == ()
    shown = resaved(again.content, tmp_path)
    assert calamine_values(shown, "Sums")[0][0] == 12
    assert calamine_values(shown, "Roadmap plan") == [["Task"]]
    assert calamine_values(shown, "Tasks")[6][0] == "T-4"
