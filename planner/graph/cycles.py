"""Circular dependencies: named as paths with their cells, and cut where that costs least.

Any directed cycle of binding hard relations between tasks is cut, because schedule generation needs a
topological order. Most cycles contradict themselves (rule `cycle`); a loop of SS or FF relations that can be
kept, such as "A and B start together", is cut as well but only a warning (rule `loop`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import networkx as nx

from planner.domain.diagnostics import Diagnostic, Rule, Severity
from planner.domain.plan import CycleFound
from planner.domain.roadmap import Dependency, Roadmap, Strength, natural_key
from planner.graph.dependencies import dependency_graph
from planner.graph.feedback import Arc, feedback_arcs

REWORK_AT_RISK = 0.3 * 0.3
"""Rework probability times rework impact of work that starts before what it depends on (RP x RI)."""

PATH_SHOWN = 8
"""Most ids of a path that a message names."""

CYCLE = Rule(
    "cycle",
    Severity.ERROR,
    "Tasks wait for each other in a circle",
    "Remove one of the dependencies, or split a task so that its contract comes first and the rest later.",
)
LOOP = Rule(
    "loop",
    Severity.WARNING,
    "Tasks are tied to each other in both directions",
    "State the relation in one direction only, or make one task of them.",
)
SOFT_CYCLE = Rule(
    "soft-cycle",
    Severity.WARNING,
    "A soft dependency contradicts the others",
    "Remove the soft dependency, or turn it round.",
)


@dataclass(frozen=True)
class CyclesBroken:
    """The cycles of a roadmap and what is ignored so that the rest can be planned.

    `cycles` has one entry for each cut pair; the hard relations of the pairs in `cut` (predecessor, successor) are
    ignored. `soft` are cycles that only a soft relation closes: nothing is cut, but that relation cannot be kept.
    """

    cycles: tuple[CycleFound, ...] = ()
    cut: frozenset[Arc] = frozenset()
    soft: tuple[CycleFound, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def break_cycles(
    roadmap: Roadmap, costs: Mapping[str, float], weight: Callable[[str, str], float] | None = None
) -> CyclesBroken:
    """Finds all cycles and the cheapest set of pairs to ignore.

    `costs` is the effort of each task in ED. `weight(predecessor, successor)` is the rework at risk in ED when a
    pair is ignored; without it, the successor's effort times `REWORK_AT_RISK`.
    """
    price = weight or (lambda _, successor: costs[successor] * REWORK_AT_RISK)
    in_order = sorted(roadmap.tasks, key=lambda task: natural_key(task.id))  # rows may stand in any
    graph = dependency_graph(replace(roadmap, tasks=tuple(in_order)))
    hard = [arc for arc in graph.edges if graph.edges[arc]["binds"]]
    cut = feedback_arcs({arc: price(*arc) for arc in hard})
    kept: nx.DiGraph[str] = nx.DiGraph()
    kept.add_nodes_from(graph)
    kept.add_edges_from(arc for arc in hard if arc not in set(cut))
    rank = {task: number for number, task in enumerate(graph)}

    def found(arc: Arc, cost: float) -> CycleFound:
        path = _rotated(nx.shortest_path(kept, arc[1], arc[0]), rank)
        cells = (relation.cell for relations in _relations(graph, path) for relation in relations)
        return CycleFound(path, tuple(dict.fromkeys(cell for cell in cells if cell)), arc, cost)

    cycles = tuple(found(arc, price(*arc)) for arc in cut)
    soft = tuple(found(arc, 0.0) for arc in _closing(kept, _soft_arcs(graph)))
    return CyclesBroken(
        cycles,
        frozenset(cut),
        soft,
        (*(_described(cycle, graph, costs) for cycle in cycles), *map(_soft_described, soft)),
    )


def _rotated(nodes: Sequence[str], rank: Mapping[str, int]) -> tuple[str, ...]:
    """A cycle's nodes as a closed path that begins at the task that people count first."""
    first = min(range(len(nodes)), key=lambda position: rank[nodes[position]])
    return (*nodes[first:], *nodes[:first], nodes[first])


