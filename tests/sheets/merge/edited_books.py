"""Random tables of tasks, and what people make of them: edited, blanked, sorted, rows added and deleted."""

from datetime import date

from hypothesis import strategies as st

from planner.domain.edits import CellValue
from tests.sheets.merge.sheets import Book

HEADER = ("Task ID", "Title", "Team", "Effort", "Depends on", "Due", "Status", "Region")
"""The last column is none of ours."""

_efforts = st.sampled_from([None, 3, 3.0, "3", "2w", "2 w", "M", 10, "2..3..8", "TBD", "lots"])
_days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
_lists = st.sampled_from([None, "T-1", "T-1; T-2", "T-2;T-1", "T-2 SS+2d; T-1"])
_VALUES = (
    st.sampled_from(["Ledger", "Refunds", "API", "Search", "Login", "Audit"]),
    st.sampled_from([None, "Pay", "pay", "Led; Pay", "Web"]),
    _efforts,
    _lists,
    st.none() | _days | _days.map(date.isoformat) | st.just("Q4 2026"),
    st.sampled_from([None, "planned", "Planned", "done", "closed"]),
    st.sampled_from([None, "EMEA", "emea", "00123", 123]),
)
"""Values by column, without the id."""

Row = tuple[CellValue, ...]


def _row(id: CellValue) -> st.SearchStrategy[Row]:
    return st.tuples(st.just(id), *_VALUES)


@st.composite
def books(draw) -> Book:
    """A table of up to eight tasks."""
    rows = [draw(_row(f"T-{number}")) for number in range(1, draw(st.integers(1, 8)) + 1)]
    return Book({"Tasks": (HEADER, *rows)})


@st.composite
def edits_of(draw, book: Book, new: str = "", is_deleting: bool = True) -> Book:
    """The book after somebody worked in it; `new` begins the ids of the rows that he adds with an id of their own."""
    rows = [list(row) for row in book.sheets["Tasks"][1:]]
    for row in rows:
        for column in draw(st.sets(st.integers(1, len(_VALUES)), max_size=2)):
            row[column] = draw(_VALUES[column - 1])
    if is_deleting:
        rows = [row for row in rows if draw(st.integers(0, 9))]
    ids = [None, None, *(f"{new}{number}" for number in (1, 2) if new)]
    for id in draw(st.lists(st.sampled_from(ids), unique_by=lambda id: id or object(), max_size=2)):
        rows.append(list(draw(_row(id))))
    return Book({"Tasks": (HEADER, *draw(st.permutations(rows)))}, f"{new or 'pat'}.xlsx")


@st.composite
def sides(draw) -> tuple[Book, Book, Book]:
    """Base, master and returned file."""
    base = draw(books())
    return base, draw(edits_of(base, "M-")), draw(edits_of(base, "P-"))
