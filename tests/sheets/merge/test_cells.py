"""What becomes of the edit of one cell."""

from datetime import date, datetime

import pytest

from planner.domain.merging import Matter, OnConflict, Verdict
from planner.sheets.merge.merging import merge
from tests.sheets.merge.sheets import Book, merged, returned, tasks

BASE = tasks(
    ("PAY-1", "Ledger", "Pay", 8, None),
    ("PAY-2", "Refunds", "Pay", "2w", date(2026, 10, 1)),
    ("LED-3", "API", "Led; Pay", 3, None),
)


def with_cell(book: Book, row: int, header: str, value: object) -> Book:
    """The book with another value in a row of its first sheet; 1 is the first below the header."""
    ((name, rows),) = book.sheets.items()
    changed = [list(cells) for cells in rows]
    changed[row][rows[0].index(header)] = value
    return Book({name: changed}, book.file)


def only(result, verdict):
    """The one difference, which has this verdict."""
    (difference,) = result.differences
    assert difference.verdict is verdict
    return difference


@pytest.mark.parametrize(
    ("header", "one", "other"),
    [
        ("Due", date(2026, 10, 1), "2026-10-01"),
        ("Due", datetime(2026, 10, 1), date(2026, 10, 1)),
        ("Due", "2026-10-01!", "2026-10-01 !"),
        ("Effort", 5, 5.0),
        ("Effort", 5, "5"),
        ("Effort", "2 w", "2w"),
        ("Effort", "2-3-8", "2..3..8"),
        ("Team", "Pay; Led", "pay;led"),
        ("Depends on", "LED-3; PAY-2 SS+2d", "pay-2 SS +2d\nLED-3"),
        ("Item ID(s)", "A-1; A-2", "a-2, A-1"),
        ("Status", "in progress", "In Progress"),
        ("% done", "40 %", 0.4),
        ("Launch", True, "yes"),
        ("Touches", "ledger:replace; api:read", "api:read; ledger:replace"),
        ("Cost of delay", "$5k", "$5k / week"),
        ("Target", "Q4 2026", "4Q 2026"),
        ("Region", 123, "123"),
        ("Region", "a\r\nb", "a\nb"),
    ],
)
def test_two_spellings_of_one_value_are_no_edit(header, one, other):
    columns = ("Item ID" if header in ("Target", "Cost of delay") else "Task ID", "Title", header)
    name = "Roadmap" if columns[0] == "Item ID" else "Tasks"
    base, theirs = (
        Book({name: (("" if c is None else c for c in columns), ("A-1", "Ledger", v))}) for v in (one, other)
    )
    base, theirs = (Book({name: [list(row) for row in book.sheets[name]]}) for book in (base, theirs))
    result, _ = merged(base, base, theirs)
    assert result.differences == ()


@pytest.mark.parametrize(
    ("header", "one", "other"),
    [
        ("Effort", "M", 10),
        ("Due", "Q4 2026", date(2026, 12, 31)),
        ("Team", "Pay; Led", "Led; Pay"),
        ("Status", "done", "closed"),
        ("Region", "00123", 123),
        ("Region", "emea", "EMEA"),
    ],
)
def test_two_values_that_are_not_the_same_are_an_edit(header, one, other):
    header_row = ("Task ID", "Title", header)
    base, theirs = (Book({"Tasks": (header_row, ("A-1", "Ledger", value))}) for value in (one, other))
    result, after = merged(base, base, theirs)
    assert only(result, Verdict.MERGED).theirs == other
    assert after.sheets["Tasks"][1][2] == other


def test_an_edit_of_one_side_is_merged_and_that_of_the_other_stays():
    ours, theirs = with_cell(BASE, 1, "Effort", 9), with_cell(BASE, 2, "Title", "Refunds by card")
    result, after = merged(BASE, ours, theirs)
    assert only(result, Verdict.MERGED).reason == "Only the returned file changed it."
    assert after.sheets == with_cell(ours, 2, "Title", "Refunds by card").sheets


def test_a_master_that_says_the_same_in_other_words_is_no_clash():
    """The base was spelt out for sending, the master was not."""
    base = tasks(("PAY-1", "Ledger", "Pay", 10, None))
    ours = tasks(("PAY-1", "Ledger", "Pay", "M", None))
    result, after = merged(base, ours, with_cell(base, 1, "Effort", 12))
    assert only(result, Verdict.MERGED)
    assert after.sheets["Tasks"][1][3] == 12


@pytest.mark.parametrize(
    ("on_conflict", "verdict", "effort"),
    [
        (OnConflict.ASK, Verdict.CLASH, 9),
        (OnConflict.OURS, Verdict.IGNORED, 9),
        (OnConflict.THEIRS, Verdict.MERGED, 5),
    ],
)
def test_different_edits_of_one_cell_keep_all_three_values(on_conflict, verdict, effort):
    ours, theirs = with_cell(BASE, 1, "Effort", 9), with_cell(BASE, 1, "Effort", 5)
    result, after = merged(BASE, ours, theirs, on_conflict)
    clash = only(result, verdict)
    assert (clash.sheet, clash.key, clash.column, clash.who) == ("Tasks", "PAY-1", "Effort", "Pat")
    assert (clash.base, clash.ours, clash.theirs) == (8, 9, 5)
    assert (str(clash.ours_cell), str(clash.theirs_cell)) == ("book.xlsx!Tasks!D2", "book.xlsx!Tasks!D2")
    assert after.sheets["Tasks"][1][3] == effort


