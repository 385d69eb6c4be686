"""`roadmap export`: what goes out, what stays secret, what comes back the same."""

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from planner.domain.computed import COMPUTED
from planner.domain.errors import UserError
from planner.domain.exports import ExportedFile, ExportRun, Receiver, ReceiverKind
from planner.domain.own_sheets import ITEMS_SHEET, NEWS_SHEET, QUESTIONS_SHEET, TASKS_SHEET
from planner.pipeline import Inputs
from planner.pipeline.exporting import file_names
from planner.pipeline.sent import base_of, stored
from planner.sheets.export.stamp import exported
from tests.exports import ITEMS, SECRETS, TASKS, inflated, master, rows, send, tables


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master, exported per PM into `out` and per team into `teams`."""
    folder = tmp_path_factory.mktemp("export")
    path = master(folder)
    send(path)
    send(path, ReceiverKind.TEAM, "teams")
    return folder


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A master of one's own."""
    return master(tmp_path)


def hidden_columns(sheet: Worksheet) -> set[object]:
    """Headers of the columns that are folded away; openpyxl keeps a run of columns under the first of them."""
    runs = [found for found in sheet.column_dimensions.values() if found.hidden]
    return {sheet.cell(1, place).value for run in runs for place in range(run.min, run.max + 1)}


def by_name(run: ExportRun) -> dict[str, ExportedFile]:
    return {Path(file.path).name: file for file in run.files}


def test_every_pm_gets_one_workbook_however_the_name_is_typed_and_is_a_safe_file_name(book: Path) -> None:
    files = by_name(send(book))
    assert {name: (file.items, file.tasks) for name, file in files.items()} == {
        "A-B- -C-.xlsx": (1, 1),
        "Ada.xlsx": (3, 5),
        "nobody.xlsx": (1, 2),  # the item without PM, and the task without item
    }
    assert sorted(path.name for path in (book.parent / "out").iterdir()) == sorted(files)


def test_work_for_no_item_goes_to_the_pm_of_a_column_of_its_own(tmp_path: Path) -> None:
    tasks = [(*row, {"Task ID": "PM", "LED-2": "ada"}.get(str(row[0]))) for row in TASKS]
    files = by_name(send(master(tmp_path, Tasks=tasks)))
    assert (files["Ada.xlsx"].tasks, files["nobody.xlsx"].tasks) == (6, 1)


def test_every_team_gets_its_tasks_and_their_items(folder: Path) -> None:
    assert set(rows(tables(folder / "teams" / "Web.xlsx")["Tasks"])) == {"PAY-2", "00123", "Reserved 1", "Reserved 2"}
    assert set(rows(tables(folder / "teams" / "Web.xlsx")["Roadmap"])) == {
        "ASK-1",
        "ASK-2",
        "Reserved 1",
        "Reserved 2",
    }
    assert set(rows(tables(folder / "teams" / "Pay.xlsx")["Roadmap"])) == {"ASK-1", "ASK-2", "Reserved 1"}


def test_what_goes_out_reads_back_as_the_masters_part(folder: Path) -> None:
    ours, theirs = tables(folder / "master.xlsx"), tables(folder / "out" / "A-B- -C-.xlsx")
    for kind, ids in (("Roadmap", ["ASK-3"]), ("Tasks", [77])):
        whole = rows(ours[kind])
        assert rows(theirs[kind]) == {name: whole[name] for name in ids}


def test_values_are_as_typed_and_keep_their_type(folder: Path) -> None:
    ours, theirs = rows(tables(folder / "master.xlsx")["Tasks"]), rows(tables(folder / "out" / "Ada.xlsx")["Tasks"])
    assert theirs["00123"] == ours["00123"]
    assert {**theirs["PAY-1"][0], "Description": None} == {**ours["PAY-1"][0], "Description": None}
    items = rows(tables(folder / "out" / "Ada.xlsx")["Roadmap"])
    assert {name: items[name] for name in ("ASK-1", "ASK-2")} == {
        name: row
        for name, row in rows(tables(folder / "master.xlsx")["Roadmap"]).items()
        if name in ("ASK-1", "ASK-2")
    }


def test_a_receiver_sees_nothing_of_what_is_reserved(folder: Path) -> None:
    for path in [*folder.glob("out/*.xlsx"), *folder.glob("teams/*.xlsx")]:
        content = inflated(path.read_bytes()).lower()
        assert [word for word in SECRETS if word.lower().encode() in content] == [], path.name


