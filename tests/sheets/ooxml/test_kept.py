"""Everything that editors of workbooks lose is there after an edit."""

from datetime import date
from io import BytesIO

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from planner.domain.edits import CellEdit, Edit, NewColumn, NewRow, OwnSheet
from planner.sheets.ooxml import patch
from tests.sheets.ooxml.books import MAIN, PACKAGE, RELATIONS, calamine_values, hand_made, parts_of, rich, with_parts
from tests.sheets.ooxml.modern import BOOK_EXTENSION, PARTS, SHEET_EXTENSION, modern

ALL_KINDS: list[Edit] = [
    CellEdit("Tasks", 3, 2, "other"),
    NewRow("Tasks", 2, {1: "T-4", 4: date(2026, 4, 1)}),
    NewColumn("Tasks", 2, "Planned", {3: 1}),
    OwnSheet("Roadmap plan", (("a",), (1,))),
]


def lost(before: bytes, after: bytes, touched: tuple[str, ...]) -> list[str]:
    """Parts that are gone, or differ and are not said to."""
    old, new = parts_of(before), parts_of(after)
    return [name for name in old if name not in new or (old[name] != new[name] and name not in touched)]


def test_charts_pictures_notes_filters_and_hidden_sheets() -> None:
    before = rich()
    patched = patch(before, "b.xlsx", ALL_KINDS)
    kinds = ("drawing", "chart", "media", "comments", "vmlDrawing", "theme", "sharedStrings", "docProps")
    assert patched.refused == ()
    assert lost(before, patched.content, patched.touched) == []
    assert not [name for name in patched.touched if any(kind in name for kind in kinds)]
    book = openpyxl.load_workbook(BytesIO(patched.content))
    assert book["Tasks"]["B3"].comment.text == "a note"
    assert len(book["Sums"]._charts) == 1
    assert book["Hidden"].sheet_state == "veryHidden"
    assert book["Hidden"].protection.sheet
    assert book["Plain"].row_dimensions[5].hidden


def test_macros() -> None:
    """A macro workbook is one by its content type and its binary part."""
    parts = parts_of(rich())
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = parts["[Content_Types].xml"].replace(main, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    before = with_parts(rich(), {"[Content_Types].xml": types, "xl/vbaProject.bin": b"\xd0\xcf macro"})
    patched = patch(before, "b.xlsm", ALL_KINDS)
    assert lost(before, patched.content, patched.touched) == []
    assert parts_of(patched.content)["xl/vbaProject.bin"] == b"\xd0\xcf macro"


def test_threaded_comments_persons_custom_xml_and_external_links() -> None:
    threads = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    extra = {
        "xl/threadedComments/threadedComment1.xml": f'<ThreadedComments xmlns="{threads}"><threadedComment ref="A1"/>'
        "</ThreadedComments>",
        "xl/persons/person.xml": f'<personList xmlns="{threads}"/>',
        "customXml/item1.xml": "<mine/>",
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>',
        "xl/model/item.data": b"\x00\x01data model",
        "xl/slicers/slicer1.xml": "<slicers/>",
    }
    rels = (
        '<Relationship Id="rId8" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        'Target="../threadedComments/threadedComment1.xml"/>'
    )
    before = hand_made('<sheetData/><extLst><ext uri="u"/></extLst>', others=extra, sheet_rels=rels)
    patched = patch(before, "b.xlsx", [CellEdit("Tasks", 1, 1, 5), OwnSheet("Ours", (("a",),))])
    assert lost(before, patched.content, patched.touched) == []
    assert not set(patched.touched) & extra.keys()


def test_a_thread_and_a_slicer_as_excel_of_today_writes_them() -> None:
    before = modern()
    patched = patch(before, "b.xlsx", ALL_KINDS)
    assert patched.refused == ()
    assert lost(before, patched.content, patched.touched) == []
    assert not set(patched.touched) & {*PARTS, "xl/comments1.xml", "xl/drawings/drawing1.xml"}
    old, new = parts_of(before), parts_of(patched.content)
    assert SHEET_EXTENSION.encode() in new["xl/worksheets/sheet1.xml"]
    assert BOOK_EXTENSION.encode() in new["xl/workbook.xml"]
    assert b'<definedName name="Slicer_Done">#N/A</definedName>' in new["xl/workbook.xml"]
    assert old["xl/worksheets/_rels/sheet1.xml.rels"] == new["xl/worksheets/_rels/sheet1.xml.rels"]
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):  # nothing but entries for the new sheet
        entry = old[name].rindex(b"</")
        assert new[name].startswith(old[name][:entry])
    assert openpyxl.load_workbook(BytesIO(patched.content))["Tasks"]["B3"].comment is not None


def test_drop_downs_and_shapes_among_extensions() -> None:
    """What is unknown to us in a sheet stands after the edit as before it."""
    frame = (
        '<sheetPr codeName="Sheet1"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetData/>'
        '<sheetProtection sheet="1"/><protectedRanges><protectedRange name="r" sqref="A1"/></protectedRanges>'
        '<printOptions/><mc:AlternateContent xmlns:mc="u:mc"><mc:Choice Requires="x14"/></mc:AlternateContent>'
        '<extLst><ext uri="{x}"><a:b xmlns:a="u:a">A1&gt;2</a:b></ext></extLst>'
    )
    before = hand_made(frame)
    after = patch(before, "b.xlsx", [CellEdit("Tasks", 1, 1, 5)]).content
    old, new = (parts_of(content)["xl/worksheets/sheet1.xml"].decode() for content in (before, after))
    row = '<sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData>'
    assert new == old.replace("<sheetData/>", row)


def test_a_workbook_by_openpyxl() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tasks"
    sheet.append(["ID", "Size"])
    sheet.append(["T-1", 3])
    sheet["A2"].comment = Comment("note", "Ann")
    drop_down = DataValidation(type="list", formula1='"a,b"')
    drop_down.add("B2:B2")
    sheet.add_data_validation(drop_down)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2))
    sheet.add_chart(chart, "E5")
    buffer = BytesIO()
    book.save(buffer)
    edits: list[Edit] = [NewRow("Tasks", 1, {1: "T-2", 2: 4}), NewColumn("Tasks", 1, "Day", {2: date(2026, 1, 2)})]
    patched = patch(buffer.getvalue(), "b.xlsx", edits)
    assert patched.refused == ()
    assert lost(buffer.getvalue(), patched.content, patched.touched) == []
    rows = calamine_values(patched.content, "Tasks")
    assert rows == [["ID", "Size", "Day"], ["T-1", 3, date(2026, 1, 2)], ["T-2", 4, ""]]


def test_content_types_and_relationships_name_what_was_added() -> None:
    parts = parts_of(patch(hand_made("<sheetData/>"), "b.xlsx", [OwnSheet("Ours", (("a",),))]).content)
    types, rels = parts["[Content_Types].xml"].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    assert f'xmlns="{PACKAGE}/content-types"' in types
    assert 'PartName="/xl/worksheets/sheet2.xml"' in types
    assert f'Type="{RELATIONS}/worksheet" Target="/xl/worksheets/sheet2.xml"' in rels
