"""Columns right of a table: what grows along, what is dressed how, where there is no room."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from planner.domain.edits import NewColumn, NewRow, RefusalKind
from planner.sheets.ooxml import patch
from tests.sheets.ooxml.books import cells_of, hand_made, parts_of, rich, sheet_xml
from tests.sheets.ooxml.test_rows import HEADERS, row, tabled

START = NewColumn("Tasks", 2, "Planned start", {3: date(2026, 4, 1), 4: date(2026, 4, 2)})


def test_a_table_gets_a_column_whose_name_is_its_header() -> None:
    patched = patch(rich(), "b.xlsx", [START, NewColumn("Tasks", 2, "Two\nlines", {5: 1})])
    table = parts_of(patched.content)["xl/tables/table1.xml"].decode()
    assert [(cell.row, cell.column) for cell in patched.placed.values()] == [(2, 7), (2, 8)]
    assert 'ref="A2:H5" totals' in table
    assert '<autoFilter ref="A2:H5"/>' in table
    assert '<tableColumns count="8">' in table
    assert '<tableColumn id="7" name="Planned start"/><tableColumn id="8" name="Two_x000a_lines"/>' in table
    assert cells_of(patched.content)["Tasks", 2, 8] == "Two\nlines"
    assert cells_of(patched.content)["Tasks", 4, 7] == datetime(2026, 4, 2)


def test_a_column_looks_like_its_neighbour_but_shows_its_own_values() -> None:
    """Right of dates in yellow: yellow, too, but numbers are no dates."""
    content = rich()
    yellow = patch(content, "b.xlsx", [NewColumn("Plain", 3, "Seq", {4: 1})]).content
    assert openpyxl.load_workbook(BytesIO(yellow))["Plain"]["G3"].value == "Seq"
    styled = hand_made(
        f'<sheetData>{HEADERS}<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>1</v></c></row></sheetData>'
    )
    dated = patch(styled, "b.xlsx", [NewColumn("Tasks", 1, "Day", {2: date(2026, 4, 1)})]).content
    again = patch(dated, "b.xlsx", [NewColumn("Tasks", 1, "Seq", {2: 7})]).content
    sheet = openpyxl.load_workbook(BytesIO(again))["Tasks"]
    assert sheet["C2"].is_date
    assert sheet["D2"].value == 7
    assert sheet["D2"].number_format == "General"


def test_a_hidden_rest_of_the_sheet_does_not_hide_it() -> None:
    text = sheet_xml(patch(rich(), "b.xlsx", [START]).content)
    assert '<col min="8" max="16384" width="0" hidden="1"' in text


def test_it_is_as_wide_as_its_neighbour() -> None:
    columns = '<cols><col min="1" max="3" width="20" customWidth="1" style="0"/></cols>'
    content = hand_made(f"{columns}<sheetData>{HEADERS}</sheetData>")
    text = sheet_xml(patch(content, "b.xlsx", [NewColumn("Tasks", 1, "New")]).content)
    assert '<col min="1" max="2" width="20" customWidth="1" style="0"/>' in text
    assert '<col min="3" max="3" width="20" customWidth="1"/>' in text


def test_a_block_grows_behind_its_last_header_where_the_column_is_empty() -> None:
    content = hand_made(f"<sheetData>{HEADERS}{row(2, 'a', 'b', 'stray')}</sheetData>")
    patched = patch(content, "b.xlsx", [NewColumn("Tasks", 1, "New", {2: 5})])
    assert (patched.placed[0].row, patched.placed[0].column) == (1, 4)


def test_rules_as_wide_as_the_table_grow() -> None:
    rules = '<conditionalFormatting sqref="A2:B9 A2:A9"><cfRule type="blanks" priority="1"/></conditionalFormatting>'
    content = hand_made(f"<sheetData>{HEADERS}{row(2, 'a', 'b')}</sheetData>{rules}")
    assert 'sqref="A2:C9 A2:A9"' in sheet_xml(patch(content, "b.xlsx", [NewColumn("Tasks", 1, "New")]).content)


def test_rows_and_columns_in_one_patch() -> None:
    edits = [START, NewRow("Tasks", 2, {1: "T-4", 7: date(2026, 5, 1)}), NewColumn("Tasks", 2, "Seq", {6: 4})]
    patched = patch(rich(), "b.xlsx", edits)
    assert patched.refused == ()
    assert 'ref="A2:H6" totals' in parts_of(patched.content)["xl/tables/table1.xml"].decode()
    values = cells_of(patched.content)
    assert values["Tasks", 6, 7] == datetime(2026, 5, 1)
    assert values["Tasks", 6, 8] == 4


@pytest.mark.parametrize(
    ("content", "header", "kind"),
    [
        (tabled(HEADERS + row(2, "a", "b", "beside"), "A1:B2"), "New", RefusalKind.NO_ROOM),
        (
            tabled(HEADERS + row(2, "a"), "A1:B2", '<mergeCells count="1"><mergeCell ref="C2:D2"/></mergeCells>'),
            "New",
            RefusalKind.NO_ROOM,
        ),
        (tabled(HEADERS + row(2, "a"), "A1:B2"), "SIZE", RefusalKind.UNSUPPORTED),
        (tabled(HEADERS + row(2, "a"), "A1:B2"), " ", RefusalKind.UNSUPPORTED),
        (tabled(HEADERS + row(2, "a"), "A1:B2 tableType='queryTable'"), "New", RefusalKind.UNSUPPORTED),
        (hand_made("<sheetData/>"), "New", RefusalKind.UNSUPPORTED),
    ],
)
def test_where_there_is_no_room(content: bytes, header: str, kind: RefusalKind) -> None:
    patched = patch(content, "b.xlsx", [NewColumn("Tasks", 1, header)])
    assert patched.content == content
    assert [refusal.kind for refusal in patched.refused] == [kind]
