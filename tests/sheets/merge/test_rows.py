"""What becomes of rows: new, missing, renamed, repeated, reserved."""

from planner.domain.edits import NewRow
from planner.domain.merging import Matter, OnConflict, Verdict
from planner.sheets.merge.merging import merge
from tests.sheets.merge.sheets import Book, merged, returned, tasks

ROWS = (
    ("PAY-1", "Ledger", "Pay", 8, None),
    ("PAY-2", "Refunds", "Pay", 5, None),
    ("LED-3", "API", "Led", 3, None),
    ("LED-4", "Search", "Led", 2, None),
)
BASE = tasks(*ROWS)
NEW = (None, "Login", "Core Identity", 4, None)


def rows_of(result, matter):
    return [difference for difference in result.differences if difference.matter is matter]


def test_a_row_without_id_is_added_with_one_of_its_team():
    result, after = merged(BASE, BASE, tasks(*ROWS, NEW))
    (row,) = rows_of(result, Matter.NEW_ROW)
    assert (row.verdict, row.key, row.theirs) == (Verdict.MERGED, "CI-new-1", "Login")
    assert after.sheets["Tasks"][-1] == ["CI-new-1", "Login", "Core Identity", 4]
    assert [(added.id, added.who) for added in result.added] == [("CI-new-1", "Pat")]


def test_the_same_row_of_two_files_is_added_once():
    files = [returned(tasks(*ROWS, NEW), BASE, who) for who in ("Pat", "Sam")]
    result = merge(BASE.grids(), files)
    assert [(d.who, d.key, d.already) for d in result.differences] == [
        ("Pat", "CI-new-1", False),
        ("Sam", "CI-new-1", True),
    ]
    assert len(result.edits) == 1


def test_a_row_that_was_added_before_is_known_also_when_the_master_has_edited_it():
    theirs = tasks(*ROWS, NEW)
    first, after = merged(BASE, BASE, theirs)
    renamed = [list(row) for row in after.sheets["Tasks"]]
    renamed[-1][1] = "Login by mail"
    log = {row.content: row.id for row in first.added}
    again = merge(Book({"Tasks": renamed}).grids(), [returned(theirs, BASE)], minted=log)
    assert not any(isinstance(edit, NewRow) for edit in again.edits)


def test_a_row_that_its_author_edits_after_it_was_added_is_asked_about():
    first, after = merged(BASE, BASE, tasks(*ROWS, NEW))
    log = {row.content: row.id for row in first.added}
    edited = returned(tasks(*ROWS, (None, "Login", "Core Identity", 6, None)), BASE)
    result = merge(after.grids(), [edited], minted=log)
    (row,) = rows_of(result, Matter.NEW_ROW)
    assert row.verdict is Verdict.PROPOSED
    assert 'much like "CI-new-1"' in row.reason


def test_two_new_rows_with_one_id_clash():
    files = [
        returned(tasks(*ROWS, ("PAY-9", title, "Pay", 1, None)), BASE, who)
        for who, title in (("Pat", "a"), ("Sam", "b"))
    ]
    result = merge(BASE.grids(), files, OnConflict.THEIRS)
    assert [d.verdict for d in result.differences] == [Verdict.CLASH, Verdict.CLASH]
    assert result.edits == ()


def test_a_missing_row_is_a_proposal_to_delete_it():
    result, _ = merged(BASE, BASE, tasks(*ROWS[1:]))
    (row,) = result.differences
    assert (row.matter, row.verdict, row.key) == (Matter.MISSING_ROW, Verdict.PROPOSED, "PAY-1")
    assert result.edits == ()


def test_a_missing_row_that_the_master_has_edited_clashes():
    ours = tasks(("PAY-1", "Ledger", "Pay", 9, None), *ROWS[1:])
    result, _ = merged(BASE, ours, tasks(*ROWS[1:]))
    assert [d.verdict for d in result.differences] == [Verdict.CLASH]


def test_a_missing_row_that_another_file_has_edited_clashes():
    files = [
        returned(tasks(*ROWS[1:]), BASE, "Pat"),
        returned(tasks(("PAY-1", "Ledger", "Pay", 9, None), *ROWS[1:]), BASE, "Sam"),
    ]
    result = merge(BASE.grids(), files)
    assert {d.who: d.verdict for d in result.differences} == {"Pat": Verdict.CLASH, "Sam": Verdict.MERGED}


