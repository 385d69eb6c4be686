"""Rows behind the last one of a table: what grows along, what is dressed how, where there is no room."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from planner.domain.edits import CellEdit, NewRow, Patched, RefusalKind
from planner.sheets.ooxml import patch
from tests.sheets.ooxml.books import RELATIONS, cells_of, hand_made, parts_of, rich, sheet_xml

NEW = NewRow("Tasks", 2, {1: "T-4", 2: "Maps", 3: 2, 4: date(2026, 4, 1)})


def tabled(rows: str, table: str, more: str = "") -> bytes:
    """A sheet with a table of this range and these attributes, columns ID and Size."""
    ref, _, attributes = table.partition(" ")
    part = (
        f'<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" displayName="T" '
        f'ref="{ref}" {attributes}><autoFilter ref="{ref}"/><tableColumns count="2"><tableColumn id="1" name="ID"/>'
        '<tableColumn id="2" name="Size"/></tableColumns></table>'
    )
    return hand_made(
        f'<sheetData>{rows}</sheetData>{more}<tableParts xmlns:r="{RELATIONS}" count="1"><tablePart r:id="rId1"/>'
        "</tableParts>",
        others={"xl/tables/table1.xml": part},
        sheet_rels=f'<Relationship Id="rId1" Type="{RELATIONS}/table" Target="../tables/table1.xml"/>',
    )


def row(number: int, *values: object) -> str:
    cells = "".join(
        f'<c r="{"ABCDEF"[at]}{number}" t="str"><v>{value}</v></c>' for at, value in enumerate(values) if value
    )
    return f'<row r="{number}">{cells}</row>'


HEADERS = row(1, "ID", "Size")


def added(content: bytes, values: dict[int, object] | None = None) -> Patched:
    return patch(content, "b.xlsx", [NewRow("Tasks", 1, values or {1: "new"})])


def refused(content: bytes) -> list[RefusalKind]:
    patched = added(content)
    assert patched.content == content
    return [refusal.kind for refusal in patched.refused]


def test_a_table_its_filter_and_its_rules_grow() -> None:
    patched = patch(rich(), "b.xlsx", [NEW, NEW])
    table = parts_of(patched.content)["xl/tables/table1.xml"].decode()
    sheet = sheet_xml(patched.content)
    assert [(cell.row, cell.column) for cell in patched.placed.values()] == [(6, 1), (7, 1)]
    assert 'ref="A2:F7" totals' in table
    assert '<autoFilter ref="A2:F7"/>' in table
    assert '<conditionalFormatting sqref="A3:H7">' in sheet  # beyond the columns of the table
    assert 'sqref="E3:E7"' in sheet
    assert "<xm:sqref>C3:C7</xm:sqref>" in sheet


def test_drop_downs_of_other_sheets_grow() -> None:
    """Excel keeps them among the extensions; a sparkline beside stays one cell."""
    lists = (
        '<extLst><ext xmlns:x14="u:x14" uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations>'
        '<x14:dataValidation type="list" xmlns:xm="u:xm"><x14:formula1><xm:f>Lists!A1:A9</xm:f></x14:formula1>'
        "<xm:sqref>B2:B3 D3</xm:sqref></x14:dataValidation></x14:dataValidations><x14:sparkline>"
        '<xm:sqref xmlns:xm="u:xm">C3</xm:sqref></x14:sparkline></ext></extLst>'
    )
    content = hand_made(f"<sheetData>{HEADERS}{row(2, 'a', 'b')}{row(3, 'a', 'b')}</sheetData>{lists}")
    text = sheet_xml(added(content).content)
    assert "<xm:sqref>B2:B4 D3</xm:sqref>" in text
    assert '<xm:sqref xmlns:xm="u:xm">C3</xm:sqref>' in text


def test_a_row_is_dressed_like_the_one_before() -> None:
    patched = patch(rich(), "b.xlsx", [NEW])
    sheet = openpyxl.load_workbook(BytesIO(patched.content))["Tasks"]
    for column in range(1, 7):
        assert sheet.cell(6, column).style_id == sheet.cell(5, column).style_id
    assert sheet["D6"].value == datetime(2026, 4, 1)


def test_height_and_look_are_taken_but_not_hiding_and_grouping() -> None:
    last = '<row r="2" ht="30" customHeight="1" hidden="1" outlineLevel="2" s="0"><c r="A2"><v>1</v></c></row>'
    content = hand_made(f"<sheetData>{HEADERS}{last}</sheetData>")
    assert '<row r="3" ht="30" customHeight="1" s="0">' in sheet_xml(added(content).content)


def test_the_formula_of_a_column_comes_along() -> None:
    patched = patch(rich(), "b.xlsx", [NEW])
    assert cells_of(patched.content)["Tasks", 6, 6] == "=TaskTable[[#This Row],[Effort]]*2"


def test_a_value_that_meets_a_formula_is_refused_alone() -> None:
    patched = patch(rich(), "b.xlsx", [NewRow("Tasks", 2, {1: "T-4", 6: 5})])
    assert cells_of(patched.content)["Tasks", 6, 1] == "T-4"
    assert [(refusal.kind, refusal.cell.column) for refusal in patched.refused] == [(RefusalKind.FORMULA, 6)]
    assert patched.placed.keys() == {0}


def test_the_filter_of_a_sheet_grows_with_its_hidden_name() -> None:
    patched = patch(rich(), "b.xlsx", [NewRow("Plain", 3, {2: "P-9"})])
    parts = parts_of(patched.content)
    assert '<autoFilter ref="B3:D8">' in parts["xl/worksheets/sheet2.xml"].decode()
    assert ">Plain!$B$3:$D$8<" in parts["xl/workbook.xml"].decode()


def test_prepared_rows_are_used_first() -> None:
    rows = HEADERS + row(2, "a", "b") + row(3) + row(4)
    patched = added(tabled(rows, "A1:B4"))
    assert patched.placed[0].row == 3
    assert patched.touched == ("xl/worksheets/sheet1.xml",)


def test_a_row_goes_behind_what_the_same_patch_writes() -> None:
    content = hand_made(f"<sheetData>{HEADERS}</sheetData>")
    patched = patch(content, "b.xlsx", [CellEdit("Tasks", 2, 1, "a"), NewRow("Tasks", 1, {1: "b"})])
    assert patched.placed[1].row == 3


def test_an_empty_table_gets_its_first_row() -> None:
    assert added(hand_made(f"<sheetData>{HEADERS}</sheetData>")).placed[0].row == 2
    assert added(tabled(HEADERS + row(2), "A1:B2")).placed[0].row == 2


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (tabled(HEADERS + row(2, "a") + row(3, "all"), "A1:B3 totalsRowCount='1'"), RefusalKind.TOTALS),
        (tabled(HEADERS + row(2, "a") + row(3, "", "note"), "A1:B2"), RefusalKind.NO_ROOM),
        (
            tabled(HEADERS + row(2, "a"), "A1:B2", '<mergeCells count="1"><mergeCell ref="B3:C4"/></mergeCells>'),
            RefusalKind.MERGED,
        ),
        (
            hand_made(
                f'<sheetData>{HEADERS}{row(2, "a", "b")}{row(3, "a", "b")}<row r="4"><c r="A4" t="str"><v>Sum</v></c>'
                '<c r="B4"><f>SUM(B2:B3)</f><v>3</v></c></row></sheetData>'
            ),
            RefusalKind.TOTALS,
        ),
        (
            hand_made(
                f"<sheetData>{HEADERS}{row(2, 'a', 'b')}{row(3, 'a', 'b')}"
                '<row r="4"><c r="B4"><f>SUM(B2:B3)</f><v>3</v></c></row></sheetData>'
            ),
            RefusalKind.TOTALS,
        ),
        (hand_made("<sheetData/>"), RefusalKind.UNSUPPORTED),
        (hand_made(f"<sheetData>{row(1, 'ID')}{row(1_048_576, 'a')}</sheetData>"), RefusalKind.NO_ROOM),
    ],
)
def test_where_there_is_no_room(content: bytes, kind: RefusalKind) -> None:
    assert refused(content) == [kind]
