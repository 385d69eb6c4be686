"""The fact that moved an item most, as a clause for other reports."""

from datetime import date

from planner.domain.variance import RESIDUAL, SOLVER, Cause, Change, Slip, Variance
from planner.report.variance import cause_clauses

DAY = date(2026, 9, 7)


def slip(name: str, days: int, *parts: tuple[str, float]) -> Slip:
    return Slip(name, "", DAY, DAY, days, parts)


def test_the_largest_part_of_the_slip_s_own_direction_with_its_facts() -> None:
    found = Variance(
        "monday",
        "last",
        DAY,
        DAY,
        None,
        items=(
            slip("A", 4, (Cause.ESTIMATE.value, 6.0), (SOLVER, -2.0)),
            slip("B", -3, (Cause.CAPACITY.value, -2.5), (Cause.ESTIMATE.value, 1.0), (SOLVER, -1.5)),
            slip("C", 4, (SOLVER, 4.0)),
            slip("D", 4, (RESIDUAL, 4.0)),
            slip("E", 1),
        ),
        changes=(
            Change(Cause.ESTIMATE, "LED-3 Effort 10 → 18 ED"),
            Change(Cause.ESTIMATE, "PAY-1 Effort 2 → 3 ED"),
            Change(Cause.CAPACITY, "Ledger has an engineer more"),
        ),
    )
    assert cause_clauses(found) == {
        "A": "LED-3 Effort 10 → 18 ED and 1 more (+6 days)",
        "B": "Ledger has an engineer more (-2.5 days)",
    }
