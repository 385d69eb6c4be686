"""`roadmap baseline` and `roadmap diff`, as typed."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli.baseline import baseline_app
from tests.round_trip import AS_OF, SHEETS, edit, got, put, run, send
from tests.sheets.workbooks import workbook

BASELINES = Path(".roadmap/baselines")


@pytest.fixture(autouse=True)
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    send()
    plan()


def plan(*options: str) -> None:
    code, said = run("plan", "q3.xlsx", *AS_OF, *options)
    assert code in (0, 1), said


def diff(*arguments: str) -> dict:
    code, said = run("diff", *arguments, "--json")
    assert code == 0, said
    return json.loads(said)


def test_a_baseline_is_kept_listed_and_not_overwritten_by_accident() -> None:
    code, said = run("baseline", "save", "2026-q3", "q3.xlsx")
    assert code == 0
    assert said.startswith("Saved 2026-q3: the plan as of Mon 7 Sep 2026 (3 items, until ")
    assert said.endswith("Next: roadmap diff 2026-q3 current\n")
    kept = BASELINES / "2026-q3"
    assert (kept / "plan.json").read_bytes() == Path("reports/q3/plan.json").read_bytes()
    (copy,) = kept.rglob("q3.xlsx")
    assert copy.read_bytes() == Path("q3.xlsx").read_bytes()
    code, said = run("baseline", "save", "2026-q3", "q3.xlsx")
    assert (code, said) == (
        2,
        "roadmap: there is a baseline '2026-q3' already: take another name, or add --replace\n",
    )
    assert run("baseline", "save", "2026-Q3", "q3.xlsx")[0] == 2  # one name on many disks
    assert run("baseline", "save", "2026-Q3", "q3.xlsx", "--replace")[0] == 0
    assert [path.name for path in BASELINES.iterdir()] == ["2026-q3"]
    code, said = run("baseline", "list")
    assert (code, said.splitlines()[0].split("  ")[:2]) == (0, ["2026-q3", "as of Mon 7 Sep 2026"])
    (listed,) = json.loads(run("baseline", "list", "--json")[1])
    assert (listed["name"], listed["items"], listed["files"][0]["label"]) == ("2026-q3", 3, "q3.xlsx")


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "", "last", "Current", "a" * 61, "nul\x00"])
def test_names_that_are_none(name: str) -> None:
    code, said = run("baseline", "save", name, "q3.xlsx")
    assert code == 2
    assert "cannot be the name of a baseline" in said
    assert not BASELINES.exists()


def test_a_plan_of_other_data_is_not_kept_as_theirs() -> None:
    put("q3.xlsx", "Tasks", "PAY-1", "Effort", 12)
    code, said = run("baseline", "save", "late", "q3.xlsx")
    assert code == 2
    assert "is not the plan of q3.xlsx as it is now: run `roadmap plan` again" in said


def test_what_moved_and_why_before_and_after_planning_again() -> None:
    run("baseline", "save", "old")
    put("q3.xlsx", "Tasks", "PAY-1", "Effort", 12)
    now = diff("old")
    assert not now["is_planned"]
    assert now["whole"]["days"] > 0
    assert now["whole"]["parts"] == {"estimate": now["whole"]["days"]}
    assert {cause for slip in (*now["items"], *now["tasks"]) for cause in slip["parts"]} == {"estimate"}
    assert [change["text"] for change in now["changes"]] == ["PAY-1 Effort 5 ED → 12 ED"]
    assert not diff("old", "last")["items"]
    plan()
    after = diff("old", "last")
    assert after["is_planned"]
    assert {cause for slip in after["items"] for cause in slip["parts"]} == {"estimate"}
    assert diff("old", "current") == {**after, "now": "current"}
    assert diff("old", "reports/q3/plan.json") == {**after, "now": "reports/q3/plan.json"}
    code, said = run("diff", "old", "last")
    assert code == 0
    assert "WHAT MOVED, in working days\n" in said
    written = Path("reports/q3/diff.md").read_text(encoding="utf-8")
    assert written.startswith("# What moved: old → last\n")
    assert "PAY-1 Effort 5 ED → 12 ED" in written


def test_a_plan_of_which_only_the_dates_are_left_is_compared_and_not_attributed() -> None:
    shutil.copy("reports/q3/plan.json", "kept.json")
    put("q3.xlsx", "Tasks", "PAY-1", "Effort", 12)
    plan()
    found = diff("kept.json", "last")
    assert {cause for slip in found["items"] for cause in slip["parts"]} == {"unexplained"}
    assert found["notes"] == ["What kept.json was planned from is not known any more, so nothing is attributed."]


def test_rows_in_another_order_move_nothing() -> None:
    run("baseline", "save", "old")

    def reverse(book) -> None:
        for sheet in book:
            values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
            for row, new in zip(sheet.iter_rows(min_row=2), reversed(values), strict=True):
                for cell, value in zip(row, new, strict=True):
                    cell.value = value

    edit("q3.xlsx", reverse)
    assert diff("old")["empty"]
    plan()
    assert diff("old", "last")["empty"]
    code, said = run("diff", "old", "last")
    assert code == 0
    assert "Nothing that moves a date differs.\n" in said


def test_names_that_nobody_saved_are_one_line_with_those_there_are() -> None:
    run("baseline", "save", "2026-q3")
    assert run("diff", "2026-q4") == (2, "roadmap: no baseline '2026-q4'; did you mean '2026-q3'?\n")
    assert run("diff", "xyz") == (2, "roadmap: no baseline 'xyz'; there are: 2026-q3\n")
    put("q3.xlsx", "Tasks", "PAY-1", "Effort", 12)
    code, said = run("diff", "current", "2026-q3")
    assert code == 2
    assert "'current' is not planned as it is now" in said


def test_hostile_names_are_shown_as_they_are() -> None:
    put("q3.xlsx", "Roadmap", "ASK-1", "Title", "a|b <script>alert(1)</script>\n‮x")
    plan()
    run("baseline", "save", "old")
    put("q3.xlsx", "Tasks", "PAY-1", "Effort", 40)
    code, said = run("diff", "old")
    assert code == 0
    assert "‮" not in said
    written = Path("reports/q3/diff.md").read_text(encoding="utf-8")
    assert "<script>" not in written
    assert r"a\|b" in written


def test_a_spoilt_baseline_is_one_line() -> None:
    run("baseline", "save", "old")
    (BASELINES / "old" / "baseline.json").write_text("{}")
    for command in (("diff", "old"), ("baseline", "list")):
        code, said = run(*command)
        assert code == 2
        assert "is no baseline that roadmap saved" in said


def _process(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "planner.cli", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_merging_and_saving_at_once_lose_nothing() -> None:
    """Four processes: two merges, two baselines of which only one can have the name."""
    put("out/Ada.xlsx", "My tasks", "PAY-1", "Remark", "from Ada")
    put("out/Bo.xlsx", "My tasks", "PAY-2", "Title", "from Bo")
    running = [
        _process("merge", "q3.xlsx", "out/Ada.xlsx"),
        _process("baseline", "save", "one", "q3.xlsx"),
        _process("merge", "q3.xlsx", "out/Bo.xlsx"),
        _process("baseline", "save", "one", "q3.xlsx"),
    ]
    said = [process.communicate(timeout=120)[0] for process in running]
    codes = [process.returncode for process in running]
    assert codes[0] == codes[2] == 0, said
    assert sorted((codes[1], codes[3])) == [0, 2], said
    assert got("q3.xlsx", "Tasks", "PAY-1")["Remark"] == "from Ada"
    assert got("q3.xlsx", "Tasks", "PAY-2")["Title"] == "from Bo"
    log = [json.loads(line) for line in Path(".roadmap/log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [entry["command"] for entry in log] == ["merge", "merge"]
    assert log[0]["after"] == log[1]["before"]
    (listed,) = json.loads(run("baseline", "list", "--json")[1])
    assert listed["files"][0]["sha256"] in {log[0]["before"], log[0]["after"], log[1]["after"]}
    assert diff("one")["empty"]


def test_every_command_of_the_group_ends_its_help_with_an_example() -> None:
    assert all("Example: roadmap baseline" in (c.callback.__doc__ or "") for c in baseline_app.registered_commands)


def test_what_became_of_a_baseline() -> None:
    run("baseline", "save", "2026-q3")

    def happened(book) -> None:
        sheet = book["Tasks"]
        for column, title in enumerate(("Status", "Actual start", "Actual finish", "Actual effort"), 8):
            sheet.cell(1, column, title)
        for row, values in ((2, ("done", "2026-09-07", "2026-09-30", 9)), (4, ("dropped", "2026-09-07", None, 2))):
            for column, value in enumerate(values, 8):
                sheet.cell(row, column, value)

    edit("q3.xlsx", happened)
    code, said = run("close", "--against", "2026-q3", "--as-of", "2026-10-05")
    assert code == 0
    assert said.startswith("2026-q3, promised on Mon 7 Sep 2026, as of Mon 5 Oct 2026: 3 items: ")
    assert "begun and dropped" in said
    assert said.endswith("Next: roadmap rollover q3.xlsx\n")
    assert Path("reports/q3/close.md").read_text(encoding="utf-8").startswith("# What became of 2026-q3\n")
    found = json.loads(run("close", "--against", "2026-q3", "--as-of", "2026-10-05", "--json")[1])
    tasks = {task["id"]: task["outcome"] for task in found["tasks"]}
    assert (tasks["PAY-1"], tasks["PAY-3"]) == ("late", "dropped")
    assert found["calibration"][0]["effort"] == pytest.approx(9 / 5)
    assert found["throwaway_real"] == 2
    assert run("close", "--against", "2026-q2") == (2, "roadmap: no baseline '2026-q2'; did you mean '2026-q3'?\n")


def test_a_baseline_with_experiments_is_closed_and_sent_out() -> None:
    """Their ramps and clean-ups are in the plan, and on no sheet: nobody has promised or estimated them."""
    hypothesis = [
        ("Hypothesis ID", "Statement", "P(success)", "Readout date", "Ramp", "Rollback effort"),
        ("H-1", "It holds", 0.5, "2026-09-18", "1%/10%/100%", 2),
    ]
    tasks = [(*row, "Hypothesis" if i == 0 else "H-1") for i, row in enumerate(SHEETS["Tasks"])]
    workbook(Path("q3.xlsx"), {**SHEETS, "Tasks": tasks, "Hypotheses": hypothesis})
    plan()
    planned = json.loads(Path("reports/q3/plan.json").read_text(encoding="utf-8"))["tasks"]
    ours = {task["id"] for task in planned} - {str(row[0]) for row in SHEETS["Tasks"]}
    assert ours
    assert run("baseline", "save", "2026-q3")[0] == 0
    code, said = run("close", "--against", "2026-q3", "--as-of", "2026-12-01", "--json")
    assert code == 0, said
    assert ours.isdisjoint(promise["id"] for promise in json.loads(said)["tasks"])
    for form in ("--ics", "--msproject", "--mermaid", "--per-pm"):
        code, said = run("export", form, "--out", f"sent{form}")
        assert code == 0, said
