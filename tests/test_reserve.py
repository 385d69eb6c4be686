"""A team that works for two roadmaps: what one plan takes of it, the other one leaves alone."""

import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from planner.cli import app
from planner.domain.errors import UserError
from planner.domain.plan import Hold, Plan
from planner.pipeline import Inputs, PlanOptions, plan, read_plan, read_plans, write_reports
from planner.pipeline.inputs import Written
from planner.report.markdown import sequence_markdown
from planner.report.plan_json import plan_from_json, plan_json
from planner.report.screen import screen
from tests.workbooks import write_tables

MONDAY = date(2026, 9, 7)
QUICK = PlanOptions(work=10)
LEDGER = """Team | Engineers | Operations | Formerly
            Ledger | 2 | 0 | Books"""


def roadmap(folder: Path, tasks: str, teams: str = LEDGER) -> Path:
    folder.mkdir(exist_ok=True)
    return write_tables(folder, tasks=tasks, teams=teams)


def planned(folder: Path, *others: Written, as_of: date = MONDAY) -> Plan:
    return plan(Inputs((folder,), as_of=as_of, reserve=others), QUICK)


def written(folder: Path, made: Plan) -> Written:
    """The plan as it is read back from its file."""
    return Written(folder / "plan.json", plan_from_json(plan_json(made)))


def other(folder: Path, tasks: str, teams: str = LEDGER, as_of: date = MONDAY) -> Written:
    return written(folder / "mobile", planned(roadmap(folder / "mobile", tasks, teams), as_of=as_of))


def rules(made: Plan) -> list[str]:
    return [diagnostic.rule.id for diagnostic in made.diagnostics]


def starts(made: Plan) -> dict[str, date]:
    return {task.id: task.start for task in made.tasks}


def at_work(made: Plan, team: str) -> Counter[date]:
    """Tenths of an engineer by day."""
    days: Counter[date] = Counter()
    for hold in made.teams_by_name()[team].holds:
        for n in range((hold.last - hold.first).days + 1):
            days[hold.first + timedelta(n)] += round(10 * hold.engineers)
    return days


PAYMENTS = """Task ID | Title | Team | Effort | Engineers
              PAY-1 | Pay out | Ledger | 4 | 2"""
MOBILE = """Task ID | Title | Team | Effort | Engineers
            MOB-1 | Sign in | Ledger | 10 | 2"""


def test_work_waits_until_the_other_roadmap_is_done_with_the_team(tmp_path: Path) -> None:
    """MOB-1 takes both engineers from Monday to Friday."""
    mobile = other(tmp_path, MOBILE)
    assert mobile.plan.teams[0].holds == (Hold(MONDAY, date(2026, 9, 11), 2.0),)
    assert starts(planned(roadmap(tmp_path / "pay", PAYMENTS), mobile)) == {"PAY-1": date(2026, 9, 14)}


def test_work_goes_on_at_the_pace_that_the_rest_of_the_team_has(tmp_path: Path) -> None:
    """One of two engineers is left for the first four days: 4 of the 4 ED of PAY-1."""
    mobile = other(tmp_path, MOBILE.replace("10 | 2", "4 | 1"))
    task = planned(roadmap(tmp_path / "pay", PAYMENTS), mobile).tasks[0]
    assert (task.start, task.finish) == (MONDAY, date(2026, 9, 10))


def test_a_team_is_the_same_under_a_former_name(tmp_path: Path) -> None:
    mobile = other(tmp_path, MOBILE.replace("Ledger", "books"), "Team | Engineers | Operations\nbooks | 2 | 0")
    made = planned(roadmap(tmp_path / "pay", PAYMENTS), mobile)
    assert starts(made) == {"PAY-1": date(2026, 9, 14)}
    assert made.reserved[0].teams == ("Ledger",)


def test_what_was_before_the_planning_start_is_over(tmp_path: Path) -> None:
    made = planned(roadmap(tmp_path / "pay", PAYMENTS), other(tmp_path, MOBILE), as_of=date(2026, 9, 14))
    assert starts(made) == {"PAY-1": date(2026, 9, 14)}
    assert "overbooked-by-reserve" not in rules(made)


def test_every_report_says_for_whom_and_how_old(tmp_path: Path) -> None:
    teams = LEDGER + "\nDesign | 1 | 0 |"
    tasks = MOBILE + "\nMOB-2 | Look | Design | 1 | 1"
    mobile = other(tmp_path, tasks, teams, as_of=date(2026, 9, 3))
    made = planned(roadmap(tmp_path / "pay", PAYMENTS), mobile)
    line = "reserved for mobile (plan of 3 Sep, 4 days old): what it takes of Ledger; Design not here"
    assert line in screen(made, 120)
    assert line in sequence_markdown(made)
    again = plan_from_json(plan_json(made))
    assert again.reserved == made.reserved
    assert (again.reserved[0].age, again.reserved[0].elsewhere) == (4, ("Design",))


@pytest.mark.parametrize(("day", "stale"), [(date(2026, 8, 24), False), (date(2026, 8, 21), True)])
def test_a_plan_of_more_than_two_weeks_ago_is_a_warning(tmp_path: Path, day: date, stale: bool) -> None:
    made = planned(roadmap(tmp_path / "pay", PAYMENTS), other(tmp_path, MOBILE, as_of=day))
    assert ("stale-reserve" in rules(made)) is stale


