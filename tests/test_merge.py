"""`roadmap merge`: what comes back goes into the master, what clashes is left to people, nothing is lost."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from planner import pipeline
from tests.round_trip import AS_OF, SHEETS, edit, got, put, rows, run, send

ADA, BO = "out/Ada.xlsx", "out/Bo.xlsx"


@pytest.fixture(autouse=True)
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    send()
    return tmp_path


def log() -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(".roadmap/log.jsonl").read_text().splitlines()]


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_unedited_files_change_nothing() -> None:
    before = Path("q3.xlsx").read_bytes()
    code, said = run("merge", "q3.xlsx", ADA, BO)
    assert (code, Path("q3.xlsx").read_bytes()) == (0, before)
    assert "Merged 2 files into q3.xlsx: nothing to change." in said
    assert "2 OF 2 FILES IN" in said
    assert len(log()[-1]["exports"]) == 2


def test_edits_of_two_pms_and_of_the_master_come_together_and_merging_twice_is_merging_once() -> None:
    put(ADA, "My tasks", "PAY-1", "Effort", 8)
    put(BO, "My items", "ASK-2", "Priority", "P0")
    put("q3.xlsx", "Tasks", "PAY-3", "Effort", 4)
    code, said = run("merge", "q3.xlsx", "out")
    assert code == 0
    assert "Tasks PAY-1 Effort: 5 → 8, Ada" in said
    assert 'Roadmap ASK-2 Priority: "P2" → "P0", Bo' in said
    assert said.endswith("Next: roadmap plan q3.xlsx --write-back\n")
    efforts = [got("q3.xlsx", "Tasks", key)["Effort"] for key in ("PAY-1", "PAY-3")]
    assert (efforts, got("q3.xlsx", "Roadmap", "ASK-2")["Priority"]) == ([8, 4], "P0")
    cells = {(cell["by"], cell["key"], cell["before"], cell["after"]) for cell in log()[-1]["cells"]}
    assert cells == {("Ada", "PAY-1", 5, 8), ("Bo", "ASK-2", "P2", "P0")}
    once = Path("q3.xlsx").read_bytes()
    assert run("merge", "q3.xlsx", "out")[0] == 0
    assert Path("q3.xlsx").read_bytes() == once


def test_a_new_row_gets_its_id_once_and_keeps_it_when_the_file_comes_again() -> None:
    edit(ADA, lambda book: book["My tasks"].append([None, "Tell the auditors", "Pay", 1]))
    code, said = run("merge", "q3.xlsx", ADA)
    assert code == 0
    assert '"Tell the auditors"' in said
    (row,) = log()[-1]["added"]
    assert got("q3.xlsx", "Tasks", row["id"])["Title"] == "Tell the auditors"
    once = Path("q3.xlsx").read_bytes()
    run("merge", "q3.xlsx", ADA)
    assert Path("q3.xlsx").read_bytes() == once


def test_a_missing_row_is_only_proposed_to_be_deleted() -> None:
    edit(ADA, lambda book: book["My tasks"].delete_rows(2))
    gone = "PAY-1"
    code, said = run("merge", "q3.xlsx", ADA)
    assert (code, got("q3.xlsx", "Tasks", gone)["Effort"]) == (0, 5)
    assert f"PROPOSED, FOR YOU TO DO OR TO LEAVE (1)\n  Tasks {gone}: missing row" in said


def test_an_edit_in_a_computed_column_is_ignored_and_said() -> None:
    put(ADA, "My tasks", "PAY-1", "Why", "because I say so")
    before = Path("q3.xlsx").read_bytes()
    code, said = run("merge", "q3.xlsx", ADA)
    assert (code, Path("q3.xlsx").read_bytes()) == (0, before)
    assert "IGNORED (1)\n  Tasks PAY-1 Why" in said


def clash() -> str:
    """Ada and the master change one cell; returns what the merge says."""
    put(ADA, "My tasks", "PAY-1", "Effort", 13)
    put("q3.xlsx", "Tasks", "PAY-1", "Effort", 8)
    code, said = run("merge", "q3.xlsx", ADA)
    assert code == 3
    return said


def test_a_clash_keeps_all_three_values_and_the_master() -> None:
    said = clash()
    assert "CLASHES (1), choose in clashes.xlsx\n  Tasks PAY-1 Effort: was 5, master 8, Ada 13" in said
    assert said.endswith("Next: roadmap merge q3.xlsx clashes.xlsx\n")
    assert got("q3.xlsx", "Tasks", "PAY-1")["Effort"] == 8
    row = got("clashes.xlsx", "Clashes", "PAY-1")
    assert [row[name] for name in ("Base", "Ours", "Theirs", "Who")] == [5, 8, 13, "Ada"]


@pytest.mark.parametrize(("answer", "value"), [("ours", 8), ("Theirs", 13), ("base", 5), (21, 21)])
def test_a_choice_in_clashes_xlsx_is_merged_and_stays_decided(answer: object, value: int) -> None:
    clash()
    put("clashes.xlsx", "Clashes", "PAY-1", "Your answer", answer)
    code, said = run("merge", "q3.xlsx", "clashes.xlsx")
    assert (code, got("q3.xlsx", "Tasks", "PAY-1")["Effort"]) == (0, value)
    once = Path("q3.xlsx").read_bytes()
    code, said = run("merge", "q3.xlsx", ADA)
    assert (code, Path("q3.xlsx").read_bytes()) == (0, once), said


def test_a_clash_that_nobody_decides_is_not_forgotten_by_the_next_merge() -> None:
    clash()
    put(BO, "My tasks", "PAY-2", "Effort", 9)
    code, _ = run("merge", "q3.xlsx", BO)
    assert (code, got("q3.xlsx", "Tasks", "PAY-2")["Effort"]) == (3, 9)
    assert got("clashes.xlsx", "Clashes", "PAY-1")["Theirs"] == 13
    put("q3.xlsx", "Tasks", "PAY-1", "Effort", 13)  # decided by hand
    assert run("merge", "q3.xlsx", BO)[0] == 0


def test_two_pms_who_want_different_things_clash_and_one_answer_decides_for_both() -> None:
    put(BO, "My tasks", "PAY-1", "Effort", 21)
    put(ADA, "My tasks", "PAY-1", "Effort", 13)
    code, _ = run("merge", "q3.xlsx", ADA, BO)
    before = got("q3.xlsx", "Tasks", "PAY-1")["Effort"]
    assert (code, before) == (3, 5)
    put("clashes.xlsx", "Clashes", "Ada", "Your answer", "ours")
    assert run("merge", "q3.xlsx", "clashes.xlsx")[0] == 0
    for file in (ADA, BO):
        code, said = run("merge", "q3.xlsx", file)
        assert (code, got("q3.xlsx", "Tasks", "PAY-1")["Effort"]) == (0, 5), said


@pytest.mark.parametrize(("rule", "value"), [("ours", 8), ("theirs", 13)])
def test_a_rule_settles_clashes_at_once(rule: str, value: int) -> None:
    put(ADA, "My tasks", "PAY-1", "Effort", 13)
    put("q3.xlsx", "Tasks", "PAY-1", "Effort", 8)
    assert run("merge", "q3.xlsx", ADA, "--on-conflict", rule)[0] == 0
    assert got("q3.xlsx", "Tasks", "PAY-1")["Effort"] == value
    assert not Path("clashes.xlsx").exists()


def test_who_is_asked_decides_clash_by_clash() -> None:
    put(ADA, "My tasks", "PAY-1", "Effort", 13)
    put(ADA, "My tasks", "PAY-3", "Effort", 14)
    for key, effort in (("PAY-1", 8), ("PAY-3", 9)):
        put("q3.xlsx", "Tasks", key, "Effort", effort)
    made = pipeline.merge(Path("q3.xlsx"), [Path(ADA)], ask=lambda clash: "theirs" if clash.key == "PAY-1" else "")
    assert [clash.key for clash in made.clashes] == ["PAY-3"]
    assert [got("q3.xlsx", "Tasks", key)["Effort"] for key in ("PAY-1", "PAY-3")] == [13, 9]


def test_a_dry_run_says_the_same_and_writes_nothing(sent: Path) -> None:
    put(ADA, "My tasks", "PAY-1", "Effort", 13)
    put("q3.xlsx", "Tasks", "PAY-1", "Effort", 8)
    put(ADA, "My tasks", "PAY-3", "Effort", 4)
    before = everything(sent)
    code, said = run("merge", "q3.xlsx", ADA, "--dry-run")
    assert (code, everything(sent)) == (3, before)
    assert "Dry run, nothing written: 1 file would merge 1 cell into q3.xlsx." in said
    assert "Tasks PAY-1 Effort: was 5, master 8, Ada 13" in said


def test_who_has_not_answered_is_named_with_the_age_of_his_rows() -> None:
    code, said = run("merge", "q3.xlsx", ADA)
    assert code == 0
    assert "1 OF 2 FILES IN; the rows of the others stay as they are:\n  Bo: 1 item, 2 tasks, sent today" in said
    assert "2 OF 2 FILES IN" in run("merge", "q3.xlsx", BO)[1]


def test_a_file_that_does_not_say_which_export_it_is_is_matched_by_ids_and_deletes_nothing() -> None:
    def strip(book: Any) -> None:
        del book["_roadmap"]
        del book.custom_doc_props[book.custom_doc_props.names[0]]
        book["My tasks"]["D2"] = 21
        book["My tasks"]["B2"] = None
        book["My tasks"].delete_rows(3)

    edit(ADA, strip)
    code, said = run("merge", "q3.xlsx", ADA, "--on-conflict", "theirs")
    assert code == 0
    assert "missing row" not in said
    assert "Ada.xlsx: Ada. It does not say which export it is: matched by ids, nothing is taken for deleted" in said
    row = got("q3.xlsx", "Tasks", "PAY-1")
    assert (row["Effort"], row["Title"]) == (21, "Refund by line item")


def test_an_answer_becomes_a_decision() -> None:
    put(ADA, "Questions for you", "DEC-1", "Your answer", "South")
    assert run("merge", "q3.xlsx", ADA)[0] == 0
    assert got("q3.xlsx", "Decisions", "DEC-1")["Chosen"] == "South"


def test_a_formula_of_the_master_stays_and_it_is_said() -> None:
    put("q3.xlsx", "Tasks", "PAY-1", "Effort", "=2+3")
    put(ADA, "My tasks", "PAY-1", "Effort", 9)
    _, said = run("merge", "q3.xlsx", ADA, "--on-conflict", "theirs")
    assert got("q3.xlsx", "Tasks", "PAY-1")["Effort"] == "=2+3"
    assert "Tasks PAY-1 Effort" in said
    assert "formula" in said


def test_json_is_nothing_but_json() -> None:
    put(ADA, "My tasks", "PAY-1", "Effort", 8)
    code, said = run("merge", "q3.xlsx", ADA, "--dry-run", "--json")
    content = json.loads(said)
    assert (code, content["differences"][0]["verdict"], content["sent"]) == (0, "merged", 2)


@pytest.mark.parametrize(
    ("lock", "arguments", "message"),
    [
        ("~$q3.xlsx", (), "is open in Excel: close it there and try again"),
        (".~lock.clashes.xlsx#", (), "clashes.xlsx is open in LibreOffice"),
        ("none", ("--on-conflict", "ask"), "--on-conflict ask needs a terminal"),
        ("none", ("nowhere.xlsx",), "there is no such file or folder"),
    ],
)
def test_what_stands_in_the_way_is_one_line_and_nothing_is_written(
    sent: Path, lock: str, arguments: tuple[str, ...], message: str
) -> None:
    put(ADA, "My tasks", "PAY-1", "Effort", 8)
    Path(lock).touch()
    before = Path("q3.xlsx").read_bytes()
    code, said = run("merge", "q3.xlsx", ADA, *arguments)
    assert (code, Path("q3.xlsx").read_bytes()) == (2, before)
    assert message in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("files", "message"),
    [(("out", ADA), "out is a folder: name the one workbook"), (("q3.xlsx", "q3.xlsx"), "nothing to merge into q3")],
)
def test_the_master_is_one_workbook_and_not_merged_into_itself(files: tuple[str, ...], message: str) -> None:
    code, said = run("merge", *files)
    assert (code, message in said) == (2, True)


class Killed(BaseException):
    """The machine went off."""


def test_a_merge_that_is_killed_at_any_write_leaves_old_or_new_and_the_next_one_finishes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put(ADA, "My tasks", "PAY-1", "Effort", 13)
    edit(ADA, lambda book: book["My tasks"].append([None, "Tell the auditors", "Pay", 1]))
    old = Path("q3.xlsx").read_bytes()
    pipeline.merge(Path("q3.xlsx"), [Path(ADA)])
    new = Path("q3.xlsx").read_bytes()
    logged = [{**entry, "when": ""} for entry in log()]
    outcomes = set()
    for place in range(100):
        Path("q3.xlsx").write_bytes(old)
        Path(".roadmap/log.jsonl").unlink()
        if not _killed(place, monkeypatch):
            break
        now = Path("q3.xlsx").read_bytes()
        outcomes.add(now)
        assert now in (old, new)
        pipeline.merge(Path("q3.xlsx"), [Path(ADA)])
        assert Path("q3.xlsx").read_bytes() == new
        assert {**log()[0], "when": ""} == logged[0]
    assert outcomes == {old, new}


def _killed(place: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Merge with the n-th call that writes never made; whether it came so far."""
    left = [place]
    with monkeypatch.context() as patched:
        for name in ("replace", "write", "fsync", "ftruncate"):
            call = getattr(os, name)

            def dying(*arguments: Any, call: Any = call) -> Any:
                left[0] -= 1
                if left[0] < 0:
                    raise Killed
                return call(*arguments)

            patched.setattr(os, name, dying)
        try:
            pipeline.merge(Path("q3.xlsx"), [Path(ADA)])
        except Killed:
            return True
    return False


