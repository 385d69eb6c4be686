"""What people type, and what comes back: text, exit code, no traceback."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import CliRunner

from planner.cli import app
from tests.workbooks import write_tables

RUNNER = CliRunner()
GOOD = "Task ID | Title | Team | Effort | Depends on\nA | first | X | 3 |\nB | second | Y | 2 | A"


@pytest.fixture(autouse=True)
def _in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and everything that was printed."""
    result = RUNNER.invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def plan_good(tmp_path: Path) -> None:
    write_tables(tmp_path, tasks=GOOD)
    code, _ = run("plan", "tasks.csv", "--as-of", "2026-09-07", "--work", "1")
    assert code == 0


def test_init_then_check_asks_for_tasks_and_a_second_init_replaces_nothing() -> None:
    assert run("init")[0] == 0
    code, said = run("check", "roadmap.xlsx")
    assert code == 1  # only headers: nothing to plan
    assert "Tasks" in said
    code, said = run("init")
    assert code == 2
    assert "exists" in said


def test_plan_prints_at_most_forty_lines_and_writes_the_reports(tmp_path: Path) -> None:
    write_tables(tmp_path, tasks=GOOD)
    code, said = run("plan", "tasks.csv", "--as-of", "2026-09-07", "--work", "1")
    assert code == 0
    assert len(said.splitlines()) <= 40
    for name in ("sequence.md", "sequence.csv", "plan.xlsx", "plan.json", "pictures/graph.svg", "pictures/graph.png"):
        assert (tmp_path / "reports/tasks" / name).stat().st_size > 0


def test_plan_json_is_the_plan_json_that_is_written(tmp_path: Path) -> None:
    write_tables(tmp_path, tasks=GOOD)
    result = RUNNER.invoke(app, ["plan", "tasks.csv", "--as-of", "2026-09-07", "--work", "1", "--json"])
    assert json.loads(result.stdout) == json.loads((tmp_path / "reports/tasks/plan.json").read_text())


def test_errors_in_the_data_still_give_a_plan_and_exit_code_1(tmp_path: Path) -> None:
    write_tables(tmp_path, tasks="Task ID | Title | Team | Effort | Depends on\nA | a | X | 3 | B\nB | b | Y | 2 | A")
    code, said = run("plan", "tasks.csv", "--as-of", "2026-09-07", "--work", "1")
    assert code == 1
    assert "A -> B -> A" in said or "B -> A -> B" in said
    assert (tmp_path / "reports/tasks/plan.json").exists()


def test_strict_makes_warnings_errors(tmp_path: Path) -> None:
    write_tables(tmp_path, tasks="Task ID | Title | Team | Effort | Depends on\nA | a | X | 3 | NOWHERE-1")
    assert run("check", "tasks.csv")[0] == 0
    assert run("check", "tasks.csv", "--strict")[0] == 1


def test_check_json_names_rule_severity_and_cells(tmp_path: Path) -> None:
    write_tables(
        tmp_path, tasks="Task ID | Title | Team | Effort | Depends on\nPAY-1 | a | X | 3 | PAY-11\nPAY-2||X|1|"
    )
    found = json.loads(RUNNER.invoke(app, ["check", "tasks.csv", "--json"]).stdout)
    dangling = next(d for d in found["diagnostics"] if d["rule"] == "dangling-reference")
    assert dangling["cells"] == ["tasks.csv!E2"]
    assert {"severity", "message", "suggestion"} <= dangling.keys()


def test_show_reads_the_plan_that_was_written_last(tmp_path: Path) -> None:
    plan_good(tmp_path)
    code, said = run("show", "task", "b")
    assert code == 0
    assert "waits for A" in said
    assert "second" in run("show", "team", "Y")[1]
    code, said = run("show", "task", "C")
    assert code == 2
    assert "C" in said


def test_show_without_a_plan_says_how_to_make_one() -> None:
    code, said = run("show", "team", "X")
    assert code == 2
    assert "roadmap plan" in said


def test_graph_draws_a_slice(tmp_path: Path) -> None:
    write_tables(tmp_path, tasks=GOOD)
    code, _ = run(
        "graph", "tasks.csv", "--select", "team:Y", "--format", "dot", "--as-of", "2026-09-07", "--work", "0"
    )
    assert code == 0
    dot = (tmp_path / "graph.dot").read_text()
    assert "second" in dot
    assert "first" not in dot
    code, said = run("graph", "tasks.csv", "--select", "team:Z", "--format", "dot", "--work", "0")
    assert code == 2
    assert "Z" in said


def test_columns_lists_the_sheets_and_knows_their_names() -> None:
    assert "Depends on" in run("columns")[1]
    assert "Depends on" not in run("columns", "Teams")[1]
    code, said = run("columns", "Tusks")
    assert code == 2
    assert "Tasks" in said


@pytest.mark.parametrize("kind", ["missing", "pdf", "password", "pictures", "empty folder"])
def test_a_wrong_file_is_one_line_and_writes_nothing(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "wrong.xlsx"
    if kind == "pdf":
        path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")
    elif kind == "password":  # an encrypted workbook is an OLE compound file
        path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 1016 + "EncryptedPackage".encode("utf-16-le"))
    elif kind == "pictures":
        with xlsxwriter.Workbook(path) as book:
            book.add_worksheet().insert_textbox(1, 1, "a picture says more")
    elif kind == "empty folder":
        path.mkdir()
    before = set(tmp_path.iterdir())
    code, said = run("plan", "wrong.xlsx")
    assert code == 2
    assert len(said.strip().splitlines()) == 1
    assert "wrong.xlsx" in said
    assert set(tmp_path.iterdir()) == before


def test_only_headers_is_exit_code_1_and_no_traceback(tmp_path: Path) -> None:
    write_tables(tmp_path, tasks="Task ID | Title | Team | Effort | Depends on")
    code, said = run("plan", "tasks.csv", "--as-of", "2026-09-07")
    assert code == 1
    assert "Traceback" not in said


def test_help_imports_nothing_heavy() -> None:
    """`roadmap --help` has to answer within half a second: no pandas, ortools or networkx at start."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, planner.cli; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert not {"pandas", "ortools", "networkx", "openpyxl", "numpy", "holidays", "graphviz"} & set(loaded)


def test_version_needs_no_command() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert result.exit_code == 0
    assert result.output.startswith("roadmap ")


def test_a_place_that_takes_no_reports_is_one_line(tmp_path: Path) -> None:
    write_tables(tmp_path, tasks=GOOD)
    (tmp_path / "taken").write_text("a file")
    code, said = run("plan", "tasks.csv", "--as-of", "2026-09-07", "--work", "1", "--out", "taken/here")
    assert code == 2
    assert said.startswith("roadmap: taken/here: Not a directory")
    assert said.count("\n") == 1
