"""The dependency graph of a roadmap: tasks as nodes, what they wait for as arcs."""

import networkx as nx

from planner.domain.roadmap import Dependency, Link, Roadmap, Status, Strength, Task


def dependency_graph(roadmap: Roadmap) -> "nx.DiGraph[str]":
    """Directed graph over all task ids in roadmap order, arcs from predecessor to successor.

    Done and dropped tasks are nodes too; references to nothing are left out (intake has reported them).

    Node attribute: `task`. Arc attributes:

    * `relations`: tuple of every `Dependency` between the pair, as typed (there may be several);
    * `soft`: whether all of them are soft;
    * `binds`: whether any of them can hold a start or finish back, see `binding`;
    * `dropped`: whether either end is dropped, so that the arc means nothing any more.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    for task in roadmap.tasks:
        graph.add_node(task.id, task=task)
    tasks = roadmap.tasks_by_id()
    for task in roadmap.tasks:
        by_predecessor: dict[str, list[Dependency]] = {}
        for dependency in task.depends_on:
            if dependency.predecessor in tasks:
                by_predecessor.setdefault(dependency.predecessor, []).append(dependency)
        for predecessor, relations in by_predecessor.items():
            graph.add_edge(
                predecessor,
                task.id,
                relations=tuple(relations),
                soft=all(relation.strength is Strength.SOFT for relation in relations),
                binds=any(binding(relation, tasks[predecessor], task) for relation in relations),
                dropped=Status.DROPPED in (tasks[predecessor].status, task.status),
            )
    return graph


def binding(relation: Dependency, predecessor: Task, successor: Task) -> bool:
    """Whether a relation can still hold the successor back.

    Soft ones never do, nor does a predecessor that is done or dropped; a successor that is done or dropped no
    longer waits, one that is started only for what its finish depends on.
    """
    open_ends = (Link.FF, Link.SF) if successor.status is Status.IN_PROGRESS else tuple(Link)
    return (
        relation.strength is not Strength.SOFT
        and predecessor.status in (Status.PLANNED, Status.IN_PROGRESS)
        and successor.status in (Status.PLANNED, Status.IN_PROGRESS)
        and relation.link in open_ends
    )
