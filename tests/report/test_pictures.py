"""Pictures: golden ones of the hand-made plan, no labels that meet whatever the plan, names as text."""

import re
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.plan import Iteration, Plan
from planner.report.mermaid import mermaid_graph, mermaid_teams
from planner.report.pictures import DIAGRAMS, PICTURES, Picture, stamp_of
from planner.report.pictures.load import WIDEST
from planner.report.pictures.sheet import LANDSCAPE, PORTRAIT
from planner.report.plan_json import plan_id
from planner.report.text_width import text_width

from .boxes import faults, texts
from .diagrams import five_teams, many_teams
from .golden import check_golden
from .random_plan import random_plan
from .sample_plan import AS_OF, HOSTILE, impossible_plan, large_plan, sample_plan, task

STAMP = "as of Mon 7 Sep 2026 · plan 0123456789ab"
BY_KIND = {picture.kind: picture for picture in PICTURES}
every_picture = pytest.mark.parametrize("picture", PICTURES, ids=[picture.kind for picture in PICTURES])


def drawn(kind: str, plan: Plan) -> list[str]:
    """What a picture says."""
    return texts(BY_KIND[kind].draw(plan, STAMP))


@every_picture
def test_golden(picture: Picture, request: pytest.FixtureRequest) -> None:
    check_golden(f"pictures/{picture.kind}.svg", picture.draw(sample_plan(), STAMP), request)


@every_picture
@pytest.mark.parametrize("make", [sample_plan, large_plan, impossible_plan, five_teams, many_teams])
def test_no_label_meets_another_or_leaves_the_sheet(picture: Picture, make) -> None:  # type: ignore[no-untyped-def]
    assert faults(picture.draw(make(), STAMP)) == []


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    teams=st.integers(0, 60),
    tasks=st.integers(0, 150),
    items=st.integers(0, 50),
    days=st.sampled_from((5, 40, 200, 800, 4000)),
)
def test_whatever_the_plan_labels_keep_apart_on_a_sheet_of_a4(
    seed: int, teams: int, tasks: int, items: int, days: int
) -> None:
    plan = random_plan(seed, teams, tasks, items, days)
    for picture in PICTURES:
        svg = picture.draw(plan, STAMP)
        assert faults(svg) == [], picture.kind
        look = ElementTree.fromstring(svg).attrib
        size = float(look["width"]), float(look["height"])
        assert any(size[0] == wide and size[1] <= high for wide, high in (LANDSCAPE, PORTRAIT)), (picture.kind, size)


@every_picture
def test_the_stamp_and_a_title_stand_on_every_picture(picture: Picture) -> None:
    said = texts(picture.draw(sample_plan(), STAMP))
    assert STAMP in said
    assert said[0] == ElementTree.fromstring(picture.draw(sample_plan(), STAMP))[0].text
    assert plan_id(sample_plan()) in stamp_of(sample_plan())


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("gantt-items", "1 of 1 item with a target misses it, ASK-1 by 1 working day"),
        ("gantt-teams", "The end of the plan, 21 Dec, hangs on 2 tasks of Ledger, Payments"),
        ("board", "6 tasks of 3 teams done in 12 weeks; 1 task starts only after another team's"),
        ("load", "Payments is over its capacity 28 Sep – 20 Oct: 140 % promised"),
        ("waterfall", "Of 84.7 engineer-weeks 70.9 are left for the roadmap, and 20 % of these are planned"),
        ("dsm", "1 dependency crosses teams, and none runs against the order"),
        ("costs", "1 contradiction gets dearer by waiting, up to 1 engineer-week; the first is due on 21 Sep"),
    ],
)
def test_the_title_states_the_message(kind: str, title: str) -> None:
    assert drawn(kind, sample_plan())[0] == title


def test_the_most_urgent_items_are_drawn_and_the_others_counted() -> None:
    said = drawn("gantt-items", large_plan(60))
    ids = [text for text in said if text.startswith("ASK-")]
    assert len(ids) == 30
    assert any(text.startswith("30 less urgent items not drawn") for text in said)
    late = {item.id for item in large_plan(60).items if item.days_late}
    assert set(ids) <= late, "40 of 60 are late"


def test_a_load_is_a_figure_in_every_week_with_work() -> None:
    said = drawn("load", sample_plan())
    assert said.count("100") == 3, "Ledger in the first week, Payments in the third and fourth"
    assert {"85", "40", "20", "90"} <= set(said)


def test_ten_thousand_tasks_stay_on_a_sheet() -> None:
    """What is drawn is bounded whatever the plan holds."""
    plan = random_plan(1, teams=300, tasks=10_000, items=2_000, days=900)
    for picture in PICTURES:
        assert len(picture.draw(plan, STAMP)) < 700_000, picture.kind
    said = drawn("board", plan)
    assert any("done later" in text for text in said)


