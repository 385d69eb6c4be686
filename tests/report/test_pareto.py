"""A front of three plans in words, as JSON, as a picture and as a workbook."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import openpyxl
import pytest

from planner.domain.pareto import Exchange, FrontPlan, ItemDate, ItemMove, ParetoFront
from planner.domain.plan import TermValue
from planner.report.pareto import pareto_json, pareto_text
from planner.report.pareto_svg import pareto_svg
from planner.report.pareto_xlsx import pareto_xlsx
from planner.report.scale import scale

AS_OF = date(2026, 9, 7)


def plan(name: str, delay: float, throwaway: float, exchange: Exchange | None, proven: bool = True) -> FrontPlan:
    terms = TermValue("E", "effort", 60), TermValue("D", "delay", delay), TermValue("T", "throwaway", throwaway)
    items = (ItemDate("ASK-2", date(2026, 10, 1)), ItemDate("ASK-12", date(2027, 1, 8)))
    total = 60 + delay + throwaway
    return FrontPlan(name, delay, throwaway, terms, total, delay / 2, proven, date(2027, 1, 8), items, exchange)


def a_front() -> ParetoFront:
    """31 ED less thrown away for 9 days on ASK-12, then little for much."""
    points = (
        plan("1", 215, 41, None),
        plan("2", 225, 10, Exchange("1", 10, -31, (ItemMove("ASK-12", 9),), ())),
        plan(
            "3",
            270,
            0,
            Exchange(
                "2",
                45,
                -10,
                (ItemMove("ASK-12", 20), ItemMove("ASK-7", 6), ItemMove("ASK-9", 4), ItemMove("OPS-1", 1)),
                (ItemMove("ASK-2", -1),),
            ),
            proven=False,
        ),
    )
    return ParetoFront(
        "q3", AS_OF, "delay", "throwaway", points, points[1], "2", False, False, "roadmap conflicts q3.xlsx"
    )


def test_what_each_plan_costs_and_gains() -> None:
    said = pareto_text(a_front(), 120)
    assert "1  The least delay: 43 engineer-weeks of it, 8.2 engineer-weeks of throwaway." in said
    assert (
        "2  Knee, least cost in all. Against 1: 6.2 engineer-weeks less throwaway for 2 engineer-weeks more" in said
    )
    assert "later: ASK-12 9 days." in " ".join(said.split())
    assert "later: ASK-12 20 days, ASK-7 6 days, 2 further items up to 4 days; earlier: ASK-2 1 day." in " ".join(
        said.split()
    )


def test_what_is_certain() -> None:
    said = pareto_text(a_front(), 120)
    assert "delay may fall to 27" in said, "the third plan is not proven: 270 / 2 ED"
    assert "further and better plans" in said
    assert "No plan is missing" in pareto_text(replace(a_front(), complete=True), 120)
    assert "Stopped on request" in pareto_text(replace(a_front(), interrupted=True), 120)


def test_no_line_of_sentences_is_wider_than_asked() -> None:
    assert max(map(len, pareto_text(a_front(), 90).splitlines())) <= 90


def test_a_best_plan_off_the_front_has_its_own_line() -> None:
    best = plan("J", 230, 11, Exchange("2", 5, 1, (), ()))
    said = pareto_text(replace(a_front(), best=best), 120)
    assert "J  Least cost in all. Against 2: 0.2 engineer-weeks more throwaway and 1 engineer-week more delay" in said


def test_json_has_everything_in_engineer_days() -> None:
    content = json.loads(pareto_json(a_front()))
    assert (content["x"], content["y"], content["knee"], content["best"]["name"]) == ("delay", "throwaway", "2", "2")
    assert content["points"][1] == {
        "name": "2",
        "x": 225.0,
        "y": 10.0,
        "objective": {"total": 295.0, "E": 60.0, "D": 225.0, "T": 10.0},
        "bound": 112.5,
        "proven": True,
        "finish": "2027-01-08",
        "items": {"ASK-2": "2026-10-01", "ASK-12": "2027-01-08"},
        "exchange": {"other": "1", "x": 10.0, "y": -31.0, "later": [{"item": "ASK-12", "days": 9}], "earlier": []},
    }


def test_the_picture_names_its_axes_and_every_plan() -> None:
    texts = [element.text for element in ElementTree.fromstring(pareto_svg(a_front())).iter() if element.text]
    assert {"delay, engineer-weeks", "throwaway, engineer-weeks", "1", "3"} <= set(texts)
    assert "2: knee, least cost in all (2 / 45)" in texts


def test_labels_of_crowded_plans_stand_on_nothing() -> None:
    """Plans on one spot: the labels that would cover each other are left out."""
    crowd = tuple(plan(f"P{k}", 215 + k / 100, 41 - k / 100, None) for k in range(1, 13))
    far = plan("P13", 300, 0, None)
    front = replace(a_front(), points=(*crowd, far), best=far, knee=None)
    texts = [t.text or "" for t in ElementTree.fromstring(pareto_svg(front)).iter("{http://www.w3.org/2000/svg}text")]
    named = [text for text in texts if text.startswith("P")]
    assert named[0] == "P13: least cost in all (0 / 60)"
    assert len(named) < 5


def test_a_single_plan_can_be_drawn() -> None:
    alone = a_front().points[:1]
    assert "43" in pareto_svg(replace(a_front(), points=alone, best=alone[0], knee=None))


def test_names_with_markup_stay_text() -> None:
    assert ElementTree.fromstring(pareto_svg(replace(a_front(), title="<b>&"))).tag.endswith("svg")


def test_the_workbook_has_the_table_a_native_chart_and_the_dates() -> None:
    content = pareto_xlsx(a_front())
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [cell.value for cell in book["Front"]["B"][:4]] == ["Throwaway (engineer-weeks)", 8.2, 2, 0]
    assert [cell.value for cell in book["Front"]["C"][1:4]] == [43, 45, 54]
    assert book["Items"]["A2"].value == "ASK-2"
    assert book["Items"]["B3"].value.date() == date(2027, 1, 8)
    chart = zipfile.ZipFile(io.BytesIO(content)).read("xl/charts/chart1.xml").decode()
    assert "scatterChart" in chart
    assert "Front!$C$2:$C$4" in chart
    assert content == pareto_xlsx(a_front())


@pytest.mark.parametrize(
    ("values", "ticks"),
    [([1422.4, 1431.0], (1422, 1424, 1426, 1428, 1430, 1432)), ([0.0], (-0.0, 0.2)), ([0, 6], (0, 1, 2, 3, 4, 5, 6))],
)
def test_scales_are_round(values: list[float], ticks: tuple[float, ...]) -> None:
    assert scale(values).ticks == pytest.approx(ticks)