def test_reserved_rows_say_team_and_load(folder: Path) -> None:
    theirs = tables(folder / "teams" / "Pay.xlsx")
    assert rows(theirs["Tasks"])["Reserved 1"][0] == {
        "Task ID": "Reserved 1",
        "Title": "Reserved",
        "Team": "Pay",
        "Effort": 13,
    }
    assert rows(theirs["Roadmap"])["Reserved 1"][0] == {"Item ID": "Reserved 1", "Title": "Reserved"}
    last_column = [row[-1].value for row in load_workbook(folder / "teams" / "Pay.xlsx")[ITEMS_SHEET].iter_rows()]
    assert last_column[-1] == "Pay, Web: 17 engineer-days"


def test_who_is_in_the_audience_sees_everything(tmp_path: Path) -> None:
    open_items = [(*row[:6], "Xanthippe; ADA", row[7]) if row[0] == "SEC-1" else row for row in ITEMS]
    run = send(master(tmp_path, Roadmap=open_items))
    assert by_name(run)["Ada.xlsx"].reserved_tasks == 0
    content = inflated((tmp_path / "out" / "Ada.xlsx").read_bytes())
    assert all(word.encode() in content for word in ("SEC-1", "Falcon takeover", "Zorblatt", "Build Ikarus"))


def test_a_mention_of_reserved_work_is_covered(folder: Path) -> None:
    row = rows(tables(folder / "out" / "Ada.xlsx")["Tasks"])["PAY-2"][0]
    assert row["Depends on"] == "PAY-1; Reserved"
    assert row["Item ID(s)"] == "ASK-1; ASK-2"


