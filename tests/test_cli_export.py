"""`roadmap export` as people type it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli import app
from tests.exports import ITEMS, master

RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The master in an empty folder."""
    monkeypatch.chdir(tmp_path)
    master(Path())


def run(*arguments: str) -> tuple[int, str]:
    result = RUNNER.invoke(app, ["export", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_a_table_of_the_files_what_is_reserved_and_what_comes_next() -> None:
    code, said = run("master.xlsx", "--per-pm", "--as-of", "2026-09-07", "--work", "1", "--out", "to send")
    assert code == 0
    lines = said.splitlines()
    assert lines[0] == "master: 3 workbooks in to send"
    assert [line.split() for line in lines[2:5]] == [
        ["file", "items", "tasks", "questions", "changes"],
        ["A-B-", "-C-.xlsx", "1", "1", "1", "0"],
        ["Ada.xlsx", "3", "5", "2", "0"],
    ]
    assert "1 item and 2 tasks have no PM: they are in to send/nobody.xlsx, for nobody yet." in lines
    assert "3 rows went out as Reserved, as their Audience does not name the receiver." in lines
    assert "Reserved from their own PM: items of Ada. Add the PM to the Audience to send them." in lines
    assert lines[-1] == "Next: roadmap merge master.xlsx 'to send'/*.xlsx"


def test_for_programs_and_without_files_those_of_the_plan_written_last() -> None:
    plan = RUNNER.invoke(app, ["plan", "master.xlsx", "--as-of", "2026-09-07", "--work", "1"])
    assert plan.exit_code in (0, 1)
    code, said = run("--per-team", "--work", "1", "--json")
    assert code == 0
    found = json.loads(said)
    assert (found["master"], found["unchanged"], found["folder"]) == ("master.xlsx", True, "exports/master")
    assert [file["receiver"]["name"] for file in found["files"]] == ["Ledger", "Pay", "Web"]
    assert all(Path(file["path"]).exists() for file in found["files"])


def test_a_plan_that_does_not_hold_any_more_is_made_anew_and_that_is_said() -> None:
    RUNNER.invoke(app, ["plan", "master.xlsx", "--as-of", "2026-09-07", "--work", "1"])
    master(Path(), Teams=(("Team", "Engineers"), ("Pay", 1), ("Web", 1), ("Ledger", 1)))
    assert "planned anew" in run("--per-pm", "--work", "1")[1]


@pytest.mark.parametrize("options", [(), ("--per-pm", "--per-team")])
def test_for_whom_has_to_be_said_once(options: tuple[str, ...]) -> None:
    code, said = run("master.xlsx", *options)
    assert code == 2
    assert said.startswith("roadmap: say for whom: one of --per-pm, ")


def test_nobody_to_send_to() -> None:
    master(Path(), Roadmap=ITEMS[:1], Tasks=(("Task ID", "Title", "Item ID(s)"), ("A", "a", "ASK-1")))
    code, said = run("master.xlsx", "--per-pm", "--as-of", "2026-09-07", "--work", "1")
    assert (code, said) == (0, "master: there is no PM to send anything to.\n")
