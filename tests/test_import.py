"""`roadmap import`: dirty files of many into one master, at the door."""

import json
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from planner.cli import app
from planner.domain.roadmap import Roadmap
from planner.domain.settings import Settings
from planner.sheets.read import read_roadmap
from planner.sheets.template import template_workbook
from tests.sheets.dialects.exports import CLOUD, write_export
from tests.sheets.workbooks import workbook
from tests.test_samples import AS_OF, DATA
from tests.workbooks import table

ADA = """
Task ID | Title            | Team     | Effort | Depends on | Cost centre
T-1     | Ledger postings  | Ledger   | 8      |            | 4711
T-2     | Refund by item   | Payments | 2..3..8 | T-1; T-99 |
        | Nightly report   | Payments | TBD    |            |
"""
BRUNO = """
Key | Summary              | Squad    | Estimate | Blocked by
T-1 | Price book in euros  | Pricing  | 2w       |
T-2 | Discounts            | Pricing  | M        | T-1
"""


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and everything that was printed."""
    result = CliRunner().invoke(app, [*arguments, "--as-of", "2026-09-07"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def bring(*arguments: str) -> tuple[int, str]:
    return run("import", *arguments, "--into", "book.xlsx")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two files of two people, who both write T-1."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    workbook(tmp_path / "in" / "ada.xlsx", {"Tasks": numbers(ADA)})
    workbook(tmp_path / "in" / "bruno.xlsx", {"Backlog": numbers(BRUNO)})
    return tmp_path


def numbers(drawing: str) -> list[list[object]]:
    """The rows of a drawing, blanks as None and whole numbers as numbers."""
    return [[int(cell) if cell.isdigit() else cell or None for cell in row] for row in table(drawing)]


def read(path: str = "book.xlsx") -> Roadmap:
    return read_roadmap([Path(path)], Settings(), AS_OF).roadmap


def cells(sheet: str, path: str = "book.xlsx") -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(path)
    return [tuple(cell for cell in row if cell is not None) for row in book[sheet].iter_rows(values_only=True)]


def test_a_missing_master_is_made_with_prefixed_ids_and_references_that_follow() -> None:
    code, said = bring("in")
    assert code == 0
    assert "5 tasks are new in book.xlsx" in said
    tasks = read().tasks_by_id()
    assert tasks.keys() == {"ada:T-1", "ada:T-2", "PAY-new-1", "bruno:T-1", "bruno:T-2"}
    assert [d.predecessor for d in tasks["ada:T-2"].depends_on] == ["ada:T-1"]
    assert [d.predecessor for d in tasks["bruno:T-2"].depends_on] == ["bruno:T-1"]
    assert tasks["bruno:T-1"].estimate == tasks["bruno:T-2"].estimate  # 2 weeks and M: ten days each
    assert tasks["ada:T-1"].extra == (("Cost centre", "4711"), ("PM", "Ada"))
    assert "TBD" in [value for row in cells("Tasks") for value in row]  # what nobody can read stays as typed


def test_twice_is_once_to_the_byte(folder: Path) -> None:
    bring("in")
    book, report = Path("book.xlsx").read_bytes(), Path("reports/book/intake.xlsx")
    assert report.exists()
    code, said = bring("in")
    assert (code, Path("book.xlsx").read_bytes()) == (0, book)
    assert "nothing is new; 5 are there already" in said
    assert not (folder / "book.xlsx.bak").exists()


def test_one_file_after_the_other_is_both_together() -> None:
    bring("in/ada.xlsx")
    assert "T-1" in read().tasks_by_id()  # nobody else had it then
    bring("in")
    tasks = read().tasks_by_id()
    assert tasks.keys() == {"T-1", "T-2", "PAY-new-1", "bruno:T-1", "bruno:T-2"}
    assert [d.predecessor for d in tasks["bruno:T-2"].depends_on] == ["bruno:T-1"]
    before = Path("book.xlsx").read_bytes()
    for source in ("in/bruno.xlsx", "in/ada.xlsx", "in"):
        assert bring(source)[0] == 0
        assert Path("book.xlsx").read_bytes() == before


def test_a_different_value_is_a_clash_and_the_master_keeps_its_own(folder: Path) -> None:
    bring("in/ada.xlsx")
    changed = ADA.replace("Ledger   | 8 ", "Ledger   | 12 ").replace("TBD ", "4 ")
    workbook(folder / "in" / "ada.xlsx", {"Tasks": numbers(changed)})
    before = Path("book.xlsx").read_bytes()
    code, said = bring("in/ada.xlsx")
    assert code == 3
    assert 'T-1: Effort is "8" in the master and "12" in ada.xlsx!Tasks!D2; "8" stays.' in said
    assert Path("book.xlsx").read_bytes() == before
    clashes = json.loads(bring("in/ada.xlsx", "--json")[1])["clashes"]
    assert [(clash["id"], clash["ours"], clash["theirs"]) for clash in clashes] == [
        ("T-1", "8", "12"),
        ("PAY-new-1", "TBD", "4"),
    ]


def test_blanks_of_the_master_are_filled_and_columns_that_it_lacks_are_added(folder: Path) -> None:
    master = [["Task ID", "Title", "Team"], ["T-1", "Ledger postings", "Ledger"], ["X-1", "Ours", "Ledger"]]
    workbook(folder / "book.xlsx", {"Plan": master})
    code, said = bring("in/ada.xlsx")
    assert code == 0
    assert "2 blank cells are filled" in said
    found = read()
    assert found.tasks_by_id().keys() == {"T-1", "X-1", "T-2", "PAY-new-1"}
    assert found.tasks_by_id()["T-1"].estimate is not None
    assert [d.predecessor for d in found.tasks_by_id()["T-2"].depends_on] == ["T-1"]
    assert found.tasks_by_id()["X-1"].title == "Ours"
    before = Path("book.xlsx").read_bytes()
    assert bring("in/ada.xlsx")[0] == 0
    assert Path("book.xlsx").read_bytes() == before


def test_an_id_that_means_something_else_in_the_master_is_prefixed(folder: Path) -> None:
    workbook(folder / "book.xlsx", {"Tasks": [["Task ID", "Title", "Team"], ["T-1", "Close the books", "Finance"]]})
    bring("in/ada.xlsx")
    tasks = read().tasks_by_id()
    assert tasks["T-1"].title == "Close the books"
    assert tasks["ada:T-1"].title == "Ledger postings"
    assert [d.predecessor for d in tasks["T-2"].depends_on] == ["ada:T-1"]


def test_a_source_may_depend_on_a_task_of_the_master_and_a_former_name_is_todays_team(folder: Path) -> None:
    tasks = [["Task ID", "Title", "Team"], ["FIN-7", "Close the books", "Finance"]]
    teams = [["Team", "Formerly", "Engineers"], ["Finance", "Accounts", 4]]
    workbook(folder / "book.xlsx", {"Tasks": tasks, "Teams": teams})
    source = [["Task ID", "Title", "Team", "Depends on"], ["A-1", "Audit", "Accounts", "FIN-7"]]
    workbook(folder / "in" / "carla.xlsx", {"Tasks": source})
    bring("in/carla.xlsx")
    task = read().tasks_by_id()["A-1"]
    assert (task.teams, [d.predecessor for d in task.depends_on]) == (("Finance",), ["FIN-7"])


def test_the_template_as_a_master_is_filled_from_its_first_row(folder: Path) -> None:
    (folder / "book.xlsx").write_bytes(template_workbook())
    assert bring("in")[0] == 0
    assert len(read().tasks) == 5
    assert cells("Tasks")[2][0] == "ada:T-1"


def test_a_column_for_the_origin_is_filled_where_there_is_one(folder: Path) -> None:
    workbook(
        folder / "book.xlsx", {"Tasks": [["Task ID", "Title", "Team", "Imported from"], ["X", "Ours", "A", None]]}
    )
    bring("in/bruno.xlsx")
    assert ("Imported from", "bruno.xlsx!Backlog!row 2") in read().tasks_by_id()["T-1"].extra


def test_a_sheet_that_the_master_lacks_is_added(folder: Path) -> None:
    workbook(folder / "book.xlsx", {"Tasks": [["Task ID", "Title", "Team"], ["X-1", "Ours", "Ledger"]]})
    workbook(folder / "in" / "teams.xlsx", {"Teams": [["Team", "Engineers"], ["Ledger", 3]], "Tasks": numbers(BRUNO)})
    bring("in/teams.xlsx")
    (team,) = [team for team in read().teams if team.source]
    assert (team.name, team.engineers) == ("Ledger", 3)
    before = Path("book.xlsx").read_bytes()
    bring("in/teams.xlsx")
    assert Path("book.xlsx").read_bytes() == before


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    code, said = bring("in", "--dry-run")
    assert (code, sorted(folder.rglob("*"))) == (0, before)
    assert "5 tasks would be new" in said
    assert said.endswith("Next: roadmap import in --into book.xlsx\n")


@pytest.mark.parametrize("lock", ["~$book.xlsx", ".~lock.book.xlsx#"])
def test_a_master_that_is_open_is_left_alone(folder: Path, lock: str) -> None:
    bring("in/ada.xlsx")
    before = Path("book.xlsx").read_bytes()
    (folder / lock).write_bytes(b"")
    code, said = bring("in")
    assert (code, Path("book.xlsx").read_bytes()) == (2, before)
    assert "close it there and try again" in said


def test_the_master_in_the_folder_is_no_source(folder: Path) -> None:
    run("import", "in", "--into", "in/book.xlsx")
    before = (folder / "in" / "book.xlsx").read_bytes()
    code, said = run("import", "in", "--into", "in/book.xlsx")
    assert "2 files, 5 rows; nothing is new" in said
    assert (code, (folder / "in" / "book.xlsx").read_bytes()) == (0, before)
    assert "nothing to import but the master itself" in run("import", "in/book.xlsx", "--into", "in/book.xlsx")[1]


def test_an_export_of_jira_comes_in_without_people(folder: Path) -> None:
    epic = {
        "Issue key": "LED-1",
        "Issue id": "1",
        "Issue Type": "Epic",
        "Summary": "Postings",
        "Assignee": "Some Body",
    }
    story = {"Issue key": "LED-2", "Issue id": "2", "Issue Type": "Story", "Summary": "Audit", "Parent": "1"}
    write_export(folder / "in" / "jira.csv", CLOUD, epic, story | {"Comment": "Some Body said"})
    bring("in")
    assert read().tasks_by_id()["LED-2"].items == ("LED-1",)
    report = openpyxl.load_workbook("reports/book/intake.xlsx")
    shown = [str(value) for sheet in report for row in sheet.iter_rows(values_only=True) for value in row]
    assert "Postings" in shown
    assert not any("Some Body" in text for text in shown)


def test_the_report_shows_every_source_row_coloured_with_its_problems() -> None:
    bring("in")
    book = openpyxl.load_workbook(BytesIO(Path("reports/book/intake.xlsx").read_bytes()))
    assert book.sheetnames[:6] == ["Read me", "Problems", "Clashes", "Other ids", "Duplicates", "Rows"]
    sheet = book["ada Tasks"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[3][:4] == (3, "ada:T-2", "new", "T-2")
    comment = sheet["H4"].comment
    assert comment is not None
    assert '"T-99" is on no sheet' in comment.text
    assert sheet["H4"].fill.start_color.rgb == "FFFFE699"
    origins = list(book["Rows"].iter_rows(values_only=True))
    assert ("Tasks", "bruno:T-2", "Discounts", "new", "T-2", "bruno.xlsx", "Backlog", 3) in origins
    text = Path("reports/book/intake.md").read_text(encoding="utf-8")
    assert "| Tasks | T-2 | bruno:T-2 | Discounts | bruno.xlsx!Backlog!row 3 |" in text


def test_the_sample_of_twelve_people_plans_alike_before_and_after() -> None:
    source = str(DATA / "intake-messy.xlsx")
    bring(source)
    before, after = read(source).tasks_by_id(), read().tasks_by_id()
    assert after.keys() == before.keys()
    for name, task in before.items():
        other = after[name]
        assert (task.title, task.teams, task.items, task.estimate) == (
            other.title,
            other.teams,
            other.items,
            other.estimate,
        )
        assert [d.predecessor for d in task.depends_on] == [d.predecessor for d in other.depends_on]
        assert (task.status, task.due, task.done_share) == (other.status, other.due, other.done_share)


def test_the_report_of_an_import_is_no_source_of_the_next_one() -> None:
    """Somebody has it written into the folder of the sources."""
    assert bring("in", "--out", "in")[0] == 0
    once = Path("book.xlsx").read_bytes()
    code, said = bring("in", "--out", "in")
    assert (code, "nothing is new" in said) == (0, True)
    assert Path("book.xlsx").read_bytes() == once


def test_an_id_that_looks_like_one_with_the_prefix_of_its_source_is_no_other_row(folder: Path) -> None:
    """Alone, a.xlsx has "T-1" and "a:T-1"; beside b.xlsx its "T-1" would be "a:T-1", too."""
    header = ["Task ID", "Title", "Team", "Depends on"]
    (folder / "in2").mkdir()
    rows = [["T-1", "Alpha ledger", "Pay", None], ["a:T-1", "Bravo invoices", "Pay", "T-1"]]
    workbook(folder / "in2" / "a.xlsx", {"Tasks": [header, *rows]})
    workbook(folder / "in2" / "b.xlsx", {"Tasks": [header, ["T-1", "Charlie mails", "Pay", None]]})
    for first, then in (("in2", "in2/a.xlsx"), ("in2/a.xlsx", "in2")):
        Path("book.xlsx").unlink(missing_ok=True)
        bring(first)
        assert bring(then)[0] == 0
        assert sorted(task.title for task in read().tasks) == ["Alpha ledger", "Bravo invoices", "Charlie mails"]


ITEMS = """
Task ID | Title | Team   | Roadmap item
{0}-1   | One   | Ledger | ASK-{0}
{0}-2   | Two   | Ledger | ASK-{0}
"""


def pms(path: str = "book.xlsx") -> dict[str, str]:
    """Item -> PM, and task of no item -> PM."""
    found = read(path)
    loose = {task.id: dict(task.extra).get("PM", "") for task in found.tasks if not task.items}
    return {item.id: item.pm for item in found.items} | loose


def test_a_file_for_each_pm_names_them_and_it_is_said() -> None:
    code, said = bring("in")
    assert code == 0
    assert '2 tasks of no item without PM: taken to be of "Bruno", as the file is called.' in " ".join(said.split())
    assert pms() == {
        "ada:T-1": "Ada",
        "ada:T-2": "Ada",
        "PAY-new-1": "Ada",
        "bruno:T-1": "Bruno",
        "bruno:T-2": "Bruno",
    }


def test_what_is_typed_stays_and_is_no_clash(folder: Path) -> None:
    """Somebody corrects the assumption in the master; the next import leaves it, and fills only blanks."""
    workbook(folder / "in" / "carla.xlsx", {"Tasks": numbers(ITEMS.format("C"))})
    bring("in")
    assert pms()["ASK-C"] == "Carla"
    book = openpyxl.load_workbook("book.xlsx")
    (cell,) = (cell for row in book["Roadmap"].iter_rows() for cell in row if cell.value == "Carla")
    cell.value = "Zoe"
    book.save("book.xlsx")
    assert bring("in")[0] == 0
    assert pms()["ASK-C"] == "Zoe"


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        (("Dora", "emil roadmap Q3"), ("Dora", "Emil")),
        (("Dora", "Sheet2"), ("", "")),
        (("Dora", "Payments team"), ("", "")),
        (("Dora", "Ledger"), ("", "")),
    ],
)
def test_sheets_for_each_pm_name_them_if_all_look_like_people(
    folder: Path, sheets: tuple[str, str], expected: tuple[str, str]
) -> None:
    """A team, or a sheet without a name of its own, is nobody."""
    workbook(folder / "all.xlsx", {name: numbers(ITEMS.format(n)) for n, name in enumerate(sheets)})
    bring("all.xlsx")
    assert (pms()["ASK-0"], pms()["ASK-1"]) == expected


def test_one_file_alone_is_nobodys_unless_it_is_said_or_the_master_knows_him(folder: Path) -> None:
    workbook(folder / "platform.xlsx", {"Tasks": numbers(ITEMS.format("P"))})
    bring("platform.xlsx", "--dry-run")
    assert "without PM" not in bring("platform.xlsx", "--dry-run")[1]
    said = bring("platform.xlsx", "--pm-from", "file", "--dry-run")[1]
    assert 'taken to be of "Platform", as the file is called' in " ".join(said.split())
    assert "without PM" not in bring("in", "--pm-from", "none", "--dry-run")[1]
    workbook(folder / "book.xlsx", {"Roadmap": [["Item ID", "Title", "PM"], ["A-1", "Old", "Ada Lovelace"]]})
    bring("in/ada.xlsx")
    assert pms()["T-1"] == "Ada Lovelace"


def test_a_file_that_names_its_people_is_not_its_owners(folder: Path) -> None:
    rows = [["Item ID", "Title", "PM"], ["R-1", "One", "Zoe"], ["R-2", "Two", None]]
    workbook(folder / "in" / "carla.xlsx", {"Roadmap": rows, "Tasks": numbers(ITEMS.format("C"))})
    bring("in")
    assert (pms()["R-1"], pms()["R-2"]) == ("Zoe", "")


def test_a_team_that_is_spelt_in_another_case_within_an_effort_is_no_clash(folder: Path) -> None:
    header = ["Task ID", "Title", "Team", "Effort"]
    workbook(folder / "book.xlsx", {"Plan": [header, ["PAY:T-1", "Refund by item", "pay", "Pay=3; Ledger=2"]]})
    workbook(folder / "one.xlsx", {"Tasks": [header, ["PAY:T-1", "Refund by item", None, "Pay=3; Ledger=2"]]})
    code, said = bring("one.xlsx", "--json")
    assert (code, json.loads(said)["clashes"]) == (0, [])
