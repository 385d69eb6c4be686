"""`roadmap reassign`: a PM leaves, and what was his is somebody else's."""

import json
from pathlib import Path

import pytest

from tests.round_trip import got, put, run, send


@pytest.fixture(autouse=True)
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    send()


def test_items_open_decisions_and_unanswered_files_move() -> None:
    code, said = run("reassign", "ada", "Cleo", "q3.xlsx")
    assert code == 0
    assert said.startswith("ada → Cleo: 3 cells in q3.xlsx.\n")
    assert "Cleo answers 1 file now" in said
    assert said.endswith("Next: roadmap export q3.xlsx --per-pm --out out\n")
    assert [got("q3.xlsx", "Roadmap", item)["PM"] for item in ("ASK-1", "ASK-2", "ASK-3")] == ["Cleo", "Bo", "Cleo"]
    drivers = [got("q3.xlsx", "Decisions", name)["Driver"] for name in ("DEC-1", "DEC-2")]
    assert drivers == ["Cleo", "Ada"]  # what is decided stays Ada's
    (entry,) = map(json.loads, Path(".roadmap/log.jsonl").read_text().splitlines())
    assert [(cell["before"], cell["after"]) for cell in entry["cells"]] == [("Ada", "Cleo")] * 3
    assert (
        "1 OF 2 FILES IN; the rows of the others stay as they are:\n  Cleo:"
        in run("merge", "q3.xlsx", "out/Bo.xlsx")[1]
    )


def test_what_the_new_pm_sends_back_is_merged_on_what_the_old_one_was_sent() -> None:
    run("reassign", "Ada", "Cleo", "q3.xlsx")
    put("out/Ada.xlsx", "My tasks", "PAY-1", "Effort", 8)
    code, said = run("merge", "q3.xlsx", "out/Ada.xlsx")
    assert code == 0
    assert "Tasks PAY-1 Effort: 5 → 8, Cleo" in said
    assert got("q3.xlsx", "Roadmap", "ASK-1")["PM"] == "Cleo"


def test_of_several_names_in_a_cell_one_is_replaced() -> None:
    put("q3.xlsx", "Roadmap", "ASK-2", "PM", "Bo; Ada")
    assert run("reassign", "Ada", "Cleo", "q3.xlsx")[0] == 0
    assert got("q3.xlsx", "Roadmap", "ASK-2")["PM"] == "Bo; Cleo"


def test_somebody_who_answers_for_nothing_is_one_line_with_the_name_that_is_meant() -> None:
    before = Path("q3.xlsx").read_bytes()
    code, said = run("reassign", "Adda", "Cleo", "q3.xlsx")
    assert (code, Path("q3.xlsx").read_bytes()) == (2, before)
    assert said == "roadmap: nothing in these workbooks is 'Adda''s. Did you mean 'Ada'?\n"


def test_without_files_the_workbooks_of_the_plan_written_last_are_meant() -> None:
    run("plan", "q3.xlsx", "--as-of", "2026-09-07", "--work", "0")
    assert run("reassign", "Ada", "Cleo")[0] == 0
    assert got("q3.xlsx", "Roadmap", "ASK-1")["PM"] == "Cleo"
