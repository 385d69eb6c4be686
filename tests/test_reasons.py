"""What a plan says about each task and item, from small tables: the sentences a person reads."""

from datetime import date
from pathlib import Path

from planner.domain.plan import Plan
from planner.pipeline import Inputs, PlanOptions, plan
from tests.workbooks import write_tables

MONDAY = date(2026, 9, 7)
ONE_ENGINEER_EACH = """Team | Engineers | Operations | Calendar
                       Pay | 1 | 0 | US
                       Led | 1 | 0 |"""


def planned(folder: Path, **drawings: str) -> Plan:
    write_tables(folder, teams=ONE_ENGINEER_EACH, **drawings)
    return plan(Inputs((folder,), as_of=MONDAY), PlanOptions(work=1))


def reasons(made: Plan) -> dict[str, str]:
    return {task.id: task.reason.text for task in made.tasks}


def test_each_kind_of_reason_is_a_clause_that_names_what_binds(tmp_path: Path) -> None:
    """Labor Day keeps Pay from starting on the 7th; B follows A, C queues behind B, D is pinned, E has a date."""
    made = planned(
        tmp_path,
        tasks="""Task ID | Title | Team | Effort | Depends on | Not before | Status
                 A | a | Pay | 2 |      |             |
                 B | b | Led | 2 | A    |             |
                 C | c | Led | 2 | A; B SS |          |
                 D | d | Pay | 1 |      | 2026-10-01! |
                 E | e | Pay | 1 |      | 2026-10-05  |
                 G | g | Led | 1 |      |             | in progress""",
    )
    assert reasons(made) == {
        "A": "waits for Pay, off until 7 Sep",
        "B": "waits for A of Pay, done 9 Sep",
        "C": "waits for Led, busy with B until 11 Sep",
        "D": "is pinned to 1 Oct",
        "E": "may not start before 5 Oct",
        "G": "is under way",
    }


def test_an_item_names_the_root_of_the_chain_that_holds_it(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        items="Item ID | Title\nI-1 | Refunds\nI-2 | Blocked",
        tasks="""Task ID | Title | Item ID | Team | Effort | Depends on
                 A | a | I-1 | Led | 2 |
                 B | b | I-1 | Pay | 2 | A
                 C | c | I-2 | Led | 2 | A SS+2d""",
        calendar="Name | Kind | Start | End | Scope\nFreeze | block | 2026-09-10 | 2026-09-14 | team:Led",
    )
    said = {item.id: item.reason.text for item in made.items if item.reason}
    assert said["I-1"] == "A starts at once"
    assert said["I-2"] == "C may launch again on 15 Sep, after a block"


def test_a_milestone_stands_on_the_first_day_from_which_it_holds(tmp_path: Path) -> None:
    made = planned(
        tmp_path,
        tasks="Task ID | Title | Team | Effort | Depends on\nA | a | Led | 5 |\nM | ready | Led | 0 | A",
    )
    milestone = next(task for task in made.tasks if task.id == "M")
    assert milestone.is_milestone
    assert (milestone.start, milestone.finish) == (date(2026, 9, 14), date(2026, 9, 14))


def test_floats_and_waiting_by_hand(tmp_path: Path) -> None:
    """Led does A (4 days) and then C (2): C could have begun at once, but waits for A and D."""
    made = planned(
        tmp_path,
        items="Item ID | Title | Cost of delay\nI | i | 50\nJ | j | 1",
        tasks="""Task ID | Title | Item ID | Team | Effort | Depends on
                 A | a | I | Led | 4 |
                 C | c | J | Led | 2 |
                 D | d | I | Led | 3 | A""",
    )
    by_id = made.tasks_by_id()
    assert [by_id[t].total_float for t in ("A", "C", "D")] == [0, 5, 0]
    assert [by_id[t].critical for t in ("A", "C", "D")] == [True, False, True]
    assert made.teams_by_name()["Led"].waiting_days == 7


def test_weekly_load_adds_up_to_the_effort_and_the_capacity(tmp_path: Path) -> None:
    made = planned(tmp_path, tasks="Task ID | Title | Team | Effort\nA | a | Led | 7")
    team = made.teams_by_name()["Led"]
    assert [(week.week, week.capacity, week.planned) for week in team.weeks] == [
        (date(2026, 9, 7), 5.0, 5.0),
        (date(2026, 9, 14), 2.0, 2.0),
    ]