def row_clash() -> None:
    """Ada deletes a row that the master has edited."""
    edit(ADA, lambda book: book["My tasks"].delete_rows(2))
    put("q3.xlsx", "Tasks", "PAY-1", "Effort", 9)
    code, said = run("merge", "q3.xlsx", ADA)
    assert code == 3
    assert "Tasks PAY-1:" in said


@pytest.mark.parametrize(("answer", "said"), [("ours", "nothing to change"), ("theirs", "delete its row")])
def test_a_row_that_one_deletes_and_another_edits_is_chosen_in_clashes_xlsx(answer: str, said: str) -> None:
    row_clash()
    assert run("merge", "q3.xlsx", BO)[0] == 3
    put("clashes.xlsx", "Clashes", "PAY-1", "Your answer", answer)
    code, text = run("merge", "q3.xlsx", "clashes.xlsx")
    assert (code, said in text) == (0, True)
    assert run("merge", "q3.xlsx", ADA)[0] == 0


def test_that_a_row_stays_deleted_is_chosen_in_clashes_xlsx() -> None:
    put(ADA, "My tasks", "PAY-5", "Effort", 9)
    edit("q3.xlsx", lambda book: book["Tasks"].delete_rows(6))
    assert run("merge", "q3.xlsx", ADA)[0] == 3
    put("clashes.xlsx", "Clashes", "PAY-5", "Your answer", "ours")
    assert run("merge", "q3.xlsx", "clashes.xlsx")[0] == 0
    assert run("merge", "q3.xlsx", ADA)[0] == 0