def test_an_edit_of_a_row_that_the_master_has_deleted_clashes():
    result, _ = merged(BASE, tasks(*ROWS[1:]), tasks(("PAY-1", "Ledger", "Pay", 9, None), *ROWS[1:]))
    (cell,) = result.differences
    assert (cell.verdict, cell.column, cell.ours_cell) == (Verdict.CLASH, "Effort", None)


def test_a_row_that_the_master_has_deleted_comes_back_where_the_file_wins():
    theirs = tasks(("PAY-1", "Ledger", "Pay", 9, None), *ROWS[1:])
    result, after = merged(BASE, tasks(*ROWS[1:]), theirs, OnConflict.THEIRS)
    assert after.sheets["Tasks"][-1][:4] == ["PAY-1", "Ledger", "Pay", 9]
    assert {(d.matter, d.column, d.verdict) for d in result.differences} == {
        (Matter.NEW_ROW, "", Verdict.MERGED),
        (Matter.CELL, "Effort", Verdict.MERGED),
    }
    again, same = merged(BASE, after, theirs, OnConflict.THEIRS)
    assert same == after
    assert all(d.already for d in again.differences)


def test_a_row_that_comes_back_in_two_ways_is_a_clash_and_stays_away():
    files = [
        returned(tasks(("PAY-1", "Ledger", "Pay", effort, None), *ROWS[1:]), BASE, who)
        for who, effort in (("Pat", 9), ("Sam", 7))
    ]
    result = merge(tasks(*ROWS[1:]).grids(), files, OnConflict.THEIRS)
    assert {d.verdict for d in result.differences} == {Verdict.CLASH}
    assert result.edits == ()


def test_a_filtered_copy_deletes_nothing():
    result, _ = merged(BASE, BASE, tasks(*ROWS[:2]))
    assert {d.verdict for d in result.differences} == {Verdict.IGNORED}
    assert "2 of 4 rows did not come back" in result.differences[0].reason


def test_without_a_base_nothing_is_missing():
    assert merged(None, BASE, tasks(*ROWS[:1]))[0].differences == ()


def test_a_sheet_that_did_not_come_back_is_said_once():
    base = Book({**BASE.sheets, "Teams": (("Team", "Engineers"), ("Pay", 5))})
    result, _ = merged(base, base, BASE)
    assert [(d.sheet, d.verdict) for d in result.differences] == [("Teams", Verdict.IGNORED)]


def test_a_new_id_for_an_old_row_is_proposed_and_its_edits_are_merged():
    theirs = tasks(("PAY-77", "Ledger", "Pay", 9, None), *ROWS[1:])
    result, after = merged(BASE, BASE, theirs)
    (rename,) = rows_of(result, Matter.RENAME)
    assert (rename.verdict, rename.base, rename.theirs) == (Verdict.PROPOSED, "PAY-1", "PAY-77")
    assert after.sheets["Tasks"][1] == ["PAY-1", "Ledger", "Pay", 9, None]


def test_zeros_that_excel_took_away_are_a_rename_to_be_looked_at():
    base = tasks(("00123", "Ledger", "Pay", 8, None), *ROWS[1:])
    result, _ = merged(base, base, tasks((123, "Ledger 2", "Pay", 8, None), *ROWS[1:]))
    assert [(d.base, d.theirs) for d in rows_of(result, Matter.RENAME)] == [("00123", "123")]


def test_an_id_that_looks_like_another_is_another_and_that_is_said():
    base = tasks(("00123", "Ledger", "Pay", 8, None), *ROWS[1:])
    result, _ = merged(base, base, tasks(*base.sheets["Tasks"][1:], (123, "Audit", "Pay", 8, None)))
    (row,) = result.differences
    assert (row.verdict, row.reason) == (Verdict.MERGED, 'A new row; "123" looks like "00123" and is not the same.')


def test_of_two_rows_with_one_id_the_nearest_keeps_it_wherever_it_stands():
    copy = ("PAY-1", "Ledger for Asia", "Web", 20, None)
    edited = ("PAY-1", "Ledger", "Pay", 9, None)
    for rows in ((copy, edited), (edited, copy)):
        result, after = merged(BASE, BASE, tasks(*rows, *ROWS[1:]))
        assert after.sheets["Tasks"][1] == ["PAY-1", "Ledger", "Pay", 9, None]
        (asked,) = rows_of(result, Matter.NEW_ROW)
        assert (asked.verdict, asked.theirs) == (Verdict.PROPOSED, "Ledger for Asia")


