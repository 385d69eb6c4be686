"""The clash diagram as DOT text: which teams contradict each other, and on which components."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations

from planner.domain.conflict import Conflict
from planner.domain.plan import Plan
from planner.report.conflicts import ranked
from planner.report.dot_style import CLASH, digraph, label
from planner.report.wording import count, full_day, plain, weeks

TEAM = {"fontsize": "12"}
COMPONENT = {"shape": "component", "style": "filled", "fillcolor": "#F6F6F2", "fontsize": "11"}
MOST_LINES = 40
"""With more lines the diagram is not readable on a sheet of A4."""
THINNEST, WIDEST = 1.0, 5.0
"""Points of the line of the cheapest and of the dearest clash."""

Edge = tuple[str, str]
"""Two node names: teams as `team:X`, components as `component:Y`."""


def clash_graph(plan: Plan) -> str:
    """DOT of the teams and components that clash: lines as wide as the engineering time at risk.

    Teams that clash on a component are joined to it, other teams to each other. A plan without conflicts that
    cost anything gives a diagram that says so.
    """
    found = _edges(ranked(plan.conflicts))
    edges = dict(sorted(found.items(), key=lambda edge: (-edge[1][0], edge[0]))[:MOST_LINES])
    part = "" if edges else " Nothing clashes."
    part += f" The {len(edges)} dearest of {len(found):,} lines." if len(edges) < len(found) else ""
    dot = digraph(*_message(edges), f"{plan.title}: who clashes on what, as of {full_day(plan.as_of)}.{part}")
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


def _message(edges: Mapping[Edge, tuple[float, int]]) -> tuple[str, ...]:
    """Where most is at stake; nothing where nothing clashes."""
    if not edges:
        return ()
    one, other = max(edges, key=lambda edge: (edges[edge][0], edge))
    kind, _, name = other.partition(":")
    who = f"{one.partition(':')[2]} {'and' if kind == 'team' else 'on'} {name}"
    return (
        f"Most is at stake between {who}: {weeks(edges[one, other][0])}"
        if kind == "team"
        else f"Most is at stake for {who}: {weeks(edges[one, other][0])}",
    )


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
