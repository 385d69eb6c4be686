"""Conflicts as people and programs read them."""

import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len

from planner.domain.conflict import CostPoint, Family
from planner.report.conflicts import conflict_text, conflicts_json, conflicts_text, family_counts
from planner.report.cost_curve import curve_bars, curve_svg, curve_text
from planner.report.dot import task_graph
from planner.report.dot_conflicts import clash_graph
from planner.report.screen import screen
from tests.report.golden import check_golden
from tests.report.sample_plan import AS_OF, conflicts, sample_plan

STORAGE, ALIKE, DISMISSED = conflicts()


def test_golden_list(request: pytest.FixtureRequest) -> None:
    check_golden("conflicts.txt", conflicts_text(conflicts(), AS_OF, 100, 5), request)


def test_golden_show(request: pytest.FixtureRequest) -> None:
    check_golden("conflict.txt", conflict_text(STORAGE, AS_OF, 100), request)


@pytest.mark.parametrize("width", [80, 100, 140])
def test_no_line_is_wider_than_the_window(width: int) -> None:
    text = conflicts_text(conflicts(), AS_OF, width, None) + conflict_text(STORAGE, AS_OF, width)
    headings = ("CONTRADICTION", "DUPLICATE")
    assert max(cell_len(line) for line in text.splitlines() if not line.startswith(headings)) <= width


def test_the_dearest_are_shown_in_full_and_the_rest_is_counted_by_family() -> None:
    many = [replace(STORAGE, id=f"contradicting-values-{k}") for k in range(7)]
    text = conflicts_text([*many, ALIKE, DISMISSED], AS_OF, 100, 5)
    assert [line.strip() for line in text.splitlines() if line.startswith("  contradicting-values-")] == [
        f"contradicting-values-{k}" for k in range(5)
    ]
    assert "contradiction 2: Two values for one setting 2" in text
    assert "duplicate 1: Same words 1" in text
    assert "1 conflict dismissed" in text


def test_all_shows_matching_words_and_nothing_that_was_dismissed() -> None:
    text = conflicts_text(conflicts(), AS_OF, 100, None)
    assert "Words: checkout, page" in text
    assert DISMISSED.id not in text
    assert "MORE" not in text


def test_nothing_found_is_said() -> None:
    assert conflicts_text([], AS_OF, 100, 5) == "Nothing contradicts.\n"
    assert "1 dismissed" in conflicts_text([DISMISSED], AS_OF, 100, 5)


def test_families_come_in_the_order_of_the_five_words() -> None:
    words = [line.split(" ")[0] for line in family_counts(reversed(conflicts()))]
    assert words == [Family.CONTRADICTION.value, Family.DUPLICATE.value]


def test_json_has_every_key_in_engineer_days() -> None:
    first = json.loads(conflicts_json(conflicts()))[0]
    assert {"id", "type", "family", "severity", "tasks", "teams", "cells", "recommendation"} <= first.keys()
    assert (first["cost"], first["decide_by"], first["severity"]) == (5.0, "2026-09-21", "warning")
    assert first["cost_curve"][2] == {"weeks": 4, "cost": 5.0}
    assert first["resolutions"][0]["delta"] == {"low": -5, "high": -4}
    assert first["resolutions"][0]["changes"] == [{"kind": "drop", "task": "LED-2", "other": "", "value": ""}]


def test_bars_are_as_long_as_the_cost_and_never_nothing_for_something() -> None:
    bars = curve_bars((CostPoint(0, 0), CostPoint(2, 0.01), CostPoint(4, 50), CostPoint(8, 100)), AS_OF)
    assert [bar.count("█") for bar in bars] == [0, 1, 15, 30]
    assert bars[3].endswith("20 engineer-weeks")
    assert bars[1].startswith("in 2 weeks (21 Sep)")


def test_a_flat_curve_has_no_words() -> None:
    assert curve_text((CostPoint(0, 0), CostPoint(2, 0))) == []
    assert curve_text((CostPoint(0, 0), CostPoint(2, 5))) == ["today 0 engineer-weeks", "in 2 weeks 1 engineer-week"]


def test_svg_is_well_formed_rises_and_names_the_dates() -> None:
    drawing = ElementTree.fromstring(curve_svg(replace(STORAGE, id="<&>"), AS_OF))
    (line,) = drawing.iter("{http://www.w3.org/2000/svg}polyline")
    heights = [float(point.split(",")[1]) for point in line.attrib["points"].split()]
    assert heights[0] == heights[1] > heights[2] == heights[3]
    texts = {node.text for node in drawing.iter("{http://www.w3.org/2000/svg}text")}
    assert {"today", "in 8 weeks", "2 Nov", "decide by 21 Sep"} <= texts


def test_the_screen_says_what_contradicts_and_by_when_to_decide() -> None:
    section = screen(sample_plan(), 140).split("WHAT CONTRADICTS")[1].split("\n\n")[0]
    assert "contradiction 1, duplicate 1" in section
    assert "1 engineer-week  by 21 Sep  PAY-1 of Payments sets" in section


def test_tasks_that_clash_are_marked_and_joined_in_the_graph() -> None:
    dot = task_graph(sample_plan())
    assert dot.count("in conflict") == 4, "two tasks, label and tooltip of the legend"
    assert dot.count('label="Two values for one setting"') == 1
    assert "in conflict" not in task_graph(replace(sample_plan(), conflicts=()))


def test_the_clash_diagram_shows_only_teams_and_components_that_clash() -> None:
    dot = clash_graph(sample_plan())
    for name in ("Payments", "Ledger", "ledger"):
        assert f"label={name}" in dot
    assert "Web" not in dot
    assert dot.count("->") == 2, "both teams to the component"


def test_teams_without_a_component_are_joined_to_each_other() -> None:
    dot = clash_graph(replace(sample_plan(), conflicts=(replace(STORAGE, components=()),)))
    assert dot.count("->") == 1
    assert "1 engineer-week" in dot


def test_of_very_many_clashes_the_dearest_lines_are_drawn_and_the_others_counted() -> None:
    crowd = tuple(
        replace(STORAGE, id=str(k), teams=(f"T{k}", f"U{k}"), components=(), cost=float(k)) for k in range(1, 51)
    )
    dot = clash_graph(replace(sample_plan(), conflicts=crowd))
    assert dot.count("->") == 40
    assert "The 40 dearest of 50 lines." in dot
    assert "T50" in dot
    assert "T10 " not in dot


def test_without_a_clash_the_diagram_says_so() -> None:
    assert "Nothing clashes" in clash_graph(replace(sample_plan(), conflicts=()))
