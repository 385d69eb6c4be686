"""Laws of an import: twice is once, nothing of the master changes, no row of a source is lost in silence."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.intake import Outcome
from planner.pipeline import Inputs
from planner.pipeline.importing import bring_in
from planner.sheets.template import template_workbook
from tests.sheets.workbooks import Rows, workbook
from tests.test_samples import AS_OF

HEADERS = ("Task ID", "Title", "Team", "Effort", "Depends on", "Item ID", "Status", "Due", "Where")
IDS = st.sampled_from([None, "T-1", "t-1", "T-2", 7, "PAY:T-1", "T-1#2", "X, Y"])
CELLS = (
    IDS,
    st.sampled_from([None, "Refund", "Refund by item", "Ledger", "Close the books", "=1+1"]),
    st.sampled_from([None, "Pay", "pay", "Pay; Ledger", "TBD", "R&D"]),
    st.sampled_from([None, 8, "2-3-8", "M", "TBD", "-5", "Pay=3; Ledger=2", 0]),
    st.sampled_from([None, "T-1", "T-2; T-9", "Refund", "soft:T-2", "7", "T-1 SS+2d"]),
    st.sampled_from([None, "ASK-1", "Cheaper refunds", "none"]),
    st.sampled_from([None, "WIP", "done", "later", "green"]),
    st.sampled_from([None, "2026-11-03", "Q4 2026", "TBD Q2", "3/4/2026"]),
    st.sampled_from([None, "Lisbon", "here"]),
)
ROWS = st.lists(st.tuples(*CELLS), min_size=1, max_size=5)


def rows_of(content: bytes, folder: Path) -> list[tuple[object, ...]]:
    """Every row of every sheet with anything in it."""
    path = folder / "look.xlsx"
    path.write_bytes(content)
    book = openpyxl.load_workbook(path)
    return [row for sheet in book for row in sheet.iter_rows(values_only=True) if any(v is not None for v in row)]


def outcomes(folder: Path) -> tuple[bytes, list[Outcome], int]:
    """The master after an import of the folder's sources, and what became of each row."""
    ready = bring_in(Inputs((folder / "in",), as_of=AS_OF), folder / "book.xlsx")
    (folder / "book.xlsx").write_bytes(ready.after)
    return ready.after, [row.outcome for row in ready.intake.rows], len(ready.intake.clashes)


@settings(max_examples=10, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=3), st.none() | st.just(()) | ROWS)
def test_twice_is_once_and_the_master_keeps_what_it_had(sources: Sequence[Rows], master: Rows | None) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for letter, rows in zip("abc", sources, strict=False):
            workbook(folder / "in" / f"{letter}.xlsx", {"Tasks": [HEADERS, *rows]})
        before: list[tuple[object, ...]] = []
        if master is not None and not master:
            (folder / "book.xlsx").write_bytes(template_workbook())
        elif master is not None:
            path = workbook(folder / "book.xlsx", {"Plan": [HEADERS[:4], *(row[:4] for row in master)]})
            before = rows_of(path.read_bytes(), folder)
        first, became, clashes = outcomes(folder)
        for old, new in zip(before, rows_of(first, folder), strict=False):
            assert all(was in (None, now) for was, now in zip(old, new, strict=False))
        again, known, still = outcomes(folder)
        assert again == first
        assert set(known) <= {Outcome.KNOWN, Outcome.CLASH}
        assert still == clashes
        titled = sum(row[1] is not None for rows in sources for row in rows)
        assert len(became) >= titled
