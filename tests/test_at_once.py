"""Commands that write into one workbook at the same time, as processes of their own: nobody's work is lost."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.round_trip import AS_OF, SHEETS, got, put, run
from tests.sheets.workbooks import workbook

CALENDAR = [("Name", "Kind", "Start", "End", "Scope"), ("Freeze", "block", "2026-12-01", "2026-12-11", "all")]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    workbook(Path("q3.xlsx"), {**SHEETS, "Calendar": CALENDAR})
    Path("roadmap.toml").write_text('[breakglass.approvers]\nall = ["Hana"]\n', encoding="utf-8")
    assert run("export", "q3.xlsx", "--per-pm", "--out", "out", *AS_OF)[0] == 0


def test_merge_decision_approval_adoption_and_baseline_at_once_lose_nothing() -> None:
    run("plan", "q3.xlsx", *AS_OF)
    ask = ("--block", "Freeze", "--reason", "fines", "--as", "Alma", *AS_OF[:2])
    assert run("breakglass", "request", "PAY-1", "q3.xlsx", *ask)[0] == 0
    put("out/Ada.xlsx", "My tasks", "PAY-1", "Remark", "from Ada")
    Path("more.toml").write_text('[[add.tasks]]\nid = "PAY-6"\nTitle = "More"\nTeam = "Pay"\n', encoding="utf-8")
    commands = (
        ("merge", "q3.xlsx", "out/Ada.xlsx"),
        ("breakglass", "approve", "BG-1", "q3.xlsx", "--as", "Hana", *AS_OF[:2]),
        ("decide", "approve", "DEC-1", "q3.xlsx", "--option", "South", "--approver", "Bo"),
        ("whatif", "adopt", "more.toml", "--of", "q3.xlsx"),
        ("baseline", "save", "one", "q3.xlsx"),
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "planner.cli", *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for words in commands
    ]
    said = [process.communicate(timeout=120)[0] for process in running]
    codes = [process.returncode for process in running]
    assert codes[:4] == [0] * 4, said
    assert codes[4] == 0 or "is not the plan of q3.xlsx as it is now" in said[4]  # before the others, or after one
    assert got("q3.xlsx", "Tasks", "PAY-1")["Remark"] == "from Ada"
    assert got("q3.xlsx", "Tasks", "PAY-6")["Title"] == "More"
    assert got("q3.xlsx", "Decisions", "DEC-1")["Chosen"] == "South"
    assert got("q3.xlsx", "Overrides", "PAY-1")["Approved by"] == "Hana"
    log = [json.loads(line) for line in Path(".roadmap/log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {entry["command"].split()[0] for entry in log} == {"merge", "breakglass", "decide", "whatif"}
    assert [entry["after"] for entry in log[:-1]] == [entry["before"] for entry in log[1:]]
