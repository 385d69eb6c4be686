"""The sample's planted contradictions and duplicates are found, and nothing else of them is an error."""

from datetime import date
from pathlib import Path

import pytest

from planner.conflicts import DETECTORS
from planner.conflicts.context import Context
from planner.conflicts.price import find
from planner.domain.conflict import Conflict
from planner.domain.diagnostics import Severity
from planner.domain.settings import Settings
from planner.scheduling.estimates import planned_effort
from planner.sheets.read import read_roadmap

AS_OF = date(2026, 9, 7)
DATA = Path(__file__).parents[2] / "data"
PLANTED = {
    ("contradicting-values", frozenset({"LED-3", "REC-4"})),
    ("extend-before-replace", frozenset({"SUB-5", "INV-2"})),
    ("need-not-provided", frozenset({"REF-2"})),
    ("remove-while-used", frozenset({"MET-6", "EXP-5"})),
    ("contested-replacement", frozenset({"DUN-4", "CON-8"})),
    ("duplicate-creation", frozenset({"REF-4", "WAL-3"})),
    ("duplicate-creation", frozenset({"CEX-3", "FOR-5"})),
}
ALSO_TRUE = {
    ("superseded-still-planned", frozenset({"EXP-2", "EXP-6"})),  # the bridge, in no order with what replaces it
    ("superseded-still-planned", frozenset({"SUB-2", "DUN-4", "CON-8"})),
    ("extend-before-replace", frozenset({"LED-19", "LED-3"})),
    ("concurrent-change", frozenset({"LED-5", "LED-19", "REC-4"})),
    ("interface-clash", frozenset({"LED-3"})),  # four teams have no task after it
    ("interface-clash", frozenset({"LED-6"})),
    ("interface-clash", frozenset({"TAX-6"})),
}
"""What follows from the rows of the sample besides."""
FAMILIES = ("contradiction", "duplicate")


@pytest.fixture(scope="module")
def conflicts() -> tuple[Conflict, ...]:
    roadmap = read_roadmap([DATA / "commerce-platform.xlsx"], Settings(), AS_OF).roadmap
    context = Context(roadmap, AS_OF, Settings(), planned_effort(roadmap, Settings()))
    return tuple(conflict for conflict in find(context) if conflict.type.family in FAMILIES)


def test_contradictions_and_duplicates_are_the_planted_ones_and_what_follows(conflicts: tuple[Conflict, ...]) -> None:
    assert DETECTORS
    assert {(conflict.type.id, frozenset(conflict.tasks)) for conflict in conflicts} == PLANTED | ALSO_TRUE


def test_only_planted_contradictions_are_errors(conflicts: tuple[Conflict, ...]) -> None:
    errors = {frozenset(conflict.tasks) for conflict in conflicts if conflict.type.severity is Severity.ERROR}
    assert errors == {frozenset({"LED-3", "REC-4"}), frozenset({"REF-2"}), frozenset({"MET-6", "EXP-5"})}


def test_the_storage_of_the_ledger_is_weighed_by_its_decision(conflicts: tuple[Conflict, ...]) -> None:
    (storage,) = (conflict for conflict in conflicts if conflict.type.id == "contradicting-values")
    assert storage.decisions == ("DEC-1",)
    assert storage.components == ("ledger",)
    assert storage.at_risk == (("LED-3", pytest.approx(0.3)), ("REC-4", pytest.approx(0.7)))
    assert storage.message == (
        "Ledger sets ledger.storage to relational (LED-3), Reconciliation to key-value (REC-4): "
        "one of them is thrown away. DEC-1 is still open."
    )
