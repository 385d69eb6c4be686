"""`roadmap breakglass` and `roadmap verify`: who may open a block for a task, and what the gate then lets through."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.round_trip import run
from tests.sheets.workbooks import workbook

SHEETS = {
    "Tasks": [
        ("Task ID", "Title", "Team", "Effort", "Actual launch", "Status", "Touches", "Sets", "Door"),
        ("PAY-1", "Refunds", "Pay", 5, None, None, None, None, None),
        ("PAY-2", "Payouts", "Pay", 5, "2026-12-16", "done", None, None, None),
        ("WEB-1", "Banner", "Web", 5, "2026-12-17", "done", None, None, None),
    ],
    "Teams": [("Team", "Engineers"), ("Pay", 2), ("Web", 2)],
    "Calendar": [
        ("Name", "Kind", "Start", "End", "Scope"),
        ("Year end", "block", "2026-12-15", "2027-01-05", "team:Pay"),
        ("Audit", "block", "2027-02-01", "2027-02-05", "all"),
    ],
}
ROSTER = """
[breakglass.approvers]
all = ["Cleo"]
"team:Pay" = ["Hana Kerr", "Alma Stone"]
[breakglass.people]
"Alma Stone" = ["astone"]
"""
BOOK = "q4.xlsx"
TODAY = ("--as-of", "2026-12-10")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    workbook(Path(BOOK), SHEETS)
    Path("roadmap.toml").write_text(ROSTER, encoding="utf-8")


def ask(by: str = "Alma Stone", *more: str, task: str = "PAY-2", block: str = "Year end") -> tuple[int, str]:
    words = ("--block", block, "--reason", "fines from 16 December", "--as", by)
    return run("breakglass", "request", task, BOOK, *words, *TODAY, *more)


def approve(by: str = "Hana Kerr", number: str = "BG-1", *more: str) -> tuple[int, str]:
    return run("breakglass", "approve", number, BOOK, "--as", by, *(more or TODAY))


def verify(*more: str) -> tuple[int, list[tuple[str, str]]]:
    code, said = run("verify", BOOK, "--json", "--as-of", "2026-12-20", *more)
    return code, [(one["rule"], one["severity"]) for one in json.loads(said)["objections"]]


LOG = Path(".roadmap/breakglass.jsonl")


def test_a_launch_in_a_block_fails_until_somebody_else_on_the_roster_has_approved_it() -> None:
    assert verify() == (1, [("launch-in-block", "error")])  # WEB-1 is not in the block's scope
    assert ask()[0] == 0
    assert verify() == (1, [("launch-in-block", "error")])  # asked for is not approved
    code, said = approve()
    assert code == 0
    assert "Written to q4.xlsx!Overrides!A2." in said
    assert verify() == (0, [("override-asserted", "doubt")])
    assert verify("--strict") == (1, [("override-asserted", "error")])
    row = [cell.value for cell in load_workbook(BOOK)["Overrides"][2]]
    assert row[:2] == ["PAY-2", "Year end"]
    assert row[3:5] == ["Alma Stone", "Hana Kerr"]


@pytest.mark.parametrize("by", ["Alma Stone", "stone, ALMA", "A. Stone", "astone", "\u0410lma Stone"])
def test_the_same_person_is_refused_in_whatever_spelling(by: str) -> None:
    ask()
    code, said = approve(by)
    assert code == 2
    assert "has asked for BG-1: somebody else has to approve it" in said
    assert "Overrides" not in load_workbook(BOOK).sheetnames


def test_who_is_not_on_the_roster_of_the_scope_is_refused() -> None:
    ask()
    code, said = approve("Cleo")  # on the roster of all, and the team has its own
    assert (code, said) == (2, 'roadmap: Cleo is not on the roster of "Year end" (Hana Kerr, Alma Stone)\n')
    ask(block="Audit")
    assert approve("Cleo", "BG-2")[0] == 0  # that block is for all


def test_without_a_roster_nobody_may() -> None:
    Path("roadmap.toml").unlink()
    ask()
    code, said = approve()
    assert code == 2
    assert "[breakglass.approvers]" in said


def test_a_request_that_has_expired_is_not_approved_and_an_override_not_honoured() -> None:
    ask("Alma Stone", "--expires", "2026-12-15")
    code, said = approve("Hana Kerr", "BG-1", "--as-of", "2026-12-16")
    assert code == 2
    assert "has expired on 2026-12-15" in said
    assert approve()[0] == 0  # in time
    assert verify() == (1, [("override-expired", "error")])  # launched on the 16th


def test_an_override_that_could_open_nothing_is_not_asked_for() -> None:
    assert "holds until Tue 29 Dec 2026" in ask()[1]  # 14 days from the block's first day, the 15th
    code, said = ask("Alma Stone", "--expires", "2026-12-14")
    assert (code, said.count("\n")) == (2, 1)
    assert 'the block "Year end" begins on 2026-12-15' in said
    code, said = ask("Alma Stone", "--as-of", "2027-01-06")
    assert code == 2
    assert "was over on 2027-01-05" in said


def test_the_wrong_block_or_task_is_refused_with_what_is_meant() -> None:
    assert "Did you mean 'Year end'?" in ask(block="Year-end")[1]
    assert "Did you mean 'PAY-1'?" in ask(task="PAY-11")[1]
    code, said = ask(task="WEB-1")
    assert code == 2
    assert "does not stop WEB-1 of Web" in said


def test_an_override_of_another_block_opens_nothing() -> None:
    ask(block="Audit")
    approve("Cleo")
    assert verify() == (1, [("launch-in-block", "error")])


def test_an_edited_log_is_found_and_nothing_is_added_to_it() -> None:
    ask()
    approve()
    LOG.write_bytes(LOG.read_bytes().replace(b"fines", b"fires"))
    assert ("log-broken", "error") in verify()[1]
    assert ("override-self-approved", "error") not in verify()[1]
    code, said = ask(task="PAY-1")
    assert code == 2
    assert "log of approvals was edited: line 1" in said


def test_a_cut_log_is_found() -> None:
    ask()
    ask(task="PAY-1")
    LOG.write_bytes(LOG.read_bytes().splitlines(keepends=True)[0])
    code, said = run("breakglass", "review", BOOK)
    assert code == 1
    assert "The log is cut: 1 of 2 lines are missing" in said
    LOG.unlink()
    assert run("breakglass", "review", BOOK)[0] == 1


def test_without_the_anchor_it_cannot_tell_and_with_the_right_one_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    ask()
    approve()
    anchor = json.loads(run("breakglass", "review", BOOK, "--json")[1])["log"]["anchor"]
    monkeypatch.setenv("XDG_STATE_HOME", str(Path("another machine").resolve()))
    assert ("log-unknown", "doubt") in verify()[1]
    assert "cannot tell" in run("verify", BOOK, "--as-of", "2026-12-20")[1]
    assert verify("--anchor", anchor) == (0, [("override-asserted", "doubt")])
    LOG.write_bytes(LOG.read_bytes().splitlines(keepends=True)[0])
    assert ("log-broken", "error") in verify("--anchor", anchor)[1]
    assert run("verify", BOOK, "--anchor", "2:xyz")[0] == 2


def test_a_row_that_was_typed_by_hand_is_judged_by_the_same_rules() -> None:
    def typed(asked: str, approved: str) -> list[tuple[str, str]]:
        row = [("Task ID", "Block", "Requested by", "Approved by"), ("PAY-2", "Year end", asked, approved)]
        workbook(Path(BOOK), {**SHEETS, "Overrides": row})
        return verify()[1]

    assert typed("Alma Stone", "Hana Kerr") == [("override-asserted", "doubt")]
    assert typed("Alma Stone", "A. Stone") == [("override-self-approved", "error")]
    assert typed("Alma Stone", "Cleo") == [("override-not-on-roster", "error")]
    assert typed("Alma Stone", "") == [("override-unapproved", "error")]


def test_where_only_an_account_counts_a_typed_name_does_not() -> None:
    Path("roadmap.toml").write_text('[breakglass]\naccept = "account"\n' + ROSTER, encoding="utf-8")
    ask()
    code, said = approve()
    assert code == 2
    assert "a name that is asserted does not count here" in said


def test_two_requests_at_once_have_two_numbers() -> None:
    command = [sys.executable, "-m", "planner.cli", "breakglass", "request", "PAY-2", BOOK, "--block", "Year end"]
    running = [
        subprocess.Popen([*command, "--reason", f"reason {i}", *TODAY], stdout=subprocess.PIPE, text=True)
        for i in range(2)
    ]
    said = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0] * 2
    assert sorted(text.split()[0] for text in said) == ["BG-1", "BG-2"]
    assert run("breakglass", "review", BOOK)[0] == 0
    assert len(LOG.read_bytes().splitlines()) == 2


def test_a_plan_is_verified_too_and_against_the_calendar_of_today() -> None:
    run("plan", BOOK, "--as-of", "2026-12-10", "--work", "0")
    assert verify()[1] == [("launch-in-block", "error")]
    moved = [*SHEETS["Calendar"], ("Freeze", "block", "2026-12-01", "2027-01-31", "all")]
    workbook(Path(BOOK), {**SHEETS, "Calendar": moved})
    rules = verify()[1]
    assert len(rules) == 4  # PAY-1 as planned, PAY-2 twice, WEB-1
    assert run("verify", BOOK, "--actual", "--json", "--as-of", "2026-12-20")[1].count('"launch-in-block"') == 3


def test_one_way_doors_want_a_decision_that_another_person_has_approved() -> None:
    tasks = [SHEETS["Tasks"][0], ("PAY-9", "Move", "Pay", 5, "2026-12-01", "done", None, "store=new", "one-way")]

    def decided(chosen: str, driver: str, approver: str) -> list[tuple[str, str]]:
        row = ("DEC-1", "Which store?", "store", chosen, driver, approver)
        header = ("Decision ID", "Question", "Key", "Chosen", "Driver", "Approver")
        workbook(Path(BOOK), {"Tasks": tasks, "Decisions": [header, row]})
        return verify()[1]

    assert decided("", "Alma", "") == [("door-undecided", "error")]
    assert decided("new", "Alma", "") == [("door-unapproved", "error")]
    assert decided("new", "Alma Stone", "Stone, A.") == [("door-self-approved", "error")]
    assert decided("new", "Alma Stone", "Hana") == []


def test_a_frozen_component_is_not_launched_into() -> None:
    tasks = [SHEETS["Tasks"][0], ("PAY-9", "Change", "Pay", 5, None, None, "vault:change", None, None)]
    frozen = [("Component", "Owner", "Status"), ("vault", "Pay", "frozen")]
    workbook(Path(BOOK), {"Tasks": tasks, "Components": frozen})
    run("plan", BOOK, "--as-of", "2026-12-10", "--work", "0")
    assert verify() == (1, [("frozen-component", "error")])


def test_a_signature_by_git_is_the_name_of_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    try:
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / "key")], check=True)
        subprocess.run(["git", "--version"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("git and ssh-keygen are needed to sign")
    public = (home / "key.pub").read_text()
    (home / "signers").write_text(f"hana.kerr@quillon.example {public}")
    (home / ".gitconfig").write_text(
        "[user]\nname = Somebody\nemail = somebody@quillon.example\n"
        f"signingkey = {home / 'key.pub'}\n[gpg]\nformat = ssh\n"
        f'[gpg "ssh"]\nallowedSignersFile = {home / "signers"}\n'
    )
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
    Path("roadmap.toml").write_text('[breakglass]\naccept = "signed"\n' + ROSTER, encoding="utf-8")
    ask()
    code, said = run("breakglass", "approve", "BG-1", BOOK, "--sign", *TODAY)
    assert code == 0, said
    assert "approved by hana.kerr@quillon.example (signed)" in said
    assert verify() == (0, [])