def test_more_than_there_is_leaves_nobody_and_says_so(tmp_path: Path) -> None:
    """The other workbook gives Ledger three engineers, this one two."""
    mobile = other(tmp_path, MOBILE.replace("10 | 2", "15 | 3"), LEDGER.replace("| 2 |", "| 3 |"))
    made = planned(roadmap(tmp_path / "pay", PAYMENTS), mobile)
    assert starts(made) == {"PAY-1": date(2026, 9, 14)}
    doubt = next(d for d in made.diagnostics if d.rule.id == "overbooked-by-reserve")
    assert 'takes up to 3 engineers of "Ledger" between 7 Sep and 11 Sep' in doubt.message


def test_a_plan_that_shares_no_team_reserves_nothing(tmp_path: Path) -> None:
    mobile = other(tmp_path, MOBILE.replace("Ledger", "Apps"), "Team | Engineers\nApps | 2")
    made = planned(roadmap(tmp_path / "pay", PAYMENTS), mobile)
    assert starts(made) == {"PAY-1": MONDAY}
    assert "nothing-reserved" in rules(made)


def test_a_roadmap_does_not_reserve_its_own_plan(tmp_path: Path) -> None:
    folder = roadmap(tmp_path / "pay", PAYMENTS)
    with pytest.raises(UserError, match=r"plans the tasks of this roadmap \(PAY-1\)"):
        planned(folder, written(folder, planned(folder)))


def test_the_same_reserve_gives_the_same_bytes(tmp_path: Path) -> None:
    mobile, folder = other(tmp_path, MOBILE), roadmap(tmp_path / "pay", PAYMENTS)
    assert plan_json(planned(folder, mobile)) == plan_json(planned(folder, mobile))


def test_a_plan_is_read_from_its_file(tmp_path: Path) -> None:
    made = planned(roadmap(tmp_path / "mobile", MOBILE))
    write_reports(made, tmp_path / "out")
    (found,) = read_plans([tmp_path / "out" / "plan.json"])
    assert found.plan.teams[0].holds == made.teams[0].holds
    with pytest.raises(UserError, match="there is no plan here"):
        read_plans([tmp_path / "plan.json"])


def test_at_the_door(tmp_path: Path) -> None:
    write_reports(planned(roadmap(tmp_path / "mobile", MOBILE)), tmp_path / "out")
    folder, reserve = roadmap(tmp_path / "pay", PAYMENTS), ["--reserve", str(tmp_path / "out" / "plan.json")]
    arguments = ["plan", str(folder), "--as-of", "2026-09-07", "--work", "1", "--out", str(tmp_path / "pay-out")]
    assert "reserved for mobile (plan of 7 Sep, 0 days old)" in CliRunner().invoke(app, [*arguments, *reserve]).output
    assert CliRunner().invoke(app, [*arguments, "--reserve", str(tmp_path / "none.json")]).exit_code == 2


def test_roadmap_toml_names_plans_from_its_own_folder(tmp_path: Path) -> None:
    """An option goes before it; a plan that is not there is said in one line."""
    write_reports(planned(roadmap(tmp_path / "mobile", MOBILE)), tmp_path / "out")
    folder = roadmap(tmp_path / "pay", PAYMENTS)
    settings = folder / "roadmap.toml"
    settings.write_text('reserve = ["../out/plan.json"]\n', encoding="utf-8")
    arguments = ["plan", str(folder), "--as-of", "2026-09-07", "--work", "1", "--out", str(tmp_path / "pay-out")]
    assert "reserved for mobile (plan of 7 Sep, 0 days old)" in CliRunner().invoke(app, arguments).output
    assert starts(read_plan(tmp_path / "pay-out" / "plan.json")) == {"PAY-1": date(2026, 9, 14)}
    settings.write_text('reserve = "../gone/plan.json"\n', encoding="utf-8")
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "there is no plan here" in result.output
    option = ["--reserve", str(tmp_path / "out" / "plan.json")]
    assert CliRunner().invoke(app, [*arguments, *option]).exit_code == 0


work = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 3), st.booleans()), min_size=1, max_size=5)


@settings(max_examples=12, deadline=None)
@given(work, work, st.integers(0, 3))
def test_two_plans_never_take_more_of_a_team_than_there_is(
    first: list[tuple[int, int, bool]], second: list[tuple[int, int, bool]], away: int
) -> None:
    """Two or three engineers, one of whom is on leave for some days; tasks of one to three, some with Design."""
    teams = "Team | Engineers | Operations\nLedger | 3 | 0\nDesign | 1 | 0"
    leave = f"Team | Change | Start | End\nLedger | -1 | 2026-09-08 | 2026-09-{8 + away:02}"
    with tempfile.TemporaryDirectory() as name:
        plans: list[Written] = []
        for title, tasks in (("one", first), ("two", second)):
            rows = [
                f"{title}-{k} | {title} {k} | Ledger{'; Design' if both else ''} | {effort} | {engineers}"
                for k, (effort, engineers, both) in enumerate(tasks)
            ]
            folder = roadmap(
                Path(name) / title, "\n".join(("Task ID | Title | Team | Effort | Engineers", *rows)), teams
            )
            write_tables(folder, capacity=leave)
            plans.append(written(folder, planned(folder, *plans)))
        one, two = (plan.plan for plan in plans)
        both = {team: at_work(one, team) + at_work(two, team) for team in ("Ledger", "Design")}
        assert max(both["Ledger"].values()) <= 30
        assert max(both["Design"].values(), default=0) <= 10
        assert all(both["Ledger"][date(2026, 9, 8) + timedelta(n)] <= 20 for n in range(away + 1))