@pytest.mark.parametrize(("answer", "effort"), [("theirs", 9), (4, 4), ("base", None)])
def test_a_deleted_row_comes_back_as_chosen_in_clashes_xlsx(answer: str | int, effort: int | None) -> None:
    sent = got("q3.xlsx", "Tasks", "PAY-5")
    put(ADA, "My tasks", "PAY-5", "Effort", 9)
    edit("q3.xlsx", lambda book: book["Tasks"].delete_rows(6))
    assert run("merge", "q3.xlsx", ADA)[0] == 3
    put("clashes.xlsx", "Clashes", "PAY-5", "Your answer", answer)
    code, said = run("merge", "q3.xlsx", "clashes.xlsx")
    assert (code, "comes back" in said) == (0, True)
    assert got("q3.xlsx", "Tasks", "PAY-5") == {**sent, "Effort": effort or sent["Effort"]}
    before = Path("q3.xlsx").read_bytes()
    assert run("merge", "q3.xlsx", ADA)[0] == 0
    assert Path("q3.xlsx").read_bytes() == before


def test_a_master_that_counts_days_from_1904() -> None:
    """A bare number under Target is a day, in his workbook as in hers, and comes back as the day that it is."""
    tasks = SHEETS["Tasks"]
    with Workbook("mac.xlsx", {"date_1904": True}) as book:
        items = [
            SHEETS["Roadmap"][0],
            ("ASK-1", "Refunds", "Ada", "P1", 44000),
            ("ASK-3", "Receipts", "Ada", "P3", 44001),
        ]
        for name, lines in (("Roadmap", items), ("Tasks", [row for row in tasks if "ASK-2" not in str(row[5])])):
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    assert run("export", "mac.xlsx", "--per-pm", "--out", "mac", *AS_OF)[0] == 0
    assert got("mac/Ada.xlsx", "My items", "ASK-1")["Target"] == 44000 + 1462
    before = Path("mac.xlsx").read_bytes()
    assert run("merge", "mac.xlsx", "mac/Ada.xlsx")[0] == 0
    assert Path("mac.xlsx").read_bytes() == before
    put("mac/Ada.xlsx", "My items", "ASK-1", "Target", 45500)
    put("mac/Ada.xlsx", "My items", "ASK-3", "Target", date(2026, 12, 24))
    code, said = run("merge", "mac.xlsx", "mac/Ada.xlsx")
    assert (code, got("mac.xlsx", "Roadmap", "ASK-1")["Target"]) == (0, 45500 - 1462), said
    assert got("mac.xlsx", "Roadmap", "ASK-3")["Target"].date() == date(2026, 12, 24)