def test_ids_that_the_plan_made_up_find_their_rows_and_are_written_into_the_sheet():
    ours = tasks((None, "Ledger", "Pay", 8, None), (None, "Refunds", "Pay", 5, None))
    ids = {("Tasks", 2): "PAY-new-1", ("Tasks", 3): "PAY-new-2"}
    base = tasks(("PAY-new-1", "Ledger", "Pay", 8, None), ("PAY-new-2", "Refunds", "Pay", 5, None))
    theirs = tasks(("PAY-new-1", "Ledger", "Pay", 8, None), ("PAY-new-2", "Refunds", "Pay", 6, None))
    assert merge(ours.grids(ids), [returned(base, base)]).differences == ()
    after = ours.edited(merge(ours.grids(ids), [returned(theirs, base)]).edits)
    assert after.sheets == {"Tasks": [list(row) for row in theirs.sheets["Tasks"]]}


def test_reserved_rows_never_come_back():
    reserved = ("SEC-1", "Reserved", "Pay", 8, None)
    base = tasks(reserved, *ROWS)
    ours = tasks(("SEC-1", "Merger with Acme", "Pay", 8, None), *ROWS)
    edited = tasks(("SEC-1", "Reserved", "Pay", 1, None), *ROWS)
    result, _ = merged(base, ours, edited)
    assert [(d.key, d.verdict) for d in result.differences] == [("SEC-1", Verdict.IGNORED)]
    assert merged(base, ours, BASE)[0].differences == ()
    assert merged(BASE, BASE, base)[0].of(Verdict.IGNORED)[0].theirs == "Reserved"


def test_rows_of_sheets_without_ids_are_told_apart_by_what_they_say():
    header = ("Team", "Change", "Start", "End")
    base = Book({"Capacity": (header, ("Pay", -1, "2026-10-01", None), ("Pay", 1, "2026-12-01", None))})
    theirs = Book(
        {
            "Capacity": (
                header,
                ("Pay", 2, "2026-12-01", None),
                ("Pay", -1, "2026-10-01", None),
                ("Pay", -2, None, None),
            )
        }
    )
    result, after = merged(base, base, theirs)
    assert {(d.matter, d.column, d.verdict) for d in result.differences} == {
        (Matter.CELL, "Change", Verdict.MERGED),
        (Matter.NEW_ROW, "", Verdict.MERGED),
    }
    assert after.sheets["Capacity"][2] == ["Pay", 2, "2026-12-01", None]
    assert merged(base, after, theirs)[0].edits == ()


def test_a_column_typed_once_per_group_may_be_sorted():
    """Blank cells under a team mean that team; sorted they mean another one, and nobody has edited them."""
    rows = [("T-1", "a", "Pay"), ("T-2", "b", None), ("T-3", "c", "Led"), ("T-4", "d", None), ("T-5", "e", "Web")]
    rows.append(("T-6", "f", None))
    header = ("Task ID", "Title", "Team")
    base, theirs = (
        Book({"Tasks": (header, *rows)}),
        Book({"Tasks": (header, rows[4], rows[1], rows[0], *rows[2:4], rows[5])}),
    )
    assert merged(base, base, theirs)[0].differences == ()


def test_a_value_typed_once_per_group_is_spelt_out_where_the_table_is_edited():
    rows = [("T-1", "a", "Pay"), ("T-2", "b", None), ("T-3", "c", "Led"), ("T-4", "d", None), ("T-5", "e", "Web")]
    base = Book({"Tasks": (("Task ID", "Title", "Team"), *rows, ("T-6", "f", None))})
    theirs = Book({"Tasks": (("Task ID", "Title", "Team"), *rows, ("T-6", "f", "Ops"))})
    result, after = merged(base, base, theirs)
    assert [row[2] for row in after.sheets["Tasks"][1:]] == ["Pay", "Pay", "Led", "Led", "Web", "Ops"]
    assert [(d.key, d.who, d.base) for d in result.differences] == [
        ("T-2", "", None),
        ("T-4", "", None),
        ("T-6", "Pat", "Web"),
    ]
