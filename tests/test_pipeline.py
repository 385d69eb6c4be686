"""The whole story on small tables: what is typed on the left comes out as dates on the right."""

import json
from datetime import date
from pathlib import Path

import pytest

from planner.domain.plan import Plan
from planner.pipeline import Inputs, PlanOptions, plan, write_reports
from tests.workbooks import write_tables

MONDAY = date(2026, 9, 7)


def planned(folder: Path, options: PlanOptions | None = None, **drawings: str) -> Plan:
    """The plan of these tables, made from 7 September 2026 with a fixed amount of work."""
    write_tables(folder, **drawings)
    return plan(Inputs((folder,), as_of=MONDAY), options or PlanOptions(work=1))


def starts(made: Plan) -> list[str]:
    return [task.id for task in made.tasks]


def test_oracle_x1_the_whole_way_from_a_table_to_a_sequence(tmp_path: Path) -> None:
    """X1: d = (3, 1, 2), w = (3, 2, 1) in one lane: B, A, C costs 20 ED of delay."""
    made = planned(
        tmp_path,
        items="""Item ID | Title | Cost of delay
                 IA | a | 15
                 IB | b | 10
                 IC | c | 5""",
        tasks="""Task ID | Title | Item ID | Team | Effort
                 A | a | IA | Solo | 3
                 B | b | IB | Solo | 1
                 C | c | IC | Solo | 2""",
        teams="""Team | Engineers | Operations
                 Solo | 1 | 0""",
    )
    assert starts(made) == ["B", "A", "C"]
    delay = next(term.value for term in made.terms if term.letter == "D")
    assert delay == 20
    assert (made.status, made.gap) == ("optimal", 0)


def test_oracle_x2_a_worthless_task_goes_first_for_what_waits_behind_it(tmp_path: Path) -> None:
    """X2: A (2 days, worth nothing) before B (1 day, 9 a day), C (1 day, 2 a day): A, B, C costs 35."""
    made = planned(
        tmp_path,
        items="""Item ID | Title | Cost of delay
                 IB | b | 45
                 IC | c | 10""",
        tasks="""Task ID | Title | Item ID | Team | Effort | Depends on
                 A | a |    | Solo | 2 |
                 B | b | IB | Solo | 1 | A
                 C | c | IC | Solo | 1 |""",
        teams="""Team | Engineers | Operations
                 Solo | 1 | 0""",
    )
    assert starts(made) == ["A", "B", "C"]
    assert next(term.value for term in made.terms if term.letter == "D") == 35


@pytest.mark.parametrize(("last_day", "days"), [("2026-09-09", 1), ("2026-09-11", 3), ("2026-09-15", 5)])
def test_leave_in_a_team_of_one_moves_the_end_by_exactly_its_working_days(
    tmp_path: Path, last_day: str, days: int
) -> None:
    tables = {
        "tasks": """Task ID | Title | Team | Effort
                    A | a | Solo | 4
                    B | b | Solo | 6""",
        "teams": """Team | Engineers | Operations
                    Solo | 1 | 0""",
    }
    at_work = planned(tmp_path, **tables)
    away = planned(
        tmp_path,
        **tables,
        capacity=f"""Team | Change | Start | End
                     Solo | -1 | 2026-09-09 | {last_day}""",
    )
    axis_days = [d for d in (at_work.finish, away.finish) if d is not None]
    assert at_work.finish == date(2026, 9, 18)
    assert workdays(*axis_days) == days


def workdays(first: date, last: date) -> int:
    """Mondays to Fridays after `first`, up to `last`."""
    return sum(date.fromordinal(n).weekday() < 5 for n in range(first.toordinal() + 1, last.toordinal() + 1))


