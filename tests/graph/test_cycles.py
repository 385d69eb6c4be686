from itertools import permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.diagnostics import Severity
from planner.graph.cycles import REWORK_AT_RISK, CyclesBroken, break_cycles
from planner.graph.feedback import Arc, _local_ratio, _minimal, feedback_arcs

from .tables import roadmap


def broken(table: str, **costs: float) -> CyclesBroken:
    read = roadmap(table)
    return break_cycles(read, {task.id: costs.get(task.id.replace("-", ""), 1.0) for task in read.tasks})


def test_x6_the_cheapest_cut_costs_3_and_leaves_the_order_a_b_c() -> None:
    weights = {("A", "B"): 6.0, ("B", "C"): 5.0, ("C", "A"): 2.0, ("B", "A"): 1.0}
    found = break_cycles(
        roadmap("""
            A | PAY | C, B
            B | PAY | A
            C | PAY | B"""),
        {"A": 1.0, "B": 1.0, "C": 1.0},
        weight=lambda predecessor, successor: weights[predecessor, successor],
    )
    assert found.cut == {("C", "A"), ("B", "A")}
    assert {(cycle.path, cycle.cost) for cycle in found.cycles} == {
        (("A", "B", "A"), 1.0),
        (("A", "B", "C", "A"), 2.0),
    }


def test_a_cycle_is_named_with_the_cells_of_its_arcs_and_cut_where_least_effort_waits() -> None:
    found = broken(
        """
        PAY-3 | PAY | LED-2
        LED-2 | LED | PAY-3
        WEB-1 | WEB | PAY-3""",
        PAY3=20,
        LED2=10,
    )
    [cycle] = found.cycles
    assert cycle.path == ("LED-2", "PAY-3", "LED-2")
    assert cycle.cut == ("PAY-3", "LED-2")
    assert cycle.cost == pytest.approx(10 * REWORK_AT_RISK)
    assert [str(cell) for cell in cycle.cells] == ["q3.xlsx!Tasks!E2", "q3.xlsx!Tasks!E3"]
    [diagnostic] = found.diagnostics
    assert (diagnostic.rule.id, diagnostic.severity) == ("cycle", Severity.ERROR)
    assert '"LED-2 -> PAY-3 -> LED-2"' in diagnostic.message
    assert (
        'planned as if "LED-2" did not wait for "PAY-3" (0.9 engineer-days of rework at risk)' in diagnostic.message
    )


def test_a_task_that_waits_for_itself_is_a_cycle_of_one() -> None:
    assert broken("A | PAY | A").cut == {("A", "A")}


@pytest.mark.parametrize(
    ("case", "table"),
    [
        ("a predecessor that is done holds nobody back", "A | PAY | B | status=done\nB | PAY | A"),
        ("started work no longer waits", "A | PAY | B | status=in_progress\nB | PAY | A"),
        ("a dropped task asks for nothing", "A | PAY | B | status=dropped\nB | PAY | A"),
        ("a reference to nothing is no arc", "A | PAY | X\nB | PAY | A"),
    ],
)
def test_what_does_not_bind_makes_no_cycle(case: str, table: str) -> None:
    assert broken(table) == CyclesBroken(), case


def test_launch_relations_close_cycles_too() -> None:
    assert len(broken("A | PAY | launch:B\nB | LED | A").cycles) == 1


@pytest.mark.parametrize(
    ("relations", "rule"),
    [
        (("B SS", "A SS"), "loop"),  # start together
        (("B FF", "A SS+3"), "loop"),  # A embraces B: B starts 3 days after A, A ends after B
        (("B FS-5", "A FS-5"), "loop"),  # overlap by at most 5 days
        (("B SS+1", "A SS"), "cycle"),  # each a day after the other
        (("B", "A SS"), "cycle"),
    ],
)
def test_a_loop_that_can_be_kept_is_a_warning(relations: tuple[str, str], rule: str) -> None:
    found = broken(f"A | PAY | {relations[0]}\nB | LED | {relations[1]}")
    assert [diagnostic.rule.id for diagnostic in found.diagnostics] == [rule]
    assert len(found.cut) == 1


def test_a_soft_dependency_that_contradicts_hard_ones_is_a_warning_and_cuts_nothing() -> None:
    found = broken("A | PAY | soft:B\nB | LED | A\nC | LED | soft:A")
    assert (found.cut, found.cycles) == (frozenset(), ())
    [diagnostic] = found.diagnostics
    assert (diagnostic.rule.id, diagnostic.severity) == ("soft-cycle", Severity.WARNING)
    assert found.soft[0].cut == ("B", "A")


@pytest.mark.parametrize("closing", [True, False])
def test_five_thousand_nodes_are_no_problem(closing: bool) -> None:
    size = 5000
    rows = [f"T{i} | PAY | T{i - 1}" for i in range(1, size)]
    found = broken("\n".join([f"T0 | PAY | {f'T{size - 1}' if closing else ''}", *rows]), T1234=0.5)
    assert found.cut == ({("T1233", "T1234")} if closing else frozenset())
    assert all(len(diagnostic.message) < 400 for diagnostic in found.diagnostics)


weighted = st.dictionaries(
    st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF")).filter(lambda arc: arc[0] != arc[1]),
    st.integers(0, 9).map(float),
    min_size=1,
)


def acyclic_and_minimal(arcs: dict[Arc, float], cut: set[Arc]) -> bool:
    kept = nx.DiGraph([arc for arc in arcs if arc not in cut])
    kept.add_nodes_from("ABCDEF")
    return nx.is_directed_acyclic_graph(kept) and all(nx.has_path(kept, head, tail) for tail, head in cut)


@given(weighted)
def test_the_cut_costs_what_the_best_of_all_orders_costs(arcs: dict[Arc, float]) -> None:
    cut = set(feedback_arcs(arcs))
    best = min(
        sum(weight for (tail, head), weight in arcs.items() if order.index(tail) > order.index(head))
        for order in permutations("ABCDEF")
    )
    assert sum(arcs[arc] for arc in cut) == best
    assert acyclic_and_minimal(arcs, cut)


@given(weighted)
def test_the_cut_of_large_components_leaves_no_cycle_and_cuts_nothing_in_vain(arcs: dict[Arc, float]) -> None:
    nodes = list(dict.fromkeys(node for arc in arcs for node in arc))
    arcs = (
        arcs
        | {(node, "A"): 1.0 for node in nodes if node != "A"}
        | {("A", node): 1.0 for node in nodes if node != "A"}
    )
    nodes = list(dict.fromkeys(["A", *nodes]))
    assert acyclic_and_minimal(arcs, _minimal(arcs, _local_ratio(nodes, arcs)))
