"""roadmap conflicts: list, show, dismiss, and what plan and graph make of conflicts."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli import app
from tests.workbooks import write_tables

RUNNER = CliRunner()
DAY = ("--as-of", "2026-09-07")
QUICK = (*DAY, "--work", "1")
TASKS = """
Task ID | Title | Team | Effort | Sets | Touches
PAY-1 | Postings to the relational store | Pay | 20 | ledger.storage=relational |
LED-1 | Archive in the key-value store | Led | 10 | ledger.storage=key-value |
PAY-2 | Two currencies | Pay | 5 | | router:change
LED-2 | Faster routes | Led | 5 | | router:change
WEB-1 | A page | Web | 3 | |
"""


@pytest.fixture(autouse=True)
def _contradiction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_tables(tmp_path, tasks=TASKS)


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and everything that was printed."""
    result = RUNNER.invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout + (result.stderr if result.exit_code == 2 else "")


def found(*arguments: str) -> list[dict[str, object]]:
    return json.loads(RUNNER.invoke(app, ["conflicts", "tasks.csv", *QUICK, "--json", *arguments]).stdout)  # type: ignore[no-any-return]


def id_of(kind: str) -> str:
    return str(next(c["id"] for c in found() if c["type"] == kind))


def test_conflicts_lists_with_and_without_the_word_list() -> None:
    code, said = run("conflicts", "tasks.csv", *QUICK)
    assert code == 1, "an open contradiction is an error"
    assert "CONTRADICTION" in said
    assert "ledger.storage" in said
    assert run("conflicts", "list", "tasks.csv", *QUICK) == (code, said)
    assert run("conflicts", "--all", "tasks.csv", *QUICK)[0] == 1


def test_help_names_the_commands_and_nothing_typed_is_help() -> None:
    assert {"list", "show", "dismiss"} <= set(run("conflicts", "--help")[1].split())


def test_family_and_selection_narrow_the_list() -> None:
    assert "contradicting-values" in {c["type"] for c in found("--family", "contradiction")}
    assert "contradicting-values" not in {c["type"] for c in found("--family", "duplicate")}
    assert "contradicting-values" in {c["type"] for c in found("--select", "team:Led")}
    assert "contradicting-values" not in {c["type"] for c in found("--select", "team:Web")}


def test_the_way_out_was_planned_again() -> None:
    values = next(c for c in found("--work", "3000") if c["type"] == "contradicting-values")
    assert values["cost"] > 0  # type: ignore[operator]
    assert any(way["delta"] for way in values["resolutions"])  # type: ignore[attr-defined]


def test_show_draws_the_curve_and_writes_it(tmp_path: Path) -> None:
    code, said = run("conflicts", "show", id_of("contradicting-values"), "tasks.csv", *QUICK, "--svg", "curve.svg")
    assert code == 0
    assert "in 8 weeks (2 Nov)" in said
    assert "Ways out" in said
    assert (tmp_path / "curve.svg").read_text().startswith("<svg")


def test_an_unknown_id_names_some_that_exist() -> None:
    code, said = run("conflicts", "show", "nothing-123456", "tasks.csv", *QUICK)
    assert code == 2
    assert "contradicting-values" in said


def test_dismissed_until_its_evidence_changes(tmp_path: Path) -> None:
    name = id_of("concurrent-change")
    code, said = run("conflicts", "dismiss", name, "tasks.csv", *DAY, "--reason", "known", "--by", "Grace")
    assert code == 0
    assert "dismissed.csv" in said
    assert name not in run("conflicts", "tasks.csv", *QUICK)[1]
    assert {c["id"] for c in found() if c["dismissed"]} == {name}
    write_tables(tmp_path, tasks=TASKS.replace("A page | Web | 3 | |", "A page | Web | 3 | | router:change"))
    assert name in {c["id"] for c in found()}
    assert not any(c["dismissed"] for c in found())


def test_dismissed_until_a_day() -> None:
    name = id_of("concurrent-change")
    run("conflicts", "dismiss", name, "tasks.csv", *DAY, "--reason", "later", "--until", "2026-09-30")
    assert any(c["dismissed"] for c in found())
    after = RUNNER.invoke(app, ["conflicts", "tasks.csv", "--as-of", "2026-10-01", "--work", "1", "--json"]).stdout
    assert not any(c["dismissed"] for c in json.loads(after))


def test_an_error_cannot_be_dismissed() -> None:
    name = id_of("contradicting-values")
    code, said = run("conflicts", "dismiss", name, "tasks.csv", *DAY, "--reason", "no")
    assert code == 2
    assert f"{name} is an error" in said


def test_a_reason_is_asked_for_and_a_spoilt_memory_is_one_line(tmp_path: Path) -> None:
    assert run("conflicts", "dismiss", "x", "tasks.csv")[0] == 2
    (tmp_path / ".roadmap").mkdir()
    (tmp_path / ".roadmap/dismissed.csv").write_text("nonsense\n")
    code, said = run("conflicts", "tasks.csv", *QUICK)
    assert code == 2
    assert len(said.strip().splitlines()) == 1


def test_assume_recommended_plans_without_what_is_dropped(tmp_path: Path) -> None:
    def effort() -> float:
        plan = json.loads((tmp_path / "reports/tasks/plan.json").read_text())
        return float(sum(task["effort"] for task in plan["tasks"]))

    run("plan", "tasks.csv", *QUICK)
    assert effort() == 43
    run("plan", "tasks.csv", *QUICK, "--assume-recommended")
    assert effort() < 43


def test_graph_of_the_clashes(tmp_path: Path) -> None:
    assert run("graph", "tasks.csv", "--conflicts", "--format", "dot", *QUICK)[0] == 0
    dot = (tmp_path / "graph.dot").read_text()
    assert "Pay" in dot
    assert "Web" not in dot