def test_a_block_moves_the_launch_and_neither_the_build_nor_the_next_task(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        tasks="""Task ID | Title | Team | Effort | Depends on
                 A | a | Solo | 5 |
                 B | b | Solo | 5 | A""",
        teams="""Team | Engineers | Operations
                 Solo | 1 | 0""",
        calendar="""Name | Kind | Start | End | Scope
                    Freeze | block | 2026-09-10 | 2026-09-15 | all""",
    )
    a, b = made.tasks
    assert (a.start, a.finish, a.launch) == (date(2026, 9, 7), date(2026, 9, 11), date(2026, 9, 16))
    assert (b.start, b.finish, b.launch) == (date(2026, 9, 14), date(2026, 9, 18), date(2026, 9, 18))


def test_a_hard_due_date_that_cannot_hold_names_the_facts_that_clash(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        tasks="""Task ID | Title | Team | Effort | Depends on | Due
                 A | a | Solo | 5 |   |
                 B | b | Solo | 5 | A | 2026-09-11!
                 C | c | Solo | 5 |   |""",
        teams="""Team | Engineers | Operations
                 Solo | 1 | 0""",
    )
    assert made.status == "infeasible"
    assert made.tasks == ()
    said = " / ".join(fact.text for fact in made.clash)
    assert "B must be done by" in said
    assert "B waits for A" in said
    assert "C" not in said
    assert {str(cell) for fact in made.clash for cell in fact.cells} >= {"tasks.csv!F3", "tasks.csv!E3"}


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    rows = ["A | a | Pay | 3 |", "B | b | Led | 4 | A", "C | c | Pay | 2 |", "D | d | Led | 2 | C"]
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, order in ((one, rows), (other, rows[::-1])):
        folder.mkdir()
        write_tables(folder, tasks="\n".join(["Task ID | Title | Team | Effort | Depends on", *order]))
    first, second = (plan(Inputs((f,), as_of=MONDAY), PlanOptions(work=1)) for f in (one, other))
    assert [(t.id, t.start, t.finish) for t in first.tasks] == [(t.id, t.start, t.finish) for t in second.tasks]
    assert first.objective == second.objective


def test_the_same_input_gives_the_same_bytes_under_a_work_limit(tmp_path: Path) -> None:
    made = [
        planned(tmp_path, tasks="Task ID | Title | Team | Effort | Depends on\nA | a | X | 3 |\nB | b | Y | 2 | A")
        for _ in range(2)
    ]
    for i, each in enumerate(made):
        write_reports(each, tmp_path / f"out{i}")
    for name in ("index.html", "sequence.md", "sequence.csv", "plan.json", "plan.xlsx", "pictures/graph.dot"):
        assert (tmp_path / "out0" / name).read_bytes() == (tmp_path / "out1" / name).read_bytes(), name


def test_every_report_is_written_and_plan_json_holds_what_it_promises(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        items="Item ID | Title | Target\nI-1 | Refunds | 2026-09-30\nI-2 | Nobody's | Q4 2026",
        tasks="Task ID | Title | Item ID | Team | Effort\nA | a | I-1 | X | 3",
    )
    written = write_reports(made, tmp_path / "out")
    assert sorted(path.name for path in written) == [
        "index.html", "pictures", "plan.json", "plan.xlsx", "sequence.csv", "sequence.md",
    ]  # fmt: skip
    content = json.loads((tmp_path / "out/plan.json").read_text())
    assert content["version"] == 1
    assert 0 <= content["gap"] <= 1
    (task,) = content["tasks"]
    assert {"id", "team", "start", "finish", "launch", "sequence", "total_float", "critical"} <= task.keys()
    assert [item["id"] for item in content["items"]] == ["I-1", "I-2"]
    assert content["untaken"] == ["I-2"]


@pytest.mark.parametrize("capacity", ["limited", "unlimited"])
def test_real_plans_of_other_people(cases: Path, capacity: str) -> None:
    """The goals of the Rust project and the Fedora 20 schedule become verified plans with a few lines of toml."""
    here = Path(__file__).parent / "cases"
    for name, tasks in (("rustgoals_2026", 606), ("fedora20", 380)):
        made = plan(
            Inputs((cases / name,), config=here / name / "roadmap.toml"),
            PlanOptions(work=0, capacity="unlimited" if capacity == "unlimited" else "limited"),
        )
        assert made.verified
        assert len(made.tasks) == tasks
