"""The page for a browser as text: its figures are those of plan.json, nothing that people type becomes markup."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.domain.forecast import DateForecast, Forecast
from planner.domain.pareto import FrontPlan, ParetoFront
from planner.domain.plan import Plan, TermValue
from planner.report import page
from planner.report.page import page_html, with_front
from planner.report.page.data import SHARED
from planner.report.plan_json import plan_id, plan_json
from tests.report.sample_plan import AS_OF, impossible_plan, large_plan, sample_plan

FOLDER = Path(page.__file__).parent
DATA = re.compile(r'<script type="application/json" id="(?P<name>[a-z-]+)">(?P<text>.*?)</script>', re.DOTALL)
HOSTILE = "</script><script>alert(1)</script><!-- \"'&\u2028\u2029 {{plan}} | שלום 🚀\n=1+1"


def embedded(text: str) -> dict[str, Any]:
    """What the page holds, by the id of its element."""
    return {found["name"]: json.loads(found["text"]) for found in DATA.finditer(text)}


def front() -> ParetoFront:
    """Two plans that trade throwaway for delay."""
    terms = (TermValue("E", "effort", 72.0), TermValue("D", "delay", 40.0), TermValue("T", "throwaway", 12.0))
    one = FrontPlan("1", 40.0, 12.0, terms, 124.0, 39.0, True, date(2026, 12, 21), ())
    two = replace(one, name="2", x=55.0, y=2.5, objective=129.5, proven=False)
    return ParetoFront(HOSTILE, AS_OF, "delay", "throwaway", (one, two), one, "2", False, False, "roadmap conflicts")


@pytest.mark.parametrize(
    "plan", [sample_plan(), large_plan(), impossible_plan()], ids=["sample", "large", "impossible"]
)
def test_every_figure_is_the_one_of_plan_json(plan: Plan) -> None:
    shown = embedded(page_html(plan))["plan-data"]
    stored = json.loads(plan_json(plan))
    for name in SHARED:
        assert shown[name] == stored[name], name
    for ours, theirs in zip(shown["teams"], stored["teams"], strict=True):
        assert ours == {name: value for name, value in theirs.items() if name != "holds"}
    for team in plan.teams:
        assert shown["shares"][team.name] == pytest.approx([week.share for week in team.weeks], abs=1e-4)
    assert shown["id"] == plan_id(plan)


def test_what_is_said_of_the_whole_plan_is_said_as_in_the_document() -> None:
    shown = embedded(page_html(sample_plan()))["plan-data"]
    assert shown["quality"][0].startswith("Within 1.3 % of the best possible plan")
    assert shown["impossible"] == []
    clash = embedded(page_html(impossible_plan()))["plan-data"]["impossible"]
    assert [table["title"] for table in clash] == ["What cannot hold together"]


def test_a_forecast_comes_along() -> None:
    found = DateForecast("ASK-1", AS_OF, AS_OF, date(2026, 10, 9), 0.42)
    shown = embedded(page_html(replace(sample_plan(), forecast=Forecast(500, 7, (found,)))))["plan-data"]
    assert shown["forecast"]["items"][0]["p90"] == "2026-10-09"
    assert shown["forecast"]["items"][0]["on_target"] == 0.42
    assert embedded(page_html(sample_plan()))["plan-data"]["forecast"] is None


def test_blocks_of_some_are_known_by_task_and_those_of_all_by_name() -> None:
    plan = sample_plan()
    everybody = plan.roadmap.calendar[0]
    own = replace(everybody, name="Ledger is closed", scopes=("team:Ledger",))
    shown = embedded(page_html(replace(plan, roadmap=replace(plan.roadmap, calendar=(everybody, own)))))["plan-data"]
    assert [event["for_all"] for event in shown["events"]] == [True, False]
    assert shown["typed_tasks"]["LED-1"]["events"] == []  # a task that is on no sheet has no scope


def test_where_an_effort_comes_from_is_said() -> None:
    typed = embedded(page_html(sample_plan()))["plan-data"]["typed_tasks"]
    assert typed["LED-1"]["effort"] == "stated"
    assert typed["LED-2"]["effort"] == "assumed"


def test_nothing_that_people_type_becomes_markup() -> None:
    plan = sample_plan()
    tasks = tuple(replace(task, title=HOSTILE, teams=(HOSTILE,)) for task in plan.tasks)
    items = tuple(replace(item, title=HOSTILE, customer=HOSTILE, pm=HOSTILE) for item in plan.items)
    teams = tuple(replace(team, name=f"{HOSTILE}{k}") for k, team in enumerate(plan.teams))
    text = page_html(replace(plan, title=HOSTILE, tasks=tasks, items=items, teams=teams, files=(HOSTILE,)))
    assert "alert(1)</script>" not in text
    assert text.count("</script>") == 3  # the plan, the front, the program
    assert "\u2028" not in text
    data = embedded(text)["plan-data"]
    assert {task["title"] for task in data["tasks"]} == {HOSTILE}


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert page_html(sample_plan()).encode() == page_html(sample_plan()).encode()


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    text = page_html(replace(sample_plan(), tasks=(), conflicts=(), diagnostics=(), items=()))
    assert "default-src 'none'" in text
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", text)) - {"http://evil"}
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<(?:link|img|iframe)\b|<script[^>]+src=|@import|@font-face", text)


def test_every_script_of_the_folder_is_put_in_and_makes_text_only() -> None:
    assert sorted(page.SCRIPTS) == sorted(path.name for path in FOLDER.glob("*.js"))
    for path in FOLDER.glob("*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", path.read_text()), (
            path
        )


def test_a_front_is_put_into_a_page_that_was_written_before_and_replaced_there() -> None:
    written = page_html(sample_plan())
    assert embedded(written)["front-data"] is None
    once = with_front(written, front())
    assert embedded(once)["front-data"]["title"] == HOSTILE
    assert [point["name"] for point in embedded(once)["front-data"]["points"]] == ["1", "2"]
    assert embedded(once)["plan-data"] == embedded(written)["plan-data"]
    twice = with_front(once, replace(front(), points=front().points[:1]))
    assert len(embedded(twice)["front-data"]["points"]) == 1
    assert with_front("<p>not ours</p>", front()) == "<p>not ours</p>"