def test_a_task_of_no_item_goes_back_to_whom_it_came_from() -> None:
    edit(ADA, lambda book: book["My tasks"].append([None, "Brand new work", "Pay", 3]))
    run("merge", "q3.xlsx", ADA)
    run("export", "q3.xlsx", "--per-pm", "--out", "next", *AS_OF)
    assert [row[1] for row in rows("next/Ada.xlsx", "My tasks")].count("Brand new work") == 1


def test_a_deleted_row_comes_back_where_theirs_counts() -> None:
    put(ADA, "My tasks", "PAY-5", "Effort", 9)
    edit("q3.xlsx", lambda book: book["Tasks"].delete_rows(6))
    assert run("merge", "q3.xlsx", ADA, "--on-conflict", "theirs")[0] == 0
    assert got("q3.xlsx", "Tasks", "PAY-5")["Effort"] == 9


def test_a_formula_that_nobody_has_computed_clears_nothing() -> None:
    put(ADA, "My tasks", "PAY-1", "Effort", "=5+7")
    code, said = run("merge", "q3.xlsx", ADA)
    assert (code, got("q3.xlsx", "Tasks", "PAY-1")["Effort"]) == (0, 5)
    assert "IGNORED (1)\n  Tasks PAY-1 Effort: 5 → blank, Ada  (A formula without a value" in said


def test_the_plan_in_the_master_says_who_has_not_answered_since_when() -> None:
    run("merge", "q3.xlsx", ADA)
    assert run("plan", "q3.xlsx", "--write-back", *AS_OF)[0] == 0
    said = {row[0]: row[1] for row in rows("q3.xlsx", "Roadmap plan") if row[0]}
    assert said["Answers"] == "1 of 2 files in"
    texts = [row[1] for row in rows("q3.xlsx", "Roadmap plan") if isinstance(row[1], str)]
    assert any(text.startswith("Bo: 1 item, 2 tasks as sent on ") for text in texts), texts


def test_pms_and_teams_are_counted_apart() -> None:
    assert run("export", "q3.xlsx", "--per-team", "--out", "teams", *AS_OF)[0] == 0
    assert "1 OF 2 FILES IN" in run("merge", "q3.xlsx", ADA)[1]
    assert "1 OF 1 FILE IN" in run("merge", "q3.xlsx", "teams/Pay.xlsx")[1]