def test_a_board_shows_who_waits_for_whose_card() -> None:
    plan = sample_plan()
    svg = BY_KIND["board"].draw(plan, STAMP)
    assert svg.count("<path") == 2, "LED-1 to PAY-1 of another team, and the legend"
    later = replace(
        plan, iterations=tuple(replace(one, first=one.first + timedelta(weeks=1)) for one in plan.iterations)
    )
    assert "14 Sep – 20 Sep" in drawn("board", later)


def test_a_full_cell_counts_the_cards_that_do_not_fit_and_keeps_those_of_the_chain() -> None:
    """80 cards of one team in one iteration: with 12 a column, 11 stand there, the one of the chain among them."""
    crowd = [task(k, f"WEB-{k}", "", "Web", AS_OF, 1, on_chain=k == 79, sequence=k + 1) for k in range(80)]
    ids = tuple(one.id for one in crowd)
    plan = replace(sample_plan(), tasks=tuple(crowd), iterations=(Iteration(AS_OF, AS_OF + timedelta(days=13), ids),))
    said = drawn("board", plan)
    assert "+ 69 more" in said
    assert sum(text.startswith("WEB-") for text in said) == 11
    assert "WEB-79" in said


def test_where_nothing_takes_effort_there_is_no_empty_chart() -> None:
    idle = replace(sample_plan(), teams=tuple(replace(team, demand=0.0) for team in sample_plan().teams))
    assert drawn("load", idle)[0] == "No team has a load: what is planned takes time, not engineers"
    assert "Ledger" not in drawn("load", idle)
    assert drawn("costs", replace(sample_plan(), conflicts=()))[0] == "Nothing gets dearer by waiting"


def test_the_weeks_of_an_overload_are_framed() -> None:
    """28 Sep to 20 Oct are the weeks from 28 Sep to 25 Oct: as wide as four."""
    [frame] = re.findall(
        r'<rect [^>]*width="([\d.]+)"[^>]*stroke-width="2.5"', BY_KIND["load"].draw(sample_plan(), STAMP)
    )
    assert float(frame) == pytest.approx(2 * WIDEST, abs=0.2), "of which the chart shows two"


NASTY = [
    '<script>alert("x")</script>',
    "a | b",
    "`rm` $x",
    "two\nlines",
    "😀 ok",
    "שלום עולם",
    "]]>&amp;",
    "%%{init}%%",
]


@pytest.mark.parametrize("name", NASTY)
def test_names_are_text_in_svg(name: str) -> None:
    plan = sample_plan()
    teams = tuple(replace(team, name=name) if team.name == "Web" else team for team in plan.teams)
    tasks = tuple(replace(one, teams=(name,)) if one.teams == ("Web",) else one for one in plan.tasks)
    plan = replace(plan, teams=teams, tasks=tasks)
    for kind in ("gantt-teams", "board", "load", "waterfall"):
        said = drawn(kind, plan)
        assert any(text.rstrip("…") and name.replace("\n", " ").startswith(text.rstrip("…")) for text in said), kind


@pytest.mark.parametrize("name", NASTY)
def test_names_are_text_in_mermaid(name: str) -> None:
    """Decoded, the label is what was typed; no sign of it means anything to Mermaid."""
    plan = sample_plan()
    plan = replace(plan, tasks=tuple(replace(one, title=name) for one in plan.tasks))
    [line] = [line for line in mermaid_graph(plan).splitlines() if "WEB-1" in line]
    label = line[line.index('["') + 2 : line.index('"]')]
    assert _decoded(label).split("<br/>")[1] == name.replace("\n", " ")
    assert not set(label.replace("<br/>", "").replace("#", "").replace(";", "")) & set('"`<>|{}[]&%\\$')


def _decoded(label: str) -> str:
    """Mermaid's character codes as signs."""
    return re.sub(r"#(\d+);", lambda code: chr(int(code[1])), label)


def test_mermaid_of_teams_counts_what_waits() -> None:
    said = mermaid_teams(sample_plan())
    assert said.startswith('---\ntitle: "q3: how many tasks of a team wait')
    assert "  t0 -->|1| t1" in said


def test_diagrams_have_text_forms_for_others() -> None:
    for diagram in DIAGRAMS:
        assert diagram.dot(sample_plan()).startswith("digraph")
    assert HOSTILE.split()[0] in mermaid_graph(sample_plan())


def test_the_width_table_is_that_of_the_font() -> None:
    """Advances of DejaVu Sans as the font's own table has them, in units of 2048."""
    assert text_width("M", 2048) == pytest.approx(1767, abs=1.1)
    assert text_width("é", 10) == text_width("e", 10)
    assert text_width("\u0301\u200d", 10) == 0
    assert AS_OF