def test_text_is_text_and_nothing_is_a_formula(folder: Path) -> None:
    for path in folder.glob("out/*.xlsx"):
        cells = [cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    titles = [row["Title"] for row, _ in rows(tables(folder / "out" / "Ada.xlsx")["Tasks"]).values()]
    assert titles[0] == "=1+1"


def test_computed_columns_are_grey_and_behind_the_rest_and_nothing_is_protected(folder: Path) -> None:
    sheet = load_workbook(folder / "out" / "Ada.xlsx")[TASKS_SHEET]
    headers = [cell.value for cell in sheet[1]]
    assert tuple(headers[-len(COMPUTED) :]) == COMPUTED
    fills = {headers[cell.column - 1]: cell.fill.fgColor.rgb for cell in sheet[2] if cell.fill.fill_type}
    assert fills == dict.fromkeys(COMPUTED, "FFEDEDED")
    assert not sheet.protection.sheet
    assert len(sheet.tables) == 1
    assert sheet.freeze_panes == "C2"


def test_what_nobody_has_filled_is_folded_away_and_paper_has_room_for_the_rest(folder: Path) -> None:
    book = load_workbook(folder / "out" / "A-B- -C-.xlsx")
    folded = {sheet.title: hidden_columns(sheet) for sheet in (book[ITEMS_SHEET], book[TASKS_SHEET])}
    assert {"Description", "Sequence", "Float"} <= folded[ITEMS_SHEET]
    assert not {"Target", "Status", "Conflicts"} & folded[ITEMS_SHEET]
    assert {"Debt", "Hypothesis"} <= folded[TASKS_SHEET]
    assert not {"Effort", "Depends on", "Conflicts", "Why"} & folded[TASKS_SHEET]
    wide = book[TASKS_SHEET]
    assert (wide.page_setup.fitToWidth, wide.page_setup.fitToHeight, wide.print_title_cols) == (2, 0, "$A:$B")


def test_doubts_are_comments_on_their_cells(folder: Path) -> None:
    sheet = load_workbook(folder / "out" / "A-B- -C-.xlsx")[TASKS_SHEET]
    place = [cell.value for cell in sheet[1]].index("Depends on")
    assert '"PAY-99" is on no sheet' in sheet[2][place].comment.text


def test_questions_can_be_answered_from_lists(folder: Path) -> None:
    book = load_workbook(folder / "out" / "Ada.xlsx")
    sheet = book[QUESTIONS_SHEET]
    questions = list(sheet.iter_rows(min_row=2, values_only=True))
    assert questions[0][1:6] == ("decision", "Decisions", "DEC-1", "Chosen", "Which store?")
    asked = {(row[2], row[3], row[4]) for row in questions}
    assert ("Roadmap", "ASK-2", "Priority") in asked
    rule = next(rule for rule in sheet.data_validations.dataValidation if "G2" in rule.sqref)
    first, last = rule.formula1.replace("$", "").removeprefix("_lists!").split(":")
    assert [cell.value for (cell,) in book["_lists"][first:last]] == ["Aurora", "Dynamo, the other"]
    assert book["_lists"].sheet_state == book["_roadmap"].sheet_state == "veryHidden"


def test_the_same_export_has_the_same_bytes_and_the_same_id(folder: Path, tmp_path: Path) -> None:
    again = send(Path(shutil.copy(folder / "master.xlsx", tmp_path)))
    for file in again.files:
        assert Path(file.path).read_bytes() == (folder / "out" / Path(file.path).name).read_bytes()


def test_what_was_sent_is_kept_whole_with_its_record(folder: Path) -> None:
    inputs = Inputs((folder / "master.xlsx",))
    sent = {record.id: record for record in stored(inputs)}
    for path in folder.glob("out/*.xlsx"):
        content = path.read_bytes()
        mark = exported(content)
        assert mark is not None
        assert base_of(inputs, mark.id) == content
        assert sent[mark.id].receiver == mark.receiver
        assert Path(sent[mark.id].path) == path
    assert base_of(inputs, "../../master") is None


def test_nobodys_edits_are_overwritten(book: Path) -> None:
    send(book)
    path = book.parent / "out" / "Ada.xlsx"
    send(book)  # untouched files are replaced
    edited = load_workbook(path)
    edited[ITEMS_SHEET]["B2"] = "Refunds by line"
    edited.save(path)
    before = path.read_bytes()
    with pytest.raises(UserError, match="was edited since it was sent"):
        send(book)
    path.write_bytes(b"a letter")
    with pytest.raises(UserError, match="no workbook that roadmap has sent"):
        send(book)
    path.write_bytes(before)
    (path.parent / "~$Ada.xlsx").touch()
    with pytest.raises(UserError, match="open in Excel"):
        send(book)


def test_what_changed_is_told_next_time(book: Path) -> None:
    first = send(book)
    assert load_workbook(book.parent / "out" / "Ada.xlsx")[NEWS_SHEET]["A2"].value.startswith("This is the first")
    later = [
        ("PAY-1", "=1+1", None, "ASK-1", "Pay", 30, None, None, "no", None) if row[0] == "PAY-1" else row
        for row in TASKS
    ]
    later = [row for row in later if row[0] != "00123"]
    again = send(
        master(book.parent, Tasks=[*later, ("WEB-9", "New", None, "ASK-2", "Web", 1, None, None, None, None)])
    )
    assert by_name(again)["Ada.xlsx"].id != by_name(first)["Ada.xlsx"].id
    news = list(load_workbook(book.parent / "out" / "Ada.xlsx")[NEWS_SHEET].iter_rows(min_row=2, values_only=True))
    said = {(row[0], row[1]): row[5] for row in news}
    assert "later" in said["item", "ASK-1"]
    assert said["task", "00123"] == "not yours any more"
    assert said["task", "WEB-9"] == "new"
    assert by_name(again)["A-B- -C-.xlsx"].news == 0


def test_a_blank_in_a_workbook_of_ours_is_a_blank_and_not_the_value_above(folder: Path, tmp_path: Path) -> None:
    """Three items, each once, and three blanks: in a person's table that would mean "same as above"."""
    path = Path(shutil.copy(folder / "out" / "Ada.xlsx", tmp_path))
    edited = load_workbook(path)
    edited[TASKS_SHEET]["B7"], edited[TASKS_SHEET]["C7"] = "New work", "Pay"
    edited.save(path)
    assert dict(tables(path)["Tasks"].rows[-1].values) == {"Title": "New work", "Team": "Pay"}


def test_file_names_are_safe_and_different() -> None:
    names = ["../../etc/passwd", "", "COM1", "é", "É", "x" * 300, "~$Ada", "..."]
    made = file_names([Receiver(ReceiverKind.PM, name) for name in names])
    assert made[:5] == ["-..-etc-passwd.xlsx", "nobody.xlsx", "COM1-.xlsx", "é.xlsx", "É (2).xlsx"]
    assert len({name.casefold() for name in made}) == len(names)
    assert all(len(name) < 100 and not name.startswith((".", "~")) for name in made)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_known_again_and_unchanged_after_libreoffice_has_saved_it(folder: Path, tmp_path: Path) -> None:
    path = folder / "out" / "Ada.xlsx"
    profile = f"-env:UserInstallation={tmp_path.as_uri()}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = tmp_path / path.name
    assert exported(saved.read_bytes()) == exported(path.read_bytes())
    for kind, table in tables(path).items():
        assert rows(tables(saved)[kind]) == rows(table)
