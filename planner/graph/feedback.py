"""Minimum feedback arc set: the cheapest arcs without which a directed graph has no cycle.

Every cycle lies within one strongly connected component, so each is solved on its own: exactly up to
`EXACT_NODES` nodes, by local ratio above. Self-loops are always in the set.

References: Lawler (1964) for the dynamic programme over subsets; Demetrescu and Finocchi, "Combinatorial
algorithms for feedback problems in directed graphs" (2003) for local ratio, which on a sparse graph whose
cycles share few arcs (what dependency graphs look like) is near the optimum, and exact on a single cycle.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import networkx as nx

Arc = tuple[str, str]
"""(from, to)"""

EXACT_NODES = 15
"""2^15 subsets take a tenth of a second."""


def feedback_arcs(arcs: Mapping[Arc, float]) -> tuple[Arc, ...]:
    """The arcs to cut, in the order of `arcs`; weights are at least 0.

    The set is minimal: putting any arc back closes a cycle. Equal weights are decided by the order of `arcs`.

    >>> feedback_arcs({("A", "B"): 6, ("B", "C"): 5, ("C", "A"): 2, ("B", "A"): 1})
    (('C', 'A'), ('B', 'A'))
    """
    graph: nx.DiGraph[str] = nx.DiGraph(list(arcs))
    component_of = {
        node: number for number, nodes in enumerate(nx.strongly_connected_components(graph)) for node in nodes
    }
    within: dict[int, dict[Arc, float]] = {}
    cut = set()
    for (tail, head), weight in arcs.items():
        if tail == head:
            cut.add((tail, head))
        elif component_of[tail] == component_of[head]:
            within.setdefault(component_of[tail], {})[tail, head] = weight
    for component in within.values():
        nodes = list(dict.fromkeys(node for arc in component for node in arc))
        candidates = _exact(nodes, component) if len(nodes) <= EXACT_NODES else _local_ratio(nodes, component)
        cut |= _minimal(component, candidates)
    return tuple(arc for arc in arcs if arc in cut)


def _exact(nodes: Sequence[str], arcs: Mapping[Arc, float]) -> set[Arc]:
    """Arcs that point backwards in the cheapest order of the nodes, by dynamic programming over prefixes."""
    size = len(nodes)
    backward = []
    """backward[v][prefix]: weight of v's arcs into the prefix, all cut if v comes next."""
    for tail in nodes:
        row = [0.0]
        for head in nodes:
            weight = arcs.get((tail, head), 0.0)
            row += [cost + weight for cost in row]
        backward.append(row)
    best = [0.0] + [math.inf] * (2**size - 1)
    last = [0] * 2**size
    for prefix in range(2**size - 1):
        for node in range(size):
            if not prefix >> node & 1:
                cost = best[prefix] + backward[node][prefix]
                longer = prefix | 1 << node
                if cost < best[longer]:
                    best[longer], last[longer] = cost, node
    position = {}
    prefix = 2**size - 1
    while prefix:
        node = last[prefix]
        prefix ^= 1 << node
        position[nodes[node]] = prefix.bit_count()
    return {(tail, head) for tail, head in arcs if position[tail] > position[head]}


def _local_ratio(nodes: Iterable[str], arcs: Mapping[Arc, float]) -> set[Arc]:
    """Pay for each cycle met with its cheapest arc: lower the whole cycle by that much, cut what reaches 0.

    One depth-first search, resumed after a cut at the tail of the arc that was cut.
    """
    left = dict(arcs)
    heads: dict[str, list[str]] = {}
    for tail, head in arcs:
        heads.setdefault(tail, []).append(head)
    cut: set[Arc] = set()
    finished: set[str] = set()
    for root in nodes:
        path = [] if root in finished else [root]
        depth = dict.fromkeys(path, 0)
        untried = [iter(heads[node]) for node in path]
        while path:
            tail = path[-1]
            step = next((h for h in untried[-1] if h not in finished and (tail, h) not in cut), None)
            if step is None:
                finished.add(path.pop())
                del depth[tail]
                untried.pop()
            elif step not in depth:
                depth[step] = len(path)
                path.append(step)
                untried.append(iter(heads[step]))
            else:
                cycle = list(pairwise([*path[depth[step] :], step]))
                price = min(left[arc] for arc in cycle)
                for arc in cycle:
                    left[arc] -= price
                cut.update(arc for arc in cycle if left[arc] <= 0)
                keep = 1 + next(depth[arc[0]] for arc in cycle if arc in cut)
                for dropped in path[keep:]:
                    del depth[dropped]
                del path[keep:], untried[keep:]
    return cut


def _minimal(arcs: Mapping[Arc, float], cut: set[Arc]) -> set[Arc]:
    """The cut without the arcs that close no cycle with what is kept, the heaviest put back first."""
    kept: nx.DiGraph[str] = nx.DiGraph([arc for arc in arcs if arc not in cut])
    kept.add_nodes_from(node for arc in cut for node in arc)
    needed = set()
    for tail, head in sorted(cut, key=lambda arc: (-arcs[arc], arc)):
        if nx.has_path(kept, head, tail):
            needed.add((tail, head))
        else:
            kept.add_edge(tail, head)
    return needed