def _relations(graph: "nx.DiGraph[str]", path: Sequence[str]) -> Iterator[tuple[Dependency, ...]]:
    """The relations of each arc along a path."""
    return (graph.edges[arc]["relations"] for arc in pairwise(path))


def _soft_arcs(graph: "nx.DiGraph[str]") -> Iterator[Arc]:
    """Pairs of live tasks whose relations are all soft."""
    return (arc for arc in graph.edges if graph.edges[arc]["soft"] and not graph.edges[arc]["dropped"])


def _closing(kept: "nx.DiGraph[str]", soft: Iterable[Arc]) -> list[Arc]:
    """Adds soft arcs to `kept` one by one, in the order of their ids, and returns those that would close a cycle.

    Only arcs within a strongly connected component of everything together can.
    """
    soft = list(soft)
    everything = nx.DiGraph(kept)
    everything.add_edges_from(soft)
    component = {
        node: number for number, nodes in enumerate(nx.strongly_connected_components(everything)) for node in nodes
    }
    closing = []
    for tail, head in soft:
        if component[tail] == component[head] and nx.has_path(kept, head, tail):
            closing.append((tail, head))
        else:
            kept.add_edge(tail, head)
    return closing


def _described(cycle: CycleFound, graph: "nx.DiGraph[str]", costs: Mapping[str, float]) -> Diagnostic:
    """The sentence about a cycle that was cut."""
    predecessor, successor = cycle.cut
    ignored = (
        f'planned as if "{successor}" did not wait for "{predecessor}" '
        f"({cycle.cost:.1f} engineer-days of rework at risk)."
    )
    if predecessor == successor:
        return Diagnostic(CYCLE, f'"{successor}" waits for itself; this is ignored.', cycle.cells)
    if _is_contradiction(cycle.path, graph, costs):
        return Diagnostic(
            CYCLE,
            f"{_shown(cycle.path)}: each waits for the one before it, so none can ever start; {ignored}",
            cycle.cells,
            f'If "{successor}" only needs a contract of "{predecessor}", make that a task of its own.',
        )
    return Diagnostic(
        LOOP,
        f"{_shown(cycle.path)}: tied in both directions, of which the planner keeps one; {ignored}",
        cycle.cells,
    )


def _soft_described(cycle: CycleFound) -> Diagnostic:
    """The sentence about a soft dependency that cannot be kept."""
    predecessor, successor = cycle.cut
    return Diagnostic(
        SOFT_CYCLE,
        f'{_shown(cycle.path)}: "{successor}" ought to come after "{predecessor}" (soft), but the other '
        "dependencies say the opposite; the soft one cannot be kept.",
        cycle.cells,
    )


def _shown(path: Sequence[str]) -> str:
    """A path for people, its middle left out when it is long."""
    if len(path) > PATH_SHOWN:
        half = PATH_SHOWN // 2
        path = [*path[:half], f"({len(path) - PATH_SHOWN} more)", *path[-half:]]
    return f'"{" -> ".join(path)}"'


def _is_contradiction(path: Sequence[str], graph: "nx.DiGraph[str]", costs: Mapping[str, float]) -> bool:
    """Whether no schedule satisfies a cycle: its event graph has a cycle of positive length.

    Events are each task's start and finish; a task with effort takes at least a day, a relation at least its lag.
    Lengths are negated, so that the textbook's negative cycle (Bellman-Ford) is the one looked for.
    """
    events: nx.DiGraph[tuple[str, str]] = nx.DiGraph()
    for task in path[1:]:
        events.add_edge((task, "start"), (task, "finish"), length=-1 if costs[task] else 0)
    for (tail, head), relations in zip(pairwise(path), _relations(graph, path), strict=True):
        for relation in relations:
            if relation.strength is not Strength.SOFT:
                arc = ((tail, _end(relation.link[0])), (head, _end(relation.link[1])))
                shortest = min(-relation.lag, events.get_edge_data(*arc, {"length": -relation.lag})["length"])
                events.add_edge(*arc, length=shortest)
    return bool(nx.negative_edge_cycle(events, weight="length"))


def _end(letter: str) -> str:
    """The end of a task that a letter of FS, SS, FF, SF names."""
    return "start" if letter == "S" else "finish"