@pytest.mark.parametrize("on_conflict", [OnConflict.ASK, OnConflict.THEIRS])
def test_two_files_that_edit_one_cell_differently_clash_with_each_other(on_conflict):
    files = [returned(with_cell(BASE, 1, "Effort", value), BASE, who) for who, value in (("Pat", 5), ("Sam", 6))]
    result = merge(BASE.grids(), files, on_conflict)
    assert [(d.who, d.verdict, d.reason) for d in result.differences] == [
        ("Pat", Verdict.CLASH, 'Another file says "6" (Sam).'),
        ("Sam", Verdict.CLASH, 'Another file says "5" (Pat).'),
    ]
    assert result.edits == ()


def test_two_files_that_agree_are_both_merged_with_one_edit():
    files = [returned(with_cell(BASE, 1, "Effort", value), BASE, who) for who, value in (("Pat", 5), ("Sam", "5 d"))]
    result = merge(BASE.grids(), files)
    assert len(result.of(Verdict.MERGED)) == 2
    assert len(result.edits) == 1


def test_files_on_different_bases_are_each_merged_on_their_own():
    older = with_cell(BASE, 1, "Effort", 7)
    files = [
        returned(with_cell(older, 2, "Title", "Refunds by card"), older, "Pat"),
        returned(with_cell(BASE, 1, "Effort", 9), BASE, "Sam"),
    ]
    result = merge(BASE.grids(), files)
    assert not result.of(Verdict.CLASH)
    assert len(result.edits) == 2


def test_a_blank_clears_an_optional_value():
    result, after = merged(BASE, BASE, with_cell(BASE, 1, "Effort", None))
    assert only(result, Verdict.MERGED).reason == "Only the returned file cleared it."
    assert after.sheets["Tasks"][1][3] is None


def test_a_blank_in_a_required_column_is_refused():
    result, after = merged(BASE, BASE, with_cell(BASE, 1, "Title", None))
    assert only(result, Verdict.IGNORED).reason == '"Title" must not be blank; the master keeps its value.'
    assert after.sheets == {"Tasks": [list(row) for row in BASE.sheets["Tasks"]]}


def test_blanks_all_over_a_column_are_held_back():
    base = tasks(*((f"T-{n}", "t", "Pay", n, None) for n in range(1, 11)))
    blanked = tasks(*((f"T-{n}", "t", "Pay", None if n <= 3 else n, None) for n in range(1, 11)))
    result, _ = merged(base, base, blanked)
    assert [d.verdict for d in result.differences] == [Verdict.HELD_BACK] * 3
    assert "3 of 10 values" in result.differences[0].reason
    assert result.edits == ()


def test_a_column_that_is_not_there_blanks_nothing():
    theirs = Book({"Tasks": [row[:3] for row in BASE.sheets["Tasks"]]})
    result, _ = merged(BASE, BASE, theirs)
    assert result.differences == ()


def test_without_a_base_values_fill_gaps_and_blanks_say_nothing():
    theirs = tasks(("PAY-1", "Ledger", "Pay", None, date(2026, 9, 30)), ("PAY-2", "Money back", "Pay", "2w", None))
    result, after = merged(None, BASE, theirs)
    assert {(d.key, d.column): d.verdict for d in result.differences} == {
        ("PAY-1", "Effort"): Verdict.IGNORED,
        ("PAY-1", "Due"): Verdict.MERGED,
        ("PAY-2", "Title"): Verdict.CLASH,
        ("PAY-2", "Due"): Verdict.IGNORED,
    }
    assert after.sheets["Tasks"][1][4] == date(2026, 9, 30)


def test_a_formula_of_the_master_is_never_overwritten():
    result = merge(BASE.grids(formulas=["Tasks!D2"]), [returned(with_cell(BASE, 1, "Effort", 5), BASE)])
    assert only(result, Verdict.IGNORED).reason.startswith("A formula of the master gives this value")


def test_a_value_that_the_master_shares_with_the_cell_above_is_held_back():
    rows = (("PAY-1", "Ledger", "Pay", 8, None), ("PAY-2", "Refunds", "same", 3, None))
    base = tasks(("PAY-1", "Ledger", "Pay", 8, None), ("PAY-2", "Refunds", "Pay", 3, None))
    for row in (1, 2):
        result, _ = merged(base, tasks(*rows), with_cell(base, row, "Team", "Led"))
        assert only(result, Verdict.HELD_BACK)


def test_an_edit_of_what_the_plan_computes_is_reported_and_ignored():
    header = ("Task ID", "Title", "Planned start", "Planned finish", "Why")
    base = Book({"Tasks": (header, ("T-1", "Ledger", date(2026, 9, 7), date(2026, 9, 9), "first"))})
    result, _ = merged(base, base, with_cell(base, 1, "Planned start", date(2026, 9, 1)))
    difference = only(result, Verdict.IGNORED)
    assert (difference.column, difference.theirs) == ("Planned start", date(2026, 9, 1))


