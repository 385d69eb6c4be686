"""What holds for every merge, whatever was typed."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.merging import Difference, Matter, OnConflict, Verdict
from planner.sheets.merge.forms import Typed, same
from planner.sheets.merge.grid import GridColumn
from planner.sheets.merge.merging import merge
from tests.sheets.merge.edited_books import HEADER, books, edits_of, sides
from tests.sheets.merge.sheets import Book, merged, returned

law = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def cells(book: Book) -> dict[tuple[str, str], Typed]:
    """(id, column) -> value, of the rows that have an id."""
    (grid,) = book.grids()
    columns: dict[str, GridColumn] = {column.name: column for column in grid.columns.values()}
    return {
        (row.typed, name): Typed(row.values.get(column.key), column)
        for row in grid.rows
        if row.typed
        for name, column in columns.items()
    }


def changed(before: Book, after: Book) -> set[tuple[str, str]]:
    """The cells in which two books differ, of rows that both have."""
    was, now = cells(before), cells(after)
    return {place for place in was.keys() & now.keys() if not same(was[place], now[place])}


def verdicts(differences: tuple[Difference, ...]) -> Counter[tuple[str, str, str]]:
    return Counter((d.who, d.key, d.column) for d in differences if d.matter is Matter.CELL)


@law
@given(sides())
def test_a_file_that_nobody_edited_changes_nothing(books):
    base, ours, _ = books
    result, _ = merged(base, ours, base)
    assert (result.differences, result.edits) == ((), ())


@law
@given(sides())
def test_what_only_the_returned_file_changed_is_taken(books):
    base, _, theirs = books
    result, after = merged(base, base, theirs)
    kept = {(d.key, d.column) for d in result.differences if d.verdict is not Verdict.MERGED}
    assert changed(theirs, after) <= kept
    assert not result.of(Verdict.CLASH)


@law
@given(sides())
def test_the_same_edits_on_both_sides_are_one(books):
    base, _, both = books
    result, _ = merged(base, both, both)
    assert result.edits == ()
    assert not result.of(Verdict.CLASH)


@law
@given(sides(), st.sampled_from(OnConflict))
def test_merging_twice_is_merging_once(books, on_conflict):
    base, ours, theirs = books
    first, after = merged(base, ours, theirs, on_conflict)
    log = {row.content: row.id for row in first.added}
    for minted in (None, log):
        again = merge(after.grids(), [returned(theirs, base)], on_conflict, minted)
        assert again.edits == ()


@law
@given(sides())
def test_every_differing_cell_is_named_once(books):
    base, ours, theirs = books
    result, _ = merged(base, ours, theirs)
    named = verdicts(result.differences)
    assert set(named.values()) <= {1}
    assert {(key, column) for _, key, column in named} >= changed(base, theirs)


@law
@given(sides())
def test_every_row_that_is_new_or_gone_is_named_once(books):
    base, ours, theirs = books
    result, _ = merged(base, ours, theirs)
    was, now = Counter(id for id, _, *_ in base.sheets["Tasks"][1:]), theirs.sheets["Tasks"][1:]
    gone = {id for id in was if id not in {row[0] for row in now}}
    new = [row for row in now if row[0] not in was]
    rows = [d for d in result.differences if d.matter is not Matter.CELL]
    renamed = {d.key for d in rows if d.matter is Matter.RENAME}
    assert Counter(d.key for d in rows if d.matter is Matter.MISSING_ROW) == Counter(gone - renamed)
    placed = Counter(d.theirs_cell.row for d in rows if d.theirs_cell)
    assert placed == Counter(number for number, row in enumerate(now, 2) if row in new)


@law
@given(sides(), st.sampled_from(OnConflict))
def test_the_edits_are_what_the_differences_say(books, on_conflict):
    base, ours, theirs = books
    result, after = merged(base, ours, theirs, on_conflict)
    granted = {(d.key, d.column): d for d in result.of(Verdict.MERGED) if d.matter is Matter.CELL and not d.already}
    assert changed(ours, after) == {place for place in granted if place[0]}
    now = cells(after)
    assert all(same(now[place], Typed(d.theirs, now[place].column)) for place, d in granted.items() if place[0])


@law
@given(st.data())
def test_the_order_of_the_files_does_not_matter(data):
    base = data.draw(books())
    files = [returned(data.draw(edits_of(base, f"{who}-")), base, who) for who in ("Pat", "Sam", "Kim")]
    ours = data.draw(edits_of(base, "M-"))
    results = [merge(ours.grids(), data.draw(st.permutations(files))) for _ in range(2)]
    assert results[0] == results[1]


@law
@given(st.data())
def test_one_after_the_other_is_all_at_once_where_nothing_clashes(data):
    base = data.draw(books())
    pat, sam = (data.draw(edits_of(base, f"{who}-", is_deleting=False)) for who in ("Pat", "Sam"))
    files = [returned(pat, base, "Pat"), returned(sam, base, "Sam")]
    at_once = merge(base.grids(), files)
    if at_once.of(Verdict.CLASH):
        return
    together = base.edited(at_once.edits)
    alone = base
    for file in files:
        alone = alone.edited(merge(alone.grids(), [file]).edits)
    assert contents(alone) == contents(together)


def contents(book: Book) -> Counter[str]:
    """Rows whatever their order; ids that were made up are left out."""
    return Counter(repr(row[1:] if "-new-" in str(row[0]) else row) for row in padded(book))


def padded(book: Book) -> list[tuple[object, ...]]:
    return [(*row, *[None] * (len(HEADER) - len(row))) for row in book.sheets["Tasks"][1:]]
