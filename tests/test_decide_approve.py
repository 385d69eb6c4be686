"""An answer goes into the sheet Decisions, in place, under the log; and what `roadmap decisions` makes of it."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from planner.cli import app
from planner.domain.edits import CellValue
from tests.sheets.workbooks import workbook

AS_OF = ("--as-of", "2026-09-07")
HEADERS = ("Decision ID", "Question", "Key", "Options", "Chosen", "Driver", "Approver", "Status", "Due", "Door")
DECISIONS: Sequence[Sequence[object]] = (
    HEADERS,
    (
        "DEC-1",
        "Which store?",
        "pay.store",
        "North Star=0.7; South=0.3",
        None,
        "Zoë Grün",
        None,
        "open",
        None,
        "one-way",
    ),
    ("DEC-2", "Which mail?", "pay.mail", "Own; Bought", None, "Ada", None, "open", "2026-10-01", "two-way"),
    ("DEC-3", "Which name?", None, None, None, "Ada", "Bo", "open", "2026-09-10", None),
    ("DEC-4", "Which bank?", None, "East; West", "West", "Ada", "Bo", "decided", None, None),
)
TASKS: Sequence[Sequence[object]] = (
    ("Task ID", "Title", "Team", "Effort", "Sets", "Alternative to"),
    ("PAY-1", "Pay north", "Pay", 5, "pay.store=North Star", None),
    ("PAY-2", "Pay south", "Pay", 8, "pay.store=South", None),
    ("PAY-3", "Pay by card", "Pay", 8, None, "PAY-4"),
    ("PAY-4", "Pay by wire", "Pay", 8, None, None),
)


@pytest.fixture(autouse=True)
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "q3.xlsx"
    workbook(path, {"Tasks": TASKS, "Decisions": DECISIONS})
    return path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def approve(*arguments: str) -> tuple[int, str]:
    return run("decide", "approve", *arguments, *AS_OF)


def row(book: Path, id: str) -> dict[str, CellValue]:
    header, *rows = load_workbook(book)["Decisions"].iter_rows(values_only=True)
    return dict(zip(map(str, header), next(r for r in rows if r[0] == id), strict=True))  # type: ignore[arg-type]


@pytest.mark.parametrize("option", ["South", " south ", "SOUTH", "B", "b"])
def test_an_option_by_name_or_letter(book: Path, option: str) -> None:
    code, said = approve("dec-1", "q3.xlsx", "--option", option, "--approver", "Bo")

    assert code == 0
    assert said.startswith("DEC-1: South; Zoë Grün drives, Bo approved. Recorded in q3.xlsx!Decisions!E2;")
    assert "\nNext: roadmap plan q3.xlsx\n" in said
    assert {name: row(book, "DEC-1")[name] for name in ("Chosen", "Driver", "Approver", "Status", "Key")} == {
        "Chosen": "South",
        "Driver": "Zoë Grün",
        "Approver": "Bo",
        "Status": "decided",
        "Key": "pay.store",
    }


def test_an_unknown_option_is_refused_with_the_list(book: Path) -> None:
    before = book.read_bytes()
    code, said = approve("DEC-1", "q3.xlsx", "--option", "West", "--approver", "Bo")

    assert code == 2
    assert said == "roadmap: DEC-1 has no option 'West' (must be one of: A North Star; B South)\n"
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    "approver",
    ["Zoë Grün", "zoe grun", "ZOË  GRÜN", "Grün, Zoë", "Zoe\u0308 Gru\u0308n", "Z. Grün", "Zoë\u200b Grün"],
)
def test_driver_and_approver_of_a_one_way_door_are_two_people(book: Path, approver: str) -> None:
    before = book.read_bytes()
    code, said = approve("DEC-1", "q3.xlsx", "--option", "A", "--approver", approver)

    assert code == 2
    assert "is a one-way door, and" in said
    assert said.count("\n") == 1
    assert book.read_bytes() == before


def test_one_person_may_drive_and_approve_what_can_be_undone(book: Path) -> None:
    assert approve("DEC-2", "q3.xlsx", "--option", "Own", "--approver", "Ada")[0] == 0
    assert row(book, "DEC-2")["Approver"] == "Ada"


def test_somebody_has_to_approve(book: Path) -> None:
    assert approve("DEC-2", "q3.xlsx", "--option", "Own") == (
        2,
        "roadmap: nobody is the approver of DEC-2: name one with --approver\n",
    )


def test_without_options_any_answer_is_one_and_the_sheet_names_the_people(book: Path) -> None:
    assert approve("DEC-3", "q3.xlsx", "--option", "Atlas")[0] == 0
    assert (row(book, "DEC-3")["Chosen"], row(book, "DEC-3")["Driver"]) == ("Atlas", "Ada")


def test_what_is_decided_stays(book: Path) -> None:
    assert approve("DEC-4", "q3.xlsx", "--option", "East") == (
        2,
        "roadmap: DEC-4 is decided: West; `roadmap decisions` has it\n",
    )


def test_a_new_decision_needs_its_question_and_gets_a_row(book: Path) -> None:
    people = ("--driver", "Ada", "--approver", "Bo")
    code, said = approve("DEC-9", "q3.xlsx", "--option", "yes", *people)
    assert (code, "name its --question" in said) == (2, True)

    assert approve("DEC-9", "q3.xlsx", "--option", "yes", "--question", "Do we?", *people)[0] == 0
    assert (row(book, "DEC-9")["Question"], row(book, "DEC-9")["Chosen"]) == ("Do we?", "yes")


def test_a_missing_sheet_is_added(book: Path) -> None:
    workbook(book, {"Tasks": TASKS})
    people = ("--driver", "Ada", "--approver", "Bo")

    assert approve("DEC-1", "q3.xlsx", "--option", "yes", "--question", "Do we?", *people)[0] == 0

    assert (row(book, "DEC-1")["Question"], row(book, "DEC-1")["Status"]) == ("Do we?", "decided")


def test_a_way_out_of_a_conflict_is_the_answer_to_its_decision_or_a_row_of_its_own(book: Path) -> None:
    assert run("plan", "q3.xlsx", *AS_OF, "--work", "0")[0] == 1
    plan = json.loads(Path("reports/q3/plan.json").read_text(encoding="utf-8"))
    ids = {conflict["type"]: conflict["id"] for conflict in plan["conflicts"]}

    assert approve(ids["contradicting-values"], "q3.xlsx", "--option", "B", "--approver", "Bo")[0] == 0
    assert row(book, "DEC-1")["Chosen"] == "South"

    people = ("--driver", "Ada", "--approver", "Bo")
    code, said = approve(ids["alternatives-both-planned"], "q3.xlsx", "--option", "A", *people)
    assert code == 0
    assert "Still to type: q3.xlsx!Tasks!row" in said
    assert row(book, ids["alternatives-both-planned"])["Status"] == "decided"


def test_the_log_says_who_when_and_what(book: Path) -> None:
    approve("DEC-1", "q3.xlsx", "--option", "South", "--approver", "Bo")

    code, said = run("decisions", "q3.xlsx", *AS_OF)

    assert code == 0
    opened, taken = said.split("TAKEN  2 decisions\n")
    assert [line.split("  ")[2] for line in opened.splitlines() if line.startswith("  ") and line[2] != " "] == [
        "DEC-3",
        "DEC-2",
    ]
    assert "cost of waiting: plan first" in opened
    assert taken.index("DEC-1") < taken.index("DEC-4")
    assert "→ South  ·  Zoë Grün drove, Bo approved, recorded " in taken
    assert said.endswith("\nNext: roadmap decide draft DEC-3 q3.xlsx\n")
    log = json.loads(run("decisions", "q3.xlsx", *AS_OF, "--json")[1])
    assert [one["id"] for one in log["open"]] == ["DEC-3", "DEC-2"]
    assert (log["taken"][0]["chosen"], log["taken"][0]["when"][:2]) == ("South", "20")
    assert log["taken"][1]["when"] == ""  # typed into the workbook


def test_what_waiting_costs_comes_from_the_plan(book: Path) -> None:
    run("plan", "q3.xlsx", *AS_OF, "--work", "0")
    plan = json.loads(Path("reports/q3/plan.json").read_text(encoding="utf-8"))
    costs = [conflict["cost"] for conflict in plan["conflicts"] if "DEC-1" in conflict["decisions"]]

    (first,) = (one for one in json.loads(run("decisions", "q3.xlsx", "--json")[1])["open"] if one["id"] == "DEC-1")

    assert sum(costs) > 0
    assert first["at_risk"] == pytest.approx(sum(costs), abs=1e-3)
    assert first["due"] == "2026-09-21"  # 10 working days from Monday 7 September, as assumed


def started(*arguments: str) -> "subprocess.Popen[str]":
    """A real process that approves."""
    command = [sys.executable, "-m", "planner.cli", "decide", "approve", *arguments, *AS_OF]
    root = Path(__file__).parent.parent
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


def test_two_processes_at_once_lose_nothing(book: Path) -> None:
    both = [
        started("DEC-1", "q3.xlsx", "--option", "South", "--approver", "Bo"),
        started("DEC-2", "q3.xlsx", "--option", "Bought", "--approver", "Bo"),
    ]

    assert [(process.communicate()[1], process.returncode) for process in both] == [("", 0), ("", 0)]
    assert (row(book, "DEC-1")["Chosen"], row(book, "DEC-2")["Chosen"]) == ("South", "Bought")
    lines = (book.parent / ".roadmap" / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["cells"][0]["key"] for line in lines} == {"DEC-1", "DEC-2"}


def test_of_two_answers_to_one_question_the_first_stays(book: Path) -> None:
    both = {
        option: started("DEC-1", "q3.xlsx", "--option", option, "--approver", "Bo")
        for option in ("South", "North Star")
    }
    said = {option: process.communicate()[1] for option, process in both.items()}
    codes = {option: process.returncode for option, process in both.items()}

    assert sorted(codes.values()) == [0, 2]
    (kept,) = (option for option, code in codes.items() if code == 0)
    (refused,) = (option for option, code in codes.items() if code == 2)
    assert row(book, "DEC-1")["Chosen"] == kept
    assert f"DEC-1 is decided: {kept}" in said[refused]
