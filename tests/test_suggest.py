"""`roadmap suggest` from the files to the csv of stub tasks."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli import app
from tests.workbooks import write_tables

TASKS = "Task ID | Title | Item ID | Team | Effort\nMET-1 | Stream usage events | ASK-1 | Metering | 5"
ITEMS = "Item ID | Title\nASK-1 | Usage by the hour\nASK-2 | Usage of partners"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_tables(tmp_path, tasks=TASKS, roadmap=ITEMS)


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and everything that was printed."""
    result = CliRunner().invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_the_team_of_the_similar_item_is_named_with_the_next_command() -> None:
    code, said = run("suggest", "ask-2", "roadmap.csv", "tasks.csv")
    assert code == 0
    assert "1.  Metering\n      works on similar items: ASK-1 (words: usage)" in said
    assert said.endswith("Next: roadmap suggest ask-2 roadmap.csv tasks.csv --accept Metering\n")


def test_json_is_nothing_but_json() -> None:
    code, said = run("suggest", "ASK-2", "roadmap.csv", "tasks.csv", "--json")
    assert (code, json.loads(said)["teams"][0]["team"]) == (0, "Metering")


def test_an_accepted_team_gets_one_stub_however_often_and_no_input_changes(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    first = run("suggest", "ASK-2", "roadmap.csv", "tasks.csv", "--accept", "metering")
    stub = folder / "roadmap-suggested.csv"
    written = stub.read_bytes()
    assert run("suggest", "ASK-2", "roadmap.csv", "tasks.csv", "--accept", "Metering") == first
    assert stub.read_bytes() == written
    assert {name: (folder / name).read_bytes() for name in before} == before
    code, said = run("check", "roadmap.csv", "tasks.csv", "roadmap-suggested.csv", "--as-of", "2026-09-07")
    assert code == 0
    assert "nobody has taken" not in said


def test_a_stub_in_the_same_folder_is_read_with_it(folder: Path) -> None:
    assert run("suggest", "ASK-2", ".", "--accept", "Metering")[0] == 0
    assert (folder / f"{folder.resolve().name}-suggested.csv").exists()
    code, said = run("suggest", "ASK-2", ".")
    assert code == 0
    assert "has work or an ask of it: ASK-2/metering" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ASK-9", "."), "no item 'ASK-9' in these files (there are 2: ASK-1, ASK-2 ...)"),
        (("ASK-2", ".", "--accept", "Ledger"), "no team 'Ledger' in these files (must be one of Metering)"),
    ],
)
def test_an_unknown_item_or_team_is_one_line(arguments: tuple[str, ...], message: str) -> None:
    code, said = run("suggest", *arguments)
    assert code == 2
    assert message in said
