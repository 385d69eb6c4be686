"""The workbook for one receiver: whatever people typed comes back as it went out."""

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.computed import COMPUTED
from planner.domain.exports import Export, Receiver, ReceiverKind
from planner.domain.parcel import Parcel, ParcelColumn, ParcelRow, ParcelTable, RawValue, Shape
from planner.domain.settings import Settings
from planner.report.export_xlsx import export_xlsx
from planner.sheets.files import read_tables
from tests.report.sample_plan import sample_plan

HEADERS = ("Task ID", "Title", "Team", "Effort", "Depends on", "Due")
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=40),
    st.sampled_from(
        ["=1+1", "+x", "-x", "@x", "_x0041_", "_x005F_", "=cmd|' /C calc'!A0", "00123", "1e5", "a\nb", "TRUE"]
    ),
)
VALUES: st.SearchStrategy[RawValue] = st.one_of(
    TEXTS,
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9).map(lambda x: round(x, 3)),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda d: d.replace(microsecond=0)),
    st.none(),
)


def parcel(rows: list[tuple[RawValue, ...]]) -> Parcel:
    """A parcel with these tasks and nothing else."""
    columns = tuple(ParcelColumn(header, "", shape, 20) for header, shape in zip(HEADERS, Shape, strict=False))
    columns += tuple(ParcelColumn(header, "", Shape.WRAPPED, 20) for header in HEADERS[len(columns) :])
    computed = tuple(ParcelColumn(name, "", Shape.WRAPPED, 20, computed=True) for name in COMPUTED)
    made = tuple(ParcelRow(str(number), (*row, *[None] * len(computed))) for number, row in enumerate(rows))
    items = tuple(ParcelColumn(name, "", Shape.TEXT, 20) for name in ("Item ID", "Title"))
    plan = sample_plan()
    return Parcel(
        export=Export("20260907-00000000", Receiver(ReceiverKind.PM, "Ada")),
        plan=replace(plan, tasks=(), teams=()),
        items=ParcelTable("Roadmap", (*items, *computed), ()),
        tasks=ParcelTable("Tasks", (*columns, *computed), made),
        questions=(),
        news=(),
        last=None,
        teams=(),
        base=(),
        fingerprint="",
    )


def canonical(value: RawValue) -> RawValue:
    """A value as any reader gives it: numbers are floats, a day at midnight is a day."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return value or None if isinstance(value, str) else value


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(TEXTS, TEXTS, *[VALUES] * 4), min_size=1, max_size=8))
def test_cells_come_back_as_they_went_out(rows: list[tuple[RawValue, ...]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(export_xlsx(parcel(rows), "mark", "Mark", "_roadmap"))
        table = next(table for table in read_tables([path], Settings()).tables if table.kind == "Tasks")
    read = [tuple(map(canonical, row.cells[: len(HEADERS)])) for row in table.rows]
    assert read == [tuple(map(canonical, row)) for row in rows]
