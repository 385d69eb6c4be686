"""Ways to make an impossible plan possible, as people read them."""

from dataclasses import replace
from datetime import date

from planner.domain.cells import Cell
from planner.domain.plan import ClashFact, Plan
from planner.domain.relaxation import Relaxation
from planner.domain.roadmap import Roadmap
from planner.report.markdown import sequence_markdown
from planner.report.screen import screen

MOVED = Relaxation("Let B be done by 16 Oct", (), (Cell("q3.csv", row=3, column=6),), days=15, objective=40.0)
HIRED = Relaxation("Give Pay 1 more engineer", (), days=0, engineer_weeks=2.0, objective=35.0)
DROPPED = Relaxation("Do without A", (), gives_up=("A",), objective=5.0)
FACT = ClashFact("B must be done by 2026-09-25", (Cell("q3.csv", row=3, column=6),))
IMPOSSIBLE = Plan(
    "q3",
    date(2026, 9, 7),
    0,
    "infeasible",
    Roadmap(),
    ("q3.csv",),
    clash=(FACT,),
    relaxations=(MOVED, HIRED, DROPPED),
)


def test_every_way_says_what_moves_who_is_added_and_how_much_dearer_it_is() -> None:
    """Two engineer-weeks are 10 ED: 35 + 10 is 5 ED, one engineer-week, dearer than 40."""
    text = screen(IMPOSSIBLE, 120)
    rows = [" ".join(line.split()) for line in text.splitlines()]
    assert "15 days cheapest Let B be done by 16 Oct" in rows
    assert "2 engineer-weeks 1 engineer-week dearer Give Pay 1 more engineer" in rows
    assert "gives up work Do without A" in rows


def test_the_report_says_where_each_fact_is_typed() -> None:
    assert "| 15 days |  | cheapest | Let B be done by 16 Oct | – | q3.csv!F3 |" in sequence_markdown(IMPOSSIBLE)


def test_several_sets_of_facts_are_numbered() -> None:
    two = replace(IMPOSSIBLE, further_clashes=((ClashFact("C is pinned to 2026-09-09", ()),),))
    text = screen(two, 120)
    assert "These are 2 sets of facts" in text
    assert "  2  C is pinned to 2026-09-09" in text
