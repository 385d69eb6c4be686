"""`roadmap assumptions` and `roadmap questions` on small roadmaps whose answers are known, and at the door."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli import app
from planner.domain.question import Question
from planner.domain.sensitivity import Ranking, Sensitivity
from planner.pipeline import Inputs, PlanOptions, assumptions, questions
from planner.report.questions import questions_text
from planner.report.tornado import tornado_json, tornado_svg, tornado_text
from tests.test_pipeline import MONDAY

WORK = PlanOptions(work=400)
TEAMS = "Team,Engineers,Operations,Manager\nPay,1,0%,Mona\n"
ROADMAP = "Item ID,Title,PM,Priority,Target\nASK-1,Refunds,Dana,P1,\nASK-2,Exports,Egon,P1,\n"
TASKS = "Task ID,Title,Team,Effort,Item ID,Depends on\nPAY-1,Refunds,Pay,5,ASK-1,\nPAY-2,Exports,Pay,,ASK-2,\n"


def inputs(folder: Path, **sheets: str) -> Inputs:
    for name, text in {"teams": TEAMS, "roadmap": ROADMAP, "tasks": TASKS, **sheets}.items():
        (folder / f"{name}.csv").write_text(text)
    return Inputs((folder,), as_of=MONDAY)


def by_key(found: tuple[Sensitivity, ...]) -> dict[str, Sensitivity]:
    return {one.key: one for one in found}


def test_a_weight_moves_the_cost_in_proportion(tmp_path: Path) -> None:
    """Only P1 counts: E is 10, and items of 1 ED a day land after 5 and 10 days: D is 15, half of it 7.5."""
    tornado = assumptions(inputs(tmp_path), WORK)
    assert tornado.objective == pytest.approx(10 + 15)
    delay = by_key(tornado.sensitivities)["weights.priority.P1"]
    assert (delay.low.cost, delay.high.cost) == (pytest.approx(-7.5), pytest.approx(7.5))
    assert not delay.flips
    assert delay.value == "1 ED"
    assert any("soft dependency" in title for title in tornado.unmoved)


def test_an_assumed_effort_flips_the_order_of_landing(tmp_path: Path) -> None:
    """PAY-2 is assumed at 5 ED, as large as PAY-1: at 2.5 it goes first, so D is 2.5 -> 3 days and 8 days."""
    tornado = assumptions(inputs(tmp_path), WORK)
    effort = by_key(tornado.sensitivities)["Effort"]
    assert [flip.text for flip in effort.low.flips] == ["ASK-2 lands before ASK-1"]
    assert effort.low.flips[0].ranking is Ranking.LANDING
    assert effort.low.cost == pytest.approx((7.5 + 3 + 8) - 25)
    assert (effort.high.days, effort.high.item, effort.high.item_days) == (3, "ASK-2", 3)
    assert [s.key for s, _ in tornado.flips("ASK-1")][:1] == ["Effort"]


def test_the_same_work_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (tornado_json(assumptions(inputs(tmp_path), WORK)) for _ in range(2))
    assert first == second
    one, other = (questions_text(questions(inputs(tmp_path), WORK), 100) for _ in range(2))
    assert one == other


def test_the_tornado_shows_the_longest_bar_first(tmp_path: Path) -> None:
    tornado = assumptions(inputs(tmp_path), WORK)
    reaches = [one.reach for one in tornado.sensitivities]
    assert reaches == sorted(reaches, reverse=True)
    svg = tornado_svg(tornado, 3)
    assert [title in svg for title in (s.title.replace("'", "&#x27;") for s in tornado.sensitivities)] == [
        place < 3 for place in range(len(reaches))
    ]
    text = tornado_text(tornado, 3, 100)
    assert "flips: ASK-2 lands before ASK-1" in text
    assert max(map(len, text.splitlines())) <= 100


def asked(folder: Path, **sheets: str) -> dict[tuple[str, str], Question]:
    found = questions(inputs(folder, **sheets), WORK)
    return {(question.kind, question.subject): question for question in found.questions}


def test_the_missing_estimate_asks_the_manager_within_the_default_range(tmp_path: Path) -> None:
    """At 2 ED PAY-2 goes first and is out on Tuesday; at 15 ED it goes second: 5 + 15 days, the Friday of week 4."""
    question = asked(tmp_path)["estimate", "PAY-2"]
    assert (question.whom, question.role) == ("Mona", "manager of Pay")
    assert [answer.value for answer in question.answers] == ["0.4 engineer-weeks", "3 engineer-weeks"]
    assert [str(answer.lands) for answer in question.answers] == ["2026-09-08", "2026-10-02"]
    assert (question.item, question.days) == ("ASK-2", 18)
    assert question.cost == pytest.approx((20 + 5 + 20) - (7 + 2 + 7))
    assert str(question.cells[0]) == "tasks.csv!D3"


def test_a_missing_priority_counts_by_what_a_better_sequence_saves(tmp_path: Path) -> None:
    """Both 5 ED: ASK-1 first costs 5 + 2 x 10 with ASK-2 at P0, the other way round 10 + 2 x 5: knowing saves 5."""
    roadmap = "Item ID,Title,PM,Priority,Target\nASK-1,Refunds,Dana,P1,\nASK-2,Exports,Egon,,\n"
    question = asked(tmp_path, roadmap=roadmap)["priority", "ASK-2"]
    assert (question.whom, question.role) == ("Egon", "PM of ASK-2")
    assert question.cost == pytest.approx(5)
    assert [answer.value for answer in question.answers] == ["P0", "P3"]


def test_an_open_decision_asks_its_driver_for_each_option(tmp_path: Path) -> None:
    """With `key` PAY-1 is given up, with `row` PAY-2: what is kept lands after its own 5 days."""
    tasks = (
        "Task ID,Title,Team,Effort,Item ID,Sets\n"
        "PAY-1,Rows,Pay,5,ASK-1,ledger.storage=row\nPAY-2,Keys,Pay,8,ASK-2,ledger.storage=key\n"
    )
    decisions = "Decision ID,Question,Key,Options,Driver\nDEC-1,Which storage,ledger.storage,row; key,Alma\n"
    question = asked(tmp_path, tasks=tasks, decisions=decisions)["decision", "DEC-1"]
    assert (question.whom, [answer.value for answer in question.answers]) == ("Alma", ["row", "key"])
    assert question.wording.endswith("?")


def test_an_unknown_team_size_is_asked_of_the_team(tmp_path: Path) -> None:
    """Four tasks of one engineer and 5 days for one item: two at a time with 2.5 engineers, all at once with 7.5."""
    teams = "Team,Engineers,Operations,Manager\nPay,,0%,\n"
    rows = "".join(f"PAY-{k},Part,Pay,5,ASK-1\n" for k in range(4))
    question = asked(tmp_path, teams=teams, tasks=f"Task ID,Title,Team,Effort,Item ID\n{rows}")["team size", "Pay"]
    assert question.days == 5
    assert (question.whom, question.role) == ("Pay", "team")
    assert [answer.value for answer in question.answers] == ["2.5 engineers", "7.5 engineers"]


def test_an_item_without_a_task_asks_its_pm_who_takes_it(tmp_path: Path) -> None:
    """Nothing but its words points to a team: PAY-1 is about refunds, too."""
    roadmap = f"{ROADMAP}ASK-3,Refunds for exports,Fay,P0,\n"
    question = asked(tmp_path, roadmap=roadmap)["team", "ASK-3"]
    assert (question.whom, question.role) == ("Fay", "PM of ASK-3")
    assert [answer.value for answer in question.answers] == ["Pay"]
    assert question.cost > 0


def test_nothing_missing_asks_nothing(tmp_path: Path) -> None:
    tasks = TASKS.replace("PAY-2,Exports,Pay,,", "PAY-2,Exports,Pay,5,")
    found = questions(inputs(tmp_path, tasks=tasks), WORK)
    assert not found.questions
    assert "no answer that is missing" in questions_text(found, 80)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_the_doors(tmp_path: Path) -> None:
    inputs(tmp_path)
    common = (str(tmp_path), "--as-of", "2026-09-07", "--work", "100")
    svg = tmp_path / "tornado.svg"
    assert "Next: roadmap questions" in run("assumptions", *common, "--svg", str(svg))
    assert svg.read_text().startswith("<svg")
    assert json.loads(run("assumptions", *common, "--json"))["sensitivities"]
    text = run("questions", *common)
    assert "1. Ask Mona (manager of Pay): how large is PAY-2 (Exports)?" in text
    assert f"Next: roadmap plan {tmp_path}" in text
    assert json.loads(run("questions", *common, "--json"))["questions"][0]["cells"] == ["tasks.csv!D3"]
