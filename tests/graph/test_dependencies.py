from planner.domain.roadmap import Link
from planner.graph.dependencies import dependency_graph

from .tables import roadmap


def test_every_task_is_a_node_and_relations_of_one_pair_share_an_arc() -> None:
    graph = dependency_graph(
        roadmap("""
        A | PAY |                      |
        B | PAY | A SS+2, A FF, X      |
        C | PAY | soft:A, launch:B     |
        D | PAY | C                    | status=dropped
        E | PAY | A                    | status=done""")
    )
    assert list(graph) == list("ABCDE")
    assert graph.nodes["B"]["task"].id == "B"
    assert [(r.link, r.lag) for r in graph.edges["A", "B"]["relations"]] == [(Link.SS, 2), (Link.FF, 0)]
    flags = {
        arc: "".join(flag for flag in ("soft", "binds", "dropped") if graph.edges[arc][flag]) for arc in graph.edges
    }
    assert flags == {
        ("A", "B"): "binds",
        ("A", "C"): "soft",
        ("A", "E"): "",
        ("B", "C"): "binds",
        ("C", "D"): "dropped",
    }