@pytest.mark.parametrize(("value", "said"), [("TBD", "still to be decided"), ("lots", "no plan can read it")])
def test_what_cannot_be_planned_stands_as_typed_and_is_marked(value, said):
    result, after = merged(BASE, BASE, with_cell(BASE, 1, "Effort", value))
    assert said in only(result, Verdict.MERGED).reason
    assert after.sheets["Tasks"][1][3] == value


def test_columns_of_somebody_else_travel_as_text():
    header = ("Task ID", "Title", "Sprint", "Sprint")
    base = Book({"Tasks": (header, ("T-1", "Ledger", "a", "b"))})
    theirs = Book({"Tasks": (header, ("T-1", "Ledger", "a", "c"))})
    result, after = merged(base, base, theirs)
    assert only(result, Verdict.MERGED).column == "Sprint"
    assert after.sheets["Tasks"][1] == ["T-1", "Ledger", "a", "c"]


def test_a_column_that_somebody_added_is_proposed_once():
    theirs = Book(
        {"Tasks": [(*BASE.sheets["Tasks"][0], "Mood"), *((*row, "good") for row in BASE.sheets["Tasks"][1:])]}
    )
    result, _ = merged(BASE, BASE, theirs)
    difference = only(result, Verdict.PROPOSED)
    assert (difference.matter, difference.column) == (Matter.NEW_COLUMN, "Mood")
    assert "with 3 values is new" in difference.reason


def test_a_column_of_ours_that_the_master_lacks_is_added():
    header = (*BASE.sheets["Tasks"][0], "Status")
    theirs = Book({"Tasks": [header, *((*row, "done") for row in BASE.sheets["Tasks"][1:])]})
    result, after = merged(BASE, BASE, theirs)
    assert len(result.of(Verdict.MERGED)) == 3
    assert after.sheets["Tasks"][0][5:] == ["Status"]
    assert after.sheets["Tasks"][3][5:] == ["done"]
    assert merged(BASE, after, theirs)[0].edits == ()


def test_rows_may_be_sorted():
    header, *rows = BASE.sheets["Tasks"]
    result, _ = merged(BASE, BASE, Book({"Tasks": (header, *reversed(rows))}))
    assert result.differences == ()


def test_a_rank_is_merged_like_any_other_value():
    header = ("Task ID", "Title", "Rank")
    base = Book({"Tasks": (header, ("T-1", "a", 1), ("T-2", "b", 2))})
    theirs = Book({"Tasks": (header, ("T-2", "b", 1), ("T-1", "a", 2))})
    result, after = merged(base, base, theirs)
    assert [row[2] for row in after.sheets["Tasks"][1:]] == [2, 1]
    assert {d.column for d in result.differences} == {"Rank"}


def test_a_list_of_several_columns_changes_where_its_entries_stand():
    header = ("Task ID", "Title", "Dependency 1", "Dependency 2", "Dependency 3")
    base = Book({"Tasks": (("Task ID", "Title", "Depends on"), ("T-9", "x", "T-1; T-2"))})
    ours = Book({"Tasks": (header, ("T-9", "x", None, "T-1", "T-2"))})
    result, after = merged(base, ours, with_cell(base, 1, "Depends on", "T-1; T-3; T-4; T-5"))
    assert only(result, Verdict.MERGED)
    assert after.sheets["Tasks"][1] == ["T-9", "x", "T-3", "T-1", "T-4; T-5"]


def test_an_effort_of_three_columns_takes_three_points_or_one():
    header = ("Task ID", "Title", "Low", "Likely", "High")
    base = Book({"Tasks": (("Task ID", "Title", "Effort"), ("T-9", "x", "2..3..8"))})
    ours = Book({"Tasks": (header, ("T-9", "x", 2, 3, 8))})
    _, after = merged(base, ours, with_cell(base, 1, "Effort", "2..4..8"))
    assert after.sheets["Tasks"][1] == ["T-9", "x", 2, 4, 8]
    _, after = merged(base, ours, with_cell(base, 1, "Effort", 5))
    assert after.sheets["Tasks"][1] == ["T-9", "x", None, 5, None]


def test_text_from_a_csv_file_becomes_what_the_column_holds():
    _, after = merged(BASE, BASE, with_cell(with_cell(BASE, 1, "Effort", "5.5"), 1, "Due", "2026-10-02"))
    assert after.sheets["Tasks"][1][3:] == [5.5, date(2026, 10, 2)]


def test_a_cell_that_went_out_partly_covered_is_edited_in_the_master():
    base, theirs, ours = (
        Book({"Tasks": (("Task ID", "Title", "Depends on"), ("PAY-1", "Ledger", value))})
        for value in ("PAY-2; Reserved", "PAY-3; Reserved", "PAY-2; SEC-1")
    )
    result, after = merged(base, ours, theirs)
    assert "make the edit in the master" in only(result, Verdict.HELD_BACK).reason
    assert after.sheets == ours.edited(()).sheets
