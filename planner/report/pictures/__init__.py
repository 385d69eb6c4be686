"""Pictures of a plan, each readable on a sheet of A4: one file a picture.

In: a `domain.plan.Plan` and the stamp that stands in its corner. Out: SVG; `report.picture.png` makes a PNG of it.
What has nodes and arrows is laid out by Graphviz instead (`report.dot`, `dot_teams`, `dot_conflicts`).
A picture computes nothing but places; its title states what it says; what does not fit is counted below it.

To add a picture, write `pictures/<name>.py` with one function from a plan and a stamp to SVG, from the kit in
`report.svg` and the `sheet`, and add its line to `PICTURES`; the tests look whether labels meet.
"""

from collections.abc import Callable
from dataclasses import dataclass

from planner.domain.plan import Plan
from planner.report.dot import graph
from planner.report.dot_conflicts import clash_graph
from planner.report.dot_teams import team_graph
from planner.report.mermaid import mermaid_graph, mermaid_teams
from planner.report.pictures.board import board
from planner.report.pictures.costs import costs
from planner.report.pictures.dsm import dsm
from planner.report.pictures.gantt_items import gantt_items
from planner.report.pictures.gantt_teams import gantt_teams
from planner.report.pictures.load import load
from planner.report.pictures.waterfall import waterfall
from planner.report.plan_json import plan_id
from planner.report.wording import full_day


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of ours: what `--kind` and its file are called, what it is, and its SVG of a plan and a stamp."""

    kind: str
    title: str
    draw: Callable[[Plan, str], str]


@dataclass(frozen=True, slots=True)
class Diagram:
    """Nodes and arrows: as DOT, which Graphviz draws, and as Mermaid where that can say it."""

    kind: str
    title: str
    dot: Callable[[Plan], str]
    mermaid: Callable[[Plan], str] | None = None


PICTURES = (
    Picture("gantt-items", "the most urgent items: worked on, landing, target", gantt_items),
    Picture("gantt-teams", "each team's tasks over time", gantt_teams),
    Picture("board", "program board: team by iteration, who waits for whose card", board),
    Picture("load", "heat map: share of each team's week that is planned", load),
    Picture("waterfall", "capacity: gross, leave, on call, operations, net, planned", waterfall),
    Picture("dsm", "design structure matrix of the teams", dsm),
    Picture("costs", "what the dearest contradictions cost, by when they are decided", costs),
)

DIAGRAMS = (
    Diagram("graph", "tasks and what they wait for; above 60 tasks the teams", graph, mermaid_graph),
    Diagram("teams", "how many tasks of a team wait for another", team_graph, mermaid_teams),
    Diagram("conflicts", "which teams clash on which components", clash_graph),
)


def stamp_of(plan: Plan) -> str:
    """From which day is planned, and which plan it is."""
    return f"as of {full_day(plan.as_of)} · plan {plan_id(plan)}"
