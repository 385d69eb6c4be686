"""One cell gets a value; its look, its neighbours and every other part stay."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from planner.domain.edits import CellEdit, CellValue, Edit, NewColumn, RefusalKind
from planner.sheets.ooxml import patch
from tests.sheets.ooxml.books import calamine_values, cells_of, hand_made, parts_of, rich, sheet_xml


def only(content: bytes, *edits: Edit) -> tuple[bytes, list[RefusalKind]]:
    patched = patch(content, "book.xlsx", edits)
    return patched.content, [refusal.kind for refusal in patched.refused]


def test_no_edits_give_the_very_bytes() -> None:
    content = rich()
    assert patch(content, "book.xlsx", []).content == content


@pytest.mark.parametrize("value", ["words", 'a <b> & "c"\n d ', 7, -0.25, 1e300, True, date(2026, 3, 1), None])
def test_a_cell_holds_what_was_meant(value: CellValue) -> None:
    content, refused = only(rich(), CellEdit("Plain", 5, 2, value))
    shown = openpyxl.load_workbook(BytesIO(content))["Plain"]["B5"].value
    assert not refused
    assert shown == (datetime(2026, 3, 1) if isinstance(value, date) else value)
    assert type(shown) is type(value) or isinstance(value, date)


def test_the_other_cells_and_parts_stay() -> None:
    before = rich()
    patched = patch(before, "book.xlsx", [CellEdit("Plain", 4, 3, 7.5)])
    changed = {place for place, value in cells_of(patched.content).items() if cells_of(before)[place] != value}
    old, new = parts_of(before), parts_of(patched.content)
    assert changed == {("Plain", 4, 3)}
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} == set(patched.touched)
    assert set(patched.touched) == {"xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"}


def test_a_value_that_is_there_already_changes_nothing() -> None:
    content = rich()
    edits = [
        CellEdit("Plain", 3, 6, "two faces"),
        CellEdit("Plain", 4, 3, 1.5),
        CellEdit("Tasks", 3, 4, date(2026, 1, 5)),
    ]
    patched = patch(content, "book.xlsx", edits)
    assert patched.content == content
    assert sorted(patched.placed) == [0, 1, 2]


def test_twice_is_once() -> None:
    edits = [CellEdit("Plain", 4, 3, "x"), CellEdit("Tasks", 4, 2, date(2026, 1, 9)), CellEdit("Hidden", 9, 9, 4)]
    once = patch(rich(), "book.xlsx", edits)
    assert patch(once.content, "book.xlsx", edits).content == once.content


def test_a_day_is_shown_as_its_column_shows_days() -> None:
    """Column D shows dd/mm/yyyy on yellow; a cell without look takes it, one in bold keeps its font."""
    content, _ = only(rich(), CellEdit("Tasks", 9, 4, date(2026, 5, 6)), CellEdit("Plain", 3, 2, date(2026, 5, 6)))
    book = openpyxl.load_workbook(BytesIO(content))
    assert book["Tasks"]["D9"].number_format == "dd/mm/yyyy"
    assert book["Tasks"]["D9"].fill.fgColor.rgb == "FFFFF2CC"
    assert book["Plain"]["B3"].font.b
    assert book["Plain"]["B3"].is_date


def test_a_time_of_day_is_shown() -> None:
    content, _ = only(rich(), CellEdit("Plain", 9, 9, datetime(2026, 5, 6, 13, 30)))
    cell = openpyxl.load_workbook(BytesIO(content))["Plain"]["I9"]
    assert cell.value == datetime(2026, 5, 6, 13, 30)
    assert "h" in cell.number_format


def test_days_of_the_1904_system() -> None:
    content, _ = only(rich({"date_1904": True}), CellEdit("Tasks", 3, 4, date(2026, 5, 6)))
    assert openpyxl.load_workbook(BytesIO(content))["Tasks"]["D3"].value == datetime(2026, 5, 6)
    assert calamine_values(content, "Tasks")[2][3] == date(2026, 5, 6)


def test_a_day_before_all_numbers_is_text() -> None:
    content, _ = only(rich(), CellEdit("Plain", 4, 4, date(1815, 12, 10)))
    assert cells_of(content)["Plain", 4, 4] == "1815-12-10"


def test_characters_that_xml_forbids_are_escaped_as_excel_does() -> None:
    content, _ = only(rich(), CellEdit("Plain", 4, 4, "bell \x07, _x0041_, \ud800"))
    assert "bell _x0007_, _x005F_x0041_, _xD800_" in sheet_xml(content, 2)


def test_blanks_around_words_are_kept() -> None:
    content, _ = only(rich(), CellEdit("Plain", 4, 4, "  two  "))
    assert calamine_values(content, "Plain")[3][3] == "  two  "


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (CellEdit("Nowhere", 1, 1, 1), RefusalKind.NO_SHEET),
        (CellEdit("Picture", 1, 1, 1), RefusalKind.NO_SHEET),
        (CellEdit("Tasks", 1, 2, 1), RefusalKind.MERGED),
        (CellEdit("Tasks", 3, 6, 1), RefusalKind.FORMULA),
        (CellEdit("Sums", 1, 3, 1), RefusalKind.ARRAY),
        (CellEdit("Sums", 2, 3, 1), RefusalKind.ARRAY),
        (CellEdit("Tasks", 0, 1, 1), RefusalKind.NO_ROOM),
        (CellEdit("Tasks", 1_048_577, 1, 1), RefusalKind.NO_ROOM),
        (CellEdit("Tasks", 1, 16_385, 1), RefusalKind.NO_ROOM),
        (CellEdit("Tasks", 2, 2, "Name"), RefusalKind.UNSUPPORTED),
        (CellEdit("Plain", 4, 4, "x" * 32_768), RefusalKind.UNSUPPORTED),
        (CellEdit("Plain", 4, 4, float("nan")), RefusalKind.UNSUPPORTED),
        (CellEdit("Plain", 4, 4, 10**400), RefusalKind.UNSUPPORTED),
    ],
)
def test_what_is_refused_names_the_cell_and_changes_nothing(edit: CellEdit, kind: RefusalKind) -> None:
    content = rich()
    patched = patch(content, "book.xlsx", [edit])
    assert patched.content == content
    assert [refusal.kind for refusal in patched.refused] == [kind]
    assert (patched.refused[0].cell.row, patched.refused[0].cell.column) == (edit.row, edit.column)
    assert not patched.placed


def test_the_first_cell_of_a_merged_range_is_set() -> None:
    content, refused = only(rich(), CellEdit("Tasks", 1, 1, "Title"))
    assert not refused
    assert cells_of(content)["Tasks", 1, 1] == "Title"


def test_the_totals_row_of_a_table_is_left() -> None:
    table = (
        '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" displayName="T" '
        'ref="A1:B3" totalsRowCount="1"><tableColumns count="2"><tableColumn id="1" name="ID"/>'
        '<tableColumn id="2" name="Size" totalsRowFunction="sum"/></tableColumns></table>'
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    content = hand_made(
        f'<sheetData><row r="3"><c r="A3"><v>1</v></c></row></sheetData><tableParts xmlns:r="{relation}" count="1">'
        '<tablePart r:id="rId1"/></tableParts>',
        others={"xl/tables/table1.xml": table},
        sheet_rels=f'<Relationship Id="rId1" Type="{relation}/table" Target="../tables/table1.xml"/>',
    )
    assert only(content, CellEdit("Tasks", 3, 2, 5))[1] == [RefusalKind.TOTALS]
    assert only(content, CellEdit("Tasks", 2, 2, 5))[1] == []


def test_a_new_column_of_days_is_shown_as_the_sheet_shows_days() -> None:
    content, _ = only(rich(), NewColumn("Tasks", 2, "Planned start", {3: date(2026, 5, 6), 4: date(2026, 5, 7)}))
    sheet = openpyxl.load_workbook(BytesIO(content))["Tasks"]
    assert [sheet.cell(row, 7).number_format for row in (3, 4)] == ["dd/mm/yyyy"] * 2


@pytest.mark.parametrize("formats", [True, False])
def test_where_no_day_is_shown_iso_is(formats: bool) -> None:
    """Also in a workbook that has no list of number formats, or no formats at all."""
    content = rich() if formats else hand_made("<sheetData/>")
    sheet = "Sums" if formats else "Tasks"
    day, moment = CellEdit(sheet, 9, 9, date(2026, 5, 6)), CellEdit(sheet, 10, 9, datetime(2026, 5, 6, 13, 30))
    book = openpyxl.load_workbook(BytesIO(only(content, day, moment)[0]))
    assert book[sheet]["I9"].number_format == "yyyy-mm-dd"
    assert book[sheet]["I10"].number_format == "yyyy-mm-dd hh:mm"
    assert book[sheet]["I9"].style == "Normal"
