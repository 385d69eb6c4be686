"""Laws: what was meant is read back by two readers, nothing else changes, the second time nothing changes at all."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.edits import CellEdit, CellValue, Edit, NewColumn, NewRow, Patched
from planner.sheets.ooxml import patch
from tests.sheets.ooxml.books import calamine_values, cells_of, parts_of, rich

WORDS = st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Co", "Cn")), min_size=1, max_size=12)
VALUES = st.one_of(
    WORDS.filter(lambda text: "_x" not in text),
    st.integers(-(10**9), 10**9),
    st.floats(-1e12, 1e12, allow_nan=False).map(lambda number: round(number, 6)),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2199, 12, 31)),
    st.none(),
)
DAYS = 4
"""The column of Tasks that shows days: a number there is read as one."""
# a row is dressed like the one before, so below a day a number would be read as one, too
TIMELESS = VALUES.filter(lambda value: not isinstance(value, date))
NUMBERLESS = VALUES.filter(lambda value: isinstance(value, str | bool | date | None))


def cells(columns: range) -> st.SearchStrategy[dict[int, CellValue]]:
    """Values by column."""
    return st.fixed_dictionaries(
        {}, optional={column: NUMBERLESS if column == DAYS else TIMELESS for column in columns}
    )


EDITS = st.builds(
    CellEdit, st.sampled_from(("Tasks", "Plain", "Sums", "Hidden")), st.integers(1, 12), st.integers(1, 9), VALUES
).filter(lambda edit: edit.column != DAYS or isinstance(edit.value, str | bool | date | None))
ROWS = st.builds(NewRow, st.just("Tasks"), st.just(2), cells(range(1, 6)))
OTHER_ROWS = st.builds(NewRow, st.just("Plain"), st.just(3), cells(range(2, 5)))
COLUMNS = st.builds(
    NewColumn, st.just("Tasks"), st.just(2), st.uuids().map(str), st.dictionaries(st.integers(3, 5), VALUES)
)


@cache
def foreign() -> bytes:
    return rich()


@cache
def given_cells() -> Mapping[tuple[str, int, int], object]:
    return cells_of(foreign())


def as_read(value: CellValue) -> object:
    """What openpyxl shows for a value."""
    return datetime(value.year, value.month, value.day) if isinstance(value, date) else value


def differences(patched: Patched) -> dict[tuple[str, int, int], object]:
    """The cells that hold another value or formula than before."""
    before, after = given_cells(), cells_of(patched.content)
    places = before.keys() | after.keys()
    return {place: after.get(place) for place in places if not same(before.get(place), after.get(place))}


def same(one: object, other: object) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


@settings(max_examples=40, deadline=None)
@given(st.lists(EDITS, max_size=8))
def test_cells_hold_what_was_meant_and_the_others_what_they_held(edits: list[CellEdit]) -> None:
    patched = patch(foreign(), "b.xlsx", edits)
    meant = {
        (edit.sheet, edit.row, edit.column): as_read(edit.value)
        for index, edit in enumerate(edits)
        if index in patched.placed
    }
    after = cells_of(patched.content)
    shown_by_formula = {place for place, value in given_cells().items() if str(value).startswith("=")}
    for place, value in meant.items():
        if place not in shown_by_formula:  # one that shows the value already is left as it is
            assert same(after.get(place), value)
            rows = calamine_values(patched.content, place[0])
            if value is not None and not isinstance(value, datetime):
                assert rows[place[1] - 1][place[2] - 1] == value
    assert differences(patched).keys() <= meant.keys()
    assert len(patched.placed) + len(patched.refused) == len(edits)


@settings(max_examples=20, deadline=None)
@given(st.lists(EDITS, max_size=8))
def test_twice_is_once(edits: list[CellEdit]) -> None:
    once = patch(foreign(), "b.xlsx", edits)
    again = patch(once.content, "b.xlsx", edits)
    assert again.placed == once.placed
    last = {(edit.sheet, edit.row, edit.column): edit for edit in edits}
    if len(last) == len(edits):  # of two edits of one cell the first is made again, too
        assert again.content == once.content


@settings(max_examples=20, deadline=None)
@given(st.lists(EDITS, max_size=8))
def test_untouched_parts_keep_their_bytes(edits: list[CellEdit]) -> None:
    patched = patch(foreign(), "b.xlsx", edits)
    before, after = parts_of(foreign()), parts_of(patched.content)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == set(patched.touched)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.one_of(ROWS, OTHER_ROWS, COLUMNS), max_size=6))
def test_rows_and_columns_hold_what_was_meant(edits: list[Edit]) -> None:
    patched = patch(foreign(), "b.xlsx", edits)
    assert patched.refused == ()
    meant: dict[tuple[str, int, int], object] = {}
    for index, edit in enumerate(edits):
        place = patched.placed[index]
        if isinstance(edit, NewRow):
            meant |= {(edit.sheet, place.row, column): as_read(value) for column, value in edit.values.items()}
        elif isinstance(edit, NewColumn):
            meant[edit.sheet, place.row, place.column] = edit.header
            meant |= {(edit.sheet, row, place.column): as_read(value) for row, value in edit.values.items()}
    after = cells_of(patched.content)
    assert all(same(after.get(place), value) for place, value in meant.items())
    # the column of the table that is calculated goes on
    assert {place for place in differences(patched) if place[2] != 6} <= meant.keys()
