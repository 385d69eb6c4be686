"""The design structure matrix (DSM) between teams, providers first.

Reference: Eppinger and Browning, "Design Structure Matrix Methods and Applications" (2012): sequencing puts as
many marks as possible below the diagonal, so that what remains above it is where teams wait for each other in
both directions.
"""

from collections import Counter

import networkx as nx

from planner.domain.plan import Dsm
from planner.domain.roadmap import Roadmap, Status
from planner.graph.dependencies import dependency_graph
from planner.graph.feedback import feedback_arcs


def team_dsm(roadmap: Roadmap) -> Dsm:
    """Counts, for each pair of owning teams, the pairs of tasks that depend on each other, soft ones included.

    Dropped tasks and tasks that nobody has taken are left out. The diagonal is what a team has within itself.
    """
    owner = {task.id: task.owner for task in roadmap.tasks if task.owner and task.status is not Status.DROPPED}
    counts = Counter(
        (owner[predecessor], owner[successor])
        for predecessor, successor in dependency_graph(roadmap).edges
        if predecessor in owner and successor in owner
    )
    teams = _providers_first(tuple(sorted(set(owner.values()))), counts)
    return Dsm(teams, tuple(tuple(counts[provider, user] for provider in teams) for user in teams))


def _providers_first(teams: tuple[str, ...], counts: "Counter[tuple[str, str]]") -> tuple[str, ...]:
    """Teams in the order that leaves the fewest dependencies above the diagonal; ties by name."""
    between = {pair: float(count) for pair, count in sorted(counts.items()) if pair[0] != pair[1]}
    upward = set(feedback_arcs(between))
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(teams)
    graph.add_edges_from(pair for pair in between if pair not in upward)
    return tuple(nx.lexicographical_topological_sort(graph, key=teams.index))
