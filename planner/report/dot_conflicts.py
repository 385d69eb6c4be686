"""The clash diagram as DOT text: which teams contradict each other, and on which components."""

from collections import defaultdict
from itertools import combinations

from planner.domain.conflict import Conflict
from planner.domain.plan import Plan
from planner.report.conflicts import ranked
from planner.report.dot_style import CLASH, digraph, label
from planner.report.wording import count, full_day, plain, weeks

TEAM = {"fontsize": "12"}
COMPONENT = {"shape": "component", "style": "filled", "fillcolor": "#F6F6F2", "fontsize": "11"}
THINNEST, WIDEST = 1.0, 5.0
"""Points of the line of the cheapest and of the dearest clash."""

Edge = tuple[str, str]
"""Two node names: teams as `team:X`, components as `component:Y`."""


def clash_graph(plan: Plan) -> str:
    """DOT of the teams and components that clash: lines as wide as the engineering time at risk.

    Teams that clash on a component are joined to it, other teams to each other. A plan without conflicts that
    cost anything gives a diagram that says so.
    """
    edges = _edges(ranked(plan.conflicts))
    nothing = "" if edges else " Nothing clashes."
    dot = digraph(f"{plan.title}: who clashes on what, as of {full_day(plan.as_of)}.{nothing}")
    dot.attr("graph", ranksep="0.8", nodesep="0.25")
    dot.attr("edge", fontsize="11")
    names = {node: f"n{number}" for number, node in enumerate(sorted({end for edge in edges for end in edge}))}
    for node, name in names.items():
        kind, _, text = node.partition(":")
        dot.node(name, label=label([text]), tooltip=label([text]), **(TEAM if kind == "team" else COMPONENT))
    dearest = max((cost for cost, _ in edges.values()), default=1.0)
    for (one, other), (cost, number) in sorted(edges.items()):
        dot.edge(
            names[one],
            names[other],
            label=label([count(number, "conflict"), weeks(cost)]),
            tooltip=label([plain(f"{one.partition(':')[2]} and {other.partition(':')[2]}")]),
            penwidth=f"{THINNEST + (WIDEST - THINNEST) * cost / dearest:.1f}",
            dir="both",
            **CLASH,
        )
    return str(dot.source)


def _edges(conflicts: tuple[Conflict, ...]) -> dict[Edge, tuple[float, int]]:
    """Who is joined to what -> ED at risk and number of conflicts."""
    found: dict[Edge, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    for conflict in conflicts:
        teams = [f"team:{team}" for team in conflict.teams]
        components = [f"component:{component}" for component in conflict.components]
        edges = [(team, component) for team in teams for component in components] or combinations(sorted(teams), 2)
        for edge in edges:
            cost, number = found[edge]
            found[edge] = (cost + conflict.cost, number + 1)
    return dict(found)
