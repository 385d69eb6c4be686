"""What was dismissed stays so until its day has passed or its evidence has changed."""

from dataclasses import replace
from datetime import date

import pytest

from planner.conflicts.dismissals import apply_dismissals, dismissal_of, dismissals_csv, read_dismissals
from planner.domain.cells import Source
from planner.domain.conflict import Conflict, ConflictType, Family
from planner.domain.diagnostics import Severity
from planner.domain.errors import UserError
from planner.domain.roadmap import Dismissal

TYPE = ConflictType("concurrent-change", Family.CONTRADICTION, Severity.WARNING, "Both change it", "Take turns.")
FOUND = Conflict(TYPE, ("A", "B"), "A and B.", evidence=("A:change", "B:change"), id="concurrent-change-3f2a9c")
TODAY = date(2026, 9, 7)


def is_dismissed(conflict: Conflict, dismissal: Dismissal, today: date = TODAY) -> bool:
    return apply_dismissals([conflict], [dismissal], today)[0].dismissed


def test_it_holds_until_its_day_and_as_long_as_the_evidence_is_the_same() -> None:
    dismissal = dismissal_of(FOUND, "pairing", "Grace", date(2026, 9, 30))
    assert is_dismissed(FOUND, dismissal)
    assert is_dismissed(FOUND, dismissal, date(2026, 9, 30))
    assert not is_dismissed(FOUND, dismissal, date(2026, 10, 1))
    assert is_dismissed(replace(FOUND, evidence=("B:change", "A:change")), dismissal)
    assert not is_dismissed(replace(FOUND, evidence=("A:change", "B:replace")), dismissal)
    assert not is_dismissed(replace(FOUND, id="concurrent-change-000000"), dismissal)


def test_one_typed_into_the_sheet_has_no_evidence_and_any_case() -> None:
    assert is_dismissed(FOUND, Dismissal("Concurrent-Change-3F2A9C", Source("q.xlsx", "Dismissed", 2)))


def test_an_error_cannot_be_dismissed() -> None:
    error = replace(FOUND, type=replace(TYPE, severity=Severity.ERROR))
    with pytest.raises(UserError, match="concurrent-change-3f2a9c is an error"):
        dismissal_of(error, "no", "", None)


def test_what_is_written_is_read_back() -> None:
    dismissal = dismissal_of(FOUND, 'they said "fine", twice', "Grace", date(2026, 9, 30))
    (read,) = read_dismissals(dismissals_csv([dismissal]), "dismissed.csv")
    assert replace(read, source=dismissal.source) == dismissal


@pytest.mark.parametrize("text", ["", "a,b\n", "Conflict ID,Reason,By,Until,Evidence\nx,y,,soon,\n"])
def test_a_spoilt_file_is_one_line_for_the_user(text: str) -> None:
    with pytest.raises(UserError, match=r"dismissed\.csv"):
        read_dismissals(text, "dismissed.csv")
